"""Where a claim was said: the lines nearest to it, and of those as near the earliest first."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import markup
from briefs import claims, pages
from briefs.model import PUBLIC
from briefs.store import open_store
from tests.briefs.briefings.made import BLAST, DAY, HARVEST, MONDAY, ORCHESTRA, keep
from tests.briefs.store.library import GUILD_A, GUILD_B

KILLED = "The blast killed 37 people, the regional governor Ada Quill said."
SIGNED = "Ukraine and the Turkish company Baykar have agreed to set up a joint centre"


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        keep(opened, BLAST, title="Blast", source="Example Courier", arrived=MONDAY + DAY)
        keep(opened, HARVEST, title="Harvest", source="Sample Wire")
        keep(opened, ORCHESTRA, title="Orchestra", source="Demo Dispatch")
        yield opened


def lines(store, claim, scope=PUBLIC, **more):
    return [hit.line.text for hit in claims.trace(store, scope, claim, **more).hits]


def test_every_line_of_a_document_that_is_pasted_is_found_first(store):
    for text in (BLAST, HARVEST, ORCHESTRA):
        for line in text.split(". "):
            assert line.rstrip(".") in lines(store, line)[0]


@pytest.mark.parametrize(
    "claim",
    [
        "37 people killed by blast",
        "Governor Quill: blast killed 37",
        "Was it 37 people who were killed by that blast, as the governor said?",
        "According to the regional governor, the blast left 37 people killed in a village",
    ],
)
def test_a_paraphrase_with_half_of_the_words_is_found(store, claim):
    assert lines(store, claim)[0] == KILLED


@pytest.mark.parametrize(
    "claim",
    ["Zebras play the flute on Neptune.", "", " \n", "the of and", "!?", "blast zebra tune"],
)
def test_what_nobody_said_is_found_nowhere(store, claim):
    traced = claims.trace(store, PUBLIC, claim)

    assert (traced.hits, traced.first) == ((), None)
    (page,) = pages.lay_out(traced, markup.LIMITS)
    assert "No line in the library says this, or nearly this." in markup.body(page)


def test_each_sentence_of_a_long_text_is_looked_for(store):
    pasted = f"# Today\n\n> {KILLED}\n— Courier\n\nUnheard of things went on in Marra! {ORCHESTRA}"

    found = lines(store, pasted)

    assert KILLED in found
    assert "The orchestra of Tarn has found a conductor after two empty seasons." in found


def test_of_lines_as_near_the_earliest_comes_first_and_its_day_is_told(store):
    keep(store, BLAST, title="Copied", source="Sample Wire", arrived=MONDAY)
    keep(store, BLAST + " ", title="Later", source="Demo Dispatch", arrived=MONDAY + 3 * DAY)

    traced = claims.trace(store, PUBLIC, KILLED)

    published = [hit.line.published for hit in traced.hits]
    assert published == sorted(published)
    assert traced.first == published[0] == MONDAY
    (page,) = pages.lay_out(traced, markup.LIMITS)
    assert "The earliest of these lines" in markup.body(page)


def test_a_guilds_own_lines_are_found_by_that_guild_alone(store):
    own = "The council of Tarn will sell the old harbour to an unnamed buyer."
    keep(store, own, title="Plan", source="Note", scope=GUILD_A)

    assert lines(store, own, GUILD_A) == [own]
    assert lines(store, own, GUILD_B) == lines(store, own) == []


def test_no_more_are_given_than_are_asked_for(store):
    for number in range(9):
        keep(store, f"{KILLED} Number {number}.", title=f"n{number}", source=f"Outlet {number}")

    assert len(lines(store, KILLED)) == 5
    assert len(lines(store, KILLED, limit=2)) == 2


@given(st.text(max_size=300))
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_a_claim(store, claim):
    for hit in claims.trace(store, PUBLIC, claim).hits:
        text = store.documents.get(PUBLIC, hit.line.document).text
        assert text[hit.line.span.start : hit.line.span.end] == hit.line.text


def test_a_claim_of_the_seeds_leads_to_its_first_report(seeded):
    traced = claims.trace(seeded, PUBLIC, SIGNED)

    assert traced.hits[0].line.source == "Sample Wire"
    assert traced.first == min(hit.line.published for hit in traced.hits)
