"""What an outlet puts under everything is a line of nothing."""

import pytest

from briefs import briefings, documents, ingest
from briefs.briefings import Asked, repeating
from briefs.model import PUBLIC
from tests.briefs.briefings.made import BLAST, DAY, HARVEST, HOUR, MONDAY

REFRAIN = "Read the best of our reporting every morning in The Example Letter."
STRIKE = "Bus drivers in Porto began a strike on Monday over their pay.\nIt is to last a week."
REPORTS = {"blast": BLAST, "harvest": HARVEST, "strike": STRIKE}


def keep(store, texts, source="The Example"):
    for title, text in texts.items():
        document = documents.of(text, title=title, source=source, identity=title, published=MONDAY)
        store.documents.add(ingest.find(document), arrived=MONDAY + HOUR)
        ingest.place(store)


def lines(store):
    told = briefings.compose(store, PUBLIC, Asked(since=MONDAY, until=MONDAY + DAY, length="long"))
    return {line.text for item in told.items for line in item.lines}


@pytest.mark.parametrize("place", ["{refrain}\n{text}", "{text}\n{refrain}"])
def test_a_paragraph_under_three_reports_of_an_outlet_is_no_line(store, place):
    keep(store, {each: place.format(text=t, refrain=REFRAIN) for each, t in REPORTS.items()})

    shown = lines(store)

    assert REFRAIN not in shown
    assert len(shown) >= len(REPORTS)


def test_of_three_outlets_each_may_say_it_once(store):
    for source, (title, text) in zip("ABC", REPORTS.items(), strict=True):
        keep(store, {title: f"{REFRAIN}\n{text}"}, source=source)

    assert REFRAIN in lines(store)


def test_copies_of_one_report_make_no_refrain():
    texts = [documents.of(f"{BLAST}\n{REFRAIN}", source="The Example") for _ in range(4)]

    found = repeating.refrains(texts)

    assert found == {}
