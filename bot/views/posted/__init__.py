"""The buttons under a posted briefing: what is pressed in, an answer for who pressed it out.

`pressing` finds what is pressed by its id, after a restart too; `showing` and `following` are for
readers, `hiding`, `reporting` and `withdrawing` for editors; `editing` alone changes what is there.
"""

from bot.views.posted.pressing import ITEMS, Chosen, Pressed
from bot.views.posted.withdrawing import Withdraw

__all__ = ["ITEMS", "Chosen", "Pressed", "Withdraw"]
