"""Every slash command: what Discord is told of it, what it answers, whom it refuses."""

import itertools
from contextlib import asynccontextmanager

import discord
import pytest
from discord import app_commands

from bot import commands
from briefs import lookups
from tests import fakes
from tests.briefs.documents import made
from tests.discord_server import Permission, Server, Upload

ADMINISTRATION = {"Add to library", "audit", "doc", "entity", "feed", "schedule", "story"}
MANAGE_SERVER = 1 << 5
MENUS = {"Add to library", "Summarize its links", "Summarize this message", "Where was this said?"}
MORNING = {"name": "morning", "time": "07:30", "timezone": "Europe/Kyiv"}


def upload(name, data):
    return Upload(name=name, data=data, content_type="text/plain")


OPML = (
    b'<opml version="2.0"><body><outline type="rss" text="Tarn" xmlUrl="http://127.0.0.1/t.xml"/>'
    b"</body></opml>"
)

# every command with options that it can answer once there is a document and a schedule
SAMPLES = {
    "brief now": {},
    "brief changes": {},
    "brief latest": {},
    "brief show": {"number": 1},
    "brief archive": {},
    "explain": {},
    "figures": {},
    "who": {"name": "Ada Quill"},
    "quotes": {"person": "Ada Quill"},
    "timeline": {"subject": "Ada Quill"},
    "compare": {"first": "Ada Quill", "second": "Lake Ems"},
    "trending": {},
    "search": {"query": "bridge"},
    "summarize": {"text": fakes.LAKE},
    "doc add": {"file": upload("notes.txt", fakes.LAKE.encode())},
    "doc list": {},
    "doc show": {"document": "1"},
    "doc edit": {"document": "2", "title": "Their bridge", "date": "2026-03-01"},
    "doc reindex": {},
    "doc remove": {"document": "2"},
    "feed import": {"file": upload("feeds.opml", OPML)},
    "feed add": {"url": "http://127.0.0.1/feed.xml"},
    "feed test": {"url": "http://127.0.0.1/feed.xml"},
    "feed edit": {"name": "tarn", "interval": 60},
    "feed list": {},
    "feed info": {"name": "tarn"},
    "feed errors": {},
    "feed refresh": {"name": "tarn"},
    "feed pause": {"name": "tarn"},
    "feed resume": {"name": "tarn"},
    "feed export": {},
    "feed remove": {"name": "tarn"},
    "sources": {},
    "source": {"name": "tarn"},
    "entity show": {"name": "Ada Quill"},
    "entity alias-add": {"name": "Ada Quill", "alias": "The Mayor"},
    "entity alias-remove": {"name": "Ada Quill", "alias": "The Mayor"},
    "entity merge": {"keep": "Ada Quill", "drop": "Tarn Works"},
    "entity split": {"name": "Ada Quill", "form": "Quill"},
    "entity type": {"name": "Tarn Works", "kind": "place"},
    "entity hide": {"name": "Tarn Works"},
    "entity unhide": {"name": "Tarn Works"},
    "entity undo": {},
    "entity import": {"file": upload("names.csv", b"Ada Quill,person,Adalina")},
    "schedule create": MORNING | {"name": "evening"},
    "schedule edit": {"name": "morning", "time": "08:00"},
    "schedule list": {},
    "schedule preview": {"name": "morning"},
    "schedule simulate": {"name": "morning"},
    "schedule run": {"name": "morning"},
    "schedule next": {"name": "morning"},
    "schedule pause": {"name": "morning"},
    "schedule resume": {"name": "morning"},
    "schedule history": {"name": "morning"},
    "schedule why": {"name": "morning"},
    "schedule place": {"name": "morning"},
    "schedule delete": {"name": "morning"},
    "story list": {},
    "story show": {"story": "1"},
    "story merge": {"keep": "1", "drop": "2"},
    "story split": {"story": "1", "documents": "1"},
    "story undo": {},
    "topic create": {"name": "bridges", "terms": "bridge, lake"},
    "topic edit": {"name": "bridges", "exclude": "harbour"},
    "topic list": {},
    "topic test": {"name": "bridges"},
    "topic delete": {"name": "bridges"},
    "watch add": {"text": "Ada Quill"},
    "watch list": {},
    "watch remove": {"text": "Ada Quill"},
    "audit": {},
    "help": {},
    "about": {},
}


@asynccontextmanager
async def running(folder, text=""):
    async with Server() as server, fakes.running(folder, server, text) as bot:
        yield bot


def tree():
    found = app_commands.CommandTree(
        discord.Client(intents=discord.Intents.none()),
        allowed_contexts=app_commands.AppCommandContext(guild=True),
    )
    for command in commands.make():
        found.add_command(command)
    return found


def leaves():
    return [each for each in tree().walk_commands() if isinstance(each, app_commands.Command)]


def texts(payload):
    """Yield what counts towards the 8,000 characters of a command."""
    yield from (payload["name"], payload.get("description", ""))
    for choice in payload.get("choices") or []:
        yield from (choice["name"], str(choice["value"]))
    for option in payload.get("options") or []:
        yield from texts(option)


@pytest.fixture
def payloads():
    found = tree()
    return [command.to_dict(found) for command in found.get_commands()]


def test_every_command_has_a_sample_here():
    assert sorted(SAMPLES) == sorted(each.qualified_name for each in leaves())


def test_everything_is_described(payloads):
    typed = [each for each in payloads if "description" in each]
    described = [*itertools.chain.from_iterable(texts(each) for each in typed)]

    assert all(len(text) <= 100 for text in described)
    assert not [text for text in described if text.strip() in {"", "…"}]
    assert all(p.description != "…" for each in leaves() for p in each.parameters)
    assert {each["name"] for each in payloads if each not in typed} == MENUS


def test_every_command_fits_discords_limits(payloads):
    for payload in payloads:
        assert sum(len(text) for text in texts(payload)) <= 8_000
        assert len(payload.get("options") or []) <= 25
    assert all(len(each.parameters) <= 25 for each in leaves())


def test_a_message_offers_no_more_than_discord_lets_it(payloads):
    menus = [each for each in payloads if each["type"] == discord.AppCommandType.message.value]

    assert {each["name"] for each in menus} == MENUS
    assert len(menus) <= 5
    assert all(len(each["name"]) <= 32 for each in menus)


def test_every_command_is_for_servers_only(payloads):
    assert all(payload["contexts"] == [0] for payload in payloads)


def test_administration_is_for_who_manages_the_server(payloads):
    wanted = {each["name"]: each["default_member_permissions"] for each in payloads}

    assert {name for name, value in wanted.items() if value == MANAGE_SERVER} == ADMINISTRATION
    assert all(wanted[name] is None for name in wanted if name not in ADMINISTRATION)


def test_texts_that_users_type_are_bounded():
    for each in leaves():
        for option in each.parameters:
            bounded = option.max_value is not None or option.autocomplete or option.choices
            assert bounded or option.type is not discord.AppCommandOptionType.string


async def test_every_command_answers_and_only_to_who_asked(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        fakes.keep(bot.store, title="Ours", scope=bot.scope)
        await bot.ask("schedule create", channel=bot.discord.channel, **MORNING)

        for command, options in SAMPLES.items():
            where = {"channel": bot.discord.channel} if command == "schedule create" else {}
            if command == "brief latest":
                await bot.ask("schedule run", name="morning")
            answer = await bot.ask(command, **options, **where)
            assert answer.deferred, command
            assert answer.ephemeral, command
            assert answer.text, command
            assert "went wrong" not in answer.text, command
        assert bot.discord.pings == []


SHARED = (
    *("brief now", "brief changes", "figures", "who", "quotes", "timeline", "compare", "trending"),
    *("search", "summarize"),
)


@pytest.mark.parametrize("command", SHARED)
async def test_a_look_up_can_be_shared(tmp_path, command):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask(command, **SAMPLES[command], share=True)

        assert not answer.ephemeral


async def test_an_error_of_a_shared_answer_is_told_to_one_person(tmp_path):
    async with running(tmp_path) as bot:
        answer = await bot.slash("who", name="Nobody at All", share=True).until(
            lambda a: a.followups
        )

        assert answer.followups[0].ephemeral
        assert "Nobody at All" in answer.followups[0].content


async def test_the_card_of_a_person_quotes_with_sources(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        shown = (await bot.ask("who", name="Quill")).text

        assert "The bridge will open to everybody tomorrow," in shown
        assert "[courier.example](<https://courier.example/bridge>)" in shown


async def test_a_member_is_refused_administration_even_if_the_server_shows_it(tmp_path):
    async with running(tmp_path) as bot:
        for name in ("doc", "schedule"):
            bot.discord.grant(name)
        place = bot.discord.guild, bot.discord.channel, bot.discord.reader

        for command, options in (("doc remove", {"document": "1"}), ("schedule list", {})):
            answer = await bot.discord.slash(*place, command, **options).done()
            assert "You need Manage Server" in answer.text
        offered = bot.discord.autocomplete(*place, "doc show", "document", "")

        assert (await offered.responded()).choices == []


async def test_another_servers_documents_are_as_good_as_none(tmp_path):
    async with running(tmp_path) as bot:
        bot.discord.add_guild("Elsewhere")
        theirs = fakes.keep(bot.store, title="Secret plan", scope=77)

        shown = await bot.ask("doc show", document=str(theirs))
        removed = await bot.ask("doc remove", document=str(theirs))
        missing = await bot.ask("doc show", document="999")
        listed = await bot.ask("doc list")
        person = await bot.ask("who", name="Ada Quill")

        assert shown.text == missing.text.replace("999", str(theirs)) == removed.text
        assert "Secret" not in listed.text
        assert "nobody and nothing called" in person.text
        assert await bot.type("doc show", "document", "Secret") == []
        assert await bot.type("who", "name", "Ada") == []


@pytest.mark.parametrize("value", ["x", "-1", "1; drop table document", "9" * 40, "#1", "\uff11"])
async def test_a_number_that_is_none_is_not_found(tmp_path, value):
    async with running(tmp_path) as bot:
        answer = await bot.ask("doc show", document=value)

        assert answer.text.startswith("There is no document")


async def test_choices_carry_ids_and_fit(tmp_path):
    async with running(tmp_path) as bot:
        number = fakes.keep(bot.store, title="A " + "very " * 60 + "long title")

        documents = await bot.type("doc show", "document", "A very")
        people = await bot.type("who", "name", "qui")

        assert [value for _, value in documents] == [str(number)]
        assert all(len(name) <= 100 for name, _ in documents)
        assert people[0][0] == "Ada Quill (person, 1 document)"
        assert "Ada Quill" in (await bot.ask("who", name=people[0][1])).text


async def test_a_misspelled_name_is_offered_as_it_should_be(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        offered = await bot.type("compare", "second", "Quil Ada")

        assert ("Ada Quill (person, 1 document)", "#1") in offered


async def test_a_card_has_a_picture_that_is_described(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        card = await bot.ask("who", name="Quill")
        quotes = await bot.ask("who", name="Quill", view="quotes")

        (picture,) = card.attachments
        (embed,) = card.message.embeds
        assert picture.data.startswith(b"\x89PNG")
        assert picture.description.startswith("Bar chart: mentions of Ada Quill per day")
        assert "chart.png" in embed["image"]["url"]
        assert quotes.attachments == []


async def test_without_the_right_to_attach_files_a_card_has_no_picture(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        bot.discord.permit(bot.discord.channel, bot.discord.bot, attach_files=False)

        card = await bot.ask("who", name="Quill")

        assert card.attachments == []
        assert "The bridge will open" in card.text


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday!"])
async def test_a_day_that_is_none_is_refused(tmp_path, day):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask("timeline", subject="Quill", since=day)

        assert "is no day: write it like 2026-11-22" in answer.text.replace("\\", "")


async def test_time_zones_are_offered(tmp_path):
    async with running(tmp_path) as bot:
        offered = await bot.type("schedule create", "timezone", "kyi")

        assert ("Europe/Kyiv", "Europe/Kyiv") in offered


async def test_an_uploaded_file_is_this_servers_alone(tmp_path):
    async with running(tmp_path) as bot:
        file = upload("bridge.md", f"# The bridge @everyone\n\n{fakes.LAKE}".encode())

        answer = await bot.ask("doc add", file=file)

        (document,) = bot.store.documents.listing(bot.scope, limit=5).documents
        assert document.scope == bot.scope
        assert r"The bridge \@everyone” is now in the library" in answer.text
        assert bot.discord.pings == []


async def test_each_document_of_an_uploaded_archive_is_added_or_said(tmp_path):
    data = made.archive(
        {
            "lake.md": fakes.LAKE.encode(),
            "bridge.docx": made.docx(made.paragraph("The bridge was opened on Monday by her.")),
            "broken.pdf": b"%PDF- and no more",
        }
    )
    async with running(tmp_path) as bot:
        answer = await bot.ask("doc add", file=upload("news.zip", data))
        again = await bot.ask("doc add", file=upload("news.zip", data))

        listed = bot.store.documents.listing(bot.scope, limit=5).documents
        assert {each.scope for each in listed} == {bot.scope}
        assert sorted(each.title for each in listed) == ["bridge", "lake"]
        told = answer.text.replace("\\", "")
        assert "holds 3 documents: 2 are new or corrected" in told
        assert "1 could not be read" in told
        assert "news.zip/broken.pdf: is no PDF file that can be read" in told
        assert "2 were in the library already" in again.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("broken.pdf", b"%PDF- and no more", "is no PDF file that can be read"),
        ("broken.zip", b"PK and no more", "is a damaged archive"),
        ("photo.png", b"x", "is not a kind that can be read"),
        ("large.txt", b"x" * 10_000_001, "larger than 10 MB"),
        ("binary.txt", bytes(range(256)) * 20, "binary.txt"),
        ("empty.txt", b"", "empty.txt"),
    ],
)
async def test_a_file_that_cannot_be_read_is_said(tmp_path, name, data, said):
    async with running(tmp_path) as bot:
        answer = await bot.ask("doc add", file=upload(name, data))

        assert said in answer.text.replace("\\", "")
        assert "went wrong" not in answer.text


@pytest.mark.parametrize("options", [{}, {"text": "A text.", "file": upload("a.txt", b"A text.")}])
async def test_a_summary_takes_one_of_a_file_a_text_and_an_address(tmp_path, options):
    async with running(tmp_path) as bot:
        answer = await bot.ask("summarize", **options)

        assert "only one of them" in answer.text


async def test_a_summary_is_kept_nowhere(tmp_path):
    async with running(tmp_path) as bot:
        answer = await bot.ask("summarize", text=fakes.LAKE, sentences=1)

        assert "Mayor Ada Quill opened the new bridge" in answer.text
        assert bot.store.documents.counts(bot.scope).documents == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"time": "7.30"}, "“7.30” is not a time of day"),
        ({"timezone": "../../etc/passwd"}, "is not a time zone"),
        ({"days": "someday"}, "is not a day"),
        ({"name": " "}, "cannot be a schedule's name"),
    ],
)
async def test_a_schedule_that_makes_no_sense_is_refused(tmp_path, changes, said):
    async with running(tmp_path) as bot:
        options = {"channel": bot.discord.channel} | MORNING | changes

        answer = await bot.ask("schedule create", **options)

        assert said in answer.text.replace("\\", "")
        assert bot.store.schedules.every() == ()


async def test_the_missing_permission_of_a_channel_is_named(tmp_path):
    async with running(tmp_path) as bot:
        secret = bot.discord.add_channel(bot.discord.guild, "secret")
        bot.discord.permit(secret, bot.discord.bot, read_message_history=False)

        answer = await bot.ask("schedule create", channel=secret, **MORNING)

        assert "Daybrief needs Read Message History in \\#secret" in answer.text
        assert bot.store.schedules.every() == ()


async def test_a_schedule_where_embeds_are_not_allowed_is_made_and_told_to_be_plain(tmp_path):
    async with running(tmp_path) as bot:
        plain = bot.discord.add_channel(bot.discord.guild, "plain")
        bot.discord.permit(plain, bot.discord.bot, embed_links=False)

        answer = await bot.ask("schedule create", channel=plain, **MORNING)

        assert f"Embed Links is not allowed in <#{plain.id}>: it is plain text" in answer.text
        (made,) = bot.store.schedules.every()
        assert made.channel == plain.id


async def test_a_schedule_is_made_in_a_forum_with_its_tags(tmp_path):
    async with Server() as server:
        tag = server.add_tag(server.forum, "Daily")
        async with fakes.running(tmp_path, server) as bot:
            answer = await bot.ask("schedule create", channel=server.forum, tags="daily", **MORNING)

            (made,) = bot.store.schedules.every()
            assert f"posts in <#{server.forum.id}>" in answer.text
            assert (made.kind, made.tags) == ("forum", (tag,))


async def test_a_role_that_may_not_be_notified_makes_no_schedule(tmp_path):
    async with running(tmp_path) as bot:
        role = bot.discord.add_role(bot.discord.guild, "readers", Permission(0))
        answer = await bot.ask(
            "schedule create", channel=bot.discord.channel, mention=role, **MORNING
        )

        assert "may not notify @readers" in answer.text.replace("\\", "")
        assert bot.store.schedules.every() == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"tags": "daily"}, "Tags are for the posts of a forum: at most 5."),
        ({"publish": True}, "Only messages in an announcement channel can be published."),
    ],
)
async def test_what_a_channel_cannot_do_makes_no_schedule(tmp_path, options, said):
    async with running(tmp_path) as bot:
        answer = await bot.ask("schedule create", channel=bot.discord.channel, **options, **MORNING)

        assert said in answer.text.replace("\\", "")
        assert bot.store.schedules.every() == ()


async def test_who_may_not_post_in_a_channel_cannot_schedule_there(tmp_path):
    async with running(tmp_path) as bot:
        place = bot.discord
        editor = place.add_user("editor", place.guild)
        place.add_role(place.guild, "Editors", Permission.MANAGE_GUILD, editor)
        secret = place.add_channel(place.guild, "secret")
        place.permit(secret, editor, send_messages=False)

        answer = await place.slash(
            place.guild, place.channel, editor, "schedule create", channel=secret, **MORNING
        ).done()

        assert "You need Send Messages in \\#secret yourself" in answer.text


async def test_a_schedule_of_the_file_belongs_to_the_server_of_its_channel(tmp_path):
    async with Server() as server:
        text = f'[[schedules]]\nname = "filed"\nchannel = {server.channel.id}\ntime = "07:30"\n'
        async with fakes.running(tmp_path, server, text) as bot:
            (schedule,) = bot.store.schedules.every()
            listed = await bot.ask("schedule list")
            deleted = await bot.ask("schedule delete", name="filed")
            paused = await bot.ask("schedule pause", name="filed")

    assert (schedule.scope, schedule.owner) == (bot.scope, "file")
    assert "**filed**" in listed.text
    assert "stands in config.toml" in deleted.text
    assert "is paused" in paused.text


async def test_a_schedule_of_another_server_is_as_good_as_none(tmp_path):
    async with running(tmp_path) as bot:
        await bot.ask("schedule create", channel=bot.discord.channel, **MORNING)
        other = bot.discord.add_guild("Elsewhere")
        lobby = bot.discord.add_channel(other, "lobby")
        bot.discord.let_in(other)

        for command in ("next", "preview", "pause", "resume", "run", "delete"):
            answer = await bot.discord.slash(
                other, lobby, other.owner, f"schedule {command}", name="morning"
            ).done()
            assert "There is no schedule called “morning”. There are none here yet" in answer.text


async def pages(bot, answer):
    """Return what stands on each page of an answer with several."""
    shown = [answer.text]
    while not next(each for each in answer.components if each.get("label") == "▶")["disabled"]:
        await bot.discord.press(answer.message, answer.button("▶"), bot.discord.owner).done()
        shown.append(answer.text)
    return shown


async def test_help_says_the_next_step(tmp_path):
    async with running(tmp_path) as bot:
        empty = await bot.ask("help")
        fakes.keep(bot.store)
        unscheduled = await bot.ask("help")
        await bot.ask("schedule create", channel=bot.discord.channel, **MORNING)
        done = await bot.ask("help")

        assert "add one with /doc add" in empty.text
        assert "with /schedule create" in unscheduled.text
        shown = await pages(bot, done)

        assert "/schedule next" in shown[0].splitlines()[1]
        assert all(f"/{each.qualified_name}:" in "\n".join(shown) for each in leaves())


async def test_an_unexpected_error_has_the_same_id_in_the_log_and_in_the_reply(
    tmp_path, monkeypatch, caplog
):
    async with running(tmp_path) as bot:
        monkeypatch.setattr(lookups, "search", lambda *_, **__: 1 / 0)
        answer = await bot.ask("search", query="bridge")
        monkeypatch.undo()

    (record,) = [each for each in caplog.records if each.name == "bot.errors"]
    number = record.getMessage().split()[1]
    assert "Something went wrong" in answer.text
    assert number in answer.text
    assert record.exc_info


async def test_the_bot_keeps_to_the_servers_of_the_configuration(tmp_path):
    async with Server() as server:
        text = f"[discord]\nguilds = [{server.guild.id}]\n"
        async with fakes.running(tmp_path, server, text) as bot:
            answer = await bot.ask("about")

            assert len(server.commands(server.guild)) == len(commands.make())
            assert server.commands() == []
            assert "Daybrief" in answer.text
