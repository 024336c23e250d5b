"""Our exception hierarchy: every message is fit to show to a user, and names the remedy.

* DaybriefError          anything a user may be told about
  * UsageError           what was asked for makes no sense as asked (exit code 2)
    * ConfigError        config.toml or the environment is wrong
  * DocumentError        a document could not be read
  * FeedError            what an address gave cannot be read as a feed
  * NotFoundError        nothing by that name; `suggestions` are near
  * NotVerbatimError     a line is not in its stored document: it is never shown
  * StoreError           the database refused (cause attached)
    * BusyError          another process has the store
    * NewerError         the database was made by a newer program
"""

from collections.abc import Callable, Sequence
from functools import partial


class DaybriefError(Exception):
    """An error whose message is fit to show to a user; it can come from another process."""


class UsageError(DaybriefError):
    """What was asked for makes no sense as asked."""


class ConfigError(UsageError):
    """The configuration is wrong; the message names the key."""


class DocumentError(DaybriefError):
    """A document could not be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str, str]]:
        return DocumentError, (self.name, self.reason)


class FeedError(DaybriefError):
    """What an address gave cannot be read as a feed; *kind* says why, in a word or two."""

    NOT_A_FEED = "not a feed"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"

    def __init__(self, url: str, reason: str, *, kind: str = NOT_A_FEED) -> None:
        super().__init__(f"{url}: {reason}" if url else reason[:1].upper() + reason[1:])
        self.url = url
        self.reason = reason
        self.kind = kind

    def __reduce__(self) -> tuple[Callable[..., "FeedError"], tuple[str, str]]:
        return partial(FeedError, kind=self.kind), (self.url, self.reason)


class NotFoundError(DaybriefError):
    """Nothing by that name; *suggestions* are names that are near."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        hint = f" Did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"{message}{hint}")
        self.message = message
        self.suggestions = tuple(suggestions)

    def __reduce__(self) -> tuple[type["NotFoundError"], tuple[str, tuple[str, ...]]]:
        return NotFoundError, (self.message, self.suggestions)


class NotVerbatimError(DaybriefError):
    """A line differs from its stored document, so it is not shown."""


class StoreError(DaybriefError):
    """The database could not be opened or would not answer."""


class BusyError(StoreError):
    """Another process has the store."""


class NewerError(StoreError):
    """The database was made by a newer program than this one."""
