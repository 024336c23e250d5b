"""What one guild adds, another never sees; who may not, cannot; what is no document is refused."""

import pytest

from tests.discord_server import Guild, MisuseError, Upload, text
from tests.test_end_to_end import due, shown
from tests.test_end_to_end.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = """Mayor Zenobia Quillfeather opened the harbour of Tarnmouth on Monday.

"The harbour belongs to Tarnmouth," Quillfeather said. Kuleba was not there.
"""


def upload(data: bytes | str, name: str = "harbour.md") -> Upload:
    raw = data.encode() if isinstance(data, str) else data
    return Upload(name=name, content_type="application/octet-stream", data=raw)


async def seen(newsroom: Program, guild: Guild) -> list[object]:
    """Return all that *guild* can find out about the library, in every way there is."""
    questions: tuple[tuple[str, dict[str, object]], ...] = (
        ("who", {"name": "Quillfeather"}),
        ("who", {"name": "Tarnmouth"}),
        ("who", {"name": "kuleba"}),
        ("who", {"name": "kuleba", "view": "mentions"}),
        ("quotes", {"person": "Zenobia Quillfeather"}),
        ("search", {"query": "harbour"}),
        ("search", {"query": "Kuleba"}),
        ("brief now", {}),
        ("brief now", {"about": "harbour"}),
        ("doc list", {}),
        ("doc list", {"title": "harb"}),
    )
    answers = [await newsroom.ask(each, guild=guild, **options) for each, options in questions]
    begun = (
        ("who", "name", "Quill"),
        ("who", "name", "Kul"),
        ("quotes", "person", "Zen"),
        ("doc show", "document", "harb"),
        ("doc remove", "document", ""),
    )
    offered = [await newsroom.type(*each, guild=guild) for each in begun]
    return [[answer.text for answer in answers], offered]


async def test_what_a_guild_adds_is_seen_there_and_nowhere_else(newsroom: Program) -> None:
    here, other = newsroom.discord.guild, newsroom.discord.add_guild("Other Newsroom")
    before, theirs = await seen(newsroom, here), await seen(newsroom, other)

    added = await newsroom.ask("doc add", file=upload(STORY))
    number = added.text.rsplit(" ", 1)[1].rstrip(".")
    found, [names, *_] = await seen(newsroom, here)
    card, *_, shelf = found
    assert "Zenobia Quillfeather" in card
    assert "The harbour belongs to Tarnmouth" in card
    assert "harbour" in shelf
    assert any("Quillfeather" in name for name, _ in names)
    assert await seen(newsroom, other) == theirs

    hidden = await newsroom.ask("doc show", guild=other, document=number)
    missing = await newsroom.ask("doc show", guild=other, document="999")
    kept = await newsroom.ask("doc remove", guild=other, document=number)
    assert hidden.text == missing.text.replace("999", number)
    assert kept.text == hidden.text

    removed = await newsroom.ask("doc remove", document=number)
    assert "is deleted." in removed.text
    assert await seen(newsroom, here) == before
    assert await seen(newsroom, other) == theirs


async def test_a_schedule_of_another_guild_is_as_good_as_none(newsroom: Program) -> None:
    other = newsroom.discord.add_guild("Third Newsroom")
    options = {"channel": newsroom.discord.news, "time": "07:30", "timezone": "UTC"}
    await newsroom.ask("schedule create", name="ours", **options)

    sub_commands = ("next", "preview", "run", "pause", "resume", "delete")
    for each in sub_commands:
        answer = await newsroom.ask(f"schedule {each}", guild=other, name="ours")
        told = "There is no schedule called “ours”. There are none here yet: "
        assert shown.words(answer.text) == f"{told}/schedule create makes one.", each
    assert await newsroom.type("schedule next", "name", "o", guild=other) == []
    listed = await newsroom.ask("schedule list", guild=other)
    assert "ours" not in listed.text
    assert newsroom.discord.news.messages == []
    await newsroom.ask("schedule delete", name="ours")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload(bytes(range(256)) * 40, "binary.txt"), "binary.txt"),
        (upload(b"", "empty.txt"), "empty.txt"),
        (upload(b" \n\t ", "blank.md"), "blank.md"),
        (upload(b"\x89PNG\r\n\x1a\n" + bytes(100), "picture.png"), "picture.png is not a kind"),
        (upload(b"MZ", "../../x.exe"), "is not a kind that can be read"),
        (upload(b"a word \n" * 1_310_000, "large.txt"), "large.txt is larger than 10 MB"),
    ],
    ids=lambda value: value.name if isinstance(value, Upload) else "",
)
async def test_a_file_that_is_no_document_gets_one_sentence(
    newsroom: Program, file: Upload, sentence: str
) -> None:
    manager = newsroom.discord.owner
    before = (await newsroom.ask("doc list")).text
    for command in ("doc add", "summarize"):
        by = (
            manager
            if command == "doc add"
            else newsroom.discord.add_user("x", newsroom.discord.guild)
        )
        answer = await newsroom.ask(command, file=file, by=by)
        told = shown.words(answer.text)

        assert sentence in told
        assert "\n" not in told
        assert "id" not in told.split()
        assert answer.ephemeral
    assert (await newsroom.ask("doc list")).text == before


async def test_a_summary_is_kept_nowhere(newsroom: Program) -> None:
    asker = newsroom.discord.add_user("asker", newsroom.discord.guild)
    before = await seen(newsroom, newsroom.discord.guild)
    given = (
        {"file": upload(STORY)},
        {"text": STORY},
        {"file": upload(f"<html><body><p>{STORY}</p></body></html>", "page.html")},
    )
    for options in given:
        answer = await newsroom.ask("summarize", by=asker, **options)
        found = shown.rows(answer.text)

        assert found
        assert all(row in STORY for row in found)
    assert await seen(newsroom, newsroom.discord.guild) == before


async def test_a_guild_may_show_a_command_to_all_and_it_refuses_them_still(
    newsroom: Program,
) -> None:
    discord = newsroom.discord
    with pytest.raises(MisuseError, match="hidden from reader"):
        newsroom.act("doc list", by=discord.reader)

    discord.grant("doc")
    discord.grant("schedule")
    await newsroom.ask(
        "schedule create", name="kept", channel=discord.news, time="07:30", timezone="UTC"
    )
    refused = [
        await newsroom.ask("doc add", by=discord.reader, file=upload(STORY)),
        await newsroom.ask("doc remove", by=discord.reader, document="1"),
        await newsroom.ask("doc list", by=discord.reader),
        await newsroom.ask("schedule delete", by=discord.reader, name="kept"),
        await newsroom.ask("schedule run", by=discord.reader, name="kept"),
    ]
    offered = discord.autocomplete(
        discord.guild, discord.channel, discord.reader, "doc show", "document", ""
    )

    assert {answer.text for answer in refused} == {"You need Manage Server for this."}
    assert all(answer.ephemeral for answer in refused)
    assert (await offered.responded()).choices == []
    assert "kept" in (await newsroom.ask("schedule list")).text
    assert discord.news.messages == []
    await newsroom.ask("schedule delete", name="kept")


async def test_a_schedule_is_only_made_where_both_may_post(newsroom: Program) -> None:
    discord = newsroom.discord
    options = {"name": "wrong", "time": "07:30", "timezone": "UTC"}
    other = discord.add_guild("Fourth Newsroom")
    elsewhere = next(iter(other.channels.values()))
    for channel in (elsewhere, discord.voice):
        with pytest.raises(MisuseError):
            newsroom.act("schedule create", channel=channel, **options)

    quiet = discord.add_channel(discord.guild, "quiet")
    for permission in ("send_messages", "read_message_history"):
        discord.permit(quiet, **{permission: False})
        answer = await newsroom.ask("schedule create", channel=quiet, **options)
        discord.permit(quiet, **{permission: True})

        told = shown.words(answer.text)
        assert permission.replace("_", " ").title() in told
        assert "#quiet" in told
    assert "wrong" not in (await newsroom.ask("schedule list")).text


async def test_joining_posts_nothing_and_leaving_pauses_what_was_scheduled(
    newsroom: Program,
) -> None:
    discord = newsroom.discord
    await newsroom.ready()  # until then a server counts as one that was there before
    guild = discord.add_guild("Fifth Newsroom")
    channel = next(iter(guild.channels.values()))
    help_ = await newsroom.ask("help", guild=guild)
    await newsroom.ask(
        "schedule create", guild=guild, name="daily", channel=channel, time="07:30", timezone="UTC"
    )
    discord.kick(guild)
    await discord.until(lambda: due.paused(newsroom, "daily", running=True))
    discord.let_in(guild)
    await discord.until(lambda: not due.paused(newsroom, "daily", running=True))

    assert "Next: try /brief now" in shown.words(help_.text).replace("**", "")
    assert [text(message) for message in channel.messages] == []
