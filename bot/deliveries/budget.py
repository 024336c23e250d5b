"""Requests in, each let through in its turn: the processes of one token share what it may ask."""

import asyncio

PER_SECOND = 50.0  # requests that Discord takes for one token, whatever they are


class Budget:
    """Lets requests through one after the other, as many a second as this process may make."""

    def __init__(self) -> None:
        self._apart = 1 / PER_SECOND
        self._next = 0.0

    def share(self, among: int) -> None:
        """Leave to each of *among* processes its part."""
        self._apart = max(1, among) / PER_SECOND

    async def turn(self) -> None:
        """Wait until one more request may be made."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next)
        self._next = mine + self._apart
        if mine > now:
            await asyncio.sleep(mine - now)
