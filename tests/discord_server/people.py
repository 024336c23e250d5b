"""The user's side: commands, buttons and forms, as far as Discord's client would let them."""

import secrets
import time

from tests.discord_server import component_limits, limits, options, payloads
from tests.discord_server.answers import Answer
from tests.discord_server.interactions import Interaction, Use
from tests.discord_server.refusals import MisuseError
from tests.discord_server.state import State
from tests.discord_server.world import (
    Channel,
    Guild,
    Kind,
    Member,
    Message,
    Permission,
    User,
    guild_permissions,
    permissions,
)

_CHAT, _ON_USER, _ON_MESSAGE = 1, 2, 3
_IN_GUILD, _IN_DM = 0, 1


class People:
    """Lets users act. *granted* names commands that a guild has opened to all in its settings."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.granted: set[str] = set()

    def slash(
        self, guild: Guild | None, channel: Channel, user: User, command: str, values: dict
    ) -> Answer:
        """Use a slash command; the words of sub-commands follow it in *command*."""
        name, *words = command.split()
        found = self._visible(guild, channel, user, name, _CHAT)
        typed = options.Typed(state=self._state, asker=user, place=channel)
        options.fill(typed, options.leaf(found, words), values)
        data = _command_data(found, options.nest(found, words, typed.options), typed.resolved)
        return self._use(Use.COMMAND, f"/{command}", guild, channel, user, data)

    def autocomplete(
        self,
        guild: Guild | None,
        channel: Channel,
        user: User,
        command: str,
        option: str,
        begun: str,
        values: dict,
    ) -> Answer:
        """Type *begun* into *option* of a command, with the other *values* typed already."""
        name, *words = command.split()
        found = self._visible(guild, channel, user, name, _CHAT)
        defined = options.leaf(found, words)
        focused = next((o for o in defined if o["name"] == option), None)
        if focused is None or not focused.get("autocomplete"):
            raise MisuseError(f"/{command} offers nothing for {option!r}")
        typed = options.Typed(state=self._state, asker=user, place=channel)
        optional = [{**o, "required": False} for o in defined]
        options.fill(typed, optional, values)
        now = {"type": focused["type"], "name": option, "value": begun, "focused": True}
        data = _command_data(found, options.nest(found, words, [*typed.options, now]), {})
        kind = focused["type"]
        return self._use(Use.AUTOCOMPLETE, f"/{command}", guild, channel, user, data, kind=kind)

    def on_message(
        self, guild: Guild | None, channel: Channel, user: User, name: str, message: Message
    ) -> Answer:
        """Use a command of a message's menu."""
        found = self._visible(guild, channel, user, name, _ON_MESSAGE)
        resolved = {"messages": {str(message.id): payloads.message(message)}}
        data = {**_command_data(found, [], resolved), "target_id": str(message.id)}
        return self._use(Use.COMMAND, name, guild, channel, user, data)

    def on_user(
        self, guild: Guild | None, channel: Channel, user: User, name: str, target: User
    ) -> Answer:
        """Use a command of a user's menu."""
        found = self._visible(guild, channel, user, name, _ON_USER)
        typed = options.Typed(state=self._state, asker=user, place=channel)
        options.user(typed, target)
        data = {**_command_data(found, [], typed.resolved), "target_id": str(target.id)}
        return self._use(Use.COMMAND, name, guild, channel, user, data)

    def press(self, message: Message, custom_id: str, user: User) -> Answer:
        """Press a button."""
        button = _component(message, custom_id)
        if button["type"] != component_limits.BUTTON:
            raise MisuseError(f"{custom_id!r} is not a button")
        data = {"custom_id": custom_id, "component_type": button["type"]}
        return self._use_component(message, user, data)

    def select(self, message: Message, custom_id: str, user: User, values: list[str]) -> Answer:
        """Choose *values* in a list of texts."""
        menu = _component(message, custom_id)
        if menu["type"] != component_limits.SELECT:
            raise MisuseError(f"{custom_id!r} is not a list of texts")
        offered = [option["value"] for option in menu["options"]]
        strangers = [value for value in values if value not in offered]
        low, high = menu.get("min_values", 1), menu.get("max_values", 1)
        if strangers or not low <= len(values) <= high:
            raise MisuseError(f"{custom_id!r} takes {low} to {high} of {offered}, not {values}")
        data = {"custom_id": custom_id, "component_type": menu["type"], "values": values}
        return self._use_component(message, user, data)

    def submit(self, answer: Answer, values: dict[str, object]) -> Answer:
        """Send the form that *answer* opened; *values* by custom_id or label."""
        asked, modal = answer.interaction, answer.modal
        given = dict(values)
        rows = [_submitted(component, given) for component in modal["components"]]
        if given:
            raise MisuseError(f"the form has no field {next(iter(given))!r}")
        data = {"custom_id": modal["custom_id"], "components": rows}
        return self._use(
            Use.MODAL, modal["title"], asked.guild, asked.channel, asked.user, data, asked.source
        )

    def _use_component(self, message: Message, user: User, data: dict) -> Answer:
        if message.ephemeral and str(user.id) != message.interaction["user"]["id"]:
            raise MisuseError(f"{user.name} does not see this message")
        channel = message.channel
        _check_sees(user, channel)
        name, guild = data["custom_id"], channel.guild
        return self._use(Use.COMPONENT, name, guild, channel, user, data, message)

    def _visible(
        self, guild: Guild | None, channel: Channel, user: User, name: str, kind: int
    ) -> dict:
        """Return the command as *user* finds it in *channel*; MisuseError when they do not."""
        if guild is not channel.guild:
            raise MisuseError(f"#{channel.name} is not in that guild")
        _check_sees(user, channel)
        found = self._registered(guild, name, kind)
        context = _IN_GUILD if guild else _IN_DM
        if context not in (found.get("contexts") or [_IN_GUILD, _IN_DM]):
            raise MisuseError(f"{name!r} is not offered here")
        if not guild:
            return found
        if self._state.world.bot.id not in guild.members:
            raise MisuseError("the bot is not in this guild")
        needed = Permission(int(found["default_member_permissions"] or 0))
        hidden = found["default_member_permissions"] == "0" or needed & ~permissions(user, channel)
        owner = user is guild.owner
        if hidden and not owner and name not in self.granted:
            raise MisuseError(f"{name!r} is hidden from {user.name}, who lacks {needed!r}")
        return found

    def _registered(self, guild: Guild | None, name: str, kind: int) -> dict:
        scopes = [guild.id, None] if guild else [None]
        known = [c for scope in scopes for c in self._state.commands.get(scope, [])]
        for command in known:
            if (command["name"], command["type"]) == (name, kind):
                return command
        raise MisuseError(
            f"no command {name!r} is registered; there are {[c['name'] for c in known]}"
        )

    def _use(
        self,
        use: Use,
        name: str,
        guild: Guild | None,
        channel: Channel,
        user: User,
        data: dict,
        source: Message | None = None,
        *,
        kind: int = 0,
    ) -> Answer:
        interaction = Interaction(
            id=self._state.world.snowflake(),
            token=secrets.token_urlsafe(32),
            use=use,
            name=name,
            user=user,
            guild=guild,
            channel=channel,
            started=time.monotonic(),
            created=self._state.clock(),
            source=source,
            option_kind=kind,
        )
        self._state.interactions[interaction.token] = interaction
        self._state.dispatch("INTERACTION_CREATE", guild, self._payload(interaction, data))
        return Answer(interaction, self._state.pulse)

    def _payload(self, of: Interaction, data: dict) -> dict:
        bot = self._state.world.bot
        body = {
            "id": str(of.id),
            "application_id": str(self._state.application),
            "type": int(of.use),
            "token": of.token,
            "version": 1,
            "data": data,
            "channel_id": str(of.channel.id),
            "channel": payloads.resolved_channel(of.channel, of.user, bot),
            "locale": "en-US",
            "entitlements": [],
            "app_permissions": str(int(permissions(bot, of.channel))),
            "attachment_size_limit": limits.FILE_BYTES,
            "authorizing_integration_owners": {"0": str(of.guild.id if of.guild else 0)},
            "context": _IN_GUILD if of.guild else _IN_DM,
        }
        if of.source is not None:
            body["message"] = payloads.message(of.source)
        return {**body, **_who(of)}


def _who(of: Interaction) -> dict:
    if of.guild is None:
        return {"user": payloads.user(of.user)}
    granted = str(int(permissions(of.user, of.channel)))
    member = {**payloads.member(of.guild.members[of.user.id]), "permissions": granted}
    guild = {"id": str(of.guild.id), "locale": "en-US", "features": []}
    return {"guild_id": guild["id"], "guild": guild, "guild_locale": "en-US", "member": member}


def _command_data(command: dict, typed: list[dict], resolved: dict) -> dict:
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    if typed:
        data["options"] = typed
    return {**data, "resolved": resolved} if resolved else data


def _check_sees(user: User, channel: Channel) -> None:
    member: Member | None = channel.guild.members.get(user.id) if channel.guild else None
    if channel.guild is not None and member is None:
        raise MisuseError(f"{user.name} is not in this guild")
    if channel.kind is Kind.DM and channel.recipient is not user:
        raise MisuseError(f"this is not a conversation with {user.name}")
    granted = permissions(user, channel)
    if not granted & Permission.VIEW_CHANNEL:
        raise MisuseError(f"{user.name} does not see #{channel.name}")
    if (
        member
        and not guild_permissions(member, channel.guild) & Permission.USE_APPLICATION_COMMANDS
    ):
        raise MisuseError(f"{user.name} may not use commands")


def _component(message: Message, custom_id: str) -> dict:
    if message.deleted:
        raise MisuseError("the message is deleted")
    for component in component_limits.walk(message.components):
        if component.get("custom_id") == custom_id:
            if component.get("disabled"):
                raise MisuseError(f"{custom_id!r} is disabled")
            return component
    known = [
        c["custom_id"] for c in component_limits.walk(message.components) if c.get("custom_id")
    ]
    raise MisuseError(f"no component {custom_id!r} among {known}")


def _submitted(component: dict, given: dict[str, object]) -> dict:
    """Return *component* filled from *given*, which loses what was used."""
    if component["type"] == component_limits.ROW:
        inside = [_submitted(child, given) for child in component["components"]]
        return {"type": component["type"], "components": inside}
    if component["type"] == component_limits.LABEL:
        field = {**component["component"], "label": component["label"]}
        return {"type": component["type"], "component": _submitted(field, given)}
    custom_id = component["custom_id"]
    key = custom_id if custom_id in given else component.get("label")
    value = given.pop(key, component.get("value", ""))
    sent = {"type": component["type"], "custom_id": custom_id}
    if component["type"] == component_limits.SELECT:
        return {**sent, "values": list(value)}
    if component["type"] != component_limits.TEXT_INPUT:
        raise MisuseError(f"fields of type {component['type']} are not filled in here")
    _check_text(component, str(value))
    return {**sent, "value": str(value)}


def _check_text(component: dict, value: str) -> None:
    low = component.get("min_length") or (1 if component.get("required", True) else 0)
    high = component.get("max_length") or 4_000
    if not low <= len(value) <= high and (value or component.get("required", True)):
        raise MisuseError(f"the field {component['custom_id']!r} takes {low} to {high} characters")
