"""An address that somebody gives in, the feed at it or the feeds of its site out.

What was fetched is read by the process of a worker: it is hostile.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from bot.fetcher import Fetcher, FetchError, Response
from bot.worker import Worker
from briefs import addresses, feeds
from briefs.errors import FeedError, NotFoundError, UsageError
from briefs.feeds import Link
from briefs.model import Entry, Listing, Trial

MOST = 25  # feeds of a site that are offered
_GUESSED = 6  # addresses that are tried where a page names no feed
_SHOWN = 3  # entries of a feed that is only looked at
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Discovered(NamedTuple):
    """The one feed that was found, read once; or else the several to choose from."""

    trial: Trial | None
    links: tuple[Link, ...] = ()


async def discover(
    fetcher: Fetcher, work: Worker, url: str, *, headers: tuple[tuple[str, str], ...] = ()
) -> Discovered:
    """Find the feed at *url*, or what its page names; NotFoundError when there is none.

    FetchError and FeedError say what is wrong with the only one there is.
    """
    response = await fetcher.get(whole(url), headers=headers)
    try:
        return Discovered(_trial(response, await _parse(work, response)))
    except FeedError as error:
        if error.kind != FeedError.NOT_A_FEED or not response.body:
            raise
    links = _different(
        await work.analyse(
            feeds.discover, response.body, url=response.url, content_type=response.content_type
        )
    )
    if len(links) > 1:
        return Discovered(None, links[:MOST])
    if links:
        same = addresses.host(links[0].url) == addresses.host(response.url)
        return Discovered(await look(fetcher, work, links[0].url, headers=headers if same else ()))
    return Discovered(await _guessed(fetcher, work, response.url))


async def look(
    fetcher: Fetcher, work: Worker, url: str, *, headers: tuple[tuple[str, str], ...] = ()
) -> Trial:
    """Read the feed at *url* and keep nothing; FetchError or FeedError says why not."""
    response = await fetcher.get(whole(url), headers=headers)
    return _trial(response, await _parse(work, response), url=whole(url))


def whole(url: str) -> str:
    """Return *url* with its scheme: https where it has none; UsageError when it is empty."""
    trimmed = url.strip()
    if not trimmed:
        raise UsageError("Give an address, such as https://courier.example.")
    return trimmed if "://" in trimmed else f"https://{trimmed}"


async def _guessed(fetcher: Fetcher, work: Worker, url: str) -> Trial:
    """Return the first feed at one of the usual addresses."""
    for guess in feeds.guesses(url)[:_GUESSED]:
        try:
            return await look(fetcher, work, guess)
        except (FetchError, FeedError):
            continue
    host = addresses.host(url)
    raise NotFoundError(
        f"{host} is no feed, and names none: give the address of the feed itself, which the site"
        " may show as “RSS”."
    )


async def _parse(work: Worker, response: Response) -> Listing:
    return await work.analyse(
        feeds.parse, response.body, url=response.url, content_type=response.content_type
    )


def _trial(response: Response, listing: Listing, *, url: str = "") -> Trial:
    return Trial(
        url=response.moved or url or response.url,
        title=listing.title,
        format=listing.format,
        listed=len(listing.entries),
        entries=_newest(listing.entries),
        home=listing.home,
        wait=listing.wait,
        left=listing.left,
    )


def _newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the newest few, as far as they are dated; without their texts."""
    order = sorted(entries, key=lambda each: each.published or _EPOCH, reverse=True)
    return tuple(replace(each, text="") for each in order[:_SHOWN])


def _different(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Leave out addresses that only look different."""
    return tuple({addresses.key(link.url): link for link in reversed(links)}.values())[::-1]
