"""The read path for questions: entities, quotes, search, summaries, the shelf; and the proof."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from briefs import entities, summaries, words
from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    Analysis,
    Card,
    Dated,
    EntityId,
    Found,
    Line,
    Page,
    Quotation,
    Quotes,
    Said,
    Scope,
    Shelf,
    Summary,
)
from briefs.store import Family, Store

VIEWS = ("card", "quotes", "mentions", "timeline")


def who(store: Store, scope: Scope, name: str, *, view: str = "card") -> Card:
    """Return what is known of whoever goes by *name*, or has the id in "#id", in one *view*.

    When several do, the one in the most documents, with a note on the others. NotFoundError has
    names that are near.
    """
    if view not in VIEWS:
        raise UsageError(f"There is no view {view!r}: use {', '.join(VIEWS)}.")
    family, *others = _called(store, scope, name)
    head = store.entities.head(scope, family)
    card = Card(
        id=head.id,
        name=head.name,
        kind=head.kind,
        aliases=head.aliases,
        roles=store.entities.roles(scope, family),
        mentions=head.mentions,
        documents=head.documents,
        first_seen=head.first,
        last_seen=head.last,
        quotes=_quotes(store, scope, family, view),
        companions=store.entities.companions(scope, family),
        timeline=_timeline(store, scope, family, limit=60 if view == "timeline" else 6),
        lines=_lines(store, scope, family, limit=60 if view == "mentions" else 3),
        note=_note(others),
    )
    return _viewed(card, view)


def quotes(store: Store, scope: Scope, name: str, *, about: str = "", limit: int = 100) -> Quotes:
    """Return what whoever goes by *name* said, newest first; all words of *about* stand in it."""
    family, *_ = _called(store, scope, name)
    wanted = set(words.words(about))
    said = store.entities.quotes(scope, family, limit=limit)
    return Quotes(
        speaker=family.name,
        said=tuple(quote for quote in said if wanted <= set(words.words(quote.line.text))),
    )


def search(store: Store, scope: Scope, query: str, *, limit: int = 10) -> Found:
    """Return the lines in which the words of *query* stand, newest first."""
    return store.search.sentences(scope, query, limit=limit)


def shelf(store: Store, scope: Scope, *, title: str = "", limit: int = 50) -> Shelf:
    """Return the newest documents, or those whose title begins with *title*."""
    return store.documents.listing(scope, limit=limit, title_prefix=title)


def summarize(
    analyses: Sequence[Analysis],
    *,
    count: int | None = None,
    words: int | None = None,
    algorithm: str = "daybrief",
) -> Summary:
    """Pick the lines that stand for documents, which are numbered and need not be stored."""
    documents = {analysis.document.id: analysis.document for analysis in analyses}
    parts = [part for analysis in analyses for part in analysis.sentences]
    language = analyses[0].document.language if analyses else "en"
    chosen = summaries.pick(parts, count=count, words=words, algorithm=algorithm, language=language)
    return Summary(
        title=analyses[0].document.title if analyses else "",
        algorithm=algorithm,
        lines=tuple(Line.of(documents[part.document], part.span) for part in chosen),
        note=summaries.note(parts, algorithm),
    )


def prove(store: Store, scope: Scope, pages: Sequence[Page]) -> None:
    """Compare every quotation on *pages* with its stored document, before anybody sees it.

    Raises NotVerbatimError when one differs, or is not in *scope*.
    """
    quotations = [run for page in pages for run in page.runs if isinstance(run, Quotation)]
    store.documents.prove(scope, quotations)


def _called(store: Store, scope: Scope, name: str) -> tuple[Family, ...]:
    """Return whoever goes by *name*, at least one, those in the most documents first."""
    typed = name.strip()
    if typed.startswith("#") and typed[1:].isdecimal():
        return (store.entities.family(scope, EntityId(int(typed[1:20]))),)
    found = store.entities.find(scope, entities.query_keys(typed))
    if not found:
        raise NotFoundError(
            f"There is nobody and nothing called “{typed[:60]}” in the library; "
            "names are recognised in English texts only.",
            store.entities.nearest(scope, typed),
        )
    return found


def _note(others: Sequence[Family]) -> str:
    if not others:
        return ""
    named = ", ".join(f"{family.name} ({family.kind.lower()})" for family in others[:5])
    return f"Others go by that name too: {named}."


def _quotes(store: Store, scope: Scope, family: Family, view: str) -> tuple[Said, ...]:
    """Return what *family* said, newest first: all of it, or on the card the same words once."""
    said = store.entities.quotes(scope, family, limit=50)
    return said if view == "quotes" else _distinct(said)[:6]


def _distinct(said: Sequence[Said]) -> tuple[Said, ...]:
    """Leave out what stands in a longer quote, and of the same words all but the first."""
    spoken = [f" {' '.join(words.words(words.fold(quote.line.text)))} " for quote in said]

    def told(at: int) -> bool:
        return spoken[at] in spoken[:at] or any(
            spoken[at] in other and spoken[at] != other for other in spoken
        )

    return tuple(quote for at, quote in enumerate(said) if not told(at))


def _timeline(store: Store, scope: Scope, family: Family, *, limit: int) -> tuple[Dated, ...]:
    """Return a line of each document that names *family*, oldest first, by day of publication."""
    found = store.entities.timeline(scope, family, limit=limit)
    dated = (Dated(day=each.at.astimezone(UTC).date(), line=each.line) for each in found)
    return tuple(sorted(dated, key=lambda entry: (entry.day, entry.line.document)))


def _lines(store: Store, scope: Scope, family: Family, *, limit: int) -> tuple[Line, ...]:
    found = store.entities.mentions(scope, family, limit=limit)
    return tuple(dict.fromkeys(each.line for each in found))[:limit]


def _viewed(card: Card, view: str) -> Card:
    """Leave out what *view* does not show."""
    match view:
        case "quotes":
            return replace(card, roles=(), companions=(), timeline=(), lines=())
        case "mentions":
            return replace(card, roles=(), quotes=(), companions=(), timeline=())
        case "timeline":
            return replace(card, roles=(), quotes=(), companions=(), lines=())
    return replace(card, lines=())
