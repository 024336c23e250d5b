"""Channel messages over REST: create with the nonce's window, read, edit, delete."""

import mimetypes
import re

from tests.discord_server import limits, payloads, refusals, threads
from tests.discord_server.exchanges import Upload
from tests.discord_server.state import Call, State
from tests.discord_server.world import (
    COMPONENTS_V2,
    Attachment,
    Channel,
    Guild,
    Kind,
    Message,
    Permission,
    User,
    permissions,
)

_CROSSPOSTED = 1 << 0
_SETTABLE_FLAGS = 1 << 2 | 1 << 12 | COMPONENTS_V2  # no embeds of links, silent, second version


def create(call: Call) -> dict:
    """POST /channels/{channel}/messages."""
    channel = call.channel(_needed(call))
    if channel.kind in (Kind.FORUM, Kind.CATEGORY):
        raise refusals.RefusedError(400, 50008, "Cannot send messages in a non-text channel")
    if channel.closed:
        raise refusals.RefusedError(403, 50007, "Cannot send messages to this user")
    check(call.body, call.exchange.files)
    check_extras(call, channel, call.body)
    known = _known(call, channel)
    if known is not None:
        return payloads.message(known)
    threads.reopen(call.state, channel)
    author = call.state.world.bot
    message = new(call.state, channel, author, call.body, call.exchange.files)
    _remember(call, message)
    publish(call.state, "MESSAGE_CREATE", message)
    return payloads.message(message)


def _needed(call: Call) -> Permission:
    found = call.state.world.channels.get(int(call.match["channel"]))
    in_thread = found is not None and found.parent is not None
    return Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES


def crosspost(call: Call) -> dict:
    """POST /channels/{channel}/messages/{message}/crosspost: to those that follow the channel."""
    channel = call.channel(Permission.SEND_MESSAGES)
    if channel.kind is not Kind.ANNOUNCEMENT:
        raise refusals.RefusedError(400, 50024, "Cannot execute action on this channel type")
    message = _of_path(call, channel)
    if message.crossposted:
        raise refusals.RefusedError(400, 40033, "This message has already been crossposted.")
    message.crossposted = True
    message.flags |= _CROSSPOSTED
    publish(call.state, "MESSAGE_UPDATE", message)
    return payloads.message(message)


def get(call: Call) -> dict:
    """GET /channels/{channel}/messages/{message}."""
    message = _of_path(call, call.channel(Permission.READ_MESSAGE_HISTORY))
    return payloads.message(message, readable=call.state.readable(message))


def history(call: Call) -> list[dict]:
    """GET /channels/{channel}/messages: newest first, and nothing at all without the permission."""
    channel = call.channel()
    if not permissions(call.state.world.bot, channel) & Permission.READ_MESSAGE_HISTORY:
        return []
    found = _page(channel.messages, call.exchange.query)
    return [payloads.message(m, readable=call.state.readable(m)) for m in reversed(found)]


def _page(messages: list[Message], query: dict[str, str]) -> list[Message]:
    limit = int(query.get("limit", 50))
    if not 1 <= limit <= 100:
        leaf = {"_errors": [{"code": "NUMBER_TYPE_MAX", "message": "between 1 and 100"}]}
        raise refusals.invalid_form({"limit": leaf})
    if "after" in query:
        return [m for m in messages if m.id > int(query["after"])][:limit]
    if "before" in query:
        return [m for m in messages if m.id < int(query["before"])][-limit:]
    if "around" in query:
        middle = sum(m.id < int(query["around"]) for m in messages)
        return messages[max(0, middle - limit // 2) :][:limit]
    return messages[-limit:]


def edit(call: Call) -> dict:
    """PATCH /channels/{channel}/messages/{message}."""
    message = _of_path(call, call.channel())
    if message.author is not call.state.world.bot:
        raise refusals.RefusedError(403, 50005, "Cannot edit a message authored by another user")
    change(call.state, message, call.body, call.exchange.files)
    publish(call.state, "MESSAGE_UPDATE", message)
    return payloads.message(message)


def delete(call: Call) -> None:
    """DELETE /channels/{channel}/messages/{message}."""
    channel = call.channel()
    message = _of_path(call, channel)
    granted = permissions(call.state.world.bot, channel)
    if message.author is not call.state.world.bot and not granted & Permission.MANAGE_MESSAGES:
        raise refusals.no_permission()
    remove(call.state, message)


def typing(call: Call) -> None:
    """POST /channels/{channel}/typing."""
    call.channel(Permission.SEND_MESSAGES)


def check(body: dict, files: dict[str, Upload], *, known: Message | None = None) -> None:
    """Raise Discord's RefusedError for *body*; with *known*, as an edit of that message."""
    whole = _merged(body, known) if known else body
    errors = limits.message_errors(whole, file_count=len(files))
    if errors:
        raise refusals.invalid_form(errors)
    if any(len(upload.data) > limits.FILE_BYTES for upload in files.values()):
        raise refusals.RefusedError(413, 40005, "Request entity too large")
    if limits.is_empty(whole, file_count=len(files)):
        raise refusals.empty_message()


def _merged(body: dict, known: Message) -> dict:
    kept = [{"id": str(a.id)} for a in known.attachments]
    return {
        "content": body.get("content", known.content),
        "embeds": body.get("embeds", known.embeds),
        "components": body.get("components", known.components),
        "attachments": body.get("attachments", kept),
        "flags": known.flags | (body.get("flags") or 0),
        "allowed_mentions": body.get("allowed_mentions"),
    }


def new(
    state: State,
    channel: Channel,
    author: User,
    body: dict,
    files: dict[str, Upload],
    *,
    extra_flags: int = 0,
    identity: int = 0,
) -> Message:
    """Return a message made of *body*, stored in its channel unless it is ephemeral."""
    nonce = body.get("nonce")
    message = Message(
        id=identity or state.world.snowflake(),
        channel=channel,
        author=author,
        created=state.clock(),
        nonce=None if nonce is None else str(nonce),
        reference=body.get("message_reference"),
        flags=(body.get("flags") or 0) & _SETTABLE_FLAGS | extra_flags,
    )
    _fill(state, message, body, files)
    if not message.ephemeral:
        channel.stored[message.id] = message
    return message


def change(state: State, message: Message, body: dict, files: dict[str, Upload]) -> None:
    """Edit *message* as *body* says; what it does not name stays."""
    check(body, files, known=message)
    kept = [int(a["id"]) for a in body.get("attachments") or [] if "filename" not in a]
    if "attachments" in body:
        message.attachments = [a for a in message.attachments if a.id in kept]
    message.flags |= (body.get("flags") or 0) & _SETTABLE_FLAGS
    _fill(state, message, body, files)
    message.edited = state.clock()


def remove(state: State, message: Message) -> None:
    """Delete *message*, and tell the bot."""
    message.deleted = True
    gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
    guild = message.channel.guild
    state.dispatch("MESSAGE_DELETE", guild, {**gone, **_guild_id(guild)})


def publish(state: State, event: str, message: Message) -> None:
    """Tell the bot of a message that everybody sees."""
    if not message.ephemeral:
        body = payloads.created(message, readable=state.readable(message))
        state.dispatch(event, message.channel.guild, body)


def pings(message: Message) -> tuple[str, ...]:
    """Return what in *message* would notify people: "@everyone", "@here", users' and roles' ids.

    Only the content can, as far as `allowed_mentions` lets it (everything, when it is absent).
    Whether the author has the permission to mention everyone is not asked.
    """
    allowed = message.allowed_mentions
    parse = ["everyone", "users", "roles"] if allowed is None else allowed.get("parse") or []
    found = re.findall(r"@(?:everyone|here)", message.content) if "everyone" in parse else []
    for kind, pattern in (("users", r"<@!?(\d+)>"), ("roles", r"<@&(\d+)>")):
        named = {str(i) for i in (allowed or {}).get(kind) or []}
        ids = re.findall(pattern, message.content)
        found += [i for i in ids if kind in parse or i in named]
    return tuple(found)


def _guild_id(guild: Guild | None) -> dict:
    return {"guild_id": str(guild.id)} if guild else {}


def _fill(state: State, message: Message, body: dict, files: dict[str, Upload]) -> None:
    if "content" in body:
        message.content = (body["content"] or "").strip()
    for key in ("embeds", "components"):
        if key in body:
            setattr(message, key, body[key] or [])
    if "allowed_mentions" in body:
        message.allowed_mentions = body["allowed_mentions"]
    if len({e["url"] for e in message.embeds if e.get("url")}) < sum(
        1 for e in message.embeds if e.get("url")
    ):
        state.violations.append("two embeds share one url: Discord shows only the first of them")
    described = {str(a["id"]): a for a in body.get("attachments") or []}
    for name, upload in files.items():
        number = name.removeprefix("files[").removesuffix("]")
        about = described.get(number, {}).get("description")
        message.attachments.append(store(state, message.channel, upload, description=about))


def store(
    state: State, channel: Channel, upload: Upload, *, description: str | None = None
) -> Attachment:
    """Keep the bytes of *upload* and return the attachment that leads to them."""
    identity = state.world.snowflake()
    kind = mimetypes.guess_type(upload.name)[0] or upload.content_type
    attachment = Attachment(
        id=identity,
        name=upload.name,
        content_type=kind,
        data=upload.data,
        url=f"{state.cdn}/attachments/{channel.id}/{identity}/{upload.name}",
        description=description,
    )
    state.world.attachments[identity] = attachment
    return attachment


def check_extras(call: Call, channel: Channel, body: dict) -> None:
    """Refuse embeds and files without their permissions, and answers to nothing."""
    granted = permissions(call.state.world.bot, channel)
    if body.get("embeds") and not granted & Permission.EMBED_LINKS:
        raise refusals.no_permission()
    if call.exchange.files and not granted & Permission.ATTACH_FILES:
        raise refusals.no_permission()
    reference = body.get("message_reference") or {}
    wanted = int(reference.get("message_id") or 0)
    if wanted and wanted not in channel.stored and reference.get("fail_if_not_exists", True):
        leaf = {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}
        raise refusals.invalid_form({"message_reference": leaf})


def _known(call: Call, channel: Channel) -> Message | None:
    """Return the message that this nonce has made, 404 when it was deleted since."""
    nonce = call.body.get("nonce")
    if nonce is None or not call.body.get("enforce_nonce"):
        return None
    known = call.state.nonces.get((channel.id, call.state.world.bot.id, str(nonce)))
    if known is None or call.state.clock() - known.created > call.state.nonce_window:
        return None
    if known.deleted:
        raise refusals.unknown("Message")
    return known


def _remember(call: Call, message: Message) -> None:
    if message.nonce is not None:
        key = (message.channel.id, message.author.id, message.nonce)
        call.state.nonces[key] = message


def _of_path(call: Call, channel: Channel) -> Message:
    message = channel.stored.get(int(call.match["message"]))
    if message is None or message.deleted:
        raise refusals.unknown("Message")
    return message
