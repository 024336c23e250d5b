"""`analyze`, `stories` and `summarize --jsonl`: JSON lines in, JSON lines out, in order."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import Annotated, TypeAlias

import typer

from bot.cli import arguments, session, terminal
from briefs.errors import DaybriefError, UsageError
from briefs.model import Analysis, Document, DocumentId, Mention

_FEW = 32  # lines that are not worth starting other processes for

Answer: TypeAlias = dict[str, object]
Value: TypeAlias = Mapping[str, object]


def analyze(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON lines, or - for stdin")] = "-",
    json_lines: Annotated[  # noqa: FBT002
        bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out")
    ] = False,
) -> None:
    """Find sentences, names and quotes in each line's document."""
    from briefs import recogniser

    _insist(json_lines=json_lines)
    settings = session.of(context).settings
    name = settings.analysis.recogniser
    recogniser.check(name)
    _each(_lines([file]), partial(_analyzed, recogniser=name), workers=settings.workers())


def stories(
    file: Annotated[str, typer.Argument(help="JSON lines, or - for stdin")] = "-",
    json_lines: Annotated[  # noqa: FBT002
        bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out")
    ] = False,
) -> None:
    """Group the documents of all lines into stories, a line each."""
    from briefs import stories as stage

    _insist(json_lines=json_lines)
    given: dict[DocumentId, tuple[object, Document]] = {}
    bad = 0
    for number, line in enumerate(_lines([file]), start=1):
        try:
            value = _parsed(line)
            document = replace(_document(value), id=DocumentId(number))
            given[DocumentId(number)] = (_id(value), document)
        except DaybriefError as error:
            bad += 1
            terminal.dump({"error": f"line {number}: {error}"})
    for story in stage.group([document for _, document in given.values()]):
        terminal.dump({"documents": [given[each][0] for each in story.documents]})
    if bad:
        raise typer.Exit(1)


def summarize(files: Iterable[str]) -> None:
    """Answer `{"id", "documents", "sentences" | "words", "algorithm"?}` on each line."""
    _each(_lines(files), _summarized, workers=1)


def _insist(*, json_lines: bool) -> None:
    if not json_lines:
        raise UsageError("It reads documents as JSON lines: add --jsonl.")


def _lines(files: Iterable[str]) -> Iterator[bytes]:
    for name in files:
        if name == "-":
            yield from sys.stdin.buffer
            continue
        try:
            with arguments.local(name).open("rb") as stream:
                yield from stream
        except OSError as error:
            raise UsageError(
                f"{name} cannot be read ({error.strerror}): check the path."
            ) from error


def _each(lines: Iterator[bytes], answer: Callable[[bytes], Answer], *, workers: int) -> None:
    """Write the answer to each line; a bad one is an error in its place, and exit 1 at the end."""
    from briefs import bulk

    few = list(islice(lines, _FEW))

    def executor() -> Executor:
        return bulk.Inline() if len(few) < _FEW or workers < 2 else bulk.processes(workers)

    bad = 0
    for outcome in bulk.run(executor, answer, chain(few, lines)):
        if isinstance(outcome, bulk.Done):
            terminal.dump(outcome.value)
        else:
            bad += 1
            terminal.dump({"error": outcome.reason})
    if bad:
        raise typer.Exit(1)


def _analyzed(line: bytes, *, recogniser: str) -> Answer:
    from briefs import ingest

    value = _parsed(line)
    return {"id": _id(value), **found(ingest.find(_document(value), recogniser=recogniser))}


def found(analysis: Analysis) -> Answer:
    """Write what was found in one document, as offsets into its text."""
    names = {entity.key: entity.name for entity in analysis.entities}
    return {
        "sentences": [
            {"start": each.span.start, "end": each.span.end, "kind": each.kind}
            for each in analysis.sentences
        ],
        "mentions": _mentions(analysis),
        "quotes": [
            {
                "start": quote.span.start,
                "end": quote.span.end,
                "speaker": names.get(quote.speaker) if quote.speaker else None,
                "how": quote.how,
            }
            for quote in analysis.quotes
        ],
    }


def _mentions(analysis: Analysis) -> list[Answer]:
    """Write names with what they stand for, and dates, amounts and quantities with their value."""
    found: list[tuple[Mention, str | None]] = [
        (link.mention, entity.name) for entity in analysis.entities for link in entity.links
    ]
    found += [(value, None) for value in analysis.values]
    found.sort(key=lambda each: (each[0].span, each[0].kind, each[1] or ""))
    return [
        {
            "start": mention.span.start,
            "end": mention.span.end,
            "kind": mention.kind,
            "entity": name,
            **({"value": mention.value} if name is None else {}),
        }
        for mention, name in found
    ]


def _summarized(line: bytes) -> Answer:
    from briefs import documents, ingest, lookups

    value = _parsed(line)
    texts = value.get("documents")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise UsageError('"documents" must be a list of texts')
    analyses = [
        ingest.numbered(ingest.divide(documents.of(_text(text, "documents"))), DocumentId(number))
        for number, text in enumerate(texts)
    ]
    algorithm = str(value.get("algorithm", "daybrief"))
    summary = lookups.summarize(analyses, algorithm=algorithm, **_budget(value))
    sentences = [
        {
            "document": line.document,
            "text": line.text,
            "start": line.span.start,
            "end": line.span.end,
        }
        for line in summary.lines
    ]
    return {"id": _id(value), "sentences": sentences}


def _budget(value: Value) -> dict[str, int]:
    given = {"count": value.get("sentences"), "words": value.get("words")}
    budget = {
        key: min(number, sys.maxsize)
        for key, number in given.items()
        if isinstance(number, int) and number > 0 and not isinstance(number, bool)
    }
    if len(budget) != 1:
        raise UsageError('give "sentences" or "words", a whole number above 0')
    return budget


def _parsed(line: bytes) -> Value:
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"it is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise UsageError("it is not a JSON object")
    return value


def _refuse(constant: str) -> object:
    """Refuse NaN and the infinities, which Python alone takes for JSON."""
    raise ValueError(constant)


def _id(value: Value) -> object:
    match value.get("id"):
        case str(text):
            return _text(text, "id")
        case int() | float() as number if not isinstance(number, bool):
            return number
    raise UsageError('"id" must be a string or a number')


def _document(value: Value) -> Document:
    from briefs import documents

    text, title = _text(value.get("text"), "text"), _text(value.get("title") or "", "title")
    return documents.of(text, title=title, published=_published(value.get("published")))


def _text(text: object, key: str) -> str:
    """Return *text*, which can be written as UTF-8: half a surrogate pair cannot."""
    if not isinstance(text, str):
        raise UsageError(f'"{key}" must be a string')
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f'"{key}" holds half of a surrogate pair') from error
    return text


def _published(text: object) -> datetime | None:
    if text is None or text == "":
        return None
    try:
        return arguments.instant(_text(text, "published"))
    except (ValueError, OverflowError) as error:
        raise UsageError('"published" must be a time like 2026-11-22T07:30Z') from error
