"""The card of an entity in, its title and blocks out."""

import itertools
from collections.abc import Sequence
from datetime import UTC

from briefs.model import (
    Break,
    Card,
    Companion,
    Held,
    Label,
    Line,
    Moment,
    Reason,
    Run,
    Style,
)
from briefs.pages import phrases
from briefs.pages.layout import Block, Written

_MOST_REASONS = 60


def write(card: Card) -> Written:
    """Write who it is said to be, what it is called and why, what was said, with whom, and when."""
    blocks = (
        head(card),
        *section("Said to be", [role(each) for each in card.roles]),
        *section("Said", [phrases.said(quote) for quote in card.quotes]),
        *company(card.companions),
        *section("When", [phrases.told(entry) for entry in card.timeline]),
        *section("Newest lines", _by_document(card.lines)),
        *section("Names, and why they are taken for it", _reasons(card.reasons)),
        *section("Newest documents", [_headline(line) for line in card.headlines]),
    )
    shown = [each.line for each in card.roles]
    shown += [each.line for each in card.quotes]
    shown += [each.line for each in card.timeline]
    beside = [each.line for each in card.companions if each.line]
    samples = phrases.samples((*shown, *beside, *card.lines, *card.headlines))
    return Written(card.name, tuple(block for block in blocks if block), samples)


def head(card: Card) -> Block:
    """Show how often and when it is named, how it is written, and what is uncertain."""
    mentions = phrases.count(card.mentions, "mention")
    documents = phrases.count(card.documents, "document")
    return (
        Label(f"{card.kind.capitalize()}: {mentions} in {documents}"),
        *_seen(card),
        Break(),
        *_plain("Also written", card.aliases),
        *((Label(card.note, Style.FAINT), Break()) if card.note else ()),
    )


def _seen(card: Card) -> tuple[Run, ...]:
    if card.first_seen is None or card.last_seen is None:
        return ()
    return (Label(", from "), Moment(card.first_seen), Label(" to "), Moment(card.last_seen))


def _plain(label: str, names: tuple[str, ...]) -> tuple[Run, ...]:
    if not names:
        return ()
    return (Label(f"{label}: {phrases.listing(names, 12)}"), Break())


def section(label: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Put a heading over *blocks*, if any, and keep it with the first."""
    if not blocks:
        return ()
    return ((Label(label, Style.HEADING), Break(), *blocks[0]), *blocks[1:])


def role(held: Held) -> Block:
    """Show what somebody is said to be, where it was said last, and how often and since when."""
    return (*phrases.quoted(held.line), *phrases.origin(held.line), *_since(held))


def _since(held: Held) -> Block:
    """Say between which dates a role was stated, when it was more than once."""
    if held.documents == 1 or held.first is None or held.last is None:
        return ()
    said = f"said in {phrases.count(held.documents, 'document')}"
    if held.first.date() == held.last.date():
        return (Label(said, Style.FAINT), Break())
    first, last = (phrases.day(at.astimezone(UTC)) for at in (held.first, held.last))
    return (Label(f"{said}, from {first} to {last}", Style.FAINT), Break())


def company(companions: Sequence[Companion]) -> tuple[Block, ...]:
    """Show who else is there: each with a line that names both, the others in one row."""
    quoted = [_companion(each, each.line) for each in companions if each.line]
    names = [f"{each.name} ({each.documents})" for each in companions if not each.line]
    rest: Block = (Label(phrases.listing(names, 25)), Break()) if names else ()
    return section("Appears with", [block for block in (*quoted, rest) if block])


def _companion(each: Companion, line: Line) -> Block:
    kind, documents = each.kind.lower(), phrases.count(each.documents, "document")
    return (
        Label(f"{each.name} ({kind}), in {documents}:", Style.STRONG),
        Break(),
        *phrases.quoted(line),
        *phrases.origin(line),
    )


def _by_document(lines: Sequence[Line]) -> list[Block]:
    """Show *lines* under the titles of their documents."""
    blocks = []
    for _, group in itertools.groupby(lines, key=lambda line: line.document):
        first, *rest = group
        blocks.append((phrases.headline(first), Break(), *phrases.quoted(first)))
        blocks += [phrases.quoted(line) for line in rest]
        blocks[-1] = (*blocks[-1], *phrases.origin(first))
    return blocks


def _reasons(reasons: Sequence[Reason]) -> list[Block]:
    rows: list[Block] = []
    for each in reasons[:_MOST_REASONS]:
        why = f": {each.reason} ({phrases.count(each.mentions, 'mention')})"
        rows.append((Label(each.text, Style.STRONG), Label(why), Break()))
    if len(reasons) > _MOST_REASONS:
        more = f"and {phrases.count(len(reasons) - _MOST_REASONS, 'rarer one')}"
        rows.append((Label(more, Style.FAINT), Break()))
    return rows


def _headline(line: Line) -> Block:
    return (phrases.headline(line), Break(), *phrases.origin(line))
