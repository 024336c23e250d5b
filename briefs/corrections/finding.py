"""A briefing and a document that it quotes in, the correction that is due out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from briefs import exports
from briefs.corrections import comparing, hiding, quoting, versions
from briefs.corrections.versions import Versions
from briefs.exports import Kept
from briefs.model import (
    Changed,
    Correction,
    Document,
    DocumentId,
    Item,
    Line,
    Scope,
    Sentence,
    Span,
)
from briefs.store import Store

Key: TypeAlias = tuple[int, int, str]  # start and end of what was quoted, and what it reads now

KEPT_FOR = timedelta(days=7)  # how long a posted briefing is corrected
_BACK_WITHIN = timedelta(hours=1)  # a file that is moved or renamed is read again
_WITHDRAWN: Key = (-1, -1, "")
_NOWHERE = Span(0, 0)  # the place of a headline


def found(store: Store, scope: Scope, number: int, document: DocumentId) -> Correction | None:
    """Return what *document* has changed of what briefing *number* quotes of it; None: nothing.

    What an earlier correction told is not told again, nor what editors have hidden.
    """
    edits = store.postings.edits_of(scope, number)
    if hiding.withdrawn(edits):
        return None
    kept = exports.load(store.briefings.get(scope, number)[1])
    known, gone = versions.read(store, scope, document), hiding.hidden(edits)
    told = _told(store, scope, number, document)
    if known.now is None:
        return None if _WITHDRAWN in told else _withdrawn(kept, number, known, gone, document)
    pieces = store.documents.sentences(scope, [document])
    fresh: dict[Key, Changed] = {}
    for each in _changes(kept, document, known, pieces, gone=gone):
        if _key(each) not in told:
            fresh.setdefault(_key(each), each)
    if not fresh:
        return None
    return Correction(briefing=number, document=known.now, changes=tuple(fresh.values()))


def settled(store: Store, scope: Scope, document: DocumentId, now: datetime) -> bool:
    """Tell whether it may be said by *now* what became of *document*.

    One that is withdrawn may come back: a file that is moved or renamed is read again.
    """
    known = versions.read(store, scope, document)
    if known.now is not None or not known.past:
        return True
    return now - store.documents.revisions(scope, document)[0].replaced >= _BACK_WITHIN


def nonce(installation: str, briefing: int, document: DocumentId, revision: int) -> str:
    """Return what Discord recognises a repeated correction by: 21 characters, always the same."""
    key = f"{installation}|correction|{briefing}|{document}|{revision}"
    return "c" + hashlib.blake2b(key.encode(), digest_size=10).hexdigest()


def told(correction: Correction) -> tuple[tuple[int, int, str], ...]:
    """Return what a correction is remembered by."""
    if correction.withdrawn:
        return (_WITHDRAWN,)
    return tuple(_key(change) for change in correction.changes)


def revision(correction: Correction) -> int:
    """Return the revision that is told of; a withdrawal is none, and is told beside the last."""
    number = correction.document.revision
    return -number if correction.withdrawn else number


def _told(store: Store, scope: Scope, number: int, document: DocumentId) -> set[Key]:
    return {
        (start, end, reads)
        for each in store.postings.corrections.of(scope, number)
        if each.document == document
        for start, end, reads in each.told
    }


def _withdrawn(
    kept: Kept, number: int, known: Versions, gone: frozenset[int], document: DocumentId
) -> Correction | None:
    """Say that a document is withdrawn of which something is still shown; None when nothing is."""
    shown = [line for story, line in quoting.quoted(kept) if story not in gone]
    shown += [item.headline for place, item in _items(kept) if place not in gone]
    lines = [line for line in shown if line.document == document]
    if not lines or not known.past:
        return None
    last, outlet = known.past[0], lines[0]
    stood = replace(last, text="", source=outlet.source, url=outlet.url, sample=outlet.sample)
    return Correction(briefing=number, document=stood, changes=(), withdrawn=True)


def _changes(
    kept: Kept,
    document: DocumentId,
    known: Versions,
    pieces: Sequence[Sentence],
    *,
    gone: frozenset[int],
) -> Iterator[Changed]:
    """Yield the headlines and the sentences that are changed, in the order of the briefing."""
    assert known.now is not None
    for story, number, words in quoting.headlines(kept):
        past = known.titled(words) if number == document and story not in gone else None
        if past is not None and not comparing.stands(words, known.now.title):
            yield _headline(words, past, known.now)
    for story, line in quoting.quoted(kept):
        past = known.of(line) if line.document == document and story not in gone else None
        change = None if past is None else comparing.change(line, past, known.now, pieces)
        if change is not None:
            yield change


def _headline(words: str, past: Document, now: Document) -> Changed:
    before = replace(Line.of(past, _NOWHERE), title=words)
    after = Line.of(now, _NOWHERE) if now.title else None
    return Changed(before=before, revision=past.revision, after=after)


def _items(kept: Kept) -> Iterable[tuple[int, Item]]:
    return enumerate(kept.briefing.items, start=1)


def _key(change: Changed) -> Key:
    span, after = change.before.span, change.after
    reads = after.title if after and span == _NOWHERE else after.text if after else ""
    return span.start, span.end, reads
