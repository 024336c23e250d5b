"""The server's control routes, for tests that run it as a process of its own.

`GET /_control/state` shows what happened; `POST /_control/<verb>` with a JSON object lets a user
act, or something go wrong. People, guilds and channels are named by their ids. What the test did
wrong is 409.
"""

import base64
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.discord_server import payloads
from tests.discord_server.answers import Answer, text
from tests.discord_server.exchanges import Exchange, Upload
from tests.discord_server.refusals import MisuseError
from tests.discord_server.server import Server
from tests.discord_server.world import Channel, Guild, Message, User

Verb = Callable[["Control", dict], Awaitable[object]]


class Control:
    """Turns ids into the server's words and its words into JSON."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.answers: dict[int, Answer] = {}

    def app(self) -> web.Application:
        """Return the application, to be served."""
        app = web.Application()
        app.router.add_get("/_control/state", self._state)
        app.router.add_post("/_control/{verb}", self._do)
        return app

    async def _state(self, request: web.Request) -> web.Response:
        return web.json_response(state(self.server))

    async def _do(self, request: web.Request) -> web.Response:
        verb = VERBS.get(request.match_info["verb"])
        if verb is None:
            return web.json_response(
                {"error": f"no such verb; there are {list(VERBS)}"}, status=404
            )
        try:
            return web.json_response(await verb(self, await request.json()))
        except (MisuseError, TimeoutError, ValueError, KeyError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=409)

    def guild(self, asked: dict) -> Guild | None:
        """Return the guild that was named; the first one when none was."""
        named = asked.get("guild", self.server.guild.id)
        return self.server.world.guilds[int(named)] if named else None

    def channel(self, asked: dict) -> Channel:
        """Return the channel that was named, or the first one."""
        return self.server.world.channels[int(asked.get("channel", self.server.channel.id))]

    def user(self, asked: dict) -> User:
        """Return the user that was named, or the owner."""
        return self.server.world.users[int(asked.get("user", self.server.owner.id))]

    def message(self, asked: dict) -> Message:
        """Return the message that was named, in a channel or in an answer."""
        named = int(asked["message"])
        shown = [a.interaction for a in self.answers.values()]
        found = [m for i in shown for m in (i.original, *i.followups) if m and m.id == named]
        return found[0] if found else self.channel(asked).stored[named]

    def options(self, asked: dict) -> dict:
        """Return typed options, where {"id": …, "is": "channel"} and files are words."""
        return {
            name: self._option(asked, value) for name, value in asked.get("options", {}).items()
        }

    def _option(self, asked: dict, value: object) -> object:
        if not isinstance(value, dict):
            return value
        if "data" in value:
            data = base64.b64decode(value["data"])
            kind = value.get("content_type", "text/plain")
            return Upload(name=value["name"], content_type=kind, data=data)
        world, guild = self.server.world, self.guild(asked)
        roles = guild.roles if guild else {}
        places = {"channel": world.channels, "user": world.users, "role": roles}
        return places[value["is"]][int(value["id"])]

    async def answered(self, answer: Answer, asked: dict) -> dict:
        """Wait for *answer* and return it as JSON."""
        self.answers[answer.interaction.id] = answer
        await answer.done(asked.get("within", 15.0))
        return shown(answer)


def shown(answer: Answer) -> dict:
    """Return an answer as JSON."""
    interaction = answer.interaction
    original = interaction.original
    return {
        "id": str(interaction.id),
        "response": interaction.response.name if interaction.response else None,
        "seconds": interaction.seconds,
        "ephemeral": answer.ephemeral,
        "message": payloads.message(original) if original else None,
        "text": answer.text,
        "followups": [payloads.message(m) for m in answer.followups],
        "choices": interaction.choices,
        "modal": interaction.modal,
        "refused": interaction.refused,
    }


def exchange_line(exchange: Exchange) -> dict:
    """Return a request as JSON."""
    return {
        "at": exchange.at,
        "method": exchange.method,
        "path": exchange.path,
        "query": exchange.query,
        "body": exchange.body,
        "files": sorted(exchange.files),
        "status": exchange.status,
        "fault": exchange.fault,
    }


def state(server: Server) -> dict:
    """Return everything that a test may want to look at."""
    gateway = server.gateway
    channels = server.world.channels.values()
    return {
        "requests": [exchange_line(exchange) for exchange in server.requests],
        "messages": {str(c.id): [payloads.message(m) for m in c.messages] for c in channels},
        "syncs": [{"guild": s.guild, "commands": s.commands} for s in server.syncs],
        "commands": {str(scope): found for scope, found in server.state.commands.items()},
        "connected": len(gateway.ready),
        "identifies": gateway.identifies,
        "resumes": gateway.resumes,
        "largest_gap": gateway.largest_gap(),
        "faults": [{"path": f.path, "how": f.how, "met": f.met} for f in server.script.faults],
        "pings": server.pings,
        "unknown": server.unknown,
        "violations": server.violations,
        "crashes": server.state.crashes,
    }


async def _slash(control: Control, asked: dict) -> dict:
    place = control.guild(asked), control.channel(asked), control.user(asked)
    answer = control.server.slash(*place, asked["command"], **control.options(asked))
    return await control.answered(answer, asked)


async def _autocomplete(control: Control, asked: dict) -> dict:
    place = control.guild(asked), control.channel(asked), control.user(asked)
    typed = asked["command"], asked["option"], asked["begun"]
    answer = control.server.autocomplete(*place, *typed, **control.options(asked))
    return await control.answered(answer, asked)


async def _press(control: Control, asked: dict) -> dict:
    message, user = control.message(asked), control.user(asked)
    return await control.answered(control.server.press(message, asked["custom_id"], user), asked)


async def _select(control: Control, asked: dict) -> dict:
    message, user = control.message(asked), control.user(asked)
    answer = control.server.select(message, asked["custom_id"], user, *asked["values"])
    return await control.answered(answer, asked)


async def _submit_modal(control: Control, asked: dict) -> dict:
    opened = control.answers[int(asked["answer"])]
    return await control.answered(control.server.submit_modal(opened, **asked["values"]), asked)


async def _message_command(control: Control, asked: dict) -> dict:
    place = control.guild(asked), control.channel(asked), control.user(asked)
    answer = control.server.message_command(*place, asked["command"], control.message(asked))
    return await control.answered(answer, asked)


async def _say(control: Control, asked: dict) -> dict:
    message = control.server.say(control.channel(asked), control.user(asked), asked["content"])
    return payloads.message(message)


async def _fail(control: Control, asked: dict) -> None:
    control.server.fail(**asked)


async def _heal(control: Control, asked: dict) -> None:
    control.server.script.clear()


async def _reached(control: Control, asked: dict) -> None:
    fault = control.server.script.faults[asked.get("fault", -1)]
    await fault.reached(asked.get("times", 1), within=asked.get("within", 10.0))


async def _connected(control: Control, asked: dict) -> None:
    await control.server.connected(**asked)


async def _gone(control: Control, asked: dict) -> None:
    await control.server.gone(**asked)


async def _posted(control: Control, asked: dict) -> None:
    channel, wanted = control.channel(asked), asked.get("count", 1)
    what = f"{wanted} message(s) in #{channel.name}: {[text(m)[:80] for m in channel.messages]}"
    within = asked.get("within", 10.0)
    await control.server.until(lambda: len(channel.messages) >= wanted, within, what)


async def _gateway(control: Control, asked: dict) -> None:
    server = control.server
    deeds = {
        name: getattr(server.gateway, name)
        for name in ("drop", "reconnect", "freeze", "thaw", "forget")
    }
    if asked["do"] in ("down", "up"):
        await (server.gateway_down() if asked["do"] == "down" else server.gateway_up())
    else:
        deeds[asked["do"]]()


async def _rest(control: Control, asked: dict) -> None:
    deeds = {"down": control.server.rest_down, "up": control.server.rest_up}
    await deeds[asked["do"]]()


async def _advance(control: Control, asked: dict) -> None:
    control.server.advance(asked["seconds"])


async def _permit(control: Control, asked: dict) -> None:
    control.server.permit(control.channel(asked), **asked["permissions"])


async def _revoke_token(control: Control, asked: dict) -> None:
    control.server.revoke_token()


async def _delete_message(control: Control, asked: dict) -> None:
    control.server.delete_message(control.message(asked))


async def _delete_channel(control: Control, asked: dict) -> None:
    control.server.delete_channel(control.channel(asked))


async def _kick(control: Control, asked: dict) -> None:
    control.server.kick(control.guild(asked))


async def _check(control: Control, asked: dict) -> None:
    control.server.check()


VERBS: dict[str, Verb] = {
    "slash": _slash,
    "autocomplete": _autocomplete,
    "press": _press,
    "select": _select,
    "submit_modal": _submit_modal,
    "message_command": _message_command,
    "say": _say,
    "fail": _fail,
    "heal": _heal,
    "reached": _reached,
    "connected": _connected,
    "gone": _gone,
    "posted": _posted,
    "gateway": _gateway,
    "rest": _rest,
    "advance": _advance,
    "permit": _permit,
    "revoke_token": _revoke_token,
    "delete_message": _delete_message,
    "delete_channel": _delete_channel,
    "kick": _kick,
    "check": _check,
}


def line(exchange: Exchange) -> str:
    """Return a request as one line of the log."""
    return json.dumps(exchange_line(exchange), default=str)
