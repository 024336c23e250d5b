"""`daybrief backup`, `restore` and `migrate`: the care of the database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import session
from briefs.errors import UsageError


def backup(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(help="The file to write; backups/daybrief-TIME.db if not given")
    ] = "",
) -> None:
    """Write a checked copy of the database, also beside a running bot.

    A PostgreSQL database is written by pg_dump, as backups/daybrief-TIME.dump.
    """
    from briefs.store import open_store

    call = session.of(context)
    file = call.settings.storage.path
    ending = "db" if file else "dump"
    target = Path(path) if path else Path("backups", f"daybrief-{call.now:%Y%m%dT%H%M%SZ}.{ending}")
    if file and target.resolve() == file.resolve():
        raise UsageError(f"{target} is the database itself: name another file.")
    with open_store(call.settings.storage.url, readonly=True) as store:
        store.backup(target)
    sys.stderr.write(f"Backed up to {target}.\n")


def restore(
    context: typer.Context,
    path: Annotated[str, typer.Argument(help="A file that `daybrief backup` wrote")],
) -> None:
    """Put a backup in the place of the database, which is kept beside it.

    Briefings that were due up to now are not posted again.
    """
    from briefs.store import restore as put_back

    call = session.of(context)
    kept = put_back(call.settings.storage.url, Path(path), now=call.now)
    sys.stderr.write(f"Restored from {path}.{f' The old database is {kept}.' if kept else ''}\n")


def migrate(context: typer.Context) -> None:
    """Bring the database to the newest schema; `run` and `preview` do it by themselves."""
    with session.of(context).writing() as store:
        sys.stderr.write(f"The database is at schema {store.schema()}.\n")
