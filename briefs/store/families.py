"""Entities in, the families they stand for out: all rows that are one in a reader's view.

Nothing is merged for good. A row joins the one whose alias it bears, as long as that alias leads
to no second full name in this view; who reads more documents may see fewer joined.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from briefs.model import EntityId, Kind, Scope
from briefs.store import tables

_MANY = 12  # owners of one alias, in both scopes: more than these are certainly several people
_KEYS = 32  # ways of writing one entity that are followed
KINDS = frozenset(kind.value for kind in Kind)
_STEPS = 4  # from a bare name to a fuller one to the fullest


class Member(NamedTuple):
    """A row that belongs to a family."""

    id: EntityId
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One person, organisation, place or thing, as far as a reader's view goes."""

    id: EntityId  # of the row with the fullest name
    name: str
    kind: Kind
    documents: int
    members: tuple[Member, ...]


_ENTITY, _ALIAS, _TALLY = tables.entity.c, tables.alias.c, tables.tally.c
# Written once: making a statement anew takes longer than running it. A view is 0 and `own`.
_ROW = select(_ENTITY.kind, _ENTITY.key).where(
    _ENTITY.id == bindparam("entity"), _ENTITY.scope.in_([0, bindparam("own")])
)
_OWNERS = (
    select(_ENTITY.key)
    .distinct()
    .join_from(tables.alias, tables.entity, _ALIAS.entity == _ENTITY.id)
    .where(
        _ALIAS.scope.in_([0, bindparam("own")]),
        _ALIAS.key == bindparam("key"),
        _ALIAS.kind == bindparam("kind"),
        _ENTITY.key != bindparam("key"),
    )
    .limit(2 * _MANY)
)
_OTHERS = (
    select(_ALIAS.key)
    .join_from(tables.entity, tables.alias, _ALIAS.entity == _ENTITY.id)
    .where(
        _ENTITY.scope.in_([0, bindparam("own")]),
        _ENTITY.key == bindparam("key"),
        _ENTITY.kind == bindparam("kind"),
        _ALIAS.key != bindparam("key"),
    )
    .group_by(_ALIAS.key)
    .order_by(func.sum(_ALIAS.documents).desc(), _ALIAS.key)
    .limit(_KEYS)
)
_MEMBERS = (
    select(_ENTITY.id, _ENTITY.scope, _ENTITY.name, _TALLY.documents)
    .join_from(tables.entity, tables.tally, _TALLY.entity == _ENTITY.id)
    .where(
        _ENTITY.scope.in_([0, bindparam("own")]),
        _ENTITY.key == bindparam("key"),
        _ENTITY.kind == bindparam("kind"),
    )
    .order_by(_ENTITY.scope)
)


class Families:
    """The families of one view; what was asked once is remembered for as long as this lives."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._connection = connection
        self._own = scope
        self._owners: dict[tuple[str, str], frozenset[str]] = {}
        self._roots: dict[tuple[str, str], str] = {}
        self._known: dict[tuple[str, str], Family | None] = {}

    def of(self, entity: EntityId) -> Family | None:
        """Return the family of a row, None when this view has no such row."""
        if not 0 < entity < 2**63:
            return None
        asked = {"entity": entity, "own": self._own}
        row = self._connection.execute(_ROW, asked).first()
        if row is None or row.kind not in KINDS:
            return None
        root = (row.kind, self.root(row.kind, row.key))
        if root not in self._known:
            self._known[root] = self._called(*root)
        return self._known[root]

    def distinct(self, entities: Iterable[EntityId]) -> list[Family]:
        """Return the families of rows, each once, those in the most documents first."""
        found = {family.id: family for each in entities if (family := self.of(each))}
        return sorted(found.values(), key=lambda family: (-family.documents, family.name))

    def root(self, kind: str, key: str, steps: int = _STEPS) -> str:
        """Return the fullest key that *key* alone can stand for."""
        if (kind, key) not in self._roots:
            self._roots[kind, key] = self._climb(kind, key, steps)
        return self._roots[kind, key]

    def _climb(self, kind: str, key: str, steps: int) -> str:
        owners = self._fuller(kind, key)
        if not owners or len(owners) >= _MANY or not steps:
            return key
        roots = {self.root(kind, owner, steps - 1) for owner in owners}
        return roots.pop() if len(roots) == 1 else key

    def _fuller(self, kind: str, key: str) -> list[str]:
        """Return the keys that have *key* as an alias; of two that have each other, the longer."""

        def is_fuller(owner: str) -> bool:
            mutual = key in self._owners_of(kind, owner)
            return not mutual or (len(owner), owner) > (len(key), key)

        return [owner for owner in sorted(self._owners_of(kind, key)) if is_fuller(owner)]

    def _owners_of(self, kind: str, key: str) -> frozenset[str]:
        if (kind, key) not in self._owners:
            asked = {"own": self._own, "kind": kind, "key": key}
            self._owners[kind, key] = frozenset(self._connection.scalars(_OWNERS, asked))
        return self._owners[kind, key]

    def _called(self, kind: str, root: str) -> Family | None:
        """Return the family whose fullest key is *root*."""
        asked = [{"own": self._own, "kind": kind, "key": key} for key in self._keys(kind, root)]
        found = [row for each in asked for row in self._connection.execute(_MEMBERS, each)]
        if not found:
            return None
        return Family(
            id=EntityId(found[0].id),
            name=found[0].name,
            kind=Kind(kind),
            documents=sum(row.documents for row in found),
            members=tuple(Member(EntityId(row.id), Scope(row.scope)) for row in found),
        )

    def _keys(self, kind: str, root: str) -> list[str]:
        """Return *root*, the other keys that lead to it alone, and those that lead to them."""
        keys = [root]
        for key in keys:  # grows as it goes
            asked = {"own": self._own, "kind": kind, "key": key}
            for other in self._connection.scalars(_OTHERS, asked).all():
                if other not in keys and self.root(kind, other) == root and len(keys) < _KEYS:
                    keys.append(other)
        return keys
