"""The open rows of the ledger in, each moved on until it is final or has to wait."""

import asyncio
import functools
import logging
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.deliveries import attempts, forums, planning, recording, watching
from bot.deliveries.asking import Render, Stamp, Tell
from bot.deliveries.courier import Courier
from bot.deliveries.places import Standing
from bot.deliveries.publishing import Publisher
from bot.deliveries.recording import LEASE
from bot.worker import Worker
from briefs import ledger, timing
from briefs.errors import DaybriefError, StoreError
from briefs.model import FINAL, Delivery, Due, Schedule, Stage
from briefs.store import Hold, Store

log = logging.getLogger(__name__)

AT_ONCE = 8  # channels that are posted to at the same time
_PAUSED = "It is paused now, after failures in a row; /schedule resume posts it again."
_PATIENCE = 50.0  # seconds to wait for a briefing that somebody asked for
_LOOK = 1.0  # seconds


class Deliveries:
    """Posts what is due: several channels at once, one message at a time in each.

    *give_up* is called, with the reason, when Discord refuses the token. A process that *posts*
    nothing leaves what it records to the others.
    """

    def __init__(
        self,
        work: Worker,
        courier: Courier,
        render: Render,
        *,
        installation: str,
        tell: Tell,
        give_up: Callable[[str], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        safe_window: timedelta = ledger.SAFE_WINDOW,
        posts: bool = True,
        spans: Callable[[], watching.Spans] = watching.spans,
    ) -> None:
        self._work = work
        self._courier = courier
        self._render = render
        self._installation = installation
        self._tell = tell
        self._give_up = give_up
        self._clock = clock
        self._safe_window = safe_window
        self._posts = posts
        self._spans = spans
        self._watch = watching.Watch()
        self._owner = secrets.token_hex(8)
        self._running: dict[int, Delivery] = {}  # by channel
        self._tasks: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._moved = asyncio.Condition()
        self._publisher = Publisher(work, courier, clock)
        self._leaving = False

    async def start(self) -> None:
        """Take over what an earlier process left; the next tick settles it."""
        await self._work.write(planning.take_over, self._clock())

    async def tick(self) -> None:
        """Record what has come due, and start to carry out what is open; returns soon."""
        if self._leaving:
            return
        try:
            await self._look_at_clock()
            await self._work.write(planning.plan_due, self._clock())
            await self._claim()
            await self._publisher.tick()
        except StoreError as error:
            log.warning("nothing is posted for now: %s", error)

    async def _look_at_clock(self) -> None:
        """Note that it is looked now, and log what has come between this look and the last."""
        found = await self._work.write(self._watch.look, self._clock(), self._spans())
        if found is not None:
            log.warning("%s", timing.spell(found, ZoneInfo("UTC")))

    async def drain(self, seconds: float = 8.0) -> None:
        """Begin nothing more, let what runs end for *seconds*, and leave the rest on the ledger."""
        self._leaving = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._publisher.drain(cancel=True)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._publisher.drain(cancel=False)

    async def run_now(self, schedule: Schedule) -> Delivery:
        """Post the next briefing of *schedule* now, and return its first part as it ended.

        Its due times and its window stay as they are. What is not final within a minute goes on.
        """
        now = self._clock()
        day = now.astimezone(ZoneInfo(schedule.timezone)).date()
        row = await self._work.write(lambda store: store.deliveries.by_hand(schedule, day, now))
        await self._claim()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE), self._moved:
                while not _rests(row := await self._work(recording.again, row)):
                    with suppress(TimeoutError):  # another process may be the one that posts it
                        async with asyncio.timeout(_LOOK):
                            await self._moved.wait()
        return row

    async def check(self, schedule: Schedule) -> None:
        """Tell what is missing where *schedule* posts, under the key of a failure for that."""
        standing = await self._look(schedule)
        if standing.missing:
            key = ledger.not_allowed(schedule.id, schedule.covered_until)
            await self._tell(schedule.id, key, standing.text)

    async def _claim(self) -> None:
        """Start a task for each channel that has something open, while there is room."""
        async with self._claiming:
            room = AT_ONCE - len(self._running)
            if self._leaving or room <= 0 or not self._posts:
                return
            for row in await self._work.write(self._take, tuple(self._running), room):
                if not self._leaving:  # else it is free again at the next start
                    self._begin(row)

    def _take(self, store: Store, busy: tuple[int, ...], room: int) -> tuple[Delivery, ...]:
        hold = Hold(self._clock(), LEASE)
        return store.deliveries.claim(self._owner, hold, busy=busy, limit=room)

    def _begin(self, row: Delivery) -> None:
        self._running[row.channel] = row
        task = asyncio.create_task(self._carry(row), name=f"delivery {_name(row)}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, row: Delivery) -> None:
        """Move *row* on as far as it goes; what fails here is tried again after the lease."""
        try:
            await self._move(row)
        except StoreError as error:
            log.warning("delivery %s waits: %s", _name(row), error)
        except Exception:
            log.exception("delivery %s failed and is tried again", _name(row))
        finally:
            del self._running[row.channel]
        async with self._moved:
            self._moved.notify_all()
        with suppress(StoreError):
            await self._claim()

    async def _move(self, row: Delivery) -> None:
        schedule = await self._work(recording.schedule_of, row)
        event: ledger.Event | None = planning.taken_up(row, schedule, self._clock())
        while event is not None:
            row, effects = ledger.advance(row, event, self._clock(), self._limits(row, schedule))
            row = recording.ended(row, schedule, self._clock())
            if not await self._record(row, effects):
                log.warning("delivery %s was taken over by another process", _name(row))
                return
            await self._tell_pause(row, effects)
            row, event = await self._carry_out(row, schedule, effects)

    def _limits(self, row: Delivery, schedule: Schedule | None) -> ledger.Limits:
        """Return the limits of *row*; the post of a forum has no nonce that Discord remembers."""
        window = timedelta(0) if forums.opens_post(row.payload) else self._safe_window
        return ledger.Limits(_grace(schedule), window)

    async def _record(self, row: Delivery, effects: Sequence[ledger.Effect]) -> bool:
        """Store *row* and what goes with it, before anything is posted; False when not ours.

        A failure is told before: a crash in between would else leave it untold for ever.
        """
        if ledger.Render() in effects:
            return True
        for effect in effects:
            match effect:
                case ledger.TellOnce(key, text):
                    await self._warn(row, key, text)
                case ledger.TellRecovery() if await self._work(recording.was_told, effect):
                    await self._warn(row, effect.key, effect.text)
        log.info("delivery %s is %s%s", _name(row), row.state, row.reason and f": {row.reason}")
        return await self._work.write(recording.save, row, effects, self._clock())

    async def _tell_pause(self, row: Delivery, effects: Sequence[ledger.Effect]) -> None:
        """Tell that the schedule was paused, when this was one failure too many."""
        for effect in effects:
            if isinstance(effect, ledger.PauseSchedule) and effect.after > 1:
                schedule = await self._work(recording.schedule_of, row)
                if schedule is not None and schedule.paused == effect.reason:
                    key = f"paused:{row.schedule}:{row.since and row.since.isoformat()}"
                    await self._warn(row, key, f"{_PAUSED} {effect.reason}")

    async def _carry_out(
        self, row: Delivery, schedule: Schedule | None, effects: Sequence[ledger.Effect]
    ) -> tuple[Delivery, ledger.Event | None]:
        """Do what *effects* ask for, and return what happened; None when the row may rest."""
        for effect in effects:
            match effect:
                case ledger.Render():
                    assert schedule is not None
                    return await self._make(row, schedule)
                case ledger.Post():
                    if self._slept(row):
                        return row, ledger.Claimed()
                    may_post = functools.partial(self._may_post, row)
                    where, what = _where(row), row.payload
                    return row, await attempts.post(self._courier, where, what, may_post)
                case ledger.Reconcile():
                    assert row.first_attempt is not None
                    attempted, forum = row.first_attempt, forums.opens_post(row.payload)
                    found = self._courier.find(_where(row), row.marker, attempted, forum=forum)
                    return row, await found
                case ledger.Stop(reason):
                    self._leaving = True
                    self._give_up(reason)
        return row, None

    async def _may_post(self, row: Delivery) -> bool:
        """Tell whether *row* is ours for as long as an attempt takes."""
        ours = await self._work(recording.may_post, row, self._clock())
        if not ours:
            log.warning("delivery %s is left: its lease ends too soon", _name(row))
        return ours

    def _slept(self, row: Delivery) -> bool:
        """Tell whether a repeat comes too late for its nonce: since then the machine slept."""
        assert row.first_attempt is not None
        window = self._limits(row, None).safe_window
        return row.attempts > 1 and self._clock() - row.first_attempt >= window

    async def _make(
        self, row: Delivery, schedule: Schedule
    ) -> tuple[Delivery, ledger.Event | None]:
        """Render the briefing and store the bytes of all its parts."""
        since, until = timing.window(schedule, Due(row.date, row.slot, row.due))
        standing = await self._look(schedule)
        stages = (Stage("permissions", standing.text),)
        row = replace(row, since=since, until=until, channel=schedule.channel, stages=stages)
        if standing.missing:
            return row, ledger.NotAllowed(standing.text)
        stamp = functools.partial(self._stamp, row)
        try:
            made = await self._render(schedule, row, stamp, standing.plain)
        except StoreError:
            raise
        except DaybriefError as error:
            return row, ledger.NotRendered(str(error))
        except Exception as error:
            log.exception("delivery %s could not be made", _name(row))
            return row, ledger.NotRendered(f"an error inside Daybrief ({type(error).__name__}).")
        row = replace(row, stages=stages + made.stages)
        return await self._made(row, made.payloads)

    async def _look(self, schedule: Schedule) -> Standing:
        if schedule.kind == "direct":
            return Standing("the direct messages")
        return await self._courier.look(schedule.channel, schedule.scope)

    async def _made(
        self, row: Delivery, payloads: Sequence[bytes]
    ) -> tuple[Delivery, ledger.Event | None]:
        """Store the bytes of all parts."""
        parts = [self._part(row, number, payloads) for number in range(1, len(payloads) + 1)]
        if not parts:
            return row, ledger.NotRendered("it has no pages.")
        if not await self._work.write(recording.ready, parts, self._clock()):
            return row, None
        return parts[0], None if self._leaving else ledger.Claimed()

    def _part(self, row: Delivery, number: int, payloads: Sequence[bytes]) -> Delivery:
        nonce, marker = self._stamp(row, number)
        made = ledger.Rendered(payloads[number - 1], nonce, marker, len(payloads))
        limits = ledger.Limits(timing.LONGEST_GRACE)
        part, _ = ledger.advance(replace(row, part=number), made, self._clock(), limits)
        return part if number == 1 else replace(part, stages=())

    def _stamp(self, row: Delivery, part: int) -> Stamp:
        nonce = ledger.nonce(
            self._installation,
            row.schedule,
            row.date,
            row.slot,
            channel=row.channel,
            part=part,
            revision=row.revision,
        )
        return Stamp(nonce, ledger.marker(nonce))

    async def _warn(self, row: Delivery, key: str, text: str) -> None:
        try:
            async with asyncio.timeout(LEASE.total_seconds() / 4):
                await self._tell(row.schedule, key, text)
        except Exception:
            log.exception("delivery %s: could not tell: %s", _name(row), text)


def _grace(schedule: Schedule | None) -> timedelta:
    return timing.LONGEST_GRACE if schedule is None else timing.grace_of(schedule)


def _where(row: Delivery) -> int:
    return row.thread or row.channel


def _rests(row: Delivery) -> bool:
    return row.state in FINAL or row.not_before is not None


def _name(row: Delivery) -> str:
    return f"{row.schedule}/{row.date}/{row.slot}/{row.part}"
