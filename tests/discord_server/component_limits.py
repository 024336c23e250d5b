"""A message's or modal's components in, Discord's tree of errors out."""

from collections import Counter
from collections.abc import Iterator

from tests.discord_server import trees
from tests.discord_server.world import COMPONENTS_V2

ROW, BUTTON, SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
SELECTS = frozenset({3, 5, 6, 7, 8})
_LINK_BUTTON, _PREMIUM_BUTTON = 5, 6
_TEXT_DISPLAY = 10


def walk(components: list[dict]) -> Iterator[dict]:
    """Yield every component, parents first."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])


def component_errors(components: list[dict], flags: int) -> dict:
    """Return what is wrong with the *components* of a message."""
    if flags & COMPONENTS_V2:
        return _second_version(components)
    if len(components) > 5:
        return trees.too_long(5)
    return _duplicates(components) or trees.by_index(components, _row)


def modal_errors(modal: dict) -> dict:
    """Return what is wrong with a *modal*."""
    components = modal.get("components") or []
    tree = {
        "title": _short(modal.get("title"), 45),
        "custom_id": _short(modal.get("custom_id"), 100),
        "components": {}
        if 1 <= len(components) <= 5
        else trees.error("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."),
    }
    tree["components"] = tree["components"] or _duplicates(components)
    return trees.pruned(tree)


def _second_version(components: list[dict]) -> dict:
    everything = list(walk(components))
    if len(everything) > 40:
        return trees.too_long(40)
    texts = sum(
        trees.units(c.get("content") or "") for c in everything if c.get("type") == _TEXT_DISPLAY
    )
    if texts > 4_000:
        return trees.error("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Must be 4000 or fewer.")
    rows = {str(i): c for i, c in enumerate(components) if c.get("type") == ROW}
    return _duplicates(components) or trees.pruned({i: _row(row) for i, row in rows.items()})


def _duplicates(components: list[dict]) -> dict:
    counted = Counter(c["custom_id"] for c in walk(components) if c.get("custom_id"))
    twice = [name for name, times in counted.items() if times > 1]
    if not twice:
        return {}
    return trees.error(
        "COMPONENT_CUSTOM_ID_DUPLICATED", f"Component custom id cannot be duplicated: {twice[0]}"
    )


def _row(row: dict) -> dict:
    if row.get("type") != ROW:
        return {"type": trees.error("UNION_TYPE_CHOICES", "Value of field must be one of (1,).")}
    children = row.get("components") or []
    widths = [1 if child.get("type") == BUTTON else 5 for child in children]
    if not children or sum(widths) > 5:
        return {
            "components": trees.error("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        }
    return trees.pruned({"components": trees.by_index(children, _child)})


def _child(child: dict) -> dict:
    if child.get("type") == BUTTON:
        return _button(child)
    if child.get("type") in SELECTS:
        return _select(child)
    return {
        "type": trees.error(
            "UNION_TYPE_CHOICES", "Value of field must be one of (2, 3, 5, 6, 7, 8)."
        )
    }


def _button(button: dict) -> dict:
    tree = {"label": {}, "custom_id": {}, "url": {}}
    if trees.units(button.get("label") or "") > 80:
        tree["label"] = trees.too_long(80)
    if button.get("style") == _LINK_BUTTON:
        tree["url"] = _short(button.get("url"), 512)
    elif button.get("style") != _PREMIUM_BUTTON:
        tree["custom_id"] = _short(button.get("custom_id"), 100)
    if not (button.get("label") or button.get("emoji")) and button.get("style") != _PREMIUM_BUTTON:
        tree["label"] = trees.required()
    return trees.pruned(tree)


def _select(select: dict) -> dict:
    tree = {"custom_id": _short(select.get("custom_id"), 100), "options": {}, "placeholder": {}}
    if trees.units(select.get("placeholder") or "") > 150:
        tree["placeholder"] = trees.too_long(150)
    if select.get("type") == SELECT:
        tree["options"] = _options(select.get("options") or [])
    return trees.pruned(tree)


def _options(options: list[dict]) -> dict:
    if not 1 <= len(options) <= 25:
        return trees.error("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    if len({option.get("value") for option in options}) < len(options):
        return trees.error(
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
        )
    return trees.by_index(options, _option)


def _option(option: dict) -> dict:
    tree = {key: _short(option.get(key), 100) for key in ("label", "value")}
    if trees.units(option.get("description") or "") > 100:
        tree["description"] = trees.too_long(100)
    return trees.pruned(tree)


def _short(value: object, limit: int) -> dict:
    if not str(value or "").strip():
        return trees.required()
    return trees.too_long(limit) if trees.units(value) > limit else {}
