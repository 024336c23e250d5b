"""A status or an exception in, one sentence out that names the host, the reason and the remedy."""

import errno
import ssl
from collections.abc import Mapping
from datetime import datetime

import aiohttp

from bot.fetcher import blockers, bodies, fields, guard
from bot.fetcher.errors import FetchError
from briefs.model import Problem

_STATUSES: Mapping[int, tuple[Problem, str]] = {
    401: (Problem.LOGIN, "wants a login"),
    402: (Problem.FORBIDDEN, "wants to be paid"),
    403: (Problem.FORBIDDEN, "does not let Daybrief in"),
    404: (Problem.NOT_FOUND, "has nothing at that address"),
    407: (Problem.LOGIN, "wants a login"),
    410: (Problem.GONE, "has taken that address away for good"),
    429: (Problem.LIMITED, "is asked too often"),
    451: (Problem.FORBIDDEN, "may not show that address here, for legal reasons"),
}
_REMEDIES = {  # where it need not be a feed
    Problem.NOT_FOUND: "Look on the site for where it is now.",
    Problem.GONE: "Leave it out, or look on the site for where it is now.",
    Problem.OTHER: "Look at it in a browser.",
}
_WALLS = frozenset({402, 403, 405, 406, 444})
_BUSY = 503  # or a wall, when its page says so
_UNREACHED = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
# the first that fits
_ERRORS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Problem, str], ...] = (
    (TimeoutError, Problem.TIMEOUT, "{host} does not answer in time"),
    (
        aiohttp.ClientConnectorDNSError,
        Problem.NAME,
        "There is no host {host}, or no name server answers",
    ),
    (aiohttp.InvalidURL, Problem.ADDRESS, "{host} is no host that can be dialled"),
)


def of_status(
    host: str, status: int, given: Mapping[str, str], body: bytes, *, now: datetime
) -> FetchError:
    """Return the error for an answer with *status*, headers, and the start of a body."""
    wait = fields.retry_after(given, now=now)
    if wall := _wall(status, given, body):
        return blocked(host, wall, status=status, retry_after=wait)
    problem, said = _STATUSES.get(
        status, (Problem.OTHER, "gives an answer that means nothing here")
    )
    if status >= 500:
        problem, said = Problem.SERVER, "has a fault of its own"
    remedy = _REMEDIES.get(problem, "")
    return FetchError(
        problem, f"{host} {said} ({status})", remedy=remedy, status=status, retry_after=wait
    )


def _wall(status: int, given: Mapping[str, str], body: bytes) -> str:
    if status in _WALLS:
        return blockers.name(given, body)
    return blockers.wall(given) or (blockers.name({}, body) if status == _BUSY else "")


def blocked(host: str, wall: str, *, status: int, retry_after: int = 0) -> FetchError:
    """Return the error for a site that has *wall*, a service, keep programs away."""
    reason = f"{host} keeps programs away with {wall} ({status})"
    return FetchError(Problem.BLOCKED, reason, status=status, retry_after=retry_after)


def of_error(host: str, error: Exception) -> FetchError:
    """Return the error for what aiohttp raised before there was a whole answer."""
    if isinstance(getattr(error, "os_error", None), guard.RefusedAddress):
        return guard.refused(host)
    for kinds, problem, said in _ERRORS:
        if isinstance(error, kinds):
            return FetchError(problem, said.format(host=host))
    if isinstance(error, (aiohttp.ClientPayloadError, aiohttp.ClientResponseError)):
        return bodies.damaged(host)
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return _unprotected(host, error)
    return FetchError(Problem.CONNECTION, f"{host} {_broken(error)}")


def redirects(host: str, said: str) -> FetchError:
    """Return the error for a chain of redirects that is not followed."""
    return FetchError(Problem.REDIRECTS, f"{host} {said}")


def _unprotected(host: str, error: Exception) -> FetchError:
    """Say what is wrong with a certificate, as far as OpenSSL tells, or with the protection."""
    if not isinstance(error, aiohttp.ClientConnectorCertificateError):
        remedy = "Look at it in a browser; it is tried again."
        reason = f"No protected connection to {host} comes about"
        return FetchError(Problem.TLS, reason, remedy=remedy)
    fault = _fault(getattr(error.certificate_error, "verify_code", 0))
    return FetchError(Problem.TLS, f"The certificate of {host} {fault}")


def _fault(code: int) -> str:
    known = {
        10: "has run out",
        18: "is signed by nobody but itself",
        19: "is signed by nobody that is trusted",
        20: "is signed by nobody that is trusted",
        62: "is made out to another name",
    }
    return known.get(code, "is not valid")


def _broken(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.ECONNREFUSED:
        return "takes no connection"
    return "cannot be reached" if number in _UNREACHED else "broke the connection off"
