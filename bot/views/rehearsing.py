"""Questions about what a schedule posts now, or would have posted, in; what is to be shown out."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from bot.worker import Worker
from briefs import briefings, simulations
from briefs.briefings import Asked
from briefs.model import Briefing, Schedule, Scope, Simulation
from briefs.store import Store

Arguments: TypeAlias = Mapping[str, str]

_PATIENCE = 30.0  # seconds, half of what the worker is given: one more briefing takes some, too
QUESTIONS = frozenset({"preview", "simulate"})


async def ask(
    work: Worker, scope: Scope, command: str, arguments: Arguments
) -> Briefing | Simulation:
    """Answer *command*, preview or simulate; nothing is recorded."""
    found = await work(schedule, scope, arguments["schedule"])
    now = datetime.fromisoformat(arguments["now"])
    if command == "simulate":
        days = int(arguments["days"])
        return await work.apart(
            simulations.simulate, scope, found, now=now, days=days, patience=_PATIENCE
        )
    asked = await work(_asked, scope, found, now)
    return await work.apart(briefings.compose, scope, asked)


def schedule(store: Store, scope: Scope, name: str) -> Schedule:
    """Return the schedule called *name* of *scope* itself; one of another is as good as none."""
    return store.schedules.own(scope, name)


def _asked(store: Store, scope: Scope, found: Schedule, now: datetime) -> Asked:
    """Ask for what a schedule would post now."""
    return Asked(
        since=found.covered_until,
        until=now,
        about=found.about,
        length=found.length,
        sections=found.sections,
        samples=not store.documents.has_other_than_samples(scope),
        backlog=False,
    )
