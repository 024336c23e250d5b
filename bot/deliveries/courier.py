"""A stored message in, what Discord made of it out, as an event of the ledger."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import aiohttp
import discord
from discord.http import Route

from bot import embeds
from bot.deliveries import forums
from bot.deliveries.budget import Budget
from bot.deliveries.places import Places, Standing
from briefs import ledger

log = logging.getLogger(__name__)

Outcome: TypeAlias = ledger.Accepted | ledger.Refused | ledger.NotSent | ledger.Lost
Finding: TypeAlias = ledger.Found | ledger.Absent | ledger.CannotTell | ledger.Refused | ledger.Lost
Raw: TypeAlias = Mapping[str, object]

TIMEOUT = 45.0  # seconds for one message, the library's own repeats included
_ALONE = 1.0  # the library repeats no attempt sooner: until then there was exactly one
_BEFORE = timedelta(minutes=5)  # by how much the clocks of Discord and ours may differ
_PAGE = 100  # messages, the most that Discord gives at once
_PAGES = 50
_UNREADABLE = "the channel cannot be read: allow View Channel and Read Message History there."
_DELETED = "a message that came since was deleted there, which may have been this one."
_FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


class Courier:
    """Posts bytes to channels, and looks for what it posted, with the client's connection."""

    def __init__(
        self, client: discord.Client, *, budget: Budget | None = None, timeout: float = TIMEOUT
    ) -> None:
        self._client = client
        self._budget = budget or Budget()
        self._timeout = timeout
        self._places = Places(client)

    async def post(self, channel: int, payload: bytes) -> Outcome:
        """Send *payload* to *channel*, and say what came of it.

        It is the body of Create Message, or of Start Thread where it makes a post in a forum: that
        is attempted once, the library's own repeats left out.
        """
        await self._budget.turn()
        started = time.monotonic()
        opens = forums.opens_post(payload)
        what = "threads" if opens else "messages"
        route = Route("POST", f"/channels/{{channel_id}}/{what}", channel_id=channel)
        once: Any = [forums.Once()] if opens else None
        try:
            async with asyncio.timeout(self._timeout):
                body = json.loads(payload)
                message = await self._client.http.request(route, json=body, files=once)
            return ledger.Accepted(int(message["id"]))
        except _FAILURES as error:
            return outcome(error, alone=opens or time.monotonic() - started < _ALONE)
        except Exception as error:
            log.exception("channel %s: the answer to a message was not understood", channel)
            return ledger.Lost(f"The answer was not understood: {type(error).__name__}.")

    async def publish(self, channel: int, message: int) -> Outcome:
        """Show *message* of an announcement channel to those that follow it; twice does no harm."""
        await self._budget.turn()
        try:
            async with asyncio.timeout(self._timeout):
                await self._client.http.publish_message(channel, message)
            return ledger.Accepted(message)
        except _FAILURES as error:
            return outcome(error, alone=True)

    async def look(self, channel: int, guild: int) -> Standing:
        """Return what the bot may do in *channel* of *guild*."""
        return await self._places.look(channel, guild)

    async def find(
        self, channel: int, marker: str, attempted: datetime, *, forum: bool = False
    ) -> Finding:
        """Look in *channel* for the message with *marker* that was first *attempted* then.

        In a *forum* it is the first message of a post of its own.
        """
        look = self._find_post if forum else self._find
        try:
            return await look(channel, marker, attempted)
        except discord.Forbidden:
            return ledger.CannotTell(_UNREADABLE)
        except _FAILURES as error:
            found = outcome(error, alone=False)
            return found if isinstance(found, ledger.Refused) else _lost_reading(found)

    async def _find(self, channel: int, marker: str, attempted: datetime) -> Finding:
        oldest = discord.utils.time_snowflake(attempted - _BEFORE)
        about: Raw = await self._client.http.get_channel(channel)
        newest = 0
        async for page in self._pages(channel, oldest):
            newest = max(newest, _id(page[0]))
            for message in page:
                if self._is_ours(message) and _bears(message, marker):
                    return ledger.Found(_id(message))
        return await self._absent(channel, about, newest, oldest)

    async def _find_post(self, channel: int, marker: str, attempted: datetime) -> Finding:
        about: Raw = await self._client.http.get_channel(channel)
        allowed = await self._permissions(channel, about)
        if not (allowed.view_channel and allowed.read_message_history):
            return ledger.CannotTell(_UNREADABLE)
        guild, since = int(str(about["guild_id"])), attempted - _BEFORE
        async for post in forums.candidates(self._client, channel, guild, since):
            first = await forums.first_message(self._client, post)
            if first is None:
                return ledger.CannotTell("the first message of a post was deleted since.")
            if _bears(first, marker):
                return ledger.Found(post)
        return ledger.Absent()

    async def _pages(self, channel: int, oldest: int) -> AsyncIterator[Sequence[Raw]]:
        """Yield pages of messages, the newest first, until one goes back before *oldest*.

        The newest page is read whatever the clock says: ours may be ahead.
        """
        before: int | None = None
        for _ in range(_PAGES):
            await self._budget.turn()
            page = await self._client.http.logs_from(channel, _PAGE, before=before)
            if page:
                yield page
            if len(page) < _PAGE or _id(page[-1]) < oldest:
                return
            before = _id(page[-1])
        raise aiohttp.ClientPayloadError("too many messages since then to look through")

    async def _absent(self, channel: int, about: Raw, newest: int, oldest: int) -> Finding:
        """Tell whether not to find a message proves that it was never there.

        Without the permission Discord gives no messages, and no error either. The last message that
        there was is named even when it was deleted: it may have been the one that is looked for.
        """
        allowed = await self._permissions(channel, about)
        if not (allowed.view_channel and allowed.read_message_history):
            return ledger.CannotTell(_UNREADABLE)
        last = int(str(about.get("last_message_id") or 0))
        if last > newest and last >= oldest:
            return ledger.CannotTell(_DELETED)
        if last and not newest:
            return ledger.CannotTell(
                "the channel shows no messages: allow Read Message History there."
            )
        return ledger.Absent()

    async def _permissions(self, channel: int, about: Raw) -> discord.Permissions:
        """Return what we may do in *channel*, from the cache, or from Discord when it has none."""
        if about.get("guild_id") is None:
            return discord.Permissions.all()  # a direct message
        return await self._places.permissions(channel, int(str(about["guild_id"])))

    def _is_ours(self, message: Raw) -> bool:
        author = message.get("author")
        user = self._client.user
        return user is not None and isinstance(author, dict) and int(author["id"]) == user.id


def outcome(error: BaseException, *, alone: bool) -> ledger.Refused | ledger.NotSent | ledger.Lost:
    """Say what *error* means for a message; *alone*: it was the only attempt, nothing repeated."""
    match error:
        case discord.RateLimited() | discord.HTTPException(status=429):
            return _held("Discord asked to wait.", _retry_after(error), alone=alone)
        case discord.HTTPException(status=status) if 400 <= status < 500 and status != 408:
            return ledger.Refused(status, error.code, _short(error))
        case discord.HTTPException(status=status):
            return ledger.Lost(f"Discord answered {status}.")
        case aiohttp.ClientConnectorError():
            return _held("Discord could not be reached.", 15.0, alone=alone)
    late = isinstance(error, TimeoutError)
    broke = f"The connection to Discord broke: {type(error).__name__}."
    return ledger.Lost("Discord did not answer in time." if late else broke)


def _held(reason: str, wait: float, *, alone: bool) -> ledger.NotSent | ledger.Lost:
    """Return that nothing was sent, unless an attempt before the one that failed may have been."""
    return ledger.NotSent(reason, wait) if alone else ledger.Lost(reason, wait)


def _lost_reading(found: ledger.NotSent | ledger.Lost) -> ledger.Lost:
    return ledger.Lost(found.reason, found.wait)


def _retry_after(error: discord.RateLimited | discord.HTTPException) -> float:
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    try:
        return float(error.response.headers.get("Retry-After", "60"))
    except ValueError:
        return 60.0


def _short(error: discord.HTTPException) -> str:
    """Return Discord's words in one line; a proxy's page of HTML is not repeated."""
    text = " ".join(error.text.split())
    return text[:200] if text and not text.startswith("<") else f"HTTP {error.status}"


def _id(message: Raw) -> int:
    return int(str(message["id"]))


def _bears(message: Raw, marker: str) -> bool:
    """Tell whether *marker* stands in a footer of *message*, or in its last line."""
    shown = message.get("embeds")
    footers = [each.get("footer") or {} for each in shown] if isinstance(shown, list) else []
    texts = [str(footer.get("text", "")) for footer in footers]
    texts += str(message.get("content", "")).splitlines()[-1:]
    return any(embeds.bears(text, marker) for text in texts)
