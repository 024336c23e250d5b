"""Keep feeds, what they have listed, and documents that are on their way into the library.

Revises: 0010. Date: 2026-11-22. Why: feeds are read; what one held when it was added is in the
library, and is not new.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; of what is in the library already, nothing is of a feed."""
    op.add_column("document", _flag("backlog"))
    where = sa.text("state = 'live' AND NOT backlog")
    _index("document_fresh", "document", ["scope", "arrived"], where=where)
    _feeds()
    _entries()
    _intake()
    _edits()


def _feeds() -> None:
    op.create_table(
        "feed",
        _numbered(),
        _number("scope"),
        *map(_words, ("name", "key", "url", "address")),
        sa.Column("headers", sa.JSON, nullable=False, server_default="[]"),
        _flag("full_text"),
        *map(_number, ("interval", "backfill")),
        *map(_words, ("origin", "paused", "condition", "problem", "detail")),
        _number("failures"),
        *map(_moment, ("ill_since", "checked", "changed", "succeeded")),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        _number("pace"),
        *map(_words, ("etag", "last_modified", "digest")),
        _number("listed"),
        *map(_words, ("title", "home")),
        sa.Column("created", sa.BigInteger, nullable=False),
        _number("version"),
        *map(_moment, ("begun", "newest")),
        _number("largest"),
        _words("accepting"),
        *map(_number, ("day", "taken")),
        sqlite_autoincrement=True,
    )
    op.create_index("feed_name", "feed", ["scope", "key"], unique=True)
    op.create_index("feed_address", "feed", ["scope", "address"], unique=True)
    _index("feed_next", "feed", ["next_at"], where=sa.text("paused = ''"))


def _entries() -> None:
    op.create_table(
        "entry",
        _of_feed(in_key=True),
        sa.Column("key", sa.Text, primary_key=True, nullable=False),
        _number("scope"),
        _words("address"),
        _flag("shared"),
        *map(_words, ("digest", "identity")),
        _flag("owns", default="1"),
        _flag("backlog"),
        sa.Column("seen", sa.BigInteger, nullable=False),
        _moment("revised"),
        _number("revisions"),
        sqlite_with_rowid=False,
    )
    _index("entry_owner", "entry", ["scope", "address"], where=sa.text("owns"))


def _intake() -> None:
    op.create_table(
        "intake",
        _numbered(),
        _of_feed(),
        _number("scope"),
        *map(_words, ("identity", "name")),
        sa.Column("data", sa.LargeBinary, nullable=False, server_default=sa.text("x''")),
        _words("content_type"),
        sa.Column("known", sa.JSON, nullable=False, server_default="[]"),
        *map(_words, ("page", "url")),
        _flag("backlog"),
        _number("tries"),
        _moment("not_before"),
        sa.Column("made", sa.BigInteger, nullable=False),
        _words("refused"),
        sqlite_autoincrement=True,
    )
    op.create_index("intake_identity", "intake", ["scope", "identity"], unique=True)
    op.create_index("intake_feed", "intake", ["feed"])
    waits, refused = "refused = ''", sa.text("refused <> ''")
    _index("intake_ready", "intake", ["backlog", "id"], where=sa.text(f"{waits} AND page = ''"))
    _index("intake_page", "intake", ["not_before"], where=sa.text(f"{waits} AND page <> ''"))
    _index("intake_waiting", "intake", ["scope"], where=sa.text(waits))
    _index("intake_refused", "intake", ["scope", "id"], where=refused)


def _edits() -> None:
    op.create_table(
        "document_edit",
        _numbered(),
        sa.Column(
            "document",
            sa.Integer,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            nullable=False,
        ),
        _number("scope"),
        *(sa.Column(name, sa.Text) for name in ("title", "source", "author")),
        _moment("published"),
        sa.Column("actor", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("document_edit_document", "document_edit", ["document"])
    op.create_index("document_edit_scope", "document_edit", ["scope", "id"])


def _index(name: str, table: str, columns: list[str], *, where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _of_feed(*, in_key: bool = False) -> sa.Column[Any]:
    return sa.Column(
        "feed",
        sa.Integer,
        sa.ForeignKey("feed.id", ondelete="CASCADE"),
        primary_key=in_key,
        autoincrement=False,
        nullable=False,
    )


def _numbered() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger)


def _flag(name: str, *, default: str = "0") -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.text(default))


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
