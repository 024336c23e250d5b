"""A question in, an answer with its buttons out: what every look-up command shows."""

from bot.views.answers import Arguments, day_before, summarised
from bot.views.pager import ITEMS, announce, say, scope_of, show, show_unstored

__all__ = [
    "ITEMS",
    "Arguments",
    "announce",
    "day_before",
    "say",
    "scope_of",
    "show",
    "show_unstored",
    "summarised",
]
