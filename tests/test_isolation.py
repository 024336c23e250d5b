"""A server cannot tell whether others have anything: every command answers it the same.

What the operator and three servers add is drawn from few words, so that names, titles, texts and
addresses meet. Then all that reads is asked twice: of a library with everything in it, and of one
without what the other servers added. Only the ids may differ.
"""

import contextlib
import random
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import discord
import pytest
from discord import app_commands

from bot import commands, markup
from briefs import briefings, documents, ingest, pages, sources, timing, workbench
from briefs.errors import DaybriefError
from briefs.model import (
    PUBLIC,
    Condition,
    DocumentEdit,
    DocumentId,
    Entry,
    Feed,
    Listing,
    Problem,
    Scope,
    Topic,
    Watch,
)
from briefs.store import Store
from tests import fakes
from tests.discord_server import Answer, Server

GUILD, CHANNEL = 1_100_000_000_000_000_001, 1_100_000_000_000_000_002
OURS, THEIRS, OTHERS = Scope(GUILD), Scope(77), Scope(78)
EVENTS = 60

PEOPLE = ("Ada Quill", "Bela Stone", "Mayor Ada Quill", "Carla Quill")
BODIES = ("Tarn Works", "Northmere Council", "Ems Water Board")
THINGS = ("bridge", "harbour", "ferry")
TITLES = ("A bridge over Lake Ems", "The harbour opens", "Ferries stop")
OUTLETS = ("Sample Courier", "Tarn Gazette", "Northmere Post")
LINES = (
    "{who} opened the new {what} of {body} over Lake Ems on Monday.",
    '"The {what} will cost 12 million euros," {who} said on Tuesday.',
    "{body} built the {what} in two years for 15 million euros.",
    "{who} and {body} did not agree on the {what}, which 40 engineers inspected.",
    "The {what} of {body} will close on 5 March 2027, {who} told reporters.",
)
CLAIM = "Ada Quill opened the new bridge of Tarn Works over Lake Ems."
WORDS = ("Ada Quill", "bridge", "Tarn Works", "harbour")


# What happens


class Paper(NamedTuple):
    """A document, which another of the same identity corrects, and of the same text copies."""

    title: str
    source: str
    lines: tuple[tuple[str, str, str, str], ...]
    identity: int
    hours: int

    def do(self, store: Store, scope: Scope, now: datetime) -> None:
        document = documents.of(
            self.text(),
            title=self.title,
            source=self.source,
            url=self.url(),
            published=now - self.hours * HOUR,
            identity=f"feed:{self.identity}",
            scope=scope,
        )
        ingest.keep(store, ingest.find(document), now - self.hours * HOUR)

    def text(self) -> str:
        return "\n".join(line.format(who=w, what=t, body=b) for line, w, t, b in self.lines)

    def url(self) -> str:
        return f"https://{self.source.split()[0].lower()}.example/{self.identity}"


class Feeding(NamedTuple):
    """A feed, how it is, and what it lists: some is read, some waits, some is refused."""

    name: str
    papers: tuple[Paper, ...]
    condition: Condition

    def do(self, store: Store, scope: Scope, now: datetime) -> None:
        url = f"https://{self.name.split()[0].lower()}.example/feed.xml"
        feed = store.feeds.add(Feed(url=url, name=self.name, scope=scope), now - 50 * HOUR)
        listing = Listing(title=self.name, entries=tuple(map(self._entry, self.papers)))
        store.feeds.take(feed, listing, now)
        problem = Problem.SERVER if self.condition is Condition.ILL else None
        seen = replace(feed, condition=self.condition, problem=problem, checked=now - HOUR)
        store.feeds.save(replace(seen, listed=len(self.papers), next_at=now + HOUR))
        waiting = [each for each in store.intake.batch(1_000) if each.feed == feed.id]
        for each in waiting[1:2]:
            store.intake.refuse(each.id, "is a consent page: look at it in a browser.", now)
        for each in waiting[2:]:
            ingest.keep(store, ingest.analyse(ingest.waiting(each)), now - HOUR)
            store.intake.settle([each.id])

    def _entry(self, paper: Paper) -> Entry:
        text = paper.text()
        return Entry(guid=str(paper.identity), title=paper.title, text=text, url=paper.url())


class Interest(NamedTuple):
    """A topic and an entry of a watch-list."""

    word: str
    other: str

    def do(self, store: Store, scope: Scope, now: datetime) -> None:
        store.topics.create(Topic(name=self.word, scope=scope, terms=(self.other,)))
        store.watches.add(Watch(text=self.other, scope=scope, added=now))


class Edit(NamedTuple):
    """A change to a name."""

    kind: str
    name: str
    other: str

    def do(self, store: Store, scope: Scope, now: datetime) -> None:
        changes: dict[str, Callable[[], workbench.Change]] = {
            "hide": lambda: workbench.hide(store, scope, self.name),
            "alias": lambda: workbench.add_alias(store, scope, self.name, f"The {self.other}"),
            "merge": lambda: workbench.merge(store, scope, self.name, self.other),
            "retype": lambda: workbench.retype(store, scope, self.name, "place"),
        }
        workbench.make(store, scope, changes[self.kind](), actor=1, at=now)


class Correction(NamedTuple):
    """The title of the newest document of a scope, corrected by hand."""

    title: str

    def do(self, store: Store, scope: Scope, now: datetime) -> None:
        newest = store.documents.listing(scope, limit=99).documents
        own = next((each.id for each in newest if each.scope == scope), DocumentId(0))
        edit = DocumentEdit(document=own, scope=scope, actor=1, at=now, title=self.title)
        document = sources.corrected(store, edit)
        sources.keep_correction(store, edit, ingest.find(document))


class Posted(NamedTuple):
    """A schedule, and a briefing that was posted and kept."""

    name: str

    def do(self, store: Store, scope: Scope, now: datetime) -> None:
        schedule = timing.make(
            name=self.name,
            channel=int(scope) + 1,
            times="07:30",
            days="daily",
            timezone="UTC",
            scope=scope,
            now=now,
        )
        store.schedules.create(schedule)
        since, until = briefings.last_day(store, scope, now)
        briefing = briefings.compose(store, scope, briefings.Asked(since=since, until=until))
        laid_out = pages.lay_out(briefing, markup.LIMITS)
        briefings.keep(store, briefing, laid_out, schedule=self.name, made=now - HOUR)


HOUR = timedelta(hours=1)
Event = Paper | Feeding | Interest | Edit | Correction | Posted


def drawn(seed: int) -> list[tuple[Scope, Event]]:
    """Draw what happens, and where."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    where = (PUBLIC, OURS, OURS, THEIRS, THEIRS, OTHERS)
    what = (_paper, _paper, _paper, _feeding, _interest, _edit, _correction, _posted)
    return [(chance.choice(where), chance.choice(what)(chance)) for _ in range(EVENTS)]


def _paper(chance: random.Random) -> Paper:
    kinds = (LINES, PEOPLE, THINGS, BODIES)
    lines = tuple(tuple(map(chance.choice, kinds)) for _ in range(chance.randint(1, 4)))
    title, source = chance.choice(TITLES), chance.choice(OUTLETS)
    return Paper(title, source, lines, chance.randint(0, 9), chance.randint(1, 40))


def _feeding(chance: random.Random) -> Feeding:
    papers = tuple(_paper(chance) for _ in range(chance.randint(0, 5)))
    conditions = (Condition.OK, Condition.ILL, Condition.HELD, Condition.EMPTY)
    return Feeding(chance.choice(OUTLETS), papers, chance.choice(conditions))


def _interest(chance: random.Random) -> Interest:
    return Interest(chance.choice(WORDS), chance.choice(WORDS))


def _edit(chance: random.Random) -> Edit:
    names = (*PEOPLE, *BODIES)
    kind = chance.choice(("hide", "alias", "merge", "retype"))
    return Edit(kind, chance.choice(names), chance.choice(names))


def _correction(chance: random.Random) -> Correction:
    return Correction(f"{chance.choice(TITLES)} at last")


def _posted(chance: random.Random) -> Posted:
    return Posted(chance.choice(("morning", "evening")))


def happen(store: Store, events: Sequence[tuple[Scope, Event]], now: datetime) -> None:
    """Do *events* in their order; what makes no sense, as a second topic of a name, is left."""
    for scope, event in events:
        with contextlib.suppress(DaybriefError):
            event.do(store, scope, now)


# What is asked

READS: dict[str, tuple[dict[str, object], ...]] = {
    "brief now": ({}, {"about": "bridge"}, {"since": "7d", "length": "long"}),
    "brief changes": ({"since": "24h"}, {"since": "the last briefing"}, {}),
    "brief latest": ({},),
    "brief show": ({"number": "…"},),
    "brief archive": ({}, {"schedule": "morning"}),
    "explain": ({}, {"number": "…"}),
    "figures": ({}, {"since": "7d"}),
    "who": (
        *({"name": "Ada Quill", "view": view} for view in ("card", "quotes", "mentions", "names")),
        *({"name": "Quill", "view": view} for view in ("card", "timeline", "network")),
        *({"name": name} for name in ("Tarn Works", "The Tarn Works", "Bela Ston", "Lake Ems")),
        {"name": "…"},
    ),
    "quotes": ({"person": "Ada Quill"}, {"person": "Stone", "about": "harbour"}),
    "timeline": ({"subject": "Ada Quill"}, {"subject": "bridge"}),
    "compare": ({"first": "Ada Quill", "second": "Tarn Works"},),
    "trending": ({}, {"window": "24h", "kind": "person"}),
    "search": ({"query": "bridge"}, {"query": "Quill harbour"}, {"query": '"ferry" OR NEAR('}),
    "doc list": ({}, {"title": "the harb"}),
    "doc show": ({"document": "…"}, {"document": "99999"}),
    "entity show": ({}, {"name": "Ada Quill"}),
    "schedule list": ({},),
    "schedule next": ({"name": "morning"}, {"name": "mornin"}),
    "schedule preview": ({"name": "morning"},),
    "schedule simulate": ({"name": "morning"},),
    "schedule history": ({}, {"name": "morning"}),
    "schedule why": ({"name": "morning"},),
    "feed list": ({}, {"status": "held"}),
    "feed info": ({"name": "Tarn Gazette"}, {"name": "tarn.example"}, {"name": "Sample"}),
    "feed errors": ({},),
    "feed export": ({},),
    "sources": ({}, {"status": "failing"}),
    "source": ({"name": "Tarn Gazette"}, {"name": "Sample Courier"}),
    "story list": ({},),
    "story show": ({"story": "…"},),
    "topic list": ({},),
    "topic test": ({"name": "bridge"}, {"name": "Tarn Works"}, {"name": "Tarn"}),
    "watch list": ({},),
    "audit": ({},),
    "help": ({},),
    "about": ({},),
}
WRITES = {
    *(f"doc {each}" for each in ("add", "edit", "reindex", "remove")),
    *(f"feed {each}" for each in ("add", "test", "edit", "remove", "import")),
    *(f"feed {each}" for each in ("refresh", "pause", "resume")),
    *(f"entity {each}" for each in ("alias-add", "alias-remove", "merge", "split", "type")),
    *(f"entity {each}" for each in ("hide", "unhide", "undo", "import")),
    *(f"schedule {each}" for each in ("create", "edit", "pause", "resume", "place", "run")),
    *("schedule delete", "story merge", "story split", "story undo", "summarize"),
    *("topic create", "topic edit", "topic delete", "watch add", "watch remove"),
}
BEGUN = ("", "b", "ada", "Quill", "tarn", "mor")


def leaves() -> list[app_commands.Command]:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    for command in commands.make():
        tree.add_command(command)
    return [each for each in tree.walk_commands() if isinstance(each, app_commands.Command)]


def typed_options() -> Iterator[tuple[str, str]]:
    """Yield each command and option of it that something is offered for."""
    for command in leaves():
        for option in command.parameters:
            if option.autocomplete:
                yield command.qualified_name, option.name


async def everything(bot: fakes.Bot) -> dict[str, object]:
    """Return all that the server can find out, by what it did to find it."""
    found: dict[str, object] = {}
    for command, option in typed_options():
        for begun in BEGUN:
            found[f"{command} {option}={begun}"] = await bot.type(command, option, begun)
    for command, asked in READS.items():
        for options in asked:
            given = {name: await _value(bot, command, name, options[name]) for name in options}
            answer = await bot.ask(command, **given)
            found[f"{command} {options}"] = [page async for page in _pages(bot, answer)]
    said = bot.discord.say(bot.discord.channel, bot.discord.owner, CLAIM)
    place = bot.discord.guild, bot.discord.channel, bot.discord.owner
    answer = await bot.discord.message_command(*place, "Where was this said?", said).done()
    found["where"] = [page async for page in _pages(bot, answer)]
    return found


async def _value(bot: fakes.Bot, command: str, option: str, value: object) -> object:
    """Return *value*, or for "…" the first that is offered."""
    if value != "…":
        return value
    offered = await bot.type(command, option, "")
    return offered[0][1] if offered else "99999" if option != "number" else 99_999


async def _pages(bot: fakes.Bot, answer: Answer) -> AsyncIterator[object]:
    """Yield each page of an answer, with its buttons, and its file or what its picture is of."""
    while True:
        buttons = [(each.get("label"), each.get("custom_id")) for each in answer.components]
        yield answer.text, buttons, [each.description or each.data for each in answer.attachments]
        turn = [each for each in answer.components if each.get("label") == "▶"]
        if not turn or turn[0].get("disabled"):
            return
        pressed = bot.discord.press(answer.message, turn[0]["custom_id"], bot.discord.owner)
        await pressed.done()


# What is compared

_IDS = re.compile(
    r"(?m)(?<=^)\d+(?=\\?[.:] )|(?<=^\*\*)\d+(?=\\\.\*\* )"  # at the start of a row
    r"|(?<=ocument )\d+|(?<=edit )\d+|(?<=tory )\d+|(?<=riefing )\d+|(?<=#)\d+|(?<=bf1:page:)\d+"
    r"|(?<=bf1:here:)\d+|(?<=bf1:view:)\d+"
    r"|(?<=/)\d{17,20}(?=>)|(?<= · )[0-9a-f]{8}$"  # a message, and its mark
)
_NUMBER = re.compile(r"#?\d+")
_TIME = re.compile(r"<t:(\d+)(?=:\w>)")
_MINUTE = re.compile(r"\d\d? \w{3} \d{4} \d\d\\?:\d\d")
_DAYS = (0, 1, 7, 14, 30)  # that answers look back from now


@dataclass(frozen=True)
class Plain:
    """What an answer says, without ids, and without the moment at which it was asked."""

    start: datetime
    end: datetime

    def of(self, found: object) -> object:
        match found:
            case str():
                return self._text(found)
            case bytes():
                return found.decode("latin-1")
            case list() | tuple():
                return [self.of(each) for each in found]
            case int():
                return "№"
        return found

    def _text(self, text: str) -> str:
        if _NUMBER.fullmatch(text):  # what autocompletion sends
            return "№"
        text = _MINUTE.sub(lambda at: self._minute(at[0]), _IDS.sub("№", text))
        return _TIME.sub(lambda at: self._moment(int(at[1])), text)

    def _moment(self, at: int) -> str:
        for days in _DAYS:
            then = datetime.fromtimestamp(at, UTC) + timedelta(days=days)
            if self.start - timedelta(seconds=2) <= then <= self.end:
                return f"<now - {days} d"
        return f"<t:{at}"

    def _minute(self, shown: str) -> str:
        at = datetime.strptime(f"{markup.unescape(shown)} +0000", "%d %b %Y %H:%M %z")
        return "now" if self.start - timedelta(minutes=1) <= at <= self.end else shown


async def seen(events: Sequence[tuple[Scope, Event]], now: datetime) -> Mapping[str, object]:
    """Return all that the server can find out after *events*, as far as it may be compared."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Server(guild=GUILD, channel=CHANNEL) as server,
            fakes.running(Path(folder), server) as bot,
        ):
            bot.client.collector.stop()  # what waits goes on waiting
            happen(bot.store, events, now)
            await bot.ask("schedule create", name="dawn", channel=server.channel, **DAWN)
            await bot.ask("schedule run", name="dawn")
            found = await everything(bot)
    plain = Plain(now, datetime.now(UTC))
    return {asked: plain.of(answer) for asked, answer in found.items()}


DAWN = {"time": "07:30", "timezone": "Europe/Kyiv"}


def test_every_command_is_known_to_read_or_to_write():
    assert sorted([*READS, *WRITES]) == sorted(each.qualified_name for each in leaves())


@pytest.mark.parametrize("seed", range(2))
async def test_a_server_is_answered_the_same_whatever_others_have(seed):
    events = drawn(seed)
    now = datetime.now(UTC).replace(microsecond=0)
    alone = await seen([each for each in events if each[0] in (PUBLIC, OURS)], now)

    among_others = await seen(events, now)

    differing = [asked for asked in alone if among_others[asked] != alone[asked]]
    assert [(each, among_others[each]) for each in differing] == [
        (each, alone[each]) for each in differing
    ]
