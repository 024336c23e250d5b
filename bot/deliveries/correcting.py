"""Documents that were changed in, short corrections under the briefings that quote them out.

A correction goes by the ledger's rules: its bytes are stored before the first attempt, a repeat
within the nonce's window posts the same bytes, after it the channel's history is looked at.
"""

import asyncio
import functools
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot import embeds, markup
from bot.deliveries import attempts
from bot.deliveries.asking import Tell
from bot.deliveries.courier import TIMEOUT, Courier
from bot.deliveries.recording import LEASE
from bot.worker import Worker
from briefs import corrections, ledger, pages
from briefs.errors import DaybriefError, StoreError
from briefs.model import (
    BY_HAND,
    FINAL,
    Amendment,
    Correction,
    Delivery,
    Page,
    State,
)
from briefs.pages import Limits
from briefs.store import Hold, Part, Store
from briefs.store.postings import Stale

log = logging.getLogger(__name__)

_GRACE = timedelta(hours=24)  # later than that a correction is not posted
_AT_ONCE = 20  # corrections of one look
_PLAIN = replace(markup.LIMITS, body=1_500)  # a message takes 2,000, with title and footer
_NO_MESSAGE = 50035  # with "message_reference" in the text: what is replied to is gone
_GONE = "The message of the briefing was deleted."
_WITHDRAWN = "The briefing was withdrawn."


class _Place(NamedTuple):
    """The last message of a briefing."""

    part: Part
    waits: bool  # it is not all posted yet

    @property
    def plain(self) -> bool:
        """Whether it is plain text."""
        return b'"embeds"' not in self.part.payload


class Corrections:
    """Finds out what is to be corrected, and posts it, one message after another.

    *give_up* is called, with the reason, when Discord refuses the token.
    """

    def __init__(
        self,
        work: Worker,
        courier: Courier,
        *,
        installation: str,
        tell: Tell,
        give_up: Callable[[str], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        safe_window: timedelta = ledger.SAFE_WINDOW,
    ) -> None:
        self._work = work
        self._courier = courier
        self._installation = installation
        self._tell = tell
        self._give_up = give_up
        self._clock = clock
        self._limits = ledger.Limits(_GRACE, safe_window)
        self._running: asyncio.Task[None] | None = None
        self._leaving = False

    async def tick(self) -> None:
        """Begin to look and to post, when there is anything to do; returns soon."""
        if self._leaving or self._running is not None:
            return
        try:
            waits = await self._work(_waits, self._clock())
        except StoreError as error:
            log.warning("nothing is corrected for now: %s", error)
            return
        if waits:
            self._running = asyncio.create_task(self._run(), name="corrections")

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        if self._running is not None:
            await asyncio.wait({self._running})

    async def drain(self, seconds: float = 8.0) -> None:
        """Begin nothing more, and let what runs end for *seconds*."""
        self._leaving = True
        if running := self._running:
            await asyncio.wait({running}, timeout=seconds)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _run(self) -> None:
        try:
            await self._find()
            for each in await self._work.write(_claim, self._clock()):
                await self._carry(each)
        except StoreError as error:
            log.warning("corrections wait: %s", error)
        except Exception:
            log.exception("corrections failed and are tried again")
        finally:
            self._running = None

    async def _find(self) -> None:
        """Record what is to be corrected, of what has changed since it was quoted."""
        since = self._clock() - corrections.KEPT_FOR
        for quoted in await self._work(lambda store: store.postings.stale(since)):
            place = await self._work(_place, quoted)
            if place and place.waits:
                continue
            scope, _, document, _ = quoted
            if not await self._work(corrections.settled, scope, document, self._clock()):
                continue
            try:
                await self._record(quoted, place)
            except StoreError:
                raise
            except DaybriefError as error:
                log.warning("briefing %s is not corrected: %s", quoted[1], error)
                await self._work.write(_settle, quoted)

    async def _record(self, quoted: Stale, place: _Place | None) -> None:
        """Store the bytes of a correction, when there is one to post and a place for it."""
        scope, briefing, document, _ = quoted
        if place is not None:
            found = await self._work.apart(corrections.found, scope, briefing, document)
            if found is not None:
                await self._keep(await self._work(self._made, quoted, found, place))
        await self._work.write(_settle, quoted)

    async def _keep(self, made: Amendment) -> None:
        if await self._work.write(lambda store: store.postings.corrections.add(made)):
            log.info("briefing %s is corrected by document %s", made.briefing, made.document)

    def _made(self, store: Store, quoted: Stale, found: Correction, place: _Place) -> Amendment:
        """Lay a correction out, prove it, and return it with its bytes."""
        scope, briefing, document, _ = quoted
        page = _one_page(found, _PLAIN if place.plain else markup.LIMITS)
        store.documents.prove(scope, corrections.quotations([page]))
        now, revision = self._clock(), corrections.revision(found)
        nonce = corrections.nonce(self._installation, briefing, document, revision)
        marker = ledger.marker(nonce)
        row = Delivery(
            schedule=place.part.schedule,
            date=now.date(),
            slot=BY_HAND,
            channel=place.part.channel,
            due=now,
            state=State.READY,
            payload=embeds.dump(_body(page, briefing, nonce, marker, place)),
            nonce=nonce,
            marker=marker,
        )
        told = corrections.told(found)
        return Amendment(0, scope, briefing, document, revision, told, row)

    async def _carry(self, each: Amendment) -> None:
        """Move a correction on as far as it goes."""
        withdrawn = each.row.state is State.READY and await self._work(_withdrawn, each)
        event: ledger.Event | None = ledger.Withdrawn(_WITHDRAWN) if withdrawn else ledger.Claimed()
        while event is not None:
            each, effects = self._advance(each, event)
            hold = Hold(self._clock(), LEASE) if _goes_on(effects) else None
            await self._warn(each, effects)
            log.info("correction %s is %s", each.id, each.row.state)
            if not await self._work.write(_save, each, hold):
                log.warning("correction %s was taken over by another process", each.id)
                return
            event = await self._carry_out(each, effects)

    def _advance(
        self, each: Amendment, event: ledger.Event
    ) -> tuple[Amendment, Sequence[ledger.Effect]]:
        if _is_reply_to_nothing(event):
            row = replace(each.row, state=State.SKIPPED, reason=_GONE, not_before=None)
            return each._replace(row=row), ()
        row, effects = ledger.advance(each.row, event, self._clock(), self._limits)
        return each._replace(row=row), effects

    async def _carry_out(
        self, each: Amendment, effects: Sequence[ledger.Effect]
    ) -> ledger.Event | None:
        row = each.row
        for effect in effects:
            match effect:
                case ledger.Post():
                    may_post = functools.partial(self._work, _may_post, each, self._clock())
                    return await attempts.post(self._courier, row.channel, row.payload, may_post)
                case ledger.Reconcile():
                    assert row.first_attempt is not None
                    return await self._courier.find(row.channel, row.marker, row.first_attempt)
                case ledger.Stop(reason):
                    self._leaving = True
                    self._give_up(reason)
        return None

    async def _warn(self, each: Amendment, effects: Sequence[ledger.Effect]) -> None:
        """Tell what failed, once for each correction; before it is stored, as of a delivery."""
        for effect in effects:
            if isinstance(effect, ledger.TellOnce):
                text = f"A correction of briefing {each.briefing} was not posted. {effect.text}"
                try:
                    await self._tell(each.row.schedule, f"correction:{each.id}", text)
                except Exception:
                    log.exception("correction %s: could not tell: %s", each.id, text)


def _one_page(found: Correction, limits: Limits) -> Page:
    """Lay out as much as one message takes; what it leaves out is counted in it."""
    first, *_ = laid_out = pages.lay_out(found, limits)
    while len(laid_out) > 1 and len(found.changes) > 1:
        shorter = found.changes[:-1]
        found = replace(found, changes=shorter, more=found.more + 1)
        first, *_ = laid_out = pages.lay_out(found, limits)
    return replace(first, number=1, total=1)


def _body(page: Page, briefing: int, nonce: str, marker: str, place: _Place) -> dict[str, object]:
    """Return the body of Create Message: a reply, which notifies nobody."""
    body = embeds.payload(page, nonce=nonce, marker=marker, briefing=briefing)
    if place.plain:
        del body["embeds"]
        body["content"] = embeds.plainly(page, marker=marker, briefing=briefing)
    body["allowed_mentions"] = {"parse": [], "replied_user": False}
    body["message_reference"] = {"message_id": str(place.part.message), "fail_if_not_exists": True}
    return body


def _is_reply_to_nothing(event: ledger.Event) -> bool:
    return (
        isinstance(event, ledger.Refused)
        and event.code == _NO_MESSAGE
        and "message_reference" in event.text
    )


def _goes_on(effects: Sequence[ledger.Effect]) -> bool:
    return any(isinstance(effect, ledger.Post | ledger.Reconcile) for effect in effects)


def _waits(store: Store, now: datetime) -> bool:
    """Tell whether there is anything to look at or to post."""
    stale = store.postings.stale(now - corrections.KEPT_FOR)
    return bool(stale) or store.postings.corrections.waits(now)


def _claim(store: Store, now: datetime) -> tuple[Amendment, ...]:
    return store.postings.corrections.claim(Hold(now, LEASE), limit=_AT_ONCE)


def _save(store: Store, each: Amendment, hold: Hold | None) -> bool:
    return store.postings.corrections.save(each, hold=hold)


def _may_post(store: Store, each: Amendment, now: datetime) -> bool:
    """Tell whether an attempt ends before another process may take *each* up."""
    left = store.postings.corrections.time_left
    return not store.shared or left(each, now) >= timedelta(seconds=TIMEOUT)


def _settle(store: Store, quoted: Stale) -> None:
    store.postings.settle(quoted)


def _withdrawn(store: Store, each: Amendment) -> bool:
    edits = store.postings.edits_of(each.scope, each.briefing)
    return corrections.withdrawn(edits) is not None


def _place(store: Store, quoted: Stale) -> _Place | None:
    """Return where a briefing is posted; None when it is not, and will not be."""
    parts = store.postings.parts(quoted.scope, quoted.briefing)
    open_ones = [part for part in parts if part.state not in FINAL]
    sent = [part for part in parts if part.state is State.SENT and part.message]
    if not open_ones and not sent:
        return None
    return _Place((sent or open_ones)[-1], waits=bool(open_ones))
