"""The curation path: what somebody wants changed about a name -> a change -> store, and undone.

Every function that plans a change says in one sentence why it makes no sense, if it makes none;
`affected` tells what it would touch, and only `make` does it.
"""

from briefs.workbench.changes import (
    KINDS,
    add_alias,
    affected,
    hide,
    make,
    merge,
    remove_alias,
    retype,
    show,
    split,
    undo,
    unhide,
)
from briefs.workbench.lists import LARGEST, Listed, read, take_over
from briefs.workbench.phrases import line, told, told_of

__all__ = [
    "KINDS",
    "LARGEST",
    "Listed",
    "add_alias",
    "affected",
    "hide",
    "line",
    "make",
    "merge",
    "read",
    "remove_alias",
    "retype",
    "show",
    "split",
    "take_over",
    "told",
    "told_of",
    "undo",
    "unhide",
]
