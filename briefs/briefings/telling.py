"""A ranked story in, the item that a briefing shows of it out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from briefs import context, coverage, figures, summaries, words
from briefs.briefings import repeating
from briefs.briefings.ranking import Ranked
from briefs.briefings.repeating import Refrains
from briefs.budgets import Length
from briefs.model import (
    Choice,
    Dispute,
    Document,
    DocumentId,
    Figure,
    Item,
    Kind,
    Lean,
    Line,
    Mention,
    Quote,
    Reported,
    Said,
    Scope,
    Sentence,
    Span,
    Story,
)
from briefs.store import Store

_MOST_READ = 40  # documents of one story whose sentences are weighed
_LIKED = 0.3  # what a line gains for naming what is watched
_LEAST_QUOTE = 5  # words

Place = tuple[DocumentId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the documents of one story say."""

    sentences: tuple[Sentence, ...]
    names: Mapping[Place, Sequence[tuple[Kind, str]]]
    quoted: tuple[tuple[DocumentId, Quote, str | None], ...]
    values: Mapping[DocumentId, Sequence[Mention]]
    leans: Mapping[Place, Lean]


def item(
    store: Store,
    scope: Scope,
    ranked: Ranked,
    documents: Mapping[DocumentId, Document],
    length: Length,
    refrains: Refrains,
) -> Item:
    """Tell a story in lines, quotes, figures, and what none of them covers.

    What stands in one of *refrains* is no line.
    """
    told = ranked.told
    numbers = told.story.documents[:_MOST_READ]
    head = documents[numbers[0]]
    read = _read(store, scope, numbers, head.language)
    if refrains:
        kept = tuple(repeating.marked(read.sentences, documents, refrains))
        read = replace(read, sentences=kept)
    chosen = _picked(store, scope, read, head.language, ranked.watched, length)
    found = _figures(read, documents)
    quotes = tuple(islice(_quotes(documents, read.quoted, chosen), length.quotes))
    disputed = _disputes(documents, found, told.story.origins) if length.disputes else ()
    disputes = tuple(disputed)
    standing = _standing(found, read.leans)
    key = tuple(_further_figures(documents, standing, chosen, disputes, length.figures))
    shown = [quote.line for quote in quotes]
    shown += [figure.line for figure in (*key, *_reported_in(disputes))]
    return Item(
        story=told.story,
        headline=Line.of(head, Span(0, 0)),
        lines=tuple(Line.chosen(documents[each.sentence.document], each) for each in chosen),
        quotes=quotes,
        people=store.entities.people_in(scope, numbers, limit=8),
        standing=told.standing,
        earlier=told.earlier,
        further=told.further,
        figures=key,
        disputes=disputes,
        also=tuple(_also(documents, read, chosen, shown, found, length.also)),
        watched=ranked.watched,
        parts=ranked.parts,
    )


def figures_of(
    store: Store,
    scope: Scope,
    story: Story,
    documents: Mapping[DocumentId, Document],
    *,
    limit: int,
) -> tuple[tuple[Reported, ...], tuple[Dispute, ...]]:
    """Return the key figures of *story*, and those that differ."""
    numbers = story.documents[:_MOST_READ]
    read = _read(store, scope, numbers, documents[numbers[0]].language)
    found = _figures(read, documents)
    key = tuple(_key_figures(documents, _standing(found, read.leans), limit))
    return key, tuple(_disputes(documents, found, story.origins))


def _read(store: Store, scope: Scope, numbers: Sequence[DocumentId], language: str) -> _Read:
    sentences = store.documents.sentences(scope, numbers)
    names = store.entities.names_in(scope, numbers)
    quoted = store.entities.quotes_in(scope, numbers)
    quotes: dict[DocumentId, list[Quote]] = defaultdict(list)
    for document, quote, _ in quoted:
        quotes[document].append(quote)
    values: dict[DocumentId, list[Mention]] = defaultdict(list)
    for each in store.values.in_documents(scope, numbers):
        values[each.document].append(each.mention)
    leans = context.judge(sentences, names=names, quotes=quotes, language=language)
    return _Read(sentences=sentences, names=names, quoted=quoted, values=values, leans=leans)


def _picked(
    store: Store,
    scope: Scope,
    read: _Read,
    language: str,
    watched: Sequence[str],
    length: Length,
) -> tuple[Choice, ...]:
    if not length.lines:
        return ()
    wanted = set(map(words.fold, watched))
    liked = {
        place: _LIKED
        for place, names in read.names.items()
        if any(words.fold(name) in wanted for _, name in names)
    }
    return summaries.pick(
        read.sentences,
        count=length.lines,
        language=language,
        leans=read.leans,
        liked=liked,
        frequencies=_frequencies(store, scope, read.sentences, language),
    )


def _frequencies(
    store: Store, scope: Scope, sentences: Sequence[Sentence], language: str
) -> words.Frequencies:
    stems = {words.stem(w, language) for each in sentences for w in words.words(each.text)}
    counted = store.frequencies.of(scope, sorted(stems))
    return words.Frequencies(documents=counted.documents, counts=counted.counts)


def _quotes(
    documents: Mapping[DocumentId, Document],
    quoted: Sequence[tuple[DocumentId, Quote, str | None]],
    chosen: Sequence[Choice],
) -> Iterator[Said]:
    """Take attributed quotes of five words or more that no line shows, one of each speaker.

    A line shows a quote of another document too, when the same words stand in it.
    """
    speakers: set[str | None] = {None}
    lines = [_wording(choice.sentence.text) for choice in chosen]
    for document, quote, speaker in quoted:
        shown = any(_overlap(choice.sentence, document, quote.span) for choice in chosen)
        shown = shown or any(_wording(quote.text) in line for line in lines)
        if shown or speaker in speakers or len(words.words(quote.text)) < _LEAST_QUOTE:
            continue
        speakers.add(speaker)
        yield Said(line=Line.of(documents[document], quote.span), how=quote.how, speaker=speaker)


def _overlap(sentence: Sentence, document: DocumentId, span: Span) -> bool:
    own = sentence.span
    return sentence.document == document and own.start < span.end and span.start < own.end


def _wording(text: str) -> str:
    """Return the words of *text* between blanks, to be looked for in those of another."""
    return f" {' '.join(words.words(text))} "


def _figures(read: _Read, documents: Mapping[DocumentId, Document]) -> tuple[Figure, ...]:
    by_document: dict[DocumentId, list[Sentence]] = defaultdict(list)
    for sentence in read.sentences:
        by_document[sentence.document].append(sentence)
    return tuple(
        figure
        for number, sentences in by_document.items()
        for figure in figures.find(
            number,
            sentences,
            [_worded(documents[number], value) for value in read.values.get(number, ())],
            language=documents[number].language,
        )
    )


def _worded(document: Document, value: Mention) -> Mention:
    """Return a stored value with its text, which the store leaves to the document."""
    return replace(value, text=document.text[value.span.start : value.span.end])


def _standing(found: Sequence[Figure], leans: Mapping[Place, Lean]) -> tuple[Figure, ...]:
    """Return the figures whose lines can be shown alone."""
    return tuple(
        figure for figure in found if (figure.sentence.document, figure.sentence.index) not in leans
    )


def _key_figures(
    documents: Mapping[DocumentId, Document], found: Sequence[Figure], limit: int
) -> Iterator[Reported]:
    yield from (reported(documents, figure) for figure in figures.key(found, limit))


def _further_figures(
    documents: Mapping[DocumentId, Document],
    found: Sequence[Figure],
    chosen: Sequence[Choice],
    disputes: Sequence[Dispute],
    limit: int,
) -> Iterator[Reported]:
    """Yield the key figures that no line gives, and that are not in dispute."""
    lines = {(choice.sentence.document, choice.sentence.index) for choice in chosen}
    given = {
        (figure.about, figure.value)
        for figure in found
        if (figure.sentence.document, figure.sentence.index) in lines
    }
    apart = {dispute.about for dispute in disputes}
    key = figures.key(found, limit + len(given) + len(apart)) if limit else ()
    further = (each for each in key if (each.about, each.value) not in given)
    for figure in islice((each for each in further if each.about not in apart), limit):
        yield reported(documents, figure)


def reported(documents: Mapping[DocumentId, Document], figure: Figure) -> Reported:
    """Return a figure in its line."""
    document = documents[figure.sentence.document]
    return Reported(
        Line.of(document, figure.sentence.span), figure.span, figure.value, figure.about
    )


def _disputes(
    documents: Mapping[DocumentId, Document],
    found: Sequence[Figure],
    origins: Sequence[Sequence[DocumentId]],
) -> Iterator[Dispute]:
    origin = {each: number for number, members in enumerate(origins) for each in members}
    times = {
        number: at
        for number, document in documents.items()
        if (at := document.published or document.arrived)
    }
    for group in figures.disputes(found, origin, times):
        told = tuple(reported(documents, figure) for figure in group)
        yield Dispute(about=told[0].about, reported=told)


def _reported_in(disputes: Sequence[Dispute]) -> Iterator[Reported]:
    yield from (each for dispute in disputes for each in dispute.reported)


def _also(
    documents: Mapping[DocumentId, Document],
    read: _Read,
    chosen: Sequence[Choice],
    shown: Sequence[Line],
    found: Sequence[Figure],
    limit: int,
) -> Iterator[Line]:
    """Yield what neither the lines nor what else is *shown* covers."""
    if not limit:
        return
    facts = coverage.facts(read.sentences, read.names, found)
    taken = [choice.sentence for choice in chosen]
    taken += [
        sentence
        for sentence in read.sentences
        if any(_overlap(sentence, line.document, line.span) for line in shown)
    ]
    missing = coverage.missing(
        read.sentences, taken, facts, limit=limit, avoid=frozenset(read.leans)
    )
    for sentence in missing:
        yield Line.of(documents[sentence.document], sentence.span)
