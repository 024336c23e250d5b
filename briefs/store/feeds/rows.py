"""Rows of feeds in, feeds out, and back."""

import logging
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from briefs import addresses
from briefs.model import Condition, Feed, FeedId, Problem, Scope
from briefs.store.tables import feed as table

log = logging.getLogger(__name__)

E = TypeVar("E", bound=StrEnum)

# what somebody wants of a feed, and what was seen of it when it was last asked
WANTED = ("name", "url", "headers", "full_text", "interval", "backfill")
SEEN = (
    "condition",
    "problem",
    "detail",
    "failures",
    "ill_since",
    "checked",
    "changed",
    "succeeded",
    "next_at",
    "pace",
    "etag",
    "last_modified",
    "digest",
    "listed",
    "title",
    "home",
)
_PLAIN = (*WANTED, *SEEN, "origin", "paused", "created", "version")
COLUMNS = tuple(table.c[name] for name in ("id", "scope", *_PLAIN))
_OWN = {"id", "scope", "headers", "condition", "problem"}  # read in their own way
_LONGEST = 2_000  # characters of what a site says of itself
# to ask for all of it again, whether it has changed or not
AFRESH = {"etag": "", "last_modified": "", "digest": ""}


def key(name: str) -> str:
    """Return *name* as it is compared."""
    return " ".join(name.split()).casefold()


def address(url: str) -> str:
    """Return *url* as it is compared; "" when it is none."""
    return addresses.key(url)


def wanted(feed: Feed) -> dict[str, Any]:
    """Return the columns of what is wanted of *feed*."""
    columns = {name: getattr(feed, name) for name in WANTED}
    headers = [list(header) for header in feed.headers]
    place = {"address": address(feed.url), "given": feed.url}
    return columns | place | {"headers": headers, "key": key(feed.name)}


def seen(feed: Feed) -> dict[str, Any]:
    """Return the columns of what was seen of *feed*; that it is paused is not one of them."""
    columns = {name: _sound(getattr(feed, name)) for name in SEEN}
    columns["problem"] = feed.problem or ""
    if feed.condition is Condition.PAUSED:
        del columns["condition"]
    return columns


def words(rows: Iterable[RowMapping]) -> tuple[Feed, ...]:
    """Return the feeds of *rows*; one that somebody damaged does not stop the others."""
    found = []
    for row in rows:
        try:
            found.append(word(row))
        except (TypeError, ValueError):
            log.warning("feed %s cannot be read and is left out", row["id"])
    return tuple(found)


def word(row: RowMapping) -> Feed:
    """Return the feed of *row*; TypeError or ValueError when it is damaged."""
    columns = {name: row[name] for name in _PLAIN if name not in _OWN}
    condition = _one_of(Condition, row["condition"]) or Condition.NEW
    return Feed(
        id=FeedId(row["id"]),
        scope=Scope(row["scope"]),
        headers=tuple((str(name), str(value)) for name, value in row["headers"]),
        condition=Condition.PAUSED if row["paused"] else condition,
        problem=_one_of(Problem, row["problem"]),
        **columns,
    )


def _sound(value: object) -> object:
    """Return *value*, what a site says of itself cut and without halves of letters."""
    if type(value) is not str:
        return value
    return value[:_LONGEST].encode("utf-8", "replace").decode()


def _one_of(kind: type[E], value: str) -> E | None:
    """Return the member of *kind* that reads *value*, if this program knows one."""
    found = kind._value2member_map_.get(value)
    return found if isinstance(found, kind) else None


def first(created: datetime) -> dict[str, Any]:
    """Return the columns of a feed that was never asked."""
    return {"condition": Condition.NEW, "created": created, "next_at": created}
