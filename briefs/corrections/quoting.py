"""A briefing as it was shown in, the lines that it quotes out, each with its story."""

from collections.abc import Iterator

from briefs.exports import Kept
from briefs.model import DocumentId, Item, Line, Quotation


def quoted(kept: Kept) -> tuple[tuple[int, Line], ...]:
    """Return every line that the pages show, once, with the number of its story from 1."""
    shown = {
        (run.document, run.span.start)
        for page in kept.pages
        for run in page.runs
        if isinstance(run, Quotation) and run.span is not None
    }
    lines = {
        (line.document, line.span): (number, line)
        for number, item in reversed([*enumerate(kept.briefing.items, start=1)])
        for line in reversed([*_lines(item)])
        if (line.document, line.span.start) in shown
    }
    return tuple(reversed(lines.values()))


def headlines(kept: Kept) -> tuple[tuple[int, DocumentId, str], ...]:
    """Return every headline that the pages show, once: the number of its story, 0 without one.

    Each with its document, and as much of it as is shown.
    """
    numbered = enumerate(kept.briefing.items, start=1)
    stories = {item.headline.document: number for number, item in numbered}
    shown = dict.fromkeys(
        (run.document, run.text)
        for page in kept.pages
        for run in page.runs
        if isinstance(run, Quotation) and run.span is None and run.text
    )
    return tuple((stories.get(document, 0), document, text) for document, text in shown)


def documents(kept: Kept) -> tuple[DocumentId, ...]:
    """Return which documents are quoted, in ascending order."""
    lines = {line.document for _, line in quoted(kept)}
    return tuple(sorted(lines | {document for _, document, _ in headlines(kept)}))


def _lines(item: Item) -> Iterator[Line]:
    yield from item.lines
    yield from (said.line for said in item.quotes)
    yield from (figure.line for figure in item.figures)
    yield from (each.line for dispute in item.disputes for each in dispute.reported)
    yield from item.also
