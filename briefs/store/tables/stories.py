"""The tables of stories: who is like whom, which documents report one event, and who says so.

A stem stands in them as a number (`briefs.store.frequencies.number`): that is all comparing takes.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from briefs.store.tables.columns import Moment, key, metadata, number, numbered, of_document, words

story = Table(
    "story",
    metadata,
    numbered(),
    number("scope"),
    Column("joined", Integer),  # the story that it is one with since; None: it stands
    Column("edit", Integer),  # by which it was made by hand
    Index("story_joined", "joined"),
    sqlite_autoincrement=True,
)

# How often the stems of a document are in it until it is placed; what each counts from then on.
story_sketch = Table(
    "story_sketch",
    metadata,
    of_document(in_key=True),
    number("scope"),
    Column("published", Moment, nullable=False),  # or else when it arrived
    Column("placed", Boolean, nullable=False),
    Column("stems", LargeBinary, nullable=False),
    Column("weights", LargeBinary, nullable=False),
    Index(
        "story_sketch_waiting",
        "document",
        sqlite_where=text("placed = 0"),
        postgresql_where=text("NOT placed"),
    ),
)

# The weightiest stems of placed documents, by the week of publication: it grows at its newest end.
story_term = Table(
    "story_term",
    metadata,
    key("scope"),
    key("week"),
    key("term"),
    key("document"),
    sqlite_with_rowid=False,
)

# A placed document: its scope is its own, its story may be public.
story_member = Table(
    "story_member",
    metadata,
    of_document(in_key=True),
    number("scope"),
    number("story"),
    Column("arrived", Moment, nullable=False),
    words("outlet"),
    number("copy"),  # near copies have equal numbers
    Column("centrality", Float, nullable=False),  # the sum of its cosines with the others
    Column("nearest", Integer),  # the document that it was most like when it was placed
    Index("story_member_story", "scope", "story", "arrived"),
    Index("story_member_arrival", "scope", "arrived", "story"),
    Index("story_member_joining", "story"),
)

# How many placed documents have a stem; the number 0 is in all of them.
frequency = Table(
    "frequency",
    metadata,
    key("scope"),
    key("term"),
    number("documents"),
    sqlite_with_rowid=False,
)

story_edit = Table(
    "story_edit",
    metadata,
    numbered(),
    number("scope"),
    Column("at", Moment, nullable=False),
    Column("actor", BigInteger, nullable=False, server_default="0"),  # 0: the command line
    words("action"),
    Column("arguments", JSON, nullable=False),
    Column("undone_at", Moment),
    Index("story_edit_scope", "scope", "id"),
    sqlite_autoincrement=True,
)

# What the edits that are not undone say of documents, by what makes these the same when they come
# again: that they are taken into the story of that edit, or that they are not.
story_ruling = Table(
    "story_ruling",
    metadata,
    key("scope"),
    key("owner"),  # the scope of the document
    key("identity", Text),
    key("edit"),
    Column("taken", Boolean, nullable=False),
    Index("story_ruling_edit", "edit"),
    sqlite_with_rowid=False,
)
