"""Files in, documents in the store out: the configured folders and what is named by hand."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bot.config import Config
from briefs import bulk, ingest
from briefs import documents as formats
from briefs import recogniser as recognisers
from briefs.ingest import Changes, Source
from briefs.model import Analysis, Feed
from briefs.store import FileRow, Outcome, Store, Synced

log = logging.getLogger(__name__)

_FEW = 24  # documents that are not worth starting other processes for
_BATCH = 100  # documents that are stored in one transaction
_RENEWED = 500  # documents that are analysed again in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the files that were looked at."""

    new: int = 0
    revised: int = 0
    same: int = 0
    withdrawn: int = 0
    refused: tuple[tuple[str, str], ...] = ()  # name, reason

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.new or self.revised or self.withdrawn or self.refused)

    def sentence(self) -> str:
        """Say it in one line."""
        told = {
            "new": self.new,
            "revised": self.revised,
            "the same as before": self.same,
            "withdrawn": self.withdrawn,
            "refused": len(self.refused),
        }
        parts = [f"{number:,} {label}" for label, number in told.items() if number]
        return f"Documents: {', '.join(parts) or 'nothing changed'}."


def executor(
    settings: Config, documents: int, *, sources: Sequence[Source] = ()
) -> Callable[[], Executor]:
    """Return what makes the workers for so many *documents*: this process itself for a few.

    Those of *sources* that are no files here, or may take their reader along, are never read in
    this process.
    """
    risky = any(source.path is None or formats.is_fragile(source.name) for source in sources)
    if settings.analysis.executor == "inline" or (documents < _FEW and not risky):
        return bulk.Inline
    return lambda: bulk.processes(settings.workers())


def changes(store: Store, settings: Config) -> Changes:
    """Return what changed in the configured folders; archives are opened by workers."""

    def look_inside(holders: Sequence[Source]) -> Iterator[tuple[ingest.Held, ...] | None]:
        make_executor = executor(settings, len(holders), sources=holders)
        if holders:
            for outcome in bulk.run(
                make_executor, ingest.held, holders, chunk=1, seconds=ingest.patience
            ):
                yield outcome.value if isinstance(outcome, bulk.Done) else None

    folders = settings.documents.folders
    return ingest.changes(store.files.known(), folders, look_inside=look_inside)


def refresh(
    store: Store,
    changes: Changes,
    make_executor: Callable[[], Executor],
    *,
    clock: Callable[[], datetime],
    recogniser: str = "",
    advance: Callable[[], None] = lambda: None,
) -> Report:
    """Bring the library up to *changes*: read what is new, withdraw what is gone.

    *clock* says when each batch of documents arrives; it is read as the batch is kept.
    """
    store.files.remember(*changes.touched)
    withdrawn = sum(store.documents.withdraw(identity) for identity in changes.gone)
    store.files.forget(*changes.gone)
    rows = {change.row.identity: change.row for change in changes.changed}
    report = read(
        store,
        [change.source for change in changes.changed],
        make_executor,
        clock=clock,
        rows=rows,
        recogniser=recogniser,
        advance=advance,
    )
    store.files.remember(*changes.opened)
    return replace(report, withdrawn=withdrawn, refused=changes.refused + report.refused)


def renew(
    store: Store,
    settings: Config,
    *,
    most: int = _RENEWED,
    advance: Callable[[], None] = lambda: None,
) -> int:
    """Analyse stored documents again that an older program analysed; return how many were.

    It is done after all else, a batch in one transaction, *most* in one go: the rest the next time.
    What cannot be analysed again keeps what was found in it before.
    """
    done = 0
    while done < most and (batch := store.renewal.batch(ingest.VERSION, min(_BATCH, most - done))):
        make_executor = executor(settings, len(batch))
        recognisers.check(settings.analysis.recogniser)
        find = partial(ingest.find, recogniser=settings.analysis.recogniser)
        outcomes = list(_counted(bulk.run(make_executor, find, batch), advance))
        store.renewal.renew([each.value for each in outcomes if isinstance(each, bulk.Done)])
        failed = [each.item.id for each in outcomes if isinstance(each, bulk.Quarantined)]
        for number in failed:
            log.warning("document %s cannot be analysed again; it stays as it was", number)
        store.renewal.give_up(failed, ingest.VERSION)
        ingest.place(store)
        done += len(batch)
    return done


def file_feeds(store: Store, settings: Config, *, now: datetime) -> Synced:
    """Bring the feeds of config.toml into the store, for everybody; return what changed of them.

    UsageError when one cannot be read as it stands there.
    """
    wanted = [
        Feed(
            name=each.name,
            url=each.url,
            headers=tuple(each.headers.items()),
            full_text=each.full_text,
            interval=each.interval,
            backfill=each.backfill,
            origin="file",
        )
        for each in settings.feeds
    ]
    return store.feeds.sync(wanted, now)


def expire(store: Store, settings: Config, *, now: datetime) -> int:
    """Delete what has been kept for as long as documents.keep_days says; return how many.

    Documents are counted; briefings that were kept as long go too.
    """
    if not settings.documents.keep_days:
        return 0
    before = now - timedelta(days=settings.documents.keep_days)
    store.briefings.expire(before)
    store.intake.expire(before)
    return store.documents.expire(before)


def read(
    store: Store,
    sources: Sequence[Source],
    make_executor: Callable[[], Executor],
    *,
    clock: Callable[[], datetime],
    rows: dict[str, FileRow] | None = None,
    recogniser: str = "",
    advance: Callable[[], None] = lambda: None,
) -> Report:
    """Analyse *sources* and keep what can be read of them, a batch in one transaction.

    Then each is put into its story, with what waits for one from before. *clock* says when a batch
    arrives. *rows* says which of them are files to be remembered. What was done stays done after a
    crash.
    """
    report = Report()
    ingest.place(store)
    recognisers.check(recogniser)  # once, and not as the fault of every document
    analyse = partial(ingest.analyse, recogniser=recogniser)
    done = bulk.run(make_executor, analyse, sources, seconds=ingest.patience)
    outcomes = _counted(done, advance)
    while batch := list(islice(outcomes, _BATCH)):
        report = _keep(store, batch, report, clock=clock, rows=rows or {})
        ingest.place(store)
    return report


T = TypeVar("T")

_Outcome = bulk.Done[Source, Analysis] | bulk.Quarantined[Source]


def _counted(outcomes: Iterator[T], advance: Callable[[], None]) -> Iterator[T]:
    for outcome in outcomes:
        yield outcome
        advance()  # when the next is asked for: a whole batch is kept before that


def _keep(
    store: Store,
    batch: Sequence[_Outcome],
    report: Report,
    *,
    clock: Callable[[], datetime],
    rows: dict[str, FileRow],
) -> Report:
    done = [outcome for outcome in batch if isinstance(outcome, bulk.Done)]
    refused = [outcome for outcome in batch if isinstance(outcome, bulk.Quarantined)]
    kept = store.documents.add_many([outcome.value for outcome in done], arrived=clock)
    remembered = [
        rows[outcome.item.identity]._replace(state="kept", document=each.id)
        for outcome, each in zip(done, kept, strict=True)
        if outcome.item.identity in rows
    ]
    for outcome in refused:
        if row := rows.get(outcome.item.identity):
            store.documents.withdraw(row.identity)  # what it said before is not there any more
            remembered.append(row._replace(state="refused", note=_told(outcome)[1]))
    store.files.remember(*remembered)
    outcomes = [each.outcome for each in kept]
    return replace(
        report,
        new=report.new + outcomes.count(Outcome.NEW) + outcomes.count(Outcome.COPY),
        revised=report.revised + outcomes.count(Outcome.REVISION),
        same=report.same + outcomes.count(Outcome.SAME),
        refused=report.refused + tuple(map(_told, refused)),
    )


def _told(outcome: bulk.Quarantined[Source]) -> tuple[str, str]:
    """Return what was refused, as its user finds it, and why."""
    source = outcome.item
    name = source.name if source.member or source.path is None else _near(source.path)
    return name, outcome.reason.removeprefix(f"{source.name}: ")


def _near(path: Path) -> str:
    """Return *path* as somebody in the working folder would write it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
