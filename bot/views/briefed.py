"""Questions about briefings in, what is to be shown out: asked again, they answer the same."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TypeAlias

from discord import File

from bot import markup
from bot.views import quoted
from bot.worker import Worker
from briefs import briefings, claims, exports, pages
from briefs.briefings import Asked
from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    Archive,
    Briefing,
    Coverage,
    Explanation,
    FigureTable,
    Page,
    Scope,
    Traced,
)
from briefs.pages import Shown, phrases
from briefs.store import Store

QUESTIONS = frozenset({"brief", "figures", "archive", "claim"})
VISIT, BRIEFING = "my last visit", "the last briefing"
_DAYS = 30  # of which changes are told, at the most
_LISTED = 100  # briefings of an archive

Arguments: TypeAlias = Mapping[str, str]


async def ask(work: Worker, scope: Scope, command: str, arguments: Arguments) -> Shown:
    """Answer one of `QUESTIONS`; what reads many documents is done apart."""
    return await work.apart(_QUESTIONS[command], scope, arguments)


async def chart(work: Worker, scope: Scope, command: str, arguments: Arguments) -> Coverage | None:
    """Return who reported on what a briefing is asked to be on; None for other answers."""
    if command != "brief":
        return None
    return await work.apart(briefings.coverage, scope, asked(arguments))


def asked(arguments: Arguments) -> Asked:
    """Return what a briefing is asked to be on, of what was kept of a command."""
    return Asked(
        since=datetime.fromisoformat(arguments["since"]),
        until=datetime.fromisoformat(arguments["until"]),
        about=arguments["about"],
        length=arguments.get("length", "normal"),
        user=int(arguments.get("user", "0")),
        samples=arguments.get("samples", "yes") == "yes",
        backlog=arguments.get("backlog", "yes") == "yes",
    )


def last_time(
    store: Store, scope: Scope, user: int, since: str, now: datetime
) -> tuple[datetime, datetime]:
    """Return the window of what has changed for *user*, and note the visit.

    *since* is `VISIT`, `BRIEFING` or a number of hours; without a visit or a briefing, 24.
    """
    visit = store.visits.seen(scope, user, now)
    last = store.briefings.latest(scope)
    known = {VISIT: visit, BRIEFING: last.until if last else None}
    hours = 24 if since in known else int(since)
    at = known.get(since) or now - timedelta(hours=hours)
    return max(at, now - timedelta(days=_DAYS)), now


def kept_pages(store: Store, scope: Scope, number: int) -> tuple[Page, ...]:
    """Return the pages of a kept briefing as they were shown; of one withdrawn, that it was."""
    record, kept = briefings.kept(store, scope, number)
    return quoted.noted(store, scope, record.id, briefings.shown(store, scope, kept.pages))


def reasons(store: Store, scope: Scope, arguments: Arguments) -> tuple[Page, ...]:
    """Return why a kept briefing, or one of its stories, is as it is."""
    number, story = int(arguments["number"]), int(arguments["story"])
    record, kept = briefings.kept(store, scope, number)
    many = len(kept.briefing.items)
    if story > many:
        stories = f"only {phrases.count(many, 'story', 'stories')}" if many else "no stories"
        raise NotFoundError(f"Briefing {record.id} has {stories}: leave the story out to see all.")
    told = Explanation(briefing=kept.briefing, story=story, number=record.id)
    return briefings.shown(store, scope, pages.lay_out(told, markup.LIMITS))


def file(store: Store, scope: Scope, number: int, form: str) -> File:
    """Return a kept briefing as a file: markdown, html or json."""
    record, kept = briefings.kept(store, scope, number)
    shown = kept_pages(store, scope, record.id)
    body = {
        "markdown": lambda: exports.markdown(shown).encode(),
        "html": lambda: exports.html(shown).encode(),
        "json": lambda: exports.dump(kept),
    }[form]()
    suffix = {"markdown": "md"}.get(form, form)
    return File(BytesIO(body), filename=f"briefing-{record.id}.{suffix}")


def day(text: str) -> date | None:
    """Read a day that was written like 2026-11-22; "" is none."""
    try:
        return date.fromisoformat(text.strip()) if text else None
    except ValueError as error:
        raise UsageError(f"“{text[:40]}” is no day: write it like 2026-11-22.") from error


def _brief(store: Store, scope: Scope, arguments: Arguments) -> Briefing:
    return briefings.compose(store, scope, asked(arguments))


def _figures(store: Store, scope: Scope, arguments: Arguments) -> FigureTable:
    return briefings.figures(store, scope, asked(arguments))


def _archive(store: Store, scope: Scope, arguments: Arguments) -> Archive:
    found = store.briefings.listing(
        scope, limit=_LISTED, schedule=arguments["schedule"], day=day(arguments["day"])
    )
    return Archive(records=found)


def _claim(store: Store, scope: Scope, arguments: Arguments) -> Traced:
    return claims.trace(store, scope, arguments["claim"])


_QUESTIONS: dict[str, Callable[[Store, Scope, Arguments], Shown]] = {
    "brief": _brief,
    "figures": _figures,
    "archive": _archive,
    "claim": _claim,
}
