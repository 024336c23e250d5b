"""What Discord says when it refuses: a status, a code, a sentence, and the fields at fault.

`RefusedError` is for the client on the other side of the socket; `MisuseError` is for the test,
whose user did something that Discord's own client would not have let them do.
"""

_UNKNOWN = {
    "Application": 10002,
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Webhook": 10015,
    "interaction": 10062,
}


class RefusedError(Exception):
    """A request that Discord answers with an error; *errors* is its tree of fields, if any."""

    def __init__(self, status: int, code: int, message: str, errors: dict | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> dict:
        """Return the JSON that Discord would send."""
        body = {"message": self.message, "code": self.code}
        return {**body, "errors": self.errors} if self.errors else body


class MisuseError(AssertionError):
    """The test's user did what nobody can do in Discord: no such command, option or button."""


def unknown(thing: str) -> RefusedError:
    """Return the 404 for a *thing* that is not there."""
    return RefusedError(404, _UNKNOWN[thing], f"Unknown {thing}")


def unauthorized() -> RefusedError:
    """Return the 401 for a token that is not the bot's."""
    return RefusedError(401, 0, "401: Unauthorized")


def no_access() -> RefusedError:
    """Return the 403 for a place that the bot cannot see."""
    return RefusedError(403, 50001, "Missing Access")


def no_permission() -> RefusedError:
    """Return the 403 for something that the bot may not do there."""
    return RefusedError(403, 50013, "Missing Permissions")


def invalid_form(errors: dict) -> RefusedError:
    """Return the 400 that names the fields in *errors*."""
    return RefusedError(400, 50035, "Invalid Form Body", errors)


def empty_message() -> RefusedError:
    """Return the 400 for a message that shows nothing."""
    return RefusedError(400, 50006, "Cannot send an empty message")
