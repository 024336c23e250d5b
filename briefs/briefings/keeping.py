"""A briefing that was posted in, its record in the store out, and back as it was shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefs import exports
from briefs.errors import NotFoundError, NotVerbatimError
from briefs.exports import Kept
from briefs.model import (
    Break,
    Briefing,
    BriefingRecord,
    Label,
    Page,
    Quotation,
    Scope,
    Style,
)
from briefs.store import Store
from briefs.store.records import KEPT_WHEN

_CHANGED = Label(
    "This is what was shown then; some of its documents have changed or gone since.", Style.FAINT
)


def keep(
    store: Store,
    briefing: Briefing,
    laid_out: Sequence[Page],
    *,
    schedule: str,
    made: datetime,
) -> int:
    """Keep *briefing* with the pages that are shown of it; return the number it is found by.

    What was just kept for the same schedule, and is the same, is not kept twice.
    """
    body = exports.dump(Kept(briefing, tuple(laid_out)))
    last = store.briefings.latest(briefing.scope, schedule)
    if last and store.briefings.get(briefing.scope, last.id)[1] == body:
        return last.id
    return store.briefings.keep(
        briefing.scope,
        made=made,
        since=briefing.since,
        until=briefing.until,
        about=briefing.about,
        stories=len(briefing.items),
        schedule=schedule,
        body=body,
    )


def kept(store: Store, scope: Scope, number: int = 0) -> tuple[BriefingRecord, Kept]:
    """Return the briefing of that *number*, or with 0 the newest; NotFoundError without any."""
    if not number:
        last = store.briefings.latest(scope)
        if last is None:
            raise NotFoundError(f"No briefing has been kept yet: {KEPT_WHEN}")
        number = last.id
    record, body = store.briefings.get(scope, number)
    return record, exports.load(body)


def shown(store: Store, scope: Scope, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return *pages* of what was kept, with a word on top when a document has changed since."""
    quotations = [run for page in pages for run in page.runs if isinstance(run, Quotation)]
    try:
        store.documents.prove(scope, quotations)
    except NotVerbatimError:
        first, *others = pages
        return replace(first, runs=(_CHANGED, Break(blank=True), *first.runs)), *others
    return tuple(pages)
