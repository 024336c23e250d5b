"""`daybrief entity`, `quotes`, `timeline`, `compare`, `search` …: what the library knows."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import arguments, session, terminal
from bot.cli.preview import line_json
from briefs.errors import NotFoundError
from briefs.model import (
    Card,
    Companion,
    Compared,
    Comparison,
    Dated,
    Held,
    Said,
    Scope,
    Trending,
)

if TYPE_CHECKING:
    from briefs.pages import Shown
    from briefs.store import Store

Guild = Annotated[int, typer.Option(help="Also what this guild alone may read")]
_VIEWS = ("card", "quotes", "mentions", "timeline", "network", "names")
Json = Annotated[bool, typer.Option("--json", help="For programs")]


def entity(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name, in any spelling, or a handle")],
    view: Annotated[str, typer.Option(help=f"What to show: {', '.join(_VIEWS)}")] = "card",
    chart: Annotated[str, typer.Option(help="Draw the mentions over time into this PNG")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show who or what this is: roles, quotes, company and dates, each with its source."""
    from briefs import lookups

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        if chart:
            _draw(store, scope, name, Path(chart))
        if json:
            terminal.dump(_card_json(lookups.who(store, scope, name, view=lookups.WHOLE)))
        elif not chart:
            _show(store, scope, lookups.who(store, scope, name, view=view))


def quotes(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A person")],
    about: Annotated[str, typer.Option(help="Only quotes in which all these words stand")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show what somebody said, exactly, and where."""
    from briefs import lookups

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = lookups.quotes(store, scope, name, about=about)
        if json:
            terminal.dump({"name": found.speaker, "quotes": [_said_json(q) for q in found.said]})
        else:
            _show(store, scope, found)


def timeline(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name, or the words of a subject")],
    since: Annotated[str, typer.Option(help="The first day, like 2026-11-22")] = "",
    until: Annotated[str, typer.Option(help="The last day")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show what happened when: lines with the day they speak of, or else were published."""
    from briefs import lookups

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        days = {"since": arguments.day(since), "until": arguments.day(until)}
        found = lookups.timeline(store, scope, name, **days)
        if json:
            entries = [_dated_json(entry) for entry in found.entries]
            terminal.dump({"subject": found.subject, "entries": entries})
        else:
            _show(store, scope, found)


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="A person, an organisation or a place")],
    second: Annotated[str, typer.Argument(help="Another one")],
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show two side by side: roles, documents, company, and quotes on the same stories."""
    from briefs import comparisons

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = comparisons.compare(store, scope, first, second)
        if json:
            terminal.dump(_comparison_json(found))
        else:
            _show(store, scope, found)


def trending(
    context: typer.Context,
    window: Annotated[str, typer.Option(help="The last days: 24h, 7d or 30d")] = "7d",
    kind: Annotated[
        str, typer.Option(help="Only person, organisation, place, event or product")
    ] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show who is in more or fewer documents than in as many days before."""
    from briefs import comparisons

    scope = session.scope(guild)
    call = session.of(context)
    with call.reading() as store:
        until = call.now.date()
        found = comparisons.trending(store, scope, until=until, window=window, kind=kind)
        if json:
            terminal.dump(_trending_json(found))
        else:
            _show(store, scope, found)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words that must all stand in the document")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many lines")] = 10,
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show the lines in which the words stand, the newest first."""
    from briefs import lookups

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = lookups.search(store, scope, query, limit=limit)
        if json:
            hits = [
                {
                    **line_json(hit.line),
                    "title": hit.line.title,
                    "marks": [list(mark) for mark in hit.marks],
                }
                for hit in found.hits
            ]
            terminal.dump({"query": query, "hits": hits, "more": found.more})
        else:
            _show(store, scope, found)


def _show(store: "Store", scope: Scope, shown: "Shown") -> None:
    from bot import markup
    from briefs import lookups, pages

    laid_out = pages.lay_out(shown, markup.LIMITS)
    lookups.prove(store, scope, laid_out)
    terminal.show(laid_out)


def _said_json(quote: Said) -> dict[str, object]:
    return {**line_json(quote.line), "how": quote.how}


def _held_json(held: Held) -> dict[str, object]:
    return {
        **line_json(held.line),
        "first": terminal.iso(held.first),
        "last": terminal.iso(held.last),
        "documents": held.documents,
    }


def _companion_json(each: Companion) -> dict[str, object]:
    return {"name": each.name, "kind": each.kind, "documents": each.documents}


def _comparison_json(found: Comparison) -> dict[str, object]:
    return {
        "first": _compared_json(found.first),
        "second": _compared_json(found.second),
        "documents": found.documents,
        "looked_at": found.looked_at,
        "together": [line_json(line) for line in found.together],
        "company": [_companion_json(each) for each in found.company],
    }


def _compared_json(side: Compared) -> dict[str, object]:
    card = side.card
    return {
        "name": card.name,
        "kind": card.kind,
        "roles": [_held_json(held) for held in card.roles],
        "mentions": card.mentions,
        "documents": card.documents,
        "first_seen": terminal.iso(card.first_seen),
        "last_seen": terminal.iso(card.last_seen),
        "quotes": [_said_json(quote) for quote in side.said],
    }


def _trending_json(found: Trending) -> dict[str, object]:
    return {
        "first": found.first and found.first.isoformat(),
        "last": found.last and found.last.isoformat(),
        "trends": [
            {
                "name": each.name,
                "kind": each.kind,
                "documents": each.documents,
                "before": each.before,
                "change": each.change,
            }
            for each in found.trends
        ],
        "more": found.more,
        "capped": found.capped,
    }


def _draw(store: "Store", scope: Scope, name: str, path: Path) -> None:
    """Write the picture of *name*'s mentions to *path*."""
    from bot import charts
    from briefs import lookups

    chart = charts.of(lookups.who(store, scope, name, view="timeline"))
    if chart is None:
        raise NotFoundError(f"There is no day on which {name[:60]} is named: nothing to draw.")
    path.write_bytes(charts.draw(chart))
    sys.stderr.write(f"{charts.describe(chart)}\n")


def _dated_json(entry: Dated) -> dict[str, object]:
    return {
        "date": entry.day.isoformat(),
        "until": entry.until.isoformat() if entry.until else None,
        "told": entry.told,
        **line_json(entry.line),
    }


def _card_json(card: Card) -> dict[str, object]:
    return {
        "name": card.name,
        "kind": card.kind,
        "aliases": list(card.aliases),
        "roles": [_held_json(held) for held in card.roles],
        "mentions": card.mentions,
        "documents": card.documents,
        "first_seen": terminal.iso(card.first_seen),
        "last_seen": terminal.iso(card.last_seen),
        "quotes": [_said_json(quote) for quote in card.quotes],
        "reasons": [each._asdict() for each in card.reasons],
        "appears_with": [_companion_json(each) for each in card.companions],
        "network": [
            {**_companion_json(each), "line": line_json(each.line)}
            for each in card.companions
            if each.line
        ],
        "timeline": [_dated_json(entry) for entry in card.timeline],
        "note": card.note,
    }
