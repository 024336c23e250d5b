"""An edit that is to be undone in, its record out: what edits of names and of stories share."""

from datetime import datetime
from typing import Any, Protocol

from briefs.errors import UsageError
from briefs.model import Action, Scope


class Undone(Protocol):
    """An edit as it was made; `undoes` is the id of the one that it undid itself."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def undone_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def undoes(self) -> int: ...  # noqa: D102


def check(edit: Undone) -> None:
    """Raise UsageError when *edit* cannot be undone."""
    if edit.undoes:
        raise UsageError(f"Edit {edit.id} is an undo itself: make the change again.")
    if edit.undone_at:
        raise UsageError(f"Edit {edit.id} was undone already, on {edit.undone_at:%F}.")


def record(edit: Undone, scope: Scope, *, actor: int, at: datetime) -> dict[str, Any]:
    """Return the columns of the edit that undoes *edit*."""
    return {
        "scope": scope,
        "at": at,
        "actor": actor,
        "action": Action.UNDO.value,
        "arguments": {"edit": edit.id},
    }
