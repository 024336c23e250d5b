"""The number of a kept briefing in, the buttons that stand under its last message out.

They are in the bytes that are posted; `bot.views.posted` does what they are pressed for.
"""

from collections.abc import Mapping

READING: Mapping[str, str] = {
    "src": "Sources",
    "why": "Why these?",
    "new": "What changed",
    "more": "Read more",
    "follow": "Follow…",
}
EDITING: Mapping[str, str] = {"hide": "Hide item", "wrong": "Wrong", "withdraw": "Withdraw"}
_ROW, _BUTTON = 1, 2
_SECONDARY = 2


def custom_id(act: str, briefing: int) -> str:
    """Return what Discord says when the button *act* is pressed; `bf1` is its version."""
    return f"bf1:{act}:{briefing}"


def under(briefing: int) -> list[dict[str, object]]:
    """Return two rows of buttons, as the API has them: for readers, and for editors."""
    return [_row(READING, briefing), _row(EDITING, briefing)]


def _row(labels: Mapping[str, str], briefing: int) -> dict[str, object]:
    made = [
        {
            "type": _BUTTON,
            "style": _SECONDARY,
            "label": label,
            "custom_id": custom_id(act, briefing),
        }
        for act, label in labels.items()
    ]
    return {"type": _ROW, "components": made}
