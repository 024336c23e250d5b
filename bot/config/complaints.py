"""What pydantic found wrong in, one sentence out: the key, what it holds, what it should hold."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.config.checks import SaidError
from bot.config.tables import Config

Place: TypeAlias = tuple[int | str, ...]


def sentence(error: ValidationError, shown: str, sources: Mapping[str, str]) -> str:
    """Put the first thing that is wrong in one sentence."""
    first = error.errors(include_url=False)[0]
    place = first["loc"]
    key = key_of(place)
    where = next((name for set_, name in sources.items() if _related(key, set_)), shown)
    if first["type"] == "extra_forbidden":
        return _unknown(place, where)
    if first["type"] == "missing":
        return f"{key} is missing in {where}: give it {_expected(place)}."
    value = _literal(first["input"])
    if first["type"] == "value_error":
        reason = first["ctx"]["error"]
        said = isinstance(reason, SaidError)
        return f"{key} in {where}: {reason}" if said else f"{key} in {where} is {value}: {reason}."
    return f"{key} in {where} is {value}, but has to be {_expected(place)}."


def is_text(parts: Sequence[str]) -> bool:
    """Tell whether the key that *parts* lead to takes any text as it stands."""
    *above, last = [part for part in parts if not part.isdecimal()]
    try:
        field = _fields(tuple(above)).get(last)
    except KeyError:
        return False
    return field is not None and field.annotation is str


def key_of(place: Iterable[int | str]) -> str:
    """Return "schedules[0].time" for ("schedules", 0, "time")."""
    parts = [f"[{part}]" if str(part).isdecimal() else f".{part}" for part in place]
    return "".join(parts).removeprefix(".")


def _related(key: str, other: str) -> bool:
    return key.startswith(other) or other.startswith(key)


def _unknown(place: Place, where: str) -> str:
    if place[-1] == "token":
        return (
            f"A token must not stand in {where}, where it is easily shared: set DAYBRIEF_TOKEN, or"
            " name a file that only you can read in discord.token_file."
        )
    known = list(_fields(place[:-1]))
    near = difflib.get_close_matches(str(place[-1]), known, n=1)
    meant = f"did you mean {key_of((*place[:-1], *near))}?"
    remedy = meant if near else f"known are {', '.join(known)}."
    return f"{key_of(place)} in {where} is not a setting; {remedy}"


def _expected(place: Place) -> str:
    """Return what a key should hold, from its description; a list's for its entries."""
    *above, last = [part for part in place if isinstance(part, str)]
    return _fields(tuple(above))[last].description or "a table"


def _fields(place: Place) -> dict[str, FieldInfo]:
    """Return the keys of the table that *place* leads to."""
    model: type[BaseModel] = Config
    for part in place:
        if isinstance(part, str):
            annotation = model.model_fields[part].annotation
            found = next(iter(get_args(annotation)), annotation)
            model = found if isinstance(found, type) else model
    return model.model_fields


def _literal(value: object) -> str:
    """Return *value* as it would be written, shortened, without the password of an address."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    text = re.sub(r"(?<=://)[^/\s@]{1,256}@", "…@", text)
    text = re.sub(r"(?<=password=)[^\s&\"]{1,256}", "…", text)
    return text if len(text) <= 80 else f"{text[:80]}…"
