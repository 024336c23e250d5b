"""Every command over sockets: registered once, answered, seen by whom it should be, verbatim."""

from collections.abc import Iterator

import pytest

from tests.discord_server import Server, Upload
from tests.test_end_to_end import program, shown
from tests.test_end_to_end.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = Upload(
    name="note.txt",
    content_type="text/plain",
    data=b"Mayor Ada Quill opened the bridge on Monday. It cost 12 million euros.",
)
NAMES = Upload(
    name="names.csv", content_type="text/csv", data=b"Baykar,organisation,Baykar Makina Inc"
)
FEEDS = Upload(
    name="feeds.opml",
    content_type="text/xml",
    data=b'<opml version="2.0"><body><outline type="rss" text="Tarn" '
    b'xmlUrl="http://127.0.0.1/t.xml"/></body></opml>',
)
SEEDED = 11

_OF_CHANGES = ("entity unhide", "entity undo", "story undo")  # offer what was changed: nothing was


def a_round(discord: Server) -> tuple[tuple[str, dict[str, object], str], ...]:
    """Return every command, in an order in which each has something to say, and words of that."""
    create = {"name": "dawn", "channel": discord.news, "time": "07:30", "timezone": "Europe/Kyiv"}
    dawn = {"name": "dawn"}
    return (
        ("help", {}, "Next: try /brief now"),
        ("about", {}, "What is stored:"),
        ("brief now", {}, "factory for Turkish armed drones"),
        ("brief changes", {}, "factory for Turkish armed drones"),
        ("figures", {}, "approximately 50"),
        ("topic create", {"name": "Drones", "terms": "drone"}, "Topic Drones is made"),
        ("topic edit", {"name": "drones", "exclude": "harbour"}, "Topic Drones is changed"),
        ("topic list", {}, "terms drone; not with harbour"),
        ("topic test", {"name": "drones"}, "Found: “drone"),
        ("topic delete", {"name": "drones"}, "Topic Drones is deleted"),
        ("watch add", {"text": "Baykar"}, "Baykar"),
        ("watch list", {}, "Baykar"),
        ("watch remove", {"text": "Baykar"}, "Baykar"),
        ("who", {"name": "kuleba"}, "Ukrainian Foreign Minister"),
        ("quotes", {"person": "kuleba"}, "A land plot on which the factory will be built"),
        ("timeline", {"subject": "kuleba", "since": "2021-10-07"}, "Dmytro Kuleba: timeline"),
        ("compare", {"first": "kuleba", "second": "baykar"}, "Dmytro Kuleba and Baykar"),
        ("trending", {"window": "7d"}, "Dmytro Kuleba (person): 6 documents, 0 before"),
        ("search", {"query": "vasylkiv"}, "Vasylkiv"),
        ("summarize", {"file": NOTE, "sentences": 1}, "Mayor Ada Quill opened the bridge"),
        ("doc add", {"file": NOTE}, f"it is document {SEEDED + 1}."),
        ("doc list", {}, f"{SEEDED + 1}. note"),
        ("doc show", {"document": str(SEEDED + 1)}, "It cost 12 million euros."),
        ("doc edit", {"document": str(SEEDED + 1), "title": "A note"}, "“A note”, is corrected"),
        ("doc reindex", {"document": str(SEEDED + 1)}, "analysed again"),
        ("audit", {}, f"document {SEEDED + 1}, title corrected by"),
        ("feed import", {"file": FEEDS}, "1 added, 0 known already"),
        ("feed list", {}, "Tarn"),
        ("feed info", {"name": "tarn"}, "Address: [127.0.0.1]"),
        ("feed edit", {"name": "tarn", "interval": 60}, "Feed Tarn is changed"),
        ("feed refresh", {"name": "tarn"}, "Tarn: fails"),
        ("feed errors", {}, "is not on the public internet"),
        ("feed pause", {"name": "tarn"}, "Feed Tarn is paused"),
        ("feed resume", {"name": "tarn"}, "“Tarn” is read again"),
        ("feed export", {}, "The feeds:"),
        ("feed test", {"url": "http://127.0.0.1/feed.xml"}, "is not on the public internet"),
        ("feed add", {"url": "http://127.0.0.1/feed.xml"}, "is not on the public internet"),
        ("sources", {}, "1 feed:"),
        ("source", {"name": "tarn"}, "From 127.0.0.1"),
        ("feed remove", {"name": "tarn"}, "“Tarn” will be read no more"),
        ("schedule create", create, "dawn posts in"),
        ("schedule list", {}, "07:30 daily, Europe/Kyiv"),
        ("schedule next", dawn, "07:30 Europe/Kyiv"),
        ("schedule preview", dawn, "Mayor Ada Quill opened the bridge on Monday."),
        ("schedule run", dawn, "dawn is posted:"),
        ("brief latest", {"schedule": "dawn"}, "Mayor Ada Quill opened the bridge on Monday."),
        ("brief show", {"number": 1}, "Mayor Ada Quill opened the bridge on Monday."),
        ("brief archive", {"schedule": "dawn"}, "1. "),
        ("explain", {"number": 1}, "Picked for its score"),
        ("story list", {}, "factory for Turkish armed drones"),
        ("story show", {"story": "1"}, "Vasylkiv"),
        ("story merge", {"keep": "1", "drop": "2"}, "Story 2 is one with story 1"),
        ("story split", {"story": "1", "documents": "1"}, "This affects 1 document"),
        ("story undo", {}, "There is nothing to undo here."),
        ("schedule history", dawn, "dawn"),
        ("schedule why", dawn, "dawn"),
        ("schedule simulate", dawn, "dawn"),
        ("schedule place", {**dawn, "publish": False}, "dawn"),
        ("schedule edit", {**dawn, "time": "08:00"}, "dawn"),
        ("schedule pause", dawn, "dawn is paused"),
        ("schedule resume", dawn, "dawn is on again"),
        ("schedule delete", dawn, "dawn is deleted."),
        ("doc remove", {"document": str(SEEDED + 1)}, "is deleted."),
        ("entity show", {"name": "kuleba"}, "Dmytro Kuleba is a person."),
        ("entity alias-add", {"name": "kuleba", "alias": "The Diplomat"}, "Done:"),
        ("entity alias-remove", {"name": "kuleba", "alias": "The Diplomat"}, "This affects 0"),
        ("entity merge", {"keep": "kuleba", "drop": "baykar"}, "Baykar is one with Dmytro"),
        ("entity split", {"name": "kuleba", "form": "Kuleba"}, "This affects"),
        ("entity type", {"name": "baykar", "kind": "place"}, "Baykar is a place"),
        ("entity hide", {"name": "baykar"}, "Baykar is hidden"),
        ("entity unhide", {"name": "baykar"}, "Baykar is not hidden"),
        ("entity import", {"file": NAMES}, "1 change of names.csv"),
        ("entity undo", {}, "Undone:"),
        ("audit", {}, "No editor has changed a posted briefing or a document here yet."),
    )


def leaves(discord: Server) -> Iterator[tuple[str, list[dict]]]:
    """Yield what is registered, as it is typed, with its options."""
    typed = (command for command in discord.commands() if command["type"] == 1)
    for command in typed:
        options = command.get("options") or []
        inner = [option for option in options if option["type"] == 1]
        for each in inner:
            yield f"{command['name']} {each['name']}", each.get("options") or []
        if not inner:
            yield command["name"], options


async def test_every_command_that_is_registered_answers_who_asked_and_nobody_else(
    newsroom: Program,
) -> None:
    asked = a_round(newsroom.discord)
    assert {name for name, _ in leaves(newsroom.discord)} == {name for name, _, _ in asked}
    for command, options, words in asked:
        answer = await newsroom.ask(command, **options)

        assert words in shown.words(answer.text).replace("**", "")
        assert answer.ephemeral, command
        assert answer.interaction.refused == []

    [posted] = newsroom.discord.news.messages
    assert "Mayor Ada Quill opened the bridge on Monday." in str(posted.embeds)


async def test_what_can_be_shared_is_shown_to_all_when_that_is_asked_for(
    newsroom: Program,
) -> None:
    options = {
        "brief now": {},
        "brief changes": {"since": "24h"},
        "figures": {},
        "who": {"name": "kuleba"},
        "quotes": {"person": "kuleba"},
        "timeline": {"subject": "kuleba"},
        "compare": {"first": "kuleba", "second": "baykar"},
        "trending": {},
        "search": {"query": "factory"},
        "summarize": {"text": "Ada Quill spoke in Berlin."},
    }
    can_share = {
        name for name, given in leaves(newsroom.discord) if "share" in {o["name"] for o in given}
    }
    assert can_share == set(options)
    for command, given in options.items():
        answer = await newsroom.ask(command, share=True, **given)

        assert not answer.ephemeral, command
        assert any(word in answer.text for word in ("Ada Quill", "Kuleba", "Kyiv"))


async def test_every_line_of_an_answer_stands_in_its_document(newsroom: Program) -> None:
    library = shown.documents(program.SEEDS)
    questions = (
        ("brief now", {"length": "long"}),
        ("who", {"name": "kuleba"}),
        ("who", {"name": "Çavuşoğlu", "view": "mentions"}),
        ("who", {"name": "Baykar", "view": "timeline"}),
        ("who", {"name": "kuleba", "view": "network"}),
        ("timeline", {"subject": "kuleba"}),
        ("compare", {"first": "kuleba", "second": "cavusoglu"}),
        ("quotes", {"person": "zelenskyy"}),
        ("search", {"query": "drones training"}),
    )
    for command, options in questions:
        answer = await newsroom.ask(command, **options)
        found = shown.quotations(answer.text)

        assert len(found) >= 2, answer
        for quoted, source, stamp in found:
            assert quoted in library[source, stamp]


async def test_a_name_is_one_person_however_it_is_written(newsroom: Program) -> None:
    answers = [
        await newsroom.ask("who", name=name)
        for name in ("kuleba", "Dmytro Kuleba", "@DmytroKuleba", "KULEBA")
    ]

    assert len({answer.text for answer in answers}) == 1
    assert answers[0].embeds[0]["title"] == "Dmytro Kuleba"
    assert "sample documents" in answers[0].text


async def test_each_option_that_completes_offers_what_was_begun(newsroom: Program) -> None:
    await newsroom.ask(
        "schedule create",
        name="kyiv daily",
        channel=newsroom.discord.news,
        time="09:00",
        timezone="UTC",
    )
    await newsroom.ask("schedule run", name="kyiv daily")
    await newsroom.ask("topic create", name="Kyiv", terms="kyiv")
    await newsroom.ask("watch add", text="Kyiv")
    await newsroom.ask("feed import", file=FEEDS)
    await newsroom.ask("feed edit", name="Tarn", rename="Kyiv")
    people = dict.fromkeys(("who", "quotes", "timeline", "compare", "entity"), "Dmytro Kuleba")
    titles = dict.fromkeys(("doc", "story"), "Ukraine")
    walked = [
        (command, option["name"])
        for command, options in leaves(newsroom.discord)
        for option in options
        if option.get("autocomplete") and command not in _OF_CHANGES
    ]
    for command, option in walked:
        named = {**people, **titles}.get(command.split()[0], "Kyiv")
        wanted = "20 lines" if option == "length" else named
        offered = await newsroom.type(command, option, wanted.split()[-1][:3])

        assert 1 <= len(offered) <= 25, (command, option)
        shown_names = [name.casefold() for name, _ in offered]
        assert any(wanted.casefold() in name for name in shown_names), (command, option, offered)
    proposed = await newsroom.ask("feed remove", name="Kyiv")
    await newsroom.press(proposed, "Remove it")
    await newsroom.ask("watch remove", text="Kyiv")
    await newsroom.ask("topic delete", name="Kyiv")
    await newsroom.ask("schedule delete", name="kyiv daily")

    assert len(walked) >= 20


async def test_what_was_offered_is_understood_when_it_is_sent(newsroom: Program) -> None:
    [(name, value)] = await newsroom.type("who", "name", "Çavuş")
    answer = await newsroom.ask("who", name=value)

    assert name == "Mevlüt Çavuşoğlu (person, 6 documents)"
    assert answer.embeds[0]["title"] == "Mevlüt Çavuşoğlu"


async def test_pages_turn_in_place_and_for_others_in_a_copy_of_their_own(
    newsroom: Program,
) -> None:
    discord = newsroom.discord
    answer = await newsroom.ask("who", name="Ukraine", view="mentions", share=True)
    first = answer.text
    assert "page 1/" in first

    turned = await newsroom.press(answer, "▶")
    assert turned.message is answer.message
    assert "page 2/" in answer.text

    copy = await newsroom.press(answer, "◀", by=discord.reader)
    assert copy.ephemeral
    assert copy.message is not answer.message
    assert copy.text == first
    assert "page 2/" in answer.text


async def test_pages_turn_after_a_restart_too(newsroom: Program) -> None:
    answer = await newsroom.ask("who", name="Ukraine", view="mentions")
    first = answer.text

    await newsroom.restart()
    await newsroom.press(answer, "▶")
    assert "page 2/" in answer.text
    await newsroom.press(answer, "◀")
    assert answer.text == first


async def test_a_card_shows_the_view_that_is_chosen(newsroom: Program) -> None:
    answer = await newsroom.ask("who", name="kuleba")
    [menu] = [each for each in answer.components if each.get("options")]

    chosen = newsroom.discord.select(
        answer.message, menu["custom_id"], newsroom.discord.owner, "timeline"
    )
    await chosen.done()
    assert "### When" in answer.text
    assert "### Said" not in answer.text


async def test_commands_are_registered_once_whatever_is_restarted(newsroom: Program) -> None:
    await newsroom.restart()
    await newsroom.ask("help")

    assert [sync.guild for sync in newsroom.discord.syncs] == [None]


async def test_more_than_discord_would_stand_is_refused_with_a_sentence(
    newsroom: Program,
) -> None:
    reader = newsroom.discord.reader
    asked = [await newsroom.ask("summarize", text="Ada Quill spoke.", by=reader) for _ in range(4)]

    assert all("Ada Quill spoke." in answer.text for answer in asked[:3])
    assert shown.words(asked[3].text).startswith("Too many in a row: try again in ")
    assert asked[3].ephemeral


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("who", {"name": "Nobody Whatsoever"}, "There is nobody and nothing called “Nobody"),
        ("who", {"name": "#999999"}, "There is nobody and nothing of that name here."),
        ("quotes", {"person": "'; drop table document; --"}, "There is nobody and nothing called"),
        ("search", {"query": "x OR scope:s7"}, "Nothing found."),
        ("search", {"query": '" NEAR( title:* * ^'}, "Nothing found."),
        ("brief now", {"about": "submarines"}, "none about “submarines”."),
        ("doc show", {"document": "12345"}, "There is no document 12345 here."),
        ("doc show", {"document": "x" * 200}, "There is no document xxx"),
        ("doc remove", {"document": "-1"}, "There is no document -1 here."),
        ("brief latest", {"schedule": "none"}, "There is no schedule called “none”."),
        ("schedule next", {"name": "none"}, "There is no schedule called “none”."),
        ("summarize", {}, "Give a file, an address or a text, and only one of them."),
    ],
)
async def test_what_is_not_there_is_said_in_a_sentence(
    newsroom: Program, command: str, options: dict[str, object], sentence: str
) -> None:
    answer = await newsroom.ask(command, **options)

    assert sentence in shown.words(answer.text)
    assert answer.ephemeral


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time": "25:00"}, "“25:00” is not a time of day"),
        ({"time": "every minute"}, "is not a time of day"),
        ({"time": "07:30,07:31"}, "leave at least 15 minutes"),
        ({"days": "someday"}, "someday"),
        ({"timezone": "../../etc/passwd"}, "../../etc/passwd"),
        ({"timezone": "UTC+25"}, "UTC+25"),
    ],
)
async def test_a_schedule_that_makes_no_sense_is_not_made(
    newsroom: Program, wrong: dict[str, str], sentence: str
) -> None:
    right = {"name": "wrong", "time": "07:30", "timezone": "UTC"}
    answer = await newsroom.ask("schedule create", channel=newsroom.discord.news, **(right | wrong))
    listed = await newsroom.ask("schedule list")

    assert sentence in shown.words(answer.text)
    assert "wrong" not in listed.text
