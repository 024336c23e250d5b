"""A document in, what its past revisions said that the ones after them do not out."""

from collections.abc import Iterator

from briefs.model import Before, DocumentId, Edition, Scope, Span
from briefs.store import Revision, Store

_MOST_REVISIONS = 5
_MOST = 20  # paragraphs of one revision


def edition(store: Store, scope: Scope, number: DocumentId) -> Edition:
    """Return a document with what it said before; NotFoundError when *scope* has none such."""
    document = store.documents.get(scope, number)
    later, before = document.text, list[Before]()
    for past in store.documents.revisions(scope, number)[:_MOST_REVISIONS]:
        before.append(_before(past, later))
        later = past.text
    return Edition(document, tuple(each for each in before if each.gone))


def _before(past: Revision, later: str) -> Before:
    """Compare a revision with the text that took its place, paragraph by paragraph."""
    still = {_plain(paragraph) for paragraph in later.split("\n")}
    gone = [each for each in _paragraphs(past.text) if _plain(each[1]) not in still]
    return Before(past.number, past.replaced, tuple(gone[:_MOST]), max(0, len(gone) - _MOST))


def _paragraphs(text: str) -> Iterator[tuple[Span, str]]:
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield Span(start, start + len(paragraph)), paragraph
        start += len(paragraph) + 1


def _plain(paragraph: str) -> str:
    return " ".join(paragraph.split())
