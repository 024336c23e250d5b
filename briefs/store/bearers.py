"""Names in, and documents; in which of them whoever bears a name is named, and where, out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from briefs.model import DocumentId, EntityId, Scope, Span
from briefs.store import rows, scopes, tables
from briefs.store.families import Families
from briefs.store.members import Member, is_part

_MENTIONS = 50_000  # of 500 documents, that are read


def places(
    connection: Connection,
    scope: Scope,
    asked: Mapping[str, Sequence[str]],
    numbers: Iterable[DocumentId],
) -> dict[DocumentId, dict[str, Span]]:
    """Return for each document which of the names *asked* stand in it, and where each does first.

    Each name comes with the folded keys that it may stand for in this view.
    """
    families = Families(connection, scope)
    bearing: dict[EntityId, list[tuple[str, Member]]] = defaultdict(list)
    for name, keys in asked.items():
        for family in families.bearing(keys):
            for member in family.members:
                bearing[member.id].append((name, member))
    found: dict[DocumentId, dict[str, Span]] = {}
    for part in rows.in_parts(dict.fromkeys(numbers)):
        for row in _mentions(connection, scope, [*bearing], part):
            for name in _meant(row, bearing[EntityId(row.entity)]):
                here = found.setdefault(DocumentId(row.document), {})
                here.setdefault(name, Span(row.start, row.end))
    return found


def _mentions(
    connection: Connection, scope: Scope, entities: Sequence[EntityId], numbers: Sequence[int]
) -> Iterator[Row[Any]]:
    """Read where *entities* are named in documents, in reading order."""
    for some in rows.in_parts(entities):
        yield from connection.execute(_query(scope, some, numbers))


def _query(
    scope: Scope, entities: Sequence[EntityId], numbers: Sequence[int]
) -> Select[tuple[Any, ...]]:
    seen, mention = tables.appearance.c, tables.mention.c
    same = [mention[name] == seen[name] for name in ("entity", "scope", "published", "document")]
    columns = (mention.document, mention.entity, mention.start, mention.end, mention.key)
    query = select(*columns).join_from(tables.appearance, tables.mention, and_(*same))
    query = query.where(seen.document.in_(numbers), seen.scope.in_(scopes.view(scope)))
    # A sum is on no index: the documents lead to the rows, not a name that thousands have.
    query = query.where((seen.entity + 0).in_(entities))
    return query.order_by(mention.document, mention.start, mention.entity).limit(_MENTIONS)


def _meant(row: Row[Any], bearing: Iterable[tuple[str, Member]]) -> Iterator[str]:
    """Give the names whose bearer is meant at a mention."""
    for name, member in bearing:
        of_it = row.key in member.only if member.only else row.key not in member.without
        if not is_part(member) or of_it:
            yield name
