"""The tables of briefings as they were made, and of what became of them once they were posted."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from briefs.store.tables.columns import Day, Moment, key, metadata, number, numbered, words

briefing = Table(
    "briefing",
    metadata,
    numbered(),
    number("scope"),
    Column("made", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    words("about"),
    number("stories"),
    words("schedule"),
    words("digest"),  # of all of it, before the body is compressed
    Column("body", LargeBinary, nullable=False),
    Index("briefing_scope", "scope", "id"),
    Index("briefing_schedule", "scope", "schedule", "id"),
    Index("briefing_made", "made", "id"),
    sqlite_autoincrement=True,
)


def _large(name: str) -> Column[int]:
    """Return a column of Discord's numbers."""
    return Column(name, BigInteger, nullable=False, server_default="0")


def _of_briefing(*, in_key: bool = False) -> Column[int]:
    return Column(
        "briefing",
        Integer,
        ForeignKey("briefing.id", ondelete="CASCADE"),
        primary_key=in_key,
        autoincrement=False,
        nullable=False,
    )


# Which delivery carries a briefing: its parts say where its messages are.
posting = Table(
    "posting",
    metadata,
    key("schedule"),
    Column("date", Day, primary_key=True, nullable=False),
    key("slot"),
    _of_briefing(),
    Index("posting_briefing", "briefing"),
    sqlite_with_rowid=False,
)

# Which documents a briefing quotes. A new revision of one makes the row stale.
quoted = Table(
    "quoted",
    metadata,
    key("document"),
    _of_briefing(in_key=True),
    Column("made", Moment, nullable=False),
    number("stale"),
    Index("quoted_briefing", "briefing"),
    Index(
        "quoted_stale",
        "made",
        sqlite_where=text("stale = 1"),
        postgresql_where=text("stale = 1"),
    ),
    sqlite_with_rowid=False,
)

# What editors did to a briefing once it was posted. It outlives the briefing.
briefing_edit = Table(
    "briefing_edit",
    metadata,
    numbered(),
    _large("scope"),
    number("briefing"),
    words("action"),
    number("story"),  # counted from 1; 0: all of it
    words("note"),
    Column("actor", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index("briefing_edit_once", "briefing", "action", "story", "note", unique=True),
    Index("briefing_edit_scope", "scope", "id"),
    sqlite_autoincrement=True,
)

_OPEN = text("state IN ('planned', 'ready', 'sending')")

correction = Table(
    "correction",
    metadata,
    numbered(),
    _of_briefing(),
    number("document"),
    number("revision"),  # of the document that changed what was quoted
    _large("scope"),
    number("schedule"),
    _large("channel"),
    Column("due", Moment, nullable=False),
    Column("state", Text, nullable=False),
    words("how"),
    words("reason"),
    Column("told", JSON, nullable=False),  # [start, end, words that stand there now]
    Column("payload", LargeBinary, nullable=False),
    words("nonce"),
    words("marker"),
    Column("first_attempt", Moment),
    Column("not_before", Moment),
    number("attempts"),
    _large("message"),
    number("fence"),
    Column("lease_until", Moment),
    Index("correction_once", "briefing", "document", "revision", unique=True),
    Index("correction_open", "due", sqlite_where=_OPEN, postgresql_where=_OPEN),
    sqlite_autoincrement=True,
)
