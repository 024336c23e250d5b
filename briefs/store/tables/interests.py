"""The tables of what readers want to hear of, and of when they last asked."""

from sqlalchemy import JSON, BigInteger, Column, Index, Table

from briefs.store.tables.columns import Moment, key, metadata, number, numbered, words

topic = Table(
    "topic",
    metadata,
    numbered(),
    number("scope"),
    words("key"),  # its name, case-folded
    words("name"),
    Column("terms", JSON, nullable=False),
    Column("exclude", JSON, nullable=False),
    Column("entities", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Index("topic_name", "scope", "key", unique=True),
    sqlite_autoincrement=True,
)

watch = Table(
    "watch",
    metadata,
    numbered(),
    number("scope"),
    Column("user", BigInteger, nullable=False, server_default="0"),  # 0: the whole server's
    words("key"),  # its text, case-folded
    words("text"),
    Column("added", Moment, nullable=False),
    Index("watch_text", "scope", "user", "key", unique=True),
    sqlite_autoincrement=True,
)

visit = Table(
    "visit",
    metadata,
    key("scope"),
    Column("user", BigInteger, primary_key=True, autoincrement=False, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
