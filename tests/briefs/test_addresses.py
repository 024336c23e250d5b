"""Addresses of the web in one form each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import addresses

NAMES = st.sampled_from(["id", "p", "page", "q", "cid", "gallery", "ref", "source", "a[]", "ü"])
VALUES = st.text(alphabet="abcÄ019-._~ %+/?:@é", max_size=8).map(str.strip)
OTHERS = st.lists(st.tuples(NAMES, VALUES), max_size=4).map(
    lambda pairs: [f"{name}={value}" for name, value in pairs]
)
TRACKERS = st.sampled_from(
    ["utm_source=rss", "UTM_Campaign=x", "fbclid=1", "gclid=a%20b", "mc_cid=9", "mtm_x", "ref=rss",
     "amp;utm_medium=feed", "at_custom1=x", "utm%5Fsource=y", "xtor=RSS-1", "partner=rss"]
)  # fmt: skip
PLACES = st.sampled_from(
    ["https://news.example/a", "http://www.News.example:80/a/b.html", "https://bücher.example/ä b",
     "https://n.example", "https://n.example/a/../c//d/./", "http://[2001:DB8::1]:8080/x;y=1"]
)  # fmt: skip
HOSTILE = st.text(alphabet="htps:/\\.@[]%#?&=;aé\x00\t\n\r \u202e\ud800①1", max_size=60)


def joined(place, pieces, fragment=""):
    return f"{place}?{'&'.join(pieces)}{fragment}"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://News.Example:80/%7eann/A?b=1#top", "http://news.example/~ann/A?b=1"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://bücher.example/straße?q=ö", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%B6"),
        ("http://n.example/?utm_source=x&id=2&fbclid=y", "http://n.example/?id=2"),
        ("http://n.example/a?utm_source=x", "http://n.example/a"),
        ("http://n.example/a/./b/../c/", "http://n.example/a/c/"),
        ("http://n.example/../..", "http://n.example/"),
        ("http://n.example/a;jsessionid=AB12?x=1", "http://n.example/a?x=1"),
        ("http://n.example/#!/article/1", "http://n.example/#!/article/1"),
        ("http://n.example/#/article/1", "http://n.example/#/article/1"),
        (" http://n.example/a\n b ", "http://n.example/a%20b"),
        ("http://[2001:DB8:0::1]/", "http://[2001:db8::1]/"),
        ("https://m.news.example/amp/a", "https://m.news.example/amp/a"),
        ("https://n.example/%%34%2f%C3%A9", "https://n.example/%254%2F%C3%A9"),
    ],
)
def test_an_address_has_one_form(url, canonical):
    assert addresses.canonical(url) == canonical


@pytest.mark.parametrize(
    "url",
    ["", "news.example", "//news.example/", "ftp://n.example/", "javascript:alert(1)", "http://",
     "http://[", "http://[::1%25eth0]/", "http://n..example/", "http://n.example:99999/",
     "http://ann:secret@n.example/", "http://a.example\\@b.example/", "http://%41.example/",
     "http://-.example/", "http://" + "a" * 300, "http://n.example/" + "a" * 4_000,
     "http://n.example/\ud800", "http://n ex.example/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_has_none(url):
    assert addresses.canonical(url) == ""
    assert addresses.key(url) == ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://news.example/a", "https://news.example/a"),
        ("https://www.news.example/a/", "https://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a/?id=1&utm_source=x", "http://www.news.example/a?id=1"),
    ],
)
def test_two_addresses_of_one_page_have_one_key(first, second):
    assert addresses.key(first) == addresses.key(second) != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("?id=1", "?id=2"),
        ("?cid=1", "?cid=2"),
        ("?gallery=1", "?gallery=2"),
        ("?source=a", "?source=b"),
        ("?ref=main", "?ref=dev"),
        ("?session=1", ""),
        ("?a=1&b=2", "?b=2&a=1"),
        ("?a=1&a=2", "?a=1"),
        ("?a=b+c", "?a=b%2Bc"),
        ("A", "a"),
        ("a%2Fb", "a/b"),
        ("#!/a", "#!/b"),
    ],
)
def test_pages_that_may_differ_have_two_keys(first, second):
    place = "https://news.example/"

    assert addresses.key(place + first) != addresses.key(place + second)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.News.Example:8080/a", "www.news.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("http://[2001:DB8::1]:80/", "2001:db8::1"),
        ("http://ann@n.example/", "n.example"),
        ("news.example", ""),
        ("http://[", ""),
    ],
)
def test_the_host_is_as_the_network_knows_it(url, host):
    assert addresses.host(url) == host


@settings(deadline=None)
@given(PLACES, OTHERS, st.sampled_from(["", "#top", "#!/x y", "#/ü"]))
def test_doing_it_twice_changes_nothing(place, others, fragment):
    once = addresses.canonical(joined(place, others, fragment))

    assert once
    assert addresses.canonical(once) == once
    assert addresses.key(once) == addresses.key(joined(place, others, fragment))


@settings(deadline=None)
@given(PLACES, OTHERS, TRACKERS, st.integers(0, 4))
def test_trackers_never_matter(place, others, tracker, where):
    tracked = [*others[:where], tracker, *others[where:]]

    assert addresses.canonical(joined(place, tracked)) == addresses.canonical(joined(place, others))


@settings(deadline=None)
@given(PLACES, OTHERS, st.randoms(use_true_random=False))
def test_another_order_is_another_page(place, others, chance):
    mixed = list(others)
    chance.shuffle(mixed)
    same = [addresses.canonical(joined(place, [each])) for each in others] == [
        addresses.canonical(joined(place, [each])) for each in mixed
    ]

    assert (addresses.key(joined(place, mixed)) == addresses.key(joined(place, others))) is same


@settings(deadline=None)
@given(HOSTILE | st.text(max_size=60), st.sampled_from(["", "http://", "https://n.example/"]))
def test_whatever_is_written_never_raises(written, head):
    canonical = addresses.canonical(head + written)

    assert addresses.canonical(canonical) == canonical
    assert canonical.isascii()
    assert bool(addresses.key(head + written)) is bool(canonical)
    assert canonical == "" or addresses.host(canonical)
