"""What deliveries ask of who puts them together: a briefing as bytes, and a word to its owner."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeAlias

from briefs.model import Delivery, Schedule, ScheduleId, Stage


class Stamp(NamedTuple):
    """What a message is known by: to Discord, and in the channel's history."""

    nonce: str
    marker: str


class Rendering(NamedTuple):
    """The bytes of each part of a briefing, and what became of the documents it looked at."""

    payloads: Sequence[bytes]
    stages: tuple[Stage, ...] = ()


# (schedule, delivery with its window, the stamp of the n-th part, whether embeds are not allowed)
Render: TypeAlias = Callable[
    [Schedule, Delivery, Callable[[int], Stamp], bool], Awaitable[Rendering]
]
# (schedule, key, text): tell who looks after it, unless *key* was told before
Tell: TypeAlias = Callable[[ScheduleId, str, str], Awaitable[None]]
