"""A collector on a real store, with a web that answers by a script and a clock that is set."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from bot import config
from bot.collecting import Collector
from bot.fetcher import FetchError, Response
from bot.metrics import Metrics
from bot.worker import Worker
from briefs.model import PUBLIC, Feed, Problem, Scope
from tests.sites import news

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOST = "http://courier.example"

Answer = Response | FetchError | Callable[[], object]


def rss(feed: int, numbers: range, *, tag: str = "") -> Response:
    """Return a feed with these articles."""
    body = news.rss(HOST, feed, numbers)
    return Response(
        url=f"{HOST}/{feed}",
        status=200,
        body=body,
        content_type="application/rss+xml",
        etag=tag,
    )


def page(feed: int, number: int) -> Response:
    """Return the page of an article."""
    url = f"{HOST}/page/{feed}/{number}"
    body = news.page(feed, number).encode()
    return Response(url=url, status=200, body=body, content_type="text/html; charset=utf-8")


def fails(problem: Problem = Problem.SERVER, *, retry_after: int = 0) -> FetchError:
    """Return what is raised for a site that does not work."""
    return FetchError(problem, "courier.example does not work", retry_after=retry_after)


class Web:
    """Answers by address; the last answer of several stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: Counter[str] = Counter()
        self.tags: list[str] = []

    def says(self, url: str, *answers: Answer) -> None:
        """Answer *url* with *answers*, one after the other."""
        self.answers[url] = list(answers)

    async def get(self, url: str, *, headers=(), etag="", last_modified="") -> Response:
        self.tags.append(etag)
        answer = await self._answer(url)
        if etag and answer.etag == etag:
            return Response(url=url, status=304, body=b"", content_type="", etag=etag)
        return answer

    async def page(self, url: str) -> Response:
        return await self._answer(url)

    async def _answer(self, url: str) -> Response:
        self.asked[url] += 1
        await asyncio.sleep(0)
        answers = self.answers.get(url) or [fails(Problem.NOT_FOUND)]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer = answer()
        if isinstance(answer, FetchError):
            raise answer
        return answer


class Desk:
    """The collector, what it asks, and what it tells."""

    def __init__(self, store) -> None:
        self.store = store
        self.web = Web()
        self.now = NOW
        self.told: list[tuple[Scope, str]] = []
        self.metrics = Metrics()
        self.work = Worker(store, lambda: ThreadPoolExecutor(1))
        settings = config.load(None, {"DAYBRIEF_ANALYSIS__EXECUTOR": "inline"})
        self.collector = Collector(
            self.work,
            self.web,
            settings,
            metrics=self.metrics,
            tell=self._tell,
            clock=lambda: self.now,
        )

    def add(self, feed: int, *, scope: Scope = PUBLIC, **wanted: object) -> Feed:
        """Add a feed, which lists two articles unless the web says else."""
        url = f"{HOST}/{feed}"
        self.web.answers.setdefault(url, [rss(feed, range(2))])
        made = Feed(url=url, name=f"Courier {feed}", scope=scope, **wanted)
        return self.store.feeds.add(made, self.now)

    async def look(self) -> int:
        """Ask what is due, and read all that came of it."""
        asked = await self.collector.tick()
        await self.collector.pages.fetch()
        await self.collector.intake.drain()
        return asked

    async def later(self, span: timedelta = timedelta(days=1, hours=1)) -> int:
        """Look again after *span*."""
        self.now += span
        return await self.look()

    def titles(self, scope: Scope = PUBLIC) -> list[str]:
        """Return the titles of all documents."""
        shelf = self.store.documents.listing(scope, limit=1_000)
        return sorted(document.title for document in shelf.documents)

    def close(self) -> None:
        self.collector.close()

    async def _tell(self, scope: Scope, text: str) -> None:
        self.told.append((scope, text))
