"""What one process does, of what several may share."""

from enum import StrEnum


class Role(StrEnum):
    """What `daybrief run --role` takes."""

    ALL = "all"
    BOT = "bot"
    DELIVER = "deliver"

    @property
    def listens(self) -> bool:
        """Whether it is connected to the gateway, answers commands, and keeps the library."""
        return self is not Role.DELIVER

    @property
    def posts(self) -> bool:
        """Whether it plans and posts briefings."""
        return self is not Role.BOT
