"""Counts by day in, the picture of them out: a PNG, the same bytes for the same counts.

What draws is heavy, so it is imported where it is drawn, which is in a worker process.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from briefs.model import Card, Count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "mentions.png"

_SIZE = (6.0, 3.4)  # inches: 960 x 544 pixels, which a phone shows at a third
_DPI = 160
_PLACE = (0.14, 0.2, 0.82, 0.65)  # left, bottom, width, height of what the axes enclose
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 35, 420, 3_650  # days that are shown one by one, in weeks…
_TICKS = 2
_NARROW = 4  # bars that there is room for at least, so that one is not a wall
_WIDE = 8  # bars that leave room for a date under the outer ones
_LONGEST_NAME = 40
_PAPER, _INK, _FAINT, _BAR = "#ffffff", "#1f2933", "#d5dbe1", "#2f6f8f"
_FONT = "DejaVu Sans"  # comes with what draws
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


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
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    binned = bins(chart.days)
    with rc_context({"font.family": [_FONT], "font.size": 12.0, "text.usetex": False}):
        figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor=_PAPER)
        axes = figure.add_axes(_PLACE, facecolor=_PAPER)
        axes.bar(range(len(binned.starts)), binned.mentions, width=0.82, color=_BAR)
        _label(axes, chart, binned)
        FigureCanvasAgg(figure)
        drawn = BytesIO()
        figure.savefig(drawn, format="png", dpi=_DPI, metadata={"Software": None})
    return drawn.getvalue()


def _label(axes: "Axes", chart: Chart, binned: Bins) -> None:
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
    axes.set_ylabel(f"mentions per {binned.unit}", color=_INK)
    axes.set_xlabel("week from Monday" if binned.unit == "week" else binned.unit, color=_INK)
    axes.grid(axis="y", color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
    axes.tick_params(length=0, colors=_INK)
    title = _drawable(chart.name)
    axes.set_title(
        title, loc="left", fontsize=14, fontweight="bold", color=_INK, parse_math=False, pad=12
    )


def _drawable(name: str) -> str:
    """Return *name* in signs that the font has and that need no shaping, else in Latin letters."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=_FONT, weight="bold"), fallback_to_default=True))
    known = font.get_charmap()
    plain = "".join(each for each in name if each.isprintable())
    if not all(ord(each) in known and _simple(each) for each in plain):
        from anyascii import anyascii

        plain = anyascii(plain)
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1].rstrip()}…"


def _simple(character: str) -> bool:
    """Whether it stands alone, from left to right."""
    return unicodedata.bidirectional(character) not in {"R", "AL", "AN"}


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
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if unit == "month" else f"{day.day} {month}"
