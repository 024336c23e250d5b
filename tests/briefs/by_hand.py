"""Documents, sentences and entities made by hand, for the stages that only read them."""

import re
from collections.abc import Sequence

from briefs.model import (
    Alias,
    Document,
    DocumentId,
    Entity,
    EntityKey,
    Kind,
    Link,
    Mention,
    Post,
    Sentence,
    SentenceKind,
    Span,
)

_END = re.compile(
    r'(?<!\b[A-Z]\.)(?<!Lt\.)(?<!Gen\.)(?<=[.!?])["\u201d\u2019]?\s+(?=["\u201c\u2018A-Z])|\n+'
)


def document(text: str, posts: Sequence[Post] = ()) -> Document:
    return Document(text=text, posts=tuple(posts), id=DocumentId(1))


def post(text: str, body: str, author: str, handle: str) -> Post:
    start = text.index(body)
    return Post(span=Span(start, start + len(body)), author=author, handle=handle)


def sentences(
    read: Document, kinds: Sequence[tuple[str, SentenceKind]] = ()
) -> tuple[Sentence, ...]:
    """Split at full stops and newlines; *kinds* names the sentences that are not prose."""
    text = read.text
    ends = [*(match.start() + len(match[0].rstrip()) for match in _END.finditer(text)), len(text)]
    pieces, start = [], 0
    for end in ends:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            pieces.append(Span(start, end))
            start = end
    return tuple(
        Sentence(
            document=read.id,
            index=index,
            span=span,
            text=text[span.start : span.end],
            kind=_kind(read, span, dict(kinds)),
        )
        for index, span in enumerate(pieces)
    )


def _kind(read: Document, span: Span, kinds: dict[str, SentenceKind]) -> SentenceKind:
    if any(post.span.start <= span.start < post.span.end for post in read.posts):
        return SentenceKind.POST
    return kinds.get(read.text[span.start : span.end], SentenceKind.PROSE)


def entity(
    split: Sequence[Sentence], *names: str, kind: Kind = Kind.PERSON, handle: str = ""
) -> Entity:
    """Make the entity whose first name is the fullest, with its mentions, longest name first."""
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
    links = tuple(
        Link(mention=_mention(sentence, match, kind), reason="by hand")
        for sentence in split
        for match in pattern.finditer(sentence.text)
    )
    aliases = [Alias(text=name, key=name.casefold(), how="name") for name in names]
    if handle:
        aliases.append(Alias(text=f"@{handle}", key=handle.casefold(), how="handle"))
    key = EntityKey(kind, names[0].casefold())
    return Entity(key=key, name=names[0], aliases=tuple(aliases), links=links)


def _mention(sentence: Sentence, match: re.Match[str], kind: Kind) -> Mention:
    start = sentence.span.start + match.start()
    span = Span(start, start + len(match[0]))
    return Mention(sentence=sentence.index, span=span, text=match[0], kind=kind)
