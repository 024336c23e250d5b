"""The address of a page or of a file in, a source that can be analysed out."""

from bot.collecting import discovering
from bot.fetcher import Fetcher
from briefs import addresses, ingest
from briefs.ingest import Source
from briefs.model import Scope

LARGEST = 10_000_000  # bytes


async def fetch(fetcher: Fetcher, url: str, scope: Scope) -> Source:
    """Fetch what is at *url*, which robots.txt has to permit; FetchError says why it cannot be.

    The same address is the same document, whatever it says the next time.
    """
    asked = discovering.whole(url)
    found = await fetcher.page(asked, accept="document", largest=LARGEST)
    return ingest.page(
        found.body,
        url=addresses.canonical(found.url),
        content_type=found.content_type,
        scope=scope,
        identity=f"page:{addresses.key(found.moved or asked)}",
    )
