"""The read path for briefings: store -> stories -> summaries -> briefing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefs import stories, summaries, words
from briefs.errors import UsageError
from briefs.model import (
    Briefing,
    Document,
    DocumentId,
    Item,
    Line,
    Said,
    Scope,
    Sentence,
    Span,
    Story,
)
from briefs.store import Store

MOST_DOCUMENTS = 5_000  # the newest of a window; what is over is counted as left out
_MOST_READ = 40  # documents of one story whose sentences are weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How many stories a briefing tells, and how much of each."""

    stories: int
    lines: int
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a briefing is to be on; see `compose`."""

    since: datetime
    until: datetime
    about: str = ""
    length: str = "normal"
    samples: bool = True


LENGTHS = {
    "short": Length(stories=3, lines=1, quotes=0),
    "normal": Length(stories=6, lines=2, quotes=1),
    "long": Length(stories=12, lines=3, quotes=2),
}


def last_day(store: Store, scope: Scope, now: datetime) -> tuple[datetime, datetime]:
    """Return the 24 hours up to and with the newest arrival, or up to *now* in an empty store."""
    newest = store.documents.newest_arrival(scope)
    until = newest + timedelta(microseconds=1) if newest else now
    return until - timedelta(hours=24), until


def compose(
    store: Store,
    scope: Scope,
    *,
    since: datetime,
    until: datetime,
    about: str = "",
    length: str = "normal",
    samples: bool = True,
) -> Briefing:
    """Compose a briefing on what arrived in [since, until); without *samples*, of real documents.

    A document is about *about* when all its words stand in it, in any form.
    """
    if length not in LENGTHS:
        raise UsageError(f"There is no length {length!r}: use {', '.join(LENGTHS)}.")
    window = store.documents.window(scope, since, until, cap=MOST_DOCUMENTS)
    arrived = [document for document in window.documents if samples or not document.sample]
    wanted = [document for document in arrived if _is_about(document, about)]
    ranked = _ranked(stories.group(wanted), wanted)
    told = ranked[: LENGTHS[length].stories]
    return Briefing(
        scope=scope,
        since=since,
        until=until,
        about=about,
        items=tuple(_item(store, scope, story, wanted, LENGTHS[length]) for story in told),
        documents=len(arrived),
        left_out=len(ranked) - len(told),
        over=window.over,
        reason="" if told else _why_nothing(len(arrived), about, since, until),
        sample=any(document.sample for document in wanted),
    )


def answer(store: Store, scope: Scope, asked: Asked) -> Briefing:
    """Compose the briefing that is *asked* for."""
    return compose(
        store,
        scope,
        since=asked.since,
        until=asked.until,
        about=asked.about,
        length=asked.length,
        samples=asked.samples,
    )


def _is_about(document: Document, about: str) -> bool:
    asked = _stems(about, document.language)
    return not asked or asked <= _stems(f"{document.title}\n{document.text}", document.language)


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(words.stem(word, language) for word in words.words(text))


def _ranked(grouped: Iterable[Story], documents: Iterable[Document]) -> list[Story]:
    """Order stories by independent origins, then documents, then the newest of them."""
    newest = {document.id: document.published or document.arrived for document in documents}

    def weight(story: Story) -> tuple[int, int, float, int]:
        times = [at.timestamp() for at in map(newest.get, story.documents) if at]
        latest = max(times, default=0.0)
        return -len(story.origins), -len(story.documents), -latest, story.documents[0]

    return sorted(grouped, key=weight)


def _item(
    store: Store, scope: Scope, story: Story, documents: Sequence[Document], length: Length
) -> Item:
    by_id = {document.id: document for document in documents}
    read = story.documents[:_MOST_READ]
    head = by_id[read[0]]
    parts = store.documents.sentences(scope, read)
    chosen = summaries.pick(parts, count=length.lines, language=head.language)
    lines = tuple(Line.of(by_id[part.document], part.span) for part in chosen)
    return Item(
        story=story,
        headline=Line.of(head, Span(0, 0)),
        lines=lines,
        quotes=_quotes(store, scope, by_id, read, chosen)[: length.quotes],
        people=store.entities.people_in(scope, read, limit=8),
    )


def _quotes(
    store: Store,
    scope: Scope,
    by_id: dict[DocumentId, Document],
    read: Sequence[DocumentId],
    chosen: Sequence[Sentence],
) -> tuple[Said, ...]:
    """Take attributed quotes of five words or more that no line shows, one of each speaker."""
    taken: list[Said] = []
    speakers: set[str | None] = {None}
    for document, quote, speaker in store.entities.quotes_in(scope, read):
        shown = any(
            part.document == document
            and part.span.start < quote.span.end
            and quote.span.start < part.span.end
            for part in chosen
        )
        if shown or speaker in speakers or len(words.words(quote.text)) < 5:
            continue
        speakers.add(speaker)
        line = Line.of(by_id[document], quote.span)
        taken.append(Said(line=line, how=quote.how, speaker=speaker))
    return tuple(taken)


def _why_nothing(arrived: int, about: str, since: datetime, until: datetime) -> str:
    between = f"between {since:%d %b %Y %H:%M} and {until:%d %b %Y %H:%M} UTC"
    if not arrived:
        return f"Nothing new: no document arrived {between}."
    if about:
        number = "1 document" if arrived == 1 else f"{arrived:,} documents"
        return f"Nothing new: {number} arrived {between}, none about “{about}”."
    return f"Nothing new: what arrived {between} has no sentence to quote."
