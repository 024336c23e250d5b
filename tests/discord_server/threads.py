"""Posts of a forum and other threads over REST: start, list, and open again by writing."""

from tests.discord_server import limits, messages, payloads, refusals, trees
from tests.discord_server.state import Call, State
from tests.discord_server.world import Channel, Kind, Permission, User, permissions

_MOST_TAGS = 5
_MOST_NAME = 100


def start(call: Call) -> dict:
    """POST /channels/{channel}/threads, for the post of a forum: a thread with its first message.

    Unlike a message it takes no nonce: each request makes another one.
    """
    forum = call.channel(Permission.SEND_MESSAGES)
    if forum.kind is not Kind.FORUM:
        raise refusals.RefusedError(400, 50024, "Cannot execute action on this channel type")
    first = call.body.get("message") or {}
    errors = trees.pruned({**_errors(call, forum), "message": limits.message_errors(first)})
    if errors:
        raise refusals.invalid_form(errors)
    messages.check_extras(call, forum, first)
    tags = [int(tag) for tag in call.body.get("applied_tags") or []]
    bot = call.state.world.bot
    thread = add(call.state, forum, str(call.body["name"]), bot, tags=tags)
    message = messages.new(call.state, thread, bot, first, call.exchange.files, identity=thread.id)
    messages.publish(call.state, "MESSAGE_CREATE", message)
    return {**payloads.channel(thread), "message": payloads.message(message)}


def _errors(call: Call, forum: Channel) -> dict:
    name, tags = str(call.body.get("name") or ""), call.body.get("applied_tags") or []
    unknown = [tag for tag in tags if int(tag) not in forum.tags]
    leaf = trees.error("CHANNEL_TAG_INVALID", "Invalid tag") if unknown else {}
    return {
        "name": trees.required() if not name.strip() else _long(name, _MOST_NAME),
        "applied_tags": trees.too_long(_MOST_TAGS) if len(tags) > _MOST_TAGS else leaf,
    }


def _long(text: str, limit: int) -> dict:
    return trees.too_long(limit) if trees.units(text) > limit else {}


def add(
    state: State, parent: Channel, name: str, owner: User, *, tags: list[int] | None = None
) -> Channel:
    """Open a thread under *parent*, and tell the bot."""
    guild = parent.guild
    assert guild is not None
    thread = Channel(
        id=state.world.snowflake(),
        name=name,
        kind=Kind.ANNOUNCEMENT_THREAD if parent.kind is Kind.ANNOUNCEMENT else Kind.PUBLIC_THREAD,
        guild=guild,
        parent=parent,
        owner=owner,
        applied=tags or [],
        archived_at=state.clock(),
    )
    state.world.channels[thread.id] = thread
    state.dispatch("THREAD_CREATE", guild, {**payloads.channel(thread), "newly_created": True})
    return thread


def archive(state: State, thread: Channel, *, locked: bool = False) -> None:
    """Close *thread*: it opens again when somebody writes in it, unless it is *locked*."""
    thread.archived, thread.locked, thread.archived_at = True, locked, state.clock()
    state.dispatch("THREAD_UPDATE", thread.guild, payloads.channel(thread))


def reopen(state: State, thread: Channel) -> None:
    """Open *thread* because somebody writes in it; refuse where it is locked."""
    if not thread.archived:
        return
    if thread.locked:
        raise refusals.RefusedError(400, 160005, "Thread is locked")
    thread.archived, thread.archived_at = False, state.clock()
    state.dispatch("THREAD_UPDATE", thread.guild, payloads.channel(thread))


def active(call: Call) -> dict:
    """GET /guilds/{guild}/threads/active: those that the bot sees, the newest first."""
    guild, bot = call.guild(), call.state.world.bot
    found = [each for each in _all(call) if each.guild is guild and not each.archived]
    seen = [each for each in found if permissions(bot, each) & Permission.VIEW_CHANNEL]
    return {"threads": [payloads.channel(each) for each in seen[::-1]], "members": []}


def archived(call: Call) -> dict:
    """GET /channels/{channel}/threads/archived/public: those archived last first."""
    parent = call.channel(Permission.READ_MESSAGE_HISTORY)
    found = [each for each in _all(call) if each.parent is parent and each.archived]
    found.sort(key=lambda each: -each.archived_at)
    if before := call.exchange.query.get("before"):
        found = [each for each in found if payloads.moment(each.archived_at) < before]
    limit = int(call.exchange.query.get("limit", 50))
    page = [payloads.channel(each) for each in found[:limit]]
    return {"threads": page, "members": [], "has_more": len(found) > limit}


def _all(call: Call) -> list[Channel]:
    return [each for each in call.state.world.channels.values() if each.parent is not None]
