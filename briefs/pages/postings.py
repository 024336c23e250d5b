"""Sources and corrections in, titles and blocks out."""

from collections.abc import Iterable
from dataclasses import replace

from briefs.model import (
    Break,
    Changed,
    Correction,
    Document,
    Label,
    Line,
    Moment,
    Quotation,
    Run,
    Source,
    Sourced,
    SourceList,
    Style,
)
from briefs.pages import phrases
from briefs.pages.layout import Block, Written


def write_sources(sources: SourceList) -> Written:
    """Write every line in its paragraph, where exactly it stands, and what it reads since."""
    blocks = tuple(_sourced(each) for each in sources.lines)
    nothing: Block = (Label("This briefing quotes nothing."), Break())
    shown = [line for each in sources.lines for line in _lines(each)]
    title = f"Sources of briefing {sources.briefing}"
    return Written(title, blocks or (nothing,), phrases.samples(shown))


def write_correction(correction: Correction) -> Written:
    """Write what was quoted, and what stands there now; or that it is withdrawn."""
    document = correction.document
    verb = "has withdrawn" if correction.withdrawn else "has changed"
    head: Block = (
        Source(document.outlet, document.url),
        Label(f" {verb} what briefing {correction.briefing} quotes."),
        Break(blank=True),
    )
    blocks = [_changed(each, correction.document.revision) for each in correction.changes]
    if correction.more:
        number = phrases.count(correction.more, "further sentence")
        blocks.append((Label(f"{number} was changed as well.", Style.FAINT), Break()))
    if correction.withdrawn:
        blocks.append(_last_headline(document))
    blocks[0] = head + blocks[0]
    samples = frozenset({document.id} if document.sample else ())
    return Written("Correction", tuple(blocks), samples)


def _last_headline(document: Document) -> Block:
    """Name the document that is withdrawn: by its headline, as it was last."""
    if not document.title:
        return Label("It had no headline."), Break()
    title = Quotation(document.title, document.id, None, strong=True, revision=document.revision)
    return Label("Its headline was: "), title, Break()


def _lines(sourced: Sourced) -> Iterable[Line]:
    yield sourced.line
    if sourced.change and sourced.change.after:
        yield sourced.change.after


def _sourced(sourced: Sourced) -> Block:
    head: Block = (Label(f"Story {sourced.story}, "), *_origin(sourced.line), Break())
    if sourced.paragraph is None:
        gone = f"Document {sourced.line.document} is not kept any more: its line is not shown."
        return (*head, Label(gone), Break(blank=True))
    quoted = phrases.quoted(sourced.paragraph, marks=[sourced.line.span])
    return (*head, *_past(quoted, sourced), *_place(sourced), *_since(sourced), Break())


def _origin(line: Line) -> tuple[Run, ...]:
    """Name the outlet with its link, and the time to the minute."""
    if line.published is None:
        return Source(line.source, line.url), Label(", undated")
    how = ", file of " if line.filed else ", "
    return Source(line.source, line.url), Label(how), Moment(line.published, "full")


def _past(runs: Iterable[Run], sourced: Sourced) -> tuple[Run, ...]:
    """Mark quotations as of a revision, unless that is the one that stands now."""
    number = 0 if sourced.revision == sourced.newest else sourced.revision
    return tuple(
        replace(run, revision=number) if isinstance(run, Quotation) else run for run in runs
    )


def _place(sourced: Sourced) -> Block:
    start, end = sourced.line.span
    text = (
        f"document {sourced.line.document}, revision {sourced.revision}, "
        f"characters {start:,} to {end:,}"
    )
    return Label(text, Style.FAINT), Break()


def _since(sourced: Sourced) -> Block:
    """Say what has become of the line in the newest revision."""
    if not sourced.newest:
        return Label("The document is not in the library any more.", Style.STRONG), Break()
    if sourced.revision == sourced.newest:
        return ()
    if sourced.change is None:
        where = f", at character {sourced.moved.start:,}" if sourced.moved else ""
        return Label(f"It still stands in revision {sourced.newest}{where}.", Style.FAINT), Break()
    label = Label(f"Changed since, in revision {sourced.newest}:", Style.STRONG)
    return (label, Break(), *_after(sourced.change))


def _changed(change: Changed, revision: int) -> Block:
    if not change.before.text:
        return _changed_headline(change, revision)
    before = tuple(
        replace(run, revision=change.revision) if isinstance(run, Quotation) else run
        for run in phrases.quoted(change.before)
    )
    return (
        Label(f"It read, in revision {change.revision}:", Style.STRONG),
        Break(),
        *before,
        Label(f"It reads now, in revision {revision}:", Style.STRONG),
        Break(),
        *_after(change),
        Break(),
    )


def _changed_headline(change: Changed, revision: int) -> Block:
    before, after = change.before, change.after
    was = Quotation(before.title, before.document, None, strong=True, revision=change.revision)
    label = Label(f"It is now, in revision {revision}: ")
    now: Block = (label, phrases.headline(after)) if after else (Label("It has none now."),)
    return (
        Label(f"Its headline was, in revision {change.revision}: "),
        was,
        Break(),
        *now,
        Break(blank=True),
    )


def _after(change: Changed) -> Block:
    if change.after is None:
        return Label("The outlet has taken it out."), Break()
    return phrases.quoted(change.after)
