"""What fills the axes in, a PNG out: one look, the same bytes for the same picture.

What draws is heavy, so it is imported where it is drawn, which is in a worker process.
"""

import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAPER, INK, FAINT, MARK = "#ffffff", "#1f2933", "#d5dbe1", "#2f6f8f"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

_SIZE = (6.0, 3.4)  # inches: 960 x 544 pixels, which a phone shows at a third
_DPI = 160
_LONGEST_NAME = 40
_FONT = "DejaVu Sans"  # comes with what draws


def draw(
    title: str, place: tuple[float, float, float, float], fill: Callable[["Axes"], None]
) -> bytes:
    """Draw a picture with *title*; *place* is where the axes are, which *fill* fills."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"font.family": [_FONT], "font.size": 12.0, "text.usetex": False}):
        figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor=PAPER)
        axes = figure.add_axes(place, facecolor=PAPER)
        fill(axes)
        _finish(axes, title)
        FigureCanvasAgg(figure)
        drawn = BytesIO()
        figure.savefig(drawn, format="png", dpi=_DPI, metadata={"Software": None})
    return drawn.getvalue()


def _finish(axes: "Axes", title: str) -> None:
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(length=0, colors=INK)
    axes.set_title(
        drawable(title),
        loc="left",
        fontsize=14,
        fontweight="bold",
        color=INK,
        parse_math=False,
        pad=12,
    )


def drawable(name: str, longest: int = _LONGEST_NAME) -> str:
    """Return *name* in signs that the font has and that need no shaping, else in Latin letters."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=_FONT, weight="bold"), fallback_to_default=True))
    known = font.get_charmap()
    plain = "".join(each for each in name if each.isprintable())
    if not all(ord(each) in known and _simple(each) for each in plain):
        from anyascii import anyascii

        plain = anyascii(plain)
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"


def _simple(character: str) -> bool:
    """Whether it stands alone, from left to right."""
    return unicodedata.bidirectional(character) not in {"R", "AL", "AN"}
