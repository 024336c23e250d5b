"""What PostgreSQL says in its own way: its full-text index, and how its tables are first made."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    MetaData,
    Row,
    Select,
    Table,
    delete,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from briefs import migrations
from briefs.database import declarations
from briefs.errors import StoreError
from briefs.store import tables
from briefs.store.dialects import tokens

_AT_ONCE = 200  # documents that are read at once
_FEW = 20  # rows for which it is not worth while to copy them
_INSERT = re.compile(r"INSERT INTO (?P<into>\w+ \([\w\", ]+\)) VALUES \([%s, :A-Z\[\]]+\)")
_NEAR = 1_000  # of the newest documents that are looked at before the index of words is
_WINDOWS = 5  # of the newest documents that are read for one query
_MOST = 900_000  # bytes of words of one document that are found: the type holds 1 MB
_OTHERS = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
_OURS = (
    "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() "
    "AND tablename IN ('alembic_version', 'installation')"
)
_CLOCK = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"
# below zero, so that no channel's number is that of another lock
_RESERVE = (
    "SELECT number FROM unnest(CAST(%s AS bigint[])) AS number "
    "WHERE pg_try_advisory_xact_lock(number)"
)
_NEWEST = text(
    "SELECT term, document FROM unnest(CAST(:terms AS bigint[])) AS wanted (term), "
    "LATERAL (SELECT document FROM story_term AS t WHERE t.scope = :scope AND t.week = :week "
    "AND t.term = wanted.term ORDER BY document DESC LIMIT :most) AS newest"
)
# A word that many documents have is soon found among the newest; the inner limit keeps it to them.
_AMONG_NEWEST = text(
    "SELECT s.document, b.title, b.text FROM (SELECT document, words FROM search "
    "WHERE scope = :scope ORDER BY document DESC LIMIT :window) AS s "
    "JOIN body AS b ON b.document = s.document WHERE s.words @@ CAST(:query AS tsquery) "
    "ORDER BY s.document DESC LIMIT :most"
)
# One that few have is looked up in the index of words, which without the scope is the only way.
_ANYWHERE = text(
    "WITH found AS MATERIALIZED "
    "(SELECT document, scope FROM search WHERE words @@ CAST(:query AS tsquery)), "
    "newest AS MATERIALIZED (SELECT document FROM found WHERE scope = :scope "
    "AND document < :before ORDER BY document DESC LIMIT :most) "
    "SELECT b.document, b.title, b.text FROM newest JOIN body AS b ON b.document = newest.document "
    "ORDER BY b.document DESC"
)
_SCANNING = "SELECT set_config('enable_seqscan', %s, true)"
_INDEX = text(
    "INSERT INTO search (document, scope, words) "
    "VALUES (:document, :scope, array_to_tsvector(CAST(:words AS text[])))"
)
_DIFFER = text(
    "SELECT words <> array_to_tsvector(CAST(:words AS text[])) FROM search "
    "WHERE document = :document AND scope = :scope"
)
_STRAY = text(
    "SELECT 1 FROM search AS s LEFT JOIN body AS b ON b.document = s.document "
    "WHERE b.document IS NULL LIMIT 1"
)

# numbered parameters, so that a prepared statement takes rows as they are
COMPILER: Dialect = declarations.Dialect(paramstyle="format")  # type: ignore[no-untyped-call]

search = Table(
    "search",
    MetaData(),
    Column("document", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", BigInteger, nullable=False),
    Column("words", TSVECTOR, nullable=False),
    Index("search_newest", "scope", "document"),
    Index("search_words", "words", postgresql_using="gin"),
)


def header(connection: Connection) -> tuple[bool, bool]:
    """Return whether the schema is one of ours, and whether it holds nothing at all."""
    ours = connection.exec_driver_sql(_OURS).scalar_one()
    return ours == 2, connection.exec_driver_sql(_OTHERS).scalar_one() == 0


def make(connection: Connection) -> bool:
    """Lay out the newest schema in an empty database.

    No revision before the first with PostgreSQL was ever run on one; those that follow are run on
    both kinds of database.
    """
    tables.metadata.create_all(connection, checkfirst=False)
    search.create(connection)
    migrations.stamp(connection)
    return True


def clock(connection: Connection, now: datetime) -> datetime:
    """Return what the server's clock says: those of the machines that share it may differ."""
    del now
    microseconds: int = connection.exec_driver_sql(_CLOCK).scalar_one()
    return tables.EPOCH + timedelta(microseconds=microseconds)


def locking(query: Select[Any], table: Table) -> Select[Any]:
    """Lock the rows of *table* that *query* finds; leave out those that another has locked."""
    return query.with_for_update(of=table, skip_locked=True)


def reserve(connection: Connection, numbers: Collection[int]) -> frozenset[int] | None:
    """Lock *numbers* for this transaction, those that nobody else has locked; waits for nobody."""
    if not numbers:
        return frozenset()
    found = connection.exec_driver_sql(_RESERVE, ([-number for number in numbers],))
    return frozenset(-number for number in found.scalars())


def run_many(connection: Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
    """Run *sql* once for each of *rows*, its parameters; what it only inserts is copied.

    The server reads and plans each statement anew, which takes longer than the row itself.
    """
    plain = _INSERT.fullmatch(sql)
    if plain is None or len(rows) < _FEW:
        connection.exec_driver_sql(sql, rows)
        return
    copied = f"COPY {plain['into']} FROM STDIN"
    driver: Any = connection.dialect.loaded_dbapi
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(copied) as copy:
            for row in rows:
                copy.write_row(row)
    except driver.Error as error:
        raise DBAPIError(copied, None, error) from error
    finally:
        cursor.close()


def index(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Add the texts of *rows* (document, title, text, scope) to the search index."""
    if rows:
        connection.execute(_INDEX, [_entry(row) for row in rows])


def unindex(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Take *rows* out of the search index."""
    numbers = [row["document"] for row in rows]
    connection.execute(delete(search).where(search.c.document.in_(numbers)))


def rebuild_index(connection: Connection) -> None:
    """Make the search index anew from the stored texts."""
    connection.execute(delete(search))
    for rows in _bodies(connection):
        index(connection, rows)


def check_index(connection: Connection) -> None:
    """Compare the search index with the stored texts; StoreError when they differ."""
    differ = connection.execute(_STRAY).first() is not None
    for rows in _bodies(connection):
        differ = differ or any(
            connection.execute(_DIFFER, _entry(row)).scalar() is not False for row in rows
        )
    if differ:
        raise StoreError("The search index differs from the texts.")


def damage(connection: Connection, *, full: bool, most: int) -> list[str]:
    """Return nothing: a server checks its pages itself, where it was made with checksums."""
    del connection, full, most
    return []


def matches(
    connection: Connection, scopes: tuple[int, ...], words: list[str], *, most: int
) -> list[tuple[int, str]]:
    """Return the newest *most* documents with all *words*, each text with its hits in U+0001/2.

    The words of a query are letters and digits, so nothing that a user types is an operator; the
    index finds the documents in which they all are, the text itself tells where.
    """
    phrases = [phrase for word in words if (phrase := tokens.phrase(word))]
    if not phrases:
        return []
    different = dict.fromkeys(word for phrase in phrases for word in phrase)
    query = " & ".join(f"'{word}'" for word in different)
    found = [
        match for scope in scopes for match in _matches_in(connection, scope, query, phrases, most)
    ]
    return sorted(found, reverse=True)[:most]


def newest_of(
    connection: Connection, scope: int, weeks: Sequence[int], terms: Sequence[int], *, most: int
) -> list[tuple[int, list[int]]]:
    """Return for each of *terms* the newest *most* documents of *scope* with it in these weeks."""
    found: dict[int, list[int]] = {term: [] for term in terms}
    values = {"terms": [*terms], "scope": scope, "most": most}
    for week in weeks:
        for term, document in connection.execute(_NEWEST, values | {"week": week}):
            found[term].append(document)
    return [(term, sorted(found[term], reverse=True)[:most]) for term in terms]


def _matches_in(
    connection: Connection, scope: int, query: str, phrases: list[tuple[str, ...]], most: int
) -> list[tuple[int, str]]:
    """Return matches in one scope; where the words are there and a phrase is not, look further."""
    values = {"scope": scope, "query": query, "most": most}
    rows = connection.execute(_AMONG_NEWEST, values | {"window": _NEAR}).all()
    found = _marked_rows(rows, phrases)
    if len(found) >= most:
        return found
    connection.exec_driver_sql(_SCANNING, ("off",))
    found, before = [], 2**63 - 1
    for _ in range(_WINDOWS):
        rows = connection.execute(_ANYWHERE, values | {"before": before}).all()
        found += _marked_rows(rows, phrases)
        if len(rows) < most or len(found) >= most:
            break
        before = rows[-1].document
    connection.exec_driver_sql(_SCANNING, ("on",))
    return found[:most]


def _marked_rows(rows: Sequence[Row[Any]], phrases: list[tuple[str, ...]]) -> list[tuple[int, str]]:
    marked = ((row.document, _marked(row, phrases)) for row in rows)
    return [(document, text) for document, text in marked if text is not None]


def _marked(row: Row[Any], phrases: list[tuple[str, ...]]) -> str | None:
    """Return the text of *row* with its hits marked, None when a phrase is nowhere in it."""
    inside = tokens.spans(row.text, phrases)
    missing = [words for number, words in enumerate(phrases) if number not in inside]
    if missing and len(tokens.spans(row.title, missing)) < len(missing):
        return None
    return tokens.mark(row.text, {place for places in inside.values() for place in places})


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    kept, size = [], 0
    for word in tokens.different(row["title"], row["text"]):
        size += len(word.encode()) + 4
        if size > _MOST:
            break
        kept.append(word)
    return {"document": row["document"], "scope": row["scope"], "words": kept}


def _bodies(connection: Connection) -> Iterator[list[dict[str, Any]]]:
    """Give all that is indexed, a part at a time."""
    body = tables.body.c
    last = 0
    while True:
        query = select(tables.body).where(body.document > last).order_by(body.document)
        rows = [dict(row) for row in connection.execute(query.limit(_AT_ONCE)).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["document"]
