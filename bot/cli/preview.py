"""`daybrief preview`: the briefing that Discord would show, in the terminal."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli import arguments, session, terminal
from briefs.model import Briefing, Item, Line, Page


class Length(StrEnum):
    """How much a briefing may say."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


def preview(
    context: typer.Context,
    since: Annotated[str, typer.Option(help="2026-11-22T07:30Z, or 24h or 7d before the end")] = "",
    until: Annotated[str, typer.Option(help="The end; the newest arrival when not given")] = "",
    about: Annotated[str, typer.Option(help="Only documents in which all these words stand")] = "",
    length: Annotated[Length, typer.Option(help="How much it may say")] = Length.NORMAL,
    guild: Annotated[int, typer.Option(help="Also what this guild alone may read")] = 0,
    json: Annotated[bool, typer.Option("--json", help="For programs")] = False,  # noqa: FBT002
) -> None:
    """Show the briefing that would be posted, and record nothing."""
    from bot import markup
    from briefs import briefings, lookups, pages

    call = session.of(context)
    scope = session.scope(guild)
    with call.reading() as store:
        newest = store.documents.newest_arrival(scope)
        start, end = arguments.window(since, until, newest=newest, now=call.now)
        briefing = briefings.compose(
            store, scope, since=start, until=end, about=about, length=length.value
        )
        laid_out = pages.lay_out(briefing, markup.LIMITS)
        lookups.prove(store, scope, laid_out)
    if json:
        terminal.dump(_json(briefing, laid_out))
    else:
        terminal.show(laid_out)


def _json(briefing: Briefing, laid_out: tuple[Page, ...]) -> dict[str, object]:
    from bot import markup

    return {
        "since": terminal.iso(briefing.since),
        "until": terminal.iso(briefing.until),
        "stories": [_story(item) for item in briefing.items],
        "reason": briefing.reason,
        "pages": [{"title": page.title, "body": markup.body(page)} for page in laid_out],
    }


def _story(item: Item) -> dict[str, object]:
    return {
        "headline": item.headline.title,
        "documents": list(item.story.documents),
        "origins": len(item.story.origins),
        "outlets": len(item.story.outlets),
        "lines": [line_json(line) for line in item.lines],
    }


def line_json(line: Line) -> dict[str, object]:
    """Write *line* as every JSON of ours does."""
    return {
        "text": line.text,
        "document": line.document,
        "start": line.span.start,
        "end": line.span.end,
        "source": line.source,
        "url": line.url,
        "published": terminal.iso(line.published),
    }
