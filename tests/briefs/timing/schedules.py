"""A schedule to try times on."""

from datetime import UTC, datetime

from briefs import timing
from briefs.model import PUBLIC

START = datetime(2026, 1, 1, tzinfo=UTC)


def schedule(times="07:30", days="daily", timezone="Europe/Kyiv", now=START, **others):
    return timing.make(
        name="morning",
        channel=1,
        times=times,
        days=days,
        timezone=timezone,
        scope=PUBLIC,
        now=now,
        **others,
    )
