"""When it was last looked what is due, and why it was not for a while: kept to be told later."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from briefs.database import Database
from briefs.model import Gap, Interruption, Looks, State
from briefs.store import dialect
from briefs.store.tables import delivery, schedule
from briefs.store.tables import installation as table

_LAST, _ENDED, _BETWEEN = "looked", "ended", "interruptions"
_KEPT = 100  # interruptions, the newest


class Looking:
    """The looks at the clock of all processes together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> Looks:
        """Return what is known of the looks so far."""
        with self._database.read() as connection:
            return _known(connection)

    def note(self, now: datetime, interruption: Interruption | None = None) -> None:
        """Note that it is looked *now*, after an *interruption* if there was one."""
        with self._database.write() as connection:
            _put(connection, _LAST, now.isoformat())
            connection.execute(delete(table).where(table.c.key == _ENDED))
            if interruption is not None:
                kept = (*_known(connection).interruptions, interruption)[-_KEPT:]
                _put(connection, _BETWEEN, json.dumps([_plain(each) for each in kept]))

    def end(self, now: datetime, how: str) -> None:
        """Note that the program ends *now*, and *how*, in a sentence."""
        with self._database.write() as connection:
            _put(connection, _LAST, now.isoformat())
            _put(connection, _ENDED, how)

    def set_back(self, now: datetime) -> None:
        """Forget how far was looked while the clock was ahead of *now*, or nothing would be due.

        What was posted then keeps its row, so that no date is posted twice.
        """
        ahead = (delivery.c.due > now, delivery.c.state == State.SKIPPED.value)
        with self._database.write(durable=True) as connection:
            connection.execute(delete(delivery).where(*ahead, delivery.c.claimed.is_(None)))
            for name in ("planned_until", "covered_until"):
                later = update(schedule).where(schedule.c[name] > now)
                connection.execute(later.values({name: now, "next_due": now}))


def _known(connection: Connection) -> Looks:
    query = select(table.c.key, table.c.value).where(table.c.key.in_([_LAST, _ENDED, _BETWEEN]))
    values = {row.key: row.value for row in connection.execute(query)}
    last = values.get(_LAST)
    return Looks(
        last=datetime.fromisoformat(last) if last else None,
        ended=values.get(_ENDED, ""),
        interruptions=tuple(_word(each) for each in json.loads(values.get(_BETWEEN, "[]"))),
    )


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(dialect.replacing(table), [{"key": key, "value": value}])


def _plain(each: Interruption) -> dict[str, str]:
    start, end = each.start.isoformat(), each.end.isoformat()
    return {"gap": each.gap, "start": start, "end": end, "note": each.note}


def _word(value: Mapping[str, str]) -> Interruption:
    start, end = (datetime.fromisoformat(value[key]) for key in ("start", "end"))
    return Interruption(Gap(value["gap"]), start, end, value["note"])
