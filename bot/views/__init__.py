"""A question in, an answer with its buttons out: what every look-up command shows."""

from bot.views import pager, workbench
from bot.views.answers import Arguments, day_before, summarised
from bot.views.pager import announce, say, scope_of, show, show_unstored
from bot.views.workbench import make, propose, take_back

ITEMS = (*pager.ITEMS, *workbench.ITEMS)

__all__ = [
    "ITEMS",
    "Arguments",
    "announce",
    "day_before",
    "make",
    "propose",
    "say",
    "scope_of",
    "show",
    "show_unstored",
    "summarised",
    "take_back",
]
