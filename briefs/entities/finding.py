"""A document and its sentences in, the names that stand in it out."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from briefs import recogniser as recognisers
from briefs.entities import designations, folding, products, reading, spans, tables, votes
from briefs.entities.reading import Name, Reading
from briefs.model import Document, Kind, Mention, Post, Sentence, SentenceKind, Span

_READ = frozenset(
    {SentenceKind.PROSE, SentenceKind.POST, SentenceKind.HEADING, SentenceKind.DATELINE}
)
_HANDLE = re.compile(r"(?<!\w)@(\w{1,64})")
_SIGNATURE = 400  # characters after a post in which it is signed


def find(
    document: Document, sentences: Sequence[Sentence], *, recogniser: str = ""
) -> tuple[Mention, ...]:
    """Return the names in *sentences* of *document*, in reading order, none inside another.

    *recogniser* says which tagger reads them: ours, or "spacy:" and the name of a pipeline.

    Only English is read. Captions and boilerplate name nobody; a post's signature names its
    author, and a handle stands for a person when a post of this document is that person's.
    """
    if document.language != "en":
        return ()
    tagger = recognisers.tagger(recogniser)
    readings = reading.read([s for s in sentences if s.kind in _READ], tagger)
    trimmed = [
        _with_closed_lists(products.mark(designations.mark(spans.trim(r)))) for r in readings
    ]
    found = [r.mention(name) for r in votes.settle(trimmed) for name in r.names]
    signed = [*_signed(document, sentences), *_handles(document, sentences)]
    return _apart([*signed, *_spelled(document, sentences, found), *found])


def _with_closed_lists(line: Reading) -> Reading:
    """Add nationalities and abbreviations that the recogniser passed over."""
    taken = {i for name in line.names for i in range(name.start, name.end)}
    shouted = line.is_shouted
    added = [
        Name(i, i + 1, kind, 1.0)
        for i in range(len(line.words))
        if i not in taken and (kind := _listed(line, i, shouted=shouted))
    ]
    return line._replace(names=tuple(sorted((*line.names, *added)))) if added else line


def _listed(line: Reading, place: int, *, shouted: bool) -> Kind | None:
    text = line.words[place].text
    if text in tables.CAPITALS and not shouted:
        return Kind(tables.CAPITALS[text])
    nationality = text[:1].isupper() and place > 0 and text.lower() in tables.DEMONYMS
    return Kind.NATIONALITY if nationality else None


def _signed(document: Document, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    """Yield the author's name and handle where a post is signed."""
    for post in document.posts:
        end = post.span.end + _SIGNATURE
        for written in (post.author, f"@{post.handle}"):
            start = document.text.find(written, post.span.end, end) if len(written) > 1 else -1
            if start >= 0:
                span = Span(start, start + len(written))
                yield _mention(document, sentences, span, kind_of(post))


def kind_of(post: Post) -> Kind:
    """Return whether a person or a body signs *post*."""
    words = {spans.fold(word) for word in post.author.split()}
    return Kind.ORGANISATION if words & tables.BODIES else Kind.PERSON


def _handles(document: Document, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    """Yield the handles in the text that are those of an author of a post."""
    authors = {post.handle.casefold(): post for post in document.posts}
    for sentence in sentences:
        for match in _HANDLE.finditer(sentence.text) if sentence.kind in _READ else ():
            post = authors.get(match[1].casefold())
            if post:
                start = sentence.span.start
                span = Span(start + match.start(), start + match.end())
                yield _mention(document, sentences, span, kind_of(post))


def _spelled(
    document: Document, sentences: Sequence[Sentence], found: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the handles that are spelled like a full name that was found: "@dmytrokuleba"."""
    names = {"".join(folding.words(m.text)): m.kind for m in found if " " in m.text}
    for sentence in sentences if names else ():
        for match in _HANDLE.finditer(sentence.text) if sentence.kind in _READ else ():
            kind = names.get(match[1].casefold().replace("_", ""))
            if kind in {Kind.PERSON, Kind.ORGANISATION}:
                start = sentence.span.start
                span = Span(start + match.start(), start + match.end())
                yield _mention(document, sentences, span, kind)


def _mention(document: Document, sentences: Sequence[Sentence], span: Span, kind: Kind) -> Mention:
    place = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.start) - 1
    index = sentences[max(place, 0)].index
    return Mention(sentence=index, span=span, text=document.text[span.start : span.end], kind=kind)


def _apart(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return *mentions* in reading order, without those that overlap one listed earlier."""
    kept: dict[int, Mention] = {}
    taken: set[int] = set()
    for mention in mentions:
        places = range(mention.span.start, mention.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept[mention.span.start] = mention
    return tuple(kept[start] for start in sorted(kept))
