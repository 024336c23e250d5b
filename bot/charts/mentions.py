"""Counts by day in, the bars that show them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.charts import sheet
from briefs.model import Card, Count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PLACE = (0.14, 0.2, 0.82, 0.65)  # left, bottom, width, height of what the axes enclose
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 35, 420, 3_650  # days that are shown one by one, in weeks…
_TICKS = 2
_NARROW = 4  # bars that there is room for at least, so that one is not a wall
_WIDE = 8  # bars that leave room for a date under the outer ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is to be drawn: the days on which something is named, oldest first."""

    name: str
    days: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Mentions in stretches of one length without a gap."""

    unit: str  # "day", "week", "month", "year"
    starts: tuple[date, ...]
    mentions: tuple[int, ...]


def of(card: Card) -> Chart | None:
    """Return the chart of *card*; None when there is nothing to draw."""
    return Chart(name=card.name, days=card.days) if card.days else None


def describe(chart: Chart) -> str:
    """Say what is to be seen, for those who do not see it; at most 1,024 characters."""
    binned = bins(chart.days)
    most = max(binned.mentions)
    top = _written(binned.starts[binned.mentions.index(most)], binned.unit)
    mentions = sum(binned.mentions)
    return (
        f"Bar chart: mentions of {chart.name[:200]} per {binned.unit}, from "
        f"{_written(chart.days[0].day, 'day')} to {_written(chart.days[-1].day, 'day')}; "
        f"{mentions:,} in all, at most {most:,} ({binned.unit} of {top})."
    )


def bins(days: Sequence[Count]) -> Bins:
    """Count *days*, at least one, in days, weeks (from Monday), months or years."""
    first, last = days[0].day, days[-1].day
    unit = _unit((last - first).days)
    starts = [_start(first, unit)]
    while (following := _next(starts[-1], unit)) <= last:
        starts.append(following)
    counts = dict.fromkeys(starts, 0)
    for each in days:
        counts[_start(each.day, unit)] += each.mentions
    return Bins(unit=unit, starts=tuple(starts), mentions=tuple(counts.values()))


def draw(chart: Chart) -> bytes:
    """Draw *chart*, which has a day, as the bytes of a PNG."""
    binned = bins(chart.days)

    def fill(axes: "Axes") -> None:
        axes.bar(range(len(binned.starts)), binned.mentions, width=0.82, color=sheet.MARK)
        _label(axes, binned)

    return sheet.draw(chart.name, _PLACE, fill)


def _label(axes: "Axes", binned: Bins) -> None:
    from matplotlib.ticker import MaxNLocator

    count = len(binned.starts)
    places = sorted({round(step * (count - 1) / _TICKS) for step in range(_TICKS + 1)})
    if count <= _TICKS + 1:
        places = [*range(count)]
    axes.set_xticks(places, [_written(binned.starts[place], binned.unit) for place in places])
    if count > _WIDE:  # else the outer ones are cut off at the edge
        axes.get_xticklabels()[0].set_horizontalalignment("left")
        axes.get_xticklabels()[-1].set_horizontalalignment("right")
    middle, half = (count - 1) / 2, max(count + 0.2, _NARROW) / 2
    axes.set_xlim(middle - half, middle + half)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.set_ylim(0, max(binned.mentions) * 1.08)
    axes.set_ylabel(f"mentions per {binned.unit}", color=sheet.INK)
    axes.set_xlabel("week from Monday" if binned.unit == "week" else binned.unit, color=sheet.INK)
    axes.grid(axis="y", color=sheet.FAINT, linewidth=0.8)


def _unit(days: int) -> str:
    if days <= _MOST_DAYS:
        return "day"
    if days <= _MOST_WEEKS:
        return "week"
    return "month" if days <= _MOST_MONTHS else "year"


def _start(day: date, unit: str) -> date:
    """Return the first day of the stretch that *day* is in."""
    match unit:
        case "week":
            return day - timedelta(days=min(day.weekday(), (day - date.min).days))
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def _next(start: date, unit: str) -> date:
    """Return the first day of the stretch after the one that begins on *start*."""
    if unit in {"day", "week"}:
        return start + timedelta(days=1 if unit == "day" else 7)
    return _start(start + timedelta(days=32 if unit == "month" else 366), unit)


def _written(day: date, unit: str) -> str:
    if unit == "year":
        return f"{day.year}"
    month = f"{sheet.MONTHS[day.month - 1]} {day.year}"
    return month if unit == "month" else f"{day.day} {month}"
