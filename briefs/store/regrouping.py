"""Members of stories in, the stories that they are in for one view out: edits by hand applied.

An edit takes documents into a story of its own: a merge those of both stories, a split those that
leave; a split also says which stay. A document that came later follows the one that it was most
like when it was placed, and else what all the named ones of its story do. A guild's own edit counts
before a public one, and of two the newer.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from briefs.errors import NotFoundError
from briefs.model import DocumentId, Scope, StoryId
from briefs.store import rows, scopes, tables

MOST = 500  # members of a story that are read, the newest
_STORIES = 64  # that edits lead to from those that were asked for
_LARGEST = 2**63
_STEPS = 200  # from a document to the one it was most like, and on

_MEMBER, _DOCUMENT, _RULING = tables.story_member.c, tables.document.c, tables.story_ruling.c


class Member(NamedTuple):
    """A placed document; *story* is where it was placed."""

    document: DocumentId
    scope: Scope
    story: StoryId
    arrived: datetime
    published: datetime | None
    outlet: str
    copy: int
    centrality: float
    nearest: DocumentId | None


class Found(NamedTuple):
    """A story of a view, and all that was placed where its documents were."""

    story: StoryId
    members: list[Member]
    around: list[DocumentId]


class _Rule(NamedTuple):
    strength: tuple[bool, int]  # whether it is the view's own, and its edit
    document: DocumentId
    taken: bool


_COLUMNS = (
    _MEMBER.document,
    _MEMBER.scope,
    _MEMBER.story,
    _MEMBER.arrived,
    _DOCUMENT.published,
    _MEMBER.outlet,
    _MEMBER.copy,
    _MEMBER.centrality,
    _MEMBER.nearest,
)


def placed(
    connection: Connection, scope: Scope, stories: Iterable[StoryId]
) -> dict[StoryId, list[Member]]:
    """Return the newest members of *stories*, and of those that edits join with them, by story.

    The stories are those of this view.
    """
    found = members(connection, scope, stories)
    if not _any(connection, scope):
        return _grouped(found, {})
    rules = _rules(connection, scope, found)
    left = _STORIES
    while (more := _led_to(connection, scope, rules, found)) and left > 0:
        further = members(connection, scope, more[:left])
        left -= len(more)
        found |= further
        rules += _rules(connection, scope, further)
    return _grouped(found, _assigned(connection, found, rules))


def members(
    connection: Connection, scope: Scope, stories: Iterable[StoryId]
) -> dict[DocumentId, Member]:
    """Return the newest members that this view has of *stories*, where they were placed."""
    found: list[Member] = []
    for part in rows.in_parts(sorted(set(stories))):
        for each in scopes.view(scope):
            found += [Member(*row) for row in connection.execute(_newest(each, part))]
    found.sort(key=lambda member: (member.story, -member.arrived.timestamp(), -member.document))
    kept: dict[StoryId, int] = {}
    newest: dict[DocumentId, Member] = {}
    for member in found:
        kept[member.story] = kept.get(member.story, 0) + 1
        if kept[member.story] <= MOST:
            newest[member.document] = member
    return newest


def of_documents(
    connection: Connection, scope: Scope, documents: Iterable[DocumentId]
) -> set[StoryId]:
    """Return the stories that *documents* were placed in, as far as this view goes."""
    # A sum is in no index: by its scope alone, all of them would be read.
    query = select(_MEMBER.story).where((_MEMBER.scope + 0).in_(scopes.view(scope)))
    return {
        StoryId(story)
        for part in rows.in_parts(sorted(set(documents)))
        for story in connection.scalars(query.where(_MEMBER.document.in_(part)))
    }


def find(connection: Connection, scope: Scope, story: StoryId) -> Found:
    """Return a story, where one that was merged leads; NotFoundError when this view has none."""
    found = placed(connection, scope, _bases(connection, scope, story))
    best = story if story in found else _largest(found, _joined(connection, scope, story))
    if best is None or best not in found:
        raise NotFoundError(f"There is no story {story} here.")
    around = [member.document for members in found.values() for member in members]
    return Found(best, found[best], around)


def named(connection: Connection, scope: Scope, edit: int) -> list[DocumentId]:
    """Return the live documents that an edit of this view takes."""
    query = _named(scope).where(_RULING.edit == edit, _RULING.taken)
    return [DocumentId(number) for number in connection.scalars(query)]


def _bases(connection: Connection, scope: Scope, story: StoryId) -> set[StoryId]:
    """Return where the documents of a story were placed."""
    table = tables.story.c
    query = select(table.joined, table.edit).where(table.scope.in_(scopes.view(scope)))
    known = 0 < story < _LARGEST
    row = connection.execute(query.where(table.id == story)).first() if known else None
    if row is None:
        return set()
    if row.edit is not None:
        documents = named(connection, scope, row.edit)
        return of_documents(connection, scope, documents)
    return {StoryId(row.joined or story)}


def _joined(connection: Connection, scope: Scope, story: StoryId) -> StoryId | None:
    """Return the story that another is one with since, None when it was made by hand or is none."""
    bases = _bases(connection, scope, story)
    table = tables.story.c
    made = select(table.edit).where(table.scope.in_(scopes.view(scope)), table.id == story)
    by_hand = bool(bases) and connection.execute(made).scalar() is not None
    return None if by_hand or not bases else min(bases)


def _largest(found: dict[StoryId, list[Member]], base: StoryId | None) -> StoryId | None:
    """Return the story that most documents that were placed in *base* are in."""
    if base is None:
        return None
    counts = {
        story: sum(member.story == base for member in members) for story, members in found.items()
    }
    return min(counts, key=lambda story: (-counts[story], story), default=None)


def _newest(scope: Scope, stories: Sequence[StoryId]) -> Select[Any]:
    """Select the newest members in *scope* itself of each of *stories*."""
    other = tables.story_member.alias()
    newest = select(other.c.document).where(
        other.c.scope == scope, other.c.story == tables.story.c.id
    )
    newest = newest.order_by(other.c.arrived.desc(), other.c.document.desc()).limit(MOST)
    joined = tables.story.join(
        tables.story_member, _MEMBER.document.in_(newest.correlate(tables.story))
    ).join(tables.document)
    return select(*_COLUMNS).select_from(joined).where(tables.story.c.id.in_(stories))


def _any(connection: Connection, scope: Scope) -> bool:
    query = select(_RULING.edit).where(_RULING.scope.in_(scopes.view(scope))).limit(1)
    return connection.execute(query).first() is not None


def _rules(connection: Connection, scope: Scope, found: Mapping[DocumentId, Member]) -> list[_Rule]:
    """Return what edits of this view say of the documents *found*."""
    same = (_RULING.owner == _DOCUMENT.scope) & (_RULING.identity == _DOCUMENT.identity)
    query = select(_RULING.scope, _RULING.edit, _DOCUMENT.id, _RULING.taken)
    query = query.join_from(tables.document, tables.story_ruling, same)
    query = query.where(_RULING.scope.in_(scopes.view(scope)))
    return [
        _Rule((own != 0, edit), DocumentId(document), taken)
        for part in rows.in_parts(sorted(found))
        for own, edit, document, taken in connection.execute(query.where(_DOCUMENT.id.in_(part)))
    ]


def _named(scope: Scope) -> Select[Any]:
    same = (_RULING.owner == _DOCUMENT.scope) & (_RULING.identity == _DOCUMENT.identity)
    query = select(_DOCUMENT.id).join_from(tables.story_ruling, tables.document, same)
    # A sum is in no index: by its scope alone, all that is ruled would be read.
    return query.where(
        (_RULING.scope + 0).in_(scopes.view(scope)), _DOCUMENT.scope.in_(scopes.view(scope))
    )


def _led_to(
    connection: Connection,
    scope: Scope,
    rules: Sequence[_Rule],
    found: Mapping[DocumentId, Member],
) -> list[StoryId]:
    """Return the stories with documents that the edits of *rules* take, and that are not read."""
    edits = sorted({rule.strength[1] for rule in rules})
    query = _named(scope).where(_RULING.taken)
    taken = [
        DocumentId(number)
        for part in rows.in_parts(edits)
        for number in connection.scalars(query.where(_RULING.edit.in_(part)))
        if number not in found
    ]
    known = {member.story for member in found.values()}
    return sorted(of_documents(connection, scope, taken) - known)


def _assigned(
    connection: Connection, found: Mapping[DocumentId, Member], rules: Sequence[_Rule]
) -> dict[DocumentId, StoryId]:
    """Return the stories that edits take documents into."""
    edits = sorted({rule.strength for rule in rules}, reverse=True)
    numbers = [edit for _, edit in edits]
    story = tables.story.c
    made = {
        edit: StoryId(number)
        for part in rows.in_parts(numbers)
        for edit, number in connection.execute(
            select(story.edit, story.id).where(story.edit.in_(part))
        )
    }
    assigned: dict[DocumentId, StoryId] = {}
    for _, edit in edits:
        sides = {rule.document: rule.taken for rule in rules if rule.strength[1] == edit}
        for number, taken in _sides(found, sides).items():
            if taken and edit in made:
                assigned.setdefault(number, made[edit])
    return assigned


def _sides(
    found: Mapping[DocumentId, Member], named: Mapping[DocumentId, bool]
) -> dict[DocumentId, bool]:
    """Return for each document that one edit concerns whether the edit takes it."""
    by_story: dict[StoryId, set[bool]] = {}
    for number, taken in named.items():
        by_story.setdefault(found[number].story, set()).add(taken)
    sides: dict[DocumentId, bool] = {}
    for number, member in found.items():
        if member.story not in by_story:
            continue
        said = _followed(found, named, number)
        if said is None and len(by_story[member.story]) == 1:
            (said,) = by_story[member.story]
        if said is not None:
            sides[number] = said
    return sides


def _followed(
    found: Mapping[DocumentId, Member], named: Mapping[DocumentId, bool], number: DocumentId
) -> bool | None:
    """Return what is said of a document, or of the nearest one of which anything is."""
    following: DocumentId | None = number
    for _ in range(_STEPS):
        if following is None or following not in found:
            return None
        if following in named:
            return named[following]
        following = found[following].nearest
    return None


def _grouped(
    found: Mapping[DocumentId, Member], assigned: Mapping[DocumentId, StoryId]
) -> dict[StoryId, list[Member]]:
    """Return members by the stories that this view has them in, the most central first."""
    stories: dict[StoryId, list[Member]] = {}
    for member in sorted(found.values(), key=lambda each: (-each.centrality, each.document)):
        stories.setdefault(assigned.get(member.document, member.story), []).append(member)
    return {story: stories[story] for story in sorted(stories)}
