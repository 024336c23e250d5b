"""Reasons, figures, and where a claim was said in; titles and blocks out."""

from collections.abc import Iterator, Sequence

from briefs.model import (
    Archive,
    Break,
    BriefingRecord,
    Explanation,
    FigureStory,
    FigureTable,
    Item,
    Label,
    Line,
    Moment,
    Omitted,
    Part,
    Run,
    Style,
    Traced,
)
from briefs.pages import phrases
from briefs.pages.briefing import disputed, figured
from briefs.pages.layout import Block, Written

_NONE = "No briefing has been kept yet: each is kept when a schedule posts it."


def write_explanation(explanation: Explanation) -> Written:
    """Write the parts of each score, the rules that fired and, of the whole, what is left out."""
    items = list(enumerate(explanation.briefing.items, start=1))
    chosen = [(n, item) for n, item in items if explanation.story in {0, n}]
    blocks = [block for n, item in chosen for block in _item(n, item, len(items))]
    if not explanation.story:
        blocks += _omitted(explanation.briefing.omitted)
    nothing: Block = (Label("There is nothing in this briefing to explain."), Break())
    shown = [line for _, item in chosen for line in (item.headline, *item.lines)]
    shown += [each.headline for each in explanation.briefing.omitted if not explanation.story]
    which = f"briefing {explanation.number}" if explanation.number else "this briefing"
    return Written(f"Why {which} is as it is", tuple(blocks) or (nothing,), phrases.samples(shown))


def write_figures(table: FigureTable) -> Written:
    """Write the figures of each story, those that differ first."""
    title = f"Figures: {table.about}" if table.about else "Figures"
    blocks = [block for story in table.stories for block in _figures(story)]
    nothing: Block = (Label("No figures are given in these days."), Break())
    shown = [each.line for story in table.stories for each in story.figures]
    heads = [story.headline for story in table.stories]
    return Written(title, tuple(blocks) or (nothing,), phrases.samples([*heads, *shown]))


def write_traced(traced: Traced) -> Written:
    """Write the lines that are nearest to a claim, with the date of the earliest."""
    blocks: list[Block] = []
    if traced.first:
        blocks.append(
            (Label("The earliest of these lines: "), Moment(traced.first), Break(blank=True))
        )
    blocks += [
        (*phrases.quoted(hit.line, marks=hit.marks), *phrases.origin(hit.line))
        for hit in traced.hits
    ]
    nothing: Block = (Label("No line in the library says this, or nearly this."), Break())
    samples = phrases.samples(hit.line for hit in traced.hits)
    return Written("Where was this said?", tuple(blocks) or (nothing,), samples)


def write_archive(archive: Archive) -> Written:
    """Write which briefings were kept, with the number that each is shown by."""
    blocks = tuple(_record(record) for record in archive.records)
    nothing: Block = (Label(_NONE), Break())
    return Written("Briefings", blocks or (nothing,), frozenset())


def _record(record: BriefingRecord) -> Block:
    told = phrases.count(record.stories, "story", "stories")
    about = f", about “{record.about}”" if record.about else ""
    schedule = f", schedule “{record.schedule}”" if record.schedule else ""
    return (
        Label(f"{record.id}. ", Style.STRONG),
        Moment(record.made, "full"),
        Label(f": {told}{about}{schedule}"),
        Break(),
    )


def _item(number: int, item: Item, items: int) -> Iterator[Block]:
    head: Block = (
        Label(f"{number}. ", Style.STRONG),
        phrases.headline(item.headline),
        Break(),
        Label(f"Story {number} of {items} by its score: {_sum(item.parts)}."),
        Break(),
    )
    for line in item.lines:
        yield head + _reasons(line)
        head = ()
    yield (*head, Break())


def _reasons(line: Line) -> Block:
    runs: tuple[Run, ...] = phrases.quoted(line)
    if line.parts:
        runs += (Label(f"Picked for its score: {_sum(line.parts)}."), Break())
    if line.rule:
        runs += (Label(f"Context: {line.rule}."), Break())
    return (*runs, *phrases.origin(line))


def _sum(parts: Sequence[Part]) -> str:
    total = sum(part.value for part in parts)
    told = ", ".join(f"{part.name} {part.value:+.2f}" for part in parts)
    return f"{total:.2f} ({told})"


def _omitted(omitted: Sequence[Omitted]) -> Iterator[Block]:
    head: Block = (Label("Left out", Style.STRONG), Break())
    for each in omitted:
        yield (*head, phrases.headline(each.headline), Break(), Label(each.reason), Break())
        head = ()


def _figures(story: FigureStory) -> Iterator[Block]:
    told = {(each.line.document, each.span) for d in story.disputes for each in d.reported}
    blocks = [disputed(dispute) for dispute in story.disputes]
    blocks += figured(f for f in story.figures if (f.line.document, f.span) not in told)
    head: Block = (phrases.headline(story.headline), Break())
    for block in blocks:
        yield head + block
        head = ()
