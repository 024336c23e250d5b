"""The commands that the bot has registered: for everywhere and for single guilds."""

from tests.discord_server import command_limits, refusals
from tests.discord_server.state import Call, State, Sync

_GIVEN = (
    "options",
    "contexts",
    "integration_types",
    "name_localizations",
    "description_localizations",
)


def replace(call: Call) -> list[dict]:
    """PUT /applications/{application}/commands, or the same under /guilds/{guild}."""
    scope, sent = _scope(call), call.exchange.body
    if not isinstance(sent, list):
        raise refusals.RefusedError(400, 50109, "The request body contains invalid JSON.")
    errors = command_limits.command_errors(sent)
    if errors:
        raise refusals.invalid_form(errors)
    known = {(c["type"], c["name"]): c["id"] for c in call.state.commands.get(scope, [])}
    stored = [_stored(call.state, scope, command, known) for command in sent]
    call.state.commands[scope] = stored
    call.state.syncs.append(Sync(guild=scope, commands=sent))
    return stored


def listed(call: Call) -> list[dict]:
    """GET of the same two places."""
    return call.state.commands.get(_scope(call), [])


def _scope(call: Call) -> int | None:
    if int(call.match["application"]) != call.state.application:
        raise refusals.unknown("Application")
    return call.guild().id if "guild" in call.match else None


def _stored(state: State, scope: int | None, command: dict, known: dict) -> dict:
    kind = command.get("type") or 1
    needed = command.get("default_member_permissions")
    version = str(state.world.snowflake())
    stored = {
        "id": known.get((kind, command["name"]), version),
        "application_id": str(state.application),
        "version": version,
        "type": kind,
        "name": command["name"],
        "description": command.get("description") or "",
        "default_member_permissions": None if needed is None else str(needed),
        "dm_permission": command.get("dm_permission", True),
        "nsfw": bool(command.get("nsfw")),
        **{key: command[key] for key in _GIVEN if command.get(key) is not None},
    }
    return {**stored, "guild_id": str(scope)} if scope else stored
