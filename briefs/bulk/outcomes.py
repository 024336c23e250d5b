"""What became of an item."""

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T, R]):
    """An item, counted from 0, with what the function made of it."""

    index: int
    item: T
    value: R


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined(Generic[T]):
    """An item that the function cannot do; `reason` is fit to show to a user."""

    index: int
    item: T
    reason: str


Outcome: TypeAlias = Done[T, R] | Quarantined[T]
