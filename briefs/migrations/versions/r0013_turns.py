"""Find what is on its way into the library by scope, and keep where somebody had a feed read.

Revises: 0012. Date: 2026-11-22. Why: scopes take turns, so that nobody's documents wait behind all
of another one's; and what is at the host of a feed is that feed's, wherever it says that it moved.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WAITS = "refused = ''"


def upgrade() -> None:
    """Make the indexes anew; a feed was given where it is read now, for all that is known."""
    op.add_column("feed", sa.Column("given", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE feed SET given = url")
    _index("intake_ready", ["backlog", "scope", "id"], f"{_WAITS} AND page = ''")
    _index("intake_page", ["scope", "not_before", "id"], f"{_WAITS} AND page <> ''")


def _index(name: str, columns: list[str], where: str) -> None:
    op.drop_index(name, "intake", if_exists=True)
    condition = sa.text(where)
    op.create_index(name, "intake", columns, sqlite_where=condition, postgresql_where=condition)
