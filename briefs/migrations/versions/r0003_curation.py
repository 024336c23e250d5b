"""Keep what people change about names, and which version of the analysis a document got.

Revises: 0002. Date: 2026-11-22. Why: names can be merged, split, hidden, and all of it undone; what
is stored is analysed again when the analysis gets better.
"""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Kind: TypeAlias = type[sa.Integer] | type[sa.Text]


def upgrade() -> None:
    """Make the tables of edits; what is stored counts as analysed by version 0."""
    _edits()
    _rulings()
    op.add_column("mention", _words("key"))
    op.add_column("document", _number("analysis"))
    live = sa.text("state = 'live'")
    op.create_index("document_analysis", "document", ["analysis", "id"], sqlite_where=live)


def _edits() -> None:
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _number("scope"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=False, server_default="0"),
        _words("action"),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("undone_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("edit_scope", "edit", ["scope", "id"])


def _rulings() -> None:
    op.create_table(
        "ruling",
        _key("edit"),
        _key("place"),
        _number("scope"),
        *(_words(name) for name in ("what", "kind", "key", "name", "to_kind", "to_key", "to_name")),
        sa.Column("anchor", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index("ruling_name", "ruling", ["key", "kind", "scope", "edit"])
    op.create_index("ruling_target", "ruling", ["to_key", "to_kind", "scope", "edit"])
    op.create_table(
        "ruled_term",
        _key("scope"),
        _key("term", sa.Text),
        _key("edit"),
        _key("kind", sa.Text),
        _key("key", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_index("ruled_term_edit", "ruled_term", ["edit"])


def _key(name: str, kind: Kind = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
