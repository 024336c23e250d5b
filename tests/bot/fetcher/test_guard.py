"""Which addresses may be dialled, however they are written."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.config import Network
from bot.fetcher import FetchError, guard
from briefs.model import Problem

PUBLIC = guard.make(Network())


def refusal(url: str, rules: guard.Guard = PUBLIC) -> FetchError:
    with pytest.raises(FetchError) as raised:
        rules.check(url)
    return raised.value


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[::127.0.0.1]/",
        "http://[::1%25eth0]/",
        "http://169.254.169.254/latest",
        "http://100.100.100.200/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://192.88.99.1/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[fd00:ec2::254]/",
        "http://[ff02::1]/",
        "http://[::]/",
        "http://user:pass@example.org/",
        "http://user@example.org/",
        "http://@example.org/",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "data:text/html,x",
        "gopher://example.org/",
        "//example.org/feed",
        "example.org/feed",
        "http://",
        "http:///feed",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nX: y",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://[::1",
        "",
        "http://example.org/" + "a" * 5_000,
    ],
)
def test_what_is_not_on_the_public_internet_is_refused_before_anything_is_sent(url):
    error = refusal(url)

    assert error.problem is Problem.ADDRESS
    assert "pass" not in str(error).replace("password", "")
    assert str(error).count(". ") == 0
    assert str(error).endswith(".")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://example.org/feed?a=1#part", "example.org"),
        ("HTTPS://Example.ORG/", "example.org"),
        ("https://bücher.example/feed", "xn--bcher-kva.example"),
        ("http://1.1.1.1/", "1.1.1.1"),
        ("http://[2606:4700::1111]/", "2606:4700::1111"),
        ("http://[64:ff9b::101:101]/", "64:ff9b::101:101"),
        ("http://my_site.example./", "my_site.example."),
        ("http://4chan.example/", "4chan.example"),
    ],
)
def test_what_is_public_passes_without_its_fragment(url, host):
    checked = PUBLIC.check(url)

    assert checked.raw_host == host
    assert not checked.fragment


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://a@", "http://[", "//"]))
@settings(deadline=None)
@example("ex\u2100mple.org", "http://")
@example("1.2.3.4\uff0f@x", "http://")
@example("[::ffff:1.2.3.4", "http://")
def test_any_text_is_an_address_or_refused_in_one_sentence(text, start):
    try:
        checked = PUBLIC.check(start + text)
    except FetchError as error:
        found = error.problem
    else:
        found = checked.scheme if checked.raw_host.isascii() else checked.raw_host

    assert found in {Problem.ADDRESS, "http", "https"}


@given(st.ip_addresses(v=4))
@settings(deadline=None)
def test_no_form_of_a_private_address_passes(address):
    forms = [
        address,
        IPv6Address(f"::ffff:{address}"),
        IPv6Address(f"64:ff9b::{address}"),
        IPv6Address((0x2002 << 112) | int(address) << 80),
        IPv6Address((0x2001_0000 << 96) | (int(address) ^ 0xFFFFFFFF)),
    ]

    permitted = [PUBLIC.permits(form, named=False) for form in forms]

    if not address.is_global or address.is_multicast:
        assert permitted == [False] * 5


def test_a_network_of_the_operator_is_allowed_and_nothing_beside_it():
    rules = guard.make(Network(allow=("10.1.0.0/16", "fd00::/8")))

    assert rules.check("http://10.1.2.3/")
    assert rules.check("http://[fd00::5]/")
    assert rules.check("http://[::ffff:10.1.2.3]/")
    assert refusal("http://10.2.0.1/", rules).problem is Problem.ADDRESS


def test_a_host_of_the_operator_may_be_private_but_nothing_with_a_meaning_of_its_own():
    rules = guard.make(Network(allow=("Feeds.Local",)))

    assert rules.trusts(rules.check("http://feeds.local/"))
    assert not rules.trusts(rules.check("http://feeds.local.example.org/"))
    assert rules.permits(ip_address("192.168.1.4"), named=True)
    assert rules.permits(ip_address("::1"), named=True)
    assert not rules.permits(ip_address("192.168.1.4"), named=False)
    assert not rules.permits(ip_address("169.254.169.254"), named=True)
    assert not rules.permits(ip_address("224.0.0.1"), named=True)
    assert not rules.permits(IPv4Address(0), named=True)
    assert not rules.permits(ip_address("255.255.255.255"), named=True)


def test_a_socket_is_made_for_the_address_that_is_dialled_or_not_at_all():
    make = PUBLIC.sockets(named=False)
    made = make((2, 1, 6, "", ("1.1.1.1", 80)))
    made.close()

    with pytest.raises(guard.RefusedAddress):
        make((2, 1, 6, "", ("127.0.0.1", 80)))
    with pytest.raises(guard.RefusedAddress):
        make((10, 1, 6, "", ("fe80::1%eth0", 80, 0, 2)))


def test_ports_are_those_of_the_operator():
    rules = guard.make(Network(ports=(8443,)))

    assert rules.check("https://example.org:8443/")
    assert "network.ports" in str(refusal("https://example.org/", rules))


def test_the_bits_of_an_address_are_read_as_the_network_reads_them():
    assert PUBLIC.permits(IPv4Address("8.8.8.8"), named=False)
    assert PUBLIC.permits(IPv6Address("2002:808:808::"), named=False)
