"""The buttons under a posted briefing: for readers, for editors, after a restart, pressed twice."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot import buttons, markup, views
from bot.views.posted import Pressed
from bot.views.posted.steps import Choice
from briefs import ingest
from briefs.model import PUBLIC, EditKind, State
from briefs.store import tables
from tests import fakes
from tests.discord_server import Server, text

HARVEST = (
    "Farmers of Podolia expect the smallest barley harvest since the drought, Minister Olena "
    "Hrabar said in Vinnytsia on Tuesday."
)
MORNING = {"name": "morning", "time": "07:30", "timezone": "Europe/Kyiv"}


def fill(bot, *, scope=None):
    """Put two stories into the library: a bridge, in two documents, and a harvest."""
    scope = bot.scope if scope is None else scope
    fakes.keep(bot.store, scope=scope)
    fakes.keep(bot.store, f"{fakes.LAKE} Ferries stop.", title="A ferry", scope=scope)
    fakes.keep(bot.store, HARVEST, title="A harvest", scope=scope)
    ingest.place(bot.store)


def long_story(number):
    """Return a document of one long sentence with words that no other document has."""
    letter = "abcdefghijklmnopqrst"[number]
    words = [f"{word}{letter}en" for word in ("harv", "lond", "tarm", "wesk")]
    return f"Workers of {words[0].title()} built " + ", ".join(words * 12) + " last week."


async def posted(bot):
    """Post a briefing of two stories, and return its message."""
    fill(bot)
    await bot.ask("schedule create", channel=bot.discord.news, **MORNING)
    await bot.ask("schedule run", name="morning")
    [message] = bot.discord.news.messages
    return message


def button(message, label):
    for row in message.components:
        for each in row["components"]:
            if each["label"] == label:
                return each["custom_id"]
    raise AssertionError(label)


async def press(server, message, label, user=None):
    """Press a button, and wait for the answer that only who pressed sees."""
    answer = server.press(message, button(message, label), user or server.owner)
    await answer.done()
    return answer


async def choose(server, answer, *values, user=None):
    """Choose in the list of *answer*, by what the options show."""
    [menu] = [each for each in answer.components if each.get("options")]
    found = [o["value"] for v in values for o in menu["options"] if v in o["label"]]
    assert len(found) == len(values), menu
    user = user or server.owner
    return await server.select(answer.message, menu["custom_id"], user, *found).done()


def options(answer):
    [menu] = [each for each in answer.components if each.get("options")]
    return [option["label"] for option in menu["options"]]


def said(answer):
    return markup.unescape(answer.text).replace("**", "")


def revise(bot, changed, *, title="A harvest"):
    return fakes.keep(bot.store, changed, title=title, scope=bot.scope)


def test_each_button_is_found_again_by_one_item():
    every = {**buttons.READING, **buttons.EDITING}
    for act in every:
        custom_id = buttons.custom_id(act, 10**17)
        found = [
            item
            for item in views.ITEMS
            if re.fullmatch(item.__discord_ui_compiled_template__, custom_id)
        ]

        assert found == [Pressed]
        assert Pressed(act, 10**17).custom_id == custom_id
        assert len(custom_id) <= 100


def test_the_buttons_are_two_rows_that_discord_takes():
    rows = buttons.under(7)

    assert [len(row["components"]) for row in rows] == [5, 3]


async def posted_long(bot):
    """Post a briefing in several messages, and return them."""
    for number in range(20):
        fakes.keep(bot.store, long_story(number), title=f"T{number}", scope=bot.scope)
    ingest.place(bot.store)
    await bot.ask("schedule create", channel=bot.discord.news, length="long", **MORNING)
    await bot.ask("schedule run", name="morning")
    await bot.client.deliveries.settle()
    return list(bot.discord.news.messages)


async def test_the_buttons_are_posted_under_the_last_message_only(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        *before, last = await posted_long(bot)
        bodies = [each.body for each in server.sent("POST", "/channels/*/messages")]

        assert before
        assert not any(message.components for message in before)
        assert len(last.components) == 2
        assert [bool(body.get("components")) for body in bodies] == [False] * len(before) + [True]


async def test_a_story_is_hidden_in_every_message_and_all_are_withdrawn(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        messages = await posted_long(bot)
        footers = [message.embeds[0]["footer"]["text"].split(" · ")[2] for message in messages]
        before = "".join(map(text, messages))
        answer = await press(server, messages[-1], "Hide item")
        await choose(server, answer, "T19")
        hidden = "".join(map(text, messages))
        parts = server.sent("PATCH", "/channels/*/messages/*")

        answer = await press(server, messages[-1], "Withdraw")
        proposed = said(answer)
        await server.press(answer.message, answer.button("Withdraw"), server.owner).done()

        assert "**T19**" in before
        assert "T19" not in hidden
        assert "T18" in hidden
        assert len(parts) <= len(messages)
        assert f"stories in {len(messages)} messages" in proposed
        assert all("was withdrawn by an editor" in text(message) for message in messages)
        for message, marker in zip(messages, footers, strict=True):
            assert marker in message.embeds[0]["footer"]["text"]


async def test_what_is_changed_only_in_part_is_told_and_done_when_it_is_chosen_again(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        messages = await posted_long(bot)
        server.fail("PATCH", "/channels/*/messages/*", 403, code=50013, skip=1)
        first, second = [await press(server, messages[-1], "Hide item") for _ in range(2)]

        await choose(server, first, "T19")
        recorded = len(bot.store.postings.edits_of(bot.scope, 1))
        await choose(server, second, "T19")

        assert "1 of " in said(first)
        assert "allow View Channel and Send Messages" in said(first)
        assert recorded == 1
        assert "It is hidden" in said(second)
        assert "T19" not in "".join(map(text, messages))


async def test_sources_shows_each_line_in_its_paragraph_where_it_stands(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)

        answer = await press(server, message, "Sources")

        assert answer.ephemeral
        assert f"> {HARVEST}" in said(answer)
        assert "Sample Courier ([courier.example](<https://courier.example/bridge>))" in said(
            answer
        )
        assert f"document 3, revision 1, characters 0 to {len(HARVEST)}" in said(answer)


async def test_every_button_for_readers_works_after_a_restart_and_only_for_who_pressed(tmp_path):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            message = await posted(bot)
        async with fakes.running(tmp_path, server) as bot:
            fakes.keep(bot.store, "A dam broke near Ems on Friday.", title="Dam", scope=bot.scope)
            found = {
                label: await press(server, message, label, server.reader)
                for label in buttons.READING.values()
            }

        assert all(answer.ephemeral for answer in found.values())
        assert "Sources of briefing 1" in said(found["Sources"])
        assert "Why briefing 1 is as it is" in said(found["Why these?"])
        assert "Picked for its score" in said(found["Why these?"])
        assert "A dam broke near Ems" in said(found["What changed"])
        assert "Farmers" not in said(found["What changed"])
        assert "Farmers of Podolia" in said(found["Read more"])
        assert "A dam broke" not in said(found["Read more"])
        assert "Olena Hrabar" in str(options(found["Follow…"]))


async def test_sources_tells_what_a_line_reads_since_it_was_quoted(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        revise(bot, HARVEST.replace("smallest", "second smallest"))
        fakes.keep(bot.store, f"Corrected.\n{fakes.LAKE}", scope=bot.scope)

        answer = await press(server, message, "Sources")
        reasons = await press(server, message, "Why these?")

        assert "> Farmers of Podolia expect the smallest barley" in said(answer)
        assert "document 3, revision 1" in said(answer)
        assert "Changed since, in revision 2:" in said(answer)
        assert "> Farmers of Podolia expect the second smallest barley" in said(answer)
        assert "It still stands in revision 2, at character" in said(answer)
        assert "expect the smallest barley" in said(reasons)


async def test_what_is_chosen_to_follow_is_on_the_watch_list_once(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)

        answer = await press(server, message, "Follow…", server.reader)
        offered = options(answer)
        menu = next(each["custom_id"] for each in answer.components if each.get("options"))
        choose_it = [server.reader, "Ada Quill", "Olena Hrabar"]
        await server.select(answer.message, menu, *choose_it).done()
        first = said(answer)
        again = await press(server, message, "Follow…", server.reader)
        await choose(server, again, "Ada Quill", user=server.reader)
        watched = bot.store.watches.listing(bot.scope, server.reader.id)
        others = bot.store.watches.listing(bot.scope, server.owner.id)

        assert {"Ada Quill", "Olena Hrabar"} <= set(offered)
        assert len(offered) <= 25
        assert "Ada Quill, Olena Hrabar are on your watch-list now" in first
        assert "On it already: Ada Quill" in said(again)
        assert [each.text for each in watched] == ["Ada Quill", "Olena Hrabar"]
        assert others == ()


@pytest.mark.parametrize("label", buttons.EDITING.values())
async def test_the_buttons_for_editors_refuse_everybody_else(tmp_path, label):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        before = text(message)

        answer = await press(server, message, label, server.reader)

        assert answer.ephemeral
        assert "You need Manage Server for this." in said(answer)
        assert text(message) == before
        assert bot.store.postings.edits(bot.scope, limit=9) == ()


async def test_who_lost_the_right_meanwhile_hides_nothing(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        editor = server.add_user("editor", server.guild)
        role = server.add_role(server.guild, "Editors", fakes.MANAGE, editor)
        answer = await press(server, message, "Hide item", editor)
        server.guild.members[editor.id].roles.remove(role)
        before = text(message)

        [menu] = [each for each in answer.components if each.get("options")]
        pressed = server.select(answer.message, menu["custom_id"], editor, "1")
        await pressed.until(lambda a: a.followups)

        assert "Manage Server" in pressed.followups[0].content
        assert text(message) == before


async def test_a_hidden_story_is_gone_from_the_message_and_all_else_of_it_stays(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        footer = message.embeds[0]["footer"]
        shown = message.components

        answer = await press(server, message, "Hide item")
        await choose(server, answer, "A harvest")
        [row] = bot.store.deliveries.of(bot.scope, 1)

        assert "It is hidden. That is for this post only" in said(answer)
        assert "Farmers" not in text(message)
        assert "1 item was hidden by an editor." in text(message)
        assert "Mayor Ada Quill" in text(message)
        assert message.embeds[0]["footer"] == footer
        assert message.components == shown
        assert row.state is State.SENT


async def test_a_hidden_story_is_not_told_of_any_more_but_is_on_record(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        answer = await press(server, message, "Hide item")
        await choose(server, answer, "A harvest")

        found = [await press(server, message, label) for label in ("Sources", "Why these?")]
        found.append(await bot.ask("brief latest"))
        again = await press(server, message, "Hide item")
        kept = await bot.ask("brief show", number=1)
        audit = await bot.ask("audit")
        [edit] = bot.store.postings.edits_of(bot.scope, 1)

        assert not any("Farmers" in said(answer) for answer in found)
        assert "A harvest" not in options(again)
        assert "Farmers" in said(kept)
        assert (edit.action, edit.actor) == (EditKind.HIDE, server.owner.id)
        assert f"hidden by <@{server.owner.id}>" in audit.text


async def test_a_hidden_story_is_shown_again_as_it_was_and_both_are_on_record(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        before, footer = message.embeds[0]["description"], message.embeds[0]["footer"]
        for _ in range(2):
            answer = await press(server, message, "Hide item")
            await choose(server, answer, "A harvest")
            again = await press(server, message, "Hide item")
            await choose(server, again, "Show again: A harvest")
        late = await press(server, message, "Hide item")
        audit = await bot.ask("audit")

        assert said(again) == "It is shown again."
        assert message.embeds[0]["description"] == before
        assert message.embeds[0]["footer"] == footer
        assert "Show again: A harvest" not in options(late)
        assert f"story 2 shown again by <@{server.owner.id}>" in audit.text
        assert f"the member {server.owner.id} had hidden it on" in markup.unescape(audit.text)
        assert "A harvest" in options(late)


async def test_a_story_that_cannot_be_shown_again_stays_hidden_on_record(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        answer = await press(server, message, "Hide item")
        await choose(server, answer, "A harvest")
        again = await press(server, message, "Hide item")
        server.fail("PATCH", "/channels/*/messages/*", 400, code=30046)
        await choose(server, again, "Show again: A harvest")
        [edit] = bot.store.postings.edits_of(bot.scope, 1)

        assert "Nothing was changed" in said(again)
        assert edit.action is EditKind.HIDE
        assert "Farmers" not in text(message)


async def test_what_was_corrected_while_a_story_was_hidden_is_told_once_it_is_shown(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        answer = await press(server, message, "Hide item")
        await choose(server, answer, "A harvest")
        revise(bot, HARVEST.replace("smallest", "second smallest"))
        await bot.client.corrections.tick()
        await bot.client.corrections.settle()
        hidden = len(bot.discord.news.messages)
        again = await press(server, message, "Hide item")
        await choose(server, again, "Show again: A harvest")
        await bot.client.corrections.tick()
        await bot.client.corrections.settle()

        assert hidden == 1
        assert "second smallest" in text(bot.discord.news.messages[-1])


async def test_plain_text_in_a_forum_is_edited_where_it_is(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fill(bot)
        server.permit(server.forum, embed_links=False)
        await bot.ask("schedule create", channel=server.news, **MORNING)
        await bot.ask("schedule place", name="morning", channel=server.forum)
        await bot.ask("schedule run", name="morning")
        await bot.client.deliveries.settle()
        [post] = server.posts(server.forum)
        *_, message = post.messages

        answer = await press(server, message, "Hide item")
        await choose(server, answer, "A harvest")
        hidden = "".join(map(text, post.messages))
        await withdraw(server, message)

        assert "Farmers" not in hidden
        assert "1 item was hidden by an editor." in hidden
        assert message.embeds == []
        assert all("was withdrawn by an editor" in text(each) for each in post.messages)


async def test_in_direct_messages_readers_are_answered(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fill(bot, scope=PUBLIC)
        await bot.ask("schedule create", channel=server.news, **MORNING)
        await bot.ask("schedule place", name="morning", dm=True)
        await bot.ask("schedule run", name="morning")
        await bot.client.deliveries.settle()
        [message] = server.state.world.direct(server.owner).messages

        sources = await press(server, message, "Sources")
        refused = await press(server, message, "Hide item")

        assert "Farmers" in said(sources)
        assert "Manage Server" in said(refused)


async def test_to_hide_a_story_twice_is_to_hide_it_once(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        first = await press(server, message, "Hide item")
        second = await press(server, message, "Hide item")
        await choose(server, first, "A harvest")
        before = text(message)

        await choose(server, second, "A harvest")

        assert text(message) == before
        assert "It is hidden" in said(second)
        assert len(bot.store.postings.edits_of(bot.scope, 1)) == 1


async def test_a_story_of_a_document_that_is_corrected_since_is_shown_as_it_was(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        revise(bot, HARVEST.replace("smallest", "second smallest"))

        answer = await press(server, message, "Hide item")
        shown = [label for label in options(answer) if label != "A harvest"]
        await choose(server, answer, shown[0])

        assert "expect the smallest barley" in text(message)
        assert "Quill" not in text(message)


async def test_what_discord_refuses_to_edit_is_told_in_words_and_not_on_record(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        server.fail("PATCH", "/channels/*/messages/*", 400, code=30046)

        answer = await press(server, message, "Hide item")
        await choose(server, answer, "A harvest")
        recorded = bot.store.postings.edits_of(bot.scope, 1)
        again = await press(server, message, "Hide item")
        await choose(server, again, "A harvest")

        assert "older than an hour be edited only a few times" in said(answer)
        assert "Nothing was changed" in said(answer)
        assert recorded == ()
        assert "Farmers" not in text(message)


async def withdraw(server, message):
    """Press Withdraw, and its red button twice at once."""
    answer = await press(server, message, "Withdraw")
    proposed = said(answer)
    red = answer.button("Withdraw")
    presses = [server.press(answer.message, red, server.owner) for _ in range(2)]
    await presses[0].done()
    await presses[1].until(lambda a: a.followups or presses[0].followups)
    return proposed, said(answer)


async def test_a_withdrawn_briefing_is_one_sentence_without_buttons(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)

        proposed, done = await withdraw(server, message)
        [row] = bot.store.deliveries.of(bot.scope, 1)

        assert "2 stories in 1 message" in proposed
        assert "The briefing is withdrawn" in done
        assert "This briefing was withdrawn by an editor on <t:" in text(message)
        assert "Farmers" not in text(message)
        assert message.components == []
        assert row.state is State.SENT
        assert bot.store.documents.counts(bot.scope).documents == 3
        assert len(bot.store.postings.edits_of(bot.scope, 1)) == 1


async def test_what_could_not_be_withdrawn_at_first_is_when_it_is_pressed_again(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        messages = await posted_long(bot)
        server.fail("PATCH", "/channels/*/messages/*", 400, code=30046, skip=1)

        _, first = await withdraw(server, messages[-1])
        again = await press(server, messages[-1], "Withdraw")

        assert "1 of " in first
        assert "older than an hour" in first
        assert "was withdrawn by an editor" in said(again)
        assert all("was withdrawn by an editor" in text(message) for message in messages)
        assert len(bot.store.postings.edits_of(bot.scope, 1)) == 1


async def test_a_withdrawn_briefing_is_called_that_wherever_it_is_asked_for(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        stale = server.say(server.news, server.state.world.bot, "As it was shown before")
        stale.components = json.loads(json.dumps(message.components))

        await withdraw(server, message)
        sources = await press(server, stale, "Sources")
        latest = await bot.ask("brief latest")
        kept = await bot.ask("brief show", number=1)

        assert "was withdrawn by an editor" in said(sources)
        assert "was withdrawn by an editor" in said(latest)
        assert "Farmers" not in said(latest)
        assert said(kept).startswith("Briefing\nWithdrawn by an editor on")
        assert "Farmers" in said(kept)


async def test_the_red_button_is_good_for_a_minute(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        answer = await press(server, message, "Withdraw")
        with bot.store._database.write() as connection:
            then = datetime.now(UTC) - timedelta(seconds=61)
            connection.execute(update(tables.reader_page).values(made=then))

        await server.press(answer.message, answer.button("Withdraw"), server.owner).done()

        assert "press Withdraw again" in said(answer)
        assert "Farmers" in text(message)


async def test_the_red_button_is_disabled_when_its_minute_is_over(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.views.posted.withdrawing._SECONDS", 0.2)
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)

        answer = await press(server, message, "Withdraw")
        await answer.until(lambda a: any(each.get("disabled") for each in a.components))

        assert "Farmers" in text(message)


async def test_a_mistake_is_on_record_and_mixed_documents_can_be_split(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        bridge = next(
            label
            for label in options(await press(server, message, "Wrong"))
            if label != "A harvest"
        )

        answer = await press(server, message, "Wrong")
        await choose(server, answer, bridge)
        await choose(server, answer, "Unrelated documents are mixed")
        on_record = said(answer)
        await choose(server, answer, "A ferry")
        proposed = said(answer)
        await server.press(answer.message, answer.button("Do it"), server.owner).done()
        found = bot.store.stories.among(bot.scope, [1, 2])
        audit = await bot.ask("audit")

        assert "It is on record" in on_record
        assert "This affects 1 document" in proposed
        assert len({each.story for each in found}) == 2
        assert "unrelated documents are mixed" in said(audit)
        assert f"reported by <@{server.owner.id}>" in audit.text


async def test_a_mistake_is_on_record_once_and_a_name_points_to_the_workbench(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        answers = []
        for _ in range(2):
            answer = await press(server, message, "Wrong")
            await choose(server, answer, "A harvest")
            await choose(server, answer, "A name is wrong")
            answers.append(said(answer))

        assert "It is on record: /audit lists it. /entity merge" in answers[0]
        assert "It was on record already" in answers[1]
        assert len(bot.store.postings.edits_of(bot.scope, 1)) == 1


@pytest.mark.parametrize("label", [*buttons.READING.values(), *buttons.EDITING.values()])
async def test_a_button_of_a_briefing_that_is_gone_says_so(tmp_path, label):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            message = await posted(bot)
        folder = tmp_path / "fresh"
        folder.mkdir()
        async with fakes.running(folder, server):
            answer = await press(server, message, label)

        assert "There is no briefing 1 here: it may be too old by now." in said(answer)
        assert answer.ephemeral


async def test_a_button_says_nothing_of_another_servers_briefing(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        elsewhere = server.add_guild("Elsewhere")
        channel = next(iter(elsewhere.channels.values()))
        copied = server.say(channel, server.state.world.bot, "A copy")
        copied.components = json.loads(json.dumps(message.components))

        for label in (*buttons.READING.values(), *buttons.EDITING.values()):
            answer = await press(server, copied, label, elsewhere.owner)
            assert "There is no briefing 1 here" in said(answer)


async def test_a_story_that_is_not_in_the_briefing_cannot_be_chosen(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        message = await posted(bot)
        answer = await press(server, message, "Hide item")
        [menu] = [each for each in answer.components if each.get("options")]
        menu["options"].append({"label": "None", "value": "9"})

        pressed = server.select(answer.message, menu["custom_id"], server.owner, "9")
        await pressed.until(lambda a: a.followups)

        assert "no such story" in pressed.followups[0].content
        assert bot.store.postings.edits_of(bot.scope, 1) == ()


def test_a_list_is_found_again_by_its_id():
    made = views.posted.Chosen(12, Choice("fault", (), "", story=3))

    assert made.custom_id == "bf1:pick:fault:12:3"
