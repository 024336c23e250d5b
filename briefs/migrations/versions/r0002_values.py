"""Lay out the table of dates, amounts and quantities, empty for documents that are there already.

Revises: 0001. Date: 2026-11-22. Why: a timeline goes by the day that a sentence speaks of.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "value",
        sa.Column(
            "document",
            sa.Integer,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("start", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        _number("end"),
        _number("scope"),
        _number("sentence"),
        _words("kind"),
        _words("value"),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sqlite_with_rowid=False,
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
