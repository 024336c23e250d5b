"""What happens in, figures for Prometheus and a line of health out; on this machine only.

The only module that counts for Prometheus. A label is one of a few words of our own: never a name,
an address, or a word of a document.
"""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import NamedTuple

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
LOOK = 0.5  # seconds between two looks at the loop's delay
WATCH = 30.0  # seconds between two looks at what gives signs of life
STALLED: Mapping[str, float] = {"deliveries": 120.0, "sources": 600.0}  # seconds without a beat
_DELAYS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Facts(NamedTuple):
    """What the store is asked for at each look: numbers by a few words of ours."""

    feeds: Mapping[str, int]  # by condition
    deliveries: Mapping[str, int]  # that are not final, by state
    backlog: int  # documents that wait to be read


class Metrics:
    """Counts for as long as the program runs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._documents = self._counter("documents", "Documents kept or refused.", "outcome")
        self._fetches = self._counter("fetches", "Feeds and pages asked for.", "kind", "outcome")
        self._fetching = self._histogram("fetch_seconds", "Time that a fetch took.", _SECONDS)
        self._delay = self._histogram("loop_delay_seconds", "Delay of the event loop.", _DELAYS)
        self._feeds = self._gauge("feeds", "Feeds by condition.", "condition")
        self._deliveries = self._gauge("deliveries_open", "Deliveries by state.", "state")
        self._backlog = self._gauge("backlog_documents", "Documents that wait to be read.")
        self._age = self._gauge("tick_age_seconds", "Time since the last sign of life.", "of")
        self._beats: dict[str, float] = {}

    def kept(self, outcome: str, many: int = 1) -> None:
        """Count documents that are "new", "revision", "same", "copy" or "refused"."""
        if many:
            self._documents.labels(outcome).inc(many)

    def fetched(self, kind: str, outcome: str, seconds: float) -> None:
        """Count what a fetch of a "feed" or a "page" came to."""
        self._fetches.labels(kind, outcome).inc()
        self._fetching.observe(seconds)

    def beat(self, of: str) -> None:
        """Note a sign of life."""
        self._beats[of] = time.monotonic()

    def ages(self) -> dict[str, float]:
        """Return for how many seconds there was no sign of life, of each that ever gave one."""
        now = time.monotonic()
        return {of: now - beat for of, beat in sorted(self._beats.items())}

    def stalled(self) -> tuple[str, ...]:
        """Return what gave no sign of life for too long."""
        return tuple(of for of, age in self.ages().items() if age > STALLED[of])

    async def watch(self) -> None:
        """Say in the log, for ever, when something stalls and when it goes on again."""
        known: tuple[str, ...] = ()
        while True:
            await asyncio.sleep(WATCH)
            stalled, ages = self.stalled(), self.ages()
            for of in stalled:
                if of not in known:
                    log.error("%s gave no sign of life for %.0f s", of, ages[of])
            for of in known:
                if of not in stalled:
                    log.warning("%s go on again", of)
            known = stalled

    async def watch_loop(self) -> None:
        """Measure for ever how late the event loop is."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LOOK)
            self._delay.observe(max(0.0, time.perf_counter() - began - LOOK))

    def page(self, facts: Facts) -> bytes:
        """Return all figures, as Prometheus reads them."""
        for condition, number in facts.feeds.items():
            self._feeds.labels(condition).set(number)
        self._deliveries.clear()
        for state, number in facts.deliveries.items():
            self._deliveries.labels(state).set(number)
        self._backlog.set(facts.backlog)
        for of, age in self.ages().items():
            self._age.labels(of).set(age)
        return generate_latest(self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"daybrief_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(f"daybrief_{name}", told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"daybrief_{name}", told, buckets=buckets, registry=self.registry)


@contextlib.asynccontextmanager
async def serving(
    metrics: Metrics, port: int, facts: Callable[[], Awaitable[Facts]]
) -> AsyncIterator[None]:
    """Answer GET /metrics and GET /health at *port* of this machine; 0 is not at all.

    A port that is taken is logged, and stops nothing.
    """
    if not port:
        yield
        return
    runner = web.AppRunner(_app(metrics, facts), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        log.info("metrics are at http://%s:%s/metrics", HOST, port)
    except OSError as error:
        log.error("metrics.port %s cannot be opened (%s): name another", port, error.strerror)  # noqa: TRY400
    try:
        yield
    finally:
        await runner.cleanup()


def _app(metrics: Metrics, facts: Callable[[], Awaitable[Facts]]) -> web.Application:
    async def figures(request: web.Request) -> web.Response:
        del request
        body = metrics.page(await facts())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def health(request: web.Request) -> web.Response:
        del request
        stalled = metrics.stalled()
        told = {"status": "stalled" if stalled else "ok", "stalled": stalled}
        ages = {of: round(age, 1) for of, age in metrics.ages().items()}
        text = json.dumps({**told, "seconds_since": ages}) + "\n"
        status = 503 if stalled else 200
        return web.Response(text=text, content_type="application/json", status=status)

    app = web.Application()
    app.router.add_get("/metrics", figures)
    app.router.add_get("/health", health)
    return app
