"""Questions about what became of briefings in, what is to be shown out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TypeAlias

from briefs import histories
from briefs.errors import UsageError
from briefs.model import Delivery, History, Schedule, Scope, Why
from briefs.store import Store

Arguments: TypeAlias = Mapping[str, str]


def ask(store: Store, scope: Scope, command: str, arguments: Arguments) -> History | Why:
    """Answer *command*, history or why, on the schedules of *scope* itself."""
    found = histories.chosen(store, scope, arguments["name"])
    now = datetime.fromisoformat(arguments.get("now") or datetime.now(UTC).isoformat())
    if command == "history":
        return histories.history(store, found, now, name=arguments["name"], link=link)
    if len(found) != 1:
        raise UsageError("Name one of the schedules: /schedule list shows them.")
    day = date.fromisoformat(arguments["date"]) if arguments["date"] else None
    return histories.why(store, found[0], day, now, link=link)


def link(schedule: Schedule, row: Delivery) -> str:
    """Return the address of the message that *row* became."""
    where = "@me" if schedule.kind == "direct" else str(schedule.scope)
    return f"https://discord.com/channels/{where}/{row.thread or row.channel}/{row.message}"
