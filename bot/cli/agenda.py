"""`daybrief schedule`: when briefings are due, and what they would have been."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import arguments, session, terminal
from briefs import timing
from briefs.errors import UsageError
from briefs.model import PUBLIC, Due, Schedule, Scope, Simulated, Simulation

if TYPE_CHECKING:
    from briefs.store import Store

app = typer.Typer(no_args_is_help=True, help="When briefings are due.")

Guild = Annotated[int, typer.Option(help="Only those of this guild")]
Json = Annotated[bool, typer.Option("--json", help="For programs")]


@app.command("list")
def listing(
    context: typer.Context,
    guild: Guild = 0,
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
    name: Annotated[str, typer.Argument(help="A schedule; or else give --time, --timezone")] = "",
    time: Annotated[str, typer.Option(help="HH:MM, or several with commas")] = "",
    timezone: Annotated[str, typer.Option(help="Europe/Kyiv and the like")] = "",
    days: Annotated[str, typer.Option(help="daily, mon,tue, 1,15, last or last fri")] = "daily",
    skip: Annotated[str, typer.Option(help="Dates to skip: 2026-12-25,12-25,12-24..01-02")] = "",
    quiet: Annotated[str, typer.Option(help="Quiet hours: 22:00-07:00")] = "",
    after: Annotated[str, typer.Option(help="Due times after this; now when not given")] = "",
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 5,
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show when a briefing is due, or would be with these times."""
    call = session.of(context)
    start = arguments.moment(after, before=call.now) if after else call.now
    if name:
        with call.reading() as store:
            schedule = _called(store, name, guild)
    elif time and timezone:
        schedule = _made(time, days, timezone, skip=skip, quiet=quiet, now=start)
    else:
        raise UsageError("Name a schedule, or give --time and --timezone.")
    due = timing.next_due(schedule, start, count)
    if json:
        terminal.dump({"due": [terminal.iso(each.at) for each in due]})
        return
    for each in due:
        sys.stdout.write(f"{_local(each, schedule.timezone)}\n")
    for line in _remarks(schedule, start):
        sys.stdout.write(f"{line}\n")


@app.command()
def simulate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The schedule")],
    days: Annotated[int, typer.Option(min=1, max=31, help="How many days back")] = 7,
    until: Annotated[str, typer.Option(help="The end of these days; now when not given")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show what a schedule would have posted in the last days; nothing is recorded."""
    from bot import markup
    from briefs import lookups, pages, simulations

    call = session.of(context)
    end = arguments.moment(until, before=call.now) if until else call.now
    with call.reading() as store:
        schedule = _called(store, name, guild)
        shown = simulations.simulate(store, schedule.scope, schedule, now=end, days=days)
        laid_out = pages.lay_out(shown, markup.LIMITS)
        lookups.prove(store, schedule.scope, laid_out)
    if json:
        terminal.dump(_simulation(shown))
    else:
        terminal.show(laid_out)


def _called(store: "Store", name: str, guild: int) -> Schedule:
    """Return the only schedule of that name; UsageError when there are more."""
    from briefs import histories

    found = histories.chosen(store, Scope(guild) if guild else None, name)
    if len(found) > 1:
        guilds = ", ".join(str(each.scope) for each in found)
        raise UsageError(f"Several schedules are called so: give one of --guild {guilds}.")
    return found[0]


def _made(time: str, days: str, timezone: str, *, skip: str, quiet: str, now: datetime) -> Schedule:
    return timing.make(
        name="next",
        channel=0,
        times=time,
        days=days,
        timezone=timezone,
        scope=PUBLIC,
        now=now,
        skip=skip,
        quiet=quiet,
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
        "skip": timing.spell_skip(schedule.skip),
        "quiet": timing.spell_quiet(schedule.quiet),
        "paused": schedule.paused,
        "paused_until": terminal.iso(schedule.paused_until),
        "next": terminal.iso(due[0].at) if due else None,
    }


def _in_words(schedule: Schedule, now: datetime) -> str:
    times = " and ".join(f"{at:%H:%M}" for at in schedule.times)
    where = f"{times} {schedule.timezone}, {timing.spell_days(schedule.days)}"
    if schedule.skip:
        where += f", but for {timing.spell_skip(schedule.skip)}"
    if schedule.quiet:
        where += f", quiet {timing.spell_quiet(schedule.quiet)}"
    if schedule.paused:
        return f"{where}; paused: {schedule.paused}"
    due = timing.next_due(schedule, now, 1)
    return f"{where}; next {_local(due[0], schedule.timezone)}" if due else f"{where}; never due"


def _remarks(schedule: Schedule, now: datetime) -> tuple[str, ...]:
    """Return what there is to know about these times, a sentence each."""
    off = timing.why_off(schedule, now)
    return (*timing.notes(schedule), *([off] if off else []))


def _local(due: Due, timezone: str) -> str:
    at = due.at.astimezone(timing.zone(timezone))
    return f"{at:%a %d %b %Y %H:%M %Z} ({due.at.astimezone(UTC):%F %H:%M} UTC)"


def _simulation(shown: Simulation) -> dict[str, object]:
    return {
        "schedule": shown.schedule,
        "timezone": shown.timezone,
        "since": terminal.iso(shown.since),
        "until": terminal.iso(shown.until),
        "paused": shown.paused,
        "left_out": shown.left_out,
        "due": [_simulated(row) for row in shown.rows],
    }


def _simulated(row: Simulated) -> dict[str, object]:
    return {
        "date": row.due.date.isoformat(),
        "slot": row.due.slot,
        "due": terminal.iso(row.due.at),
        "since": terminal.iso(row.since),
        "until": terminal.iso(row.until),
        "reason": row.reason,
        "documents": row.documents,
        "headlines": [
            {"title": line.title, "document": line.document, "source": line.source}
            for line in row.headlines
        ],
        "left_out": row.left_out,
    }
