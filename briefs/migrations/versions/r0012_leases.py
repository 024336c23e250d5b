"""Keep what one of several processes has for a while.

Revises: 0011. Date: 2026-11-22. Why: processes that share a database take turns at what one of them
does for all, and share what Discord allows to one token.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody has anything yet."""
    op.create_table(
        "lease",
        sa.Column("name", sa.Text, primary_key=True, nullable=False),
        sa.Column("owner", sa.Text, nullable=False, server_default=""),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
