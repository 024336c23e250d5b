"""`daybrief schedule history` and `why`: what was posted, what was not, and for which reason."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import arguments, session, terminal
from briefs.errors import UsageError
from briefs.model import Account, Scope, Step, Why

if TYPE_CHECKING:
    from briefs.histories import Link

Guild = Annotated[int, typer.Option(help="Only those of this guild")]
Json = Annotated[bool, typer.Option("--json", help="For programs")]


def history(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The schedule; all when not given")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List what became of each due time, the newest first."""
    from bot import markup
    from briefs import histories, pages

    call = session.of(context)
    with call.reading() as store:
        found = histories.chosen(store, Scope(guild) if guild else None, name)
        shown = histories.history(store, found, call.now, name=name, link=_link())
    if json:
        terminal.dump({"deliveries": [_account(each) for each in shown.accounts]})
    else:
        terminal.show(pages.lay_out(shown, markup.LIMITS))


def why(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The schedule")],
    date: Annotated[str, typer.Option(help="The day it was due, like 2026-11-22")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell every step of a briefing, and why it was posted or not."""
    from bot import markup
    from briefs import histories, pages

    call = session.of(context)
    with call.reading() as store:
        found = histories.chosen(store, Scope(guild) if guild else None, name)
        if len(found) > 1:
            guilds = ", ".join(str(each.scope) for each in found)
            raise UsageError(f"Several schedules are called so: give one of --guild {guilds}.")
        day = arguments.day(date)
        told = histories.why(store, found[0], day, call.now, link=_link())
    if json:
        terminal.dump(_json(told))
    else:
        terminal.show(pages.lay_out(told, markup.LIMITS))


def _link() -> "Link":
    from bot.views import histories

    return histories.link


def _account(account: Account) -> dict[str, object]:
    return {
        "schedule": account.schedule,
        "date": account.date.isoformat(),
        "slot": account.slot,
        "by_hand": account.by_hand,
        "due": terminal.iso(account.due),
        "state": str(account.state),
        "reason": account.reason,
        "ended": terminal.iso(account.ended),
        "messages": list(account.urls),
    }


def _json(why: Why) -> dict[str, object]:
    return {
        "schedule": why.schedule,
        "timezone": why.timezone,
        "paused": why.paused,
        "delivery": _account(why.account) if why.account else None,
        "stages": [_step(step) for step in why.steps],
        "next": [terminal.iso(at) for at in why.coming],
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "name": step.name,
        "text": step.text,
        "at": terminal.iso(step.at),
        "url": step.url,
        "until": terminal.iso(step.until),
    }
