"""`daybrief watch`: names and words that scheduled briefings show first."""

import sys
from typing import Annotated

import typer

from bot.cli import session, terminal
from bot.cli.topics import Also, Json, Own, show
from briefs.model import Watch, WatchList

app = typer.Typer(no_args_is_help=True, help="Names and words that briefings show first.")

_EVERYBODY = 0  # the list of nobody in particular, which scheduled briefings go by

Text = Annotated[str, typer.Argument(help="A name, a word in any form, or a phrase")]


@app.command()
def add(context: typer.Context, text: Text, guild: Own = 0, json: Json = False) -> None:  # noqa: FBT002
    """Put a name or words on the watch-list."""
    from briefs import topics

    call = session.of(context)
    watch = Watch(text=topics.watchable(text), scope=session.scope(guild), added=call.now)
    with call.writing() as store:
        added = store.watches.add(watch)
    _told(added, "is on", json=json)


@app.command("list")
def listing(context: typer.Context, guild: Also = 0, json: Json = False) -> None:  # noqa: FBT002
    """List what is watched for, and how many documents of the last 7 days name each.

    The days end with the newest arrival.
    """
    from briefs import interests

    call, scope = session.of(context), session.scope(guild)
    with call.reading() as store:
        until = interests.end(store, scope, call.now)
        found = interests.noticed(store, scope, _EVERYBODY, until)
        if json:
            terminal.dump(_list_json(found))
        else:
            show(store, scope, found)


@app.command()
def remove(context: typer.Context, text: Text, guild: Own = 0, json: Json = False) -> None:  # noqa: FBT002
    """Take something off the watch-list."""
    with session.of(context).writing() as store:
        gone = store.watches.remove(session.scope(guild), _EVERYBODY, text)
    _told(gone, "is off", json=json)


def _told(watch: Watch, what: str, *, json: bool) -> None:
    if json:
        terminal.dump({"watch": _json(watch)})
    else:
        sys.stderr.write(f"{watch.text} {what} the watch-list.\n")


def _list_json(found: WatchList) -> dict[str, object]:
    return {
        "since": terminal.iso(found.since),
        "until": terminal.iso(found.until),
        "documents": found.documents,
        "over": found.over,
        "watches": [{**_json(each.watch), "documents": each.documents} for each in found.entries],
    }


def _json(watch: Watch) -> dict[str, object]:
    return {"text": watch.text, "guild": watch.scope, "added": terminal.iso(watch.added)}
