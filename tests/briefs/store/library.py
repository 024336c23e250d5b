"""Small analyses, made by hand: what a test puts into a store."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from briefs.model import (
    PUBLIC,
    Alias,
    Analysis,
    Document,
    DocumentId,
    Entity,
    EntityKey,
    How,
    Kind,
    Link,
    Mention,
    Quote,
    Role,
    Scope,
    Sentence,
    Span,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GUILD_A, GUILD_B = Scope(101), Scope(202)

# For what only a file has: its pragmas, its steps, its copies.
in_a_file = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

# full name -> other ways of writing it
PEOPLE = {
    "Dmytro Kuleba": ("Kuleba", "@DmytroKuleba"),
    "Andriy Taran": ("Taran",),
    "Ivan Kuleba": ("Kuleba",),
    "Kuleba": (),
}


def analysis(
    text: str,
    *,
    title: str = "A title",
    identity: str = "",
    source: str = "The Sample Post",
    scope: Scope = PUBLIC,
    published: datetime | None = NOON,
    people: Sequence[str] = (),
    sample: bool = False,
    known: Mapping[str, Sequence[str]] = PEOPLE,
) -> Analysis:
    """Return an analysis of *text*, one sentence a line, in which *people* are found.

    "X Minister NAME" gives NAME a role, "…" with NAME in the same line makes them its speaker.
    """
    document = Document(
        text=text,
        title=title,
        source=source,
        scope=scope,
        published=published,
        published_how="front matter" if published else "",
        identity=identity or f"file:{title}",
        sample=sample,
    )
    sentences = tuple(_sentences(text))
    entities = tuple(_entity(text, sentences, name, known.get(name, ())) for name in people)
    return Analysis(
        document=document,
        sentences=sentences,
        entities=entities,
        roles=tuple(role for entity in entities for role in _roles(text, sentences, entity)),
        quotes=tuple(quote for part in sentences for quote in _quotes(part, entities)),
    )


def person(name: str) -> EntityKey:
    """Return the key of a person of that name."""
    return EntityKey(Kind.PERSON, name.lower())


def _sentences(text: str):
    for index, line in enumerate(re.finditer(r"[^\n]+", text)):
        yield Sentence(
            document=DocumentId(0), index=index, span=Span(*line.span()), text=line.group()
        )


def _entity(text, sentences, name, others):
    pattern = "|".join(re.escape(each) for each in sorted((name, *others), key=len, reverse=True))
    links = tuple(
        Link(
            mention=Mention(
                sentence=next(
                    part.index
                    for part in sentences
                    if part.span.start <= hit.start() < part.span.end
                ),
                span=Span(*hit.span()),
                text=hit.group(),
                kind=Kind.PERSON,
            ),
            reason="written out",
        )
        for hit in re.finditer(pattern, text)
    )
    hows = {each: "handle" if each.startswith("@") else "surname" for each in others}
    aliases = tuple(Alias(text=each, key=each.lower(), how=how) for each, how in hows.items())
    return Entity(key=person(name), name=name, aliases=aliases, links=links)


def _roles(text, sentences, entity):
    for hit in re.finditer(rf"(\w+ Minister) {re.escape(entity.name)}", text):
        index = next(p.index for p in sentences if p.span.start <= hit.start() < p.span.end)
        yield Role(person=entity.key, span=Span(*hit.span(1)), text=hit.group(1), sentence=index)


def _quotes(part, entities):
    for hit in re.finditer("“([^”]+)”", part.text):
        start = part.span.start
        speakers = [
            (entity, link.mention.span)
            for entity in entities
            for link in entity.links
            if link.mention.sentence == part.index
        ]
        speaker, where = speakers[0] if speakers else (None, None)
        yield Quote(
            span=Span(start + hit.start(1), start + hit.end(1)),
            text=hit.group(1),
            how=How.SPOKEN,
            speaker=speaker.key if speaker else None,
            speaker_span=where,
        )
