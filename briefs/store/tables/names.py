"""The tables of who is in the documents, and of the sums of it."""

from sqlalchemy import Column, Index, Integer, Table, Text

from briefs.store.tables.columns import (
    Day,
    Moment,
    key,
    metadata,
    number,
    numbered,
    of_document,
    words,
)

entity = Table(
    "entity",
    metadata,
    numbered(),
    number("scope"),
    words("kind"),
    words("key"),
    words("name"),
    Index("entity_key", "scope", "key", "kind", unique=True),
    sqlite_autoincrement=True,
)

# Which documents write an entity how. `alias` is its sum.
spelling = Table(
    "spelling",
    metadata,
    key("document"),
    key("entity"),
    key("text", Text),
    words("key"),
    words("how"),
    Index("spelling_entity", "entity", "key", "document"),
    sqlite_with_rowid=False,
)

alias = Table(
    "alias",
    metadata,
    key("scope"),
    key("key", Text),
    key("kind", Text),
    key("entity"),
    key("text", Text),
    number("documents"),
    Index("alias_entity", "entity"),
    sqlite_with_rowid=False,
)

# The ways of writing an entity, from each of their words on: what autocomplete scans.
term = Table(
    "term",
    metadata,
    key("scope"),
    key("term", Text),
    key("entity"),
    sqlite_with_rowid=False,
)

# The first letters of terms, those in the most documents first; "" leads to all entities.
prefix = Table(
    "prefix",
    metadata,
    key("scope"),
    key("prefix", Text),
    key("rank"),  # minus the binary digits of the number of documents, so it seldom changes
    key("entity"),
    sqlite_with_rowid=False,
)

mention = Table(
    "mention",
    metadata,
    key("entity"),
    key("scope"),
    Column("published", Moment, primary_key=True, nullable=False),
    key("document"),
    key("start"),
    number("end"),
    number("sentence"),
    words("reason"),
    words("key"),  # of what is written there, folded: a split goes by it
    sqlite_with_rowid=False,
)

# Which entities are in which documents: what is newest, who stands beside whom, what to subtract.
appearance = Table(
    "appearance",
    metadata,
    key("entity"),
    key("scope"),
    Column("published", Moment, primary_key=True, nullable=False),
    key("document"),
    number("mentions"),
    Index("appearance_document", "document"),
    sqlite_with_rowid=False,
)

tally = Table(
    "tally",
    metadata,
    key("entity"),
    key("scope"),
    number("documents"),
    number("mentions"),
    Column("first", Moment, nullable=False),
    Column("last", Moment, nullable=False),
    sqlite_with_rowid=False,
)

entity_day = Table(
    "entity_day",
    metadata,
    key("entity"),
    key("scope"),
    Column("day", Day, primary_key=True, nullable=False),
    number("documents"),
    number("mentions"),
    Index("entity_day_day", "scope", "day", "documents"),
    sqlite_with_rowid=False,
)

quote = Table(
    "quote",
    metadata,
    numbered(),
    number("scope"),
    of_document(),
    number("start"),
    number("end"),
    words("how"),
    Column("speaker", Integer),
    Column("speaker_start", Integer),
    Column("speaker_end", Integer),
    Column("published", Moment, nullable=False),
    Index("quote_speaker", "speaker", "scope", "published"),
    Index("quote_document", "document"),
)

role = Table(
    "role",
    metadata,
    key("entity"),
    key("scope"),
    Column("published", Moment, primary_key=True, nullable=False),
    key("document"),
    key("start"),
    number("end"),
    number("sentence"),
    Index("role_document", "document"),
    sqlite_with_rowid=False,
)
