"""Keep how each briefing came about, and where else than in a text channel it may be posted.

Revises: 0008. Date: 2026-11-22. Why: `schedule why` tells every stage of every due time; briefings
can go to forums and direct messages, be published to followers, and notify one role.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was posted before has no stages, and nobody is notified."""
    op.add_column("schedule", _words("kind"))
    op.add_column("schedule", _number("mention"))
    op.add_column("schedule", _listed("tags"))
    op.add_column("schedule", _flag("publish"))
    op.add_column("delivery", _number("thread"))
    op.add_column("delivery", _listed("stages"))
    for name in ("claimed", "ended", "publish_at"):
        op.add_column("delivery", sa.Column(name, sa.BigInteger))
    for name in ("publish", "publish_note"):
        op.add_column("delivery", _words(name))
    op.create_index(
        "delivery_publish",
        "delivery",
        ["publish_at"],
        sqlite_where=sa.text("publish = 'wanted'"),
        postgresql_where=sa.text("publish = 'wanted'"),
    )


def _listed(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False, server_default="[]")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.text("0"))


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
