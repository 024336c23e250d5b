"""Application commands in, Discord's tree of errors out; 8,000 units for all of one's texts."""

from collections import Counter

from tests.discord_server import trees

SUB_COMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
_CHAT, _USER, _MESSAGE = 1, 2, 3
_AT_MOST = {_CHAT: 100, _USER: 15, _MESSAGE: 15}
_TOTAL = 8_000


def command_errors(commands: list[dict]) -> dict:
    """Return what is wrong with a whole set of *commands*."""
    counted = Counter((c.get("type") or _CHAT, c.get("name")) for c in commands)
    if any(times > 1 for times in counted.values()):
        return trees.error("APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique")
    of_kind = Counter(kind for kind, _ in counted)
    if any(times > _AT_MOST.get(kind, 0) for kind, times in of_kind.items()):
        return trees.error("MAX_APPLICATION_COMMANDS", "Too many commands of one type")
    return trees.by_index(commands, _command)


def is_name(name: object, *, chat: bool = True) -> bool:
    """Whether Discord takes *name* for a command or option (`chat`: lower case, no spaces)."""
    text = str(name or "")
    if not 1 <= len(text) <= 32:
        return False
    return not chat or (text == text.lower() and all(c in "-_'" or c.isalnum() for c in text))


def _command(command: dict) -> dict:
    chat = (command.get("type") or _CHAT) == _CHAT
    tree = {"name": {} if is_name(command.get("name"), chat=chat) else _bad_name()}
    if not chat:
        return trees.pruned(tree)
    tree["description"] = _description(command)
    tree["options"] = _options(command.get("options") or [], depth=0)
    if _size(command) > _TOTAL:
        tree["name"] = trees.error(
            "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({_TOTAL})"
        )
    return trees.pruned(tree)


def _bad_name() -> dict:
    return trees.error("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _description(item: dict) -> dict:
    text = str(item.get("description") or "")
    if not text.strip():
        return trees.required()
    return trees.too_long(100) if trees.units(text) > 100 else {}


def _size(item: dict) -> int:
    size = trees.units(item.get("name") or "") + trees.units(item.get("description") or "")
    for choice in item.get("choices") or []:
        size += trees.units(choice.get("name") or "") + trees.units(choice.get("value"))
    return size + sum(_size(option) for option in item.get("options") or [])


def _options(options: list[dict], *, depth: int) -> dict:
    if len(options) > 25:
        return trees.too_long(25)
    if any(times > 1 for times in Counter(o.get("name") for o in options).values()):
        return trees.error(
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Names must be unique"
        )
    nested = [o.get("type") in (SUB_COMMAND, GROUP) for o in options]
    if any(nested) and not all(nested):
        return trees.error("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands stand alone")
    needed = [bool(o.get("required")) for o in options]
    if needed != sorted(needed, reverse=True):
        return trees.error(
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options come first"
        )
    return trees.by_index(options, lambda option: _option(option, depth))


def _option(option: dict, depth: int) -> dict:
    kind = option.get("type")
    tree = {
        "name": {} if is_name(option.get("name")) else _bad_name(),
        "description": _description(option),
        "type": {} if _fits(kind, depth) else trees.error("BASE_TYPE_CHOICES", "Wrong nesting"),
        "choices": _choices(option),
        "max_length": _length(option),
    }
    if kind in (SUB_COMMAND, GROUP):
        deeper = 2 if kind == SUB_COMMAND else 1
        tree["options"] = _options(option.get("options") or [], depth=deeper)
    return trees.pruned(tree)


def _fits(kind: object, depth: int) -> bool:
    allowed = {0: range(1, 12), 1: range(1, 2), 2: range(3, 12)}[depth]
    return kind in allowed


def _choices(option: dict) -> dict:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        return trees.error("APPLICATION_COMMAND_OPTION_CHOICES_AUTOCOMPLETE", "Not both")
    return choice_errors(choices, option.get("type"))


def choice_errors(choices: list[dict], kind: object) -> dict:
    """Return what is wrong with *choices* for an option of type *kind*, fixed or autocompleted."""
    if len(choices) > 25:
        return trees.too_long(25)
    return trees.by_index(choices, lambda choice: _choice(choice, kind))


def _choice(choice: dict, kind: object) -> dict:
    tree = {"name": {}, "value": {}}
    if not 1 <= trees.units(choice.get("name") or "") <= 100:
        tree["name"] = trees.error("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if not is_value(choice.get("value"), kind):
        tree["value"] = trees.error("BASE_TYPE_BAD_TYPE", "The value is not of the option's type")
    elif kind == STRING and not 1 <= trees.units(choice["value"]) <= 100:
        tree["value"] = trees.error("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    return trees.pruned(tree)


def is_value(value: object, kind: object) -> bool:
    """Whether *value* is of the JSON type that an option of type *kind* has."""
    if isinstance(value, bool):
        return False
    types = {STRING: str, INTEGER: int, NUMBER: (int, float)}
    return isinstance(value, types.get(kind, ()))


def _length(option: dict) -> dict:
    ends = [option[k] for k in ("min_length", "max_length") if option.get(k) is not None]
    if all(0 <= end <= 6_000 for end in ends):
        return {}
    return trees.error("NUMBER_TYPE_MAX", "Must be between 0 and 6000.")
