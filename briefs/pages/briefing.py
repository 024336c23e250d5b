"""A briefing in, its title and blocks out: the sections that it has, in its order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from briefs.model import (
    Break,
    Briefing,
    Dispute,
    DocumentId,
    Item,
    Label,
    Line,
    Moment,
    Quiet,
    Reported,
    Run,
    Span,
    Standing,
    Style,
)
from briefs.pages import phrases
from briefs.pages.layout import Block, Written

_EVERYTHING = ("lines", "quotes", "figures", "disputes", "also", "people", "quiet")


def write(briefing: Briefing) -> Written:
    """Write the window, each story in the order given, and what was left out."""
    title = f"Briefing: {briefing.about}" if briefing.about else "Briefing"
    sections = briefing.sections or _EVERYTHING
    blocks = [_opening(briefing)]
    for number, item in enumerate(briefing.items, start=1):
        blocks += _story(number, item, sections)
    if "quiet" in sections:
        blocks += _gone_quiet(briefing.quiet)
    blocks.append(_closing(briefing))
    return Written(title, tuple(block for block in blocks if block), _samples(briefing))


def _samples(briefing: Briefing) -> frozenset[DocumentId]:
    shown = [line for item in briefing.items for line in _shown(item)]
    return phrases.samples([*shown, *(quiet.headline for quiet in briefing.quiet)])


def _shown(item: Item) -> Iterator[Line]:
    yield item.headline
    yield from item.lines
    yield from (quote.line for quote in item.quotes)
    yield from (figure.line for figure in item.figures)
    yield from (each.line for dispute in item.disputes for each in dispute.reported)
    yield from item.also


def _opening(briefing: Briefing) -> Block:
    arrived = phrases.count(briefing.documents, "document")
    runs: Block = (
        Label("What arrived from "),
        Moment(briefing.since, "full"),
        Label(" to "),
        Moment(briefing.until, "full"),
        Label(f": {arrived}."),
        Break(blank=True),
    )
    if briefing.items:
        return runs
    return (*runs, Label(briefing.reason), Break())


def _story(number: int, item: Item, sections: Iterable[str]) -> Iterator[Block]:
    """Keep the headline with the first block; the rest may go to the next page."""
    head: Block = (
        Label(f"{number}. ", Style.STRONG),
        phrases.headline(item.headline),
        Break(),
        Label(_sources(item), Style.FAINT),
        Break(),
        Label(_standing(item), Style.FAINT),
        Break(),
    )
    blocks: list[Block] = []
    for name in sections:
        told = _SECTIONS[name](item) if name in _SECTIONS else ()
        blocks += _headed("In short", told) if name == "lines" and blocks else told
    first, *rest = blocks or [()]
    yield head + first
    yield from rest
    yield (Break(),)


def _sources(item: Item) -> str:
    story = item.story
    origins = phrases.count(len(story.origins), "origin")
    outlets = phrases.count(len(story.outlets), "outlet")
    named = phrases.listing(story.outlets, 4)
    return f"{origins}, {outlets}: {named}" if named else f"{origins}"


def _standing(item: Item) -> str:
    """Say what is new about the story, and what of the watch-list stands in it."""
    told = [_news(item)]
    if item.watched:
        told.append(f"on the watch-list: {phrases.listing(item.watched, 4)}")
    return "; ".join(told)


def _news(item: Item) -> str:
    before = phrases.count(item.earlier, "document")
    match item.standing:
        case Standing.NEW:
            return "New"
        case Standing.DEVELOPING:
            return f"Developing: {before} before"
        case Standing.CONFIRMED:
            others = phrases.listing(item.further, 3)
            return f"Developing: {before} before, now also reported by {others}"


def _lines(item: Item) -> Iterator[Block]:
    yield from phrases.excerpts(item.lines)


def _quotes(item: Item) -> Iterator[Block]:
    yield from (phrases.said(quote) for quote in item.quotes)


def _figures(item: Item) -> Iterator[Block]:
    yield from _headed("Figures", figured(item.figures))


def figured(figures: Iterable[Reported]) -> Iterator[Block]:
    """Show each line once, its figures in bold, with its source."""
    spans: dict[Line, list[Span]] = {}
    for figure in figures:
        spans.setdefault(figure.line, []).append(figure.span)
    for line, marks in spans.items():
        yield (*phrases.quoted(line, marks=marks), *phrases.origin(line))


def _disputes(item: Item) -> Iterator[Block]:
    yield from (disputed(dispute) for dispute in item.disputes)


def disputed(dispute: Dispute) -> Block:
    """Show figures that differ side by side, each with its outlet and time."""
    runs: Block = (Label(f"Reported differently: {dispute.about}", Style.STRONG), Break())
    return runs + tuple(run for block in figured(dispute.reported) for run in block)


def _also(item: Item) -> Iterator[Block]:
    yield from _headed("Also reported", phrases.excerpts(item.also))


def _headed(heading: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Put *heading* on top of the first of *blocks*; without any there is none."""
    head: Block = (Label(heading, Style.STRONG), Break())
    for block in blocks:
        yield head + block
        head = ()


def _people(item: Item) -> Iterator[Block]:
    if item.people:
        yield Label(f"In it: {phrases.listing(item.people, 6)}", Style.FAINT), Break()


# "quiet" is of the whole briefing, and stands after its stories.
_SECTIONS: Mapping[str, Callable[[Item], Iterator[Block]]] = {
    "lines": _lines,
    "quotes": _quotes,
    "figures": _figures,
    "disputes": _disputes,
    "also": _also,
    "people": _people,
}


def _gone_quiet(quiet: Sequence[Quiet]) -> Iterator[Block]:
    head: Block = (Label("Gone quiet", Style.HEADING), Break())
    for each in quiet:
        runs: tuple[Run, ...] = (
            phrases.headline(each.headline),
            Label(f" — {phrases.count(each.documents, 'document')}, the last on "),
            Moment(each.last),
            Break(),
        )
        yield head + runs
        head = ()


def _closing(briefing: Briefing) -> Block:
    told = []
    if briefing.left_out:
        told.append(f"{phrases.count(briefing.left_out, 'more story', 'more stories')} left out.")
    if briefing.over:
        told.append(f"{phrases.count(briefing.over, 'older document')} not looked at.")
    return (Label(" ".join(told), Style.FAINT),) if told else ()
