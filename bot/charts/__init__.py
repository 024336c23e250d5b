"""What is to be seen in, the picture of it out: a PNG, the same bytes for the same counts."""

from functools import singledispatch
from typing import TypeAlias

from bot.charts import covering, mentions
from bot.charts.mentions import Bins, Chart, bins, of
from briefs.model import Coverage

__all__ = ["NAME", "Bins", "Chart", "Drawable", "bins", "describe", "draw", "of"]

NAME = "chart.png"

Drawable: TypeAlias = Chart | Coverage


@singledispatch
def draw(chart: Drawable) -> bytes:
    """Draw *chart* as the bytes of a PNG."""
    raise TypeError(type(chart))


@singledispatch
def describe(chart: Drawable) -> str:
    """Say what is to be seen, for those who do not see it; at most 1,024 characters."""
    raise TypeError(type(chart))


draw.register(Chart, mentions.draw)
draw.register(Coverage, covering.draw)
describe.register(Chart, mentions.describe)
describe.register(Coverage, covering.describe)
