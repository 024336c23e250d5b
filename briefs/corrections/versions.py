"""A document's number in, what it has said over time out; quotations in, each with its revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefs.errors import NotFoundError, NotVerbatimError
from briefs.model import Document, DocumentId, Line, Page, Quotation, Run, Scope
from briefs.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What one document says *now*, None when it is not in the library, and said before."""

    now: Document | None
    past: tuple[Document, ...]  # the newest first

    def of(self, line: Line) -> Document | None:
        """Return the newest version that has *line* where it says; None when none has."""
        return next((each for each in self.every() if _has(each, line)), None)

    def titled(self, words: str) -> Document | None:
        """Return the newest version with *words* in its headline; None when none has."""
        return next((each for each in self.every() if words in each.title), None)

    def every(self) -> tuple[Document, ...]:
        """Return every version, the newest first."""
        return (self.now, *self.past) if self.now else self.past


def read(store: Store, scope: Scope, number: DocumentId) -> Versions:
    """Return the versions of a document that are kept, as *scope* sees them."""
    try:
        now = store.documents.get(scope, number)
    except NotFoundError:
        now = None
    known = now or Document(text="", id=number)
    past = tuple(
        replace(known, text=each.text, title=each.title, posts=(), revision=each.number)
        for each in store.documents.revisions(scope, number)
    )
    return Versions(now=now, past=past)


def pinned(store: Store, scope: Scope, laid_out: Sequence[Page]) -> tuple[Page, ...]:
    """Return pages with each quotation of a version that is past marked as one of that revision.

    Raises NotVerbatimError when what is quoted stands in no version that is kept.
    """
    known = {
        number: read(store, scope, number)
        for number in dict.fromkeys(each.document for each in quotations(laid_out))
    }
    pages = tuple(
        replace(page, runs=tuple(_pin(run, known) for run in page.runs)) for page in laid_out
    )
    store.documents.prove(scope, quotations(pages))
    return pages


def quotations(laid_out: Sequence[Page]) -> list[Quotation]:
    """Return all that pages quote."""
    return [run for page in laid_out for run in page.runs if isinstance(run, Quotation)]


def _pin(run: Run, known: Mapping[DocumentId, Versions]) -> Run:
    if not isinstance(run, Quotation):
        return run
    versions = known[run.document]
    if versions.now is not None and _quotes(versions.now, run):
        return run
    for each in versions.past:
        if _quotes(each, run):
            return replace(run, revision=each.revision)
    raise NotVerbatimError(
        f"A line of document {run.document} is in no revision of it that is kept, so it cannot be "
        "shown again."
    )


def _has(document: Document, line: Line) -> bool:
    return document.text[line.span.start : line.span.end] == line.text


def _quotes(document: Document, quotation: Quotation) -> bool:
    if quotation.span is None:
        return quotation.text in document.title
    return document.text[quotation.span.start : quotation.span.end] == quotation.text
