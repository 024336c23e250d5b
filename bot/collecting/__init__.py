"""Feeds that are due in, documents in the library out: fetched, read, analysed, kept.

`looking` asks one feed, `collector` all that are due in the order of `queueing`, `paging` fetches
the pages behind entries, `reading` brings it all into the library, `telling` says what there is to
tell of feeds, `standing` how fresh they are. `discovering` and `pages` are for addresses that
somebody gives.
"""

from bot.collecting.collector import Collector
from bot.collecting.standing import Freshness, freshness

__all__ = ["Collector", "Freshness", "freshness"]
