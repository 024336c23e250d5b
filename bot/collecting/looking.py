"""A feed in, what it answered out: fetched here, read in a process of its own."""

import asyncio
import logging
import time
import traceback
from hashlib import sha256
from typing import NamedTuple

from bot.fetcher import Fetcher, FetchError, Response
from bot.metrics import Metrics
from bot.worker import Worker
from briefs import feeds
from briefs.errors import DaybriefError, FeedError
from briefs.model import Failed, Feed, Got, Listing, Problem, Unchanged

log = logging.getLogger(__name__)

_PROBLEMS = {
    FeedError.NOT_A_FEED: Problem.NOT_A_FEED,
    FeedError.DAMAGED: Problem.DAMAGED,
    FeedError.TOO_LARGE: Problem.TOO_LARGE,
}


class Answer(NamedTuple):
    """What a feed answered: what it lists, if there is something new in it to read."""

    outcome: Got | Unchanged | Failed
    listing: Listing | None = None


class Reader:
    """Fetches feeds, and lets the process of *work* read them, one at a time."""

    def __init__(self, work: Worker, fetcher: Fetcher, metrics: Metrics) -> None:
        self._work = work
        self._fetcher = fetcher
        self._metrics = metrics
        self._turn = asyncio.Semaphore(1)  # one that hangs takes no other with it
        self.unread = 0  # what came and waits to be read

    async def ask(self, feed: Feed) -> Answer:
        """Return what *feed* answers; whatever is wrong with it is an answer too."""
        began = time.monotonic()
        answer = await self._ask(feed)
        outcome = answer.outcome
        told = str(outcome.problem) if isinstance(outcome, Failed) else type(outcome).__name__
        self._metrics.fetched("feed", told.lower(), time.monotonic() - began)
        return answer

    async def _ask(self, feed: Feed) -> Answer:
        try:
            response = await self._fetcher.get(
                feed.url,
                headers=feed.headers,
                etag=feed.etag,
                last_modified=feed.last_modified,
            )
            digest = sha256(response.body).hexdigest()
            if response.status == 304 or digest == feed.digest:
                return Answer(_unchanged(response))
            return _got(response, await self._parse(response), digest)
        except FetchError as error:
            return _failed(error.problem, str(error), error.retry_after)
        except FeedError as error:
            _let_go(error)
            return _failed(_PROBLEMS.get(error.kind, Problem.OTHER), str(error))
        except DaybriefError as error:  # it hung, or needed more than there is
            _let_go(error)
            return _failed(Problem.DAMAGED, str(error))
        except Exception:
            log.exception("feed %s could not be read", feed.id)
            return _failed(Problem.OTHER, "Something went wrong: look into the log of the bot.")

    async def _parse(self, response: Response) -> Listing:
        self.unread += 1
        try:
            async with self._turn:
                return await self._work.analyse(
                    feeds.parse,
                    response.body,
                    url=response.url,
                    content_type=response.content_type,
                )
        finally:
            self.unread -= 1


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames of *error* hold: a body has its place in memory while it is held."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__


def _failed(problem: Problem, detail: str, retry_after: int = 0) -> Answer:
    return Answer(Failed(problem=problem, detail=detail, retry_after=retry_after))


def _unchanged(response: Response) -> Unchanged:
    return Unchanged(
        max_age=response.max_age, etag=response.etag, last_modified=response.last_modified
    )


def _got(response: Response, listing: Listing, digest: str) -> Answer:
    outcome = Got(
        entries=len(listing.entries),
        max_age=response.max_age,
        wait=listing.wait,
        etag=response.etag,
        last_modified=response.last_modified,
        digest=digest,
        moved=response.moved,
        title=listing.title,
        home=listing.home,
    )
    return Answer(outcome, listing)
