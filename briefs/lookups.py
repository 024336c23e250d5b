"""The read path for questions: entities, quotes, search, summaries, the shelf; and the proof."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from briefs import context, entities, summaries, words
from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    Analysis,
    Card,
    Dated,
    DocumentId,
    EntityId,
    Found,
    Kind,
    Lean,
    Line,
    Page,
    Quotation,
    Quotes,
    Said,
    Scope,
    Shelf,
    Span,
    Summary,
    Timeline,
)
from briefs.store import Family, Store, Suggestion, Valued

VIEWS = ("card", "quotes", "mentions", "timeline", "network", "names")
WHOLE = "all"  # every view at once, for programs
_WORD = re.compile(r"\w+")
_PAST = 200  # documents that a timeline looks back on


def who(store: Store, scope: Scope, name: str, *, view: str = "card") -> Card:
    """Return what is known of whoever goes by *name*, or has the id in "#id", in one *view*.

    When several do, the one in the most documents, with a note on the others. NotFoundError has
    names that are near.
    """
    if view not in (*VIEWS, WHOLE):
        raise UsageError(f"There is no view {view!r}: use {', '.join(VIEWS)}.")
    family, *others = _called(store, scope, name)
    head = store.entities.head(scope, family)
    card = Card(
        id=head.id,
        name=head.name,
        kind=head.kind,
        aliases=head.aliases,
        mentions=head.mentions,
        documents=head.documents,
        first_seen=head.first,
        last_seen=head.last,
        note=" ".join([*_others(others), *_open(store.entities.left_open(scope, family))]),
    )
    return _filled(store, scope, family, card, view)


def suggest(store: Store, scope: Scope, typed: str, *, limit: int = 25) -> tuple[Suggestion, ...]:
    """Return entities that *typed* may become: those that begin so, then those that are alike."""
    return store.entities.suggest(scope, typed, limit, keys=entities.query_keys(typed))


def quotes(store: Store, scope: Scope, name: str, *, about: str = "", limit: int = 100) -> Quotes:
    """Return what whoever goes by *name* said, newest first; all words of *about* stand in it."""
    family, *_ = _called(store, scope, name)
    wanted = set(words.words(about))
    said = store.entities.quotes(scope, family, limit=limit)
    return Quotes(
        speaker=family.name,
        said=tuple(quote for quote in said if wanted <= set(words.words(quote.line.text))),
    )


def timeline(
    store: Store,
    scope: Scope,
    subject: str,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Timeline:
    """Return what happened to whoever goes by *subject*, or else to what its words say.

    The lines come from the newest documents, the earliest day first, from the day *since* to the
    day *until*. NotFoundError when nobody has the name and no document the words.
    """
    try:
        family, *_ = _called(store, scope, subject)
    except NotFoundError as unknown:
        entries = _topical(store, scope, subject)
        if not entries:
            raise NotFoundError(
                f"There is nothing on “{subject.strip()[:60]}” in the library: use a name, or "
                "words that stand in its documents.",
                unknown.suggestions,
            ) from unknown
        return Timeline(subject=subject.strip(), entries=_within(entries, since, until))
    entries = _named(store, scope, family, documents=_PAST)
    return Timeline(subject=family.name, entries=_within(entries, since, until))


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
    chosen = summaries.pick(
        parts,
        count=count,
        words=words,
        algorithm=algorithm,
        language=analyses[0].document.language if analyses else "en",
        leans={place: lean for found in analyses for place, lean in _leaning(found).items()},
    )
    return Summary(
        title=analyses[0].document.title if analyses else "",
        algorithm=algorithm,
        lines=tuple(
            replace(
                Line.of(documents[choice.sentence.document], choice.sentence.span),
                joined=choice.joined,
                note=choice.note,
                rule=choice.rule,
                parts=choice.parts,
            )
            for choice in chosen
        ),
        note=summaries.note(parts, algorithm),
    )


def _leaning(found: Analysis) -> Mapping[tuple[DocumentId, int], Lean]:
    """Say which sentences do not stand alone in view of who is named in each, and what is said."""
    number = found.document.id
    mentions = sorted(
        (link.mention.span, link.mention.sentence, entity.key.kind, entity.name)
        for entity in found.entities
        for link in entity.links
    )
    names = defaultdict(list)
    for _, index, kind, name in mentions:
        names[number, index].append((kind, name))
    return context.judge(
        found.sentences,
        names=names,
        quotes={number: found.quotes},
        language=found.document.language,
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
    found = found or store.entities.ending(scope, typed)
    if not found:
        raise NotFoundError(
            f"There is nobody and nothing called “{typed[:60]}” in the library: check the "
            "spelling; names are recognised in English texts only.",
            store.entities.nearest(scope, typed),
        )
    return found


def _filled(store: Store, scope: Scope, family: Family, card: Card, view: str) -> Card:
    """Put what *view* shows into *card*."""
    known = store.entities
    match view:
        case "quotes":
            return replace(card, quotes=known.quotes(scope, family, limit=50))
        case "mentions":
            return replace(card, lines=_lines(store, scope, family))
        case "timeline":
            days = known.days(scope, family)
            return replace(card, timeline=_history(store, scope, family, view), days=days)
        case "network":
            return replace(card, companions=known.network(scope, family))
        case "names":
            return replace(card, reasons=known.reasons(scope, family))
    company = known.network if view == WHOLE else known.companions
    return replace(
        card,
        roles=known.roles(scope, family),
        quotes=distinct(known.quotes(scope, family, limit=50))[:6],
        companions=company(scope, family, limit=10),
        timeline=_history(store, scope, family, view),
        headlines=_headlines(store, scope, family),
        reasons=known.reasons(scope, family) if view == WHOLE else (),
        days=known.days(scope, family),
    )


def _others(others: Sequence[Family]) -> tuple[str, ...]:
    """Say who else goes by the name that was asked for."""
    if not others:
        return ()
    named = ", ".join(f"{family.name} ({family.kind.lower()})" for family in others[:5])
    return (f"Others go by that name too: {named}.",)


def _open(bare: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Say which shorter names stand alone somewhere, not counted here, for want of certainty."""
    return tuple(
        f"“{name}” alone, in {documents:,} {'document' if documents == 1 else 'documents'}, stays "
        "open: it may be this one or another, and is not counted here."
        for name, documents in bare[:3]
    )


def _headlines(store: Store, scope: Scope, family: Family) -> tuple[Line, ...]:
    """Return the titles of the newest documents that have a line on *family*."""
    found = store.entities.timeline(scope, family, limit=5)
    return tuple(replace(each.line, span=Span(0, 0), text="") for each in found)


def distinct(said: Sequence[Said]) -> tuple[Said, ...]:
    """Leave out what stands in a longer quote, and of the same words all but the first."""
    spoken = [f" {_spelled(quote.line.text)} " for quote in said]

    def told(at: int) -> bool:
        return spoken[at] in spoken[:at] or any(
            spoken[at] in other and spoken[at] != other for other in spoken
        )

    return tuple(quote for at, quote in enumerate(said) if not told(at))


def _spelled(text: str) -> str:
    """Return the words and figures of *text*, whatever stands between them."""
    return " ".join(_WORD.findall(words.fold(text)))


def _history(store: Store, scope: Scope, family: Family, view: str) -> tuple[Dated, ...]:
    """Return the dated lines that name *family*: on the card the last of its newest documents."""
    if view == "timeline":
        return _named(store, scope, family, documents=_PAST)
    return _named(store, scope, family, documents=6)[-6:]


def _named(store: Store, scope: Scope, family: Family, *, documents: int) -> tuple[Dated, ...]:
    found = store.entities.mentions(scope, family, limit=documents)
    return _dated(store, scope, ((each.line, each.at) for each in found))


def _within(entries: Sequence[Dated], since: date | None, until: date | None) -> tuple[Dated, ...]:
    """Return what happened from *since* to *until*, even if only the end or the start of it."""
    return tuple(
        entry
        for entry in entries
        if (until is None or entry.day <= until)
        and (since is None or (entry.until or entry.day) >= since)
    )


def _topical(store: Store, scope: Scope, query: str) -> tuple[Dated, ...]:
    """Return the dated lines in which the words of *query* stand, one a document."""
    found = store.search.sentences(scope, query, limit=_PAST, window=_PAST)
    return _dated(store, scope, ((hit.line, hit.line.published) for hit in found.hits))


def _dated(
    store: Store, scope: Scope, lines: Iterable[tuple[Line, datetime | None]]
) -> tuple[Dated, ...]:
    """Return *lines* by the day that each speaks of, the earliest first, copies once.

    Of a document with none that speaks of a day, the first stands for its day of publication.
    """
    texts: dict[DocumentId, list[tuple[Line, datetime | None]]] = defaultdict(list)
    for line, at in lines:
        texts[line.document].append((line, at))
    days: dict[DocumentId, list[Valued]] = defaultdict(list)
    for value in store.values.in_documents(scope, texts, (Kind.DATE,)):
        days[value.document].append(value)
    entries = [entry for number in sorted(texts) for entry in _of_one(texts[number], days[number])]
    entries.sort(key=lambda entry: (entry.day, entry.line.document, entry.line.span))
    once = {_sameness(entry): entry for entry in reversed(entries)}
    return tuple(entry for entry in entries if once[_sameness(entry)] is entry)


def _of_one(
    lines: Sequence[tuple[Line, datetime | None]], days: Sequence[Valued]
) -> Iterator[Dated]:
    told = [entry for line, _ in lines if (entry := _told(line, days))]
    yield from told
    (line, at), *_ = lines
    if not told and at is not None:
        yield Dated(day=at.astimezone(UTC).date(), line=line)


def _told(line: Line, days: Sequence[Valued]) -> Dated | None:
    """Return *line* with the one day, or the one stretch of days, that it speaks of."""
    inside = {
        (value.first, value.last or value.first)
        for value in days
        if value.first and line.span.start <= value.mention.span.start < line.span.end
    }
    if len(inside) != 1:
        return None
    first, last = inside.pop()
    return Dated(day=first, line=line, told=True, until=last if last != first else None)


def _sameness(entry: Dated) -> tuple[str, date | None]:
    """Return what copies of one line have in common, whatever outlet printed them."""
    return _spelled(entry.line.text), entry.day if entry.told else None


def _lines(store: Store, scope: Scope, family: Family, *, limit: int = 60) -> tuple[Line, ...]:
    found = store.entities.mentions(scope, family, limit=limit)
    return tuple(dict.fromkeys(each.line for each in found))[:limit]
