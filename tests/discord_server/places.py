"""Everything over REST that is not a message, a command or an interaction: who and where."""

from tests.discord_server import payloads, refusals
from tests.discord_server.state import Call


def gateway(call: Call) -> dict:
    """GET /gateway."""
    return {"url": call.state.gateway}


def gateway_bot(call: Call) -> dict:
    """GET /gateway/bot."""
    left = {"total": 1000, "remaining": call.state.identifies_left, "reset_after": 86_400_000}
    return {
        "url": call.state.gateway,
        "shards": 1,
        "session_start_limit": {**left, "max_concurrency": 1},
    }


def me(call: Call) -> dict:
    """GET /users/@me."""
    return {**payloads.user(call.state.world.bot), "mfa_enabled": True, "verified": True}


def application(call: Call) -> dict:
    """GET /applications/@me and /oauth2/applications/@me."""
    return payloads.application(call.state.application, call.state.world.owner)


def direct(call: Call) -> dict:
    """POST /users/@me/channels."""
    user = call.state.world.users.get(int(call.body["recipient_id"]))
    if user is None:
        raise refusals.unknown("User")
    return payloads.channel(call.state.world.direct(user))


def user(call: Call) -> dict:
    """GET /users/{user}."""
    found = call.state.world.users.get(int(call.match["user"]))
    if found is None:
        raise refusals.unknown("User")
    return payloads.user(found)


def my_guilds(call: Call) -> list[dict]:
    """GET /users/@me/guilds."""
    mine = [g for g in call.state.world.guilds.values() if call.state.world.bot.id in g.members]
    return [{"id": str(g.id), "name": g.name, "icon": None, "owner": False} for g in mine]


def leave(call: Call) -> None:
    """DELETE /users/@me/guilds/{guild}."""
    guild = call.guild()
    del guild.members[call.state.world.bot.id]
    call.state.dispatch("GUILD_DELETE", guild, {"id": str(guild.id)})


def guild(call: Call) -> dict:
    """GET /guilds/{guild}."""
    return payloads.guild(call.guild())


def guild_channels(call: Call) -> list[dict]:
    """GET /guilds/{guild}/channels."""
    return [payloads.channel(channel) for channel in call.guild().channels.values()]


def guild_roles(call: Call) -> list[dict]:
    """GET /guilds/{guild}/roles."""
    return [payloads.role(role) for role in call.guild().roles.values()]


def guild_member(call: Call) -> dict:
    """GET /guilds/{guild}/members/{user}, where the user may be @me."""
    named = call.match["user"]
    identity = call.state.world.bot.id if named == "@me" else int(named)
    found = call.guild().members.get(identity)
    if found is None:
        raise refusals.unknown("Member")
    return payloads.member(found)


def channel(call: Call) -> dict:
    """GET /channels/{channel}."""
    return payloads.channel(call.channel())
