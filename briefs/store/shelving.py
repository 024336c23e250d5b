"""Documents in, their texts on the shelf: sentences, posts, search, titles, and how many there are.

What `put` writes, `take` takes away to the last row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from briefs import words
from briefs.model import Analysis, Scope
from briefs.store import dialect, rows, tables

TERM = 40  # characters of a title or name, from any of its words on, that are looked up
_TITLE_WORDS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An analysis with the id of its document; *published* is when it was, or else arrived."""

    document: int
    scope: Scope
    published: datetime
    analysis: Analysis


def put(connection: Connection, entries: Sequence[Entry]) -> None:
    """Store the texts of *entries*, and make them findable."""
    bodies: list[dict[str, Any]] = [
        {
            "document": entry.document,
            "title": entry.analysis.document.title,
            "text": entry.analysis.document.text,
            "scope": entry.scope,
        }
        for entry in entries
    ]
    dialect.run_each(connection, dialect.inserting(tables.body), bodies)
    dialect.of(connection).index(connection, bodies)
    sentences = [row for entry in entries for row in _sentences(entry)]
    dialect.run_each(connection, dialect.inserting(tables.sentence), sentences)
    posts = [row for entry in entries for row in _posts(entry)]
    dialect.run_each(connection, dialect.inserting(tables.post), posts)
    terms = [row for body in bodies for row in _terms(**body)]
    terms.sort(key=lambda row: (row["scope"], row["term"]))
    dialect.run_each(connection, dialect.inserting(tables.title_term), terms)
    _count(connection, [entry.document for entry in entries], sign=1)


def take(connection: Connection, numbers: Sequence[int]) -> None:
    """Undo `put` for the documents *numbers*."""
    body = tables.body.c
    for part in rows.in_parts(numbers):
        found = connection.execute(select(tables.body).where(body.document.in_(part)))
        bodies = [dict(row) for row in found.mappings()]
        if not bodies:
            continue
        _count(connection, [each["document"] for each in bodies], sign=-1)
        dialect.of(connection).unindex(connection, bodies)
        terms = [row for each in bodies for row in _terms(**each)]
        keys = ("scope", "term", "document", "place")
        dialect.run_each(connection, dialect.deleting(tables.title_term, *keys), terms)
        for table in (tables.sentence, tables.post, tables.body):
            connection.execute(delete(table).where(table.c.document.in_(part)))


def suffixes(folded: str, *, most: int) -> list[str]:
    """Return *folded* from each of its first words on, cut to what is looked up."""
    parts = folded.split()[:most]
    return [" ".join(parts[place:])[:TERM] for place in range(len(parts))]


def _sentences(entry: Entry) -> Iterator[dict[str, Any]]:
    for sentence in entry.analysis.sentences:
        yield {
            "document": entry.document,
            "idx": sentence.index,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "kind": sentence.kind.value,
        }


def _posts(entry: Entry) -> Iterator[dict[str, Any]]:
    for post in entry.analysis.document.posts:
        yield {
            "document": entry.document,
            "start": post.span.start,
            "end": post.span.end,
            "author": post.author,
            "handle": post.handle,
            "published": post.published,
        }


def _terms(*, document: int, title: str, scope: int, text: str) -> Iterator[dict[str, Any]]:
    del text
    for place, term in enumerate(suffixes(words.fold(title), most=_TITLE_WORDS)):
        yield {"scope": scope, "term": term, "document": document, "place": place}


def _count(connection: Connection, numbers: Sequence[int], *, sign: int) -> None:
    """Add what the documents *numbers* are to what their scopes hold, or take it off."""
    document = tables.document.c
    totals: dict[int, Counter[str]] = {}
    for part in rows.in_parts(numbers):
        query = select(document.scope, document.sample, document.words)
        for scope, sample, count in connection.execute(query.where(document.id.in_(part))):
            totals.setdefault(scope, Counter()).update(
                documents=sign, samples=sign * sample, words=sign * count
            )
    changes = [{"scope": scope, **totals[scope]} for scope in sorted(totals)]
    adding = dialect.adding(tables.holding, "documents", "samples", "words")
    dialect.run_each(connection, adding, changes)
