"""Discord's REST on a socket: record, fail as the script says, authorise, handle, answer."""

import asyncio
import json
import logging
import socket
import struct
import traceback
from collections.abc import Callable

from aiohttp import web

from tests.discord_server import (
    commands,
    exchanges,
    messages,
    openapi,
    places,
    refusals,
    responses,
    threads,
)
from tests.discord_server.exchanges import Exchange
from tests.discord_server.faults import Fault, Script
from tests.discord_server.state import Call, State

log = logging.getLogger(__name__)

BASE = "/api/v10"
_MAX_BODY = 26 * 1024 * 1024
_VIA = {"Via": "1.1 google"}  # discord.py takes a 429 without it for a ban
_CLOUDFLARE = "<html><head><title>{0}</title></head><body>cloudflare: error {0}</body></html>"
_OPEN = ("/gateway", "/interactions/", "/webhooks/")  # the token of the bot is not asked for

Handler = Callable[[Call], object]
_APP = "/applications/{application}"
_HOOK = "/webhooks/{application}/{token}"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/gateway", places.gateway),
    ("GET", "/gateway/bot", places.gateway_bot),
    ("GET", "/users/@me", places.me),
    ("GET", "/users/@me/guilds", places.my_guilds),
    ("DELETE", "/users/@me/guilds/{guild}", places.leave),
    ("POST", "/users/@me/channels", places.direct),
    ("GET", "/users/{user}", places.user),
    ("GET", "/applications/@me", places.application),
    ("GET", "/oauth2/applications/@me", places.application),
    ("GET", _APP + "/commands", commands.listed),
    ("PUT", _APP + "/commands", commands.replace),
    ("GET", _APP + "/guilds/{guild}/commands", commands.listed),
    ("PUT", _APP + "/guilds/{guild}/commands", commands.replace),
    ("GET", "/guilds/{guild}", places.guild),
    ("GET", "/guilds/{guild}/channels", places.guild_channels),
    ("GET", "/guilds/{guild}/roles", places.guild_roles),
    ("GET", "/guilds/{guild}/members/{user}", places.guild_member),
    ("GET", "/channels/{channel}", places.channel),
    ("GET", "/channels/{channel}/messages", messages.history),
    ("POST", "/channels/{channel}/messages", messages.create),
    ("GET", "/channels/{channel}/messages/{message}", messages.get),
    ("PATCH", "/channels/{channel}/messages/{message}", messages.edit),
    ("DELETE", "/channels/{channel}/messages/{message}", messages.delete),
    ("POST", "/channels/{channel}/messages/{message}/crosspost", messages.crosspost),
    ("POST", "/channels/{channel}/typing", messages.typing),
    ("POST", "/channels/{channel}/threads", threads.start),
    ("GET", "/channels/{channel}/threads/archived/public", threads.archived),
    ("GET", "/guilds/{guild}/threads/active", threads.active),
    ("POST", "/interactions/{interaction}/{token}/callback", responses.callback),
    ("POST", _HOOK, responses.follow_up),
    ("GET", _HOOK + "/messages/{message}", responses.get),
    ("PATCH", _HOOK + "/messages/{message}", responses.edit),
    ("DELETE", _HOOK + "/messages/{message}", responses.delete),
)


class Rest:
    """The routes over one state and one script of faults."""

    def __init__(self, state: State, script: Script) -> None:
        self._state = state
        self._script = script
        self._closing = asyncio.Event()
        self._checked = openapi.find() is not None

    def app(self) -> web.Application:
        """Return the application, to be served."""
        app = web.Application(client_max_size=_MAX_BODY)
        for method, path, handler in ROUTES:
            app.router.add_route(method, BASE + path, self._route(handler))
        app.router.add_get("/cdn/attachments/{channel}/{attachment}/{name}", self._file)
        app.router.add_route("*", "/{tail:.*}", self._route(self._unknown))
        return app

    def close(self) -> None:
        """Let go of the requests that are kept without an answer."""
        self._closing.set()

    def _route(self, handler: Handler):
        async def respond(request: web.Request) -> web.StreamResponse:
            exchange = await self._record(request)
            fault = self._script.take(exchange.method, exchange.path)
            if fault is None:
                return self._sent(exchange, self._handle(request, exchange, handler))
            return await self._fail(request, exchange, handler, fault)

        return respond

    async def _record(self, request: web.Request) -> Exchange:
        raw = await request.read()
        exchange = Exchange(
            method=request.method,
            path=request.path.removeprefix(BASE),
            query=dict(request.query),
            headers={key.lower(): value for key, value in request.headers.items()},
            raw=raw,
            at=self._state.clock(),
        )
        self._state.exchanges.append(exchange)
        return exchange

    def _handle(self, request: web.Request, exchange: Exchange, handler: Handler) -> web.Response:
        """Let the request take effect; the answer says what it was, also when it was refused."""
        try:
            self._read(exchange)
            call = Call(state=self._state, exchange=exchange, match=dict(request.match_info))
            self._authorise(exchange)
            return _json(exchange, 200, handler(call))
        except refusals.RefusedError as refusal:
            return _json(exchange, refusal.status, refusal.body())
        except Exception:  # noqa: BLE001  a handler that breaks must fail the test, not the server
            self._state.crashes.append(
                f"{exchange.method} {exchange.path}\n{traceback.format_exc()}"
            )
            return _json(exchange, 500, {"message": "500: Internal Server Error", "code": 0})
        finally:
            self._state.pulse.beat()

    def _read(self, exchange: Exchange) -> None:
        kind = exchange.headers.get("content-type", "")
        try:
            exchange.body, exchange.files = exchanges.read(kind, exchange.raw)
        except (ValueError, KeyError) as error:
            message = "The request body contains invalid JSON."
            raise refusals.RefusedError(400, 50109, message) from error
        if self._checked and exchange.body is not None:
            found = openapi.problems(exchange.body, exchange.method, exchange.path)
            self._state.violations.extend(found)

    def _authorise(self, exchange: Exchange) -> None:
        open_to_all = exchange.path.startswith(_OPEN) and exchange.path != "/gateway/bot"
        given = exchange.headers.get("authorization", "").removeprefix("Bot ")
        if not open_to_all and given not in self._state.tokens:
            raise refusals.unauthorized()

    def _unknown(self, call: Call) -> None:
        route = f"{call.exchange.method} {call.exchange.path}"
        log.error("no such route: %s", route)
        self._state.unknown.append(route)
        raise refusals.RefusedError(404, 0, "404: Not Found")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        exchange = await self._record(request)
        fault = self._script.take(exchange.method, exchange.path)
        found = self._state.world.attachments.get(int(request.match_info["attachment"]))
        if fault is not None:
            return await self._fail(request, exchange, self._unknown, fault)
        if found is None:
            gone = web.Response(status=404, text="This content is no longer available.")
            return self._sent(exchange, gone)
        headers = {"Content-Type": found.content_type}
        return self._sent(exchange, web.Response(body=found.data, headers=headers))

    async def _fail(
        self, request: web.Request, exchange: Exchange, handler: Handler, fault: Fault
    ) -> web.StreamResponse:
        exchange.fault = str(fault.how)
        late = fault.after or fault.how == "slow"
        response = self._handle(request, exchange, handler) if late else None
        fault.done += 1
        exchange.status = 0
        self._state.pulse.beat()
        if fault.how in ("reset", "silence"):
            self._end(exchange)
            await self._pause(None if fault.how == "silence" else 0)
            return _reset(request)
        if fault.how == "slow" and response is not None:
            await self._pause(fault.seconds)
            return self._sent(exchange, response)
        return self._sent(exchange, _failure(fault))

    async def _pause(self, seconds: float | None) -> None:
        waiting = asyncio.ensure_future(self._closing.wait())
        await asyncio.wait({waiting}, timeout=seconds)
        waiting.cancel()

    def _sent(self, exchange: Exchange, response: web.Response) -> web.Response:
        exchange.status = response.status
        self._end(exchange)
        return response

    def _end(self, exchange: Exchange) -> None:
        self._state.answered.append(exchange)
        self._state.pulse.beat()


def _json(exchange: Exchange, status: int, body: object) -> web.Response:
    """Return the answer with the Content-Type exactly as Discord's; None is an empty 204."""
    exchange.response = body
    if body is None:
        return web.Response(status=204)
    headers = {"Content-Type": "application/json"}
    if status == 429:
        headers |= _VIA
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def _failure(fault: Fault) -> web.Response:
    if fault.how in ("rate limit", 429):
        return _rate_limit(fault)
    if isinstance(fault.how, str):
        status = int(fault.how.removeprefix("cloudflare "))
        headers = {"Content-Type": "text/html; charset=UTF-8"}
        page = _CLOUDFLARE.format(status).encode()
        return web.Response(status=status, body=page, headers=headers)
    named = {
        401: (0, "401: Unauthorized"),
        403: (50013, "Missing Permissions"),
        404: (10003, "Unknown Channel"),
    }
    code, message = named.get(fault.how, (0, f"{fault.how}: failed as the test asked"))
    body = json.dumps({"message": message, "code": fault.code or code}).encode()
    headers = {"Content-Type": "application/json"}
    return web.Response(status=fault.how, body=body, headers=headers)


def _rate_limit(fault: Fault) -> web.Response:
    body = {
        "message": "You are being rate limited.",
        "retry_after": fault.seconds,
        "global": fault.shared,
    }
    headers = {
        "Content-Type": "application/json",
        "Retry-After": str(max(1, round(fault.seconds))),
        "X-RateLimit-Scope": "global" if fault.shared else "user",
        **_VIA,
    }
    if fault.shared:
        headers["X-RateLimit-Global"] = "true"
    return web.Response(status=429, body=json.dumps(body).encode(), headers=headers)


def _reset(request: web.Request) -> web.StreamResponse:
    """Cut the connection so that the other side sees errno 104, not a polite end."""
    if request.transport is not None:
        cut(request.transport)
    return web.Response()


def cut(transport: asyncio.Transport) -> None:
    """Close *transport* with a RST."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
