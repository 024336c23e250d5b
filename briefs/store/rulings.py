"""A name in, what edits that are in force say of it out, in a reader's view.

A guild's own word counts before what is said in public, and of two the newer. How many are read
does not depend on how many there are.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from briefs.model import EntityId, EntityKey, Scope
from briefs.store import rows, scopes, tables

_MOST = 64  # rulings on one name, or towards one, that are read
_NAMED = 50  # names that one beginning is followed to


class What(StrEnum):
    """What a ruling says of a name."""

    JOIN = "join"  # it stands for the target
    PART = "part"  # it is no name of the target
    SPLIT = "split"  # nor does it mean the target where documents say so
    HIDE = "hide"
    SHOW = "show"


class Node(NamedTuple):
    """A name as it is recognised: what rows of any scope have in common."""

    kind: str
    key: str


class Rule(NamedTuple):
    """A ruling that is in force."""

    what: str
    source: Node
    target: Node
    name: str
    to_name: str
    strength: tuple[bool, int, int]  # whether it is the view's own, its edit, its place in it
    anchor: EntityId | None


_RULING, _TERM = tables.ruling.c, tables.ruled_term.c
_VIEW = _RULING.scope.in_([0, bindparam("own")])
# Written once: making a statement anew takes longer than running it. A view is 0 and `own`.
_STRONGEST = select(tables.ruling).order_by(
    _RULING.scope.desc(), _RULING.edit.desc(), _RULING.place.desc()
)
_ON = _STRONGEST.where(_RULING.key == bindparam("key"), _RULING.kind == bindparam("kind"), _VIEW)
_TOWARDS = _STRONGEST.where(
    _RULING.to_key == bindparam("key"), _RULING.to_kind == bindparam("kind"), _VIEW
)
_BEARING = (
    select(_RULING.kind)
    .distinct()
    .where(_RULING.key == bindparam("key"), _VIEW)
    .order_by(_RULING.kind)
)
_AIMED = (
    select(_RULING.to_kind)
    .distinct()
    .where(_RULING.to_key == bindparam("key"), _VIEW)
    .order_by(_RULING.to_kind)
)
_BEGINNING = (
    select(_TERM.kind, _TERM.key)
    .distinct()
    .where(_TERM.term >= bindparam("begun"), _TERM.term < bindparam("beyond"))
    .where(_TERM.scope == bindparam("scope"))
    .limit(_NAMED)
)


class Rulings:
    """What is in force in one view; what was asked once is remembered."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._connection = connection
        self._own = scope
        self._on: dict[Node, tuple[Rule, ...]] = {}
        self._towards: dict[Node, tuple[Rule, ...]] = {}

    def on(self, node: Node) -> tuple[Rule, ...]:
        """Return what is said of *node*, what counts the most first."""
        if node not in self._on:
            asked = {"own": self._own, "kind": node.kind, "key": node.key}
            found = self._connection.execute(_ON.limit(_MOST), asked)
            self._on[node] = tuple(map(_rule, found))
        return self._on[node]

    def towards(self, node: Node) -> tuple[Rule, ...]:
        """Return what is said of other names that has *node* as its target."""
        if node not in self._towards:
            asked = {"own": self._own, "kind": node.kind, "key": node.key}
            found = self._connection.execute(_TOWARDS.limit(_MOST), asked)
            self._towards[node] = tuple(map(_rule, found))
        return self._towards[node]

    def bearing(self, key: str) -> list[Node]:
        """Return the names with *key* of which anything is said."""
        asked = {"own": self._own, "key": key}
        found = [*self._connection.scalars(_BEARING, asked)]
        found += self._connection.scalars(_AIMED, asked)
        return [Node(kind, key) for kind in dict.fromkeys(found) if kind]

    def beginning(self, begun: str) -> list[Node]:
        """Return some names that edits have given and that have a word that begins as *begun*."""
        asked = {"begun": begun, "beyond": begun + rows.BEYOND}
        return [
            Node(row.kind, row.key)
            for scope in scopes.view(self._own)
            for row in self._connection.execute(_BEGINNING, asked | {"scope": scope})
        ]

    def is_hidden(self, node: Node) -> bool:
        """Tell whether *node* is to be found by nobody."""
        said = (rule.what for rule in self.on(node) if rule.what in {What.HIDE, What.SHOW})
        return next(said, What.SHOW) == What.HIDE


def node(key: EntityKey) -> Node:
    """Return the node of an entity's key."""
    return Node(key.kind.value, key.key)


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        what=row.what,
        source=Node(row.kind, row.key),
        target=Node(row.to_kind, row.to_key),
        name=row.name,
        to_name=row.to_name,
        strength=(row.scope != 0, row.edit, row.place),
        anchor=None if row.anchor is None else EntityId(row.anchor),
    )
