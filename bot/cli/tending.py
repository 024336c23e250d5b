"""`daybrief feed pause`, `resume`, `refresh`, `import` and `export`."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli import feed_json, session, terminal
from bot.cli.feeds import Name
from bot.cli.topics import Json, Own
from briefs.errors import DocumentError

_LARGEST = 10_000_000  # bytes of a list of feeds


def pause(
    context: typer.Context,
    name: Name,
    reason: Annotated[str, typer.Option(help="Why; `feed list` shows it")] = "by hand",
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Read a feed no more until it is resumed."""
    from briefs import sources

    scope = session.scope(guild)
    with session.of(context).writing() as store:
        feed = sources.pause(store, scope, name, reason)
        kept = store.feeds.get(scope, feed.id)
    if json:
        terminal.dump({"feed": feed_json.feed(kept)})
    else:
        sys.stderr.write(f"Feed {kept.name} is paused.\n")


def resume(
    context: typer.Context,
    name: Name,
    taken: Annotated[
        Literal["", "new", "known"],
        typer.Option("--as", help="What is held: as new, or only into the library"),
    ] = "",
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Read a paused feed again, or take what is held of one that turned new at once."""
    from briefs import sources

    call, scope = session.of(context), session.scope(guild)
    with call.writing() as store:
        told = sources.resume(store, scope, name, call.now, taken=taken)
        kept = store.feeds.named(scope, name)
    if json:
        terminal.dump({"feed": feed_json.feed(kept)})
    else:
        sys.stderr.write(f"{told}\n")


def refresh(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The feed; all that are due when not given")] = "",
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Ask a feed now, or all that are due, and read what is new into the library."""
    from bot import library
    from bot.cli import fetching
    from briefs import sources

    call, scope = session.of(context), session.scope(guild)
    with call.writing() as store:
        library.file_feeds(store, call.settings, now=call.now)
        if name:
            sources.refresh(store, scope, name, call.now)
        done = fetching.collect(store, call.settings)
        feed = store.feeds.named(scope, name) if name else None
    if json:
        shown = {"feed": feed_json.feed(feed)} if feed else {}
        terminal.dump({"asked": done.asked, "read": done.read, **shown})
        return
    sys.stderr.write(f"Feeds asked: {done.asked:,}; documents read: {done.read:,}.\n")
    for text in done.told:
        sys.stderr.write(f"daybrief: {text}\n")


def take_over(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="An OPML file, or - for stdin")],
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Add the feeds of an OPML file, which most feed readers can export."""
    from briefs import feeds, sources

    call = session.of(context)
    listed = feeds.opml_read(_read(path))
    with call.writing() as store:
        taken = sources.take_over(store, session.scope(guild), listed, call.now, origin="line")
    if json:
        refused = [{"url": url, "reason": reason} for url, reason in taken.refused]
        terminal.dump({"added": taken.added, "known": taken.known, "refused": refused})
    else:
        sys.stderr.write(f"Feeds: {taken.sentence()}\n")


def export(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - for stdout")] = "-",
    guild: Own = 0,
) -> None:
    """Write the feeds as an OPML file; no headers are in it."""
    from briefs import sources

    with session.of(context).reading() as store:
        written = sources.export(store, session.scope(guild))
    if path == "-":
        sys.stdout.write(written.decode())
    else:
        Path(path).write_bytes(written)


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(_LARGEST + 1)
    try:
        with Path(path).open("rb") as stream:
            return stream.read(_LARGEST + 1)
    except OSError as error:
        raise DocumentError(path, "it cannot be read; check the path.") from error
