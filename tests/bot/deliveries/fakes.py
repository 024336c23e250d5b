"""A machine that can die, a clock that is set, and a Discord of ten lines that honours nonces."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.deliveries import Deliveries, Rendering
from bot.deliveries.places import Standing
from briefs import ledger, timing
from briefs.model import Scope, Stage

START = datetime(2026, 1, 1, tzinfo=UTC)
HOME = Scope(70)


class Died(BaseException):
    """The process was killed here."""


class Discord:
    """Channels of messages; *script* names what goes wrong with the next posts, in order.

    "before" and "after" lose the connection before or after the message is stored; an event of the
    ledger is answered as it is; an asyncio.Event is waited for first.
    """

    def __init__(self, clock, window=timedelta(minutes=3)):
        self.clock = clock
        self.window = window
        self.channels = {}
        self.posts = 0
        self.script = []
        self.readable = True
        self.standing = Standing("#news")
        self.followers = []  # what was published: channel and message
        self.refusals = []  # of publications, in order
        self.asked = asyncio.Event()  # set by each post
        self.stored = asyncio.Event()  # set by each message

    async def post(self, channel, payload):
        self.posts += 1
        self.asked.set()
        fault = self.script.pop(0) if self.script else None
        if isinstance(fault, asyncio.Event):
            await fault.wait()
        elif fault == "before":
            return ledger.Lost("The connection to Discord broke.")
        elif fault is not None and fault != "after":
            return fault
        number = self._store(channel, json.loads(payload))
        return ledger.Lost("Discord answered 503.") if fault == "after" else ledger.Accepted(number)

    async def find(self, channel, marker, attempted, *, forum=False):
        if not self.readable:
            return ledger.CannotTell("the channel cannot be read.")
        for number, body, _ in self.channels.get(channel, []):
            if body["marker"] == marker:
                return ledger.Found(number)
        return ledger.Absent()

    async def publish(self, channel, message):
        fault = self.refusals.pop(0) if self.refusals else None
        if fault is None:
            self.followers.append((channel, message))
        return fault or ledger.Accepted(message)

    def shown(self, channel):
        return [body["text"] for _, body, _ in self.channels.get(channel, [])]

    def _store(self, channel, body):
        messages = self.channels.setdefault(channel, [])
        for number, known, posted in messages:
            if known["nonce"] == body["nonce"] and self.clock() - posted < self.window:
                return number
        messages.append((self.posts, body, self.clock()))
        self.stored.set()
        return self.posts


class Door:
    """The way to the store; with *deaths* left it dies at that step, counted before and after."""

    def __init__(self, store):
        self.store = store
        self.deaths = 0
        self.dead = False

    def step(self):
        if self.dead:
            raise Died
        if self.deaths:
            self.deaths -= 1
            if not self.deaths:
                self.dead = True
                raise Died

    async def __call__(self, function, *args):
        return function(self.store, *args)

    async def write(self, function, *args):
        self.step()
        result = function(self.store, *args)
        self.step()
        return result


class Line:
    """The connection to *discord*: it dies with the process that the *door* belongs to."""

    def __init__(self, door, discord):
        self.door = door
        self.discord = discord

    async def post(self, channel, payload):
        self.door.step()
        result = await self.discord.post(channel, payload)
        self.door.step()
        return result

    async def find(self, channel, marker, attempted, *, forum=False):
        self.door.step()
        return await self.discord.find(channel, marker, attempted)

    async def look(self, channel, guild):
        return self.discord.standing

    async def publish(self, channel, message):
        self.door.step()
        result = await self.discord.publish(channel, message)
        self.door.step()
        return result


class Machine:
    """A store, a Discord and a clock that outlive the process which `boot` starts."""

    def __init__(self, store):
        self.store = store
        self.now = START
        self.discord = Discord(lambda: self.now)
        self.parts = 1
        self.told = {}
        self.given_up = []
        self.rendering = None  # an error to raise
        self.deliveries = None

    async def boot(self, *, deaths=0):
        door = Door(self.store)
        self.deliveries = Deliveries(
            door,
            Line(door, self.discord),
            self.render,
            installation="test",
            tell=self.tell,
            give_up=self.given_up.append,
            clock=lambda: self.now,
        )
        await self.deliveries.start()
        door.deaths = deaths
        self.door = door

    async def render(self, schedule, row, stamp, plain):
        if self.rendering:
            raise self.rendering
        pages = []
        for part in range(1, self.parts + 1):
            nonce, marker = stamp(part)
            text = f"{schedule.name} {row.date} {row.slot} {part}"
            pages.append(json.dumps({"text": text, "nonce": nonce, "marker": marker}).encode())
        return Rendering(pages, (Stage("candidates", "3 documents arrived in the window"),))

    async def tell(self, schedule, key, text):
        if self.store.notices.tell(key, self.now):
            self.told[key] = text

    async def tick(self, *, after=timedelta(0)):
        self.now += after
        await self.deliveries.tick()
        await self.deliveries.settle()

    async def ticks(self, count, every=timedelta(seconds=20)):
        for _ in range(count):
            await self.tick(after=every)

    def schedule(self, name="morning", **others):
        words = {"channel": 5, "times": "07:30", "days": "daily", "timezone": "UTC", "scope": HOME}
        own = {key: others.pop(key) for key in ("publish", "kind") if key in others}
        made = timing.make(**words | {"name": name, "now": START} | others)
        return self.store.schedules.create(replace(made, **own))

    def rows(self, schedule):
        return self.store.deliveries.of(HOME, schedule.id)[::-1]

    def states(self, schedule):
        return [str(row.state) for row in self.rows(schedule)]
