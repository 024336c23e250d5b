"""One process among several on one store: whose turn it is, and what time it is for all of them."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.config import Role
from bot.deliveries.budget import Budget
from bot.worker import Worker
from briefs.errors import StoreError
from briefs.store import Store

log = logging.getLogger(__name__)

_BEAT = 15.0  # seconds between two signs of life
_ALIVE = timedelta(seconds=60)  # past the last of them
_IDENTIFY = timedelta(seconds=5)  # between two, of all processes of one token together
_TURN = timedelta(seconds=60)
_LOOK = 1.0  # seconds
_POSTS = "posts:"
_TOO_OFTEN = 6  # signs of life: what a process had that was killed is free by then
_FAR = timedelta(seconds=5)  # by which a machine's clock is worth a warning


class _Beat(NamedTuple):
    """What a process learns with each sign of life."""

    posting: int  # processes that post
    keeps: bool
    heard: bool  # another process hears the same shards


class Company:
    """What a process knows of the others; alone with its store it has every turn at once."""

    def __init__(
        self, work: Worker, role: Role, *, shared: bool, shards: Sequence[int] = ()
    ) -> None:
        self.shared = shared
        self.keeps = not shared  # whether it is the one that brings the library up to date
        self.budget = Budget()
        self._work = work
        self._role = role
        self._shards = tuple(shards)
        self._heard = 0  # signs of life in a row at which others heard our shards
        self._id = secrets.token_hex(8)
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """Return the time that all go by: the database's, as far as it is known."""
        return datetime.now(UTC) + self._ahead

    async def live(self) -> None:
        """Give signs of life, for ever."""
        while self.shared:
            try:
                await self.beat()
            except StoreError as error:
                log.warning("no word to the other processes: %s", error)
            await asyncio.sleep(_BEAT)

    async def beat(self) -> None:
        """Give a sign of life, and learn how many others post; raise StoreError."""
        if not self.shared:
            return
        await self.set_clock()
        found = await self._work.write(_beat, self._id, self._role, self._shards)
        self._heard = self._heard + 1 if found.heard else 0
        if self._heard == _TOO_OFTEN:
            log.warning(
                "another process answers the same commands: run it with --role deliver, or give "
                "each its own discord.shard_ids"
            )
        self.budget.share(found.posting)
        if found.keeps != self.keeps:
            log.info("the library is kept %s", "here" if found.keeps else "by another process")
        self.keeps = found.keeps

    async def until_kept(self) -> None:
        """Wait until this process is the one that brings the library up to date."""
        while not self.keeps:  # noqa: ASYNC110 - another process's end is no event of ours
            await asyncio.sleep(_LOOK)

    async def set_clock(self) -> None:
        """Find out by how much the database's clock differs from this machine's."""
        if not self.shared:
            return
        ahead = await self._work(_ahead)
        if abs(ahead - self._ahead) > _FAR:
            seconds = ahead.total_seconds()
            log.warning("the database's clock is %+.0f s off this machine's: it counts", seconds)
        self._ahead = ahead

    async def identify(self, bucket: int) -> None:
        """Wait until this process may make itself known to the gateway.

        Discord takes one such call in five seconds for each *bucket* of shards.
        """
        await self._take(f"identify:{bucket}", secrets.token_hex(8), _IDENTIFY)

    @contextlib.asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Do for the block what only one process does at a time; a minute at most."""
        owner = f"{self._id}:{name}"
        await self._take(name, owner, _TURN)
        try:
            yield
        finally:
            await self._free(owner)

    async def leave(self) -> None:
        """Tell the others that this process ends."""
        if self.shared:
            await self._free(self._id)

    async def _take(self, name: str, owner: str, span: timedelta) -> None:
        while True:
            try:
                if await self._work.write(_take, name, owner, span):
                    return
            except StoreError as error:
                log.warning("waiting for the other processes: %s", error)
            await asyncio.sleep(_LOOK)

    async def _free(self, owner: str) -> None:
        with contextlib.suppress(StoreError):  # it ends by itself
            await self._work.write(_free, owner)


def _beat(store: Store, process: str, role: Role, shards: Sequence[int]) -> _Beat:
    now = datetime.now(UTC)
    leases = store.leases
    if role.posts:
        leases.take(f"{_POSTS}{process}", process, _ALIVE, now)
    posting = leases.count(_POSTS, now)
    if not role.listens:
        return _Beat(posting, keeps=False, heard=False)
    keeps = leases.take("library", process, _ALIVE, now)
    names = [f"gateway:{number}" for number in shards] or ["gateway"]
    taken = [leases.take(name, process, _ALIVE, now) for name in names]
    return _Beat(posting, keeps, heard=not all(taken))


def _ahead(store: Store) -> timedelta:
    before = datetime.now(UTC)
    then = store.leases.clock(before)
    return then - before - (datetime.now(UTC) - before) / 2


def _take(store: Store, name: str, owner: str, span: timedelta) -> bool:
    return store.leases.take(name, owner, span, datetime.now(UTC))


def _free(store: Store, owner: str) -> None:
    store.leases.free(owner, datetime.now(UTC))
