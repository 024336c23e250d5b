"""A host's name in, its addresses out, looked up in threads that nobody has to wait for."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from functools import partial

from aiohttp.abc import AbstractResolver, ResolveResult

_LOOKUPS = 128  # at once, those included that were given up and still run


class Names(AbstractResolver):
    """Asks the system, each time anew.

    The loop's own threads are few and are joined at the end: a dozen name servers that do not
    answer would hold up every other host, and the program when it stops.
    """

    def __init__(self, lookups: int = _LOOKUPS) -> None:
        self._slots = asyncio.Semaphore(lookups)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of *host*; raises OSError when it has none."""
        await self._slots.acquire()
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[ResolveResult]] = loop.create_future()

        def tell(settle: Callable[[], None]) -> None:
            self._slots.release()
            if not found.done():
                settle()

        def look_up() -> None:
            try:
                settle = partial(found.set_result, _addresses(host, port, family))
            except (OSError, UnicodeError) as error:
                settle = partial(found.set_exception, OSError(str(error)))
            with contextlib.suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(tell, settle)

        threading.Thread(target=look_up, name="daybrief-names", daemon=True).start()
        return await found

    async def close(self) -> None:
        """Leave what is still being looked up to itself."""


def _addresses(host: str, port: int, family: int) -> list[ResolveResult]:
    infos = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    return [
        ResolveResult(
            hostname=host,
            host=str(address[0]),
            port=port,
            family=kind,
            proto=protocol,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for kind, _, protocol, _, address in infos
    ]
