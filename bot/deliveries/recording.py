"""A row of the ledger and what goes with it in, kept in the store: functions for the worker."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries import forums
from bot.deliveries.courier import TIMEOUT
from briefs import ledger
from briefs.model import FINAL, Delivery, Publishing, Schedule, State
from briefs.store import Hold, Store

LEASE = timedelta(seconds=60)  # longer than an attempt may take
_ATTEMPT = timedelta(seconds=TIMEOUT)


def ended(row: Delivery, schedule: Schedule | None, now: datetime) -> Delivery:
    """Note when *row* became final, where it is, and that it is to be published."""
    if row.state not in FINAL:
        return row
    row = replace(row, ended=now)
    if row.state is not State.SENT or not row.message:
        return row
    if forums.opens_post(row.payload):
        return replace(row, thread=row.message)
    if schedule is not None and schedule.publish:
        return replace(row, publish=Publishing.WANTED, publish_at=now)
    return row


def was_told(store: Store, effect: ledger.TellRecovery) -> bool:
    """Tell whether there was a failure that *effect* is the recovery from."""
    return store.notices.told(effect.prefix, effect.suffix)


def schedule_of(store: Store, row: Delivery) -> Schedule | None:
    """Return the schedule of *row*; None when it was deleted."""
    return store.schedules.get(row.schedule)


def again(store: Store, row: Delivery) -> Delivery:
    """Return *row* as it stands now."""
    return store.deliveries.again(row)


def ready(store: Store, parts: Sequence[Delivery], now: datetime) -> bool:
    """Write the rendered *parts*; False when they are not ours."""
    return store.deliveries.ready(parts, Hold(now, LEASE))


def may_post(store: Store, row: Delivery, now: datetime) -> bool:
    """Tell whether an attempt that begins *now* ends before another process may take *row* up.

    A process that was frozen finds out here. Alone with its store none can lose a row.
    """
    return not store.shared or store.deliveries.time_left(row, now) >= _ATTEMPT


def save(store: Store, row: Delivery, effects: Sequence[ledger.Effect], now: datetime) -> bool:
    """Write *row* and, in the same transaction, what *effects* mean for other rows."""
    goes_on, cover, rest, pause = False, None, "", ("", 0)
    for effect in effects:
        match effect:
            case ledger.Post() | ledger.Reconcile():
                goes_on = True
            case ledger.Cover(until):
                cover = until
            case ledger.DropRest(reason):
                rest = reason
            case ledger.PauseSchedule(reason, after):
                pause = (reason, after)
    hold = Hold(now, LEASE) if goes_on else None
    return store.deliveries.save(row, hold=hold, rest=rest, cover=cover, pause=pause)
