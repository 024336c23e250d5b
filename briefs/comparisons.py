"""The read path for comparisons: two entities side by side, and a time with the one before it."""

from collections.abc import Sequence
from datetime import date, timedelta

from briefs import lookups, stories
from briefs.errors import UsageError
from briefs.model import (
    Companion,
    Compared,
    Comparison,
    DocumentId,
    Kind,
    Said,
    Scope,
    Trending,
)
from briefs.store import Store

WINDOWS = {"24h": 1, "7d": 7, "30d": 30}  # days, of UTC
KINDS = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.EVENT, Kind.PRODUCT)
_NEWEST = 200  # documents of each that are compared
_QUOTED = 40  # quotes of each that are looked at
_SAID = 4  # quotes of each that are shown


def compare(store: Store, scope: Scope, first: str, second: str) -> Comparison:
    """Put whoever goes by *first* and by *second* side by side.

    UsageError when they are one; NotFoundError when there is no such name. Quotes are of stories
    in which both are quoted; to find those takes up to a second.
    """
    known = store.entities
    cards = [lookups.who(store, scope, name) for name in (first, second)]
    if cards[0].id == cards[1].id:
        raise UsageError(f"Both names stand for {cards[0].name}: give two different ones.")
    families = [known.family(scope, card.id) for card in cards]
    newest = [known.newest(scope, family, documents=_NEWEST) for family in families]
    said = [known.quotes(scope, family, limit=_QUOTED) for family in families]
    told = _in_one_story(store, scope, said[0], said[1])
    sides = [Compared(card=card, said=told[side]) for side, card in enumerate(cards)]
    company = [known.people_of(scope, numbers, families, 60) for numbers in newest]
    return Comparison(
        first=sides[0],
        second=sides[1],
        documents=len({*newest[0]} & {*newest[1]}),
        looked_at=_NEWEST,
        together=known.together(scope, families[0], families[1], documents=_NEWEST, limit=4),
        company=tuple(
            Companion(each.name, each.kind, min(each.documents, company[1][number].documents))
            for number, each in company[0].items()
            if number in company[1]
        )[:12],
    )


def trending(
    store: Store, scope: Scope, *, until: date, window: str = "7d", kind: str = "", limit: int = 20
) -> Trending:
    """Return whose number of documents changed the most, in the last days that have documents.

    The window ends with the newest such day, *until* at the latest. *kind* is "" for all.
    """
    if window not in WINDOWS:
        raise UsageError(f"There is no window {window!r}: use {', '.join(WINDOWS)}.")
    kinds = [each for each in KINDS if kind.upper() in {"", each}]
    if not kinds:
        choice = ", ".join(each.lower() for each in KINDS)
        raise UsageError(f"There is no kind {kind!r}: use {choice}.")
    last = store.trends.last_day(scope, until)
    if last is None:
        return Trending(first=None, last=None, trends=())
    first = last - timedelta(days=WINDOWS[window] - 1)
    trends, capped = store.trends.changes(scope, first, last, kinds=kinds)
    more = max(len(trends) - limit, 0)
    return Trending(first=first, last=last, trends=trends[:limit], capped=capped, more=more)


def _in_one_story(
    store: Store, scope: Scope, first: Sequence[Said], second: Sequence[Said]
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return the newest quotes of each that are from a story in which both are quoted."""
    numbers = sorted({quote.line.document for quote in (*first, *second)})
    grouped = stories.group([store.documents.get(scope, number) for number in numbers])
    story = {number: place for place, each in enumerate(grouped) for number in each.documents}
    sides = [[story[quote.line.document] for quote in said] for said in (first, second)]
    both = {*sides[0]} & {*sides[1]}
    return _told(first, both, story), _told(second, both, story)


def _told(said: Sequence[Said], wanted: set[int], story: dict[DocumentId, int]) -> tuple[Said, ...]:
    from_it = [quote for quote in said if story[quote.line.document] in wanted]
    return lookups.distinct(from_it)[:_SAID]
