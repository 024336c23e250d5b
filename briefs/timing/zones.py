"""Names of time zones in, zones out, and names that were nearly right."""

import difflib
import functools
import zoneinfo
from zoneinfo import ZoneInfo

from briefs.errors import UsageError
from briefs.timing.words import shown


def zone(name: str) -> ZoneInfo:
    """Return the time zone called *name*, an alias included, or raise UsageError with near names.

    Only names of the list are ever opened: a zone is a file, and the name is a user's.
    """
    wanted = name.strip()
    if wanted in _zones():
        return ZoneInfo(wanted)
    near = complete_zone(wanted, limit=3) if wanted else ()
    hint = f": did you mean {', '.join(near)}?" if near else "."
    raise UsageError(f"“{shown(wanted)}” is not a time zone like Europe/Kyiv{hint}")


def complete_zone(typed: str, *, limit: int = 25) -> tuple[str, ...]:
    """Return names of time zones that *typed* may be meant to become, the likeliest first."""
    wanted = typed.strip().casefold().replace(" ", "_")[:64]
    names = _zones()
    starts = [name for name in names if name.casefold().startswith(wanted)]
    cities = [name for name in names if _city(name).startswith(wanted)]
    holds = [name for name in names if wanted in name.casefold()]
    folded = {name.casefold(): name for name in names}
    near = [folded[name] for name in difflib.get_close_matches(wanted, folded, n=limit)]
    return tuple(dict.fromkeys([*starts, *cities, *holds, *near]))[:limit]


@functools.cache
def _zones() -> tuple[str, ...]:
    """Return the allowed names, in order; "localtime" and "Factory" are no places."""
    return tuple(sorted(zoneinfo.available_timezones() - {"localtime", "Factory"}))


def _city(name: str) -> str:
    return name.rpartition("/")[2].casefold()
