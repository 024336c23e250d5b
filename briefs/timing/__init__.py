"""Schedules in, due times out: when a briefing is due, which one is posted late, what it covers.

Pure: no clock is read here. A local time that the clocks jump over moves forward by the length of
the gap, even past midnight, and keeps the date it was planned for; a time that happens twice counts
the first time; a date exists when its noon does. So every existing date that matches has exactly
one instant for each of its slots, in every zone. A time inside quiet hours moves to their end.
"""

from briefs.timing.calendars import exists
from briefs.timing.days import parse_days, spell_days
from briefs.timing.holidays import parse_skip, read_skip, spell_skip
from briefs.timing.hours import (
    parse_quiet,
    parse_time,
    parse_times,
    spell_quiet,
    spell_span,
    spell_times,
)
from briefs.timing.interruptions import NOTICED, Glance, noticed, spell, spell_down
from briefs.timing.making import check, edit, make, notes
from briefs.timing.owing import (
    FIRST_WINDOW,
    due_between,
    next_due,
    quiet_until,
    spell_until,
    why_off,
    window,
)
from briefs.timing.pausing import parse_until
from briefs.timing.periods import LONGEST_GRACE, MINIMUM_INTERVAL, grace_of
from briefs.timing.planning import LATE, plan, plan_edit, plan_none
from briefs.timing.weekdays import DAYS
from briefs.timing.zones import complete_zone, zone

__all__ = [
    "DAYS",
    "FIRST_WINDOW",
    "LATE",
    "LONGEST_GRACE",
    "MINIMUM_INTERVAL",
    "NOTICED",
    "Glance",
    "check",
    "complete_zone",
    "due_between",
    "edit",
    "exists",
    "grace_of",
    "make",
    "next_due",
    "notes",
    "noticed",
    "parse_days",
    "parse_quiet",
    "parse_skip",
    "parse_time",
    "parse_times",
    "parse_until",
    "plan",
    "plan_edit",
    "plan_none",
    "quiet_until",
    "read_skip",
    "spell",
    "spell_days",
    "spell_down",
    "spell_quiet",
    "spell_skip",
    "spell_span",
    "spell_times",
    "spell_until",
    "why_off",
    "window",
    "zone",
]
