"""A span of time in, the documents that arrived in it out, on one index and only so far."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from briefs.model import DocumentId, Scope
from briefs.store import scopes, tables

_COUNTED = 50_000  # documents over the cap that are counted, and no further


def live(query: Select[Any], scope: Scope) -> Select[Any]:
    """Restrict *query* to the live documents of one scope: each has its own index range."""
    return query.where(tables.document.c.state == "live", tables.document.c.scope == scope)


def newest(
    connection: Connection, scope: Scope, since: datetime, until: datetime, *, most: int
) -> list[tuple[datetime, DocumentId]]:
    """Return when documents arrived, and their ids, the newest *most* first."""
    document = tables.document.c
    query = select(document.arrived, document.id)
    query = query.where(document.arrived >= since, document.arrived < until)
    query = query.order_by(document.arrived.desc(), document.id.desc()).limit(most)
    found = [
        (arrived, DocumentId(number))
        for each in scopes.view(scope)
        for arrived, number in connection.execute(live(query, each))
    ]
    return sorted(found, reverse=True)[:most]


def over(connection: Connection, scope: Scope, since: datetime, until: datetime, cap: int) -> int:
    """Count the documents of a window over *cap*, on an index and only so far."""
    document = tables.document.c
    query = select(document.arrived).where(document.arrived >= since, document.arrived < until)
    query = query.order_by(document.arrived.desc()).limit(cap + _COUNTED)
    counts = [
        connection.execute(
            select(func.count()).select_from(live(query, each).subquery())
        ).scalar_one()
        for each in scopes.view(scope)
    ]
    return min(sum(counts) - cap, _COUNTED)
