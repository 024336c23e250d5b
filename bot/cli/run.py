"""`daybrief run`: connect to Discord and work until told to stop."""

import logging
import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot import config, logs
from bot.cli import session
from briefs.errors import UsageError

if TYPE_CHECKING:
    from briefs.store import Store

log = logging.getLogger(__name__)


def run(
    context: typer.Context,
    role: Annotated[
        config.Role, typer.Option(help="What this process does, of several on PostgreSQL.")
    ] = config.Role.ALL,
) -> None:
    """Connect to Discord, answer commands, and post what is due, until stopped."""
    call = session.of(context)
    settings = call.settings
    _check(settings, role)
    logs.start(settings.logging.level)
    token = config.token(settings, os.environ)
    with call.writing() as store:
        _work(store, settings, token, role)


def _check(settings: config.Config, role: config.Role) -> None:
    """Raise UsageError when this process would leave something to others that cannot be there."""
    if settings.storage.path is None:
        return
    if role is not config.Role.ALL:
        raise UsageError(
            f"--role {role} leaves the rest to other processes, and {settings.storage.path.name} "
            "belongs to one: leave it out, or keep the library on PostgreSQL (storage.url)."
        )
    if settings.discord.shard_ids:
        raise UsageError(
            "discord.shard_ids leaves the other shards to other processes, and "
            f"{settings.storage.path.name} belongs to one: empty it, or keep the library on "
            "PostgreSQL (storage.url)."
        )


def _work(store: "Store", settings: config.Config, token: str, role: config.Role) -> None:
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
            role=role,
            shared=store.shared,
        )
        await client.serve(bot, token)

    asyncio.run(live())
