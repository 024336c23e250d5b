"""Who is in the documents: found by what is typed, shown by what is known, in a reader's view."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from briefs.database import Database
from briefs.errors import NotFoundError
from briefs.model import (
    Companion,
    Count,
    DocumentId,
    EntityId,
    Held,
    Kind,
    Line,
    Quote,
    Reason,
    Said,
    Scope,
)
from briefs.store import company, passages, reasons, scopes, tables, trends, written
from briefs.store.families import Families, Family
from briefs.store.members import Member, shared, sums
from briefs.store.passages import Passage

_ALIASES = 32
_SPARE = 10  # rows that may turn out to be one with others
_FURTHEST = 500  # rows that are read for one answer at the most, but for the last time
_SHORTEST = 3  # characters: less is like everything


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

    def suggest(
        self, scope: Scope, typed: str, limit: int = 25, *, keys: Sequence[str] = ()
    ) -> tuple[Suggestion, ...]:
        """Return entities with a name, or a word in a name, that begins as *typed*.

        Those in the most documents come first. With *keys*, the folded names that *typed* may
        stand for, fewer than *limit* are followed by those that bear one, and by those that are
        spelled much alike.
        """
        begun = written.folded(typed)
        with self._database.read() as connection:
            families = Families(connection, scope)
            offered = _beginning(connection, families, scope, begun, limit)
            if keys and len(begun) >= _SHORTEST and len(offered) < limit:
                alike = written.alike(connection, scope, begun)
                near = [family for each in alike if (family := families.of(each))]
                more = [*families.bearing(keys), *near]
                offered = [*{family.root: family for family in (*offered, *more)}.values()]
        return tuple(_suggestion(family) for family in offered[:limit])

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
        with self._database.read() as connection:
            return tuple(Families(connection, scope).bearing(keys))

    def ending(self, scope: Scope, text: str) -> tuple[Family, ...]:
        """Return those of whose names the last words are *text*, in the most documents first."""
        with self._database.read() as connection:
            found = written.ending(connection, scope, written.folded(text))
            return tuple(Families(connection, scope).distinct(dict.fromkeys(found)))

    def nearest(self, scope: Scope, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return names that *text* may have been meant for."""
        with self._database.read() as connection:
            families = Families(connection, scope)
            near = written.alike(connection, scope, written.folded(text))[: 3 * limit]
            meant = [family for number in near if (family := families.of(number))]
        return tuple(dict.fromkeys(family.name for family in meant))[:limit]

    def head(self, scope: Scope, family: Family) -> Head:
        """Return the names of *family* and the sums of what is known of it."""
        own = _members(scope, family)
        with self._database.read() as connection:
            counted = [sums(connection, member) for member in own]
            aliases = [*_aliases(connection, own, family.taken), *family.given]
            twice = shared(connection, own) if family.given else 0
        known = [each for each in counted if each.first and each.last]
        if not known:
            raise NotFoundError(f"There is nothing on {family.name} here any more.")
        return Head(
            id=family.id,
            name=family.name,
            kind=family.kind,
            aliases=tuple(text for text in dict.fromkeys(aliases) if text != family.name),
            mentions=sum(each.mentions for each in known),
            documents=sum(each.documents for each in known) - twice,
            first=min(each.first for each in known if each.first),
            last=max(each.last for each in known if each.last),
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

    def roles(self, scope: Scope, family: Family, *, limit: int = 8) -> tuple[Held, ...]:
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

    def reasons(self, scope: Scope, family: Family, *, documents: int = 100) -> tuple[Reason, ...]:
        """Return why each written form stands for *family*, in its newest *documents*."""
        own = _members(scope, family)
        with self._database.read() as connection:
            joined = reasons.joined(connection, scope, family)
            return tuple(reasons.of(connection, own, documents, joined))

    def days(self, scope: Scope, family: Family, *, limit: int = 400) -> tuple[Count, ...]:
        """Return the newest *limit* days on which *family* is named, the oldest first."""
        counts: dict[date, Count] = {}
        with self._database.read() as connection:
            for member in _members(scope, family):
                for found in trends.days_of(connection, member, limit):
                    _, documents, mentions = counts.get(found.day, Count(found.day, 0, 0))
                    total = documents + found.documents, mentions + found.mentions
                    counts[found.day] = Count(found.day, *total)
        return tuple(counts[each] for each in sorted(counts)[-limit:])

    def left_open(self, scope: Scope, family: Family) -> tuple[tuple[str, int], ...]:
        """Return the shorter names of *family* that stand alone in documents, unresolved.

        Each with the number of those documents: it may be meant there, or somebody else.
        """
        alias, entity, tally = tables.alias.c, tables.entity.c, tables.tally.c
        own = [member.id for member in _members(scope, family)]
        keys = select(alias.key).where(alias.entity.in_(own)).distinct().limit(_ALIASES)
        name, documents = func.min(entity.name), func.sum(tally.documents)
        query = select(name.label("name"), documents.label("documents"))
        query = query.join_from(tables.entity, tables.tally, tally.entity == entity.id)
        query = query.where(
            entity.scope.in_(scopes.view(scope)),
            entity.kind == family.kind.value,
            entity.id.not_in(own),
        )
        query = query.group_by(entity.key).order_by(entity.key)
        with self._database.read() as connection:
            bare = [key for key in connection.scalars(keys) if key and key not in family.taken]
            rows_of = connection.execute(query.where(entity.key.in_(bare)))
            return tuple((row.name, row.documents) for row in rows_of)

    def newest(
        self, scope: Scope, family: Family, *, documents: int = 200
    ) -> tuple[DocumentId, ...]:
        """Return the newest *documents* that name *family*."""
        with self._database.read() as connection:
            return tuple(company.newest(connection, _members(scope, family), documents))

    def companions(
        self, scope: Scope, family: Family, *, documents: int = 200, limit: int = 10
    ) -> tuple[Companion, ...]:
        """Return who else is in the newest *documents* of *family*, in the most of them first."""
        with self._database.read() as connection:
            numbers = company.newest(connection, _members(scope, family), documents)
            found = company.of(connection, scope, numbers, most=3 * limit, without=[family])
        return tuple(
            Companion(name=each.name, kind=each.kind, documents=count)
            for each, count in found[:limit]
        )

    def network(
        self,
        scope: Scope,
        family: Family,
        *,
        documents: int = 200,
        limit: int = 25,
        quoted: int = 8,
    ) -> tuple[Companion, ...]:
        """Return the `companions` of *family*; the first *quoted* with a line that names both."""
        with self._database.read() as connection:
            numbers = company.newest(connection, _members(scope, family), documents)
            found = company.of(connection, scope, numbers, most=2 * limit, without=[family])
            own = _members(scope, family)
            lines = [
                passages.both(connection, numbers, own, _members(scope, each), limit=1)
                for each, _ in found[:quoted]
            ]
        lines += [[]] * len(found)
        return tuple(
            Companion(each.name, each.kind, count, line[0] if line else None)
            for (each, count), line in zip(found[:limit], lines, strict=False)
        )

    def together(
        self, scope: Scope, one: Family, other: Family, *, documents: int = 200, limit: int = 6
    ) -> tuple[Line, ...]:
        """Return the newest sentences that name both, of the newest *documents* of *one*."""
        with self._database.read() as connection:
            numbers = company.newest(connection, _members(scope, one), documents)
            members = _members(scope, one), _members(scope, other)
            return tuple(passages.both(connection, numbers, *members, limit=limit))

    def people_of(
        self, scope: Scope, numbers: Sequence[DocumentId], without: Sequence[Family], limit: int
    ) -> dict[EntityId, Companion]:
        """Return who is in documents besides *without*, and in how many of them."""
        with self._database.read() as connection:
            found = company.of(connection, scope, numbers, most=3 * limit, without=without)
        return {
            each.id: Companion(name=each.name, kind=each.kind, documents=count)
            for each, count in found
        }

    def people_in(
        self, scope: Scope, numbers: Sequence[DocumentId], *, limit: int = 8
    ) -> tuple[str, ...]:
        """Return the names of the people in documents, those in the most of them first."""
        with self._database.read() as connection:
            found = company.of(connection, scope, numbers, most=3 * limit, kinds=(Kind.PERSON,))
        return tuple(family.name for family, _ in found[:limit])

    def names_in(
        self, scope: Scope, numbers: Sequence[DocumentId]
    ) -> dict[tuple[DocumentId, int], list[tuple[Kind, str]]]:
        """Return the names in each sentence of documents, by (document, index), in their order."""
        with self._database.read() as connection:
            return company.named(connection, scope, numbers)

    def quotes_in(
        self, scope: Scope, numbers: Sequence[DocumentId]
    ) -> tuple[tuple[DocumentId, Quote, str | None], ...]:
        """Return the quotes in documents with their speakers' names, in the order of *numbers*."""
        with self._database.read() as connection:
            found = passages.spoken_in(connection, scope, numbers)
            families = Families(connection, scope)
            speakers = {(each.speaker, each.written) for each in found if each.speaker is not None}
            known = {speaker: families.of(*speaker) for speaker in sorted(speakers)}
        names = {speaker: family.name for speaker, family in known.items() if family}
        return tuple(
            (
                each.line.document,
                each.quote,
                names.get((each.speaker, each.written)) if each.speaker else None,
            )
            for each in found
        )


def _members(scope: Scope, family: Family) -> list[Member]:
    """Return the rows of *family* that a reader in *scope* may see, whoever found it."""
    return [member for member in family.members if member.scope in scopes.view(scope)]


def _beginning(
    connection: Connection, families: Families, scope: Scope, begun: str, limit: int
) -> list[Family]:
    """Return whom a name that begins as *begun* stands for, those in the most documents first.

    Where many are hidden, or one with others, more rows are read, up to a bound.
    """
    most = limit + _SPARE
    while True:
        found = written.beginning(connection, scope, begun, most=most)
        offered = families.distinct(found)
        if len(offered) >= limit or len(found) < most or most > _FURTHEST:
            break
        most *= 4
    both = {family.root: family for family in (*offered, *families.named(begun))}
    return sorted(both.values(), key=lambda each: (-each.documents, each.name))[:limit]


def _aliases(connection: Connection, members: Sequence[Member], taken: Sequence[str]) -> list[str]:
    """Return the ways in which *members* are written, the most used first."""
    alias = tables.alias.c
    whole = [member.id for member in members if not member.only]
    ways = [alias.entity.in_(whole) & alias.key.not_in(taken)]
    ways += [(alias.entity == m.id) & alias.key.in_(m.only) for m in members if m.only]
    query = select(alias.text).where(or_(*ways))
    query = query.group_by(alias.text).order_by(func.sum(alias.documents).desc(), alias.text)
    return [*connection.scalars(query.limit(_ALIASES))]


def _suggestion(family: Family) -> Suggestion:
    return Suggestion(family.id, family.name, family.kind, family.documents)
