"""The command line, and the only place where the parts are put together."""

import os
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from bot import logs
from bot.cli import (
    agenda,
    archive,
    care,
    doctor,
    documents,
    feeds,
    history,
    jsonl,
    preview,
    reading,
    run,
    sources,
    stories,
    tending,
    texts,
    topics,
    watches,
    workbench,
)
from bot.cli.session import Session
from briefs.errors import DaybriefError, UsageError

_STOPPED = 130  # the exit code after Ctrl-C

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def start(
    context: typer.Context,
    config: Annotated[
        str, typer.Option(help="The configuration file; config.toml when there is one.")
    ] = "",
) -> None:
    """Briefings from your documents; every line is a quotation with its source."""
    logs.start("warning")
    context.obj = Session(config)


for command in (
    preview.preview,
    preview.figures,
    run.run,
    texts.ingest,
    texts.summarize,
    reading.entity,
    reading.quotes,
    reading.timeline,
    reading.compare,
    reading.trending,
    reading.search,
    archive.said,
    jsonl.analyze,
    jsonl.stories,
    doctor.doctor,
    care.backup,
    care.restore,
    care.migrate,
):
    app.command()(command)
agenda.app.command()(history.history)
agenda.app.command()(history.why)
feeds.app.command()(tending.pause)
feeds.app.command()(tending.resume)
feeds.app.command()(tending.refresh)
feeds.app.command("import")(tending.take_over)
feeds.app.command()(tending.export)
app.add_typer(archive.app, name="briefing")
app.add_typer(agenda.app, name="schedule")
app.add_typer(workbench.app, name="entities")
app.add_typer(stories.app, name="story")
app.add_typer(topics.app, name="topic")
app.add_typer(watches.app, name="watch")
app.add_typer(documents.app, name="doc")
app.add_typer(feeds.app, name="feed")
app.add_typer(sources.app, name="source")


def main() -> None:
    """Do as the command line says; an error is one sentence on stderr and an exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads cost more than our sums are worth
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes whatever the system is set to
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _run()
    except DaybriefError as error:
        _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        _mute()
        if isinstance(error, BrokenPipeError):  # whoever read our output has had enough
            sys.exit(1)
        what = error.filename or "the output"
        _fail(f"{what} could not be read or written ({error.strerror}): check its disk.", 1)


def _run() -> None:
    try:
        app()
    except SystemExit as end:
        sys.stdout.flush()  # what cannot be written is said by us, not by Python at exit
        if end.code == _STOPPED:
            sys.stderr.write("daybrief: stopped\n")
        raise


def _mute() -> None:
    """Let nothing more be written: Python would complain again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"daybrief: {message}\n")
    sys.exit(code)
