"""The registration of commands, and what Discord's own description says of bodies."""

import discord
import pytest
from discord.http import Route

from tests import shared
from tests.discord_server import Server, openapi
from tests.test_discord_server.sample_bot import logged_in, running


def _option(name: str = "o", kind: int = 3, **more: object) -> dict:
    return {"type": kind, "name": name, "description": "d", **more}


def _command(**more: object) -> dict:
    return {"name": "c", "description": "d", **more}


WRONG = {
    "capital letters": (_command(name="Who"), "0.name"),
    "a space": (_command(name="who is"), "0.name"),
    "no description": (_command(description=""), "0.description"),
    "a long description": (_command(description="x" * 101), "0.description"),
    "26 options": (_command(options=[_option(f"o{n}") for n in range(26)]), "0.options"),
    "two of one name": (_command(options=[_option(), _option()]), "0.options"),
    "required after optional": (
        _command(options=[_option("a"), _option("b", required=True)]),
        "0.options",
    ),
    "an option beside a sub-command": (
        _command(options=[_option("a", 1), _option("b")]),
        "0.options",
    ),
    "groups in groups": (
        _command(options=[_option("a", 2, options=[_option("b", 2)])]),
        "0.options.0.options.0.type",
    ),
    "26 choices": (
        _command(options=[_option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])]),
        "0.options.0.choices",
    ),
    "choices and autocomplete": (
        _command(options=[_option(choices=[{"name": "n", "value": "v"}], autocomplete=True)]),
        "0.options.0.choices",
    ),
    "too large in all": (
        _command(
            options=[
                _option(f"o{n}", choices=[{"name": "x" * 90, "value": str(i)} for i in range(25)])
                for n in range(4)
            ]
        ),
        "0.name",
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_commands_beyond_the_limits_are_refused(lenient: Server, name: str) -> None:
    body, field = WRONG[name]
    async with logged_in(lenient) as client:
        with pytest.raises(discord.HTTPException, match=rf"In {field}: ") as refused:
            await _put(client, [body])

    assert refused.value.code == 50035
    assert lenient.syncs == []


async def _put(client: discord.Client, commands: list[dict]) -> list[dict]:
    path = "/applications/{application_id}/commands"
    route = Route("PUT", path, application_id=client.application_id)
    return await client.http.request(route, json=commands)


async def test_a_registered_command_keeps_its_id(server: Server) -> None:
    async with logged_in(server) as client:
        first = await _put(client, [_command()])
        second = await _put(client, [_command(name="b"), _command(description="other")])

    assert first[0]["id"] == second[1]["id"]
    assert len(server.syncs) == 2


async def test_commands_are_read_back_by_the_client(server: Server) -> None:
    async with running(server) as client:
        tree = client._connection._command_tree
        listed = await tree.fetch_commands()
        of_guild = await tree.fetch_commands(guild=discord.Object(server.guild.id))

    names = ["brief", "everything", "note", "twice", "who", "Quote this", "Greet"]
    assert sorted(c.name for c in listed) == sorted(names)
    assert of_guild == []
    assert len(server.syncs) == 1


async def test_a_command_of_one_guild_is_unknown_in_another(server: Server) -> None:
    other = server.add_guild("Other")
    async with logged_in(server) as client:
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
        ids = {"application_id": client.application_id, "guild_id": server.guild.id}
        await client.http.request(Route("PUT", path, **ids), json=[_command()])

    assert [c["name"] for c in server.commands(server.guild)] == ["c"]
    assert server.commands(other) == server.commands() == []


def _described() -> None:
    shared.path("discord/openapi.json")


def test_a_good_body_has_no_problems() -> None:
    _described()
    body = {"content": "x", "message_reference": {"message_id": 12}, "embeds": [{"title": "t"}]}

    assert openapi.problems(body, "POST", "/channels/1/messages") == ()


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("POST", "/channels/1/messages", {"content": 3}, "content: 3 is not"),
        ("POST", "/channels/1/messages", {"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
        ("PATCH", "/webhooks/1/t/messages/@original", {"embeds": {}}, "embeds"),
        ("POST", "/interactions/1/t/callback", {"type": 99}, "body"),
        ("PUT", "/applications/1/commands", [{"description": "d"}], "name"),
        ("POST", "/channels/1/nothing", {}, "no such route"),
    ],
)
def test_a_body_against_the_description_is_named(
    method: str, path: str, body: object, said: str
) -> None:
    _described()
    found = openapi.problems(body, method, path)

    assert found
    assert said in " ".join(found)


async def test_a_server_records_bodies_against_the_description(lenient: Server) -> None:
    _described()
    async with logged_in(lenient) as client:
        with pytest.raises(discord.HTTPException):
            await _put(client, [{"description": "d"}])

    with pytest.raises(AssertionError, match="against Discord's description"):
        lenient.check()


async def test_a_route_that_is_not_modelled_fails_the_test(lenient: Server) -> None:
    async with logged_in(lenient) as client:
        with pytest.raises(discord.NotFound):
            await client.fetch_invite("abc")

    assert lenient.unknown == ["GET /invites/abc"]
    with pytest.raises(AssertionError, match="unknown routes"):
        lenient.check()
