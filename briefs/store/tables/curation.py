"""The tables of what people have changed about names, and of what is in force of it."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Table, Text

from briefs.store.tables.columns import Moment, key, metadata, number, numbered, words

edit = Table(
    "edit",
    metadata,
    numbered(),
    number("scope"),
    Column("at", Moment, nullable=False),
    Column("actor", BigInteger, nullable=False, server_default="0"),  # 0: the command line
    words("action"),
    Column("arguments", JSON, nullable=False),
    Column("undone_at", Moment),
    Index("edit_scope", "scope", "id"),
    sqlite_autoincrement=True,
)

# What the edits that are not undone say of a name, by its kind and key: rows of documents come and
# go, and what was decided about a name stays.
ruling = Table(
    "ruling",
    metadata,
    key("edit"),
    key("place"),  # an import makes many
    number("scope"),
    words("what"),
    words("kind"),
    words("key"),
    words("name"),  # as it was written
    words("to_kind"),
    words("to_key"),
    words("to_name"),
    Column("anchor", Integer),  # the row of a name that stands alone and may be in no document
    Index("ruling_name", "key", "kind", "scope", "edit"),
    Index("ruling_target", "to_key", "to_kind", "scope", "edit"),
    sqlite_with_rowid=False,
)

# The names that edits have given, from each of their words on: what autocomplete scans too.
ruled_term = Table(
    "ruled_term",
    metadata,
    key("scope"),
    key("term", Text),
    key("edit"),
    key("kind", Text),
    key("key", Text),
    Index("ruled_term_edit", "edit"),
    sqlite_with_rowid=False,
)
