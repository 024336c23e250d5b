"""What one use of a command, button or form is, from the user's click to the bot's last word."""

from dataclasses import dataclass, field
from enum import IntEnum

from tests.discord_server.world import Channel, Guild, Message, User

FIRST_RESPONSE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0


class Use(IntEnum):
    """What the user did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Response(IntEnum):
    """How the bot may respond first."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


ALLOWED: dict[Use, frozenset[Response]] = {
    Use.COMMAND: frozenset({Response.MESSAGE, Response.DEFERRED_MESSAGE, Response.MODAL}),
    Use.COMPONENT: frozenset(Response) - {Response.CHOICES},
    Use.AUTOCOMPLETE: frozenset({Response.CHOICES}),
    Use.MODAL: frozenset(Response) - {Response.CHOICES, Response.MODAL},
}


@dataclass(slots=True, kw_only=True, eq=False)
class Interaction:
    """An interaction and what has become of it.

    *started* is monotonic, *created* by the server's clock; *seconds* is how long the first
    response took. *source* is the message whose component was used. *refused* lists the codes that
    the bot was answered with.
    """

    id: int
    token: str
    use: Use
    name: str
    user: User
    guild: Guild | None
    channel: Channel
    started: float
    created: float
    source: Message | None = None
    option_kind: int = 0
    seconds: float | None = None
    response: Response | None = None
    original: Message | None = None
    edits: int = 0
    followups: list[Message] = field(default_factory=list)
    choices: list[dict] = field(default_factory=list)
    modal: dict | None = None
    refused: list[int] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether the user has what they asked for, and nothing is loading any more."""
        if self.response is None:
            return False
        if self.response is Response.DEFERRED_MESSAGE:
            return self.original is not None and _settled(self.original)
        if self.response is Response.DEFERRED_UPDATE:
            return bool(self.edits or self.followups)
        return True


def _settled(message: Message) -> bool:
    return message.deleted or not message.loading
