"""`daybrief topic`: subjects under a name, and what is on them."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session, terminal
from briefs.model import Matched, Scope, Tested, Topic, TopicList

if TYPE_CHECKING:
    from briefs.pages import Shown
    from briefs.store import Store

app = typer.Typer(
    no_args_is_help=True, help="Subjects under a name: by words, by who is named, by sources."
)

Name = Annotated[str, typer.Argument(help="The topic")]
Terms = Annotated[
    str | None, typer.Option(help="Words in any form, or phrases, with commas; one is enough")
]
Exclude = Annotated[str | None, typer.Option(help="Words or phrases that must not be there")]
Entities = Annotated[
    str | None, typer.Option(help="Names, however written; one of them or of the terms is enough")
]
Sources = Annotated[str | None, typer.Option(help="Only documents of these outlets")]
Own = Annotated[int, typer.Option(help="Only for this guild; for everybody when not given")]
Also = Annotated[int, typer.Option(help="Also what this guild alone may read")]
Json = Annotated[bool, typer.Option("--json", help="For programs")]


@app.command()
def create(
    context: typer.Context,
    name: Name,
    terms: Terms = None,
    exclude: Exclude = None,
    entities: Entities = None,
    sources: Sources = None,
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Make a topic; it needs terms, entities or sources."""
    from briefs import topics

    topic = topics.change(
        Topic(name=name, scope=session.scope(guild)),
        terms=terms,
        exclude=exclude,
        entities=entities,
        sources=sources,
    )
    with session.of(context).writing() as store:
        made = store.topics.create(topic)
    _told(made, "is made", json=json)


@app.command()
def edit(
    context: typer.Context,
    name: Name,
    rename: Annotated[str | None, typer.Option(help="What to call it from now on")] = None,
    terms: Terms = None,
    exclude: Exclude = None,
    entities: Entities = None,
    sources: Sources = None,
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Change a topic; what is not given stays, and a dash empties a list."""
    from briefs import topics

    with session.of(context).writing() as store:
        changed = topics.change(
            store.topics.own(session.scope(guild), name),
            name=rename,
            terms=terms,
            exclude=exclude,
            entities=entities,
            sources=sources,
        )
        store.topics.edit(changed)
    _told(changed, "is changed", json=json)


@app.command()
def delete(context: typer.Context, name: Name, guild: Own = 0, json: Json = False) -> None:  # noqa: FBT002
    """Delete a topic."""
    with session.of(context).writing() as store:
        gone = store.topics.delete(session.scope(guild), name)
    _told(gone, "is deleted", json=json)


@app.command("list")
def listing(context: typer.Context, guild: Also = 0, json: Json = False) -> None:  # noqa: FBT002
    """List the topics, with what each asks for."""
    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = store.topics.listing(scope)
        if json:
            terminal.dump({"topics": [_json(each) for each in found]})
        else:
            show(store, scope, TopicList(topics=found))


@app.command("test")
def try_out(
    context: typer.Context,
    name: Name,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many to look back")] = 7,
    guild: Also = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show which documents of the last days are on a topic, and what of it is in each.

    The days end with the newest arrival.
    """
    from briefs import interests

    call, scope = session.of(context), session.scope(guild)
    with call.reading() as store:
        topic = store.topics.named(scope, name)
        until = interests.end(store, scope, call.now)
        found = interests.test(store, scope, topic, until=until, days=days)
        if json:
            terminal.dump(_tested_json(found))
        else:
            show(store, scope, found)


def show(store: "Store", scope: Scope, shown: "Shown") -> None:
    """Print what is to be shown, once every quotation in it is proved."""
    from bot import markup
    from briefs import lookups, pages

    laid_out = pages.lay_out(shown, markup.LIMITS)
    lookups.prove(store, scope, laid_out)
    terminal.show(laid_out)


def _told(topic: Topic, what: str, *, json: bool) -> None:
    if json:
        terminal.dump({"topic": _json(topic)})
    else:
        sys.stderr.write(f"Topic {topic.name} {what}.\n")


def _json(topic: Topic) -> dict[str, object]:
    return {
        "name": topic.name,
        "guild": topic.scope,
        "terms": topic.terms,
        "exclude": topic.exclude,
        "entities": topic.entities,
        "sources": topic.sources,
    }


def _tested_json(tested: Tested) -> dict[str, object]:
    return {
        "topic": _json(tested.topic),
        "since": terminal.iso(tested.since),
        "until": terminal.iso(tested.until),
        "documents": tested.documents,
        "over": tested.over,
        "matches": [_matched_json(each) for each in tested.matches],
    }


def _matched_json(matched: Matched) -> dict[str, object]:
    line = matched.headline
    return {
        "document": line.document,
        "title": line.title,
        "source": line.source,
        "url": line.url,
        "published": terminal.iso(line.published),
        "found": matched.found,
    }
