"""Documents in, who is in them out; and the newest documents in which that is counted."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, and_, select

from briefs.model import DocumentId, EntityId, Kind, Scope
from briefs.store import passages, ranking, rows, rulings, scopes, tables
from briefs.store.families import Families, Family
from briefs.store.members import Member

_ROWS = 20_000  # appearances that are counted for company
_NAMED = 20_000  # mentions that are read for the names in sentences


def newest(connection: Connection, members: Sequence[Member], documents: int) -> list[DocumentId]:
    """Return the newest *documents* that one of *members* is in."""
    newest = sorted(
        (
            (row.published, row.document)
            for member in members
            for row in connection.execute(passages.recent(member, documents))
        ),
        reverse=True,
    )
    return [*dict.fromkeys(DocumentId(number) for _, number in newest)][:documents]


def of(
    connection: Connection,
    scope: Scope,
    numbers: Sequence[DocumentId],
    *,
    most: int,
    kinds: Sequence[Kind] = ranking.NAMED,
    without: Sequence[Family] = (),
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
    excluded = {family.id for family in without}
    for number in ranked[:most]:
        family = families.of(number)
        if family is None or family.id in excluded:
            continue
        _, documents, times = totals.get(family.id, (family, 0, 0))
        totals[family.id] = (family, documents + counts[number], times + mentions[number])
    order = sorted(totals.values(), key=lambda each: (-each[1], -each[2], each[0].name))
    return [(family, documents) for family, documents, _ in order]


def named(
    connection: Connection, scope: Scope, numbers: Sequence[DocumentId]
) -> dict[tuple[DocumentId, int], list[tuple[Kind, str]]]:
    """Return the names in each sentence of documents, by (document, index), as they stand in it.

    Names are those of the documents' own rows, without those that are hidden in this view.
    """
    seen, entity, mention = tables.appearance.c, tables.entity.c, tables.mention.c
    same = [mention[name] == seen[name] for name in ("entity", "scope", "published", "document")]
    said = rulings.Rulings(connection, scope)
    found: dict[tuple[DocumentId, int], list[tuple[Kind, str]]] = defaultdict(list)
    for part in rows.in_parts(dict.fromkeys(numbers)):
        query = select(
            mention.document, mention.sentence, mention.start, entity.kind, entity.key, entity.name
        )
        query = query.join_from(tables.appearance, tables.entity, entity.id == seen.entity)
        query = query.join(tables.mention, and_(*same))
        query = query.where(seen.document.in_(part), seen.scope.in_(scopes.view(scope)))
        query = query.order_by(mention.document, mention.start, entity.id).limit(_NAMED)
        for row in connection.execute(query):
            if not said.is_hidden(rulings.Node(row.kind, row.key)):
                place = DocumentId(row.document), row.sentence
                found[place].append((Kind(row.kind), row.name))
    return dict(found)
