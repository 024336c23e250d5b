"""Messages of announcement channels in, shown to those that follow them, each in its own time."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries.courier import Courier, Outcome
from bot.deliveries.recording import LEASE
from bot.worker import Worker
from briefs import ledger
from briefs.errors import StoreError
from briefs.model import Delivery, Publishing
from briefs.store import Hold, Store

log = logging.getLogger(__name__)

GIVEN_UP = timedelta(hours=24)
_AT_ONCE = 8
_LONGEST = timedelta(hours=1)
_AGAIN = timedelta(minutes=1)


class Publisher:
    """Publishes what was posted, one message at a time in each channel.

    Discord takes about ten an hour for a channel: one that has to wait holds up no other, and no
    briefing. To publish twice does no harm, so an outcome that is unknown is simply tried again.
    """

    def __init__(self, work: Worker, courier: Courier, clock: Callable[[], datetime]) -> None:
        self._work = work
        self._courier = courier
        self._clock = clock
        self._busy: dict[int, asyncio.Task[None]] = {}  # by channel

    async def tick(self) -> None:
        """Start to publish what may be published by now; returns soon."""
        room = _AT_ONCE - len(self._busy)
        if room <= 0:
            return
        for row in await self._work(_due, self._clock(), tuple(self._busy), room):
            task = asyncio.create_task(self._publish(row), name=f"publish {row.message}")
            self._busy[row.channel] = task

    async def drain(self, *, cancel: bool) -> None:
        """Wait for what is under way, or *cancel* it: it is done again a minute later."""
        tasks = list(self._busy.values())
        for task in tasks if cancel else ():
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _publish(self, row: Delivery) -> None:
        try:
            hold = Hold(self._clock(), LEASE)
            if not await self._work.write(_hold, row, hold):
                return  # another process publishes it
            outcome = await self._courier.publish(row.channel, row.message)
            after = published(row, outcome, self._clock())
            await self._work.write(_save, after)
            log.info("message %s: %s", row.message, after.publish_note or after.publish)
        except StoreError as error:
            log.warning("message %s is published again: %s", row.message, error)
        except Exception:
            log.exception("message %s could not be published", row.message)
        finally:
            del self._busy[row.channel]


def published(row: Delivery, outcome: Outcome, now: datetime) -> Delivery:
    """Return *row* after an attempt to publish its message."""
    match outcome:
        case ledger.Accepted() | ledger.Refused(code=40033):  # it is published already
            return replace(row, publish=Publishing.DONE, publish_at=None, publish_note="")
        case ledger.Refused(status, code, text) if status != 401:
            return _failed(row, f"Discord refused to publish it: {text} ({status}, code {code}).")
        case ledger.NotSent(reason, wait) | ledger.Lost(reason, wait):
            again = now + min(max(timedelta(seconds=wait), _AGAIN), _LONGEST)
        case _:
            reason, again = "Discord refused the token.", now + _AGAIN
    if row.ended is not None and now - row.ended > GIVEN_UP:
        return _failed(row, f"It could not be published within a day. {reason}")
    return replace(row, publish_at=again, publish_note=reason)


def _failed(row: Delivery, note: str) -> Delivery:
    return replace(row, publish=Publishing.FAILED, publish_at=None, publish_note=note)


def _due(store: Store, now: datetime, busy: tuple[int, ...], room: int) -> tuple[Delivery, ...]:
    return store.deliveries.unpublished(now, busy=busy, limit=room)


def _hold(store: Store, row: Delivery, hold: Hold) -> bool:
    return store.deliveries.publishing(row, hold)


def _save(store: Store, row: Delivery) -> None:
    store.deliveries.published(row)
