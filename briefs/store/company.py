"""Documents in, who is in them out; and the newest documents in which that is counted."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, and_, select

from briefs.model import DocumentId, EntityId, Kind, Scope
from briefs.store import passages, ranking, rows, rulings, scopes, tables
from briefs.store.families import Families, Family
from briefs.store.members import Member, is_part

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
        whole = counts[number], mentions[number]
        for family, more, further in _meant(connection, families, number, numbers, whole):
            if family.id not in excluded:
                _, documents, times = totals.get(family.id, (family, 0, 0))
                totals[family.id] = (family, documents + more, times + further)
    order = sorted(totals.values(), key=lambda each: (-each[1], -each[2], each[0].name))
    return [(family, documents) for family, documents, _ in order]


def _meant(
    connection: Connection,
    families: Families,
    number: EntityId,
    documents: Sequence[DocumentId],
    whole: tuple[int, int],
) -> list[tuple[Family, int, int]]:
    """Return whom a row stands for, each in how many of *documents* and how often: *whole* if one.

    A row that was split stands for several: what is written at each mention tells for whom.
    """
    family = families.of(number)
    member = next((each for each in family.members if each.id == number), None) if family else None
    if family is None or member is None or not is_part(member):
        return [(family, *whole)] if family else []
    places: dict[EntityId, list[DocumentId]] = defaultdict(list)
    known: dict[EntityId, Family] = {}
    for document, key in _written(connection, member, documents):
        if meant := families.of(number, key):
            known[meant.id] = meant
            places[meant.id].append(document)
    return [(known[each], len({*found}), len(found)) for each, found in places.items()]


def _written(
    connection: Connection, member: Member, documents: Sequence[DocumentId]
) -> list[tuple[DocumentId, str]]:
    """Return the key of what is written at each mention of a row in *documents*."""
    seen, mention = tables.appearance.c, tables.mention.c
    same = [mention[name] == seen[name] for name in ("entity", "scope", "published", "document")]
    found: list[tuple[DocumentId, str]] = []
    for part in rows.in_parts(dict.fromkeys(documents)):
        query = select(mention.document, mention.key)
        query = query.join_from(tables.appearance, tables.mention, and_(*same))
        query = query.where(seen.document.in_(part), seen.entity == member.id)
        query = query.where(seen.scope == member.scope)
        query = query.order_by(mention.document, mention.start).limit(_NAMED)
        found += [(DocumentId(row.document), row.key) for row in connection.execute(query)]
    return found


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
