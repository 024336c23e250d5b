"""What the store is told of servers: functions for the worker."""

from collections.abc import Callable, Mapping
from datetime import datetime

from briefs.model import Schedule, ScheduleId, Scope
from briefs.store import Store

LEFT = "Daybrief is no longer in this server"


def meet(
    store: Store,
    here: Mapping[int, str],
    now: datetime,
    ours: Callable[[int], bool] = lambda _guild: True,
) -> None:
    """Bring the store in line with the servers that the bot is in *here*: ids and names.

    Of those that are not *ours*, other processes know.
    """
    for guild in store.guilds.listing():
        if guild.left is None and guild.id not in here and ours(guild.id):
            leave(store, guild.id, guild.name, now)
    for number, name in sorted(here.items()):
        join(store, number, name, now)


def join(store: Store, guild: int, name: str, now: datetime) -> None:
    """Note that the bot is in *guild*, and resume what leaving had paused."""
    store.guilds.joined(guild, name, now)
    for schedule in _own(store, guild):
        if schedule.paused == LEFT:
            store.schedules.resume(schedule.id)


def leave(store: Store, guild: int, name: str, now: datetime) -> None:
    """Note that the bot is no longer in *guild*, and pause its schedules."""
    store.guilds.joined(guild, name, now)  # it may be left before it was ever noted
    store.guilds.left(guild, now)
    for schedule in _own(store, guild):
        if not schedule.paused:
            store.schedules.pause(schedule.id, LEFT)


def purge(store: Store, before: datetime) -> None:
    """Delete all that servers kept which the bot left *before* then."""
    store.guilds.purge_left(before)


def first_time(store: Store, schedule: ScheduleId, key: str, now: datetime) -> Schedule | None:
    """Return *schedule* if nobody was told *key* yet, and note that somebody is."""
    found = store.schedules.get(schedule)
    if found is None or not store.notices.tell(key, now):
        return None
    return found


def _own(store: Store, guild: int) -> list[Schedule]:
    found = store.schedules.listing(Scope(guild))
    return [schedule for schedule in found if schedule.scope == guild]
