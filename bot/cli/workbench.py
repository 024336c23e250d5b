"""`daybrief entities`: the names that most documents have, and what is changed about them."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session, terminal
from briefs.errors import DocumentError
from briefs.model import Change, Edit, Scope

if TYPE_CHECKING:
    from briefs.store import Store

app = typer.Typer(
    no_args_is_help=True, help="The names in the library, and what is changed about them."
)

Guild = Annotated[int, typer.Option(help="Only for this guild; for everybody when not given")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first")]
Name = Annotated[str, typer.Argument(help="A name, in any spelling, or a handle")]
Json = Annotated[bool, typer.Option("--json", help="For programs")]


@app.command("list")
def listing(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 40,
    guild: Annotated[int, typer.Option(help="Also what this guild alone may read")] = 0,
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


@app.command()
def merge(
    context: typer.Context,
    keep: Annotated[str, typer.Argument(help="The name that stays")],
    drop: Annotated[str, typer.Argument(help="Who is one with it")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Make two one."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.merge(s, at, keep, drop), yes=yes)


@app.command()
def split(
    context: typer.Context,
    name: Name,
    form: Annotated[str, typer.Argument(help="What is written where somebody else is meant")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Let what is written FORM stand alone, in every document."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.split(s, at, name, form), yes=yes)


@app.command()
def alias_add(
    context: typer.Context,
    name: Name,
    alias: Annotated[str, typer.Argument(help="Another name of theirs")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Add a name by which somebody is found."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.add_alias(s, at, name, alias), yes=yes)


@app.command()
def alias_remove(
    context: typer.Context,
    name: Name,
    alias: Annotated[str, typer.Argument(help="What is no name of theirs")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Remove a name by which somebody is found."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.remove_alias(s, at, name, alias), yes=yes)


@app.command("type")
def retype(
    context: typer.Context,
    name: Name,
    kind: Annotated[str, typer.Argument(help="person, organisation, place, event, product …")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Say what somebody or something is."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.retype(s, at, name, kind), yes=yes)


@app.command()
def hide(context: typer.Context, name: Name, guild: Guild = 0, yes: Yes = False) -> None:  # noqa: FBT002
    """Let nobody find this name."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.hide(s, at, name), yes=yes)


@app.command()
def unhide(context: typer.Context, name: Name, guild: Guild = 0, yes: Yes = False) -> None:  # noqa: FBT002
    """Let a name be found again."""
    from briefs import workbench

    _change(context, guild, lambda s, at: workbench.unhide(s, at, name), yes=yes)


@app.command()
def undo(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="From `history`; the newest if not given")
    ] = None,
    guild: Guild = 0,
) -> None:
    """Undo a change."""
    from briefs import workbench

    call = session.of(context)
    with call.writing() as store:
        undone = workbench.undo(store, session.scope(guild), number, actor=0, at=call.now)
    sys.stderr.write(f"Undone: {workbench.line(undone)} (edit {undone.id}).\n")


@app.command("import")
def take_over(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: name,kind,alias,alias …")],
    guild: Guild = 0,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Take names, kinds and aliases over from a list; one undo takes all of it back."""
    from briefs import workbench

    try:
        with path.open("rb") as stream:
            listed = workbench.read(stream.read(workbench.LARGEST + 1))
    except OSError as error:
        raise DocumentError(str(path), "cannot be read; check the path") from error

    def plan(store: "Store", scope: Scope) -> Change:
        return workbench.take_over(store, scope, listed, note=path.name)

    _change(context, guild, plan, yes=yes)


@app.command()
def history(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 20,
    guild: Annotated[int, typer.Option(help="Also the changes of this guild")] = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List what was changed, the newest first."""
    from briefs import workbench

    with session.of(context).reading() as store:
        edits = store.curation.history(session.scope(guild), limit=limit)
    if json:
        terminal.dump({"edits": [_json(each) for each in edits]})
        return
    if not edits:
        sys.stdout.write("Nothing was changed.\n")
    for each in edits:
        sys.stdout.write(f"{each.id:5}  {each.at:%F %H:%M}  {workbench.line(each)}\n")


def _change(
    context: typer.Context,
    guild: int,
    plan: Callable[["Store", Scope], Change],
    *,
    yes: bool,
) -> None:
    """Say what would be affected, ask, and do it; without somebody to ask, only with *yes*."""
    from briefs import workbench

    call, scope = session.of(context), session.scope(guild)
    with call.writing() as store:
        change = plan(store, scope)
        affected = workbench.affected(store, scope, change)
        note = f" {change.note}" if change.note and not change.parts else ""
        sys.stderr.write(f"{workbench.told(change)}.{note} {workbench.told_of(affected)}\n")
        if not yes:
            ask()
        number = workbench.make(store, scope, change, actor=0, at=call.now)
    sys.stderr.write(f"Done: it is edit {number}; `daybrief entities undo {number}` undoes it.\n")


def ask() -> None:
    """Ask whether to do it; without somebody to ask, say how to, and leave."""
    if not sys.stdin.isatty():
        sys.stderr.write("daybrief: nothing is changed: repeat it with --yes to change it.\n")
        raise typer.Exit(1)
    typer.confirm("Do it?", abort=True, err=True)


def _json(edit: Edit) -> dict[str, object]:
    from briefs import workbench

    return {
        "id": edit.id,
        "guild": edit.scope,
        "at": terminal.iso(edit.at),
        "actor": edit.actor,
        "action": "undo" if edit.undoes else edit.change.action,
        "text": workbench.line(edit),
        "undone": terminal.iso(edit.undone_at),
    }
