"""What a user sees of the bot's answer to one use of a command, button or form."""

from collections.abc import Callable, Iterator

from tests.discord_server import component_limits
from tests.discord_server.clock import Pulse
from tests.discord_server.interactions import Interaction, Response
from tests.discord_server.world import Attachment, Message


class Answer:
    """The answer to one interaction, as it stands now."""

    def __init__(self, interaction: Interaction, pulse: Pulse) -> None:
        self.interaction = interaction
        self._pulse = pulse

    def __repr__(self) -> str:
        return f"<Answer to {self.interaction.name!r}: {self._said()}>"

    def _said(self) -> str:
        if self.interaction.response is None:
            return f"no response, refused {self.interaction.refused}"
        return f"{self.interaction.response.name}, {self.text[:200]!r}"

    async def responded(self, within: float = 5.0) -> "Answer":
        """Wait for the first response, be it a deferral."""
        return await self.until(lambda a: a.interaction.response is not None, within)

    async def done(self, within: float = 15.0) -> "Answer":
        """Wait until nothing says any more that the bot is thinking."""
        return await self.until(lambda a: a.interaction.finished, within)

    async def until(self, holds: Callable[["Answer"], object], within: float = 15.0) -> "Answer":
        """Wait until *holds* is true of the answer."""
        try:
            await self._pulse.until(lambda: holds(self), within, "the answer")
        except TimeoutError as error:
            raise TimeoutError(f"not answered within {within:g} s: {self!r}") from error
        return self

    @property
    def seconds(self) -> float:
        """How long the first response took; infinite when there is none yet."""
        taken = self.interaction.seconds
        return float("inf") if taken is None else taken

    @property
    def deferred(self) -> bool:
        """Whether the first response was a deferral."""
        deferrals = (Response.DEFERRED_MESSAGE, Response.DEFERRED_UPDATE)
        return self.interaction.response in deferrals

    @property
    def ephemeral(self) -> bool:
        """Whether only the user who asked sees it."""
        return self.interaction.original is not None and self.interaction.original.ephemeral

    @property
    def message(self) -> Message:
        """The message that shows the answer, also when it is still thinking."""
        if self.interaction.original is None:
            raise AssertionError(f"there is no message: {self!r}")
        return self.interaction.original

    @property
    def followups(self) -> list[Message]:
        """What was said after the answer."""
        return self.interaction.followups

    @property
    def choices(self) -> list[tuple[str, object]]:
        """What autocompletion offered, as (name, value)."""
        return [(choice["name"], choice["value"]) for choice in self.interaction.choices]

    @property
    def modal(self) -> dict:
        """The form that was opened."""
        if self.interaction.modal is None:
            raise AssertionError(f"there is no form: {self!r}")
        return self.interaction.modal

    @property
    def content(self) -> str:
        """The message's content."""
        return self.message.content

    @property
    def embeds(self) -> list[dict]:
        """The message's embeds."""
        return self.message.embeds

    @property
    def attachments(self) -> list[Attachment]:
        """The message's files."""
        return self.message.attachments

    @property
    def components(self) -> list[dict]:
        """All components of the message, flat."""
        return list(component_limits.walk(self.message.components))

    @property
    def text(self) -> str:
        """Everything that can be read in the message, line by line."""
        return text(self.interaction.original) if self.interaction.original else ""

    def button(self, label: str) -> str:
        """Return the custom_id of the button that shows *label* (or its emoji)."""
        for component in self.components:
            emoji = (component.get("emoji") or {}).get("name")
            if component.get("type") == component_limits.BUTTON and label in (
                component.get("label"),
                emoji,
            ):
                return component["custom_id"]
        labels = [
            c.get("label") for c in self.components if c.get("type") == component_limits.BUTTON
        ]
        raise AssertionError(f"no button {label!r} among {labels}")


def text(message: Message) -> str:
    """Return everything that can be read in *message*, line by line."""
    return "\n".join(line for line in _lines(message) if line)


def _lines(message: Message) -> Iterator[str | None]:
    yield message.content
    for embed in message.embeds:
        yield (embed.get("author") or {}).get("name")
        yield embed.get("title")
        yield embed.get("description")
        for field in embed.get("fields") or []:
            yield field["name"]
            yield field["value"]
        yield (embed.get("footer") or {}).get("text")
    for component in component_limits.walk(message.components):
        yield component.get("content")
