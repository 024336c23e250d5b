"""A briefing in, its title and blocks out."""

from briefs.model import Break, Briefing, Item, Label, Line, Moment, Run, Style
from briefs.pages import phrases
from briefs.pages.layout import Block, Written


def write(briefing: Briefing) -> Written:
    """Write the window, each story in the order given, and what was left out."""
    title = f"Briefing: {briefing.about}" if briefing.about else "Briefing"
    blocks = [_opening(briefing)]
    for number, item in enumerate(briefing.items, start=1):
        blocks += _story(number, item)
    blocks.append(_closing(briefing))
    shown = (line for item in briefing.items for line in _shown(item))
    return Written(title, tuple(block for block in blocks if block), phrases.samples(shown))


def _shown(item: Item) -> tuple[Line, ...]:
    return (item.headline, *item.lines, *(quote.line for quote in item.quotes))


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


def _story(number: int, item: Item) -> tuple[Block, ...]:
    """Keep the headline with the first line; the rest may go to the next page."""
    head: Block = (
        Label(f"{number}. ", Style.STRONG),
        phrases.headline(item.headline),
        Break(),
        Label(_standing(item), Style.FAINT),
        Break(),
    )
    first, *rest = [_line(line) for line in item.lines] or [()]
    quotes = [phrases.said(quote) for quote in item.quotes]
    return (head + first, *rest, *quotes, _people(item))


def _standing(item: Item) -> str:
    story = item.story
    origins = phrases.count(len(story.origins), "origin")
    outlets = phrases.count(len(story.outlets), "outlet")
    named = phrases.listing(story.outlets, 4)
    return f"{origins}, {outlets}: {named}" if named else f"{origins}"


def _line(line: Line) -> Block:
    return (*phrases.quoted(line), *phrases.origin(line))


def _people(item: Item) -> Block:
    runs: tuple[Run, ...] = ()
    if item.people:
        runs = (Label(f"In it: {phrases.listing(item.people, 6)}", Style.FAINT), Break())
    return (*runs, Break())


def _closing(briefing: Briefing) -> Block:
    told = []
    if briefing.left_out:
        told.append(f"{phrases.count(briefing.left_out, 'more story', 'more stories')} left out.")
    if briefing.over:
        told.append(f"{phrases.count(briefing.over, 'older document')} not looked at.")
    return (Label(" ".join(told), Style.FAINT),) if told else ()
