"""The tables of feeds, of what each has listed, and of what is on its way into the library."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from briefs.store.tables.columns import Moment, key, metadata, number, numbered, words

feed = Table(
    "feed",
    metadata,
    numbered(),
    number("scope"),
    words("name"),
    words("key"),  # the name as it is compared
    words("url"),
    words("address"),  # of the url, as it is compared
    words("given"),  # the url that somebody gave, wherever it says that it has moved since
    Column("headers", JSON, nullable=False, server_default="[]"),
    Column("full_text", Boolean, nullable=False, server_default=text("0")),
    number("interval"),
    number("backfill"),
    words("origin"),
    words("paused"),
    words("condition"),
    words("problem"),
    words("detail"),
    number("failures"),
    Column("ill_since", Moment),
    Column("checked", Moment),
    Column("changed", Moment),
    Column("succeeded", Moment),
    Column("next_at", Moment, nullable=False),
    number("pace"),
    words("etag"),
    words("last_modified"),
    words("digest"),
    number("listed"),
    words("title"),
    words("home"),
    Column("created", Moment, nullable=False),
    number("version"),  # grows when somebody changes what is wanted of it
    Column("begun", Moment),  # when its first entries were taken
    Column("newest", Moment),  # the latest date of an entry that it has listed
    number("largest"),  # entries that it has listed at once
    words("accepting"),  # of a listing that turned: "new" or "backlog", "" nothing
    number("day"),  # since the epoch, on which so many new entries were taken
    number("taken"),
    Index("feed_name", "scope", "key", unique=True),
    Index("feed_address", "scope", "address", unique=True),
    Index("feed_next", "next_at", sqlite_where=text("paused = ''")),
    sqlite_autoincrement=True,
)

# What a feed has listed: bounded, and longer than any listing of it.
entry = Table(
    "entry",
    metadata,
    Column(
        "feed",
        Integer,
        ForeignKey("feed.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        nullable=False,
    ),
    key("key", Text),  # a digest of its guid, or else of its address or its words
    number("scope"),
    words("address"),  # a digest of it as it is compared; "" none
    Column("shared", Boolean, nullable=False, server_default=text("0")),  # several have that one
    words("digest"),  # of its words
    words("identity"),  # of its document
    Column("owns", Boolean, nullable=False, server_default=text("1")),  # it revises the document
    Column("backlog", Boolean, nullable=False, server_default=text("0")),
    Column("seen", Moment, nullable=False),
    Column("revised", Moment),  # when the first of its newest revisions was taken
    number("revisions"),  # since then
    Index("entry_owner", "scope", "address", sqlite_where=text("owns")),
    sqlite_with_rowid=False,
)

intake = Table(
    "intake",
    metadata,
    numbered(),
    Column("feed", Integer, ForeignKey("feed.id", ondelete="CASCADE"), nullable=False),
    number("scope"),
    words("identity"),
    words("name"),
    Column("data", LargeBinary, nullable=False, server_default=text("x''")),
    words("content_type"),
    Column("known", JSON, nullable=False, server_default="[]"),
    words("page"),  # an address to be fetched first
    words("url"),  # where the bytes came from, if from a page
    Column("backlog", Boolean, nullable=False, server_default=text("0")),
    number("tries"),
    Column("not_before", Moment),
    Column("made", Moment, nullable=False),
    words("refused"),  # why; "" it waits
    Index("intake_identity", "scope", "identity", unique=True),
    Index("intake_feed", "feed"),
    Index(
        "intake_ready", "backlog", "scope", "id", sqlite_where=text("refused = '' AND page = ''")
    ),
    Index(
        "intake_page",
        "scope",
        "not_before",
        "id",
        sqlite_where=text("refused = '' AND page <> ''"),
    ),
    Index("intake_waiting", "scope", sqlite_where=text("refused = ''")),
    Index("intake_refused", "scope", "id", sqlite_where=text("refused <> ''")),
    sqlite_autoincrement=True,
)
