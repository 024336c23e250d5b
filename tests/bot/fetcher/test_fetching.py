"""What is fetched, what is refused, and what is said about it; with real servers on loopback."""

import asyncio
import gzip
import logging
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web
from yarl import URL

from bot.fetcher import FetchError, Limits
from bot.fetcher.asking import Hop
from briefs.model import Problem
from tests.bot.fetcher import sites
from tests.bot.fetcher.sites import FEED, RSS, fetcher, leads, paths, says, site, wire

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


async def failing(fetch, url, **asked) -> FetchError:
    with pytest.raises(FetchError) as raised:
        await fetch.get(url, **asked)
    return raised.value


async def test_a_feed_arrives_with_what_its_server_says_of_it():
    given = {"ETag": '"a1"', "Last-Modified": "Mon, 02 Nov 2026 08:00:00 GMT"}
    async with (
        site(says(FEED, RSS, **given, **{"Cache-Control": "max-age=600"})) as here,
        fetcher(here, contact="news@example.org") as fetch,
    ):
        got = await fetch.get(here.url("/feed?key=s3cret"))

    assert (got.status, got.body, got.content_type) == (200, FEED, RSS)
    assert (got.etag, got.last_modified) == ('"a1"', given["Last-Modified"])
    assert (got.max_age, got.moved) == (600, "")
    assert got.url == here.url("/feed?key=s3cret")
    sent = here.seen[0].headers
    assert sent["User-Agent"].startswith("Daybrief/")
    assert "news@example.org" in sent["User-Agent"]
    assert sent["Accept-Encoding"] == "gzip, deflate"
    assert "Cookie" not in sent


async def test_nothing_changed_is_one_request_without_a_body():
    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == '"a1"'
        return web.Response(status=304 if known else 200, body=None if known else FEED)

    async with site(answer) as here, fetcher(here) as fetch:
        got = await fetch.get(
            here.url(), etag='"a1"', last_modified="Mon, 02 Nov 2026 08:00:00 GMT"
        )

    assert (got.status, got.body, got.etag) == (304, b"", '"a1"')
    assert here.seen[0].headers["If-Modified-Since"] == "Mon, 02 Nov 2026 08:00:00 GMT"


async def test_nothing_changed_is_no_answer_to_who_did_not_ask_so():
    async with site(says(b"", "", 304)) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url())

    assert error.problem is Problem.OTHER


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
async def test_this_machine_is_refused_unless_the_operator_allows_it(host):
    async with site(says()) as here, fetcher(here, allow=()) as fetch:
        error = await failing(fetch, here.url(host=host))

    assert error.problem is Problem.ADDRESS
    assert "network.allow" in str(error)
    assert here.seen == []


async def test_a_name_that_was_public_and_is_private_when_dialled_is_refused():
    names = sites.Names(news_example=[["127.0.0.2"], ["127.0.0.1"]])
    async with (
        site(says()) as here,
        fetcher(here, allow=("127.0.0.2",), names=names) as fetch,
    ):
        before = await failing(fetch, here.url(host="news.example"))
        after = await failing(fetch, here.url(host="news.example"))

    assert before.problem is Problem.CONNECTION  # it was dialled, and nobody listens there
    assert after.problem is Problem.ADDRESS
    assert here.seen == []


async def test_a_name_with_a_private_address_among_its_addresses_is_not_read_there():
    names = sites.Names(news_example=[["127.0.0.2", "127.0.0.1"]])
    async with (
        site(says()) as here,
        fetcher(here, allow=("127.0.0.2",), names=names) as fetch,
    ):
        error = await failing(fetch, here.url(host="news.example"))

    assert error.problem in {Problem.ADDRESS, Problem.CONNECTION}
    assert here.seen == []


async def test_a_host_that_the_operator_names_may_be_private_and_only_under_that_name():
    names = sites.Names(feeds_local=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    async with (
        site(says()) as here,
        fetcher(here, allow=("feeds.local",), names=names) as fetch,
    ):
        got = await fetch.get(here.url(host="feeds.local"))
        error = await failing(fetch, here.url(host="other.example"))

    assert got.body == FEED
    assert error.problem is Problem.ADDRESS


async def test_a_name_that_nobody_knows_is_said():
    async with site(says()) as here, fetcher(here, names=sites.Names()) as fetch:
        error = await failing(fetch, here.url(host="news.example"))

    assert error.problem is Problem.NAME
    assert "news.example" in str(error)


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("file:///etc/passwd", Problem.ADDRESS),
        ("gopher://example.org/", Problem.ADDRESS),
        ("http://192.168.0.1/", Problem.ADDRESS),
        ("//169.254.169.254/latest", Problem.ADDRESS),
        ("http://user:hush@example.org/", Problem.ADDRESS),
        ("http://[::1", Problem.REDIRECTS),
        ("/feed", Problem.REDIRECTS),
    ],
)
async def test_a_redirect_is_checked_like_any_other_address(location, problem):
    async with site(leads(location)) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url("/feed"))

    assert error.problem is problem
    assert "hush" not in str(error)


async def test_a_loop_of_redirects_ends_at_the_fifth():
    async def answer(request: web.Request) -> web.Response:
        number = int(request.query.get("n", "0")) + 1
        return web.Response(status=302, headers={"Location": f"/?n={number}"})

    async with site(answer) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url())

    assert error.problem is Problem.REDIRECTS
    assert len(here.seen) == 6


async def test_a_name_that_turns_private_between_two_redirects_is_refused():
    names = sites.Names(news_example=[["127.0.0.1"], ["10.0.0.1"]])
    async with site(leads("/next")) as here, fetcher(here, names=names) as fetch:
        error = await failing(fetch, here.url(host="news.example"))

    assert error.problem is Problem.ADDRESS
    assert here.paths == ["/"]


async def test_what_moved_for_good_is_told_up_to_where_it_is_only_for_now():
    answers = paths(a=leads("/b", 301), b=leads("/c", 308), c=leads("/d", 302), d=says())
    async with site(answers) as here, fetcher(here) as fetch:
        got = await fetch.get(here.url("/a"))
        straight = await fetch.get(here.url("/c"))

    assert (got.url, got.moved) == (here.url("/d"), here.url("/c"))
    assert straight.moved == ""


def test_what_is_protected_is_never_left_for_what_is_not():
    fetch = fetcher()
    hop = Hop("http://example.org/x?key=hush", for_good=False)

    with pytest.raises(FetchError) as raised:
        fetch._next(URL("https://example.org/"), hop)

    assert raised.value.problem is Problem.REDIRECTS
    assert "hush" not in str(raised.value)


async def test_headers_of_a_user_stay_with_their_host():
    names = sites.Names(one_example=[["127.0.0.1"]], two_example=[["127.0.0.1"]])
    async with site(says()) as there:
        answers = paths(feed=leads(there.url("/", host="two.example")), same=leads("/x"), x=says())
        async with site(answers) as here, fetcher(here, there, names=names) as fetch:
            key = (("authorization", "Bearer hush"),)
            await fetch.get(here.url("/feed", host="one.example"), headers=key)
            await fetch.get(here.url("/same", host="one.example"), headers=key)

    assert [each.headers.get("Authorization") for each in here.seen] == ["Bearer hush"] * 3
    assert there.seen[0].headers.get("Authorization") is None


@pytest.mark.parametrize(
    "header",
    [("Host", "127.0.0.1"), ("user-agent", "x"), ("Accept-Encoding", "br"), ("X", "a\r\nY: b")],
)
async def test_headers_that_are_not_a_users_to_set_are_refused(header):
    async with site(says()) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url(), headers=(header,))

    assert error.problem is Problem.OTHER
    assert here.seen == []


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
async def test_what_is_compressed_is_opened(encoding, pack):
    body = FEED * 1_000
    async with (
        site(says(pack(body), RSS, **{"Content-Encoding": encoding})) as here,
        fetcher(here) as fetch,
    ):
        got = await fetch.get(here.url())

    assert got.body == body


async def test_a_bomb_is_left_after_little_of_it():
    packer = zlib.compressobj(9, wbits=31)
    begin = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    sent = 0
    left = asyncio.Event()

    async def talk(reader, writer):
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD + b"Content-Encoding: gzip\r\n\r\n" + begin)
        try:
            while True:
                writer.write(again)
                sent += len(again)
                await writer.drain()
                await asyncio.sleep(0)
        finally:
            left.set()

    async with wire(talk) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url())
        await asyncio.wait_for(left.wait(), 30)

    assert error.problem is Problem.TOO_LARGE
    assert sent < 1_000_000


async def test_what_is_too_large_when_opened_is_left_there():
    body = gzip.compress(bytes(range(256)) * 40_000)
    async with (
        site(says(body, RSS, **{"Content-Encoding": "gzip"})) as here,
        fetcher(here) as fetch,
    ):
        error = await failing(fetch, here.url(), largest=5_000_000)

    assert error.problem is Problem.TOO_LARGE
    assert "5 MB" in str(error)


async def test_what_says_that_it_is_too_large_is_not_read_at_all():
    async with site(says(bytes(2_000), RSS)) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url(), largest=1_000)

    assert error.problem is Problem.TOO_LARGE


async def test_an_endless_stream_of_single_bytes_ends_by_the_clock():
    left = asyncio.Event()

    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                writer.write(b"1\r\nx\r\n")
                await writer.drain()
                await asyncio.sleep(0.02)
        finally:
            left.set()

    limits = Limits(gap=0, total=1.0)
    async with wire(talk) as here, fetcher(here, limits=limits) as fetch:
        error = await failing(fetch, here.url())
        await asyncio.wait_for(left.wait(), 30)

    assert error.problem is Problem.TIMEOUT


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 O", HEAD, HEAD + b"\r\n<rss"])
async def test_a_server_that_falls_silent_is_left(start):
    async def talk(reader, writer):
        writer.write(start)
        await asyncio.sleep(60)

    limits = Limits(gap=0, total=60, idle=0.2)
    async with wire(talk) as here, fetcher(here, limits=limits) as fetch:
        error = await failing(fetch, here.url())

    assert error.problem is Problem.TIMEOUT


async def test_a_name_server_that_falls_silent_is_left():
    class Silent(sites.Names):
        async def resolve(self, host, port=0, family=0):
            return await asyncio.Event().wait()

    limits = Limits(gap=0, total=60, connect=0.1)
    async with fetcher(names=Silent(), limits=limits) as fetch:
        error = await failing(fetch, "http://news.example/")

    assert error.problem is Problem.TIMEOUT


async def test_headers_byte_by_byte_end_by_the_clock():
    async def talk(reader, writer):
        while True:
            writer.write(b"H")
            await writer.drain()
            await asyncio.sleep(0.02)

    limits = Limits(gap=0, total=0.3)
    async with wire(talk) as here, fetcher(here, limits=limits) as fetch:
        error = await failing(fetch, here.url())

    assert error.problem in {Problem.TIMEOUT, Problem.DAMAGED}


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 100\r\n\r\n<rss>",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(FEED)[:-9],
        HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f",
        HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08" + b"\xff" * 100,
        HEAD + b"Content-Encoding: br\r\n\r\nabc",
        HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(gzip.compress(FEED)),
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    ],
)
async def test_what_is_cut_off_or_no_http_is_damaged(answer):
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.write_eof()
        await reader.read()

    async with wire(talk) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url())

    assert error.problem is Problem.DAMAGED


async def test_connections_that_are_refused_broken_or_no_tls_are_told_apart():
    async def hang_up(reader, writer):
        await reader.readuntil(b"\r\n\r\n")

    async def plain(reader, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()

    async with wire(hang_up) as rude, wire(plain) as bare, fetcher(rude, bare) as fetch:
        broken = await failing(fetch, rude.url())
        insecure = await failing(fetch, bare.url().replace("http:", "https:"))
    async with fetcher(rude) as fetch:
        closed = await failing(fetch, rude.url())

    assert broken.problem is Problem.CONNECTION
    assert insecure.problem is Problem.TLS
    assert closed.problem is Problem.CONNECTION
    assert str(broken) != str(closed)


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (401, Problem.LOGIN),
        (403, Problem.FORBIDDEN),
        (404, Problem.NOT_FOUND),
        (410, Problem.GONE),
        (429, Problem.LIMITED),
        (451, Problem.FORBIDDEN),
        (500, Problem.SERVER),
        (503, Problem.SERVER),
        (418, Problem.OTHER),
        (204, Problem.OTHER),
        (300, Problem.OTHER),
    ],
)
async def test_each_status_has_its_reason_in_one_sentence(status, problem):
    async with site(says(b"", "", status)) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url("/feed?key=hush"))

    assert error.problem is problem
    assert error.status == status
    assert "127.0.0.1" in str(error)
    assert str(status) in str(error)
    assert "hush" not in str(error)


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("120", 120, 120),
        ("an hour from now", 3_000, 3_600),
        ("99999999", 86_400, 86_400),
        ("-5", 0, 0),
        ("soon", 0, 0),
    ],
)
async def test_how_long_to_wait_is_taken_from_the_server_within_a_day(value, least, most):
    if value == "an hour from now":
        value = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

    async with (
        site(says(b"", "", 429, **{"Retry-After": value})) as here,
        fetcher(here) as fetch,
    ):
        error = await failing(fetch, here.url())

    assert least <= error.retry_after <= most


@pytest.mark.parametrize(
    ("status", "given", "body", "name"),
    [
        (403, {"cf-mitigated": "challenge"}, b"", "Cloudflare"),
        (
            503,
            {"Server": "cloudflare"},
            b"<script src=/cdn-cgi/challenge-platform/x>",
            "Cloudflare",
        ),
        (403, {}, b"<script src=https://geo.captcha-delivery.com/c.js>", "DataDome"),
        (403, {"Server": "AkamaiGHost"}, b"Access Denied", "Akamai"),
        (403, {}, b"<iframe src=/_Incapsula_Resource?x>", "Imperva"),
        (405, {"x-amzn-waf-action": "captcha"}, b"", "AWS WAF"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "AWS WAF"),
        (200, {"cf-mitigated": "challenge"}, b"<html>Just a moment", "Cloudflare"),
    ],
)
async def test_a_wall_before_the_site_is_named(status, given, body, name):
    async with site(says(body, "text/html", status, **given)) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url())

    assert error.problem is Problem.BLOCKED
    assert name in str(error)


@pytest.mark.parametrize(
    ("status", "server", "body", "problem"),
    [
        (403, "cloudflare", b"no", Problem.FORBIDDEN),
        (503, "AkamaiGHost", b"Service Unavailable", Problem.SERVER),
        (522, "cloudflare", b"<div id=cf-error-details>", Problem.SERVER),
        (404, "cloudflare", b"<div id=cf-error-details>", Problem.NOT_FOUND),
    ],
)
async def test_a_fault_of_a_site_behind_a_service_is_not_called_a_wall(
    status, server, body, problem
):
    async with (
        site(says(body, "text/html", status, Server=server)) as here,
        fetcher(here) as fetch,
    ):
        error = await failing(fetch, here.url())

    assert error.problem is problem


@pytest.mark.parametrize(
    ("accept", "kind", "body", "problem"),
    [
        ("feed", "image/png", b"\x89PNG\r\n", Problem.NOT_A_FEED),
        ("feed", RSS, b"%PDF-1.7", Problem.NOT_A_FEED),
        ("feed", "audio/mpeg", FEED, Problem.NOT_A_FEED),
        ("page", "application/pdf", b"%PDF-1.7", Problem.OTHER),
        ("document", "application/pdf", b"<html>Not found", Problem.OTHER),
        ("document", "text/plain", b"\x7fELF\x00\x00", Problem.OTHER),
    ],
)
async def test_what_is_not_what_is_wanted_is_refused_by_name_or_by_its_first_bytes(
    accept, kind, body, problem
):
    async with site(says(body, kind)) as here, fetcher(here) as fetch:
        error = await failing(fetch, here.url(), accept=accept)

    assert error.problem is problem


async def test_proxies_of_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    async with site(says()) as here, fetcher(here) as fetch:
        got = await fetch.get(here.url())

    assert got.body == FEED


async def test_a_slow_host_holds_up_no_other():
    served = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        await served.wait()
        return web.Response(body=FEED, content_type=RSS)

    async def quick(request: web.Request) -> web.Response:
        served.set()
        return web.Response(body=FEED, content_type=RSS)

    names = sites.Names(slow_example=[["127.0.0.1"]], quick_example=[["127.0.0.1"]])
    async with (
        site(slow) as sleepy,
        site(quick) as brisk,
        fetcher(sleepy, brisk, names=names) as fetch,
    ):
        waiting = [sleepy.url(f"/{n}", host="slow.example") for n in range(5)]
        got = await asyncio.gather(
            *map(fetch.get, waiting), fetch.get(brisk.url(host="quick.example"))
        )

    assert [each.status for each in got] == [200] * 6


async def test_no_more_than_two_requests_are_at_one_host_at_once():
    now = most = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return web.Response(body=FEED, content_type=RSS)

    async with site(answer) as here, fetcher(here) as fetch:
        await asyncio.gather(*(fetch.get(here.url(f"/{n}")) for n in range(8)))

    assert most == 2


async def test_neither_bodies_nor_queries_are_logged(caplog):
    caplog.set_level(logging.DEBUG)
    async with (
        site(paths(feed=says(b"<rss>confidential</rss>"), gone=says(b"", "", 410))) as here,
        fetcher(here) as fetch,
    ):
        await fetch.get(here.url("/feed?key=hush"), headers=(("X-Key", "hush"),))
        await failing(fetch, here.url("/gone?key=hush"))
        await failing(fetch, "http://127.0.0.1:1/?key=hush")

    # the server of the test logs in its own name
    ours = [record for record in caplog.records if record.name != "aiohttp.access"]
    assert "hush" not in " ".join(record.getMessage() for record in ours)
    assert "confidential" not in caplog.text


async def test_the_cause_of_an_error_does_not_carry_the_address_along():
    async with site(says(b"", "", 500)) as here, fetcher(here, names=sites.Names()) as fetch:
        error = await failing(fetch, here.url("/?key=hush", host="news.example"))

    assert error.__cause__ is None
    assert error.__suppress_context__


# pages


ROBOTS = b"User-agent: *\nDisallow: /private\n\nUser-agent: daybrief\nDisallow: /ours\n"


async def refused_page(fetch, url) -> FetchError:
    with pytest.raises(FetchError) as raised:
        await fetch.page(url)
    return raised.value


async def test_a_page_is_read_when_the_robots_txt_has_nothing_against_it():
    page = says(b"<html><p>Hello</html>", "text/html")
    answers = paths(robots_txt=says(ROBOTS, "text/plain"), private=page, ours=page)
    async with site(answers) as here, fetcher(here) as fetch:
        got = await fetch.page(here.url("/private"))
        error = await refused_page(fetch, here.url("/ours"))

    assert got.body == b"<html><p>Hello</html>"
    assert error.problem is Problem.ROBOTS
    assert here.paths == ["/robots.txt", "/private"]


async def test_a_robots_txt_is_asked_for_once():
    page = says(b"<p>x", "text/html")
    answers = paths(robots_txt=says(b"", "text/plain"), a=page, b=page, c=page)
    async with site(answers) as here, fetcher(here) as fetch:
        await asyncio.gather(*(fetch.page(here.url(f"/{name}")) for name in "abc"))

    assert here.paths.count("/robots.txt") == 1


async def test_a_page_may_be_a_file_where_that_is_asked_for():
    answers = paths(a_pdf=says(b"%PDF-1.7", "application/pdf"))
    async with site(answers) as here, fetcher(here) as fetch:
        got = await fetch.page(here.url("/a.pdf"), accept="document")
        error = await refused_page(fetch, here.url("/a.pdf"))

    assert got.content_type == "application/pdf"
    assert error.problem is Problem.OTHER


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_where_there_is_no_robots_txt_pages_may_be_read(status):
    answers = paths(robots_txt=says(b"", "", status), a=says(b"<p>x", "text/html"))
    async with site(answers) as here, fetcher(here) as fetch:
        got = await fetch.page(here.url("/a"))

    assert got.status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_where_the_robots_txt_cannot_be_had_just_now_pages_are_left_alone(status):
    answers = paths(robots_txt=says(b"", "", status), a=says(b"<p>x", "text/html"))
    async with site(answers) as here, fetcher(here) as fetch:
        error = await refused_page(fetch, here.url("/a"))

    assert error.problem is Problem.ROBOTS
    assert here.paths == ["/robots.txt"]


async def test_a_site_that_cannot_be_reached_is_said_to_be_that_and_not_to_object():
    async with site(says()) as here:
        pass
    async with fetcher(here) as fetch:
        error = await refused_page(fetch, here.url("/a"))

    assert error.problem is Problem.CONNECTION


async def test_of_an_endless_robots_txt_the_beginning_counts():
    text = b"User-agent: *\nDisallow: /ours\n" + b"# nothing\n" * 100_000
    answers = paths(robots_txt=says(text, "text/plain"), ours=says(), free=says())
    async with site(answers) as here, fetcher(here) as fetch:
        error = await refused_page(fetch, here.url("/ours"))
        got = await fetch.page(here.url("/free"))

    assert error.problem is Problem.ROBOTS
    assert got.status == 200


async def test_a_redirect_of_a_page_asks_the_site_that_it_leads_to():
    names = sites.Names(one_example=[["127.0.0.1"]], two_example=[["127.0.0.1"]])
    there_answers = paths(robots_txt=says(b"User-agent: *\nDisallow: /", "text/plain"), x=says())
    async with (
        site(there_answers) as there,
        site(paths(a=leads(there.url("/x", host="two.example")))) as here,
        fetcher(here, there, names=names) as fetch,
    ):
        error = await refused_page(fetch, here.url("/a", host="one.example"))

    assert error.problem is Problem.ROBOTS
    assert there.paths == ["/robots.txt"]
