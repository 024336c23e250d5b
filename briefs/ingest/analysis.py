"""Bytes in, everything that is found in them out; pure, so that any process can do it."""

from collections.abc import Sequence
from dataclasses import replace

from briefs import documents, entities, quotes, roles, sentences, values
from briefs.ingest.sources import Source
from briefs.model import Analysis, Document, DocumentId, Kind, Mention, Span

_VALUES = frozenset({Kind.DATE, Kind.MONEY, Kind.QUANTITY})

VERSION = 3  # of all that `find` finds; raised with it, so that what is stored is analysed again


def analyse(source: Source, *, recogniser: str = "") -> Analysis:
    """Read *source* and find all that is in it; DocumentError when it cannot be read."""
    hint = documents.Hint(
        name=source.name,
        identity=source.identity,
        scope=source.scope,
        modified=source.modified,
        content_type=source.content_type,
        known=source.known,
    )
    document = replace(documents.read(source.read(), hint), backlog=source.backlog)
    return find(document, recogniser=recogniser)


def find(document: Document, *, recogniser: str = "") -> Analysis:
    """Find the sentences of *document*, who is in them, who they are, what they said, and when.

    *recogniser* is "" or the name of another that finds the names, as entities.find takes it.
    """
    from briefs.stories import joining

    parts = sentences.split(document)
    marked = entities.find(document, parts, recogniser=recogniser)
    names, amounts = apart(marked, values.find(document, parts))
    named = entities.link(document, names)
    return Analysis(
        document=document,
        sentences=parts,
        entities=named,
        roles=roles.find(document, parts, named),
        quotes=quotes.find(document, parts, named),
        values=amounts,
        terms=joining.terms(document),
        version=VERSION,
    )


def apart(
    names: Sequence[Mention], amounts: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return *names* and *amounts* without those of either that overlap a longer one of the other.

    The "US" of "US$5m" is no place, and the "Sunday" of "Sunday Times" no day. Of what is equally
    long the amount stays; a name that is a date is none.
    """
    proper = [name for name in names if name.kind not in _VALUES]
    kept = _without(proper, amounts, longer=0)
    return kept, _without(amounts, kept, longer=1)


def _without(
    mentions: Sequence[Mention], others: Sequence[Mention], *, longer: int
) -> tuple[Mention, ...]:
    """Leave out what overlaps one of *others* that has at least *longer* more characters."""
    lengths = {place: _length(other.span) for other in others for place in range(*other.span)}
    return tuple(
        mention
        for mention in mentions
        if all(
            lengths.get(place, -1) < _length(mention.span) + longer
            for place in range(*mention.span)
        )
    )


def _length(span: Span) -> int:
    return span.end - span.start


def divide(document: Document) -> Analysis:
    """Find the sentences of *document*, and no more."""
    return Analysis(document=document, sentences=sentences.split(document))


def numbered(analysis: Analysis, number: DocumentId) -> Analysis:
    """Return *analysis* as that of document *number*."""
    return replace(
        analysis,
        document=replace(analysis.document, id=number),
        sentences=tuple(replace(each, document=number) for each in analysis.sentences),
    )
