"""Lay out the tables of stories; what is stored waits for its next analysis to be in one.

Revises: 0004. Date: 2026-11-22. Why: a new document finds its story among its neighbours, and
stories that were split or merged by hand stay so.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, all of them empty."""
    _stories()
    _members()
    _likeness()
    _edits()


def _stories() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _number("scope"),
        sa.Column("joined", sa.Integer),
        sa.Column("edit", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_index("story_joined", "story", ["joined"])


def _members() -> None:
    op.create_table(
        "story_member",
        _document(),
        _number("scope"),
        _number("story"),
        sa.Column("arrived", sa.BigInteger, nullable=False),
        _words("outlet"),
        _number("copy"),
        sa.Column("centrality", sa.Float, nullable=False),
        sa.Column("nearest", sa.Integer),
    )
    op.create_index("story_member_story", "story_member", ["scope", "story", "arrived"])
    op.create_index("story_member_arrival", "story_member", ["scope", "arrived", "story"])
    op.create_index("story_member_joining", "story_member", ["story"])


def _likeness() -> None:
    op.create_table(
        "story_sketch",
        _document(),
        _number("scope"),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("placed", sa.Boolean, nullable=False),
        sa.Column("stems", sa.LargeBinary, nullable=False),
        sa.Column("weights", sa.LargeBinary, nullable=False),
    )
    waiting = sa.text("placed = 0")
    op.create_index("story_sketch_waiting", "story_sketch", ["document"], sqlite_where=waiting)
    op.create_table(
        "story_term",
        *(_key(name) for name in ("scope", "week", "term", "document")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "frequency", _key("scope"), _key("term"), _number("documents"), sqlite_with_rowid=False
    )


def _edits() -> None:
    op.create_table(
        "story_edit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _number("scope"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=False, server_default="0"),
        _words("action"),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("undone_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("story_edit_scope", "story_edit", ["scope", "id"])
    op.create_table(
        "story_ruling",
        _key("scope"),
        _key("owner"),
        sa.Column("identity", sa.Text, primary_key=True, nullable=False),
        _key("edit"),
        sa.Column("taken", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("story_ruling_edit", "story_ruling", ["edit"])


def _document() -> sa.Column[Any]:
    return sa.Column(
        "document",
        sa.Integer,
        sa.ForeignKey("document.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        nullable=False,
    )


def _key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
