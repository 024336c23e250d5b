"""The card of an entity in, its title and blocks out."""

from briefs.model import Break, Card, Dated, Label, Line, Moment, Run, Style
from briefs.pages import phrases
from briefs.pages.layout import Block, Written


def write(card: Card) -> Written:
    """Write who it is said to be, what it is called, what was said, with whom, and when."""
    blocks = (
        _head(card),
        *_section("Said to be", [_role(role) for role in card.roles]),
        *_section("Said", [phrases.said(quote) for quote in card.quotes]),
        _companions(card),
        *_section("When", [_dated(entry) for entry in card.timeline]),
        *_section("Newest lines", [_line(line) for line in card.lines]),
    )
    said = (quote.line for quote in card.quotes)
    dated = (entry.line for entry in card.timeline)
    samples = phrases.samples((*card.roles, *card.lines, *said, *dated))
    return Written(card.name, tuple(block for block in blocks if block), samples)


def _head(card: Card) -> Block:
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


def _section(label: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Keep the heading with the first block under it."""
    if not blocks:
        return ()
    return ((Label(label, Style.HEADING), Break(), *blocks[0]), *blocks[1:])


def _role(line: Line) -> Block:
    return (*phrases.quoted(line), *phrases.origin(line))


def _companions(card: Card) -> Block:
    if not card.companions:
        return ()
    names = [f"{name} ({documents})" for name, _, documents in card.companions]
    return (
        Label("Appears with", Style.HEADING),
        Break(),
        Label(phrases.listing(names, 10)),
        Break(),
    )


def _dated(entry: Dated) -> Block:
    day = Label(f"{entry.day:%d %B %Y}".lstrip("0"), Style.STRONG)
    return (day, Break(), *phrases.quoted(entry.line), *phrases.origin(entry.line))


def _line(line: Line) -> Block:
    return (*phrases.quoted(line), *phrases.origin(line))
