"""What people change about names: the words of the workbench."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from briefs.model.texts import EntityKey, Scope


class Action(StrEnum):
    """What can be done to a name."""

    ALIAS_ADD = "alias-add"
    ALIAS_REMOVE = "alias-remove"
    MERGE = "merge"
    SPLIT = "split"
    TYPE = "type"
    HIDE = "hide"
    UNHIDE = "unhide"
    UNDO = "undo"
    IMPORT = "import"


class Named(NamedTuple):
    """An entity by what it is recognised by in every document, and how it is written."""

    key: EntityKey
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to do: what *other* is depends on the action.

    The name that is added, removed or split off; who is merged into the subject; the subject with
    its new kind. An import is its *parts*.
    """

    action: Action
    subject: Named | None = None
    other: Named | None = None
    parts: tuple["Change", ...] = ()
    note: str = ""  # what is worth knowing before it is done, in our words


class Affected(NamedTuple):
    """What a change touches, as far as a reader's view goes."""

    mentions: int
    documents: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change as it was made."""

    id: int
    scope: Scope
    at: datetime
    actor: int  # the id of the member; 0: the command line
    change: Change
    undone_at: datetime | None = None
    undoes: int = 0  # the id of the edit that this one undid
