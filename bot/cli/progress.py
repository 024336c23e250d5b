"""Progress on stderr when a person watches, silence when a program reads."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot import library
from bot.config import Config
from briefs import ingest
from briefs.store import Store

_RENEWED = 100  # documents that are analysed again before an answer; a bot does the rest faster


@contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar for *total* steps, and yield what counts one."""
    if not total or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)


def refresh(store: Store, settings: Config, clock: Callable[[], datetime]) -> None:
    """Bring the configured folders up to date, and say on stderr what could not be read."""
    folders = settings.documents.folders
    for folder in ingest.missing(folders):
        sys.stderr.write(
            f"daybrief: {folder} is not there to be read; what was read from it before is kept. "
            "Correct documents.folders, or bring it back.\n"
        )
    changes = library.changes(store, settings)
    number = len(changes.changed)
    sources = [change.source for change in changes.changed]
    make_executor = library.executor(settings, number, sources=sources)
    with bar("Reading documents", number) as advance:
        report = library.refresh(
            store,
            changes,
            make_executor,
            clock=clock,
            recogniser=settings.analysis.recogniser,
            advance=advance,
        )
    library.expire(store, settings, now=clock())
    stale = store.renewal.stale(ingest.VERSION, most=_RENEWED)
    with bar("Analysing again", stale) as advance:
        library.renew(store, settings, most=_RENEWED, advance=advance)
    complain(report)


def complain(report: library.Report) -> None:
    """Say on stderr what was refused, and why."""
    for name, reason in report.refused:
        sys.stderr.write(f"daybrief: {name}: {reason}\n")
