"""`daybrief schedule`: when briefings are due."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli import arguments, session, terminal
from briefs import timing
from briefs.model import PUBLIC, Due, Schedule, Scope

app = typer.Typer(no_args_is_help=True, help="When briefings are due.")

Json = Annotated[bool, typer.Option("--json", help="For programs")]


@app.command("list")
def listing(
    context: typer.Context,
    guild: Annotated[int, typer.Option(help="Only those of this guild")] = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List the schedules with the next time each is due."""
    call = session.of(context)
    with call.reading() as store:
        kept = store.schedules.listing(Scope(guild)) if guild else store.schedules.every()
    if json:
        terminal.dump({"schedules": [_json(each, call.now) for each in kept]})
        return
    if not kept:
        sys.stdout.write("There are no schedules: make one with /schedule create in Discord.\n")
    for each in kept:
        sys.stdout.write(f"{each.name}: {_in_words(each, call.now)}\n")


@app.command("next")
def coming(
    context: typer.Context,
    time: Annotated[str, typer.Option(help="HH:MM, or several with commas")],
    timezone: Annotated[str, typer.Option(help="Europe/Kyiv and the like")],
    days: Annotated[str, typer.Option(help="daily, or mon,tue")] = "daily",
    after: Annotated[str, typer.Option(help="Due times after this; now when not given")] = "",
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 5,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show when a briefing with these times would be due."""
    now = session.of(context).now
    start = arguments.moment(after, before=now) if after else now
    schedule = _schedule(time, days, timezone, start)
    due = timing.next_due(schedule, start, count)
    if json:
        terminal.dump({"due": [terminal.iso(each.at) for each in due]})
        return
    for each in due:
        sys.stdout.write(f"{_local(each, timezone)}\n")


def _schedule(time: str, days: str, timezone: str, now: datetime) -> Schedule:
    return timing.make(
        name="next", channel=0, times=time, days=days, timezone=timezone, scope=PUBLIC, now=now
    )


def _json(schedule: Schedule, now: datetime) -> dict[str, object]:
    due = timing.next_due(schedule, now, 1)
    return {
        "name": schedule.name,
        "guild": schedule.scope,
        "channel": schedule.channel,
        "times": [f"{at:%H:%M}" for at in schedule.times],
        "days": timing.spell_days(schedule.days),
        "timezone": schedule.timezone,
        "paused": schedule.paused,
        "next": terminal.iso(due[0].at) if due else None,
    }


def _in_words(schedule: Schedule, now: datetime) -> str:
    times = " and ".join(f"{at:%H:%M}" for at in schedule.times)
    where = f"{times} {schedule.timezone}, {timing.spell_days(schedule.days)}"
    if schedule.paused:
        return f"{where}; paused: {schedule.paused}"
    due = timing.next_due(schedule, now, 1)
    return f"{where}; next {_local(due[0], schedule.timezone)}" if due else f"{where}; never due"


def _local(due: Due, timezone: str) -> str:
    at = due.at.astimezone(timing.zone(timezone))
    return f"{at:%a %d %b %Y %H:%M %Z} ({due.at.astimezone(UTC):%F %H:%M} UTC)"
