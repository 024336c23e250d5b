"""`daybrief source`: where the documents come from."""

from typing import Annotated

import typer

from bot.cli import feed_json, session, terminal
from bot.cli.topics import Also, Json, show

app = typer.Typer(no_args_is_help=True, help="Where the documents come from.")


@app.command("list")
def listing(
    context: typer.Context,
    status: Annotated[str, typer.Option(help="Only feeds that are ok, failing, held, …")] = "",
    guild: Also = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List feeds and folders, and how many documents are on their way."""
    from briefs import sources

    call, scope = session.of(context), session.scope(guild)
    with call.reading() as store:
        folders = call.settings.documents.folders
        found = sources.shelf(store, scope, folders=folders, status=status)
        if json:
            terminal.dump(feed_json.shelf(found))
        else:
            show(store, scope, found)


@app.command("show")
def one(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A feed")],
    guild: Also = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show how a source is, and what it brought last."""
    from briefs import sources

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        card = sources.feed(store, scope, name)
        if json:
            terminal.dump(feed_json.card(card))
        else:
            show(store, scope, card)
