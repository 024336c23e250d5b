"""A posted briefing in, every line of it inside its paragraph out."""

from dataclasses import replace

from briefs.corrections import comparing, hiding, quoting, versions
from briefs.corrections.versions import Versions
from briefs.model import Document, Line, Scope, Sourced, SourceList, Span
from briefs.store import Store


def sources(store: Store, scope: Scope, number: int) -> SourceList:
    """Return where each line of briefing *number* stands, and what has become of it since.

    Stories are numbered as they are shown now. NotFoundError when *scope* has no such briefing.
    """
    lines = quoting.quoted(hiding.shown(store, scope, number))
    documents = dict.fromkeys(line.document for _, line in lines)
    known = {each: versions.read(store, scope, each) for each in documents}
    return SourceList(
        briefing=number,
        lines=tuple(
            _sourced(store, scope, story, line, known[line.document]) for story, line in lines
        ),
    )


def _sourced(store: Store, scope: Scope, story: int, line: Line, known: Versions) -> Sourced:
    version = known.of(line)
    if version is None:
        return Sourced(story, line)
    found = Sourced(story, line, revision=version.revision, paragraph=_paragraph(version, line))
    if known.now is None:
        return found
    found = found._replace(newest=known.now.revision)
    if version.revision == known.now.revision:
        return found
    pieces = store.documents.sentences(scope, [line.document])
    change = comparing.change(line, version, known.now, pieces)
    return found._replace(
        change=change, moved=None if change else comparing.place(line.text, known.now.text)
    )


def _paragraph(version: Document, line: Line) -> Line:
    """Return the block of text that *line* is in."""
    start = version.text.rfind("\n", 0, line.span.start) + 1
    end = version.text.find("\n", line.span.end)
    span = Span(start, len(version.text) if end < 0 else end)
    return replace(line, span=span, text=version.text[span.start : span.end])
