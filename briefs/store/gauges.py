"""What is measured while the program runs: numbers, on an index, of what is not finished."""

from collections.abc import Mapping

from sqlalchemy import func, literal_column, select

from briefs.database import Database
from briefs.model import State
from briefs.store.tables import delivery

_OPEN = (State.PLANNED, State.READY, State.SENDING)


class Gauges:
    """Numbers for who looks after the installation; nothing in them is of one scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def deliveries(self) -> Mapping[str, int]:
        """Return how many deliveries are in each state that is not final."""
        state = delivery.c.state
        # written out, so that the index of these is found
        is_open = state.in_([literal_column(f"'{each.value}'") for each in _OPEN])
        query = select(state, func.count()).where(is_open).group_by(state)
        with self._database.read() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {each.value: found.get(each.value, 0) for each in _OPEN}
