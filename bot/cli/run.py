"""`daybrief run`: connect to Discord and work until told to stop."""

import logging
import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from bot import config, logs
from bot.cli import session

if TYPE_CHECKING:
    from briefs.store import Store

log = logging.getLogger(__name__)


def run(context: typer.Context) -> None:
    """Connect to Discord, answer commands, and post what is due, until stopped."""
    call = session.of(context)
    settings = call.settings
    logs.start(settings.logging.level)
    token = config.token(settings, os.environ)
    with call.writing() as store:
        _work(store, settings, token)


def _work(store: "Store", settings: config.Config, token: str) -> None:
    import asyncio

    from bot import client, commands, library, views, worker
    from briefs import bulk, ingest

    logs.hide(token)

    inline = settings.analysis.executor == "inline"

    def one() -> Executor:
        return ThreadPoolExecutor(1, "daybrief-analysis") if inline else bulk.processes(1)

    def many() -> Executor:
        return bulk.Inline() if inline else bulk.processes(settings.workers())

    def refresh(store: "Store", go_on: Callable[[], None]) -> None:
        changes = ingest.changes(store.files.known(), settings.documents.folders)
        now = datetime.now(UTC)
        recogniser = settings.analysis.recogniser
        report = library.refresh(
            store, changes, many, now=now, recogniser=recogniser, advance=go_on
        )
        library.expire(store, settings, now=now)
        library.renew(store, settings, advance=go_on)
        if report.changed:
            log.info("%s", report.sentence())
        for name, reason in report.refused:
            log.warning("%s was not read: %s", name, reason)

    async def live() -> None:
        bot = client.Client(
            settings,
            worker.Worker(store, one),
            installation=store.installation.id,
            commands=commands.make(),
            items=views.ITEMS,
            refresh=refresh,
        )
        await client.serve(bot, token)

    asyncio.run(live())
