"""Quotes, hits, summaries, shelves and documents in, their titles and blocks out."""

from collections.abc import Iterator

from briefs.model import (
    Before,
    Break,
    Document,
    Edition,
    Found,
    Hit,
    Label,
    Moment,
    Quotation,
    Quotes,
    Run,
    Shelf,
    Source,
    Span,
    Style,
    Summary,
    Timeline,
)
from briefs.pages import phrases
from briefs.pages.layout import Block, Written


def write_quotes(quotes: Quotes) -> Written:
    """Write what one person said, newest first."""
    blocks = tuple(phrases.said(quote) for quote in quotes.said)
    samples = phrases.samples(quote.line for quote in quotes.said)
    nothing: Block = (Label("No words of this person are quoted in the library."),)
    return Written(f"{quotes.speaker}: quotes", blocks or (nothing,), samples)


def write_found(found: Found) -> Written:
    """Write the lines that answer a search, the matched words in bold."""
    blocks: tuple[Block, ...] = tuple(_hit(hit) for hit in found.hits)
    if found.more:
        blocks += ((Label("Older documents match too: add a word.", Style.FAINT), Break()),)
    nothing: Block = (Label("Nothing found. Try fewer or other words."),)
    samples = phrases.samples(hit.line for hit in found.hits)
    asked = "".join(sign for sign in found.query if sign.isprintable())
    return Written(f"Search: {asked}", blocks or (nothing,), samples)


def write_timeline(timeline: Timeline) -> Written:
    """Write the lines of a timeline, each under the day that it stands for."""
    blocks = tuple(phrases.told(entry) for entry in timeline.entries)
    samples = phrases.samples(entry.line for entry in timeline.entries)
    nothing: Block = (Label("Nothing is known from these days."),)
    return Written(f"{timeline.subject}: timeline", blocks or (nothing,), samples)


def write_summary(summary: Summary) -> Written:
    """Write the lines of a summary in reading order."""
    blocks: tuple[Block, ...] = tuple(phrases.excerpts(summary.lines))
    if summary.note:
        blocks += ((Label(summary.note, Style.FAINT), Break()),)
    nothing: Block = (Label("There is no sentence in it that can stand as a line."),)
    return Written(summary.title or "Summary", blocks or (nothing,), phrases.samples(summary.lines))


def write_shelf(shelf: Shelf) -> Written:
    """Write the titles of documents, newest first, with the number that names each."""
    blocks: tuple[Block, ...] = tuple(_document(document) for document in shelf.documents)
    if shelf.more:
        blocks += ((Label("There are more; narrow it down by title.", Style.FAINT), Break()),)
    nothing: Block = (Label("There are no documents. Add one with /doc add."),)
    samples = frozenset(document.id for document in shelf.documents if document.sample)
    return Written("Documents", blocks or (nothing,), samples)


def write_document(document: Document) -> Written:
    """Write the whole text of a document, a quotation from the first word to the last."""
    blocks: list[Block] = [_header(document)]
    start = 0
    for row in document.text.split("\n"):
        quotation = Quotation(row, document.id, Span(start, start + len(row)))
        blocks.append((Label("", Style.QUOTE), quotation, Break()))
        start += len(row) + 1
    samples = frozenset({document.id} if document.sample else ())
    return Written(document.title or "Untitled", tuple(blocks), samples)


def write_edition(edition: Edition) -> Written:
    """Write the whole text of a document, and below what it said before it was corrected."""
    written = write_document(edition.document)
    earlier = (block for each in edition.before for block in _before(edition.document, each))
    return written._replace(blocks=(*written.blocks, *earlier))


def _before(document: Document, before: Before) -> Iterator[Block]:
    title = Label(f"Revision {before.revision}, until ", Style.HEADING)
    said = Label(", said instead or besides", Style.HEADING)
    head: Block = (Break(), title, Moment(before.until), said, Break())
    for span, text in before.gone:
        quotation = Quotation(text, document.id, span, revision=before.revision)
        yield (*head, Label("", Style.QUOTE), quotation, Break())
        head = ()
    if before.more:
        yield (Label(f"and {phrases.count(before.more, 'paragraph')} more", Style.FAINT), Break())


def _header(document: Document) -> Block:
    return (
        Label(f"Document {document.id}, "),
        Source(document.outlet, document.url),
        *phrases.dated(document),
        Break(blank=True),
    )


def _hit(hit: Hit) -> Block:
    return (*phrases.quoted(hit.line, marks=hit.marks), *phrases.origin(hit.line))


def _document(document: Document) -> Block:
    runs: tuple[Run, ...] = (
        Label(f"{document.id}. "),
        Quotation(document.title, document.id, None, strong=True),
        Break(),
        Label("— "),
        Source(document.outlet, document.url),
        *phrases.dated(document),
    )
    return (*runs, *((Label(" (sample)"),) if document.sample else ()), Break())
