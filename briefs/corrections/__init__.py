"""A briefing that was posted in, what has become of its lines since out.

`comparing` decides, without a store, whether a sentence was changed; `versions` finds which
revision has a line; `sourcing` shows each line in its paragraph; `finding` tells what is to be
corrected; `hiding` shows a briefing again without what editors took out of it; `differing` tells
what a document said before.
"""

from briefs.corrections.comparing import change, stands
from briefs.corrections.differing import edition
from briefs.corrections.finding import KEPT_FOR, found, nonce, revision, settled, told
from briefs.corrections.hiding import hidden, names, shown, withdrawn
from briefs.corrections.quoting import documents, quoted
from briefs.corrections.sourcing import sources
from briefs.corrections.versions import pinned, quotations

__all__ = [
    "KEPT_FOR",
    "change",
    "documents",
    "edition",
    "found",
    "hidden",
    "names",
    "nonce",
    "pinned",
    "quotations",
    "quoted",
    "revision",
    "settled",
    "shown",
    "sources",
    "stands",
    "told",
    "withdrawn",
]
