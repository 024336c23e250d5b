"""The figures about feeds of others are counted rightly."""

import pytest

from tests.benchmarks import feed_files
from tests.briefs.feeds import made


def test_files_are_counted_by_what_became_of_them(tmp_path):
    item = "<title>A &amp;amp; B</title><link>https://n.example/1</link>"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.xml").write_text(made.rss(item, channel="<title>F</title>"))
    (tmp_path / "b.rss").write_text('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>')
    (tmp_path / "c.json").write_text("{}")
    (tmp_path / "d.txt").write_text("no feed")

    counted = feed_files.compare(tmp_path)

    assert +counted == {
        "files": 3,
        "refused": 1,
        "refused for entities": 1,
        "entries: same": 1,
        "title: same": 1,
        "link: same": 1,
        "feed's title: same": 1,
    }


@pytest.mark.parametrize("name", feed_files.ENDLESS)
def test_what_is_endless_is_read_or_refused(name):
    told = feed_files.read_endless(name, size=20_000)

    assert told["outcome"]
