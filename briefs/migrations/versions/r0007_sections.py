"""Keep which sections the briefings of a schedule have.

Revises: 0006. Date: 2026-11-22. Why: they can be switched and ordered for each schedule.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the schedules that there are show every section."""
    op.add_column("schedule", sa.Column("sections", sa.JSON, nullable=False, server_default="[]"))
