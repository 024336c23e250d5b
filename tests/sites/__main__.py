"""`python -m tests.sites`: serve until ended; the port is printed."""

import asyncio
import sys

from tests.sites.server import Sites


async def main() -> None:
    """Serve for ever."""
    async with Sites().serving() as sites:
        sys.stdout.write(f"{sites.port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
