"""The tables of documents, and of the files that they come from."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from briefs.store.tables.columns import Moment, key, metadata, number, numbered, of_document, words

_FRESH = text("state = 'live' AND NOT backlog")

document = Table(
    "document",
    metadata,
    numbered(),
    number("scope"),
    Column("identity", Text, nullable=False),
    number("revision"),
    Column("state", Text, nullable=False),  # "live" or "withdrawn"
    words("title"),
    words("standfirst"),
    words("source"),
    words("author"),
    words("url"),
    words("language"),
    Column("published", Moment),
    words("published_how"),
    Column("arrived", Moment, nullable=False),
    words("digest"),  # of all that is shown of it
    words("text_digest"),  # of its text alone: finds copies
    Column("sample", Boolean, nullable=False),
    number("words"),
    number("analysis"),  # the version of it; 0: from before it was noted
    Column("backlog", Boolean, nullable=False, server_default=text("0")),
    Index("document_identity", "scope", "identity", unique=True),
    Index("document_text", "scope", "text_digest"),
    Index("document_arrival", "scope", "arrived", sqlite_where=text("state = 'live'")),
    Index("document_fresh", "scope", "arrived", sqlite_where=_FRESH),
    Index("document_newest", "scope", "id", sqlite_where=text("state = 'live'")),
    Index("document_analysis", "analysis", "id", sqlite_where=text("state = 'live'")),
    sqlite_autoincrement=True,
)

# Rows of live documents only, so that the search index can always be rebuilt from them. The scope
# is a column here because it is a column of the index: no query ever leaves its scope.
body = Table(
    "body",
    metadata,
    of_document(in_key=True),
    words("title"),
    words("text"),
    number("scope"),
)

# What a document said before it was corrected or withdrawn: a line once posted can be proved.
revision = Table(
    "revision",
    metadata,
    of_document(in_key=True),
    key("revision"),
    words("title"),
    words("text"),
    words("digest"),
    Column("replaced", Moment, nullable=False),
)

# What somebody corrected of a document by hand: NULL is as it says itself.
document_edit = Table(
    "document_edit",
    metadata,
    numbered(),
    of_document(),
    number("scope"),
    Column("title", Text),
    Column("source", Text),
    Column("author", Text),
    Column("published", Moment),
    Column("actor", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index("document_edit_document", "document"),
    Index("document_edit_scope", "scope", "id"),
    sqlite_autoincrement=True,
)

sentence = Table(
    "sentence",
    metadata,
    of_document(in_key=True),
    key("idx"),
    number("start"),
    number("end"),
    words("kind"),
    sqlite_with_rowid=False,
)

post = Table(
    "post",
    metadata,
    of_document(in_key=True),
    key("start"),
    number("end"),
    words("author"),
    words("handle"),
    Column("published", Moment),
    sqlite_with_rowid=False,
)

# Where the folded title of a document, from each of its words on, can be looked up by its start.
title_term = Table(
    "title_term",
    metadata,
    key("scope"),
    key("term", Text),
    key("document"),
    key("place"),  # which word of the title it starts at
    sqlite_with_rowid=False,
)

# How many live documents a scope has, so that nobody counts them.
holding = Table(
    "holding",
    metadata,
    key("scope"),
    number("documents"),
    number("samples"),
    number("words"),
)

file = Table(
    "file",
    metadata,
    key("identity", Text),
    number("size"),
    number("modified"),  # nanoseconds since the epoch, as the file system says
    words("digest"),
    Column("document", Integer),
    words("state"),
    words("note"),
    Index("file_document", "document"),
)
