"""Briefings tell what arrived, the best confirmed story first, in lines that are quotations."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from briefs import briefings
from briefs.briefings import Asked
from briefs.errors import UsageError
from briefs.model import PUBLIC, SentenceKind
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis

FIRST, LAST = datetime(2021, 9, 29, tzinfo=UTC), datetime(2021, 10, 9, tzinfo=UTC)
BRIDGE = "The mayor opened the new bridge over the lake on Monday morning."
HARVEST = "Farmers in the valley expect the smallest harvest for forty years."


def compose(store, *, since=FIRST, until=LAST, scope=PUBLIC, **asked):
    return briefings.compose(store, scope, Asked(since=since, until=until, **asked))


def near(at, **window):
    """Compose the briefing on the day around *at*, where the documents made by hand arrive."""
    return compose(at, since=NOON - HOUR, until=NOON + HOUR, **window)


@pytest.fixture
def store(store_url):
    from briefs.store import open_store

    with open_store(store_url) as opened:
        yield opened


@pytest.fixture
def store_url(tmp_path):
    return f"sqlite:///{tmp_path / 'own.db'}"


def test_stories_with_more_independent_origins_come_first(seeded):
    told = compose(seeded)

    origins = [len(item.story.origins) for item in told.items]
    assert origins == sorted(origins, reverse=True)
    assert origins[0] >= 3
    assert told.items[0].headline.title == "Ukraine to build factory for Turkish armed drones"


def test_a_near_copy_is_one_origin_with_two_outlets(seeded):
    noon = datetime(2021, 10, 7, 12, tzinfo=UTC)

    (item,) = compose(seeded, since=noon, until=noon + 2 * HOUR).items

    assert len(item.story.documents) == 2
    assert len(item.story.origins) == 1
    assert set(item.story.outlets) == {"Sample Wire", "Placeholder Post"}


@pytest.mark.parametrize(
    ("length", "most", "quotes"), [("short", 1, 0), ("normal", 2, 1), ("long", 3, 2)]
)
def test_the_length_says_how_many_lines_and_quotes_a_story_may_have(seeded, length, most, quotes):
    told = compose(seeded, length=length)

    assert told.items
    assert all(1 <= len(item.lines) <= most for item in told.items)
    assert all(len(item.quotes) <= quotes for item in told.items)
    assert max(len(item.lines) for item in told.items) == most


def test_every_line_and_quote_is_a_slice_of_its_document(seeded):
    told = compose(seeded, length="long")

    shown = [line for item in told.items for line in item.lines]
    shown += [quote.line for item in told.items for quote in item.quotes]
    for line in shown:
        text = seeded.documents.get(PUBLIC, line.document).text
        assert line.text == text[line.span.start : line.span.end]


def test_no_quote_stands_inside_a_line_that_is_shown(seeded):
    told = compose(seeded, length="long")

    quotes = [(item, quote.line) for item in told.items for quote in item.quotes]
    assert quotes
    for item, quote in quotes:
        for line in item.lines:
            apart = line.span.end <= quote.span.start or quote.span.end <= line.span.start
            assert line.document != quote.document or apart


def test_a_topic_leaves_what_has_all_its_words_in_any_form(seeded):
    told = compose(seeded, about="obstacle removing")

    documents = [number for item in told.items for number in item.story.documents]
    assert 0 < len(documents) < told.documents == 11
    for number in documents:
        assert "obstacles" in seeded.documents.get(PUBLIC, number).text.lower()


def test_an_empty_window_says_why(seeded):
    told = compose(seeded, since=LAST, until=LAST + HOUR)

    assert told.items == ()
    assert told.documents == 0
    assert told.reason == (
        "Nothing new: no document arrived between 09 Oct 2021 00:00 and 09 Oct 2021 01:00 UTC."
    )


def test_a_topic_that_nothing_is_about_says_so(seeded):
    told = compose(seeded, about="volcano")

    assert told.items == ()
    assert "11 documents arrived" in told.reason
    assert "none about “volcano”" in told.reason


def test_samples_are_left_out_when_they_are_not_wanted(seeded):
    seeded.documents.add(analysis(BRIDGE), arrived=LAST - HOUR)

    told = compose(seeded, samples=False)

    assert told.documents == 1
    assert [line.text for item in told.items for line in item.lines] == [BRIDGE]
    assert not told.sample


def test_the_documents_over_the_cap_are_counted(seeded, monkeypatch):
    monkeypatch.setattr(briefings, "MOST_DOCUMENTS", 4)

    told = compose(seeded)

    assert (told.documents, told.over) == (4, 7)
    newest = [
        seeded.documents.get(PUBLIC, n).arrived for i in told.items for n in i.story.documents
    ]
    assert min(newest) > datetime(2021, 10, 7, 14, tzinfo=UTC)


def test_the_stories_that_do_not_fit_are_counted(store):
    subjects = (
        BRIDGE,
        HARVEST,
        "The orchestra of Tarn has found a conductor after two empty seasons.",
        "Engineers stopped the second reactor because a valve was stuck.",
        "Voters in Marra chose a council that nobody had predicted.",
    )
    for number, text in enumerate(subjects):
        found = analysis(text, title=f"Title {number}", source=f"Outlet {number}")
        store.documents.add(found, arrived=NOON)

    told = near(store, length="short")

    assert (len(told.items), told.left_out) == (3, 2)


def test_a_window_holds_its_beginning_and_not_its_end(store):
    store.documents.add(analysis(BRIDGE, title="One"), arrived=NOON)
    store.documents.add(analysis(HARVEST, title="Two"), arrived=NOON + HOUR)

    told = compose(store, since=NOON, until=NOON + HOUR)

    assert [item.headline.title for item in told.items] == ["One"]


def test_what_a_guild_gave_is_for_that_guild(store):
    store.documents.add(analysis(BRIDGE, scope=GUILD_A), arrived=NOON)

    assert near(store, scope=GUILD_A).documents == 1
    assert near(store, scope=GUILD_B).documents == 0
    assert near(store).documents == 0


def test_a_length_that_there_is_not_is_refused(seeded):
    with pytest.raises(UsageError, match="use short, normal, long"):
        compose(seeded, length="endless")


def test_the_last_day_ends_with_the_newest_arrival(seeded):
    since, until = briefings.last_day(seeded, PUBLIC, NOON)

    assert until - since == timedelta(hours=24)
    assert seeded.documents.newest_arrival(PUBLIC) == until - timedelta(microseconds=1)


def test_the_last_day_of_an_empty_store_ends_now(store):
    assert briefings.last_day(store, PUBLIC, NOON) == (NOON - timedelta(hours=24), NOON)


def test_the_hash_seed_changes_nothing(seeded_path):
    script = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from bot import markup\n"
        "from briefs import briefings, lookups, pages\n"
        "from briefs.store import open_store\n"
        "window = {'since': datetime(2021, 9, 29, tzinfo=UTC),\n"
        "          'until': datetime(2021, 10, 9, tzinfo=UTC)}\n"
        "with open_store('sqlite:///' + sys.argv[1], readonly=True) as store:\n"
        "    told = briefings.compose(store, 0, briefings.Asked(**window, length='long'))\n"
        "    print([repr(page) for page in pages.lay_out(told, markup.LIMITS)])\n"
        "    print(lookups.who(store, 0, 'Kuleba'))\n"
    )

    def printed(seed):
        call = [sys.executable, "-c", script, str(seeded_path)]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        return subprocess.run(call, env=environment, check=True, capture_output=True).stdout

    one, other = printed("1"), printed("2")

    assert one == other
    assert "Dmytro Kuleba" in one.decode()


def test_the_lead_line_on_a_real_article_is_its_news(article):
    told = near(article)

    (item,) = told.items
    assert item.lines[0].text.startswith("Ukraine said it will build a factory")
    assert not told.sample


def test_no_line_on_a_real_article_is_a_signature(article):
    told = near(article, length="long")

    (item,) = told.items
    pieces = article.documents.sentences(PUBLIC, item.story.documents)
    kinds = {piece.span: piece.kind for piece in pieces}
    assert {kinds[line.span] for line in item.lines} <= {SentenceKind.PROSE, SentenceKind.POST}
    shown = [*item.lines, *(quote.line for quote in item.quotes)]
    assert not [line.text for line in shown if "pic.twitter.com" in line.text or "— D" in line.text]
