"""Keep where a briefing was posted, what it quotes, what editors did to it, and corrections.

Revises: 0009. Date: 2026-11-22. Why: the buttons under a posted briefing work after a restart; a
correction is posted when an outlet changes a sentence that was quoted.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STALE = sa.text("stale = 1")
_OPEN = sa.text("state IN ('planned', 'ready', 'sending')")


def upgrade() -> None:
    """Make the tables; of what was posted before, nothing is corrected."""
    _postings()
    _edits()
    _corrections()


def _postings() -> None:
    op.create_table(
        "posting",
        _key("schedule"),
        sa.Column("date", sa.Text, primary_key=True, nullable=False),
        _key("slot"),
        _briefing(),
        sqlite_with_rowid=False,
    )
    op.create_index("posting_briefing", "posting", ["briefing"])
    op.create_table(
        "quoted",
        _key("document"),
        _briefing(in_key=True),
        _some("made", sa.BigInteger),
        _number("stale"),
        sqlite_with_rowid=False,
    )
    op.create_index("quoted_briefing", "quoted", ["briefing"])
    op.create_index(
        "quoted_stale", "quoted", ["made"], sqlite_where=_STALE, postgresql_where=_STALE
    )


def _edits() -> None:
    op.create_table(
        "briefing_edit",
        _numbered(),
        _big("scope"),
        _number("briefing"),
        _words("action"),
        _number("story"),
        _words("note"),
        _some("actor", sa.BigInteger),
        _some("at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    once = ["briefing", "action", "story", "note"]
    op.create_index("briefing_edit_once", "briefing_edit", once, unique=True)
    op.create_index("briefing_edit_scope", "briefing_edit", ["scope", "id"])


def _corrections() -> None:
    op.create_table(
        "correction",
        _numbered(),
        _briefing(),
        _number("document"),
        _number("revision"),
        _big("scope"),
        _number("schedule"),
        _big("channel"),
        _some("due", sa.BigInteger),
        _some("state", sa.Text),
        _words("how"),
        _words("reason"),
        _some("told", sa.JSON),
        _some("payload", sa.LargeBinary),
        _words("nonce"),
        _words("marker"),
        sa.Column("first_attempt", sa.BigInteger),
        sa.Column("not_before", sa.BigInteger),
        _number("attempts"),
        _big("message"),
        _number("fence"),
        sa.Column("lease_until", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    once = ["briefing", "document", "revision"]
    op.create_index("correction_once", "correction", once, unique=True)
    op.create_index(
        "correction_open", "correction", ["due"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def _briefing(*, in_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "briefing",
        sa.Integer,
        sa.ForeignKey("briefing.id", ondelete="CASCADE"),
        primary_key=in_key,
        autoincrement=False,
        nullable=False,
    )


def _numbered() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False, nullable=False)


def _some(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")
