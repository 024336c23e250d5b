"""The tables of what is promised and told, and of what an installation remembers."""

from sqlalchemy import JSON, Boolean, Column, Index, LargeBinary, Table, Text, text

from briefs.store.tables.columns import Day, Moment, key, metadata, number, numbered, words

installation = Table("installation", metadata, key("key", Text), words("value"))

schedule = Table(
    "schedule",
    metadata,
    numbered(),
    number("scope"),
    Column("name", Text, nullable=False),
    number("channel"),
    Column("times", JSON, nullable=False),
    Column("days", JSON, nullable=False),
    Column("timezone", Text, nullable=False),
    words("about"),
    words("length"),
    Column("sections", JSON, nullable=False, server_default="[]"),
    words("kind"),
    number("mention"),
    Column("tags", JSON, nullable=False, server_default="[]"),
    Column("publish", Boolean, nullable=False, server_default=text("0")),
    words("owner"),
    words("paused"),
    Column("paused_until", Moment),
    Column("skip", JSON, nullable=False, server_default="[]"),
    Column("quiet", JSON, nullable=False, server_default="[]"),
    Column("created", Moment, nullable=False),
    Column("planned_until", Moment, nullable=False),
    Column("covered_until", Moment, nullable=False),
    Column("next_due", Moment),  # when to look again; None: never
    Index("schedule_name", "scope", "name", unique=True),
    Index("schedule_next", "next_due"),
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    metadata,
    key("schedule"),
    Column("date", Day, primary_key=True, nullable=False),
    key("slot"),
    key("part"),
    number("parts"),
    number("revision"),
    number("channel"),
    Column("due", Moment, nullable=False),
    Column("state", Text, nullable=False),
    words("how"),
    words("reason"),
    Column("payload", LargeBinary, nullable=False, server_default=text("x''")),
    words("nonce"),
    words("marker"),
    Column("since", Moment),
    Column("until", Moment),
    Column("first_attempt", Moment),
    Column("not_before", Moment),
    number("attempts"),
    number("message"),
    number("thread"),
    Column("stages", JSON, nullable=False, server_default="[]"),
    Column("claimed", Moment),
    Column("ended", Moment),
    words("publish"),
    Column("publish_at", Moment),
    words("publish_note"),
    words("owner"),  # which process has claimed it
    number("fence"),
    Column("lease_until", Moment),
    Index("delivery_open", "due", sqlite_where=text("state IN ('planned', 'ready', 'sending')")),
    Index(
        "delivery_order",
        "schedule",
        "due",
        sqlite_where=text("state IN ('planned', 'ready', 'sending')"),
    ),
    Index("delivery_publish", "publish_at", sqlite_where=text("publish = 'wanted'")),
    Index("delivery_sent", "schedule", "due", sqlite_where=text("state = 'sent'")),
)

notice = Table("notice", metadata, key("key", Text), Column("told", Moment, nullable=False))

lease = Table(
    "lease",
    metadata,
    key("name", Text),
    words("owner"),  # a process
    Column("until", Moment, nullable=False),
)

reader_page = Table(
    "reader_page",
    metadata,
    numbered(),
    words("command"),
    Column("arguments", JSON, nullable=False),
    number("user"),
    number("scope"),
    Column("made", Moment, nullable=False),
    sqlite_autoincrement=True,
)

guild = Table(
    "guild",
    metadata,
    key("id"),
    words("name"),
    Column("joined", Moment, nullable=False),
    Column("left", Moment),
)
