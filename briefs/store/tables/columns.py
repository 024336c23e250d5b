"""What the columns of the tables are made of, and how they are read."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds since the epoch; what is no time reads as None."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Count the microseconds from the epoch to *value*."""
        del dialect
        return None if value is None else (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """Add *value* microseconds to the epoch."""
        del dialect
        if not isinstance(value, int):  # not written by us, or NULL; the digest tells
            return None
        try:
            return EPOCH + value * _MICROSECOND
        except OverflowError:
            return None


class Day(TypeDecorator[date]):
    """A calendar date, stored as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write *value* as YYYY-MM-DD."""
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: object, dialect: Dialect) -> date | None:
        """Read YYYY-MM-DD."""
        del dialect
        return date.fromisoformat(value) if isinstance(value, str) else None


def numbered() -> Column[int]:
    """Return the key of rows that are numbered as they come."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def key(name: str, kind: type[Integer] | type[Text] = Integer) -> Column[Any]:
    """Return a column of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def of_document(*, in_key: bool = False) -> Column[int]:
    """Return the column that says to which document a row belongs."""
    return Column(
        "document",
        Integer,
        ForeignKey("document.id", ondelete="CASCADE"),
        primary_key=in_key,
        autoincrement=False,
        nullable=False,
    )


def number(name: str) -> Column[int]:
    """Return a column of whole numbers, 0 unless said."""
    return Column(name, Integer, nullable=False, server_default="0")


def words(name: str) -> Column[str]:
    """Return a column of text, empty unless said."""
    return Column(name, Text, nullable=False, server_default="")
