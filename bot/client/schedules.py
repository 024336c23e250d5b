"""A schedule of config.toml in, a schedule of the store out."""

from datetime import datetime

from bot import config
from briefs import timing
from briefs.model import Schedule, Scope


def made(given: config.Schedule, scope: Scope, now: datetime) -> Schedule:
    """Return the schedule that the file asks for; it belongs to the server of its channel."""
    return timing.make(
        name=given.name,
        channel=given.channel,
        times=given.time,
        days=given.days,
        timezone=given.timezone,
        scope=scope,
        now=now,
        about=given.about,
        length=given.length,
        sections=given.sections,
        owner="file",
    )
