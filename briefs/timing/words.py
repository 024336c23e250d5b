"""What is the same in all that a user writes."""

NONE = frozenset({"", "none", "off", "-"})  # what takes a setting away


def shown(text: str) -> str:
    """Return what a user typed, short enough to be repeated to them."""
    return text if len(text) <= 60 else text[:59] + "…"
