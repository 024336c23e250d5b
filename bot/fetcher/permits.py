"""A page's address in, whether its site lets us read it out; its robots.txt is kept for a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from weakref import WeakValueDictionary

from yarl import URL

from bot.fetcher import robots
from bot.fetcher.errors import FetchError
from briefs.model import Problem

LARGEST = 500_000  # bytes of a robots.txt; what comes after that is not read
_KEPT = 3_600.0  # seconds
_KEPT_BRIEFLY = 300.0  # when the site was not able to say
_MOST = 1_000  # sites that are remembered
_MOST_RULES = 200_000  # of all of them
_LONGEST_DELAY = 10.0  # seconds between two requests that a site can ask for


class _Said(NamedTuple):
    """What a site said; `rules` is None when it could not say."""

    rules: robots.Rules | None
    until: float


class Permits:
    """Asks *load* for the body of a robots.txt; it raises FetchError."""

    def __init__(self, load: Callable[[URL], Awaitable[bytes]]) -> None:
        self._load = load
        self._said: OrderedDict[URL, _Said] = OrderedDict()
        self._asking: WeakValueDictionary[URL, asyncio.Lock] = WeakValueDictionary()

    async def delay(self, url: URL) -> float:
        """Return the seconds that the site of *url* wants between two requests.

        Raises FetchError when it does not want the page read, or cannot be asked.
        """
        lock = self._asking.setdefault(url.origin(), asyncio.Lock())
        async with lock:
            rules = await self._rules(url.origin())
        if rules is None:
            raise FetchError(
                Problem.ROBOTS,
                f"{url.raw_host} cannot say just now whether its pages may be read",
                remedy="Nothing to do if its robots.txt can be read again soon.",
            )
        if not robots.allows(rules, url.raw_path_qs):
            raise FetchError(
                Problem.ROBOTS,
                f"The robots.txt of {url.raw_host} does not want that page read by programs",
                remedy="Read it in a browser, or ask the site to let Daybrief in.",
            )
        return min(rules.delay, _LONGEST_DELAY)

    async def _rules(self, site: URL) -> robots.Rules | None:
        now = asyncio.get_running_loop().time()
        said = self._said.get(site)
        if said is None or said.until <= now:
            rules = await self._ask(site)
            said = _Said(rules, now + (_KEPT_BRIEFLY if rules is None else _KEPT))
            self._remember(site, said)
        return said.rules

    async def _ask(self, site: URL) -> robots.Rules | None:
        """Return what *site* says, None when it fails to; what is not there forbids nothing."""
        try:
            body = await self._load(site / "robots.txt")
        except FetchError as error:
            if error.problem is Problem.REDIRECTS or 400 <= error.status < 500:
                return None if error.problem is Problem.LIMITED else robots.Rules()
            if error.status or error.problem in {Problem.DAMAGED, Problem.TOO_LARGE}:
                return None
            raise
        return await asyncio.to_thread(robots.parse, body.decode("utf-8", "replace"))

    def _remember(self, site: URL, said: _Said) -> None:
        self._said[site] = said
        self._said.move_to_end(site)
        while len(self._said) > _MOST or (len(self._said) > 1 and self._size() > _MOST_RULES):
            self._said.popitem(last=False)

    def _size(self) -> int:
        return sum(len(said.rules.rules) for said in self._said.values() if said.rules)
