"""Lay out every table.

Revises: nothing. Date: 2026-11-22. Why: the beginning.
"""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Kind: TypeAlias = type[sa.Integer] | type[sa.BigInteger] | type[sa.Text]

_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, scope,
    content = 'body', content_rowid = 'document',
    tokenize = 'unicode61 remove_diacritics 2'
)
"""


def upgrade() -> None:
    """Make the tables of documents, of what is found in them, and of what is promised."""
    op.execute("PRAGMA application_id = 1145205350")  # tells our files from other programs'
    op.create_table("installation", _key("key", sa.Text), _words("value"))
    _documents()
    _texts()
    _files()
    _entities()
    _rollups()
    _quotes()
    _schedules()
    _deliveries()
    _discord()


def _documents() -> None:
    op.create_table(
        "document",
        _id(),
        _number("scope"),
        sa.Column("identity", sa.Text, nullable=False),
        _number("revision"),
        sa.Column("state", sa.Text, nullable=False),
        _words("title"),
        _words("standfirst"),
        _words("source"),
        _words("author"),
        _words("url"),
        _words("language"),
        sa.Column("published", sa.BigInteger),
        _words("published_how"),
        sa.Column("arrived", sa.BigInteger, nullable=False),
        _words("digest"),
        _words("text_digest"),
        sa.Column("sample", sa.Boolean, nullable=False),
        _number("words"),
        sqlite_autoincrement=True,
    )
    live = sa.text("state = 'live'")
    op.create_index("document_identity", "document", ["scope", "identity"], unique=True)
    op.create_index("document_text", "document", ["scope", "text_digest"])
    op.create_index("document_arrival", "document", ["scope", "arrived"], sqlite_where=live)
    op.create_index("document_newest", "document", ["scope", "id"], sqlite_where=live)
    op.create_table(
        "holding", _key("scope"), _number("documents"), _number("samples"), _number("words")
    )


def _texts() -> None:
    op.create_table("body", _of_document(), _words("title"), _words("text"), _number("scope"))
    op.execute(_SEARCH)
    op.create_table(
        "revision",
        _of_document(),
        _key("revision"),
        _words("title"),
        _words("text"),
        _words("digest"),
        sa.Column("replaced", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sentence",
        _of_document(),
        _key("idx"),
        _number("start"),
        _number("end"),
        _words("kind"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "post",
        _of_document(),
        _key("start"),
        _number("end"),
        _words("author"),
        _words("handle"),
        sa.Column("published", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "title_term",
        _key("scope"),
        _key("term", sa.Text),
        _key("document"),
        _key("place"),
        sqlite_with_rowid=False,
    )


def _files() -> None:
    op.create_table(
        "file",
        _key("identity", sa.Text),
        _number("size"),
        _number("modified"),
        _words("digest"),
        sa.Column("document", sa.Integer),
        _words("state"),
        _words("note"),
    )
    op.create_index("file_document", "file", ["document"])


def _entities() -> None:
    op.create_table(
        "entity",
        _id(),
        _number("scope"),
        _words("kind"),
        _words("key"),
        _words("name"),
        sqlite_autoincrement=True,
    )
    op.create_index("entity_key", "entity", ["scope", "key", "kind"], unique=True)
    op.create_table(
        "spelling",
        _key("document"),
        _key("entity"),
        _key("text", sa.Text),
        _words("key"),
        _words("how"),
        sqlite_with_rowid=False,
    )
    op.create_index("spelling_entity", "spelling", ["entity", "key", "document"])
    op.create_table(
        "alias",
        _key("scope"),
        _key("key", sa.Text),
        _key("kind", sa.Text),
        _key("entity"),
        _key("text", sa.Text),
        _number("documents"),
        sqlite_with_rowid=False,
    )
    op.create_index("alias_entity", "alias", ["entity"])
    op.create_table(
        "mention",
        _key("entity"),
        _key("scope"),
        _key("published", sa.BigInteger),
        _key("document"),
        _key("start"),
        _number("end"),
        _number("sentence"),
        _words("reason"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "appearance",
        _key("entity"),
        _key("scope"),
        _key("published", sa.BigInteger),
        _key("document"),
        _number("mentions"),
        sqlite_with_rowid=False,
    )
    op.create_index("appearance_document", "appearance", ["document"])


def _rollups() -> None:
    op.create_table(
        "term",
        _key("scope"),
        _key("term", sa.Text),
        _key("entity"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "prefix",
        _key("scope"),
        _key("prefix", sa.Text),
        _key("rank"),
        _key("entity"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        _key("entity"),
        _key("scope"),
        _number("documents"),
        _number("mentions"),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entity_day",
        _key("entity"),
        _key("scope"),
        _key("day", sa.Text),
        _number("documents"),
        _number("mentions"),
        sqlite_with_rowid=False,
    )


def _quotes() -> None:
    op.create_table(
        "quote",
        _id(),
        _number("scope"),
        _of_document(key=False),
        _number("start"),
        _number("end"),
        _words("how"),
        sa.Column("speaker", sa.Integer),
        sa.Column("speaker_start", sa.Integer),
        sa.Column("speaker_end", sa.Integer),
        sa.Column("published", sa.BigInteger, nullable=False),
    )
    op.create_index("quote_speaker", "quote", ["speaker", "scope", "published"])
    op.create_index("quote_document", "quote", ["document"])
    op.create_table(
        "role",
        _key("entity"),
        _key("scope"),
        _key("published", sa.BigInteger),
        _key("document"),
        _key("start"),
        _number("end"),
        _number("sentence"),
        sqlite_with_rowid=False,
    )
    op.create_index("role_document", "role", ["document"])


def _schedules() -> None:
    op.create_table(
        "schedule",
        _id(),
        _number("scope"),
        sa.Column("name", sa.Text, nullable=False),
        _number("channel"),
        sa.Column("times", sa.JSON, nullable=False),
        sa.Column("days", sa.JSON, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        _words("about"),
        _words("length"),
        _words("owner"),
        _words("paused"),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("planned_until", sa.BigInteger, nullable=False),
        sa.Column("covered_until", sa.BigInteger, nullable=False),
        sa.Column("next_due", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("schedule_name", "schedule", ["scope", "name"], unique=True)
    op.create_index("schedule_next", "schedule", ["next_due"])


def _deliveries() -> None:
    op.create_table(
        "delivery",
        _key("schedule"),
        _key("date", sa.Text),
        _key("slot"),
        _key("part"),
        _number("parts"),
        _number("revision"),
        _number("channel"),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        _words("how"),
        _words("reason"),
        sa.Column("payload", sa.LargeBinary, nullable=False, server_default=sa.text("x''")),
        _words("nonce"),
        _words("marker"),
        sa.Column("since", sa.BigInteger),
        sa.Column("until", sa.BigInteger),
        sa.Column("first_attempt", sa.BigInteger),
        sa.Column("not_before", sa.BigInteger),
        _number("attempts"),
        _number("message"),
        _words("owner"),
        _number("fence"),
        sa.Column("lease_until", sa.BigInteger),
    )
    still_open = sa.text("state IN ('planned', 'ready', 'sending')")
    op.create_index("delivery_open", "delivery", ["due"], sqlite_where=still_open)
    op.create_index("delivery_order", "delivery", ["schedule", "due"], sqlite_where=still_open)
    sent = sa.text("state = 'sent'")
    op.create_index("delivery_sent", "delivery", ["schedule", "due"], sqlite_where=sent)


def _discord() -> None:
    op.create_table(
        "notice", _key("key", sa.Text), sa.Column("told", sa.BigInteger, nullable=False)
    )
    op.create_table(
        "reader_page",
        _id(),
        _words("command"),
        sa.Column("arguments", sa.JSON, nullable=False),
        _number("user"),
        _number("scope"),
        sa.Column("made", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "guild",
        _key("id"),
        _words("name"),
        sa.Column("joined", sa.BigInteger, nullable=False),
        sa.Column("left", sa.BigInteger),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _key(name: str, kind: Kind = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def _of_document(*, key: bool = True) -> sa.Column[int]:
    return sa.Column(
        "document",
        sa.Integer,
        sa.ForeignKey("document.id", ondelete="CASCADE"),
        primary_key=key,
        autoincrement=False,
        nullable=False,
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
