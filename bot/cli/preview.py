"""`daybrief preview` and `figures`: what Discord would show of a window, in the terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import arguments, session, terminal
from briefs.errors import UsageError
from briefs.model import Briefing, FigureTable, Line, Page, Scope

if TYPE_CHECKING:
    from briefs.briefings import Asked
    from briefs.store import Store

Since = Annotated[str, typer.Option(help="2026-11-22T07:30Z, or 24h or 7d before the end")]
Until = Annotated[str, typer.Option(help="The end; the newest arrival when not given")]
About = Annotated[str, typer.Option(help="A topic, or words that must all stand in a document")]
Guild = Annotated[int, typer.Option(help="Also what this guild alone may read")]
Json = Annotated[bool, typer.Option("--json", help="For programs")]


def preview(
    context: typer.Context,
    since: Since = "",
    until: Until = "",
    about: About = "",
    length: Annotated[
        str, typer.Option(help="short, normal, long, or like “20 lines”, “300 words”, “3 minutes”")
    ] = "normal",
    sections: Annotated[
        str, typer.Option(help="What to show, in this order, with commas: lines,figures,…")
    ] = "",
    why: Annotated[bool, typer.Option("--why", help="Why these lines, and why no others")] = False,  # noqa: FBT002
    html: Annotated[str, typer.Option(help="Write it into this file as HTML too")] = "",
    chart: Annotated[str, typer.Option(help="Draw who reported when into this PNG")] = "",
    markdown: Annotated[str, typer.Option(help="Write it into this file as Markdown too")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show the briefing that would be posted, and record nothing."""
    from bot import markup
    from briefs import briefings, exports, lookups, pages
    from briefs.model import Explanation

    call = session.of(context)
    scope = session.scope(guild)
    with call.reading() as store:
        asked = _asked(store, call, guild, since=since, until=until, about=about)
        wanted = tuple(name.strip() for name in sections.split(",") if name.strip())
        briefing = briefings.compose(store, scope, _longer(asked, length, wanted))
        laid_out = pages.lay_out(briefing, markup.LIMITS)
        reasons = pages.lay_out(Explanation(briefing=briefing), markup.LIMITS) if why else ()
        lookups.prove(store, scope, (*laid_out, *reasons))
        if chart:
            _draw(store, scope, asked, chart)
    _save(html, lambda: exports.html(laid_out))
    _save(markdown, lambda: exports.markdown(laid_out))
    if json:
        terminal.dump(_json(briefing, laid_out))
    else:
        terminal.show((*laid_out, *reasons))


def figures(
    context: typer.Context,
    since: Since = "",
    until: Until = "",
    about: About = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show the figures of the stories by source; those that differ stand side by side."""
    from bot import markup
    from briefs import briefings, lookups, pages

    call = session.of(context)
    scope = session.scope(guild)
    with call.reading() as store:
        asked = _asked(store, call, guild, since=since, until=until, about=about)
        found = briefings.figures(store, scope, asked)
        laid_out = pages.lay_out(found, markup.LIMITS)
        lookups.prove(store, scope, laid_out)
    if json:
        terminal.dump(_figures_json(found))
    else:
        terminal.show(laid_out)


def _asked(
    store: "Store", call: session.Session, guild: int, *, since: str, until: str, about: str
) -> "Asked":
    from briefs.briefings import Asked

    newest = store.documents.newest_arrival(session.scope(guild))
    start, end = arguments.window(since, until, newest=newest, now=call.now)
    return Asked(since=start, until=end, about=about)


def _longer(asked: "Asked", length: str, sections: tuple[str, ...]) -> "Asked":
    from dataclasses import replace

    return replace(asked, length=length, sections=sections)


def _draw(store: "Store", scope: Scope, asked: "Asked", name: str) -> None:
    from bot import charts
    from briefs import briefings

    reported = briefings.coverage(store, scope, asked)
    if reported is None:
        raise UsageError("There is nothing to draw: no such document arrived in that window.")
    _write(name, charts.draw(reported))


def _save(name: str, make: Callable[[], str]) -> None:
    """Write what *make* returns into the file *name*, if one is named."""
    if name:
        _write(name, make().encode())


def _write(name: str, body: bytes) -> None:
    try:
        Path(name).write_bytes(body)
    except OSError as error:
        raise UsageError(
            f"{name} cannot be written ({error.strerror}): name a file in a folder of yours."
        ) from error


def _json(briefing: Briefing, laid_out: tuple[Page, ...]) -> dict[str, object]:
    from bot import markup
    from briefs import exports

    pages = [{"title": page.title, "body": markup.body(page)} for page in laid_out]
    return {**exports.data(briefing), "pages": pages}


def _figures_json(table: FigureTable) -> dict[str, object]:
    from briefs import exports

    return {"about": table.about, "stories": [exports.figures(each) for each in table.stories]}


def line_json(line: Line) -> dict[str, object]:
    """Write *line* as every JSON of ours does."""
    from briefs.exports.data import line as plain

    return plain(line)
