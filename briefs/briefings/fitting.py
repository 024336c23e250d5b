"""An item and the room that is left in, as much of the item as fits out."""

from dataclasses import dataclass, replace

from briefs.budgets import Length
from briefs.model import Item, Line

_FIRST_TO_GO = ("also", "figures", "quotes", "disputes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many lines and words more a briefing may quote; None: as many as there are."""

    lines: int | None
    words: int | None

    @classmethod
    def of(cls, length: Length) -> "Room":
        """Return the room of a briefing in which nothing stands yet."""
        return cls(lines=length.total_lines, words=length.total_words)

    def without(self, item: Item) -> "Room":
        """Return the room that is left beside *item*."""
        lines, words = _cost(item)
        return Room(
            lines=None if self.lines is None else self.lines - lines,
            words=None if self.words is None else self.words - words,
        )

    def holds(self, item: Item) -> bool:
        """Tell whether *item* fits."""
        left = self.without(item)
        return (left.lines is None or left.lines >= 0) and (left.words is None or left.words >= 0)


def fit(item: Item, room: Room) -> Item | None:
    """Return *item* with as much as *room* holds, the lines to the last; None: not even one."""
    while not room.holds(item):
        smaller = _smaller(item)
        if smaller is None:
            return None
        item = smaller
    return item


def least(item: Item) -> Item:
    """Return *item* with as little as it can be told in."""
    while (smaller := _smaller(item)) is not None:
        item = smaller
    return item


def quoted(item: Item) -> tuple[Line, ...]:
    """Return all that is quoted in *item*, its headline first."""
    return (
        item.headline,
        *item.lines,
        *(quote.line for quote in item.quotes),
        *(figure.line for figure in item.figures),
        *(each.line for dispute in item.disputes for each in dispute.reported),
        *item.also,
    )


def _cost(item: Item) -> tuple[int, int]:
    """Return how many lines and words are quoted; two figures of one line stand there once."""
    shown = {(line.document, line.span): line for line in quoted(item)[1:]}
    return len(shown), sum(len(line.text.split()) for line in shown.values())


def _smaller(item: Item) -> Item | None:
    """Return *item* with one thing less, if it is more than one line."""
    for name in _FIRST_TO_GO:
        there = getattr(item, name)
        if there and len(quoted(item)) > 2:
            return replace(item, **{name: there[:-1]})
    return replace(item, lines=_fewer(item.lines)) if len(item.lines) > 1 else None


def _fewer(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Leave the line of the lowest score out; what a line leans on stays as long as the line."""
    free = [place for place in range(len(lines)) if not _holds_up(lines, place)]
    worst = min(free, key=lambda place: (sum(part.value for part in lines[place].parts), -place))
    return lines[:worst] + lines[worst + 1 :]


def _holds_up(lines: tuple[Line, ...], place: int) -> bool:
    return place + 1 < len(lines) and lines[place + 1].joined
