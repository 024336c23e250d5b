"""Discord's gateway on a socket: sessions, heartbeats, events, resumption, and its faults."""

import asyncio
import itertools
import json
import secrets
import time
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import WSMsgType, web

from tests.discord_server import compression, payloads
from tests.discord_server.rest import cut
from tests.discord_server.state import State
from tests.discord_server.world import Guild

PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content
_GUILDS, _MESSAGES, _DIRECT = 1 << 0, 1 << 9, 1 << 12


class Op(IntEnum):
    """The gateway's opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    ACK = 11


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """What outlives a connection: *events* are all that were sent to this shard, by sequence."""

    id: str
    shard: int
    shards: int
    intents: int
    events: list[dict] = field(default_factory=list, repr=False)
    connection: "Connection | None" = field(default=None, repr=False)

    def concerns(self, guild: Guild | None) -> bool:
        """Whether events of *guild* (None: direct messages) go to this shard."""
        number = (guild.id >> 22) % self.shards if guild else 0
        return number == self.shard


@dataclass(slots=True, kw_only=True, eq=False)
class Connection:
    """One websocket. *beats* are the monotonic times of its heartbeats."""

    socket: web.WebSocketResponse = field(repr=False)
    transport: asyncio.Transport = field(repr=False)
    encode: compression.Encoder = field(repr=False)
    compress: str
    session: Session | None = None
    frozen: bool = False
    beats: list[float] = field(default_factory=list)
    outbox: asyncio.Queue[dict] = field(default_factory=asyncio.Queue, repr=False)

    def send(self, op: Op, data: object, event: dict | None = None) -> None:
        """Queue one message; a frozen connection says nothing."""
        if not self.frozen:
            self.outbox.put_nowait(event or {"op": int(op), "d": data, "s": None, "t": None})


class Gateway:
    """All connections and sessions of the bot."""

    def __init__(self, state: State, *, heartbeat_interval: float, privileged: bool) -> None:
        self._state = state
        self._interval = heartbeat_interval
        self._allowed = ~0 if privileged else ~PRIVILEGED
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies: list[dict] = []
        self.resumes: list[dict] = []
        self.closes: list[int] = []
        self.gaps: list[float] = []

    def app(self) -> web.Application:
        """Return the application, to be served."""
        app = web.Application()
        app.router.add_get("/", self._serve)
        return app

    @property
    def ready(self) -> list[Session]:
        """The sessions that a bot is connected to now."""
        return [s for s in self.sessions.values() if s.connection is not None]

    def largest_gap(self) -> float:
        """Return the longest time between two heartbeats, up to now for open connections."""
        now = time.monotonic()
        gaps = [gap for c in self.connections for gap in _gaps([*c.beats, now])]
        return max([*self.gaps, *gaps], default=0.0)

    def dispatch(self, name: str, guild: Guild | None, data: dict) -> None:
        """Send an event to the shard of *guild*; a session that is not connected gets it later."""
        for session in self.sessions.values():
            if session.concerns(guild) and _wanted(name, guild, session.intents):
                self._event(session, name, data)

    def drop(self, code: int | None = None) -> None:
        """Break all connections: with a close *code*, or with a reset."""
        for connection in list(self.connections):
            if code is None:
                cut(connection.transport)
            else:
                connection.outbox.put_nowait({"close": code})

    def reconnect(self) -> None:
        """Ask the bot to connect anew and resume."""
        for connection in self.connections:
            connection.send(Op.RECONNECT, None)

    def freeze(self) -> None:
        """Keep the connections open and say nothing any more, not even to heartbeats."""
        for connection in self.connections:
            connection.frozen = True

    def thaw(self) -> None:
        """Speak again on the connections that still exist."""
        for connection in self.connections:
            connection.frozen = False

    def forget(self) -> None:
        """Forget all sessions, so that a resumption is refused."""
        for session in self.sessions.values():
            if session.connection is not None:
                session.connection.session = None
        self.sessions.clear()

    def _event(self, session: Session, name: str, data: dict) -> None:
        number = len(session.events) + 1
        event = {"op": int(Op.DISPATCH), "d": data, "s": number, "t": name}
        session.events.append(event)
        if session.connection is not None:
            session.connection.send(Op.DISPATCH, data, event)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        compress = request.query.get("compress", "")
        encode = compression.encoder(compress)
        if encode is None or request.query.get("encoding", "json") != "json":
            return web.Response(status=400, text=f"cannot speak {request.query_string}")
        socket = web.WebSocketResponse(max_msg_size=4096, timeout=1.0)
        await socket.prepare(request)
        connection = Connection(
            socket=socket,
            transport=request.transport,
            encode=encode,
            compress=compress,
        )
        self.connections.append(connection)
        connection.send(Op.HELLO, {"heartbeat_interval": round(self._interval * 1000)})
        writer = asyncio.create_task(_write(connection))
        try:
            await self._read(connection)
        finally:
            self._leave(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    def _leave(self, connection: Connection) -> None:
        self.connections.remove(connection)
        self.gaps += _gaps(connection.beats)
        self.closes.append(connection.socket.close_code or 0)
        if connection.session is not None and connection.session.connection is connection:
            connection.session.connection = None
        self._state.pulse.beat()

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT:
                break
            if not connection.frozen:
                self._receive(connection, json.loads(message.data))
            self._state.pulse.beat()

    def _receive(self, connection: Connection, message: dict) -> None:
        op, data = message.get("op"), message.get("d")
        if op == Op.HEARTBEAT:
            connection.beats.append(time.monotonic())
            connection.send(Op.ACK, None)
        elif op == Op.IDENTIFY:
            self._identify(connection, data)
        elif op == Op.RESUME:
            self._resume(connection, data)
        elif op != Op.PRESENCE:
            self._state.unknown.append(f"gateway op {op}")

    def _identify(self, connection: Connection, data: dict) -> None:
        self.identifies.append({**data, "token": "…", "at": self._state.clock()})
        self._state.identifies_left -= 1
        refused = self._refused(data)
        if refused:
            connection.outbox.put_nowait({"close": refused})
            return
        shard, shards = data.get("shard") or (0, 1)
        session = Session(
            id=secrets.token_hex(8), shard=shard, shards=shards, intents=data.get("intents", 0)
        )
        self.sessions[session.id] = session
        self._attach(session, connection)
        self._welcome(session)

    def _refused(self, data: dict) -> int:
        """Return the close code for an IDENTIFY that is refused, else 0."""
        shard, shards = data.get("shard") or (0, 1)
        if data.get("token") not in self._state.tokens:
            return 4004
        if not 0 <= shard < shards:
            return 4010
        return 4014 if data.get("intents", 0) & ~self._allowed else 0

    def _attach(self, session: Session, connection: Connection) -> None:
        session.connection, connection.session = connection, session

    def _welcome(self, session: Session) -> None:
        world = self._state.world
        mine = [g for g in world.guilds.values() if world.bot.id in g.members]
        mine = [g for g in mine if session.concerns(g)]
        ready = {
            "v": 10,
            "user": payloads.user(world.bot),
            "guilds": [{"id": str(g.id), "unavailable": True} for g in mine],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self._state.gateway,
            "shard": [session.shard, session.shards],
            "application": {"id": str(self._state.application), "flags": 0},
            "private_channels": [],
            "presences": [],
        }
        self._event(session, "READY", ready)
        if session.intents & _GUILDS:
            for guild in mine:
                threads = [each for each in world.channels.values() if each.parent]
                body = payloads.guild_create(guild, world.bot, threads=threads)
                self._event(session, "GUILD_CREATE", body)

    def _resume(self, connection: Connection, data: dict) -> None:
        self.resumes.append({**data, "token": "…", "at": self._state.clock()})
        if data.get("token") not in self._state.tokens:
            connection.outbox.put_nowait({"close": 4004})
            return
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or (data.get("seq") or 0) > len(session.events):
            connection.send(Op.INVALID_SESSION, data=False)
            return
        self._attach(session, connection)
        for event in session.events[data.get("seq") or 0 :]:
            connection.send(Op.DISPATCH, None, event)
        self._event(session, "RESUMED", {})


def _gaps(beats: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(beats)]


def _wanted(name: str, guild: Guild | None, intents: int) -> bool:
    if name.startswith("MESSAGE_"):
        return bool(intents & (_MESSAGES if guild else _DIRECT))
    return name == "INTERACTION_CREATE" or bool(intents & _GUILDS)


async def _write(connection: Connection) -> None:
    while True:
        message = await connection.outbox.get()
        if "close" in message:
            await connection.socket.close(code=message["close"])
            return
        payload = connection.encode(json.dumps(message))
        if isinstance(payload, bytes):
            await connection.socket.send_bytes(payload)
        else:
            await connection.socket.send_str(payload)
