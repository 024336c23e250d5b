"""A command with its arguments in, embeds out: asked again after a restart, it answers the same.

What is quoted is proved before it is drawn. What takes long to compute is computed apart.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import NamedTuple, TypeAlias

import discord
from discord import File

from bot import charts, embeds, markup
from bot.charts import Drawable
from bot.views import briefed, histories, interests, quoted, redrawn, rehearsing, sources
from bot.worker import Worker
from briefs import briefings, comparisons, corrections, lookups, pages, timing
from briefs.errors import NotFoundError, NotVerbatimError
from briefs.model import (
    Delivery,
    Document,
    DocumentId,
    Page,
    Quotation,
    Schedule,
    Scope,
    Summary,
)
from briefs.pages import Shown
from briefs.store import Store

log = logging.getLogger(__name__)

Arguments: TypeAlias = Mapping[str, str]
Drawn: TypeAlias = tuple[discord.Embed, ...]

_MOST_LISTED = 200
_MOST_HITS = 50
_MOST_EDITS = 50
_UNTOUCHED = "No editor has changed a posted briefing or a document here yet."
ADMINISTRATION = frozenset(
    {"documents", "document", "schedules", "preview", "simulate", "history", "why", "audit"}
    | sources.ADMINISTRATION
)


class Answer(NamedTuple):
    """The pages of an answer, and the picture that goes with the first, yet to be drawn."""

    pages: Drawn
    chart: Drawable | None = None


async def give(work: Worker, scope: Scope, command: str, arguments: Arguments) -> Answer:
    """Answer *command*, or raise NotFoundError when there is no such question."""
    if command in briefed.QUESTIONS:
        told = await briefed.ask(work, scope, command, arguments)
        chart = await briefed.chart(work, scope, command, arguments)
        return Answer(await work(_shown, scope, told), chart)
    if asked := _ASKED.get(command):
        return Answer(await work(_shown, scope, await asked(work, scope, command, arguments)))
    if command == "compare":
        both = arguments["first"], arguments["second"]
        found = await work.apart(comparisons.compare, scope, *both)
        return Answer(await work(_shown, scope, found))
    if command == "who":
        return await work(_who, scope, arguments)
    answer = _ANSWERS.get(command)
    if answer is None:
        raise NotFoundError("This answer is of an older version: ask again.")
    return Answer(await work(answer, scope, arguments))


async def attach(work: Worker, answer: Answer, page: int) -> tuple[discord.Embed, list[File]]:
    """Return a page with the file it shows; without the picture when that cannot be drawn."""
    shown = answer.pages[page - 1]
    if page != 1 or answer.chart is None:
        return shown, []
    try:
        picture = await work.analyse(charts.draw, answer.chart)
    except Exception:  # the answer stands without it
        log.exception("the chart could not be drawn")
        return shown, []
    about = charts.describe(answer.chart)
    file = File(BytesIO(picture), filename=charts.NAME, description=about)
    return shown.copy().set_image(url=f"attachment://{charts.NAME}"), [file]


def day_before(store: Store, scope: Scope, now: datetime, hours: int) -> tuple[datetime, datetime]:
    """Return the last *hours* up to *now*; for 0 the day up to the newest arrival."""
    return (now - timedelta(hours=hours), now) if hours else briefings.last_day(store, scope, now)


def draw(laid_out: Iterable[Page]) -> Drawn:
    """Draw each page."""
    return tuple(embeds.embed(page) for page in laid_out)


def summarised(summary: Summary, document: Document) -> Drawn:
    """Draw the summary of a *document* that is stored nowhere, compared with its text."""
    laid_out = pages.lay_out(summary, markup.LIMITS)
    for page in laid_out:
        for run in page.runs:
            if isinstance(run, Quotation) and run.span is not None:
                start, end = run.span
                if document.text[start:end] != run.text:
                    raise NotVerbatimError("A line is not in the document, so nothing is shown.")
    return draw(laid_out)


def _shown(store: Store, scope: Scope, shown: Shown) -> Drawn:
    laid_out = pages.lay_out(shown, markup.LIMITS)
    lookups.prove(store, scope, laid_out)
    return draw(laid_out)


def _told(command: str, store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    return _shown(store, scope, histories.ask(store, scope, command, arguments))


def _kept(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    """Show a briefing as it was posted."""
    return draw(briefed.kept_pages(store, scope, int(arguments["number"])))


def _explain(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    return draw(briefed.reasons(store, scope, arguments))


def _latest(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    """Show a copy of the newest briefing that was posted, titled with a link to it."""
    name = arguments["schedule"]
    wanted = rehearsing.schedule(store, scope, name).id if name else None
    parts = store.deliveries.latest_sent(scope, wanted)
    if not parts:
        raise NotFoundError("No briefing has been posted yet: /schedule next says when one is due.")
    return tuple(_posted(part, scope) for part in redrawn.current(store, scope, parts))


def _posted(part: Delivery, scope: Scope) -> discord.Embed:
    """Draw what was posted, plain text too; in a forum it is the first message of a post."""
    posted = json.loads(part.payload)
    body = posted.get("message", posted)
    shown = body.get("embeds") or [{"description": body.get("content", ""), "title": embeds.NAME}]
    drawn = discord.Embed.from_dict(shown[0])
    where = part.thread or part.channel
    drawn.url = f"https://discord.com/channels/{scope}/{where}/{part.message}"
    return drawn


def _who(store: Store, scope: Scope, arguments: Arguments) -> Answer:
    card = lookups.who(store, scope, arguments["name"], view=arguments["view"])
    return Answer(_shown(store, scope, card), charts.of(card))


def _timeline(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    since, until = (briefed.day(arguments[edge]) for edge in ("since", "until"))
    found = lookups.timeline(store, scope, arguments["subject"], since=since, until=until)
    return _shown(store, scope, found)


def _trending(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    found = comparisons.trending(
        store,
        scope,
        until=date.fromisoformat(arguments["until"]),
        window=arguments["window"],
        kind=arguments["kind"],
    )
    return _shown(store, scope, found)


def _quotes(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    found = lookups.quotes(store, scope, arguments["person"], about=arguments["about"])
    return _shown(store, scope, found)


def _search(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    return _shown(store, scope, lookups.search(store, scope, arguments["query"], limit=_MOST_HITS))


def _documents(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    shelf = lookups.shelf(store, scope, title=arguments["title"], limit=_MOST_LISTED)
    return _shown(store, scope, shelf)


def _document(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    """Show the whole text of a document, and what it said before."""
    number = DocumentId(int(arguments["document"]))
    return _shown(store, scope, corrections.edition(store, scope, number))


def _schedules(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    """List the schedules of the guild with the next time each is due."""
    now = datetime.fromisoformat(arguments["now"])
    rows = [_line(schedule, now) for schedule in own(store, scope)]
    if not rows:
        raise NotFoundError("There are no schedules here: make one with /schedule create.")
    return listed("Schedules", rows)


def _quoted(command: str, store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    """Answer what is asked of a posted briefing."""
    return draw(quoted.answer(store, scope, command, arguments))


def _audit(store: Store, scope: Scope, arguments: Arguments) -> Drawn:
    """List what editors did to posted briefings and to documents, the newest first."""
    del arguments
    done = sorted([*quoted.edits(store, scope), *_retouched(store, scope)], reverse=True)
    rows = [row for _, row in done]
    return listed("Audit", rows or [_UNTOUCHED])


def _retouched(store: Store, scope: Scope) -> Iterable[tuple[datetime, str]]:
    """Yield when and by whom documents were corrected by hand, in Discord's text."""
    for edit in store.edits.listing(scope, limit=_MOST_EDITS):
        fields = {"title": edit.title, "source": edit.source, "author": edit.author}
        named = [name for name, value in fields.items() if value is not None]
        what = ", ".join([*named, *(["date"] if edit.published else [])])
        when = f"<t:{int(edit.at.timestamp())}:f>"
        yield edit.at, f"{when}: document {edit.document}, {what} corrected by <@{edit.actor}>"


def _line(schedule: Schedule, now: datetime) -> str:
    name, about = markup.plain(schedule.name), markup.plain(schedule.about)
    when = f"{timing.spell_times(schedule.times)} {timing.spell_days(schedule.days)}"
    due = timing.next_due(schedule, now)
    state = f"next <t:{int(due[0].at.timestamp())}:F>" if due else "never due"
    if schedule.paused:
        state = f"paused: {markup.plain(schedule.paused)}"
    elif timing.why_off(schedule, now):
        state = f"paused until {timing.spell_until(schedule)}; {state}"
    topic = f", about {about}" if about else ""
    file = ", from config.toml" if schedule.owner == "file" else ""
    zone = f"{markup.plain(schedule.timezone)}{_except(schedule)}"
    return f"**{name}** in <#{schedule.channel}>: {when}, {zone}{topic}{file}; {state}"


def _except(schedule: Schedule) -> str:
    """Say on which days and in which hours nothing of *schedule* is posted."""
    skip = f", but for {timing.spell_skip(schedule.skip)}" if schedule.skip else ""
    return f"{skip}, quiet {timing.spell_quiet(schedule.quiet)}" if schedule.quiet else skip


def listed(title: str, rows: Iterable[str]) -> Drawn:
    """Fill embeds with *rows* of Discord's text, none longer than an embed takes."""
    filled, current = [], ""
    for row in rows:
        if current and markup.length(current) + markup.length(row) > markup.LIMITS.body:
            filled.append(current)
            current = ""
        current += f"{row}\n"
    filled.append(current)
    return tuple(
        discord.Embed(title=title, description=text, colour=embeds.COLOUR) for text in filled
    )


def own(store: Store, scope: Scope) -> tuple[Schedule, ...]:
    """Return the schedules that belong to *scope* itself."""
    return tuple(each for each in store.schedules.listing(scope) if each.scope == scope)


_ASKED: Mapping[str, Callable[[Worker, Scope, str, Arguments], Awaitable[Shown]]] = {
    **dict.fromkeys(rehearsing.QUESTIONS, rehearsing.ask),
    **dict.fromkeys(interests.QUESTIONS, interests.ask),
    **dict.fromkeys(sources.QUESTIONS, sources.ask),
}
_ANSWERS: dict[str, Callable[[Store, Scope, Arguments], Drawn]] = {
    "latest": _latest,
    "kept": _kept,
    "explain": _explain,
    "quotes": _quotes,
    "timeline": _timeline,
    "trending": _trending,
    "search": _search,
    "documents": _documents,
    "document": _document,
    "schedules": _schedules,
    "audit": _audit,
    "sources": partial(_quoted, "sources"),
    "reasons": partial(_quoted, "reasons"),
    "history": partial(_told, "history"),
    "why": partial(_told, "why"),
}
