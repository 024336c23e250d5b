"""A document that wants to ping, format, link and forge: each screen shows its words, no more."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot import markup
from briefs import ingest
from briefs.model import PUBLIC, DocumentId
from briefs.store import open_store
from tests.discord_server import Server, text
from tests.test_end_to_end import due, program, shown
from tests.test_end_to_end.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARKUP = (
    "Mayor Ada Quill greeted @everyone and @here and <@1> and <@&2> in <#3> at <t:0:R> with <:x:1>"
    " and </briefing:1> and <id:guide> and [click](http://evil.example) and http://evil.example"
    " and ```fence``` and ||spoiler|| and **bold** and __under__ and ~~struck~~ and `code`."
)
BLOCKS = (
    "> Mayor Ada Quill quoted a row that is quoted already.",
    "# Mayor Ada Quill made a heading of the second row.",
    "-# Mayor Ada Quill made the third row small and faint.",
    "1. Mayor Ada Quill numbered the fourth row of this report.",
    ">>> Mayor Ada Quill quoted all that comes after the fifth row.",
    "```Mayor Ada Quill left a fence open in the sixth row of it.",
)
HIDDEN = (
    "May\u200bor A\u202eda Qu\u2066ill sp\ufeffoke in Ber\u200elin to\u2060day \u202eof bridges."
)
ZALGO = "Mayor A" + "\u0301" * 1000 + "da Quill wrote Za\u0300\u0301\u0302\u0303\u0304\u0305lgo."
LONG = "Mayor Ada Quill and " + "the very long title @everyone " * 180
PERSON = "Ada Quill"


def written() -> str:
    return "\n\n".join([MARKUP, *BLOCKS, HIDDEN, ZALGO, f'"The @everyone bridge," {PERSON} said.'])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """The program with hostile documents as its library, one of them to be posted at once."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    library = folder / "library"
    library.mkdir()
    (library / "hostile.txt").write_text(written(), encoding="utf-8")
    front = (
        f"title: '{LONG}'\nsource: '@everyone [x](http://evil.example)'\nurl: javascript:alert(1)"
    )
    (library / "titled.md").write_text(f"---\n{front}\n---\n\n{MARKUP}\n", encoding="utf-8")
    async with Server() as discord:
        program.configure(folder, discord, folders=[library])
        bot = Program(folder, discord)
        arrived = datetime.now(UTC) - timedelta(hours=1)
        with open_store(bot.url) as store:
            for path in sorted(library.iterdir()):
                ingest.keep(store, ingest.analyse(ingest.file(path)), arrived)
        due.add(bot, due.schedule("daily", discord.news))
        async with program.running(bot):
            await bot.connected()
            yield bot
        program.assert_clean(discord)


def stored(bot: Program) -> dict[int, str]:
    """Return the texts and titles that are stored."""
    with open_store(bot.url, readonly=True) as store:
        found = [store.documents.get(PUBLIC, DocumentId(number)) for number in (1, 2)]
    return {each.id: f"{each.title}\n{each.text}" for each in found}


async def test_the_words_are_stored_without_what_nobody_sees(bot: Program) -> None:
    kept = "\n".join(stored(bot).values())

    assert "Mayor Ada Quill spoke in Berlin today of bridges." in kept
    assert not set("\u200b\u202e\u2066\ufeff\u200e\u2060") & set(kept)
    assert "\u0301" * 5 not in kept
    assert MARKUP in kept


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("search", {"query": "greeted everyone"}),
        ("search", {"query": "@everyone ```fence``` ||x||"}),
        ("search", {"query": "row"}),
        ("who", {"name": PERSON}),
        ("who", {"name": PERSON, "view": "mentions"}),
        ("who", {"name": "@everyone"}),
        ("quotes", {"person": PERSON}),
        ("doc show", {"document": "1"}),
        ("doc show", {"document": "2"}),
        ("doc list", {}),
        ("brief now", {"length": "long"}),
        ("brief now", {"about": "@everyone <@1>"}),
        ("summarize", {"text": MARKUP}),
        ("doc show", {"document": "<@&1> @everyone"}),
        ("schedule next", {"name": "<@&1> @everyone"}),
    ],
)
async def test_every_answer_shows_the_words_that_are_stored(
    bot: Program, command: str, options: dict[str, object]
) -> None:
    answer = (
        await bot.ask(command, share=True, **options)
        if command in SHARED
        else (await bot.ask(command, **options))
    )
    pages = [answer.text]
    while "▶" in labels(answer):
        await bot.press(answer, "▶")
        pages.append(answer.text)

    known = "\n".join(stored(bot).values())
    for page in pages:
        assert_inert(page)
        assert all(row in known for row in shown.rows(page))


SHARED = ("search", "who", "quotes", "brief now", "summarize")


def labels(answer) -> list[str]:
    """Return what the buttons of *answer* that can be pressed say."""
    return [
        each["label"] for each in answer.components if "label" in each and not each.get("disabled")
    ]


def assert_inert(page: str) -> None:
    """Fail when something of a document's in *page* pings, formats, or leads anywhere."""
    bare = page.replace("<t:", "")  # ours: the dates
    for active in ("@", "](", "`", "||", "~~", "__", "http:", "<:", "</", "<#", "<id", "<@"):
        at = bare.find(active)
        while at >= 0:
            assert bare[at - 1] == "\\", bare[max(0, at - 40) : at + 40]
            at = bare.find(active, at + 1)
    for row in page.split("\n"):
        assert not row.startswith((">>>", "# ", "1. ")), row
        assert not row.startswith(("> >", "> #", "> -#", "> 1.")), row


async def test_a_briefing_that_is_posted_shows_the_words_that_are_stored(bot: Program) -> None:
    await bot.discord.until(lambda: bot.discord.news.messages, within=program.START)
    known = "\n".join(stored(bot).values())
    for message in bot.discord.news.messages:
        page = text(message)

        assert_inert(page)
        assert all(row in known for row in shown.rows(page))
        assert message.allowed_mentions == {"parse": []}
    assert any("Mayor Ada Quill" in text(message) for message in bot.discord.news.messages)


async def test_titles_are_cut_where_discord_cuts_and_offered_as_they_are(bot: Program) -> None:
    offered = await bot.type("doc show", "document", "Mayor")
    answer = await bot.ask("doc show", document="2")

    assert all(len(name) <= 100 for name, _ in offered)
    title = answer.embeds[0]["title"]
    assert len(title) <= 256
    assert LONG.startswith(markup.unescape(title).rstrip("\\").strip())
