"""Who is in the documents: found by what is typed, shown by what is known, in a reader's view."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from briefs import words
from briefs.database import Database
from briefs.errors import NotFoundError
from briefs.model import (
    Companion,
    DocumentId,
    EntityId,
    Kind,
    Line,
    Quote,
    Said,
    Scope,
)
from briefs.store import passages, ranking, rows, scopes, shelving, tables
from briefs.store.families import Families, Family, Member
from briefs.store.passages import Passage

_SCANNED = 400  # terms that one scan of an index reads
_CANDIDATES = 200  # names that are compared with a name that nobody bears
_ALIASES = 32
_ROWS = 20_000  # appearances that are counted for company
_SPARE = 10  # rows that may turn out to be one with others
_NEAR = 72.0  # of 100: how alike two names are that may have been mistaken for each other


class Suggestion(NamedTuple):
    """An entity to choose."""

    id: EntityId
    name: str
    kind: Kind
    documents: int


class Head(NamedTuple):
    """What stands at the head of an entity's card."""

    id: EntityId
    name: str
    kind: Kind
    aliases: tuple[str, ...]  # the most used first
    mentions: int
    documents: int
    first: datetime
    last: datetime


class Entities:
    """The entities of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def suggest(self, scope: Scope, typed: str, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return entities with a name, or a word in a name, that begins as *typed*.

        Those in the most documents come first.
        """
        beginning = _typed(typed)
        with self._database.read() as connection:
            found = _beginning(connection, scope, beginning, most=limit + _SPARE)
            families = Families(connection, scope).distinct(found)
        return tuple(_suggestion(family) for family in families[:limit])

    def top(self, scope: Scope, limit: int) -> tuple[Suggestion, ...]:
        """Return the entities in the most documents."""
        return self.suggest(scope, "", limit)

    def family(self, scope: Scope, entity: EntityId) -> Family:
        """Return all that is one with *entity* in this view; NotFoundError when it is not in it."""
        with self._database.read() as connection:
            found = Families(connection, scope).of(entity)
        if found is None:
            raise NotFoundError("There is nobody and nothing of that name here.")
        return found

    def find(self, scope: Scope, keys: Sequence[str]) -> tuple[Family, ...]:
        """Return whoever goes by one of the folded names *keys*, in the most documents first."""
        alias = tables.alias.c
        with self._database.read() as connection:
            found = [
                EntityId(number)
                for key in dict.fromkeys(keys)
                for each in scopes.view(scope)
                for number in connection.scalars(
                    select(alias.entity).where(alias.scope == each, alias.key == key).limit(50)
                )
            ]
            return tuple(Families(connection, scope).distinct(dict.fromkeys(found)))

    def nearest(self, scope: Scope, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return names that *text* may have been meant for."""
        from rapidfuzz import fuzz, process

        typed = _typed(text)
        with self._database.read() as connection:
            beginnings = [typed[:size] for size in range(ranking.PREFIX, -1, -1)]
            found = [
                number
                for beginning in dict.fromkeys(beginnings)
                for number in _beginning(connection, scope, beginning, most=_CANDIDATES)
            ]
            names = _called(connection, dict.fromkeys(found))
            folded = {number: words.fold(name) for number, name in names.items()}
            near = process.extract(
                typed, folded, scorer=fuzz.WRatio, limit=3 * limit, score_cutoff=_NEAR
            )
            families = Families(connection, scope)
            meant = [family for _, _, number in near if (family := families.of(number))]
        return tuple(dict.fromkeys(family.name for family in meant))[:limit]

    def head(self, scope: Scope, family: Family) -> Head:
        """Return the names of *family* and the sums of what is known of it."""
        tally = tables.tally.c
        own = _members(scope, family)
        numbers = [member.id for member in own]
        query = select(tally.documents, tally.mentions, tally.first, tally.last)
        with self._database.read() as connection:
            sums = connection.execute(query.where(tally.entity.in_(numbers))).all()
            aliases = _aliases(connection, own)
        if not sums:
            raise NotFoundError(f"There is nothing on {family.name} here any more.")
        return Head(
            id=family.id,
            name=family.name,
            kind=family.kind,
            aliases=tuple(text for text in aliases if text != family.name),
            mentions=sum(row.mentions for row in sums),
            documents=sum(row.documents for row in sums),
            first=min(row.first for row in sums),
            last=max(row.last for row in sums),
        )

    def mentions(
        self,
        scope: Scope,
        family: Family,
        *,
        limit: int = 10,
        before: tuple[datetime, DocumentId] | None = None,
    ) -> tuple[Passage, ...]:
        """Return the sentences that name *family*, of its newest *limit* documents.

        To go on, pass as *before* the time and the document of the last passage.
        """
        own = _members(scope, family)
        with self._database.read() as connection:
            found = passages.naming(connection, own, documents=limit, before=before)
        return tuple(found)

    def timeline(self, scope: Scope, family: Family, *, limit: int = 90) -> tuple[Passage, ...]:
        """Return the first sentence that names *family* in each of its newest *limit* documents."""
        found: dict[DocumentId, Passage] = {}
        for passage in self.mentions(scope, family, limit=limit):
            found.setdefault(passage.line.document, passage)
        return tuple(found.values())

    def roles(self, scope: Scope, family: Family, *, limit: int = 5) -> tuple[Line, ...]:
        """Return who *family* is said to be: each role once, the newest first."""
        own = _members(scope, family)
        with self._database.read() as connection:
            return tuple(passages.roles(connection, own, limit=limit))

    def quotes(self, scope: Scope, family: Family, *, limit: int = 10) -> tuple[Said, ...]:
        """Return what *family* said, the newest first."""
        own = _members(scope, family)
        with self._database.read() as connection:
            found = passages.spoken(connection, own, limit=limit)
        return tuple(
            Said(line=each.line, how=each.quote.how, speaker=family.name) for each in found
        )

    def companions(
        self, scope: Scope, family: Family, *, documents: int = 200, limit: int = 10
    ) -> tuple[Companion, ...]:
        """Return who else is in the newest *documents* of *family*, in the most of them first."""
        own = _members(scope, family)
        with self._database.read() as connection:
            newest = sorted(
                (
                    (row.published, row.document)
                    for member in own
                    for row in connection.execute(passages.recent(member, documents))
                ),
                reverse=True,
            )
            numbers = [*dict.fromkeys(number for _, number in newest)][:documents]
            company = _company(connection, scope, numbers, most=3 * limit, without=family)
        return tuple(
            Companion(name=each.name, kind=each.kind, documents=count)
            for each, count in company[:limit]
        )

    def people_in(
        self, scope: Scope, numbers: Sequence[DocumentId], *, limit: int = 8
    ) -> tuple[str, ...]:
        """Return the names of the people in documents, those in the most of them first."""
        with self._database.read() as connection:
            company = _company(connection, scope, numbers, most=3 * limit, kinds=(Kind.PERSON,))
        return tuple(family.name for family, _ in company[:limit])

    def quotes_in(
        self, scope: Scope, numbers: Sequence[DocumentId]
    ) -> tuple[tuple[DocumentId, Quote, str | None], ...]:
        """Return the quotes in documents with their speakers' names, in the order of *numbers*."""
        with self._database.read() as connection:
            found = passages.spoken_in(connection, scope, numbers)
            families = Families(connection, scope)
            speakers = {each.speaker for each in found if each.speaker is not None}
            known = {number: families.of(number) for number in sorted(speakers)}
        names = {number: family.name for number, family in known.items() if family}
        return tuple(
            (each.line.document, each.quote, names.get(each.speaker) if each.speaker else None)
            for each in found
        )


def _typed(text: str) -> str:
    """Fold what somebody typed; what no name can hold is dropped."""
    plain = text[:100].replace("\0", "").encode("utf-8", "ignore").decode()
    return words.fold(plain).removeprefix("@").strip()


def _beginning(
    connection: Connection, scope: Scope, beginning: str, *, most: int
) -> list[EntityId]:
    """Return rows with a term that begins as *beginning*, those in the most documents first."""
    if len(beginning) > ranking.PREFIX:
        return _scan(connection, scope, beginning[: shelving.TERM], most=most)
    prefix = tables.prefix.c
    query = select(prefix.rank, prefix.entity).where(prefix.prefix == beginning)
    query = query.order_by(prefix.rank, prefix.entity).limit(most)
    found = [
        (rank, entity)
        for each in scopes.view(scope)
        for rank, entity in connection.execute(query.where(prefix.scope == each))
    ]
    return [EntityId(entity) for _, entity in sorted(found)[:most]]


def _scan(connection: Connection, scope: Scope, beginning: str, *, most: int) -> list[EntityId]:
    term, tally = tables.term.c, tables.tally.c
    query = select(term.entity).where(term.term >= beginning, term.term < beginning + rows.BEYOND)
    found = {
        entity
        for each in scopes.view(scope)
        for entity in connection.scalars(query.where(term.scope == each).limit(_SCANNED))
    }
    counted: list[tuple[int, int]] = []
    for part in rows.in_parts(sorted(found)):
        sums = select(-tally.documents, tally.entity).where(tally.entity.in_(part))
        counted += [(count, entity) for count, entity in connection.execute(sums)]
    return [EntityId(entity) for _, entity in sorted(counted)[:most]]


def _called(connection: Connection, entities: Iterable[EntityId]) -> dict[EntityId, str]:
    table = tables.entity.c
    names: dict[EntityId, str] = {}
    for part in rows.in_parts(entities):
        query = select(table.id, table.name).where(table.id.in_(part)).order_by(table.id)
        names |= {EntityId(row.id): row.name for row in connection.execute(query)}
    return names


def _members(scope: Scope, family: Family) -> list[Member]:
    """Return the rows of *family* that a reader in *scope* may see, whoever found it."""
    return [member for member in family.members if member.scope in scopes.view(scope)]


def _aliases(connection: Connection, members: Sequence[Member]) -> list[str]:
    """Return the ways in which *members* are written, the most used first."""
    alias = tables.alias.c
    query = select(alias.text).where(alias.entity.in_([member.id for member in members]))
    query = query.group_by(alias.text).order_by(func.sum(alias.documents).desc(), alias.text)
    return [*connection.scalars(query.limit(_ALIASES))]


def _company(
    connection: Connection,
    scope: Scope,
    numbers: Sequence[DocumentId],
    *,
    most: int,
    kinds: Sequence[Kind] = ranking.NAMED,
    without: Family | None = None,
) -> list[tuple[Family, int]]:
    """Return who is in documents, and in how many: of the *most* rows that are in the most."""
    seen, entity = tables.appearance.c, tables.entity.c
    counts: Counter[EntityId] = Counter()
    mentions: Counter[EntityId] = Counter()
    for part in rows.in_parts(dict.fromkeys(numbers)):
        query = select(seen.entity, seen.mentions)
        query = query.join_from(tables.appearance, tables.entity, entity.id == seen.entity)
        query = query.where(seen.document.in_(part), seen.scope.in_(scopes.view(scope)))
        query = query.where(entity.kind.in_([kind.value for kind in kinds])).limit(_ROWS)
        for row in connection.execute(query):
            counts[EntityId(row.entity)] += 1
            mentions[EntityId(row.entity)] += row.mentions
    families = Families(connection, scope)
    ranked = sorted(counts, key=lambda each: (-counts[each], -mentions[each], each))
    totals: dict[EntityId, tuple[Family, int, int]] = {}
    for number in ranked[:most]:
        family = families.of(number)
        if family is None or (without and family.id == without.id):
            continue
        _, documents, times = totals.get(family.id, (family, 0, 0))
        totals[family.id] = (family, documents + counts[number], times + mentions[number])
    order = sorted(totals.values(), key=lambda each: (-each[1], -each[2], each[0].name))
    return [(family, documents) for family, documents, _ in order]


def _suggestion(family: Family) -> Suggestion:
    return Suggestion(family.id, family.name, family.kind, family.documents)
