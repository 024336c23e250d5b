"""The bot's responses to interactions over REST: callbacks, the original response, follow-ups."""

import time
from collections.abc import Callable

from tests.discord_server import command_limits, component_limits, messages, payloads, refusals
from tests.discord_server.interactions import (
    ALLOWED,
    FIRST_RESPONSE_SECONDS,
    TOKEN_SECONDS,
    Interaction,
    Response,
    Use,
)
from tests.discord_server.state import Call, State
from tests.discord_server.world import EPHEMERAL, LOADING, Message


def callback(call: Call) -> dict | None:
    """POST /interactions/{interaction}/{token}/callback."""
    interaction = call.state.interactions.get(call.match["token"])
    if interaction is None or interaction.id != int(call.match["interaction"]):
        raise refusals.unknown("interaction")
    try:
        _respond(call, interaction)
    except refusals.RefusedError as refusal:
        interaction.refused.append(refusal.code)
        raise
    wanted = call.exchange.query.get("with_response", "").lower() in ("1", "true")
    return _callback_body(interaction) if wanted else None


def _respond(call: Call, interaction: Interaction) -> None:
    seconds = time.monotonic() - interaction.started
    if interaction.response is not None:
        raise refusals.RefusedError(400, 40060, "Interaction has already been acknowledged.")
    if seconds > FIRST_RESPONSE_SECONDS:
        raise refusals.unknown("interaction")
    response = _response(call, interaction)
    _EFFECTS[response](call, interaction, call.body.get("data") or {})
    interaction.response, interaction.seconds = response, seconds


def _response(call: Call, interaction: Interaction) -> Response:
    allowed = set(ALLOWED[interaction.use])
    if interaction.use is Use.MODAL and interaction.source is None:
        allowed -= {Response.UPDATE, Response.DEFERRED_UPDATE}
    kind = call.body.get("type")
    if kind not in allowed:
        leaf = {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": f"not one of {allowed}"}]}
        raise refusals.invalid_form({"type": leaf})
    return Response(kind)


def _say(call: Call, interaction: Interaction, data: dict) -> None:
    messages.check(data, call.exchange.files)
    interaction.original = _new(call, interaction, data)


def _think(call: Call, interaction: Interaction, data: dict) -> None:
    interaction.original = _new(call, interaction, data, loading=True)


def _leave_as_is(call: Call, interaction: Interaction, data: dict) -> None:
    interaction.original = interaction.source


def _update(call: Call, interaction: Interaction, data: dict) -> None:
    messages.change(call.state, interaction.source, data, call.exchange.files)
    interaction.original = interaction.source
    messages.publish(call.state, "MESSAGE_UPDATE", interaction.source)


def _choose(call: Call, interaction: Interaction, data: dict) -> None:
    choices = data.get("choices") or []
    errors = command_limits.choice_errors(choices, interaction.option_kind)
    if errors:
        raise refusals.invalid_form({"data": {"choices": errors}})
    interaction.choices = choices


def _ask(call: Call, interaction: Interaction, data: dict) -> None:
    errors = component_limits.modal_errors(data)
    if errors:
        raise refusals.invalid_form({"data": errors})
    interaction.modal = data


_EFFECTS: dict[Response, Callable[[Call, Interaction, dict], None]] = {
    Response.MESSAGE: _say,
    Response.DEFERRED_MESSAGE: _think,
    Response.DEFERRED_UPDATE: _leave_as_is,
    Response.UPDATE: _update,
    Response.CHOICES: _choose,
    Response.MODAL: _ask,
}


def _new(call: Call, interaction: Interaction, data: dict, *, loading: bool = False) -> Message:
    flags = (data.get("flags") or 0) & EPHEMERAL | (LOADING if loading else 0)
    files = call.exchange.files
    message = messages.new(
        call.state, interaction.channel, call.state.world.bot, data, files, extra_flags=flags
    )
    message.interaction = _metadata(interaction)
    messages.publish(call.state, "MESSAGE_CREATE", message)
    return message


def _metadata(interaction: Interaction) -> dict:
    return {
        "id": str(interaction.id),
        "type": int(interaction.use),
        "user": payloads.user(interaction.user),
        "authorizing_integration_owners": {
            "0": str(interaction.guild.id if interaction.guild else 0)
        },
    }


def _callback_body(interaction: Interaction) -> dict:
    message = interaction.original
    about = {"id": str(interaction.id), "type": int(interaction.use)}
    body: dict = {"interaction": about, "resource": {"type": int(interaction.response)}}
    if message is not None:
        about["response_message_id"] = str(message.id)
        about["response_message_loading"] = message.loading
        about["response_message_ephemeral"] = message.ephemeral
    if message is not None and interaction.response in (Response.MESSAGE, Response.UPDATE):
        body["resource"]["message"] = payloads.message(message)
    return body


def follow_up(call: Call) -> dict:
    """POST /webhooks/{application}/{token}; the first one after a deferral takes its place."""
    interaction = _acknowledged(call)
    original = interaction.original
    if original is not None and original.loading:
        return _finish(call, interaction, original)
    messages.check(call.body, call.exchange.files)
    message = _new(call, interaction, call.body)
    interaction.followups.append(message)
    return payloads.message(message)


def get(call: Call) -> dict:
    """GET /webhooks/{application}/{token}/messages/{message}."""
    return payloads.message(_of_path(call, _acknowledged(call)))


def edit(call: Call) -> dict:
    """PATCH /webhooks/{application}/{token}/messages/{message}."""
    interaction = _acknowledged(call)
    return _finish(call, interaction, _of_path(call, interaction))


def delete(call: Call) -> None:
    """DELETE /webhooks/{application}/{token}/messages/{message}."""
    messages.remove(call.state, _of_path(call, _acknowledged(call)))


def _finish(call: Call, interaction: Interaction, message: Message) -> dict:
    messages.change(call.state, message, call.body, call.exchange.files)
    message.flags &= ~LOADING
    interaction.edits += 1
    messages.publish(call.state, "MESSAGE_UPDATE", message)
    return payloads.message(message)


def _acknowledged(call: Call) -> Interaction:
    """Return the interaction of the path, if it was responded to and its token still holds."""
    interaction = call.state.interactions.get(call.match["token"])
    if int(call.match["application"]) != call.state.application or interaction is None:
        raise refusals.unknown("Webhook")
    if _expired(call.state, interaction):
        interaction.refused.append(50027)
        raise refusals.RefusedError(401, 50027, "Invalid Webhook Token")
    if interaction.response is None:
        raise refusals.unknown("Webhook")
    return interaction


def _expired(state: State, interaction: Interaction) -> bool:
    return state.clock() - interaction.created > TOKEN_SECONDS


def _of_path(call: Call, interaction: Interaction) -> Message:
    named = call.match["message"]
    known = [m for m in (interaction.original, *interaction.followups) if m and not m.deleted]
    wanted = interaction.original if named == "@original" else None
    found = [m for m in known if m is wanted or str(m.id) == named]
    if not found:
        raise refusals.unknown("Message")
    return found[0]
