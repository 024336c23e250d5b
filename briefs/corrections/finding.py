"""A briefing and a document that it quotes in, the correction that is due out."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from briefs import exports
from briefs.corrections import comparing, hiding, quoting, versions
from briefs.model import Changed, Correction, DocumentId, Scope
from briefs.store import Store

KEPT_FOR = timedelta(days=7)  # how long a posted briefing is corrected


def found(store: Store, scope: Scope, number: int, document: DocumentId) -> Correction | None:
    """Return what *document* has changed of what briefing *number* quotes of it; None: nothing.

    What an earlier correction told is not told again, nor what editors have hidden.
    """
    edits = store.postings.edits_of(scope, number)
    if hiding.withdrawn(edits):
        return None
    now = versions.read(store, scope, document).now
    changes = [] if now is None else _changes(store, scope, number, document)
    told = {
        (start, end, reads)
        for each in store.postings.corrections.of(scope, number)
        if each.document == document
        for start, end, reads in each.told
    }
    fresh = [change for change in changes if _key(change) not in told]
    if now is None or not fresh:
        return None
    return Correction(briefing=number, document=now, changes=tuple(fresh))


def nonce(installation: str, briefing: int, document: DocumentId, revision: int) -> str:
    """Return what Discord recognises a repeated correction by: 21 characters, always the same."""
    key = f"{installation}|correction|{briefing}|{document}|{revision}"
    return "c" + hashlib.blake2b(key.encode(), digest_size=10).hexdigest()


def told(changes: Iterable[Changed]) -> tuple[tuple[int, int, str], ...]:
    """Return what a correction is remembered by."""
    return tuple(_key(change) for change in changes)


def _changes(store: Store, scope: Scope, number: int, document: DocumentId) -> list[Changed]:
    """Return the sentences that are changed, each once, in the order of the briefing."""
    kept = exports.load(store.briefings.get(scope, number)[1])
    gone = hiding.hidden(store.postings.edits_of(scope, number))
    known = versions.read(store, scope, document)
    pieces = store.documents.sentences(scope, [document])
    changes: dict[tuple[int, int, str], Changed] = {}
    for story, line in quoting.quoted(kept):
        past = known.of(line) if line.document == document and story not in gone else None
        if past is None or known.now is None:
            continue
        change = comparing.change(line, past, known.now, pieces)
        if change is not None:
            changes.setdefault(_key(change), change)
    return list(changes.values())


def _key(change: Changed) -> tuple[int, int, str]:
    span = change.before.span
    return span.start, span.end, change.after.text if change.after else ""
