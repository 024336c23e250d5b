"""What a file says of itself goes first; its address is the one from outside, or its own host's."""

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.documents import known

NAMES = st.sampled_from(["title", "source", "author", "url", "date", "language"])
ADDRESSES = st.sampled_from(
    ["", "x", "https://a.org/1", "https://www.a.org/2", "http://b.org/", "https://[", "//b.org/3"]
)
FIELDS = st.dictionaries(NAMES, st.text(max_size=9) | ADDRESSES)


@given(FIELDS, FIELDS)
@settings(deadline=None)
def test_nothing_that_a_file_says_is_lost_but_an_address_elsewhere(own, outside):
    merged = known.merge(own, outside)

    for name, value in own.items():
        assert name == "url" or not value or merged[name] == value
    for name, value in outside.items():
        assert name == "url" or own.get(name) or merged[name] == value
    given = known.host(outside.get("url", ""))
    assert not given or known.host(merged["url"]) == given
    assert not merged["url"] or known.host(merged["url"])


def test_without_an_address_from_outside_the_files_own_counts_when_it_is_one():
    assert known.merge({"url": "https://a.org/1"}, {})["url"] == "https://a.org/1"
    assert known.merge({"url": "javascript:alert(1)"}, {})["url"] == ""
    assert known.merge({"url": "https://a.org/1 2"}, {})["url"] == ""
