"""`daybrief feed`: what is read by itself, and how it is."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import feed_json, session, terminal
from bot.cli.topics import Also, Json, Own, show
from briefs.errors import UsageError
from briefs.model import Feed, Trial

if TYPE_CHECKING:
    from bot.collecting.discovering import Discovered

app = typer.Typer(no_args_is_help=True, help="Feeds: what is read by itself, and how it is.")

Name = Annotated[str, typer.Argument(help="The feed")]
Url = Annotated[str, typer.Argument(help="The address of a feed, or of a site that has one")]
Minutes = Annotated[
    int | None,
    typer.Option(min=0, max=1440, help="Between two looks; 0: by how often it changes"),
]
Entries = Annotated[
    int | None, typer.Option(min=0, max=100, help="So many of its newest entries count as new")
]
FullText = Annotated[
    bool | None, typer.Option("--full-text/--no-full-text", help="Read the page of each entry")
]
Headers = Annotated[
    str, typer.Option(help="A file with headers to send, one `Name: value` a line; - for stdin")
]


@app.command()
def add(
    context: typer.Context,
    url: Url,
    name: Annotated[str, typer.Option(help="What to call it; its own title if not given")] = "",
    interval: Minutes = None,
    backfill: Entries = None,
    full_text: FullText = None,
    headers: Headers = "",
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Read a feed from now on; of a site, its feed is found."""
    from bot.cli import fetching

    call, scope = session.of(context), session.scope(guild)
    sent = _headers(headers)
    with call.writing() as store:
        found = fetching.discover(store, call.settings, url, headers=sent)
        trial = _only(found, json=json)
        _check_host(sent, url, trial.url)
        feed = Feed(
            url=trial.url,
            name=name,
            title=trial.title,
            home=trial.home,
            scope=scope,
            headers=sent,
            full_text=bool(full_text),
            interval=interval or 0,
            backfill=backfill or 0,
            origin="line",
        )
        kept = store.feeds.add(feed, call.now)
        if json:
            terminal.dump({"feed": feed_json.feed(kept), "test": feed_json.trial(trial)})
            return
        show(store, scope, trial)
    sys.stderr.write(f"Feed {kept.name} is added.\n")


@app.command("test")
def try_out(
    context: typer.Context,
    url: Url,
    headers: Headers = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show what is in a feed; nothing of it is kept."""
    from bot.cli import fetching

    call, scope = session.of(context), session.scope(0)
    with call.reading() as store:
        found = fetching.discover(store, call.settings, url, headers=_headers(headers))
        trial = _only(found, json=json)
        if json:
            terminal.dump(feed_json.trial(trial))
        else:
            show(store, scope, trial)


@app.command()
def edit(
    context: typer.Context,
    name: Name,
    rename: Annotated[str, typer.Option(help="What to call it from now on")] = "",
    url: Annotated[str, typer.Option(help="Its new address")] = "",
    interval: Minutes = None,
    backfill: Entries = None,
    full_text: FullText = None,
    headers: Headers = "",
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Change a feed; what is not given stays, and an empty file of headers drops them."""
    from briefs import addresses, sources

    call = session.of(context)
    with call.writing() as store:
        feed = sources.own(store, session.scope(guild), name)
        same = not url or addresses.host(url) == addresses.host(feed.url)
        kept = store.feeds.edit(
            replace(
                feed,
                name=rename or feed.name,
                url=url or feed.url,
                interval=feed.interval if interval is None else interval,
                backfill=feed.backfill if backfill is None else backfill,
                full_text=feed.full_text if full_text is None else full_text,
                headers=_headers(headers) if headers else feed.headers if same else (),
            ),
            call.now,
        )
    if feed.headers and not kept.headers and not headers:
        sys.stderr.write("Its headers are gone: they were for another host.\n")
    _told(kept, "is changed", json=json)


@app.command()
def remove(context: typer.Context, name: Name, guild: Own = 0, json: Json = False) -> None:  # noqa: FBT002
    """Read a feed no more; what it brought stays."""
    from briefs import sources

    scope = session.scope(guild)
    with session.of(context).writing() as store:
        feed, _ = sources.removable(store, scope, name)
        gone = store.feeds.remove(scope, feed.id)
    _told(gone, "is removed", json=json)


@app.command("list")
def listing(
    context: typer.Context,
    status: Annotated[
        str, typer.Option(help="ok, failing, held, paused, or not read yet; all if not given")
    ] = "",
    guild: Also = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List the feeds, and how they are."""
    from briefs import sources

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = sources.feeds(store, scope, status)
        if json:
            rows = [feed_json.feed(each, found.waiting) for each in found.feeds]
            terminal.dump({"feeds": rows})
        else:
            show(store, scope, found)


@app.command()
def info(context: typer.Context, name: Name, guild: Also = 0, json: Json = False) -> None:  # noqa: FBT002
    """Show all about a feed: how it is, when it was read, what it brought last."""
    from briefs import sources

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        card = sources.feed(store, scope, name)
        if json:
            terminal.dump(feed_json.card(card))
        else:
            show(store, scope, card)


@app.command()
def errors(context: typer.Context, guild: Own = 0, json: Json = False) -> None:  # noqa: FBT002
    """Show what is wrong with feeds and with what they list, and what to do about it."""
    from briefs import sources

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = sources.errors(store, scope)
        if json:
            terminal.dump(feed_json.errors(found))
        else:
            show(store, scope, found)


def _only(found: "Discovered", *, json: bool) -> Trial:
    """Return the one feed that was found; say which there are and exit when there are several."""
    if found.trial is not None:
        return found.trial
    if json:
        terminal.dump({"feeds": [feed_json.link(each) for each in found.links]})
    else:
        rows = "\n".join(f"  {each.url}  {each.title}" for each in found.links)
        sys.stderr.write(f"daybrief: There are several feeds: give the address of one.\n{rows}\n")
    raise typer.Exit(1)


def _check_host(headers: tuple[tuple[str, str], ...], asked: str, found: str) -> None:
    """Refuse to send headers, which may be secrets, to another host than they were given for."""
    from bot.collecting import discovering
    from briefs import addresses

    host = addresses.host(found)
    if headers and host != addresses.host(discovering.whole(asked)):
        raise UsageError(f"The feed is at {host}: give its own address, {found}, with the headers.")


def _headers(file: str) -> tuple[tuple[str, str], ...]:
    """Read headers, which may be secrets and so do not stand on the command line."""
    if not file:
        return ()
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as a file of headers: check its path.") from error
    rows = [row.partition(":") for row in text.splitlines() if row.strip()]
    if any(not mark for _, mark, _ in rows):
        raise UsageError(f"{file} holds no headers: write one `Name: value` a line.")
    return tuple((name.strip(), value.strip()) for name, _, value in rows)


def _told(feed: Feed, what: str, *, json: bool) -> None:
    if json:
        terminal.dump({"feed": feed_json.feed(feed)})
    else:
        sys.stderr.write(f"Feed {feed.name} {what}.\n")
