"""Let the names of a day be found, those in the most documents first.

Revises: 0003. Date: 2026-11-22. Why: to compare a stretch of days with the one before it.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("entity_day_day", "entity_day", ["scope", "day", "documents"])
