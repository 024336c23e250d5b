"""Analyses in, who is in them: entities, how they are written, where, and the sums of it.

What `put` adds, `take` subtracts: after any number of either, every sum is what a recount gives.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, delete, func, select, update

from briefs import words
from briefs.model import Alias, Entity, EntityKey, Link
from briefs.store import dialect, ranking, rows, tables
from briefs.store.shelving import Entry

Name: TypeAlias = tuple[int, str, str]  # scope, key, kind
Rows: TypeAlias = list[dict[str, Any]]


def put(connection: Connection, entries: Sequence[Entry]) -> None:
    """Store who is in *entries*, what they are said to be, and what they said."""
    ids = _identify(connection, entries)
    before = ranking.standings(connection, ids.values())
    spelled: Rows = [row for entry in entries for row in _spellings(entry, ids)]
    seen: Rows = [row for entry in entries for row in _appearances(entry, ids)]
    dialect.run_each(connection, dialect.inserting(tables.spelling), spelled)
    dialect.run_each(connection, dialect.inserting(tables.appearance), _sorted(seen))
    mentions = [row for entry in entries for row in _mentions(entry, ids)]
    dialect.run_each(connection, dialect.inserting(tables.mention), _sorted(mentions))
    roles = [row for entry in entries for row in _roles(entry, ids)]
    dialect.run_each(connection, dialect.inserting(tables.role), _sorted(roles))
    quotes = [row for entry in entries for row in _quotes(entry, ids)]
    dialect.run_each(connection, dialect.inserting(tables.quote), quotes)
    names = {number: name for name, number in ids.items()}
    _add_aliases(connection, spelled, names, sign=1)
    _add_up(connection, seen, sign=1)
    ranking.settle(connection, before)


def take(connection: Connection, numbers: Sequence[int], *, again: bool = False) -> None:
    """Undo `put` for the documents *numbers*.

    With *again*, when they are about to be put once more, entities that are in no document keep
    their ids until `sweep`.
    """
    for part in rows.in_parts(numbers):
        seen = _of(connection, tables.appearance, part)
        entities = sorted({row["entity"] for row in seen})
        before = ranking.standings(connection, entities)
        spelled = _of(connection, tables.spelling, part)
        _add_aliases(connection, spelled, _names(connection, entities), sign=-1)
        _add_up(connection, seen, sign=-1)
        _delete(connection, seen, part)
        _correct(connection, seen, again=again)
        ranking.settle(connection, before)


def sweep(connection: Connection, entities: Iterable[int]) -> None:
    """Drop those of *entities* that are in no document, and that no edit gave a name of its own."""
    tally, entity, ruling = tables.tally.c, tables.entity.c, tables.ruling.c
    for part in rows.in_parts(sorted(entities)):
        left = select(tally.entity).where(tally.entity.in_(part))
        named = select(ruling.anchor).where(ruling.anchor.in_(part))
        gone = delete(tables.entity).where(entity.id.in_(part))
        connection.execute(gone.where(entity.id.not_in(left), entity.id.not_in(named)))


def _identify(connection: Connection, entries: Iterable[Entry]) -> dict[Name, int]:
    """Return the id of every entity of *entries*; new ones in the order in which they stand."""
    named: dict[Name, str] = {}
    for entry in entries:
        for entity in entry.analysis.entities:
            named.setdefault(_name(entry, entity.key), entity.name)
    ids = _known(connection, named)
    new = [name for name in named if name not in ids]
    values = [
        {"scope": scope, "key": key, "kind": kind, "name": named[scope, key, kind]}
        for scope, key, kind in new
    ]
    dialect.run_each(connection, dialect.inserting(tables.entity), values)
    return ids | _known(connection, new)


def _known(connection: Connection, names: Iterable[Name]) -> dict[Name, int]:
    entity = tables.entity.c
    keys: dict[int, set[str]] = {}
    for scope, key, _ in names:
        keys.setdefault(scope, set()).add(key)
    found: dict[Name, int] = {}
    for scope in sorted(keys):
        for part in rows.in_parts(sorted(keys[scope])):
            query = select(entity.scope, entity.key, entity.kind, entity.id)
            query = query.where(entity.scope == scope, entity.key.in_(part))
            found |= {(row.scope, row.key, row.kind): row.id for row in connection.execute(query)}
    return found


def _names(connection: Connection, entities: Sequence[int]) -> dict[int, Name]:
    entity = tables.entity.c
    query = select(entity.id, entity.scope, entity.key, entity.kind)
    found: dict[int, Name] = {}
    for part in rows.in_parts(entities):
        known = connection.execute(query.where(entity.id.in_(part)))
        found |= {row.id: (row.scope, row.key, row.kind) for row in known}
    return found


def _name(entry: Entry, key: EntityKey) -> Name:
    return entry.scope, key.key, key.kind.value


def _spellings(entry: Entry, ids: dict[Name, int]) -> Iterator[dict[str, Any]]:
    """Give each way in which *entry* writes an entity once, its full name first."""
    for entity in entry.analysis.entities:
        full = Alias(text=entity.name, key=entity.key.key, how="name")
        ways = {alias.text: alias for alias in (*reversed(entity.aliases), full)}
        for text, alias in sorted(ways.items()):
            yield {
                "document": entry.document,
                "entity": ids[_name(entry, entity.key)],
                "text": text,
                "key": alias.key,
                "how": alias.how,
            }


def _appearances(entry: Entry, ids: dict[Name, int]) -> Iterator[dict[str, Any]]:
    for entity in entry.analysis.entities:
        yield _place(entry, ids, entity.key) | {"mentions": len(_starts(entity))}


def _mentions(entry: Entry, ids: dict[Name, int]) -> Iterator[dict[str, Any]]:
    for entity in entry.analysis.entities:
        for link in _starts(entity).values():
            yield _place(entry, ids, entity.key) | {
                "start": link.mention.span.start,
                "end": link.mention.span.end,
                "sentence": link.mention.sentence,
                "reason": link.reason,
                "key": _written(entity, link.mention.text),
            }


def _roles(entry: Entry, ids: dict[Name, int]) -> Iterator[dict[str, Any]]:
    taken: set[tuple[EntityKey, int]] = set()
    for role in entry.analysis.roles:
        known = _name(entry, role.person) in ids and (role.person, role.span.start) not in taken
        taken.add((role.person, role.span.start))
        if known:
            yield _place(entry, ids, role.person) | {
                "start": role.span.start,
                "end": role.span.end,
                "sentence": role.sentence,
            }


def _quotes(entry: Entry, ids: dict[Name, int]) -> Iterator[dict[str, Any]]:
    for quote in entry.analysis.quotes:
        start, end = quote.speaker_span or (None, None)
        yield {
            "scope": entry.scope,
            "document": entry.document,
            "start": quote.span.start,
            "end": quote.span.end,
            "how": quote.how.value,
            "speaker": ids.get(_name(entry, quote.speaker)) if quote.speaker else None,
            "speaker_start": start,
            "speaker_end": end,
            "published": entry.published,
        }


def _place(entry: Entry, ids: dict[Name, int], key: EntityKey) -> dict[str, Any]:
    return {
        "entity": ids[_name(entry, key)],
        "scope": entry.scope,
        "published": entry.published,
        "document": entry.document,
    }


def _written(entity: Entity, text: str) -> str:
    """Return the key of what a mention reads: that of the alias in it, without title or article."""
    folded = text.casefold()
    ways = sorted(entity.aliases, key=lambda alias: (-len(alias.text), alias.key))
    found = (alias.key for alias in ways if folded.endswith(alias.text.casefold()))
    own = entity.key.key if folded.endswith(entity.name.casefold()) else ""
    return own or next(found, words.fold(text))


def _starts(entity: Entity) -> dict[int, Link]:
    return {link.mention.span.start: link for link in entity.links}


def _sorted(values: Rows) -> Rows:
    """Sort rows by the columns that their tables are clustered by."""
    names = ("entity", "scope", "published", "document", "start")
    return sorted(values, key=lambda row: tuple(row.get(name, 0) for name in names))


def _of(connection: Connection, table: Table, numbers: Sequence[int]) -> Rows:
    """Read the rows of the documents *numbers*."""
    found = connection.execute(select(table).where(table.c.document.in_(numbers)))
    return [dict(row) for row in found.mappings()]


def _add_aliases(
    connection: Connection, spelled: Rows, names: dict[int, Name], *, sign: int
) -> None:
    """Count in how many documents an entity is written how; a way that none has is dropped."""
    sums: Counter[tuple[int, str, str, int, str]] = Counter()
    for row in spelled:
        scope, _, kind = names[row["entity"]]
        sums[scope, row["key"], kind, row["entity"], row["text"]] += sign
    columns = ("scope", "key", "kind", "entity", "text", "documents")
    values = [dict(zip(columns, (*way, count), strict=True)) for way, count in sorted(sums.items())]
    dialect.run_each(connection, dialect.adding(tables.alias, "documents"), values)
    if sign < 0:
        _drop(connection, tables.alias, values)


def _add_up(connection: Connection, seen: Rows, *, sign: int) -> None:
    """Add appearances to what is known of each entity, altogether and by day, or take them off."""
    totals: dict[tuple[int, int], dict[str, Any]] = {}
    days: dict[tuple[int, int, date], dict[str, Any]] = {}
    for row in seen:
        own = {"entity": row["entity"], "scope": row["scope"], "documents": 0, "mentions": 0}
        at, day = row["published"], row["published"].date()
        total = totals.setdefault((own["entity"], own["scope"]), own | {"first": at, "last": at})
        total |= {"first": min(total["first"], at), "last": max(total["last"], at)}
        daily = days.setdefault((own["entity"], own["scope"], day), own | {"day": day})
        for sums in (total, daily):
            sums["documents"] += sign
            sums["mentions"] += sign * row["mentions"]
    _add(connection, tables.tally, [totals[key] for key in sorted(totals)], sign)
    _add(connection, tables.entity_day, [days[key] for key in sorted(days)], sign)


def _add(connection: Connection, table: Table, values: Rows, sign: int) -> None:
    widen = sign > 0 and table is tables.tally
    adding = dialect.adding(table, "documents", "mentions", widen=widen)
    dialect.run_each(connection, adding, values)
    if sign < 0:
        _drop(connection, table, values)


def _drop(connection: Connection, table: Table, values: Rows) -> None:
    """Delete those of the rows that no document is left for."""
    keys = [column.name for column in table.primary_key]
    dialect.run_each(connection, dialect.deleting(table, *keys, empty=True), values)


def _delete(connection: Connection, seen: Rows, numbers: Sequence[int]) -> None:
    """Delete what `put` has written of each document."""
    for table in (tables.mention, tables.appearance):
        where = dialect.deleting(table, "entity", "scope", "published", "document")
        dialect.run_each(connection, where, seen)
    for table in (tables.spelling, tables.role, tables.quote):
        connection.execute(delete(table).where(table.c.document.in_(numbers)))


def _correct(connection: Connection, seen: Rows, *, again: bool) -> None:
    """Set anew what cannot be subtracted: names, first and last; drop who is in no document."""
    tally, appearance, entity, spelling = (
        tables.tally.c,
        tables.appearance.c,
        tables.entity.c,
        tables.spelling.c,
    )
    if not again:
        sweep(connection, {row["entity"] for row in seen})
    for part in rows.in_parts(sorted({row["entity"] for row in seen})):
        own = (appearance.entity == tally.entity, appearance.scope == tally.scope)
        published = select(appearance.published).where(*own).limit(1)
        times = {
            "first": published.order_by(appearance.published).scalar_subquery(),
            "last": published.order_by(appearance.published.desc()).scalar_subquery(),
        }
        connection.execute(update(tables.tally).where(tally.entity.in_(part)).values(times))
        written = select(spelling.text).where(spelling.entity == entity.id, spelling.how == "name")
        written = written.where(spelling.key == entity.key).order_by(spelling.document).limit(1)
        name = func.coalesce(written.scalar_subquery(), entity.name)
        connection.execute(update(tables.entity).where(entity.id.in_(part)).values(name=name))
