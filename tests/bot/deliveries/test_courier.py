"""What Discord's answers and failures mean, and what a channel's history proves."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.deliveries import Courier, courier
from briefs import ledger

NOW = datetime(2026, 1, 1, 7, 30, tzinfo=UTC)
US, THEM = 42, 43
READER = discord.Permissions(view_channel=True, read_message_history=True)


class Http:
    """Discord's REST interface: a script of answers to posts, and the messages of one channel."""

    def __init__(self, *answers, messages=(), last="1", guild="7"):
        self.answers = list(answers)
        self.messages = sorted(messages, key=lambda message: -int(message["id"]))
        self.about = {"id": "5", "last_message_id": last, "guild_id": guild}
        self.sent = []
        self.pages = 0

    async def request(self, route, *, json, files=None):
        self.sent.append((route.method, route.url, json))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, asyncio.Event):
            await answer.wait()
        return answer

    async def get_channel(self, channel):
        if isinstance(self.about, BaseException):
            raise self.about
        return self.about

    async def logs_from(self, channel, limit, before=None):
        self.pages += 1
        older = [each for each in self.messages if before is None or int(each["id"]) < before]
        return older[:limit]


class Client:
    """A client that knows nothing but how to ask; *permissions* are ours in every channel."""

    def __init__(self, http, permissions=READER):
        self.http = http
        self.user = SimpleNamespace(id=US)
        self.permissions = permissions

    def get_channel(self, channel):
        return None

    async def fetch_guild(self, guild):
        return self

    async def fetch_member(self, member):
        assert member == US
        return self

    async def fetch_channel(self, channel):
        return self

    def permissions_for(self, member):
        return self.permissions


def failure(status, body, headers=None, kind=discord.HTTPException):
    return kind(SimpleNamespace(status=status, reason="x", headers=headers or {}), body)


def message(at, marker="abcd1234", author=US, number=0):
    footer = {"text": f"Daybrief · {marker} · page 1/2"}
    return {
        "id": str(discord.utils.time_snowflake(at) + number),
        "author": {"id": str(author)},
        "embeds": [{"footer": footer}],
    }


async def post(*answers, seconds=45.0):
    http = Http(*answers)
    return await Courier(Client(http), timeout=seconds).post(5, b'{"nonce":"n"}')


async def find(http, **others):
    return await Courier(Client(http, **others)).find(5, "abcd1234", NOW)


async def test_what_is_stored_is_what_is_sent():
    http = Http({"id": "99"})
    body = {"nonce": "n", "enforce_nonce": True, "embeds": [{"title": "x"}]}
    result = await Courier(Client(http)).post(5, json.dumps(body).encode())

    assert result == ledger.Accepted(99)
    ((method, url, sent),) = http.sent
    assert (method, url.endswith("/channels/5/messages"), sent) == ("POST", True, body)


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (
            failure(403, {"code": 50013, "message": "Missing Permissions"}, kind=discord.Forbidden),
            ledger.Refused(403, 50013, "Missing Permissions"),
        ),
        (
            failure(404, {"code": 10003, "message": "Unknown Channel"}, kind=discord.NotFound),
            ledger.Refused(404, 10003, "Unknown Channel"),
        ),
        (failure(401, "401: Unauthorized"), ledger.Refused(401, 0, "401: Unauthorized")),
        (failure(403, "<html>blocked</html>"), ledger.Refused(403, 0, "HTTP 403")),
        (failure(503, "", kind=discord.DiscordServerError), ledger.Lost("Discord answered 503.")),
        (failure(502, "<html>"), ledger.Lost("Discord answered 502.")),
        (failure(408, ""), ledger.Lost("Discord answered 408.")),
        (discord.RateLimited(3600.0), ledger.NotSent("Discord asked to wait.", 3600.0)),
        (
            failure(429, "<html>", {"Retry-After": "7"}),
            ledger.NotSent("Discord asked to wait.", 7.0),
        ),
        (
            failure(429, "<html>", {"Retry-After": "Thu, 01 Jan"}),
            ledger.NotSent("Discord asked to wait.", 60.0),
        ),
        (
            ConnectionResetError(104, "reset"),
            ledger.Lost("The connection to Discord broke: ConnectionResetError."),
        ),
        (
            aiohttp.ServerDisconnectedError(),
            ledger.Lost("The connection to Discord broke: ServerDisconnectedError."),
        ),
        (TimeoutError(), ledger.Lost("Discord did not answer in time.")),
    ],
    ids=str,
)
async def test_each_failure_means_what_it_proves(error, event):
    assert await post(error) == event


async def test_a_connection_that_was_never_made_sent_nothing():
    key = SimpleNamespace(host="discord.com", port=443, ssl=True)
    error = aiohttp.ClientConnectorError(key, OSError(111, "refused"))

    assert await post(error) == ledger.NotSent("Discord could not be reached.", 15.0)


@pytest.mark.parametrize("error", [discord.RateLimited(3600.0), failure(429, "<html>")], ids=str)
def test_a_wait_that_came_after_a_repeat_proves_nothing(error):
    """The library repeats after a 502, which may have stored the message."""
    assert isinstance(courier.outcome(error, alone=False), ledger.Lost)
    assert isinstance(courier.outcome(error, alone=True), ledger.NotSent)


async def test_an_answer_that_never_comes_is_given_up():
    assert await post(asyncio.Event(), seconds=0.01) == ledger.Lost(
        "Discord did not answer in time."
    )


@pytest.mark.parametrize("answer", ["<html>", {}, {"id": None}], ids=str)
async def test_an_answer_that_is_not_understood_leaves_the_outcome_unknown(answer, caplog):
    assert isinstance(await post(answer), ledger.Lost)


async def test_a_post_that_is_cancelled_is_cancelled():
    task = asyncio.create_task(post(asyncio.Event()))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_our_message_is_found_by_its_marker():
    mine = message(NOW)
    http = Http(messages=[mine, message(NOW, marker="other123", number=1)])

    assert await find(http) == ledger.Found(int(mine["id"]))


async def test_a_message_of_somebody_else_proves_nothing():
    assert await find(Http(messages=[message(NOW, author=THEM)])) == ledger.Absent()


async def test_a_message_without_embeds_is_read_over():
    bare = message(NOW) | {"embeds": []}
    plain = message(NOW, number=1) | {"embeds": [{"title": "x"}]}

    assert await find(Http(messages=[bare, plain])) == ledger.Absent()


async def test_pages_are_followed_until_they_are_older_than_the_first_attempt():
    mine = message(NOW - timedelta(minutes=2))
    later = [message(NOW + timedelta(seconds=n), "other123") for n in range(250)]
    long_before = [message(NOW - timedelta(hours=n), "other123") for n in range(1, 300)]
    there, gone = Http(messages=[mine, *later, *long_before]), Http(messages=[*later, *long_before])

    assert await find(there) == ledger.Found(int(mine["id"]))
    assert await find(gone) == ledger.Absent()
    assert gone.pages == 3


async def test_a_clock_of_ours_that_is_ahead_hides_no_message():
    mine = message(NOW - timedelta(hours=3))

    assert await find(Http(messages=[mine])) == ledger.Found(int(mine["id"]))


async def test_an_empty_channel_that_is_known_to_be_empty_proves_absence():
    assert await find(Http(last=None)) == ledger.Absent()


async def test_a_history_that_shows_nothing_of_a_channel_with_messages_proves_nothing():
    assert isinstance(await find(Http(last="12")), ledger.CannotTell)


async def test_a_message_that_was_deleted_since_may_have_been_ours():
    deleted = message(NOW, number=5)
    before = message(NOW - timedelta(hours=1), "other123")

    for there in ([before], []):
        found = await find(Http(messages=there, last=deleted["id"]))
        assert isinstance(found, ledger.CannotTell)
        assert "was deleted" in found.reason


async def test_a_message_that_was_deleted_long_before_was_not_ours():
    first, deleted = (message(NOW - timedelta(hours=n), "other123") for n in (2, 1))

    assert await find(Http(messages=[first], last=deleted["id"])) == ledger.Absent()


@pytest.mark.parametrize(
    "permissions",
    [
        discord.Permissions(view_channel=True),
        discord.Permissions(read_message_history=True),
        discord.Permissions.none(),
    ],
)
async def test_without_the_permissions_nothing_is_proved(permissions):
    http = Http(messages=[message(NOW, "other123")])

    assert isinstance(await find(http, permissions=permissions), ledger.CannotTell)


async def test_a_direct_message_needs_no_permission():
    http = Http(messages=[message(NOW, "other123")], guild=None)

    assert await find(http, permissions=discord.Permissions.none()) == ledger.Absent()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (failure(403, {"code": 50001}, kind=discord.Forbidden), ledger.CannotTell),
        (failure(404, {"code": 10003}, kind=discord.NotFound), ledger.Refused),
        (failure(401, ""), ledger.Refused),
        (failure(503, "", kind=discord.DiscordServerError), ledger.Lost),
        (discord.RateLimited(99.0), ledger.Lost),
        (ConnectionResetError(104, "reset"), ledger.Lost),
        (TimeoutError(), ledger.Lost),
    ],
    ids=str,
)
async def test_a_history_that_cannot_be_asked_for_is_told_from_one_that_may_not(error, kind):
    http = Http()
    http.about = error

    assert isinstance(await find(http), kind)
