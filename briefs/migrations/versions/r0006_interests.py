"""Keep what readers want to hear of, when they last asked, and the briefings that were made.

Revises: 0005. Date: 2026-11-22. Why: topics and watch-lists; a briefing can be shown again exactly,
and what has changed since somebody last asked can be told.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what is stored stays as it is."""
    _interests()
    _briefings()


def _interests() -> None:
    op.create_table(
        "topic",
        _numbered(),
        _number("scope"),
        _words("key"),
        _words("name"),
        *(_some(name, sa.JSON) for name in ("terms", "exclude", "entities", "sources")),
        sqlite_autoincrement=True,
    )
    op.create_index("topic_name", "topic", ["scope", "key"], unique=True)
    op.create_table(
        "watch",
        _numbered(),
        _number("scope"),
        sa.Column("user", sa.BigInteger, nullable=False, server_default="0"),
        _words("key"),
        _words("text"),
        _some("added", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("watch_text", "watch", ["scope", "user", "key"], unique=True)
    op.create_table(
        "visit",
        sa.Column("scope", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False, nullable=False),
        _some("at", sa.BigInteger),
        sqlite_with_rowid=False,
    )


def _briefings() -> None:
    op.create_table(
        "briefing",
        _numbered(),
        _number("scope"),
        *(_some(name, sa.BigInteger) for name in ("made", "since", "until")),
        _words("about"),
        _number("stories"),
        _words("schedule"),
        _words("digest"),
        _some("body", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_index("briefing_scope", "briefing", ["scope", "id"])
    op.create_index("briefing_schedule", "briefing", ["scope", "schedule", "id"])
    op.create_index("briefing_made", "briefing", ["made", "id"])


def _numbered() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _some(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
