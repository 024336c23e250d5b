"""config.toml and the environment in, typed, checked, frozen values out.

Every complaint is one sentence that names the key, what it holds and what it should hold.
"""

import json
import re
import stat
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config import complaints
from bot.config.checks import API_BASE, loopback
from bot.config.roles import Role
from bot.config.tables import Config, Discord, Feed, Network, Schedule
from briefs.errors import ConfigError

__all__ = [
    "API_BASE",
    "APPLICATIONS",
    "DEFAULT_PATH",
    "TOKEN",
    "Config",
    "Discord",
    "Feed",
    "Network",
    "Role",
    "Schedule",
    "load",
    "loopback",
    "token",
]

DEFAULT_PATH = Path("config.toml")
PREFIX = "DAYBRIEF_"
TOKEN = f"{PREFIX}TOKEN"
APPLICATIONS = "https://discord.com/developers/applications"

_TOKEN_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def load(path: Path | None, environment: Mapping[str, str]) -> Config:
    """Read *path*, or config.toml when there is one, and let *environment* override it.

    Relative paths, also those of the environment, are relative to the file's folder. Raises
    ConfigError.
    """
    values = _read(path)
    shown = str(path or DEFAULT_PATH)
    sources = _override(values, environment)
    for section, field in Config.model_fields.items():
        if field.is_required():
            values.setdefault(section, {})
    try:
        return Config.model_validate(values, context=(path or DEFAULT_PATH).absolute().parent)
    except ValidationError as error:
        raise ConfigError(complaints.sentence(error, shown, sources)) from None


def token(config: Config, environment: MutableMapping[str, str]) -> str:
    """Return the bot's token and take it out of *environment*, so that workers do not inherit it.

    Raises ConfigError when there is none, when its file may be read by others, and when it cannot
    be a token.
    """
    given = environment.pop(TOKEN, "").strip()
    found = given or _token_in(config.discord.token_file)
    origin = TOKEN if given else "discord.token_file"
    if not found:
        raise ConfigError(
            f"There is no bot token: make an application at {APPLICATIONS}, press Reset Token on"
            f" its Bot page, and start again with {TOKEN} set to what you are shown."
        )
    if not _TOKEN_FORM.fullmatch(found):
        raise ConfigError(
            f"{origin} does not hold a bot token, which is three parts joined by full stops: copy"
            f" the one that the Bot page of your application shows at {APPLICATIONS}."
        )
    return found


def _token_in(path: str) -> str:
    if not path:
        return ""
    if _TOKEN_FORM.fullmatch(Path(path).name) and not Path(path).exists():
        raise ConfigError("discord.token_file holds a token, but has to name a file that does.")
    try:
        if Path(path).stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            raise ConfigError(
                f"discord.token_file {path} can be read by other users: run chmod 600 {path}"
            )
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"discord.token_file {path} cannot be read: {_why(error)}.") from error


def _read(path: Path | None) -> dict[str, Any]:
    try:
        return tomllib.loads((path or DEFAULT_PATH).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_syntax(path or DEFAULT_PATH, str(error))) from error
    except FileNotFoundError as error:
        if path is None:
            return {}
        raise ConfigError(f"There is no file {path}: check --config.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path or DEFAULT_PATH} cannot be read: {_why(error)}.") from error


def _syntax(path: Path, message: str) -> str:
    found = _LINE.search(message)
    line = f"line {found[1]} of {path}" if found else f"the end of {path}"
    return f"TOML is broken at {line}: {_LINE.sub('', message).strip()}."


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return (error.strerror or "unknown reason").lower()


def _override(values: dict[str, Any], environment: Mapping[str, str]) -> dict[str, str]:
    """Put what *environment* sets into *values*; return the variable's name for each key."""
    sources = {}
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and variable != TOKEN:
            parts = variable.removeprefix(PREFIX).lower().split("__")
            _put(values, parts, environment[variable], variable)
            sources[complaints.key_of(parts)] = variable
    return sources


def _put(values: dict[str, Any], parts: list[str], text: str, variable: str) -> None:
    *above, last = parts
    table: Any = values
    for part in above:
        table = _step(table, part)
    if not isinstance(table, dict):
        raise ConfigError(f"{variable} names no key: write {PREFIX}<SECTION>__<KEY>.")
    table[last] = text if complaints.is_text(parts) else _value(text)


def _step(table: Any, part: str) -> Any:  # noqa: ANN401 - TOML values before they are checked
    if isinstance(table, list):
        number = int(part) if part.isdecimal() else len(table)
        return table[number] if number < len(table) else None
    return (
        table.setdefault(part, [] if part in {"feeds", "schedules"} else {})
        if table is not None
        else None
    )


def _value(text: str) -> Any:  # noqa: ANN401 - a TOML value before it is checked
    """Read *text* as JSON or as TOML, else as it stands."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
