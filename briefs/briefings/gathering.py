"""A window in, the documents that are wanted of it out, in their stories."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from briefs import interests, stories, words
from briefs.briefings.asked import Asked
from briefs.errors import NotFoundError
from briefs.model import Document, DocumentId, Scope, Standing, Story, StoryId
from briefs.store import Placed, Store


class Gathered(NamedTuple):
    """What arrived in a window; *matched* says what of the topic stands in each wanted one."""

    arrived: tuple[Document, ...]
    matched: Mapping[DocumentId, tuple[str, ...]]
    over: int

    @property
    def wanted(self) -> tuple[Document, ...]:
        """The documents that the briefing is to be on."""
        return tuple(document for document in self.arrived if document.id in self.matched)


class Told(NamedTuple):
    """A story as far as its documents are wanted, and what was known of it before."""

    story: Story
    standing: Standing
    earlier: int  # documents that arrived before the window
    further: tuple[str, ...]  # outlets of origins that are all new


def gather(store: Store, scope: Scope, asked: Asked, *, cap: int) -> Gathered:
    """Return what arrived in the window *asked* for, at most the *cap* newest, and what is wanted.

    What it is asked to be about is the name of a topic, or else words that must all stand in a
    document, in any form.
    """
    news = not asked.backlog
    found = store.documents.window(scope, asked.since, asked.until, cap=cap, news=news)
    arrived = tuple(each for each in found.documents if asked.samples or not each.sample)
    return Gathered(arrived, on(store, scope, arrived, asked.about), found.over)


def on(
    store: Store, scope: Scope, documents: Sequence[Document], about: str
) -> Mapping[DocumentId, tuple[str, ...]]:
    """Return which of *documents* are on *about*, and what of a topic is in each."""
    if not about:
        return {document.id: () for document in documents}
    try:
        topic = store.topics.named(scope, about)
    except NotFoundError:
        return {document.id: () for document in documents if _has_words(document, about)}
    return interests.on(store, scope, topic, documents)


def tell(
    store: Store, scope: Scope, documents: Sequence[Document], asked: Asked
) -> tuple[Told, ...]:
    """Put *documents* into their stories; those that have none yet are grouped here and now."""
    by_id = {document.id: document for document in documents}
    placed: dict[StoryId, list[Placed]] = {}
    for each in store.stories.among(scope, [*by_id]):
        if each.arrived < asked.until:
            placed.setdefault(each.story, []).append(each)
    known = {member.document for members in placed.values() for member in members}
    loose = [document for document in documents if document.id not in known]
    return (
        *(_told(number, members, by_id, asked.since) for number, members in sorted(placed.items())),
        *(Told(story, Standing.NEW, 0, ()) for story in stories.group(loose)),
    )


def _has_words(document: Document, about: str) -> bool:
    return _stems(about, document.language) <= _stems(
        f"{document.title}\n{document.text}", document.language
    )


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(words.stem(word, language) for word in words.words(text))


def _told(
    number: StoryId,
    members: Sequence[Placed],
    documents: Mapping[DocumentId, Document],
    since: datetime,
) -> Told:
    fresh = _led([member for member in members if member.document in documents])
    told = [documents[member.document] for member in fresh]
    story = Story(
        id=number,
        documents=tuple(document.id for document in told),
        origins=_origins(fresh),
        outlets=tuple(dict.fromkeys(document.outlet for document in told)),
    )
    earlier = sum(member.arrived < since for member in members)
    further = _further(members, documents, since) if earlier else ()
    standing = Standing.CONFIRMED if further else Standing.DEVELOPING
    return Told(story, standing if earlier else Standing.NEW, earlier, further)


def _led(members: Sequence[Placed]) -> list[Placed]:
    """Order *members*, the most central first; of its near copies the first to come leads."""
    ordered = sorted(members, key=lambda member: (-member.centrality, member.document))
    leader = min(
        (member for member in ordered if member.copy == ordered[0].copy),
        key=lambda member: (member.published or member.arrived, member.document),
    )
    return [leader, *(member for member in ordered if member is not leader)]


def _origins(members: Sequence[Placed]) -> tuple[tuple[DocumentId, ...], ...]:
    places = stories.origins(
        [member.outlet for member in members], [member.copy for member in members]
    )
    return tuple(tuple(members[place].document for place in origin) for origin in places)


def _further(
    members: Sequence[Placed], documents: Mapping[DocumentId, Document], since: datetime
) -> tuple[str, ...]:
    """Return the outlets of *documents* that are of an origin of which nothing came before."""
    before = {member.document for member in members if member.arrived < since}
    new = [origin for origin in _origins(members) if before.isdisjoint(origin)]
    told = [documents[each].outlet for origin in new for each in origin if each in documents]
    return tuple(dict.fromkeys(told))
