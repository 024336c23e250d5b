"""Bytes in, everything that is found in them out; pure, so that any process can do it."""

from dataclasses import replace

from briefs import documents, entities, quotes, roles, sentences
from briefs.ingest.sources import Source
from briefs.model import Analysis, Document, DocumentId


def analyse(source: Source) -> Analysis:
    """Read *source* and find all that is in it; DocumentError when it cannot be read."""
    hint = documents.Hint(
        name=source.name,
        identity=source.identity,
        scope=source.scope,
        modified=source.modified,
    )
    return find(documents.read(source.read(), hint))


def find(document: Document) -> Analysis:
    """Find the sentences of *document*, who is in them, who they are, and what they said."""
    parts = sentences.split(document)
    named = entities.link(document, entities.find(document, parts))
    return Analysis(
        document=document,
        sentences=parts,
        entities=named,
        roles=roles.find(document, parts, named),
        quotes=quotes.find(document, parts, named),
    )


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
