"""Each way in which a fetch ends badly is one sentence with a remedy."""

import pickle
import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.fetcher import FetchError, refusals
from briefs.model import REMEDIES, Problem

KEY = ConnectionKey(
    "example.org", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)


def certificate(code: int) -> aiohttp.ClientConnectorCertificateError:
    error = ssl.SSLCertVerificationError("bad")
    error.verify_code = code
    return aiohttp.ClientConnectorCertificateError(KEY, error)


@pytest.mark.parametrize(
    ("error", "problem", "said"),
    [
        (TimeoutError(), Problem.TIMEOUT, "example.org does not answer in time"),
        (aiohttp.ServerTimeoutError(), Problem.TIMEOUT, "in time"),
        (certificate(10), Problem.TLS, "has run out"),
        (certificate(18), Problem.TLS, "signed by nobody but itself"),
        (certificate(62), Problem.TLS, "made out to another name"),
        (certificate(99), Problem.TLS, "is not valid"),
        (aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "x")), Problem.TLS, "protected"),
        (aiohttp.ClientConnectorDNSError(KEY, OSError("x")), Problem.NAME, "no host example.org"),
        (aiohttp.InvalidUrlClientError("http://x/?key=hush"), Problem.ADDRESS, "example.org"),
        (aiohttp.ClientPayloadError("hush"), Problem.DAMAGED, "cut off"),
        (aiohttp.ServerDisconnectedError(), Problem.CONNECTION, "broke the connection off"),
        (ConnectionResetError(104, "hush"), Problem.CONNECTION, "broke the connection off"),
        (
            aiohttp.ClientConnectorError(KEY, OSError(113, "hush")),
            Problem.CONNECTION,
            "cannot be reached",
        ),
        (
            aiohttp.ClientConnectorError(KEY, OSError(111, "hush")),
            Problem.CONNECTION,
            "takes no connection",
        ),
    ],
)
def test_what_went_wrong_is_said_in_our_words(error, problem, said):
    found = refusals.of_error("example.org", error)

    assert found.problem is problem
    assert said in str(found)
    assert "hush" not in str(found)


@pytest.mark.parametrize("problem", Problem)
def test_each_problem_has_a_remedy_in_the_same_sentence(problem):
    error = FetchError(problem, "example.org does not work")

    assert str(error).startswith("example.org does not work: ")
    assert str(error).lower().endswith(REMEDIES[problem].lower())


def test_an_error_comes_whole_out_of_another_process():
    error = FetchError(Problem.LIMITED, "No", remedy="Wait.", status=429, retry_after=7)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert (str(again), again.problem, again.status, again.retry_after) == (
        "No: wait.",
        Problem.LIMITED,
        429,
        7,
    )
