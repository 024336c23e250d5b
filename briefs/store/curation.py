"""Changes to names in, kept as edits; what is in force of them out.

Edits speak of names, never of rows, so that what was decided holds when documents are analysed
again, go, and come back. Nothing is changed in place: an edit that is undone leaves nothing behind
but its own record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from briefs import words
from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import Action, Affected, Change, Edit, EntityId, EntityKey, Kind, Named, Scope
from briefs.store import dialect, families, members, rulings, scopes, shelving, tables, undoing
from briefs.store.families import Families, Family
from briefs.store.members import Member
from briefs.store.rulings import What

MOST_PARTS = 10_000  # changes that one import makes
_WORDS = 8
_LARGEST = 2**63

_RULINGS = {
    Action.ALIAS_ADD: What.JOIN,
    Action.ALIAS_REMOVE: What.PART,
    Action.SPLIT: What.SPLIT,
    Action.MERGE: What.JOIN,
    Action.TYPE: What.JOIN,
    Action.HIDE: What.HIDE,
    Action.UNHIDE: What.SHOW,
}
_FROM_SUBJECT = {Action.TYPE, Action.HIDE, Action.UNHIDE}


class Curation:
    """What people have changed about names; each scope sees its own changes and the public ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, scope: Scope, keys: Sequence[str]) -> tuple[Family, ...]:
        """Return whoever goes by one of the folded names *keys*, hidden ones too."""
        with self._database.read() as connection:
            return tuple(Families(connection, scope, hidden=True).bearing(keys))

    def family(self, scope: Scope, entity: EntityId) -> Family:
        """Return the family of a row, be it hidden; NotFoundError when this view has none."""
        with self._database.read() as connection:
            found = Families(connection, scope, hidden=True).of(entity)
        if found is None:
            raise NotFoundError("There is nobody and nothing of that name here.")
        return found

    def around(self, scope: Scope, key: EntityKey) -> Family | None:
        """Return the family that a name belongs to, be it hidden; None when there is nobody."""
        with self._database.read() as connection:
            return Families(connection, scope, hidden=True).around(rulings.node(key))

    def families(self, scope: Scope, keys: Sequence[EntityKey]) -> dict[EntityKey, Family]:
        """Return the families that names belong to, of those that somebody bears."""
        with self._database.read() as connection:
            known = Families(connection, scope, hidden=True)
            found = {key: known.around(rulings.node(key)) for key in keys}
        return {key: family for key, family in found.items() if family}

    def bears(self, scope: Scope, family: Family, key: str) -> bool:
        """Tell whether *family* is written so, or was given that name by hand."""
        alias = tables.alias.c
        with self._database.read() as connection:
            known = Families(connection, scope, hidden=True)
            joined = known.root(rulings.Node(family.root.kind, key)) == family.root
            own = [member.id for member in family.members if not member.only]
            query = select(alias.entity).where(alias.key == key, alias.entity.in_(own)).limit(1)
            written = connection.execute(query).first()
        return joined or (written is not None and key not in family.taken)

    def hidden(self, scope: Scope, limit: int = 25) -> tuple[Family, ...]:
        """Return families that are hidden in this view, those hidden last first."""
        ruling = tables.ruling.c
        query = select(ruling.kind, ruling.key).where(ruling.what == What.HIDE)
        query = query.where(ruling.scope.in_([0, scope])).order_by(ruling.edit.desc())
        with self._database.read() as connection:
            known = Families(connection, scope, hidden=True)
            nodes = [rulings.Node(*row) for row in connection.execute(query.limit(4 * limit))]
            found = {f.root: f for node in nodes if (f := known.around(node)) and f.hidden}
        return tuple(found.values())[:limit]

    def affected(self, scope: Scope, change: Change) -> Affected:
        """Return what *change* would touch in this view, without doing it."""
        with self._database.read() as connection:
            known = Families(connection, scope, hidden=True)
            touched = {m: f for part in _parts(change) for m, f in _touched(known, part)}
            counted = [members.sums(connection, member) for member in touched]
            twice = members.shared(connection, [*touched])
        names = dict.fromkeys(family.name for family in touched.values())
        return Affected(
            mentions=sum(each.mentions for each in counted),
            documents=sum(each.documents for each in counted) - twice,
            names=tuple(names),
        )

    def apply(self, scope: Scope, change: Change, *, actor: int, at: datetime) -> int:
        """Make *change* in this scope, and return the id by which it can be undone.

        UsageError when a name would get more names than are followed.
        """
        values = {
            "scope": scope,
            "at": at,
            "actor": actor,
            "action": change.action.value,
            "arguments": _arguments(change),
        }
        with self._database.write() as connection:
            found = connection.execute(insert(tables.edit).returning(tables.edit.c.id), values)
            number: int = found.scalar_one()
            _enforce(connection, scope, number, change)
            _check_sizes(connection, scope, change)
        return number

    def undo(self, scope: Scope, number: int | None, *, actor: int, at: datetime) -> Edit:
        """Undo an edit of this very scope, the newest that stands when *number* is None.

        Return it. NotFoundError when there is none, UsageError when it is undone already.
        """
        with self._database.write() as connection:
            edit = _edit(connection, scope, number)
            undoing.check(edit)
            gone = update(tables.edit).where(tables.edit.c.id == edit.id)
            connection.execute(gone.values(undone_at=at))
            _lift(connection, [edit.id])
            values = undoing.record(edit, scope, actor=actor, at=at)
            connection.execute(insert(tables.edit), values)
        return edit

    def history(self, scope: Scope, *, limit: int = 25) -> tuple[Edit, ...]:
        """Return the newest edits that this view shows, the public ones too, newest first."""
        edit = tables.edit.c
        query = select(tables.edit).where(edit.scope.in_(scopes.view(scope)))
        with self._database.read() as connection:
            found = connection.execute(query.order_by(edit.id.desc()).limit(limit))
            return tuple(map(_read, found))


def dumped(change: Change) -> dict[str, Any]:
    """Return *change* as JSON."""
    return {"action": change.action.value, **_arguments(change), "note": change.note}


def loaded(told: Mapping[str, Any]) -> Change:
    """Return the change that was `dumped`."""
    return _change(told["action"], told)


def purge(connection: Connection, scope: Scope) -> None:
    """Delete every edit of a scope, and what was in force of them."""
    numbers = connection.scalars(select(tables.edit.c.id).where(tables.edit.c.scope == scope)).all()
    _lift(connection, numbers)
    connection.execute(delete(tables.edit).where(tables.edit.c.scope == scope))


def _enforce(connection: Connection, scope: Scope, number: int, change: Change) -> None:
    """Write what *change* says of names."""
    said = [_ruling(connection, scope, part) for part in _parts(change)]
    found = [
        {"edit": number, "place": place, "scope": scope, **row} for place, row in enumerate(said)
    ]
    dialect.run_each(connection, dialect.inserting(tables.ruling), found)
    terms = {
        (scope, term, number, kind, key): None
        for row in found
        for kind, key, name in _given(row)
        for term in shelving.suffixes(words.fold(name).removeprefix("@"), most=_WORDS)
    }
    names = ("scope", "term", "edit", "kind", "key")
    values = [dict(zip(names, each, strict=True)) for each in sorted(terms)]
    dialect.run_each(connection, dialect.inserting(tables.ruled_term), values)


def _ruling(connection: Connection, scope: Scope, change: Change) -> dict[str, Any]:
    """Return what one change says: of which name, and of which it says it."""
    subject, other = change.subject, change.other
    assert subject is not None
    source, target = (subject, other) if change.action in _FROM_SUBJECT else (other, subject)
    assert source is not None
    what = _RULINGS[change.action]
    return {
        "what": what.value,
        **_columns("", source),
        **_columns("to_", target),
        "anchor": _anchor(connection, scope, source) if what == What.SPLIT else None,
    }


def _columns(before: str, named: Named | None) -> dict[str, str]:
    kind, key, name = ("", "", "") if named is None else (*named.key, named.name)
    return {f"{before}kind": str(kind), f"{before}key": key, f"{before}name": name}


def _given(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give the names by which somebody may now be looked for."""
    if row["what"] in {What.JOIN, What.SPLIT}:
        yield row["kind"], row["key"], row["name"]
    if row["what"] == What.JOIN:
        yield row["to_kind"], row["to_key"], row["to_name"]


def _anchor(connection: Connection, scope: Scope, named: Named) -> int:
    """Return the row of *named* in *scope*, made when there is none: it gives the name an id."""
    entity = tables.entity.c
    query = select(entity.id).where(entity.scope == scope, entity.key == named.key.key)
    known = connection.execute(query.where(entity.kind == named.key.kind.value)).scalar()
    if known is not None:
        return int(known)
    values = {"scope": scope, "kind": named.key.kind.value, "key": named.key.key}
    made = insert(tables.entity).returning(entity.id)
    return int(connection.execute(made, values | {"name": named.name}).scalar_one())


def _lift(connection: Connection, numbers: Sequence[int]) -> None:
    """Take away what the edits *numbers* say; a row that stood for a name alone goes with them."""
    ruling, entity, tally = tables.ruling.c, tables.entity.c, tables.tally.c
    for number in numbers:
        anchors = connection.scalars(
            select(ruling.anchor).where(ruling.edit == number, ruling.anchor.is_not(None))
        ).all()
        for table in (tables.ruling, tables.ruled_term):
            connection.execute(delete(table).where(table.c.edit == number))
        for anchor in anchors:
            used = select(tally.entity).where(tally.entity == anchor)
            still = select(ruling.anchor).where(ruling.anchor == anchor)
            if not (connection.execute(used).first() or connection.execute(still).first()):
                connection.execute(delete(tables.entity).where(entity.id == anchor))


def _parts(change: Change) -> Sequence[Change]:
    return change.parts if change.action is Action.IMPORT else (change,)


def _touched(known: Families, change: Change) -> Iterable[tuple[Member, Family]]:
    """Return the members whose mentions would mean another, or be found no longer."""
    assert change.subject is not None
    subject = known.around(rulings.node(change.subject.key))
    other = known.around(rulings.node(change.other.key)) if change.other else None
    if change.action in _FROM_SUBJECT:
        return [(member, subject) for member in subject.members] if subject else []
    if change.action in {Action.ALIAS_REMOVE, Action.SPLIT}:
        return _parted(known, change, subject)
    if other is None or (subject and other.root == subject.root):
        return []
    return [(member, other) for member in other.members]


def _parted(
    known: Families, change: Change, subject: Family | None
) -> Iterable[tuple[Member, Family]]:
    """Return the members of *subject* that go, and with a split whatever else is written so."""
    assert change.other is not None
    if subject is None:
        return []
    name = rulings.node(change.other.key)
    going = {member.id for member in known.rows(name)}
    return [
        (member if member.id in going else member._replace(only=(name.key,)), subject)
        for member in subject.members
        if member.id in going or change.action is Action.SPLIT
    ]


def _check_sizes(connection: Connection, scope: Scope, change: Change) -> None:
    known = Families(connection, scope, hidden=True)
    subjects = {part.subject for part in _parts(change) if part.subject}
    for subject in sorted(subjects):
        names = known.names(known.root(rulings.node(subject.key)))
        if len(names) >= families.MOST_NAMES:
            raise UsageError(
                f"{subject.name[:100]} would have more than {families.MOST_NAMES} names: "
                "merge or add fewer."
            )


def _edit(connection: Connection, scope: Scope, number: int | None) -> Edit:
    """Return an edit of *scope* itself, or the newest that can be undone."""
    edit = tables.edit.c
    query = select(tables.edit).where(edit.scope == scope).order_by(edit.id.desc()).limit(1)
    if number is None:
        query = query.where(edit.undone_at.is_(None), edit.action != Action.UNDO.value)
    else:
        query = query.where(edit.id == (number if 0 < number < _LARGEST else 0))
    row = connection.execute(query).first()
    if row is None:
        what = "There is nothing to undo" if number is None else f"There is no edit {number}"
        raise NotFoundError(f"{what} here.")
    return _read(row)


def _arguments(change: Change) -> dict[str, Any]:
    """Return *change* as JSON."""
    if change.action is Action.IMPORT:
        parts = [{"action": p.action.value, **_arguments(p)} for p in change.parts]
        return {"note": change.note, "parts": parts}
    named = {"subject": change.subject, "other": change.other}
    return {name: [*each.key, each.name] for name, each in named.items() if each}


def _read(row: Row[Any]) -> Edit:
    undoes = row.arguments.get("edit", 0) if row.action == Action.UNDO.value else 0
    return Edit(
        id=row.id,
        scope=Scope(row.scope),
        at=row.at,
        actor=row.actor,
        change=_change(row.action, row.arguments),
        undone_at=row.undone_at,
        undoes=undoes,
    )


def _change(action: str, arguments: Mapping[str, Any]) -> Change:
    parts = arguments.get("parts", ())
    return Change(
        action=Action(action),
        subject=_named(arguments.get("subject")),
        other=_named(arguments.get("other")),
        parts=tuple(_change(part["action"], part) for part in parts),
        note=arguments.get("note", ""),
    )


def _named(told: Sequence[str] | None) -> Named | None:
    if told is None:
        return None
    kind, key, name = told
    return Named(EntityKey(Kind(kind), key), name)
