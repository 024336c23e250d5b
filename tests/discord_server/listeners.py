"""One listening port whose door can be shut and opened again."""

from aiohttp import web

from tests.discord_server.rest import cut

_HOST = "127.0.0.1"


class Listener:
    """Serves an application on loopback, at *port* or a free one."""

    def __init__(self, app: web.Application, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._site: web.TCPSite | None = None
        self.port = port

    async def start(self) -> None:
        """Set up and listen."""
        await self._runner.setup()
        await self.accept()

    async def accept(self) -> None:
        """Listen; the port is the same as before."""
        if self._site is None:
            self._site = web.TCPSite(self._runner, _HOST, self.port)
            await self._site.start()
            self.port = self._runner.addresses[0][1]

    async def refuse(self) -> None:
        """Stop listening, and reset the connections that are open."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
        self.cut_all()

    def cut_all(self) -> None:
        """Reset the connections that are open."""
        server = self._runner.server
        for connection in list(server.connections if server else ()):
            if connection.transport is not None:
                cut(connection.transport)

    async def stop(self) -> None:
        """Reset what is open and stop for good."""
        self.cut_all()
        await self._runner.cleanup()
