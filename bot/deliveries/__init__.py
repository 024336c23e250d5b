"""The POST path: what came due in, messages in channels out, each at most once.

`planning` gives what came due its rows, `carrying` moves every row of the ledger on, `courier` is
the part of it that speaks to Discord: `places` says what we may do where, `forums` finds a post
again, and `publishing` shows to followers what was posted.
"""

from bot.deliveries.asking import Render, Rendering, Stamp, Tell
from bot.deliveries.carrying import Deliveries
from bot.deliveries.correcting import Corrections
from bot.deliveries.courier import Courier

__all__ = ["Corrections", "Courier", "Deliveries", "Render", "Rendering", "Stamp", "Tell"]
