"""The POST path: what came due in, messages in channels out, each at most once.

`carrying` moves every row of the ledger on, `courier` is the part of it that speaks to Discord.
"""

from bot.deliveries.carrying import Deliveries, Render, Stamp, Tell
from bot.deliveries.courier import Courier

__all__ = ["Courier", "Deliveries", "Render", "Stamp", "Tell"]
