"""`daybrief story`: which documents are one story, and what is changed about it."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session, terminal, workbench
from bot.cli.workbench import Guild, Json, Yes
from briefs.model import Action, DocumentId, StoryId

if TYPE_CHECKING:
    from briefs.store import Regrouping

app = typer.Typer(
    no_args_is_help=True, help="The stories in the library, and what is changed about them."
)

View = Annotated[int, typer.Option("--guild", help="Also what this guild alone may read")]
Story = Annotated[int, typer.Argument(help="Its number, as `list` has it")]


@app.command("list")
def listing(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many")] = 20,
    guild: View = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List the stories of the last seven days, those with the most new documents first."""
    from briefs.workbench import grouping

    with session.of(context).reading() as store:
        found = grouping.stories(store, session.scope(guild), limit=limit)
    if json:
        told = [each._asdict() | {"newest": terminal.iso(each.newest)} for each in found]
        terminal.dump({"stories": told})
        return
    if not found:
        sys.stdout.write("There are no stories yet.\n")
    for each in found:
        sys.stdout.write(f"{each.story:6}  {each.documents:5,}  {each.title}\n")


@app.command()
def show(
    context: typer.Context,
    story: Story,
    guild: View = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show which documents a story has, the most central first."""
    from briefs.workbench import grouping

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = grouping.show(store, scope, StoryId(story), limit=500)
    if json:
        documents = [
            {
                "id": each.id,
                "title": each.title,
                "source": each.outlet,
                "arrived": terminal.iso(each.arrived),
            }
            for each in found.documents
        ]
        terminal.dump({"story": found.story, "documents": documents, "more": found.more})
        return
    for each in found.documents:
        sys.stdout.write(f"{each.id:6}  {each.arrived:%F}  {each.title} ({each.outlet})\n")
    if found.more:
        sys.stdout.write(f"and {found.more:,} more\n")


@app.command()
def merge(
    context: typer.Context,
    keep: Story,
    drop: Annotated[int, typer.Argument(help="The story that is one with it")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Make two stories one; what comes later to either is in it."""
    from briefs.store import Regrouping

    change = Regrouping(Action.MERGE, StoryId(keep), StoryId(drop))
    _change(context, guild, change, yes=yes)


@app.command()
def split(
    context: typer.Context,
    story: Story,
    documents: Annotated[list[int], typer.Argument(help="The numbers of those that leave")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Make some documents of a story a story of their own."""
    from briefs.store import Regrouping

    leaving = tuple(map(DocumentId, documents))
    change = Regrouping(Action.SPLIT, StoryId(story), documents=leaving)
    _change(context, guild, change, yes=yes)


@app.command()
def undo(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="Of the edit; the newest if not given")
    ] = None,
    guild: Guild = 0,
) -> None:
    """Undo a change."""
    from briefs.workbench import grouping

    call = session.of(context)
    with call.writing() as store:
        undone = store.stories.undo(session.scope(guild), number, actor=0, at=call.now)
    sys.stderr.write(f"Undone: {grouping.told(undone.change)} (edit {undone.id}).\n")


def _change(context: typer.Context, guild: int, change: "Regrouping", *, yes: bool) -> None:
    """Say what would be affected, ask, and do it; without somebody to ask, only with *yes*."""
    from briefs.workbench import grouping

    call, scope = session.of(context), session.scope(guild)
    with call.writing() as store:
        sys.stderr.write(f"{grouping.proposed(store, scope, change)}\n")
        if not yes:
            workbench.ask()
        number = store.stories.apply(scope, change, actor=0, at=call.now)
    sys.stderr.write(f"Done: it is edit {number}; `daybrief story undo {number}` undoes it.\n")
