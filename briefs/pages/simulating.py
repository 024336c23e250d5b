"""What a schedule would have posted in, its title and blocks out."""

from collections.abc import Iterator

from briefs.model import Break, Label, Line, Moment, Simulated, Simulation, Style
from briefs.pages import phrases
from briefs.pages.layout import Block, Written


def write_simulation(simulation: Simulation) -> Written:
    """Write each due time with its window and the headlines, or why there is nothing."""
    blocks = [_opening(simulation)]
    for row in reversed(simulation.rows):
        blocks += _row(row)
    shown = [line for row in simulation.rows for line in row.headlines]
    title = f"{simulation.schedule}: what would have been posted"
    return Written(title, tuple(blocks), phrases.samples(shown))


def _opening(simulation: Simulation) -> Block:
    times = phrases.count(len(simulation.rows) + simulation.left_out, "due time")
    left_out = f", of which the oldest {simulation.left_out} are left out (it would take too long)"
    paused = f" {simulation.paused}" if simulation.paused else ""
    return (
        Label("From "),
        Moment(simulation.since, "full"),
        Label(" to "),
        Moment(simulation.until, "full"),
        Label(f": {times}{left_out if simulation.left_out else ''}, as if it had been on."),
        Label(f"{paused} Nothing is posted or recorded."),
        Break(blank=True),
    )


def _row(row: Simulated) -> Iterator[Block]:
    """Keep the time with the first headline; the others may go to the next page."""
    head: Block = (
        Label(f"{row.due.date:%a %d %b %Y}, ", Style.STRONG),
        Moment(row.due.at, "full"),
        Break(),
        *_window(row),
    )
    if row.reason:
        head = (*head, Label(row.reason), Break())
    first, *rest = [_headline(line) for line in row.headlines] or [()]
    yield head + first
    yield from rest
    yield (*_left_out(row), Break())


def _window(row: Simulated) -> Block:
    if row.since is None or row.until is None:
        return ()
    documents = phrases.count(row.documents, "document")
    over = f", {row.over:,} older ones left out" if row.over else ""
    faint = Style.FAINT
    return (
        Label("what arrived from ", faint),
        Moment(row.since, "full"),
        Label(" to ", faint),
        Moment(row.until, "full"),
        Label(f": {documents}{over}", faint),
        Break(),
    )


def _headline(line: Line) -> Block:
    return (Label("• "), phrases.headline(line), Break(), *phrases.origin(line))


def _left_out(row: Simulated) -> Block:
    if not row.left_out:
        return ()
    more = phrases.count(row.left_out, "more story", "more stories")
    return (Label(f"and {more} that would not have fitted", Style.FAINT), Break())
