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
        _take_feeds(store, settings)
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


def _take_feeds(store: "Store", settings: config.Config) -> None:
    from bot import library

    synced = library.file_feeds(store, settings, now=datetime.now(UTC))
    if synced.created or synced.gone:
        new, gone = len(synced.created), len(synced.gone)
        log.info("feeds of config.toml: %s new, %s gone", new, gone)


def _say_what_guards(settings: config.Config) -> None:
    if settings.analysis.executor == "inline":
        log.warning(
            "documents are read in this process, and nothing guards it against one that was made "
            'to harm it: set analysis.executor = "process"'
        )


def _work(store: "Store", settings: config.Config, token: str, role: config.Role) -> None:
    import asyncio

    from bot import client, commands, library, views, worker
    from briefs import bulk

    logs.hide(token)

    inline = settings.analysis.executor == "inline"
    _say_what_guards(settings)

    def one() -> Executor:
        return ThreadPoolExecutor(1, "daybrief-analysis") if inline else bulk.processes(1)

    def many() -> Executor:
        return bulk.Inline() if inline else bulk.processes(settings.workers())

    def clock() -> datetime:
        return datetime.now(UTC)

    def refresh(store: "Store", go_on: Callable[[], None]) -> None:
        changes = library.changes(store, settings)
        recogniser = settings.analysis.recogniser
        report = library.refresh(
            store, changes, many, clock=clock, recogniser=recogniser, advance=go_on
        )
        library.expire(store, settings, now=clock())
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
