"""One attempt to post: the right to make it looked at right before, both within one time limit.

A process that is frozen between the two finds its time over when it goes on, and posts nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.deliveries.courier import TIMEOUT, Courier, Outcome
from briefs import ledger


async def post(
    courier: Courier, channel: int, payload: bytes, may_post: Callable[[], Awaitable[bool]]
) -> Outcome | None:
    """Post *payload* if *may_post* says so, and return what came of it; None if it does not."""
    end = asyncio.get_running_loop().time() + TIMEOUT
    try:
        async with asyncio.timeout_at(end):
            if not await may_post():
                return None
            if asyncio.get_running_loop().time() >= end:  # it is not cancelled just yet
                return ledger.Lost("Daybrief stood still right before it was posted.")
            return await courier.post(channel, payload)
    except TimeoutError:
        return ledger.Lost("Discord did not answer in time.")
