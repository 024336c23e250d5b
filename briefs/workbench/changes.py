"""Names as somebody types them in, changes that make sense out; then what they touch, and done."""

import re
from datetime import datetime

from briefs import entities
from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    Action,
    Affected,
    Change,
    Edit,
    EntityId,
    EntityKey,
    Kind,
    Named,
    Scope,
)
from briefs.store import Family, Store

KINDS = (
    Kind.PERSON,
    Kind.ORGANISATION,
    Kind.PLACE,
    Kind.NATIONALITY,
    Kind.EVENT,
    Kind.PRODUCT,
)
LONGEST = 100  # characters of a name
_WITH_KIND = re.compile(r"(.{1,200}) \((\w{1,20})\)")


def add_alias(store: Store, scope: Scope, name: str, alias: str) -> Change:
    """Plan that *alias* is a name of whoever goes by *name*."""
    subject = _shown(store, scope, name)
    other = _written(subject, alias)
    before = store.curation.around(scope, other.key)
    if other.key.key == subject.root.key or (before and before.root == subject.root):
        raise UsageError(f"“{other.name}” is a name of {subject.name} already.")
    if before and before.hidden:
        raise UsageError(f"“{other.name}” is hidden: unhide it first.")
    note = f"Until now “{other.name}” stood for {before.name}." if before else ""
    return Change(action=Action.ALIAS_ADD, subject=_named(subject), other=other, note=note)


def remove_alias(store: Store, scope: Scope, name: str, alias: str) -> Change:
    """Plan that *alias* leads to whoever goes by *name* no longer."""
    subject = _shown(store, scope, name)
    return Change(
        action=Action.ALIAS_REMOVE,
        subject=_named(subject),
        other=_borne(store, scope, subject, alias),
        note="What documents say of them under that name stays; to part that too, use split.",
    )


def split(store: Store, scope: Scope, name: str, form: str) -> Change:
    """Plan that what is written *form* means somebody else than who goes by *name*."""
    subject = _shown(store, scope, name)
    other = _borne(store, scope, subject, form)
    return Change(action=Action.SPLIT, subject=_named(subject), other=other)


def merge(store: Store, scope: Scope, keep: str, drop: str) -> Change:
    """Plan that who goes by *drop* is who goes by *keep*."""
    subject, other = _shown(store, scope, keep), _shown(store, scope, drop)
    if subject.root == other.root:
        raise UsageError(f"“{keep[:LONGEST]}” and “{drop[:LONGEST]}” are {subject.name} already.")
    note = ""
    if subject.kind != other.kind:
        kind = subject.kind.lower()
        note = f"{other.name} is a {other.kind.lower()} until now, and becomes a {kind}."
    return Change(action=Action.MERGE, subject=_named(subject), other=_named(other), note=note)


def retype(store: Store, scope: Scope, name: str, kind: str) -> Change:
    """Plan that whoever goes by *name* is of another *kind*."""
    subject = _shown(store, scope, name)
    wanted = kind_of(kind)
    if wanted == subject.kind:
        raise UsageError(f"{subject.name} is a {wanted.lower()} already.")
    key = entities.key(wanted, subject.name)
    there = store.curation.around(scope, key)
    if there and there.hidden:
        raise UsageError(f"{there.name} ({wanted.lower()}) is hidden: unhide it first.")
    note = f"It becomes one with {there.name}, the {wanted.lower()}." if there else ""
    target = Named(key, subject.name)
    return Change(action=Action.TYPE, subject=_named(subject), other=target, note=note)


def hide(store: Store, scope: Scope, name: str) -> Change:
    """Plan that whoever goes by *name* is found by nobody."""
    return Change(action=Action.HIDE, subject=_named(_shown(store, scope, name)))


def unhide(store: Store, scope: Scope, name: str) -> Change:
    """Plan that who was hidden is found again."""
    found = show(store, scope, name)
    if not found.hidden:
        raise UsageError(f"{found.name} is not hidden.")
    return Change(action=Action.UNHIDE, subject=_named(found))


def show(store: Store, scope: Scope, name: str) -> Family:
    """Return who goes by *name*, or has the id in "#id", be they hidden.

    NotFoundError when nobody does; UsageError when several do, who are then named.
    """
    typed = name.strip()
    if typed.startswith("#") and typed[1:].isascii() and typed[1:].isdecimal():
        return store.curation.family(scope, EntityId(int(typed[1:20])))
    found = store.curation.find(scope, entities.query_keys(typed))
    if not found and (parts := _WITH_KIND.fullmatch(typed)):
        wanted, typed = kind_of(parts[2]), parts[1].strip()
        found = store.curation.find(scope, entities.query_keys(typed))
        found = tuple(family for family in found if family.kind == wanted)
    if not found:
        raise NotFoundError(
            f"There is nobody and nothing called “{typed[:60]}” in the library: "
            "check the spelling.",
            store.entities.nearest(scope, typed),
        )
    return _only(found, typed)


def affected(store: Store, scope: Scope, change: Change) -> Affected:
    """Return what *change* would touch."""
    return store.curation.affected(scope, change)


def make(store: Store, scope: Scope, change: Change, *, actor: int, at: datetime) -> int:
    """Do it, and return the id by which it can be undone."""
    return store.curation.apply(scope, change, actor=actor, at=at)


def undo(store: Store, scope: Scope, number: int | None, *, actor: int, at: datetime) -> Edit:
    """Undo the edit *number* of *scope*, or the newest, and return it."""
    return store.curation.undo(scope, number, actor=actor, at=at)


def kind_of(text: str) -> Kind:
    """Read a kind of name."""
    wanted = text.strip().upper().replace("ORGANIZATION", "ORGANISATION")
    for kind in KINDS:
        if kind.value == wanted:
            return kind
    known = ", ".join(kind.lower() for kind in KINDS)
    raise UsageError(f"“{text[:40]}” is not a kind of name: use {known}.")


def checked(text: str) -> str:
    """Return a name that somebody gives, without white space around and within it."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise UsageError(
            f"“{name[:40]}” cannot be a name: use 1 to {LONGEST} letters that can be read."
        )
    return name


def _only(found: tuple[Family, ...], typed: str) -> Family:
    keys = entities.query_keys(typed)
    full = [family for family in found if family.root.key in keys]
    several = full or found
    if len(several) > 1:
        named = ", ".join(f"{each.name} ({each.kind.lower()})" for each in several[:5])
        raise UsageError(f"“{typed[:60]}” may be {named}: say which.")
    return several[0]


def _shown(store: Store, scope: Scope, name: str) -> Family:
    found = show(store, scope, name)
    if found.hidden:
        raise UsageError(f"{found.name} is hidden: unhide it first.")
    return found


def _named(family: Family) -> Named:
    return Named(EntityKey(Kind(family.root.kind), family.root.key), family.name)


def _written(subject: Family, text: str) -> Named:
    name = checked(text)
    return Named(entities.key(subject.kind, name), name)


def _borne(store: Store, scope: Scope, subject: Family, text: str) -> Named:
    """Return a name that *subject* bears besides its own."""
    other = _written(subject, text)
    if other.key.key == subject.root.key:
        raise UsageError(
            f"“{other.name}” is the full name of {subject.name} and cannot leave it: take the "
            "other names from it instead."
        )
    if not store.curation.bears(scope, subject, other.key.key):
        names = ", ".join(f"“{each}”" for each in store.entities.head(scope, subject).aliases[:8])
        hint = f"its other names are {names}" if names else "it has no other"
        raise NotFoundError(f"“{other.name}” is no name of {subject.name}: {hint}.")
    return other
