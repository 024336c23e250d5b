"""The tables of config.toml: every key with its type, its default and what it has to be."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)

from bot.config import checks
from briefs import budgets, timing
from briefs.errors import UsageError
from briefs.model import PUBLIC

_LAST_ID = 2**63 - 1
_LONGEST_URL = 2_000
_LEAST = 5  # minutes between two looks at a feed


Id = Annotated[int, Field(strict=True, ge=1, le=_LAST_ID)]


class _Table(BaseModel):
    """A table of the file; a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Storage(_Table):
    """Where everything is kept."""

    url: Annotated[StrictStr, AfterValidator(checks.database)] = Field(
        f"{checks.SQLITE}daybrief.db",
        description=f'an address such as "{checks.SQLITE}daybrief.db"',
    )

    @property
    def path(self) -> Path | None:
        """The database's file, absolute; None when it is on a server."""
        return (
            None
            if self.url.startswith(checks.SERVERS)
            else Path(self.url.removeprefix(checks.SQLITE))
        )

    @property
    def shown(self) -> str:
        """What the database is called where people read it, without a password."""
        parts = urlsplit(self.url)
        host = parts.hostname or "this machine"
        return str(self.path or f"the database {parts.path.strip('/')} on {host}")


class Documents(_Table):
    """What the library is filled from, and for how long."""

    folders: tuple[Annotated[Path, AfterValidator(checks.beside)], ...] = Field(
        (Path("seeds"),), description='a list of folders such as ["seeds"]'
    )
    keep_days: StrictInt = Field(0, ge=0, description="a whole number of days, 0 for ever")
    watch: StrictBool = Field(default=True, description="true or false")


class Network(_Table):
    """How feeds and pages are fetched."""

    contact: Annotated[StrictStr, Field(pattern=r"^[!-'*-\[\]-~ ]*$", max_length=200)] = Field(
        "", description="an e-mail address or a web address of up to 200 plain characters, or empty"
    )
    allow: tuple[Annotated[StrictStr, AfterValidator(checks.reach)], ...] = Field(
        (), description='a list such as ["10.0.0.0/8", "feeds.local"]'
    )
    ports: tuple[Annotated[int, Field(strict=True, ge=1, le=65_535)], ...] = Field(
        (80, 443), description="a list of ports such as [80, 443]"
    )


class Analysis(_Table):
    """Where documents are analysed."""

    executor: Literal["process", "inline"] = Field("process", description='"process" or "inline"')
    recogniser: Annotated[StrictStr, Field(pattern=r"^(spacy:.+)?$", max_length=300)] = Field(
        "", description='"spacy:" and the name of a pipeline, or empty for our own recogniser'
    )
    workers: StrictInt = Field(
        0, ge=0, le=256, description="a whole number up to 256, 0 for one less than the cores"
    )


class Logging(_Table):
    """What is written to the log."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description='"debug", "info", "warning" or "error"'
    )


class Discord(_Table):
    """How Discord is reached, and where the bot works."""

    token_file: Annotated[StrictStr, AfterValidator(checks.token_file)] = Field(
        "", description="the path of a file that holds the token, or empty"
    )
    api_base: Annotated[StrictStr, AfterValidator(checks.api_base)] = Field(
        checks.API_BASE, description=f'an address such as "{checks.API_BASE}"'
    )
    guilds: tuple[Id, ...] = Field(
        (), description="a list of servers' ids, whole numbers without quotation marks"
    )
    administrators: StrictInt = Field(
        0, ge=0, le=_LAST_ID, description="a channel's id, a whole number, 0 for none"
    )
    shards: StrictInt = Field(0, ge=0, le=10_000, description="a whole number, 0 to ask Discord")
    shard_ids: tuple[Annotated[int, Field(strict=True, ge=0)], ...] = Field(
        (), description="a list of shards such as [0, 1], or empty for all"
    )

    @model_validator(mode="after")
    def _among(self) -> Self:
        """Refuse shards that there are not: nobody would hear their servers."""
        beyond = [number for number in self.shard_ids if number >= self.shards]
        if beyond and not self.shards:
            raise checks.SaidError(
                "shard_ids needs shards, how many there are in all processes together."
            )
        if beyond:
            last = self.shards - 1
            raise checks.SaidError(
                f"there is no shard {beyond[0]}, they are numbered from 0 to {last}."
            )
        if len(set(self.shard_ids)) < len(self.shard_ids):
            raise checks.SaidError("shard_ids names one shard twice.")
        return self


class Metrics(_Table):
    """Where figures of what happens are shown, on this machine only."""

    port: StrictInt = Field(0, ge=0, le=65_535, description="a port's number, 0 for none")


class Schedule(_Table):
    """A briefing that the file asks for."""

    name: Annotated[StrictStr, Field(pattern=r"\S", max_length=80)] = Field(
        description="a name of 1 to 80 characters"
    )
    channel: Id = Field(description="a channel's id, a whole number without quotation marks")
    time: Annotated[StrictStr, checks.by(timing.parse_times)] = Field(
        description='a time of day such as "07:30", or several such as "07:30,18:00"'
    )
    days: Annotated[StrictStr, checks.by(timing.parse_days)] = Field(
        "daily", description='"daily" or days such as "mon,tue,wed", "1,15", "last fri"'
    )
    timezone: Annotated[StrictStr, checks.by(timing.zone)] = Field(
        "UTC", description='a time zone such as "Europe/Kyiv"'
    )
    skip: Annotated[tuple[StrictStr, ...], checks.by(timing.read_skip)] = Field(
        (), description='a list such as ["2026-12-25", "12-25", "12-24..01-02"], in quotation marks'
    )
    quiet: Annotated[StrictStr, checks.by(timing.parse_quiet)] = Field(
        "", description='quiet hours such as "22:00-07:00", or empty for none'
    )
    about: Annotated[StrictStr, Field(max_length=100)] = Field(
        "", description="a topic of up to 100 characters, or empty for everything"
    )
    length: Annotated[StrictStr, checks.by(budgets.read)] = Field(
        "normal", description='"short", "normal", "long", or such as "20 lines" or "3 minutes"'
    )
    sections: Annotated[tuple[StrictStr, ...], checks.by(budgets.sections)] = Field(
        (), description='a list such as ["lines", "quotes"], or empty for all'
    )
    mention: StrictInt = Field(
        0, ge=0, le=_LAST_ID, description="the id of a role, a whole number, 0 for none"
    )
    tags: Annotated[tuple[Id, ...], Field(max_length=5)] = Field(
        (), description="a list of ids of a forum's tags, 5 at most"
    )
    publish: StrictBool = Field(default=False, description="true or false")

    @model_validator(mode="after")
    def _due(self) -> Self:
        """Refuse what would never be due, and times that are too close on these days."""
        try:
            timing.make(
                name=self.name,
                channel=self.channel,
                times=self.time,
                days=self.days,
                timezone=self.timezone,
                skip=",".join(self.skip),
                quiet=self.quiet,
                scope=PUBLIC,
                now=datetime.now(UTC),
            )
        except UsageError as error:
            raise checks.SaidError(str(error)) from error
        return self


def _headers(value: object) -> object:
    """Refuse what are no headers, without a word of their values: they may be secrets."""
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise checks.SaidError('they have to be a table such as { Authorization = "Bearer ..." }.')
    if any("\n" in each or "\r" in each for each in (*value, *value.values())):
        raise checks.SaidError("no name and no value may have a line break in it.")
    return value


def _feed_url(url: str) -> str:
    """Refuse what is no address of the web, without a word of it: it may hold a key."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(url) > _LONGEST_URL:
        raise checks.SaidError(
            'it has to be an address such as "https://courier.example/feed.xml".'
        )
    if "@" in parts.netloc:
        raise checks.SaidError("a name and a password do not belong in an address: use headers.")
    return url


def _interval(minutes: int) -> int:
    if 0 < minutes < _LEAST:
        raise ValueError(f"it has to be 0, or {_LEAST} minutes and more")
    return minutes


class Feed(_Table):
    """A feed that the file asks for, for everybody."""

    name: Annotated[StrictStr, Field(pattern=r"\S", max_length=60)] = Field(
        description="a name of 1 to 60 characters"
    )
    url: Annotated[StrictStr, AfterValidator(_feed_url)] = Field(
        description='an address such as "https://courier.example/feed.xml"'
    )
    full_text: StrictBool = Field(default=False, description="true or false")
    interval: Annotated[StrictInt, AfterValidator(_interval)] = Field(
        0, ge=0, le=1_440, description="a number of minutes, 5 to 1440, or 0"
    )
    backfill: StrictInt = Field(0, ge=0, le=100, description="a number of entries, 0 to 100")
    headers: Annotated[dict[str, str], BeforeValidator(_headers)] = Field(
        default_factory=dict, description='a table such as { Authorization = "Bearer ..." }'
    )


Named = TypeVar("Named", Schedule, Feed)


def _distinct(tables: tuple[Named, ...]) -> tuple[Named, ...]:
    names = [table.name.casefold() for table in tables]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f'the name "{twice[0]}" stands there twice, give each its own')
    return tables


class Config(_Table):
    """Everything that an operator may set; config.example.toml explains each key."""

    storage: Storage
    documents: Documents
    network: Network
    analysis: Analysis
    logging: Logging
    discord: Discord
    metrics: Metrics
    schedules: Annotated[tuple[Schedule, ...], AfterValidator(_distinct)] = Field(
        (), description="tables that begin with [[schedules]]"
    )
    feeds: Annotated[tuple[Feed, ...], AfterValidator(_distinct)] = Field(
        (), description="tables that begin with [[feeds]]"
    )

    def workers(self) -> int:
        """Return how many documents are analysed at once."""
        if self.analysis.executor == "inline":
            return 1
        return self.analysis.workers or max(1, (os.cpu_count() or 2) - 1)
