"""`daybrief ingest` and `daybrief summarize`: files in."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.cli import arguments, jsonl, session, terminal
from bot.cli.preview import line_json
from briefs.errors import DaybriefError, DocumentError, UsageError
from briefs.model import PUBLIC, Analysis, Document, DocumentId

if TYPE_CHECKING:
    from bot.config import Config
    from briefs.ingest import Source

T = TypeVar("T")

_MOST = 1_000_000  # lines or words of a summary; more than any document has


def ingest(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Files, folders, and addresses of pages")],
) -> None:
    """Read files, folders and pages into the library; what is the same as before is left."""
    from bot import library
    from bot.cli import progress
    from briefs import ingest as stage

    call = session.of(context)
    urls = [name for name in paths if arguments.is_address(name)]
    named = [arguments.local(name) for name in paths if name not in urls]
    if gone := stage.missing(named):
        raise DocumentError(str(gone[0]), "there is no such file or folder; check the path")
    with call.writing() as store:
        sources, refused = _sources(named)
        pages, failed = _pages(
            call.settings, [each for each in paths if arguments.is_address(each)]
        )
        sources, refused = [*sources, *pages], (*refused, *failed)
        with progress.bar("Reading", len(sources)) as advance:
            make_executor = library.executor(call.settings, len(sources), sources=sources)
            report = library.read(
                store,
                sources,
                make_executor,
                clock=lambda: datetime.now(UTC),
                recogniser=call.settings.analysis.recogniser,
                advance=advance,
            )
    report = replace(report, refused=refused + report.refused)
    sys.stderr.write(f"{report.sentence()}\n")
    progress.complain(report)
    if report.refused:
        raise typer.Exit(1)


def summarize(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(help="Files, addresses, or - for stdin")
    ] = None,
    sentences: Annotated[
        int | None, typer.Option(min=1, max=_MOST, help="How many lines; 3 by default")
    ] = None,
    words: Annotated[
        int | None, typer.Option(min=1, max=_MOST, help="Lines until so many words")
    ] = None,
    algorithm: Annotated[str, typer.Option(help="daybrief, or one of sumy's")] = "daybrief",
    json: Annotated[bool, typer.Option("--json", help="For programs")] = False,  # noqa: FBT002
    json_lines: Annotated[  # noqa: FBT002
        bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out")
    ] = False,
) -> None:
    """Show the lines that stand for a file, or for several files on one story; nothing is kept."""
    from bot import markup
    from briefs import lookups, pages

    call = session.of(context)
    if sentences and words:
        raise UsageError("Give --sentences or --words, not both.")
    if json_lines:
        jsonl.summarize(files or ["-"])
        return
    if not files:
        raise UsageError("Name a file to summarize, or - for what comes in on stdin.")
    analyses = [
        _analysis(lambda: call.settings, name, number, call.now)
        for number, name in enumerate(files, start=1)
    ]
    budget = {"words": words} if words else {"count": sentences or 3}
    summary = lookups.summarize(analyses, algorithm=algorithm, **budget)
    if json:
        lines = [line_json(line) for line in summary.lines]
        terminal.dump(_json([found.document for found in analyses], summary.algorithm, lines))
    else:
        terminal.show(pages.lay_out(summary, markup.LIMITS))


def _sources(paths: Sequence[Path]) -> tuple[list["Source"], tuple[tuple[str, str], ...]]:
    """Return the files at *paths*, and those of them that are not there to be read, with why."""
    from briefs import ingest as stage

    found: list[Source] = []
    refused: list[tuple[str, str]] = []
    for path in stage.files(paths):
        try:
            found.extend(stage.opened(stage.file(path)))
        except DocumentError as error:
            refused.append((error.name, error.reason))
    return found, tuple(refused)


def _pages(
    settings: "Config", urls: Sequence[str]
) -> tuple[list["Source"], tuple[tuple[str, str], ...]]:
    """Return what is at *urls*, and those of them at which nothing can be had, with why."""
    found: list[Source] = []
    refused: list[tuple[str, str]] = []
    for url in urls:
        try:
            found.extend(_fetched(settings, url))
        except DaybriefError as error:
            refused.append((url, str(error)))
    return found, tuple(refused)


def _fetched(settings: "Config", url: str) -> tuple["Source", ...]:
    from bot.cli import fetching
    from briefs import documents
    from briefs import ingest as stage

    source = fetching.page(settings, url, PUBLIC)
    return _apart(stage.opened, source) if documents.holds_several(source.name) else (source,)


def _analysis(settings: Callable[[], "Config"], name: str, number: int, now: datetime) -> Analysis:
    """Analyse a file that is not stored: documents are numbered in the order of the arguments."""
    from briefs import ingest as stage

    if arguments.is_address(name):
        source, *_ = _fetched(settings(), name)
        return stage.numbered(_apart(stage.analyse, source), DocumentId(number))
    source = _stdin(now) if name == "-" else stage.file(arguments.local(name))
    return stage.numbered(_analysed(source), DocumentId(number))


def _analysed(source: "Source") -> Analysis:
    """Analyse *source*, and what may take its reader along in another process."""
    from briefs import documents
    from briefs import ingest as stage

    if not documents.is_fragile(source.name):
        return stage.analyse(source)
    return _apart(stage.analyse, source)


def _apart(function: Callable[["Source"], T], source: "Source") -> T:
    """Return function(source) from another process; DocumentError when it cannot be read."""
    from briefs import bulk

    (outcome,) = bulk.run(partial(bulk.processes, 1), function, [source], tries=1)
    if isinstance(outcome, bulk.Done):
        return outcome.value
    raise DocumentError(source.name, outcome.reason.removeprefix(f"{source.name}: "))


def _stdin(now: datetime) -> "Source":
    from briefs.ingest import Source

    data = sys.stdin.buffer.read()
    return Source(identity="stdin", name="stdin.txt", data=data, modified=now.astimezone(UTC))


def _json(
    documents: Sequence[Document], algorithm: str, lines: Sequence[dict[str, object]]
) -> dict[str, object]:
    told = [{"id": each.id, "title": each.title, "text": each.text} for each in documents]
    if len(told) > 1:
        return {"documents": told, "algorithm": algorithm, "sentences": lines}
    return {"document": told[0], "algorithm": algorithm, "sentences": lines}
