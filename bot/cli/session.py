"""One call of the command line: its configuration, its store, its library brought up to date."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot import config, logs
from briefs.errors import BusyError
from briefs.model import PUBLIC, Scope

if TYPE_CHECKING:
    from briefs.store import Store


class Session:
    """What the commands of one call share; nothing is read before it is asked for."""

    def __init__(self, path: str) -> None:
        self._path = Path(path) if path else None
        self.now = datetime.now(UTC)

    @cached_property
    def settings(self) -> config.Config:
        """The configuration, read once; ConfigError names the key that is wrong.

        What is only for the log of the bot is not shown to somebody who asked for something else.
        """
        settings = config.load(self._path, os.environ)
        level = settings.logging.level
        logs.start("warning" if level == "info" else level)
        return settings

    @contextmanager
    def reading(self) -> Iterator["Store"]:
        """Open the store with the configured folders brought up to date.

        Beside a process that has the store it is opened read-only: that process keeps it fresh, as
        does one of those that share it.
        """
        from bot.cli import progress
        from briefs.store import open_store

        url = self.settings.storage.url
        with ExitStack() as stack:
            try:
                store = stack.enter_context(open_store(url))
            except BusyError:
                store = stack.enter_context(open_store(url, readonly=True))
            else:
                if not store.leases.is_taken("library", self.now):
                    progress.refresh(store, self.settings, lambda: datetime.now(UTC))
                self.now = datetime.now(UTC)  # what was just read has arrived by then
            yield store

    @contextmanager
    def writing(self) -> Iterator["Store"]:
        """Open the store for writing; BusyError when another process has it."""
        from briefs.store import open_store

        with open_store(self.settings.storage.url) as store:
            yield store


def of(context: typer.Context) -> Session:
    """Return the session of this call."""
    session = context.obj
    assert isinstance(session, Session)
    return session


def scope(guild: int) -> Scope:
    """Return the scope of --guild; 0 is what everybody may read."""
    return Scope(guild) if guild else PUBLIC
