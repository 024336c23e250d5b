"""What stands in the channels and on the ledger in, how much of it was right out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select

from briefs import timing
from briefs.model import FINAL, Delivery, State
from briefs.store import Store, tables
from tests.discord_server import Server


def backlog(store: Store, until: datetime | None = None) -> int:
    """Return how many parts, due up to *until* if it is named, are not final."""
    query = select(func.count()).where(tables.delivery.c.state.not_in(sorted(FINAL)))
    if until is not None:
        query = query.where(tables.delivery.c.due <= until)
    with store._database.read() as connection:
        return connection.scalar(query) or 0


def unknown(store: Store) -> set[int]:
    """Return the channels where it is not known whether something was posted."""
    newest = [store.deliveries.of(each.scope, each.id, limit=4) for each in store.schedules.every()]
    return {row.channel for rows in newest for row in rows if row.state is State.SENDING}


def overdue(store: Store, until: datetime) -> int:
    """Return how many due times up to *until* are not final in all their parts."""
    return sum(not _is_final(rows) for rows in _due(store, until))


def judged(store: Store, discord: Server, until: datetime) -> Counter[str]:
    """Count due times up to *until* by what became of them, messages, and what is wrong."""
    counts = Counter()
    for rows in _due(store, until):
        counts["due times"] += 1
        counts[_fate(rows)] += 1
        counts["silent losses"] += _is_lost(rows, discord)
        counts["reconciled from history"] += sum(row.how == "reconciled" for row in rows)
    counts["messages"] = len(messages := _messages(discord))
    counts["duplicates"] = len(messages) - len(_owned(store, messages))
    counts["deduplicated by nonce"] = _accepted(discord) - len(messages)
    return counts


def _due(store: Store, until: datetime) -> Iterator[Sequence[Delivery]]:
    """Yield for each due time what the ledger says of its parts, in order; () when nothing."""
    for schedule in store.schedules.every():
        rows = store.deliveries.of(schedule.scope, schedule.id, limit=1_000_000)[::-1]
        known = {key: list(parts) for key, parts in groupby(rows, lambda r: (r.date, r.slot))}
        for due in timing.due_between(schedule, schedule.created, until):
            yield known.get((due.date, due.slot), ())


def _is_final(rows: Sequence[Delivery]) -> bool:
    return bool(rows) and len(rows) == rows[0].parts and all(row.state in FINAL for row in rows)


def _fate(rows: Sequence[Delivery]) -> str:
    """Return the state of a due time: that of the first part which was not sent, or else sent."""
    if not _is_final(rows):
        return "not final"
    return next((str(row.state) for row in rows if row.state is not State.SENT), "sent")


def _is_lost(rows: Sequence[Delivery], discord: Server) -> bool:
    """Tell whether a due time is not final, has no reason, or is sent and not in its channel."""
    return not _is_final(rows) or not all(_is_told(row, discord) for row in rows)


def _is_told(row: Delivery, discord: Server) -> bool:
    if row.state is not State.SENT:
        return bool(row.reason)
    message = discord.world.channels[row.channel].stored.get(row.message)
    return message is not None and not message.deleted


def _messages(discord: Server) -> list[tuple[int, int, str]]:
    """Return channel, id and nonce of what the bot posted in the guild's channels."""
    return [
        (channel.id, message.id, message.nonce or "")
        for channel in discord.guild.channels.values()
        for message in channel.messages
        if message.author is discord.bot
    ]


def _owned(store: Store, messages: Sequence[tuple[int, int, str]]) -> set[tuple[object, ...]]:
    """Return the parts that *messages* stand for: each may be visible once.

    A message belongs to the part that names it, or else to one whose outcome is unknown.
    """
    owners, open_ = {}, {}
    for schedule in store.schedules.every():
        for row in store.deliveries.of(schedule.scope, schedule.id, limit=1_000_000):
            key = (row.schedule, row.date, row.slot, row.part)
            if row.state is State.SENT:
                owners[row.channel, row.message] = key
            elif row.nonce:
                open_[row.channel, row.nonce] = key
    found = [owners.get((c, i)) or open_.get((c, n)) for c, i, n in messages]
    return {key for key in found if key is not None}


def _accepted(discord: Server) -> int:
    """Return how many requests for a message of the guild took effect or found it made."""
    posts = discord.sent("POST", "/channels/*/messages")
    here = {f"/channels/{channel}/messages" for channel in discord.guild.channels}
    answers = [each.response for each in posts if each.path in here]
    return sum(isinstance(answer, dict) and "id" in answer for answer in answers)
