"""A forum and a marker in, the post that bears it out: a post has no nonce to be known by."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

import aiohttp
import discord

from briefs import ledger

_PAGE = 100
_PAGES = 20


class Once:
    """Given to the library as a file, it lets a request be made once.

    The library makes a request again that Discord answered with an error, and calls `reset` on its
    files before each attempt. A message has a nonce against that; the post of a forum has none.
    """

    def reset(self, *, seek: int | bool = True) -> None:
        """Raise ClientPayloadError before any attempt but the first."""
        if seek:
            raise aiohttp.ClientPayloadError("the attempt failed, and is not made again blindly")


def opens_post(payload: bytes) -> bool:
    """Tell whether *payload* makes a new post in a forum, and is no message of a channel."""
    return bool(payload) and "message" in json.loads(payload)


async def candidates(
    client: discord.Client, forum: int, guild: int, since: datetime
) -> AsyncIterator[int]:
    """Yield the posts of *forum* that we made *since* then: those that are open, then archived."""
    assert client.user is not None
    oldest, us = discord.utils.time_snowflake(since), client.user.id
    active = await client.http.get_active_threads(guild)
    for post in _ours(active["threads"], forum, us, oldest):
        yield post
    async for page in _archived(client, forum, since):
        for post in _ours(page, forum, us, oldest):
            yield post


async def _archived(
    client: discord.Client, forum: int, since: datetime
) -> AsyncIterator[Sequence[Mapping[str, object]]]:
    """Yield pages of archived posts, those archived last first, as far back as *since*."""
    before: str | None = None
    for _ in range(_PAGES):
        page = await client.http.get_public_archived_threads(forum, before=before, limit=_PAGE)
        yield page["threads"]
        if not page["has_more"] or not page["threads"]:
            return
        before = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
        if datetime.fromisoformat(before) < since:
            return
    raise aiohttp.ClientPayloadError("too many posts since then to look through")


def _ours(posts: Sequence[Mapping[str, object]], forum: int, us: int, oldest: int) -> Sequence[int]:
    return [
        int(str(post["id"]))
        for post in posts
        if (int(str(post["parent_id"])), int(str(post["owner_id"]))) == (forum, us)
        and int(str(post["id"])) >= oldest
    ]


async def first_message(client: discord.Client, post: int) -> Mapping[str, object] | None:
    """Return the message that *post* began with; None when somebody deleted it."""
    try:
        return await client.http.get_message(post, post)
    except discord.NotFound as error:
        if error.code == ledger.UNKNOWN_MESSAGE:
            return None
        raise
