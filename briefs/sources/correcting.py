"""A correction of a document by hand in, the document with it out; then both kept."""

from dataclasses import replace
from datetime import timedelta

from briefs import ingest
from briefs.documents import clean
from briefs.errors import NotFoundError, UsageError
from briefs.model import Analysis, Document, DocumentEdit, DocumentId
from briefs.store import Store

_LONGEST = 500  # characters of a field
_SLACK = timedelta(days=1)  # it is tomorrow already somewhere


def correction(edit: DocumentEdit) -> DocumentEdit:
    """Return *edit* with its words fit to be kept; UsageError for a date that cannot be."""
    if edit.published and edit.published > edit.at + _SLACK:
        raise UsageError("That date is in the future: give the day on which it was published.")
    return edit._replace(
        title=_line(edit.title), source=_line(edit.source), author=_line(edit.author)
    )


def corrected(store: Store, edit: DocumentEdit) -> Document:
    """Return a document of the scope of *edit* as it is corrected, to be analysed and kept.

    NotFoundError when that scope owns no such document, UsageError when nothing would change.
    """
    document = store.documents.get(edit.scope, edit.document)
    if document.scope != edit.scope:  # what is everybody's is not corrected for everybody
        raise NotFoundError(f"There is no document {edit.document} of this server.")
    changed = edit.applied(document)
    if changed == document:
        raise UsageError("Nothing would change: give a title, a source, an author or a date.")
    return replace(changed, id=DocumentId(0))


def keep_correction(store: Store, edit: DocumentEdit, analysis: Analysis) -> None:
    """Keep *edit*, and with *analysis* the revision of its document that it makes."""
    store.edits.note(edit)
    ingest.keep(store, analysis, edit.at)


def _line(text: str | None) -> str | None:
    """Return *text* as a document's own fields are kept; None when nothing is left of it."""
    return clean.line(text)[:_LONGEST].strip() or None if text else None
