"""No pattern that we ship can be made to compute for ever: all are linear on hostile text."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import partial
from types import ModuleType

import bot
import briefs
from briefs import bulk

LENGTH = 100_000
UNITS = ("a", "a!", " ", '"', "1", "A. ", "-")
SECONDS = 60.0  # a second is plenty for a linear one; one that is quadratic takes an hour
ANCHORED = {"match", "fullmatch"}


def modules() -> Iterator[ModuleType]:
    for root in (briefs, bot):
        for info in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if not {"migrations", "train", "__main__"}.intersection(info.name.split(".")):
                yield importlib.import_module(info.name)


def patterns(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from patterns(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from patterns(each)


def shipped() -> dict[tuple[str | bytes, int, bool], str]:
    """Return where each pattern stands, by what it is and whether it only looks at the start."""
    found: dict[tuple[str | bytes, int, bool], str] = {}
    for module in modules():
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            # What is done with it, by its name, or chosen between two in brackets.
            calls = set(re.findall(rf"\b{name}\b[\w ]{{0,60}}\)?\.(\w+)\(", source))
            for each in patterns(value):
                anchored = bool(calls) and calls <= ANCHORED
                found.setdefault((each.pattern, each.flags, anchored), f"{module.__name__}.{name}")
    return found


def tried(item: tuple[str | bytes, int, bool]) -> int:
    """Look for the pattern in hostile texts, as the module does that has it."""
    source, flags, anchored = item
    pattern = re.compile(source, flags)
    texts = [f"{unit * (LENGTH // len(unit))}\x00" for unit in UNITS]
    hostile = [text.encode() if isinstance(source, bytes) else text for text in texts]
    if anchored:
        return sum(pattern.match(text) is not None for text in hostile)
    return sum(sum(1 for _ in pattern.finditer(text)) for text in hostile)


def test_every_pattern_is_linear_on_hostile_text() -> None:
    found = shipped()

    outcomes = bulk.run(
        partial(bulk.processes, 2), tried, sorted(found, key=found.get), seconds=lambda _: SECONDS
    )

    assert len(found) > 400
    assert [found[each.item] for each in outcomes if isinstance(each, bulk.Quarantined)] == []
