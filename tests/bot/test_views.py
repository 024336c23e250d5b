"""Answers with several pages: they turn after a restart, for who asked, in the server of asking."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot import views
from bot.views.pager import Choose, Turn
from tests import fakes
from tests.discord_server import Server

LONG = "\n".join(f"Mayor Ada Quill opened bridge {number} over Lake Ems." for number in range(150))


async def opened(bot, **options):
    """Ask for a document of several pages."""
    number = fakes.keep(bot.store, LONG, title="Bridges")
    return await bot.ask("doc show", document=str(number), **options)


def numbers(text):
    return [int(number) for number in re.findall(r"opened bridge (\d+) over", text)]


@given(st.integers(0, 10**17), st.integers(0, 9_999))
def test_a_button_is_found_again_by_its_id(number, page):
    turn, choose = Turn(number, page), Choose(number)

    assert re.fullmatch(turn.template, turn.custom_id)
    assert re.fullmatch(choose.template, choose.custom_id)
    assert len(turn.custom_id) <= 100
    assert [
        item
        for item in views.ITEMS
        if re.fullmatch(item.__discord_ui_compiled_template__, turn.custom_id)
    ] == [Turn]


async def test_pages_turn_forth_and_back_and_show_everything_once(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        first = await opened(bot)
        start = numbers(first.text)
        seen = list(start)
        total = int(re.search(r"page 1/(\d+)", first.text)[1])
        for _ in range(total - 1):
            turned = server.press(first.message, first.button("▶"), server.owner)
            await turned.done()
            seen += numbers(first.text)
        back = server.press(first.message, first.button("◀"), server.owner)
        await back.done()

    assert total > 1
    assert seen == list(range(150))
    assert f"page {total - 1}/{total}" in first.text


async def test_pages_turn_after_a_restart(tmp_path):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            answer = await opened(bot)
        async with fakes.running(tmp_path, server):
            await server.press(answer.message, answer.button("▶"), server.owner).done()

    assert "page 2/" in answer.text


async def test_somebody_else_gets_a_copy_of_their_own(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        for number in range(40):
            fakes.keep(bot.store, f"{fakes.LAKE} Bridge {number} is long.", title=f"T{number}")
        answer = await bot.ask("search", query="bridge", share=True)
        before = answer.text

        copy = await server.press(answer.message, answer.button("▶"), server.reader).done()
        after = answer.text
        await server.press(copy.message, copy.button("◀"), server.reader).done()

    assert "page 1/" in before
    assert after == before
    assert copy.ephemeral
    assert "page 1/" in copy.text


async def test_the_views_of_a_card_can_be_chosen(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        answer = await bot.ask("who", name="Quill")
        menu = next(part["custom_id"] for part in answer.components if part["type"] == 3)

        await server.select(answer.message, menu, server.owner, "timeline").done()

    assert "2 March 2026" in answer.text
    assert "Appears with" not in answer.text


async def test_the_picture_of_a_card_comes_and_goes_with_its_page(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        for number in range(30):
            fakes.keep(
                bot.store,
                f"Mayor Ada Quill opened bridge {number} over Lake Ems.",
                title=f"T{number}",
            )
        answer = await bot.ask("who", name="Quill", view="timeline")
        shown = [len(answer.attachments)]
        for button in ("▶", "◀"):
            await server.press(answer.message, answer.button(button), server.owner).done()
            shown.append(len(answer.attachments))

        menu = next(part["custom_id"] for part in answer.components if part["type"] == 3)
        await server.select(answer.message, menu, server.owner, "names").done()
        shown.append(len(answer.attachments))

    assert shown == [1, 0, 1, 0]
    assert "Ada Quill: full name" in answer.text.replace("*", "").replace("\\", "")


async def test_pages_that_are_gone_are_said_to_be(tmp_path):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            answer = await bot.ask("summarize", text=LONG[:6_000], sentences=15)
            shown = await opened(bot)
        folder = tmp_path / "fresh"
        folder.mkdir()
        async with fakes.running(folder, server):
            pressed = server.press(shown.message, shown.button("▶"), server.owner)
            await pressed.until(lambda a: a.followups)

    assert "too old to turn" in pressed.followups[0].content
    assert answer.text


async def test_pages_of_administration_do_not_turn_for_who_lost_the_right(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        bot.discord.grant("doc")
        editor = server.add_user("editor", server.guild)
        role = server.add_role(server.guild, "Editors", fakes.MANAGE, editor)
        number = fakes.keep(bot.store, LONG, title="Bridges")
        place = server.guild, server.channel, editor
        answer = await server.slash(*place, "doc show", document=str(number)).done()
        server.guild.members[editor.id].roles.remove(role)

        pressed = server.press(answer.message, answer.button("▶"), editor)
        await pressed.until(lambda a: a.followups)

    assert "Manage Server" in pressed.followups[0].content
