"""A span of time in, the documents that arrived in it out, on one index and only so far."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from briefs.model import DocumentId, Scope
from briefs.store import scopes, tables

_COUNTED = 50_000  # documents over the cap that are counted, and no further
_NEWS = text("NOT document.backlog")  # as the index for them says it


def live(query: Select[Any], scope: Scope) -> Select[Any]:
    """Restrict *query* to the live documents of one scope: each has its own index range."""
    return query.where(tables.document.c.state == "live", tables.document.c.scope == scope)


def newest(
    connection: Connection, scope: Scope, since: datetime, until: datetime, *, most: int, news: bool
) -> list[tuple[datetime, DocumentId]]:
    """Return when documents arrived, and their ids, the newest *most* first.

    *news* leaves out what a feed held when it was added.
    """
    document = tables.document.c
    query = _within(select(document.arrived, document.id), since, until, news=news)
    query = query.order_by(document.arrived.desc(), document.id.desc()).limit(most)
    found = [
        (arrived, DocumentId(number))
        for each in scopes.view(scope)
        for arrived, number in connection.execute(live(query, each))
    ]
    return sorted(found, reverse=True)[:most]


def over(
    connection: Connection, scope: Scope, since: datetime, until: datetime, cap: int, *, news: bool
) -> int:
    """Count the documents of a window over *cap*, on an index and only so far."""
    document = tables.document.c
    query = _within(select(document.arrived), since, until, news=news)
    query = query.order_by(document.arrived.desc()).limit(cap + _COUNTED)
    counts = [
        connection.execute(
            select(func.count()).select_from(live(query, each).subquery())
        ).scalar_one()
        for each in scopes.view(scope)
    ]
    return min(sum(counts) - cap, _COUNTED)


def _within(query: Select[Any], since: datetime, until: datetime, *, news: bool) -> Select[Any]:
    arrived = tables.document.c.arrived
    query = query.where(arrived >= since, arrived < until)
    return query.where(_NEWS) if news else query
