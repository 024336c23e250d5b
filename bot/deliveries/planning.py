"""A look at the clock in, rows of the ledger out; and what an earlier process left, taken over."""

import logging
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

from briefs import corrections, ledger, timing
from briefs.model import BY_HAND, Delivery, Schedule, State
from briefs.store import Store
from briefs.store.installation import RESTORED

log = logging.getLogger(__name__)

_RESTORED = "A backup was restored: what was due before that is not posted again."


def take_over(store: Store, now: datetime) -> None:
    """Free what an earlier process held; after a restored backup, let nothing old be posted.

    A backup does not know what was posted since it was made. Where several processes share the
    store, what a dead one held is free when its lease ends.
    """
    if not store.shared:
        store.deliveries.release_all()
        store.postings.corrections.release_all()
    store.postings.forget_quoted(now - corrections.KEPT_FOR)
    if store.installation.get(RESTORED) is None:
        return
    for schedule in store.schedules.every():
        with suppress(ZoneInfoNotFoundError):
            store.deliveries.plan(schedule, timing.plan_none(schedule, now, _RESTORED))
    store.deliveries.drop_open(_RESTORED)
    store.postings.corrections.drop_open(_RESTORED)
    store.postings.forget_quoted(now)
    store.installation.remove(RESTORED)


def plan_due(store: Store, now: datetime) -> None:
    """Give every due time up to *now* its row, sent or skipped; reads only schedules with one."""
    for schedule in store.schedules.due(now):
        try:
            missed = store.installation.looking.known().interruptions
            plan = timing.plan(schedule, now, missed=missed)
        except ZoneInfoNotFoundError:
            log.warning("schedule %s: no time zone %s", schedule.id, schedule.timezone)
            continue
        store.deliveries.plan(schedule, plan)


def taken_up(row: Delivery, schedule: Schedule | None, now: datetime) -> ledger.Event:
    """Return the first event of a claimed row: nothing is begun for a schedule that is off.

    What is late waits for the end of quiet hours; what was asked for by hand never does.
    """
    if row.state is State.SENDING:
        return ledger.Claimed()
    if schedule is None:
        return ledger.Withdrawn("The schedule was deleted.")
    if row.slot >= BY_HAND:
        return ledger.Claimed()
    if reason := timing.why_off(schedule, now):
        return ledger.Withdrawn(reason)
    if row.part == 1 and now - row.due >= timing.LATE:
        return _in_quiet_hours(schedule, now) or ledger.Claimed()
    return ledger.Claimed()


def _in_quiet_hours(schedule: Schedule, now: datetime) -> ledger.Held | None:
    end = timing.quiet_until(schedule, now)
    if end is None:
        return None
    quiet = timing.spell_quiet(schedule.quiet)
    return ledger.Held(end, f"It waits for the end of the quiet hours ({quiet}).")
