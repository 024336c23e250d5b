"""Documents that are in no story yet in, their neighbours out, and where they belong written down.

Candidates are found by the weightiest stems of a document, week by week, the newest first, and so
many of them and no more: what it costs to place one does not depend on how many are stored.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    case,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
)

from briefs.database import Database
from briefs.model import PUBLIC, Document, DocumentId, Neighbour, Place, Scope, Sketch, StoryId
from briefs.store import dialect, frequencies, rows, scopes, shelving, tables
from briefs.store.frequencies import EVERY
from briefs.store.tables import EPOCH

_POSTED = 40  # stems by which a document is found
_ASKED = 12  # of them, by which its neighbours are
_NEWEST = 60  # documents of one stem
_CANDIDATES = 64  # documents that are compared
_MEMBERS = 40  # of one story, the newest
_COUNTED = 65_535  # times that a stem is counted
_WEEK = timedelta(days=7)


# Written once: making a statement anew takes longer than running it.
_MEMBER, _SKETCH = tables.story_member.c, tables.story_sketch.c
_OWNER = select(tables.story.c.scope).where(tables.story.c.id == _MEMBER.story).scalar_subquery()
_PLACED = select(_MEMBER.document, _MEMBER.story, _MEMBER.copy, _OWNER.label("owner"))
_OF_DOCUMENTS = _PLACED.where(_MEMBER.document.in_(bindparam("numbers", expanding=True)))
_OF_STORY = (
    _PLACED.where(_MEMBER.scope == bindparam("scope"), _MEMBER.story == bindparam("story"))
    .order_by(_MEMBER.arrived.desc(), _MEMBER.document.desc())
    .limit(_MEMBERS)
)
_SKETCHES = select(_SKETCH.document, _SKETCH.published, _SKETCH.stems, _SKETCH.weights).where(
    _SKETCH.document.in_(bindparam("numbers", expanding=True))
)
_WHOLE = rows.whole().where(tables.document.c.id.in_(bindparam("numbers", expanding=True)))
_BEGUN = insert(tables.story).returning(tables.story.c.id)
_NOTED = (
    update(tables.story_sketch)
    .where(_SKETCH.document == bindparam("number"))
    .values(placed=True, weights=bindparam("weights"))
)
# What is public stays as it is, whatever a guild adds.
_NEARER = (
    update(tables.story_member)
    .where(_MEMBER.document == bindparam("number"), _MEMBER.scope == bindparam("own"))
    .values(centrality=_MEMBER.centrality + bindparam("more"))
)


class Waiting(NamedTuple):
    """A document that is in no story yet."""

    document: DocumentId
    scope: Scope
    language: str
    source: str
    url: str
    published: datetime  # or else when it arrived
    arrived: datetime
    counts: Mapping[int, int]  # how often each of its stems is in it, by their numbers


class Placing:
    """Where documents are put into stories; no reader asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self) -> bool:
        """Tell whether any document is in no story yet."""
        with self._database.read() as connection:
            return bool(_waiting(connection, 1))

    @contextmanager
    def desk(self) -> Iterator["Desk"]:
        """Give what places documents in one transaction, one after another."""
        with self._database.write() as connection:
            desk = Desk(connection)
            yield desk
            desk.finish()


class Desk:
    """Documents are placed here, each seeing those before it; sums are written by `finish`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sketches: dict[int, Sketch] = {}
        self._known: dict[tuple[Scope, int], int] = {}
        self._added: dict[Scope, Counter[int]] = {}

    def waiting(self, most: int) -> tuple[Waiting, ...]:
        """Return the documents that wait, those that arrived first before the others."""
        found = tuple(_waiting(self._connection, most))
        for scope in {each.scope for each in found}:
            numbers = {number for each in found if each.scope == scope for number in each.counts}
            self._learn(scope, numbers | {EVERY})
        return found

    def known(self, waiting: Waiting) -> dict[int, int]:
        """Return how many placed documents that *waiting* may be compared with have its stems.

        How many such documents there are stands under `frequencies.EVERY`.
        """
        mine = [self._added.get(each, Counter()) for each in scopes.view(waiting.scope)]
        return {
            number: self._known[waiting.scope, number] + sum(added[number] for added in mine)
            for number in (EVERY, *waiting.counts)
        }

    def candidates(
        self, waiting: Waiting, sketch: Sketch, known: Mapping[int, int]
    ) -> tuple[Neighbour, ...]:
        """Return the documents that share the weightiest stems with *waiting*, near in time."""
        asked = [number for number in sketch.heaviest(_POSTED) if known.get(number)][:_ASKED]
        ranks = {number: _ASKED - rank for rank, number in enumerate(asked)}
        found: Counter[int] = Counter()
        week = _week(sketch.published)
        for scope in scopes.view(waiting.scope):
            for term, documents in dialect.of(self._connection).newest_of(
                self._connection, scope, (week - 1, week, week + 1), asked, most=_NEWEST
            ):
                found.update(dict.fromkeys(documents, ranks[term]))
        best = sorted(found, key=lambda number: (-found[number], -number))[:_CANDIDATES]
        return self._neighbours(waiting, _OF_DOCUMENTS, {"numbers": best})

    def members(self, waiting: Waiting, stories: Sequence[StoryId]) -> tuple[Neighbour, ...]:
        """Return the newest members of *stories*, as far as *waiting* may know of them."""
        return tuple(
            neighbour
            for story in stories
            for scope in scopes.view(waiting.scope)
            for neighbour in self._neighbours(waiting, _OF_STORY, {"scope": scope, "story": story})
        )

    def documents(self, numbers: Sequence[DocumentId]) -> dict[DocumentId, Document]:
        """Return documents with their texts, by their ids."""
        found = self._connection.execute(_WHOLE, {"numbers": numbers}).all() if numbers else []
        return {DocumentId(row.id): rows.document(row, text=row.text) for row in found}

    def put(self, waiting: Waiting, sketch: Sketch, place: Place, outlet: str) -> StoryId:
        """Write down that *waiting* belongs to *place*, and return its story."""
        story = place.story or self._begin(waiting.scope)
        for gone in place.joining:
            _join(self._connection, gone, story)
        values = {
            "document": waiting.document,
            "scope": waiting.scope,
            "story": story,
            "arrived": waiting.arrived,
            "outlet": outlet,
            "copy": place.copy or waiting.document,
            "centrality": sum(cosine for _, cosine in place.cosines),
            "nearest": place.nearest,
        }
        dialect.run_each(self._connection, dialect.inserting(tables.story_member), [values])
        self._count(waiting, sketch, place)
        return story

    def finish(self) -> None:
        """Write the sums."""
        for scope, added in sorted(self._added.items()):
            frequencies.add(self._connection, scope, added)
        self._added.clear()

    def _learn(self, scope: Scope, numbers: set[int]) -> None:
        found = frequencies.counts(self._connection, scope, numbers)
        self._known.update({(scope, number): found.get(number, 0) for number in numbers})

    def _begin(self, scope: Scope) -> StoryId:
        return StoryId(self._connection.execute(_BEGUN, {"scope": scope}).scalar_one())

    def _count(self, waiting: Waiting, sketch: Sketch, place: Place) -> None:
        """Write all that a placed document adds but its place."""
        _post(self._connection, waiting.document, waiting.scope, sketch)
        noted = {"number": waiting.document, "weights": sketch.weights}
        self._connection.execute(_NOTED, noted)
        more = [
            {"number": each, "own": waiting.scope, "more": cosine} for each, cosine in place.cosines
        ]
        if more:
            self._connection.execute(_NEARER, more)
        self._added.setdefault(waiting.scope, Counter()).update([EVERY, *waiting.counts])

    def _neighbours(
        self, waiting: Waiting, query: Select[Any], asked: Mapping[str, Any]
    ) -> tuple[Neighbour, ...]:
        found = self._connection.execute(query, asked).all()
        missing = [row.document for row in found if row.document not in self._sketches]
        if missing:
            for number, *parts in self._connection.execute(_SKETCHES, {"numbers": missing}):
                self._sketches[number] = Sketch(*parts)
        return tuple(
            Neighbour(
                document=DocumentId(row.document),
                story=StoryId(row.story),
                copy=row.copy,
                fixed=waiting.scope != PUBLIC and row.owner == PUBLIC,
                sketch=self._sketches[row.document],
            )
            for row in found
        )


def put(connection: Connection, entries: Sequence[shelving.Entry]) -> None:
    """Let the documents of *entries* wait for a story, unless they are in one.

    What was analysed before stems were counted waits for its next analysis.
    """
    values = [_row(entry) for entry in entries if entry.analysis.version or entry.analysis.terms]
    if values:
        fresh = dialect.insert(tables.story_sketch).on_conflict_do_nothing()
        connection.execute(fresh, values)


def take(connection: Connection, numbers: Sequence[int]) -> None:
    """Take the documents *numbers* out of their stories; one that nobody is left in goes."""
    sketch, member, story = tables.story_sketch.c, tables.story_member.c, tables.story.c
    for part in rows.in_parts(numbers):
        placed = select(tables.story_sketch).where(sketch.document.in_(part), sketch.placed)
        for row in connection.execute(placed).all():
            _unpost(connection, row.document, row.scope, Sketch(row.published, *row[-2:]))
        touched = select(member.story).distinct().where(member.document.in_(part))
        left = connection.scalars(touched.order_by(member.story)).all()
        for table in (tables.story_member, tables.story_sketch):
            connection.execute(delete(table).where(table.c.document.in_(part)))
        if left:
            stands = case((story.joined.is_(None), story.id), else_=story.joined)
            empty = ~exists().where(member.story == stands)
            both = story.id.in_(left) | story.joined.in_(left)
            connection.execute(delete(tables.story).where(both, empty))


def _waiting(connection: Connection, most: int) -> list[Waiting]:
    sketch, document = tables.story_sketch.c, tables.document.c
    columns = (
        document.id,
        document.scope,
        document.language,
        document.source,
        document.url,
        sketch.published,
        document.arrived,
    )
    query = select(*columns, sketch.stems, sketch.weights)
    query = query.join_from(tables.story_sketch, tables.document)
    waiting = sketch.placed == literal(value=False, literal_execute=True)  # as the index says it
    query = query.where(waiting).order_by(sketch.document)
    return [
        Waiting(*row[:-2], dict(zip(*_numbers(row.stems, row.weights), strict=True)))
        for row in connection.execute(query.limit(most))
    ]


def _row(entry: shelving.Entry) -> dict[str, Any]:
    counts: Counter[int] = Counter()
    for stem, many in entry.analysis.terms:
        counts[frequencies.number(stem)] += many
    numbers = sorted(counts)
    times = [min(counts[number], _COUNTED) for number in numbers]
    return {
        "document": entry.document,
        "scope": entry.scope,
        "published": entry.published,
        "placed": False,
        "stems": struct.pack(f"<{len(numbers)}I", *numbers),
        "weights": struct.pack(f"<{len(numbers)}H", *times),
    }


def _numbers(stems: bytes, weights: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    many = len(stems) // 4
    return struct.unpack(f"<{many}I", stems), struct.unpack(f"<{many}H", weights)


def _week(moment: datetime) -> int:
    return (moment - EPOCH) // _WEEK


def _postings(document: int, scope: int, sketch: Sketch) -> list[dict[str, int]]:
    week = _week(sketch.published)
    return [
        {"scope": scope, "week": week, "term": term, "document": document}
        for term in sorted(sketch.heaviest(_POSTED))
    ]


def _post(connection: Connection, document: int, scope: int, sketch: Sketch) -> None:
    found = _postings(document, scope, sketch)
    dialect.run_each(connection, dialect.inserting(tables.story_term), found)


def _unpost(connection: Connection, document: int, scope: Scope, sketch: Sketch) -> None:
    """Undo what placing a document added to what all are found and weighed by."""
    keys = ("scope", "week", "term", "document")
    gone = dialect.deleting(tables.story_term, *keys)
    dialect.run_each(connection, gone, _postings(document, scope, sketch))
    numbers, _ = _numbers(sketch.stems, sketch.weights)
    frequencies.add(connection, scope, dict.fromkeys((EVERY, *numbers), -1))


def _join(connection: Connection, gone: StoryId, kept: StoryId) -> None:
    """Make a story one with another; its id leads there."""
    member, story = tables.story_member.c, tables.story.c
    moved = update(tables.story_member).where(member.story == gone)
    connection.execute(moved.values(story=kept))
    pointing = update(tables.story).where((story.id == gone) | (story.joined == gone))
    connection.execute(pointing.values(joined=kept))
