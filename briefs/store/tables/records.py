"""The table of briefings as they were made."""

from sqlalchemy import Column, Index, LargeBinary, Table

from briefs.store.tables.columns import Moment, metadata, number, numbered, words

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
