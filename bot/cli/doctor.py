"""`daybrief doctor`: what is well, what is not, and what to do about it."""

import os
import platform
import shutil
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from bot import config
from bot.cli import session, terminal
from briefs.errors import ConfigError, DaybriefError

_LITTLE_SPACE = 512 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `remedy` is empty when there is nothing to do."""

    subject: str
    state: str  # "ok", "note" or "bad"
    text: str
    remedy: str = ""


def doctor(
    context: typer.Context,
    full: Annotated[bool, typer.Option(help="Also read every page and document")] = False,  # noqa: FBT002
    repair: Annotated[bool, typer.Option(help="Build the search index anew first")] = False,  # noqa: FBT002
    json: Annotated[bool, typer.Option("--json", help="For programs")] = False,  # noqa: FBT002
) -> None:
    """Check the configuration, the database, the disk, the recogniser and the system."""
    call = session.of(context)
    if repair:
        with call.writing() as store:
            store.rebuild_search()
    findings = list(_findings(call, full=full))
    if json:
        keys = ("subject", "state", "text", "remedy")
        terminal.dump(
            {"findings": [{key: getattr(each, key) for key in keys} for each in findings]}
        )
    else:
        for each in findings:
            remedy = f" {each.remedy}" if each.remedy else ""
            sys.stdout.write(f"{each.state:4}  {each.subject}: {each.text}{remedy}\n")
    if any(each.state == "bad" for each in findings):
        raise typer.Exit(1)


def _findings(call: session.Session, *, full: bool) -> Iterator[Finding]:
    try:
        settings = call.settings
    except ConfigError as error:
        yield Finding(subject="configuration", state="bad", text=str(error))
        return
    yield Finding(subject="configuration", state="ok", text="it loads")
    yield _token(settings)
    yield from _folders(settings)
    yield _attempt("database", lambda: _database(call, full=full))
    yield _attempt("analysis", lambda: _analysis(settings))
    yield _space(settings)
    yield _attempt("recogniser", _recogniser)
    yield _zones()
    yield from _system()


def _attempt(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject=subject, state="ok", text=look())
    except DaybriefError as error:
        return Finding(subject=subject, state="bad", text=str(error))


def _token(settings: config.Config) -> Finding:
    try:
        config.token(settings, os.environ)
    except ConfigError as error:
        return Finding(subject="token", state="note", text=str(error))
    return Finding(subject="token", state="ok", text="there is one")


def _folders(settings: config.Config) -> Iterator[Finding]:
    for folder in settings.documents.folders:
        there = folder.exists()
        yield Finding(
            subject="folder",
            state="ok" if there else "bad",
            text=f"{folder} {'is there' if there else 'is not there.'}",
            remedy="" if there else "Correct documents.folders, or make the folder.",
        )


def _database(call: session.Session, *, full: bool) -> str:
    from briefs.store import open_store

    storage = call.settings.storage
    path = storage.shown
    if storage.path and not storage.path.exists():
        return f"{path} is not there yet; the first command that needs it makes it"
    with open_store(call.settings.storage.url, readonly=True) as store:
        troubles = store.check(full=full)
    if any("--repair" not in trouble for trouble in troubles):
        raise DaybriefError(
            f"{path} is damaged ({'; '.join(troubles[:3])}): restore the newest backup with "
            f"{'`daybrief restore FILE`' if storage.path else 'pg_restore'}."
        )
    if troubles:
        raise DaybriefError(f"{path}: {troubles[0]}.")
    return f"{path} is sound"


def _analysis(settings: config.Config) -> str:
    from briefs import ingest
    from briefs.store import open_store

    if settings.storage.path and not settings.storage.path.exists():
        return "there are no documents yet"
    with open_store(settings.storage.url, readonly=True) as store:
        stale = store.renewal.stale(ingest.VERSION)
    if not stale:
        return "every document has the newest"
    return f"documents with an older one: {stale:,}; `preview` and `run` analyse them again"


def _space(settings: config.Config) -> Finding:
    file = settings.storage.path
    if file is None:
        return Finding(subject="disk", state="ok", text="the server has its own")
    folder = file.resolve().parent
    free = shutil.disk_usage(folder).free
    little = free < _LITTLE_SPACE
    return Finding(
        subject="disk",
        state="bad" if little else "ok",
        text=f"{free // 2**20:,} MB are free in {folder}",
        remedy=" Make room, or move storage.url." if little else "",
    )


def _recogniser() -> str:
    from briefs import recogniser

    recogniser.tag([["Daybrief"]])
    return "names are recognised, in English"


def _zones() -> Finding:
    number = len(zoneinfo.available_timezones())
    return Finding(subject="time zones", state="ok", text=f"{number} are known")


def _system() -> Iterator[Finding]:
    yield Finding(
        subject="system",
        state="ok",
        text=f"Python {platform.python_version()}, {platform.system()} with {os.cpu_count()} cores",
    )
    if sys.platform == "win32":
        yield Finding(
            subject="system",
            state="note",
            text="on Windows a stopped bot cannot finish the post it is at; it settles it at the "
            "next start, and workers run at normal priority.",
        )
