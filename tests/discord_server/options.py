"""The options that a user typed, checked by the registered command, as an interaction's JSON."""

from dataclasses import dataclass, field

from tests.discord_server import command_limits, limits, messages, payloads, trees
from tests.discord_server.exchanges import Upload
from tests.discord_server.refusals import MisuseError
from tests.discord_server.state import State
from tests.discord_server.world import Channel, Member, Role, User

_SUB_COMMAND, _GROUP = 1, 2
_STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE, _MENTIONABLE, _NUMBER, _ATTACHMENT = range(
    3, 12
)


@dataclass(slots=True, kw_only=True)
class Typed:
    """What goes into an interaction: *options* and what they point to."""

    state: State
    asker: User
    place: Channel
    options: list[dict] = field(default_factory=list)
    resolved: dict[str, dict] = field(default_factory=dict)


def leaf(command: dict, words: list[str]) -> list[dict]:
    """Return the options of the sub-command that *words* lead to, or of the command itself."""
    options = command.get("options") or []
    for word in words:
        options = _inside(options, word)
    if any(option["type"] in (_SUB_COMMAND, _GROUP) for option in options):
        names = ", ".join(option["name"] for option in options)
        raise MisuseError(f"/{command['name']} {' '.join(words)} needs a sub-command: {names}")
    return options


def _inside(options: list[dict], word: str) -> list[dict]:
    for option in options:
        if option["name"] == word and option["type"] in (_SUB_COMMAND, _GROUP):
            return option.get("options") or []
    raise MisuseError(f"no sub-command {word!r} among {[o['name'] for o in options]}")


def nest(command: dict, words: list[str], options: list[dict]) -> list[dict]:
    """Return *options* inside the sub-commands that *words* name."""
    if not words:
        return options
    level = command.get("options") or []
    kinds = []
    for word in words:
        found = next(option for option in level if option["name"] == word)
        kinds.append(found["type"])
        level = found.get("options") or []
    for kind, word in reversed(list(zip(kinds, words, strict=True))):
        options = [{"type": kind, "name": word, "options": options}]
    return options


def fill(typed: Typed, defined: list[dict], values: dict[str, object]) -> None:
    """Add *values* to *typed*; MisuseError when Discord's client would not let them be sent."""
    by_name = {option["name"]: option for option in defined}
    strangers = [name for name in values if name not in by_name]
    if strangers:
        raise MisuseError(f"no option {strangers[0]!r} among {sorted(by_name)}")
    missing = [o["name"] for o in defined if o.get("required") and o["name"] not in values]
    if missing:
        raise MisuseError(f"the option {missing[0]!r} is required")
    for name, value in values.items():
        typed.options.append(_option(typed, by_name[name], value))


def _option(typed: Typed, defined: dict, value: object) -> dict:
    kind = defined["type"]
    if kind in (_STRING, _INTEGER, _NUMBER):
        sent = _plain(defined, value)
    elif kind == _BOOLEAN:
        sent = _bool(defined, value)
    else:
        sent = str(_resolve(typed, defined, value))
    return {"type": kind, "name": defined["name"], "value": sent}


def _bool(defined: dict, value: object) -> bool:
    if not isinstance(value, bool):
        raise MisuseError(f"the option {defined['name']!r} is true or false, not {value!r}")
    return value


def _plain(defined: dict, value: object) -> object:
    kind, name = defined["type"], defined["name"]
    if not command_limits.is_value(value, kind):
        raise MisuseError(f"the option {name!r} does not take {value!r}")
    choices = [choice["value"] for choice in defined.get("choices") or []]
    if choices and value not in choices:
        raise MisuseError(f"the option {name!r} is one of {choices}, not {value!r}")
    size = trees.units(value) if kind == _STRING else value
    prefix = "length" if kind == _STRING else "value"
    low, high = defined.get(f"min_{prefix}"), defined.get(f"max_{prefix}")
    if (low is not None and size < low) or (high is not None and size > high):
        raise MisuseError(f"the option {name!r} takes {low} to {high}, not {size}")
    if kind == _STRING and not 1 <= size <= 6_000:
        raise MisuseError(f"the option {name!r} takes 1 to 6000 characters")
    return value


def _resolve(typed: Typed, defined: dict, value: object) -> int:
    kind, name = defined["type"], defined["name"]
    if kind == _CHANNEL and isinstance(value, Channel):
        return _channel(typed, defined, value)
    if kind in (_ROLE, _MENTIONABLE) and isinstance(value, Role):
        typed.resolved.setdefault("roles", {})[str(value.id)] = payloads.role(value)
        return value.id
    if kind in (_USER, _MENTIONABLE) and isinstance(value, User):
        return user(typed, value)
    if kind == _ATTACHMENT and isinstance(value, Upload):
        return _attachment(typed, value)
    raise MisuseError(f"the option {name!r} does not take {value!r}")


def _channel(typed: Typed, defined: dict, channel: Channel) -> int:
    wanted = defined.get("channel_types")
    if channel.guild is not typed.place.guild:
        raise MisuseError(f"#{channel.name} is in another guild")
    if wanted and int(channel.kind) not in wanted:
        raise MisuseError(
            f"the option {defined['name']!r} does not offer #{channel.name} ({channel.kind})"
        )
    bot = typed.state.world.bot
    shown = payloads.resolved_channel(channel, typed.asker, bot)
    typed.resolved.setdefault("channels", {})[str(channel.id)] = shown
    return channel.id


def user(typed: Typed, who: User) -> int:
    """Resolve *who*, with the membership where there is one."""
    typed.resolved.setdefault("users", {})[str(who.id)] = payloads.user(who)
    members: dict[int, Member] = typed.place.guild.members if typed.place.guild else {}
    if who.id in members:
        shown = {**payloads.member(members[who.id], with_user=False), "permissions": "0"}
        typed.resolved.setdefault("members", {})[str(who.id)] = shown
    return who.id


def _attachment(typed: Typed, upload: Upload) -> int:
    if len(upload.data) > limits.FILE_BYTES:
        raise MisuseError(f"{upload.name} is larger than Discord takes")
    stored = messages.store(typed.state, typed.place, upload)
    shown = {**payloads.attachment(stored), "ephemeral": True}
    typed.resolved.setdefault("attachments", {})[str(stored.id)] = shown
    return stored.id
