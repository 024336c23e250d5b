"""`python -m tests.benchmarks.responsiveness`: how soon it answers while it reads 200 documents.

The real program runs against the local Discord, whose heartbeat interval is two seconds. Commands
of all kinds are used the whole time; the first response is timed where Discord would time it, from
sending the event to getting the answer. The loop's delay is not read inside the program: it is at
most the round trip of an autocompletion of time zones, which needs the event loop and nothing else.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from tests.discord_server import Permission, Server, Upload, User
from tests.test_end_to_end import program
from tests.test_end_to_end.program import Program, running

DOCUMENTS = 200
PARAGRAPHS = 12  # of three sentences each: some 300 words
HEARTBEAT = 2.0  # seconds
PROBE = 0.05  # seconds between two probes of the loop
PAUSE = 0.03  # seconds between two commands
IDLE = 5.0  # seconds that the same is measured when nothing else goes on
USERS = 61  # so that nobody uses one command too often
PATIENCE = 600.0


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words("Ada Bela Cyril Dora Emil Freya Gustav Hanna Igor Jana Karel Lena Milan Nora Otto")
LAST = _words("Quill Tarn Ems Vole Marsh Pike Holt Fenn Crane Sedge Wick Lunt Brook Thorne Dale")
PLACES = _words("Berlin Paris Warsaw Prague Vienna Madrid Lisbon Dublin Oslo Helsinki Riga Kyiv")
FIRMS = ("Tarn Works", "Ems Rail", "Fenn Energy", "Holt Shipyards", "Marsh Foods", "Brook Steel")
THINGS = _words("bridge harbour school hospital reactor library tunnel station market airport")
DEEDS = _words("opened closed visited inspected funded delayed planned rebuilt sold praised")
SAYINGS = (
    "The {thing} will serve the whole region",
    "Nobody knows what the {thing} will cost in the end",
    "We have waited for this {thing} for ten years",
)

KINDS = (
    *("brief now", "who", "quotes", "search", "summarize", "help", "about"),
    *("doc list", "doc show", "doc add", "schedule list", "schedule next"),
)

Timings = dict[str, list[float]]


def report(chance: random.Random) -> str:
    """Return one document of several paragraphs with names, figures and spoken words."""
    title = f"{chance.choice(PLACES)} talks about a {chance.choice(THINGS)}"
    day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    head = f"---\ntitle: {title}\nsource: {chance.choice(FIRMS)} News\ndate: {day}\n---\n"
    return "\n\n".join([head, *(paragraph(chance) for _ in range(PARAGRAPHS))])


def paragraph(chance: random.Random) -> str:
    """Return three sentences."""
    name, other = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(2))
    thing, firm = chance.choice(THINGS), chance.choice(FIRMS)
    place, sum_ = chance.choice(PLACES), chance.randint(2, 900)
    said = chance.choice(SAYINGS).format(thing=thing)
    return (
        f"Minister {name} {chance.choice(DEEDS)} the {thing} in {place} together with {other}. "
        f"“{said},” {name.split()[1]} said on Monday. "
        f"{firm} received {sum_} million euros for it, according to the ministry in {place}."
    )


def questions(chance: random.Random, discord: Server) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield commands of all kinds for ever."""
    turns = cycle(KINDS)
    for command in turns:
        text = report(chance)
        file = Upload(name="report.md", content_type="text/markdown", data=text.encode())
        options: dict[str, dict[str, object]] = {
            "brief now": {"length": "long"},
            "who": {"name": f"{chance.choice(FIRST)} {chance.choice(LAST)}"},
            "quotes": {"person": f"{chance.choice(FIRST)} {chance.choice(LAST)}"},
            "search": {"query": f"{chance.choice(THINGS)} {chance.choice(PLACES)}"},
            "summarize": {"text": paragraph(chance)},
            "doc show": {"document": str(chance.randint(1, DOCUMENTS))},
            "doc add": {"file": file},
            "schedule next": {"name": "daily"},
        }
        yield command, options.get(command, {})


async def ask_on(bot: Program, users: Sequence[User], first: Timings, whole: Timings) -> None:
    """Use one command after the other, each as the next of *users*, and note the seconds."""
    asked = questions(random.Random(2), bot.discord)  # noqa: S311 - it only has to be repeatable
    for (command, options), user in zip(asked, cycle(users), strict=False):
        began = time.monotonic()
        answer = await bot.act(command, by=user, **options).done(within=PATIENCE)
        whole[command].append(time.monotonic() - began)
        first[command].append(answer.seconds)
        await asyncio.sleep(PAUSE)


async def probe(bot: Program, kinds: Sequence[tuple[str, str, str]], first: Timings) -> None:
    """Type into options again and again, and note the seconds until something is offered."""
    discord = bot.discord
    for command, option, begun in cycle(kinds):
        answer = discord.autocomplete(
            discord.guild, discord.channel, discord.owner, command, option, begun
        )
        await answer.responded(within=PATIENCE)
        first[f"{command} ({option})"].append(answer.seconds)
        await asyncio.sleep(PROBE)


ZONES = ("schedule create", "timezone", "Eur")
NAMES = ("who", "name", "Ad")


def main() -> None:
    """Write the documents, run the program on them, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "library")
        library.mkdir()
        chance = random.Random(1)  # noqa: S311 - it only has to be repeatable
        for number in range(DOCUMENTS):
            (library / f"{number:04}.md").write_text(report(chance), encoding="utf-8")
        sys.stdout.write(asyncio.run(_measured(Path(folder), library)))


async def _measured(folder: Path, library: Path) -> str:
    async with Server(heartbeat_interval=HEARTBEAT, strict=False) as discord:
        program.configure(folder, discord, folders=[library])
        managers = [discord.add_user(f"user{n}", discord.guild) for n in range(USERS)]
        discord.add_role(discord.guild, "managers", Permission.MANAGE_GUILD, *managers)
        async with running(Program(folder, discord)) as bot:
            return await _watched(bot, managers)


async def _watched(bot: Program, users: Sequence[User]) -> str:
    began = time.monotonic()
    await bot.connected()
    await bot.ask(
        "schedule create", name="daily", channel=bot.discord.news, time="07:30", timezone="UTC"
    )
    first, whole = defaultdict(list), defaultdict(list)
    reading = asyncio.create_task(bot.logs("Documents: ", within=PATIENCE))
    await beside(reading, ask_on(bot, users, first, whole), probe(bot, [ZONES, NAMES], first))
    seconds = time.monotonic() - began
    gap = bot.discord.gateway.largest_gap()
    idle = defaultdict(list)
    await beside(asyncio.create_task(asyncio.sleep(IDLE)), probe(bot, [ZONES], idle))
    return "\n".join(_table(first, whole, idle, gap, seconds)) + "\n"


async def beside(until: asyncio.Task, *work) -> None:
    """Do *work* until the task *until* is done; an error in it is raised."""
    tasks = [asyncio.create_task(each) for each in work]
    await asyncio.wait({until, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _table(
    first: Timings, whole: Timings, idle: Timings, gap: float, seconds: float
) -> Iterator[str]:
    yield f"{DOCUMENTS} documents while commands are used; {os.cpu_count()} cores, {sys.platform}"
    yield ""
    heads = ("n", "median", "p99", "max", "whole answer, max")
    yield "{:<29}{:>6}{:>9}{:>9}{:>9}{:>20}".format("first response, ms", *heads)
    for command in sorted(first):
        last = f"{max(whole[command]) * 1000:.0f}" if command in whole else ""
        yield f"{command:<29}{_row(first[command])}{last:>20}"
    [(probed, quiet)] = idle.items()
    slowest = max(max(each) for each in first.values())
    yield ""
    yield f"loop delay at most, reading  {_row(first[probed])}  (target: p99 < 100)"
    yield f"loop delay at most, idle     {_row(quiet)}"
    yield f"slowest first response       {slowest * 1000:>6.0f} ms  (target: < 1000)"
    yield f"largest heartbeat gap        {gap:>6.2f} s   (interval {HEARTBEAT:g}, target: <= 3)"
    yield f"documents a second           {DOCUMENTS / seconds:>6.1f}     (with the program's start)"


def _row(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    figures = (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1])
    return f"{len(ordered):>6}" + "".join(f"{figure * 1000:>9.1f}" for figure in figures)


if __name__ == "__main__":
    main()
