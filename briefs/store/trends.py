"""Days in, who is named in more or fewer documents than in as many days before out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, timedelta

from sqlalchemy import Connection, func, select

from briefs.database import Database
from briefs.model import Count, EntityId, Kind, Scope, Trend
from briefs.store import rows, scopes, tables
from briefs.store.families import Families, Family
from briefs.store.members import Member, is_part, meant

_MOST_OF_A_DAY = 300  # names that are counted of one day, in each scope
_READ = 5_000  # mentions of a row that stands for several
_CANDIDATES = 200  # rows that are looked at more closely


class Trends:
    """What is named on which day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_day(self, scope: Scope, until: date) -> date | None:
        """Return the newest day, *until* at the latest, on which anything is named."""
        day = tables.entity_day.c
        with self._database.read() as connection:
            found = [
                connection.scalar(
                    select(func.max(day.day)).where(day.scope == each, day.day <= until)
                )
                for each in scopes.view(scope)
            ]
        return max((each for each in found if each), default=None)

    def changes(
        self, scope: Scope, first: date, last: date, *, kinds: Sequence[Kind]
    ) -> tuple[tuple[Trend, ...], bool]:
        """Return whose documents in [first, last] differ from those of as many days before.

        The largest change comes first. Also whether a day had more names than are counted.
        """
        start = first - (last - first) - timedelta(days=1)
        with self._database.read() as connection:
            capped = False
            changes: Counter[EntityId] = Counter()
            for each in scopes.view(scope):
                for at in _days(start, last):
                    found = _named_most(connection, each, at)
                    capped = capped or len(found) > _MOST_OF_A_DAY
                    for number, documents in found[:_MOST_OF_A_DAY]:
                        changes[number] += documents if at >= first else -documents
            numbers = _of_kinds(connection, changes, kinds)
            numbers.sort(key=lambda number: (-abs(changes[number]), number))
            families = Families(connection, scope).distinct(numbers[:_CANDIDATES])
            trends = [
                _trend(connection, scope, family, (start, first, last)) for family in families
            ]
        trends.sort(key=lambda each: (-abs(each.change), -each.documents, each.name))
        return tuple(each for each in trends if each.change), capped


def _days(start: date, last: date) -> Iterator[date]:
    for number in range((last - start).days + 1):
        yield start + timedelta(days=number)


def _named_most(connection: Connection, scope: Scope, at: date) -> list[tuple[EntityId, int]]:
    """Return who is in the most documents of a day, and one more than are counted."""
    day = tables.entity_day.c
    query = select(day.entity, day.documents).where(day.scope == scope, day.day == at)
    query = query.order_by(day.documents.desc(), day.entity.desc()).limit(_MOST_OF_A_DAY + 1)
    return [(EntityId(row.entity), row.documents) for row in connection.execute(query)]


def _of_kinds(
    connection: Connection, numbers: Iterable[EntityId], kinds: Sequence[Kind]
) -> list[EntityId]:
    entity = tables.entity.c
    found: list[EntityId] = []
    for part in rows.in_parts(numbers):
        query = select(entity.id).where(entity.id.in_(part))
        query = query.where(entity.kind.in_([kind.value for kind in kinds]))
        found += [EntityId(number) for number in connection.scalars(query)]
    return found


def _trend(
    connection: Connection, scope: Scope, family: Family, edges: tuple[date, date, date]
) -> Trend:
    """Count *family* whole: on a busy day it may have been too rare to be among the first."""
    start, first, last = edges
    documents = before = 0
    for member in family.members:
        if member.scope not in scopes.view(scope):
            continue
        for found in days_of(connection, member, (last - start).days + 1, since=start, until=last):
            documents += found.documents if found.day >= first else 0
            before += found.documents if found.day < first else 0
    return Trend(family.name, family.kind, documents, before)


def days_of(
    connection: Connection,
    member: Member,
    limit: int,
    *,
    since: date = date.min,
    until: date = date.max,
) -> list[Count]:
    """Return the newest *limit* days from *since* to *until* on which *member* is named.

    Of a row that stands for several, those of its newest 5,000 mentions that mean *member*.
    """
    if is_part(member):
        return [each for each in _meant(connection, member) if since <= each.day <= until][:limit]
    day = tables.entity_day.c
    query = select(day.day, day.documents, day.mentions)
    query = query.where(day.entity == member.id, day.scope == member.scope)
    query = query.where(day.day.between(since, until)).order_by(day.day.desc()).limit(limit)
    return [Count(row.day, row.documents, row.mentions) for row in connection.execute(query)]


def _meant(connection: Connection, member: Member) -> list[Count]:
    mention = tables.mention.c
    newest = select(mention.published, mention.document, mention.key)
    newest = newest.where(mention.entity == member.id, mention.scope == member.scope)
    newest = newest.order_by(mention.published.desc(), mention.document.desc()).limit(_READ)
    found = newest.subquery()
    query = select(found.c.published, found.c.document).where(meant(member, found.c.key))
    seen: dict[date, list[int]] = {}
    for row in connection.execute(query):
        seen.setdefault(row.published.astimezone(UTC).date(), []).append(row.document)
    return [Count(day, len({*seen[day]}), len(seen[day])) for day in sorted(seen, reverse=True)]
