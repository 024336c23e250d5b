"""What the real client answers to a user's commands, buttons and forms."""

import aiohttp
import pytest

from tests.discord_server import (
    MisuseError,
    Permission,
    Server,
    Upload,
    command_limits,
    responses,
)
from tests.test_discord_server.sample_bot import NAMES, SampleBot, running


async def test_a_slash_command_is_deferred_and_then_answered(server: Server) -> None:
    async with running(server):
        answer = await server.slash(
            server.guild, server.channel, server.reader, "who", name="Kuleba"
        ).done()

    assert answer.deferred
    assert answer.ephemeral
    assert answer.seconds < 3
    assert answer.embeds[0]["title"] == "Kuleba"
    assert answer.text == "Kuleba\na minister"
    assert server.channel.messages == []  # others do not see it


async def test_a_public_answer_stands_in_the_channel(server: Server) -> None:
    async with running(server, SampleBot):
        place = server.guild, server.channel, server.reader
        answer = await server.slash(*place, "who", name="Kuleba", share=True).done()

    assert server.channel.messages == [answer.message]


async def test_a_sub_command_is_reached_by_its_words(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = await server.slash(*place, "brief now", about="Kyiv").done()

    assert not answer.deferred
    assert answer.content == "about Kyiv"


async def test_the_first_follow_up_takes_the_place_of_a_deferral(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = server.slash(*place, "brief follow")
        await answer.until(lambda a: a.followups)

    assert answer.content == "the first takes the place of the deferral"
    assert [message.content for message in answer.followups] == ["the second is its own"]


async def test_every_kind_of_option_arrives(server: Server) -> None:
    role = server.add_role(server.guild, "editors", Permission.MANAGE_GUILD, server.reader)
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = server.slash(
            *place,
            "everything",
            file=Upload(name="a.txt", content_type="text/plain", data=b"words"),
            where=server.channel,
            role=role,
            whom=server.owner,
            hours=24,
            part=0.5,
        )
        await answer.done()

    assert answer.content == "a.txt 5 general editors owner 24 0.5"


async def test_autocomplete_offers_choices(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = await server.autocomplete(*place, "who", "name", "kul").done()

    assert answer.choices == [(NAMES[0], NAMES[0])]


async def test_buttons_and_lists_change_their_message(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = await server.slash(*place, "brief now").done()
        await server.press(answer.message, answer.button("Next"), server.owner).done()
        after_press = answer.content
        await server.select(answer.message, "part", server.owner, "b").done()

    assert after_press == "page 2"
    assert answer.content == "part b"


async def test_a_form_is_opened_and_sent(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        opened = await server.slash(*place, "note").done()
        answer = await server.submit_modal(opened, words="read this").done()

    assert opened.modal["title"] == "A note"
    assert answer.content == "noted: read this"


async def test_a_menu_command_gets_its_message(server: Server) -> None:
    async with running(server):
        message = server.say(server.channel, server.owner, "a sentence")
        place = server.guild, server.channel, server.reader
        answer = await server.message_command(*place, "Quote this", message).done()

    assert answer.content == "> a sentence"


async def test_a_users_menu_command_gets_its_member(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = await server.user_command(*place, "Greet", server.owner).done()

    assert answer.content == "hello owner"


async def test_a_second_response_is_refused(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = await server.slash(*place, "twice").done()

    assert answer.content == "once"
    assert answer.interaction.refused == [40060]


async def test_a_response_after_three_seconds_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "FIRST_RESPONSE_SECONDS", 0.0)
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = server.slash(*place, "note")
        await answer.until(lambda a: a.interaction.refused)

    assert answer.interaction.refused == [10062]
    assert answer.interaction.response is None


async def test_the_token_ends_after_fifteen_minutes(server: Server) -> None:
    async with running(server) as client:
        answer = await server.slash(
            server.guild, server.channel, server.reader, "who", name="Kuleba"
        ).done()
        server.advance(15 * 60 + 1)
        webhook = f"/webhooks/{client.application_id}/{answer.interaction.token}"
        body = await _post(server, webhook, {"content": "too late"})

    assert body["code"] == 50027


async def test_nothing_follows_up_before_the_first_response(server: Server) -> None:
    async with running(server) as client:
        hold = server.fail("POST", "/interactions/*/*/callback", "silence")
        answer = server.slash(server.guild, server.channel, server.reader, "note")
        await hold.reached()
        webhook = f"/webhooks/{client.application_id}/{answer.interaction.token}"
        body = await _post(server, webhook, {"content": "too early"})

    assert body["code"] == 10015


def test_at_most_25_choices_of_the_options_type_are_taken() -> None:
    choices = [{"name": str(n), "value": str(n)} for n in range(26)]

    assert command_limits.choice_errors(choices[:25], 3) == {}
    assert command_limits.choice_errors(choices, 3)
    assert list(command_limits.choice_errors(choices[:2], 4)) == ["0", "1"]
    assert command_limits.choice_errors([{"name": "x" * 101, "value": "v"}], 3)


async def _post(server: Server, path: str, body: dict) -> dict:
    async with (
        aiohttp.ClientSession() as session,
        session.post(server.api_base + path, json=body) as response,
    ):
        return await response.json()


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("whom", {}, "no command 'whom'"),
        ("who", {}, "the option 'name' is required"),
        ("who", {"name": "x", "age": 3}, "no option 'age'"),
        ("who", {"name": 3}, "does not take 3"),
        ("brief", {}, "needs a sub-command: now, follow"),
        ("brief later", {}, "no sub-command 'later'"),
        ("everything", {}, "hidden from reader"),
    ],
)
async def test_what_no_user_can_do_fails_the_test(
    server: Server, command: str, options: dict, said: str
) -> None:
    async with running(server):
        with pytest.raises(MisuseError, match=said):
            server.slash(server.guild, server.channel, server.reader, command, **options)


async def test_a_disabled_or_foreign_button_cannot_be_pressed(server: Server) -> None:
    async with running(server):
        place = server.guild, server.channel, server.reader
        answer = await server.slash(*place, "brief now").done()

        with pytest.raises(MisuseError, match="is disabled"):
            server.press(answer.message, "last", server.reader)
        with pytest.raises(MisuseError, match="no component 'first'"):
            server.press(answer.message, "first", server.reader)


async def test_only_the_asker_sees_an_ephemeral_answer(server: Server) -> None:
    async with running(server):
        message = server.say(server.channel, server.owner, "a sentence")
        place = server.guild, server.channel, server.reader
        answer = await server.message_command(*place, "Quote this", message).done()
        answer.message.components = [
            {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]}
        ]

        with pytest.raises(MisuseError, match="owner does not see this message"):
            server.press(answer.message, "x", server.owner)


async def test_a_hidden_command_is_seen_where_the_guild_granted_it(server: Server) -> None:
    async with running(server):
        server.grant("everything")

        with pytest.raises(MisuseError, match="is required"):
            server.slash(server.guild, server.channel, server.reader, "everything")


async def test_an_unanswered_command_says_what_came_instead(server: Server) -> None:
    async with running(server):
        fault = server.fail("POST", "/interactions/*/*/callback", 503, times=None)
        answer = server.slash(server.guild, server.channel, server.reader, "note")
        await fault.reached()

        with pytest.raises(TimeoutError, match="no response"):
            await answer.done(0.05)
