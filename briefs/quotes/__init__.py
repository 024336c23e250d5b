"""Who said what: sentences and entities in, quotations with their speakers out.

A quotation is what stands between quotation marks, or a post that the document embeds. Titles, and
single words in marks that nobody is said to have spoken, are none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from briefs.model import (
    Document,
    Entity,
    EntityKey,
    How,
    Kind,
    Post,
    Quote,
    Sentence,
    SentenceKind,
    Span,
)
from briefs.quotes import blocks, marks, speakers
from briefs.quotes.marks import Stretch
from briefs.quotes.speakers import Voice
from briefs.quotes.vocabulary import NAMED, WRITES

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_LONGEST_SIGNATURE = 300  # code points behind a post in which its author is named
_FEWEST_WORDS = 4  # of a quotation that nobody is said to have spoken


def find(
    document: Document, sentences: Sequence[Sentence], entities: Sequence[Entity]
) -> tuple[Quote, ...]:
    """Return the quotations of *document* in reading order; `speaker` is None where in doubt."""
    people = [entity for entity in entities if entity.key.kind is Kind.PERSON]
    spoken = _spoken(document, sentences, people)
    written = (_posted(document, post, entities) for post in document.posts)
    return tuple(sorted([*spoken, *written], key=lambda quote: quote.span))


def _spoken(
    document: Document, sentences: Sequence[Sentence], people: Sequence[Entity]
) -> Iterator[Quote]:
    stretches = _in_prose(marks.stretches(document.text), sentences)
    read = blocks.read(document, sentences, people, stretches)
    voices = speakers.hear(document.text, read, stretches, len(people))
    keys = [person.key for person in people]
    for number, voice in voices.items():
        if _is_quotation(document.text, stretches[number], voice):
            yield _quote(document, stretches[number].inner, voice, keys)


def _in_prose(stretches: Sequence[Stretch], sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """Leave out what stands in headings, captions and posts."""
    starts = [sentence.span.start for sentence in sentences]
    return tuple(
        stretch
        for stretch in stretches
        if (at := bisect_right(starts, stretch.inner.start) - 1) >= 0
        and sentences[at].kind is SentenceKind.PROSE
    )


def _quote(document: Document, span: Span, voice: Voice, keys: Sequence[EntityKey]) -> Quote:
    return Quote(
        span=span,
        text=document.text[span.start : span.end],
        how=How.WRITTEN if voice.written else How.SPOKEN,
        speaker=keys[voice.person] if voice.person >= 0 else None,
        speaker_span=voice.span,
    )


def _is_quotation(text: str, stretch: Stretch, voice: Voice) -> bool:
    words = [match[0] for match in _WORD.finditer(text, *stretch.inner)]
    before = _last_word(text, stretch.outer.start)
    if not words or before in NAMED:
        return False
    if voice.told:
        return not (before in WRITES and len(words) > 1 and _is_title(words))
    return not stretch.single and len(words) >= _FEWEST_WORDS and not _is_title(words)


def _last_word(text: str, end: int) -> str:
    words = text[max(0, end - 40) : end].split()
    return words[-1].lower() if words else ""


def _is_title(words: Sequence[str]) -> bool:
    """Whether every word that matters has a capital."""
    return all(word[0].isupper() or word[0].isdigit() for word in words if len(word) > 3)


def _posted(document: Document, post: Post, entities: Sequence[Entity]) -> Quote:
    author = _author(post, entities)
    signed = document.text.find(post.author, post.span.end, post.span.end + _LONGEST_SIGNATURE)
    return Quote(
        span=post.span,
        text=document.text[post.span.start : post.span.end],
        how=How.WRITTEN,
        speaker=author,
        speaker_span=Span(signed, signed + len(post.author)) if signed >= 0 else None,
    )


def _author(post: Post, entities: Sequence[Entity]) -> EntityKey | None:
    """Return whose post it is: by the handle, else by the name."""
    by_name: dict[str, EntityKey] = {}
    by_handle: dict[str, EntityKey] = {}
    for entity in entities:
        by_name.setdefault(entity.name.casefold(), entity.key)
        for alias in entity.aliases:
            known = by_handle if alias.how == "handle" else by_name
            known.setdefault(alias.text.removeprefix("@").casefold(), entity.key)
    return by_handle.get(post.handle.casefold()) or by_name.get(post.author.casefold())
