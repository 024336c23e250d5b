"""What a briefing is to be on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a briefing is to be on; see `compose`."""

    since: datetime
    until: datetime
    about: str = ""
    length: str = "normal"
    samples: bool = True
    backlog: bool = True  # with what feeds held when they were added, which is no news
    sections: tuple[str, ...] = ()
    user: int = 0  # whose watch-list counts, besides the server's
