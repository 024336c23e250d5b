"""Documents, sentences and mentions made by hand, with every offset worked out."""

from briefs.model import Document, DocumentId, Kind, Mention, Post, Sentence, SentenceKind, Span

PERSON, ORGANISATION, PLACE = Kind.PERSON, Kind.ORGANISATION, Kind.PLACE


def sentences(*lines, kinds=()):
    """Return the lines as the sentences of a document, and its text."""
    found, start = [], 0
    for i, line in enumerate(lines):
        kind = kinds[i] if i < len(kinds) else SentenceKind.PROSE
        span = Span(start, start + len(line))
        found.append(Sentence(document=DocumentId(0), index=i, span=span, text=line, kind=kind))
        start = span.end + 1
    return "\n".join(lines), tuple(found)


def mentions(text, *named):
    """Return mentions of (name, kind) in the order in which they stand in *text*."""
    found, at = [], 0
    for name, kind in named:
        start = text.index(name, at)
        at = start + len(name)
        found.append(Mention(sentence=0, span=Span(start, at), text=name, kind=kind))
    return tuple(found)


def people(text, *names):
    """Return a document and the mentions of *names*, all persons."""
    return Document(text=text), mentions(text, *((name, PERSON) for name in names))


def post(text, words, author, handle):
    """Return a post of *words* by *author*."""
    start = text.index(words)
    return Post(span=Span(start, start + len(words)), author=author, handle=handle)
