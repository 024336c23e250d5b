"""Rows of entities in, why each written form stands for them out: by reading, and by joining."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from briefs.model import EntityId, Reason, Scope
from briefs.store import passages, tables
from briefs.store.families import Family
from briefs.store.members import Member, meant
from briefs.store.rulings import Node, Rulings, What

_BY_HAND = "joined by hand"
_PARTED = "parted from another by hand"
_ALONE = "nobody else here has that name"


def of(
    connection: Connection,
    members: Sequence[Member],
    documents: int,
    joined: Mapping[EntityId, str],
) -> list[Reason]:
    """Return why each written form stands for *members*, in the newest *documents* of each.

    Those in *joined* have another name than the rest, and there the reason why they belong to it.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for member in members:
        further = f"; {joined[member.id]}" if member.id in joined else ""
        for row in connection.execute(_read(member, documents)):
            counts[row.said, f"{row.reason}{further}"] += 1
    ranked = sorted(counts, key=lambda each: (-counts[each], *each))
    return [Reason(text, reason, counts[text, reason]) for text, reason in ranked]


def joined(connection: Connection, scope: Scope, family: Family) -> Mapping[EntityId, str]:
    """Return why the rows of *family* that do not have its own name belong to it.

    No document says so: a name that stands alone in one is joined in a view, as long as it leads to
    one full name there, or because somebody said so.
    """
    entity = tables.entity.c
    members = {member.id: member for member in family.members}
    query = select(entity.id, entity.kind, entity.key).where(entity.id.in_(sorted(members)))
    said = Rulings(connection, scope)
    return {
        EntityId(row.id): _why(said, Node(row.kind, row.key), members[EntityId(row.id)])
        for row in connection.execute(query)
        if Node(row.kind, row.key) != family.root
    }


def _why(said: Rulings, node: Node, member: Member) -> str:
    if member.only:
        return _PARTED
    return _BY_HAND if any(rule.what == What.JOIN for rule in said.on(node)) else _ALONE


def _read(member: Member, documents: int) -> Select[Any]:
    mention, body = tables.mention.c, tables.body.c
    newest = passages.recent(member, documents).subquery()
    there = and_(*(mention[column.name] == column for column in newest.c))
    source = newest.join(tables.mention, there)
    source = source.join(tables.body, body.document == mention.document)
    said = func.substr(body.text, mention.start + 1, mention.end - mention.start)
    query = select(said.label("said"), mention.reason).select_from(source)
    query = query.where(meant(member, mention.key))
    return query.limit(documents * passages.IN_ONE)
