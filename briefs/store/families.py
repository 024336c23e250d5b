"""Entities in, the families they stand for out: all rows that are one in a reader's view.

Nothing is merged for good. A row joins the one whose alias it bears, as long as that alias leads
to no second full name in this view; who reads more documents may see fewer joined. What people
have decided about a name (`briefs.store.rulings`) goes before all of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import (
    Connection,
    bindparam,
    func,
    select,
)

from briefs.model import EntityId, Kind, Scope
from briefs.store import tables
from briefs.store.members import Member, shared, sums
from briefs.store.rulings import Node, Rule, Rulings, What

_MANY = 12  # owners of one alias, in both scopes: more than these are certainly several people
_KEYS = 32  # ways of writing one entity that are followed
MOST_NAMES = 2 * _KEYS  # with those that were given to it by hand
KINDS = frozenset(kind.value for kind in Kind)
_STEPS = 32  # from a bare name to a fuller one to the fullest, or from one merge to the next
_BORNE = 50  # rows that bear one name


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One person, organisation, place or thing, as far as a reader's view goes."""

    id: EntityId  # of the row with the fullest name
    name: str
    kind: Kind
    documents: int
    members: tuple[Member, ...]
    root: Node
    given: tuple[str, ...] = ()  # names that were added by hand
    taken: tuple[str, ...] = ()  # keys of names that were taken from it by hand
    hidden: bool = False


_Trail: TypeAlias = tuple[tuple[Node, Rule | None], ...]  # the way so far, and why it goes on

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
_BEARERS = (
    select(_ENTITY.kind, _ENTITY.key)
    .join_from(tables.alias, tables.entity, _ALIAS.entity == _ENTITY.id)
    .where(_ALIAS.scope == bindparam("scope"), _ALIAS.key == bindparam("key"))
    .limit(_BORNE)
)


class Families:
    """The families of one view; what was asked once is remembered for as long as this lives.

    Those that are hidden are left out, unless *hidden* ones are wanted too.
    """

    def __init__(self, connection: Connection, scope: Scope, *, hidden: bool = False) -> None:
        self._connection = connection
        self._own = scope
        self._with_hidden = hidden
        self._rulings = Rulings(connection, scope)
        self._owners: dict[Node, frozenset[str]] = {}
        self._roots: dict[Node, Node] = {}
        self._known: dict[Node, Family | None] = {}

    def of(self, entity: EntityId, written: str = "") -> Family | None:
        """Return the family of a row, None when this view has no such row.

        With the key of what is *written* where it is named, whom that means.
        """
        if not 0 < entity < 2**63:
            return None
        asked = {"entity": entity, "own": self._own}
        row = self._connection.execute(_ROW, asked).first()
        if row is None or row.kind not in KINDS:
            return None
        return self.around(self._meant(Node(row.kind, row.key), written))

    def around(self, node: Node) -> Family | None:
        """Return the family that a name belongs to, None when this view has nobody of it."""
        root = self.root(node)
        if root not in self._known:
            self._known[root] = self._called(root)
        family = self._known[root]
        return None if family and family.hidden and not self._with_hidden else family

    def distinct(self, entities: Iterable[EntityId]) -> list[Family]:
        """Return the families of rows, each once, those in the most documents first."""
        return _ranked(self.of(each) for each in entities)

    def bearing(self, keys: Sequence[str]) -> list[Family]:
        """Return whoever goes by one of the folded names *keys*, in the most documents first."""
        nodes = [node for key in dict.fromkeys(keys) for node in self._bearers(key)]
        return _ranked(self.around(node) for node in dict.fromkeys(nodes))

    def named(self, begun: str) -> list[Family]:
        """Return families with a name given by hand that has a word that begins as *begun*."""
        return _ranked(self.around(node) for node in self._rulings.beginning(begun))

    def root(self, node: Node) -> Node:
        """Return the fullest name that *node* alone can stand for, or was said to stand for."""
        return self._root(node, ())

    def names(self, root: Node) -> list[Node]:
        """Return *root*, the other names that lead to it alone, and those that lead to them."""
        found = [root]
        for node in found:  # grows as it goes
            asked = {"own": self._own, "kind": node.kind, "key": node.key}
            written = [
                Node(node.kind, key) for key in self._connection.scalars(_OTHERS, asked).all()
            ]
            joined = [r.source for r in self._rulings.towards(node) if r.what == What.JOIN]
            for most, others in ((_KEYS, written), (MOST_NAMES, joined)):
                for other in others:
                    if other not in found and len(found) < most and self.root(other) == root:
                        found.append(other)
        return found

    def rows(self, node: Node) -> list[Member]:
        """Return the rows of a name itself, whatever family they belong to."""
        return self._rows([node], ())[0]

    def _root(self, node: Node, trail: _Trail) -> Node:
        if node not in self._roots:
            self._roots[node] = self._climb(node, trail)
        return self._roots[node]

    def _climb(self, node: Node, trail: _Trail) -> Node:
        barred: set[Node] = set()
        for rule in self._rulings.on(node):
            if rule.what in {What.PART, What.SPLIT}:
                barred |= {rule.target, self._step(node, None, rule.target, trail)}
            elif rule.what == What.JOIN:
                found = self._step(node, rule, rule.target, trail)
                if not barred & {rule.target, found}:
                    return found
        owners = [] if barred else self._fuller(node)  # what was parted stays so until it is joined
        if len(owners) >= _MANY:
            return node
        roots = {self._step(node, None, Node(node.kind, owner), trail) for owner in owners}
        return roots.pop() if len(roots) == 1 else node

    def _step(self, node: Node, rule: Rule | None, target: Node, trail: _Trail) -> Node:
        """Return the root of *target*, to which *node* leads; a ring of names has one root."""
        way = (*trail, (node, rule))
        for place, (passed, _) in enumerate(way):
            if passed == target:
                return _strongest(way[place:])
        return target if len(way) >= _STEPS else self._root(target, way)

    def _fuller(self, node: Node) -> list[str]:
        """Return the keys that have *node* as an alias; of two that have each other, the longer."""

        def is_fuller(owner: str) -> bool:
            mutual = node.key in self._owners_of(Node(node.kind, owner))
            return not mutual or (len(owner), owner) > (len(node.key), node.key)

        return [owner for owner in sorted(self._owners_of(node)) if is_fuller(owner)]

    def _owners_of(self, node: Node) -> frozenset[str]:
        if node not in self._owners:
            asked = {"own": self._own, "kind": node.kind, "key": node.key}
            self._owners[node] = frozenset(self._connection.scalars(_OWNERS, asked))
        return self._owners[node]

    def _bearers(self, key: str) -> list[Node]:
        """Return the names whose families *key* is a name of."""
        found: list[Node] = []
        for scope in dict.fromkeys((0, self._own)):
            for row in self._connection.execute(_BEARERS, {"scope": scope, "key": key}):
                bearer, bare = Node(row.kind, row.key), Node(row.kind, key)
                if self.root(bearer) not in self._taken_from(bare):
                    found.append(bearer)
        return found + self._rulings.bearing(key)

    def _meant(self, node: Node, written: str) -> Node:
        """Return the name that was split off when *node* is named as it is *written*."""
        name = Node(node.kind, written)
        split = (rule for rule in self._rulings.on(name) if rule.what == What.SPLIT)
        targets = {self.root(rule.target) for rule in split} if written else set()
        return name if self.root(node) in targets - {self.root(name)} else node

    def _taken_from(self, node: Node) -> set[Node]:
        """Return whom *node* was taken from, unless it was given back since."""
        parted = {What.PART, What.SPLIT}
        from_ = {self.root(r.target) for r in self._rulings.on(node) if r.what in parted}
        return from_ - {self.root(node)}

    def _called(self, root: Node) -> Family | None:
        """Return the family whose fullest name is *root*."""
        names = self.names(root)
        towards = [rule for name in names for rule in self._rulings.towards(name)]
        lost = [r for r in towards if r.what in {What.PART, What.SPLIT}]
        lost = [rule for rule in lost if self.root(rule.source) != root]
        split = tuple(sorted({r.source.key for r in lost if r.what == What.SPLIT}))
        members, written, documents = self._rows(names, split)
        for rule in (rule for name in names for rule in self._rulings.on(name)):
            if rule.what == What.SPLIT and self.root(rule.target) != root:
                ours, _, number = self._rows(self.names(self.root(rule.target)), (), only=rule)
                members, documents = members + ours, documents + number
                written = written or [(rule.anchor or EntityId(0), rule.name)]
        if not members:
            return None
        joined = [rule for rule in towards if self._holds(rule, root)]
        if joined:
            documents -= shared(self._connection, members)
        return Family(
            id=written[0][0],
            name=self._name(root, written[0][1], joined),
            kind=Kind(root.kind),
            documents=documents,
            members=tuple(dict.fromkeys(members)),
            root=root,
            given=tuple(dict.fromkeys(rule.name for rule in joined if rule.name)),
            taken=tuple(sorted({rule.source.key for rule in lost})),
            hidden=self._rulings.is_hidden(root),
        )

    def _holds(self, rule: Rule, root: Node) -> bool:
        return rule.what == What.JOIN and self.root(rule.source) == root

    def _name(self, root: Node, written: str, joined: Sequence[Rule]) -> str:
        """Return how *root* is written: in documents, or else by who named it."""
        asked = {"own": self._own, "kind": root.kind, "key": root.key}
        known = self._connection.execute(_MEMBERS, asked).first()
        told = next((rule.to_name for rule in joined if rule.target == root), "")
        return written if known else told or written

    def _rows(
        self, names: Sequence[Node], split: tuple[str, ...], *, only: Rule | None = None
    ) -> tuple[list[Member], list[tuple[EntityId, str]], int]:
        """Return the rows of *names* as members, how they are called, and in how many documents.

        What is written as one of *split* is not theirs; with *only*, that alone is looked for.
        """
        members, called, documents = [], [], 0
        for name in names:
            asked = {"own": self._own, "kind": name.kind, "key": name.key}
            for row in self._connection.execute(_MEMBERS, asked):
                ways = (only.source.key,) if only else ()
                member = Member(EntityId(row.id), Scope(row.scope), ways, split)
                partly = bool(ways or split)
                number = sums(self._connection, member).documents if partly else row.documents
                if number:
                    members.append(member)
                    called.append((EntityId(row.id), row.name))
                    documents += number
        return members, called, documents


def _ranked(found: Iterable[Family | None]) -> list[Family]:
    families = {family.root: family for family in found if family}
    return sorted(families.values(), key=lambda family: (-family.documents, family.name))


def _strongest(ring: _Trail) -> Node:
    """Return the name that stands for a ring of names: the one that counted the most was said of.

    In a ring that nobody made by hand it is the longest.
    """
    rules = [rule for _, rule in ring if rule]
    if rules:
        return max(rules, key=lambda rule: rule.strength).target
    return max((node for node, _ in ring), key=lambda node: (len(node.key), node))
