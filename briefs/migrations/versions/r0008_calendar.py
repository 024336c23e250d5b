"""Keep the days that a schedule skips, its quiet hours, and when its pause ends.

Revises: 0007. Date: 2026-11-22. Why: holidays, nights and absences, without a hand to pause it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the schedules that there are skip nothing and are never quiet."""
    op.add_column("schedule", sa.Column("skip", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("schedule", sa.Column("quiet", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("schedule", sa.Column("paused_until", sa.BigInteger))
