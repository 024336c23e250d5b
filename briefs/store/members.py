"""Rows of entities that belong to a family in, how often they are named out."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    case,
    func,
    select,
    true,
    union_all,
)

from briefs.model import EntityId, Scope
from briefs.store import tables

_COUNTED = 5_000  # the newest mentions of an entity among which those written so are counted
_TALLY = tables.tally.c


class Member(NamedTuple):
    """A row that belongs to a family: altogether, or in the ways of writing it that are named."""

    id: EntityId
    scope: Scope
    only: tuple[str, ...] = ()  # keys of what is written where it is meant; (): all
    without: tuple[str, ...] = ()  # keys that mean another


class Sums(NamedTuple):
    """How often a member is named, and when first and last."""

    documents: int
    mentions: int
    first: datetime | None
    last: datetime | None


def is_part(member: Member) -> bool:
    """Tell whether *member* is a row in some ways of writing it only."""
    return bool(member.only or member.without)


def meant(member: Member, written: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that what is *written* at a mention of its row means *member*."""
    if member.only:
        return written.in_(member.only)
    return written.not_in(member.without) if member.without else true()


def sums(connection: Connection, member: Member) -> Sums:
    """Return how often *member* is named.

    Of a row that stands for several, the newest 5,000 mentions tell whom each of them means; older
    ones are counted for whom it stands for as a whole.
    """
    whole = connection.execute(_WHOLE, {"entity": member.id}).first()
    if whole is None:
        return Sums(0, 0, None, None)
    if not is_part(member):
        return Sums(*whole)
    found = connection.execute(_counted(member)).one()
    if member.only:
        return Sums(found.documents or 0, found.mentions or 0, found.first, found.last)
    return Sums(
        whole.documents - (found.others or 0),
        whole.mentions - (found.total or 0) + (found.mentions or 0),
        found.first if whole.mentions <= _COUNTED else whole.first,
        found.last or whole.last,
    )


def shared(connection: Connection, members: Sequence[Member]) -> int:
    """Return how often a document of *members* is one too many, as far as the newest tell.

    Two rows that nobody has joined by hand are seldom in one document: linking would have done it.
    """
    own = [member for member in dict.fromkeys(members) if not member.only]
    if len(own) < 2:
        return 0
    seen = tables.appearance.c
    each = [
        select(seen.document)
        .where(seen.entity == member.id, seen.scope == member.scope)
        .order_by(seen.published.desc(), seen.document.desc())
        .limit(_COUNTED // len(own))
        .subquery()
        for member in own
    ]
    row = union_all(*(select(part.c.document) for part in each)).subquery().c
    counted = select(func.count() - func.count(row.document.distinct()))
    return int(connection.execute(counted).scalar_one())


_WHOLE = select(_TALLY.documents, _TALLY.mentions, _TALLY.first, _TALLY.last).where(
    _TALLY.entity == bindparam("entity")
)


def _counted(member: Member) -> Select[tuple[int, int, int, int, datetime, datetime]]:
    """Select the sums of the newest mentions: what means *member*, all, and documents without."""
    mention = tables.mention.c
    newest = select(mention.document, mention.published, mention.key)
    newest = newest.where(mention.entity == member.id, mention.scope == member.scope)
    newest = newest.order_by(mention.published.desc(), mention.document.desc()).limit(_COUNTED)
    row = newest.subquery().c
    ours = func.sum(case((meant(member, row.key), 1), else_=0), type_=Integer)
    each = select(row.published, ours.label("ours"), func.count().label("total"))
    document = each.group_by(row.document, row.published).subquery().c
    inside = case((document.ours > 0, document.published))
    return select(
        func.sum(case((document.ours > 0, 1), else_=0), type_=Integer).label("documents"),
        func.sum(case((document.ours == 0, 1), else_=0), type_=Integer).label("others"),
        func.sum(document.ours, type_=Integer).label("mentions"),
        func.sum(document.total, type_=Integer).label("total"),
        func.min(inside, type_=tables.Moment()).label("first"),
        func.max(inside, type_=tables.Moment()).label("last"),
    )
