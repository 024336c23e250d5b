"""What editors did to a briefing in, its messages changed accordingly out: nothing else edits them.

The ledger's rows stay as they are: what was sent was sent. Each message keeps its marker.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

import aiohttp
import discord
from discord.http import Route

from bot.client import Client
from bot.deliveries import courier
from bot.views import redrawn
from bot.views.redrawn import Body
from briefs import ledger
from briefs.errors import NotFoundError
from briefs.model import EditKind, Scope, State
from briefs.store import Part, Store

_TIMEOUT = 45.0  # seconds for one message
_FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
_TOO_OLD = (
    "Discord lets a message that is older than an hour be edited only a few times: try again "
    "later, or delete it in Discord"
)
_WORDS = {
    30046: _TOO_OLD,
    10003: "the channel is gone",
    10008: "the message was deleted",
    50001: "Daybrief cannot see the channel: allow View Channel there",
    50013: "Daybrief may not do that in the channel: allow View Channel and Send Messages there",
    50083: "the thread is archived: open it first",
}


class Change(NamedTuple):
    """A message, and what it is to become."""

    channel: int
    message: int
    body: Body


class Outcome(NamedTuple):
    """How many of the messages were changed, and why the next one was not, in words."""

    done: int
    messages: int
    reason: str = ""
    untouched: bool = False  # for certain nothing was changed

    def sentence(self) -> str:
        """Say what went wrong; "" when nothing did."""
        if not self.reason:
            return ""
        if self.untouched:
            return f"Nothing was changed: {self.reason}."
        return f"{self.done} of {self.messages} messages are changed, then: {self.reason}."


async def redraw(client: Client, scope: Scope, number: int) -> Outcome:
    """Bring the messages of briefing *number* in line with what editors did; say what came of it.

    Raises UsageError when it cannot be shown again, NotFoundError when there is nothing to edit.
    """
    changes = await client.work(_changes, scope, number)
    for done, change in enumerate(changes):
        event = await _edit(client, change)
        if event is not None:
            reason = _reason(event)
            untouched = not done and not isinstance(event, ledger.Lost)
            return Outcome(done, len(changes), reason, untouched)
    return Outcome(len(changes), len(changes))


async def _edit(
    client: Client, change: Change
) -> ledger.Refused | ledger.NotSent | ledger.Lost | None:
    """Edit one message; return what went wrong, None when nothing did."""
    route = Route(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        channel_id=change.channel,
        message_id=change.message,
    )
    try:
        async with asyncio.timeout(_TIMEOUT):
            await client.http.request(route, json=change.body)
    except _FAILURES as error:
        return courier.outcome(error, alone=True)
    return None


def _reason(event: ledger.Refused | ledger.NotSent | ledger.Lost) -> str:
    if isinstance(event, ledger.Refused):
        known = _WORDS.get(event.code)
        return known or f"Discord refused it: {event.text} ({event.status}, code {event.code})"
    return f"{event.reason.rstrip('.')}: press again in a minute"


def _changes(store: Store, scope: Scope, number: int) -> list[Change]:
    """Return the messages that are not as they should be, with what they are to become."""
    parts = store.postings.parts(scope, number)
    if not any(_stands(part) for part in parts):
        raise NotFoundError("The messages of this briefing are not known any more.")
    bodies = redrawn.bodies(store, scope, parts, number)
    edits = store.postings.edits_of(scope, number)
    again = any(edit.action is EditKind.SHOW for edit in edits)  # it is not as it was posted
    return [
        Change(part.channel, part.message, body)
        for part, body in zip(parts, bodies, strict=True)
        if _stands(part) and (again or not _is_shown(part, body))
    ]


def _stands(part: Part) -> bool:
    return part.state is State.SENT and part.message > 0


def _is_shown(part: Part, body: Mapping[str, object]) -> bool:
    """Tell whether a message was posted just so; nothing is taken off the buttons under it."""
    was = redrawn.posted(part)
    return "components" not in body and all(
        was.get(key) == body.get(key) for key in ("embeds", "content") if key in body
    )
