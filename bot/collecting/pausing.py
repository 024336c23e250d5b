"""What is done again and again, until the program ends: whatever goes wrong with it."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from briefs.errors import DaybriefError

log = logging.getLogger(__name__)


async def again(act: Callable[[], Awaitable[object]], woken: asyncio.Event, seconds: float) -> None:
    """Do *act* for ever, *seconds* after it ended, or as soon as *woken* is set."""
    while True:
        try:
            await act()
        except DaybriefError as error:
            log.warning("what feeds list is not read to its end: %s", error)
        except Exception:
            log.exception("what feeds list could not be read; it will be")
        await _pause(woken, seconds)


async def _pause(woken: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await woken.wait()
    woken.clear()
