"""`daybrief entity`, `entities`, `quotes` and `search`: what the library knows."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session, terminal
from bot.cli.preview import line_json
from briefs.model import Card, Said, Scope

if TYPE_CHECKING:
    from briefs.pages import Shown
    from briefs.store import Store

Guild = Annotated[int, typer.Option(help="Also what this guild alone may read")]
Json = Annotated[bool, typer.Option("--json", help="For programs")]


def entity(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name, in any spelling, or a handle")],
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show who or what this is: roles, quotes, company and dates, each with its source."""
    from briefs import lookups

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        card = lookups.who(store, scope, name)
        if json:
            terminal.dump(_card_json(card))
        else:
            _show(store, scope, card)


def entities(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 40,
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List the people, organisations and places that most documents name."""
    with session.of(context).reading() as store:
        top = store.entities.top(session.scope(guild), limit)
    if json:
        terminal.dump(
            {
                "entities": [
                    {"name": each.name, "kind": each.kind, "documents": each.documents}
                    for each in top
                ]
            }
        )
        return
    for each in top:
        sys.stdout.write(f"{each.documents:6,}  {each.kind.lower():13}  {each.name}\n")


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


def _card_json(card: Card) -> dict[str, object]:
    return {
        "name": card.name,
        "kind": card.kind,
        "aliases": list(card.aliases),
        "roles": [line_json(line) for line in card.roles],
        "mentions": card.mentions,
        "documents": card.documents,
        "first_seen": terminal.iso(card.first_seen),
        "last_seen": terminal.iso(card.last_seen),
        "quotes": [_said_json(quote) for quote in card.quotes],
        "appears_with": [
            {"name": each.name, "kind": each.kind, "documents": each.documents}
            for each in card.companions
        ],
        "timeline": [
            {"date": entry.day.isoformat(), **line_json(entry.line)} for entry in card.timeline
        ],
        "note": card.note,
    }
