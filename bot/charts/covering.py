"""Who covered the stories of a window, and when, in; a row of dots for each outlet out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.charts import sheet
from briefs.model import Coverage

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PLACE = (0.3, 0.16, 0.66, 0.7)  # left, bottom, width, height of what the axes enclose
_LONGEST_OUTLET = 22
_HOURS = timedelta(days=3)  # windows up to that long have hours on their axis
_TICKS = 3


def describe(chart: Coverage) -> str:
    """Say what is to be seen, for those who do not see it; at most 1,024 characters."""
    told = [f"{row.outlet[:40]} {len(row.times)}" for row in chart.rows if row.times]
    silent = [row.outlet[:40] for row in chart.rows if not row.times]
    rest = f" Silent: {', '.join(silent)}." if silent else ""
    return f"Documents by outlet, {_span(chart)}: {', '.join(told)}.{rest}"[:1_024]


def draw(chart: Coverage) -> bytes:
    """Draw *chart*, which has a row, as the bytes of a PNG."""
    return sheet.draw("Who reported when (UTC)", _PLACE, lambda axes: _fill(axes, chart))


def _fill(axes: "Axes", chart: Coverage) -> None:
    whole = (chart.until - chart.since).total_seconds()
    for number, row in enumerate(chart.rows):
        places = [(at - chart.since).total_seconds() / whole for at in row.times]
        axes.scatter(places, [number] * len(places), s=70, color=sheet.MARK, alpha=0.55, lw=0)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(chart.rows) - 0.5, -0.5)
    axes.set_yticks(
        range(len(chart.rows)),
        [_outlet(row.outlet, silent=not row.times) for row in chart.rows],
        parse_math=False,
    )
    ticks = [step / _TICKS for step in range(_TICKS + 1)]
    moments = [chart.since + (chart.until - chart.since) * tick for tick in ticks]
    long = chart.until - chart.since > _HOURS
    axes.set_xticks(ticks, [_day(at) if long else f"{_day(at)}\n{at:%H:%M}" for at in moments])
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.grid(axis="both", color=sheet.FAINT, linewidth=0.8)


def _outlet(name: str, *, silent: bool) -> str:
    shown = sheet.drawable(name, _LONGEST_OUTLET - 9 if silent else _LONGEST_OUTLET)
    return f"{shown} (silent)" if silent else shown


def _span(chart: Coverage) -> str:
    return f"{_day(chart.since)} to {_day(chart.until)} {chart.until.year}"


def _day(at: datetime) -> str:
    return f"{at.day} {sheet.MONTHS[at.month - 1]}"
