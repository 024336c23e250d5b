"""What users do, each returning the `Answer` to wait for.

The names of options are keywords, so that everything else is positional.
"""

from tests.discord_server import messages
from tests.discord_server.answers import Answer
from tests.discord_server.people import People
from tests.discord_server.state import State
from tests.discord_server.world import Channel, Guild, Message, User


class Acts:
    """The user's side of the server."""

    people: People
    state: State

    def slash(
        self,
        guild: Guild | None,
        channel: Channel,
        user: User,
        command: str,
        /,
        **options: object,
    ) -> Answer:
        """Use a slash command: `slash(guild, channel, user, "brief now", about="Kyiv")`."""
        return self.people.slash(guild, channel, user, command, options)

    def autocomplete(
        self,
        guild: Guild | None,
        channel: Channel,
        user: User,
        command: str,
        option: str,
        begun: str,
        /,
        **options: object,
    ) -> Answer:
        """Type *begun* into *option*, with other *options* filled in already."""
        return self.people.autocomplete(guild, channel, user, command, option, begun, options)

    def message_command(
        self, guild: Guild | None, channel: Channel, user: User, name: str, message: Message
    ) -> Answer:
        """Use a command of a message's menu."""
        return self.people.on_message(guild, channel, user, name, message)

    def user_command(
        self, guild: Guild | None, channel: Channel, user: User, name: str, target: User
    ) -> Answer:
        """Use a command of a user's menu."""
        return self.people.on_user(guild, channel, user, name, target)

    def press(self, message: Message, custom_id: str, user: User) -> Answer:
        """Press a button of *message*."""
        return self.people.press(message, custom_id, user)

    def select(self, message: Message, custom_id: str, user: User, *values: str) -> Answer:
        """Choose *values* in a list of *message*."""
        return self.people.select(message, custom_id, user, list(values))

    def submit_modal(self, answer: Answer, /, **values: object) -> Answer:
        """Send the form that *answer* opened; *values* by custom_id or label."""
        return self.people.submit(answer, values)

    def grant(self, command: str) -> None:
        """Show a *command* to all members, as a guild's integration settings can."""
        self.people.granted.add(command)

    def say(self, channel: Channel, user: User, content: str) -> Message:
        """Write a message as a person."""
        message = messages.new(self.state, channel, user, {"content": content}, {})
        messages.publish(self.state, "MESSAGE_CREATE", message)
        return message

    def delete_message(self, message: Message) -> None:
        """Delete a message as a moderator."""
        messages.remove(self.state, message)
