"""A question in, an answer with its buttons out: what every look-up command shows."""

from bot.views import feeding, pager, posted, regrouping, workbench
from bot.views.answers import Arguments, day_before, listed, summarised
from bot.views.briefed import file as file_of
from bot.views.briefed import last_time
from bot.views.pager import announce, say, scope_of, show, show_unstored
from bot.views.workbench import make, propose, take_back

ITEMS = (*pager.ITEMS, *workbench.ITEMS, *regrouping.ITEMS, *feeding.ITEMS, *posted.ITEMS)

__all__ = [
    "ITEMS",
    "Arguments",
    "announce",
    "day_before",
    "file_of",
    "last_time",
    "listed",
    "make",
    "propose",
    "say",
    "scope_of",
    "show",
    "show_unstored",
    "summarised",
    "take_back",
]
