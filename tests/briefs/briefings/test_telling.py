"""What is told of a story, in which order, within which length, and why."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bot import markup
from briefs import pages
from briefs.errors import UsageError
from briefs.model import PUBLIC, Explanation, Quotation, Topic, Watch
from tests.briefs.briefings.made import (
    BLAST,
    BLAST_AGAIN,
    BLAST_LATER,
    DAY,
    HARVEST,
    HARVEST_AGAIN,
    HOUR,
    MONDAY,
    ORCHESTRA,
    compose,
    keep,
    quoted,
    shown,
    titles,
)
from tests.briefs.store.library import GUILD_A

DISPUTES = Path(__file__).parents[1] / "disputes" / "stories.jsonl"
MEMBER = 7
NAMES = ("lines", "quotes", "figures", "disputes", "also", "people")


@pytest.fixture
def library(store):
    """A store with two outlets on a blast, two on a harvest and one on an orchestra."""
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST_AGAIN, title="Explosion", source="Sample Wire")
    keep(store, HARVEST, title="Harvest", source="Example Courier")
    keep(store, HARVEST_AGAIN, title="Wheat", source="Sample Wire")
    keep(store, ORCHESTRA, title="Orchestra", source="Demo Dispatch")
    return store


def words(item):
    return sum(len(line.text.split()) for line in quoted(item))


# --- order


def test_what_is_watched_for_comes_first_and_says_so(library):
    plain = compose(library)
    library.watches.add(Watch(text="symphony", scope=PUBLIC, user=MEMBER, added=MONDAY))

    told = compose(library, user=MEMBER)

    assert titles(plain)[-1] == titles(told)[0] == "Orchestra"
    assert told.items[0].watched == ("symphony",)
    assert "on the watch-list: symphony" in shown(told)
    assert titles(compose(library)) == titles(plain)


def test_the_parts_of_a_score_add_up_to_the_order(library):
    told = compose(library)

    sums = [sum(part.value for part in item.parts) for item in told.items]
    assert sums == sorted(sums, reverse=True)
    assert all({"independent origins", "recency"} <= {p.name for p in i.parts} for i in told.items)


# --- topics


def test_the_name_of_a_topic_wins_over_the_same_word(library):
    library.topics.create(Topic(name="Symphony", scope=PUBLIC, terms=("harvest",)))

    told = compose(library, about="symphony")

    assert set(titles(told)) <= {"Harvest", "Wheat"}
    assert told.items


def test_a_topic_of_a_guild_is_words_to_everybody_else(library):
    library.topics.create(Topic(name="Symphony", scope=GUILD_A, terms=("harvest",)))

    assert titles(compose(library, about="symphony")) == ["Orchestra"]


# --- what is left out


def test_a_document_that_is_left_out_is_named_with_the_reason(library):
    reasons = {each.headline.title: each.reason for each in compose(library, about="Velin").omitted}

    assert reasons["Orchestra"] == "It is not about “Velin”."
    assert {"Harvest", "Wheat", "Orchestra"} <= set(reasons)


def test_a_story_for_which_there_is_no_room_is_named_with_its_rank(library):
    told = compose(library, length="1 line")

    reasons = {each.headline.title: each.reason for each in told.omitted}
    assert len(told.items) == 1
    assert told.left_out == 2
    assert reasons["Orchestra"] == ("Its story is number 3 of 3, and the length has room for 1.")


def test_a_document_whose_story_is_told_by_others_says_so(store):
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST, title="The same", source="Sample Wire")
    keep(store, BLAST, title="Once more", source="Demo Dispatch")

    told = compose(store, length="short")

    assert told.omitted
    for omitted in told.omitted:
        assert omitted.reason == "Story 1 is told in lines of other documents."
        assert omitted.headline.title not in titles(told)


def test_every_document_is_shown_or_left_out_with_a_reason(library):
    for length in ("short", "long", "2 lines", "30 words"):
        told = compose(library, length=length)

        seen = {line.document for item in told.items for line in (item.headline, *quoted(item))}
        left = {each.headline.document for each in told.omitted}
        assert seen.isdisjoint(left)
        assert len(seen) + len(left) == told.documents == 5


# --- lengths


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 30])
def test_a_length_in_lines_is_kept(library, number):
    told = compose(library, length=f"{number} lines")

    lines = [line for item in told.items for line in quoted(item)]
    assert 1 <= len(lines) <= number
    assert len(told.items) == min(number, 3)


@pytest.mark.parametrize(("length", "most"), [("30 words", 30), ("90 words", 90), ("1 min", 238)])
def test_a_length_in_words_or_minutes_is_kept(library, length, most):
    told = compose(library, length=length.replace("min", "minute"))

    assert told.items
    assert sum(map(words, told.items)) <= most


def test_one_line_is_shown_however_short_the_length_is(library):
    told = compose(library, length="1 word")

    (item,) = told.items
    assert len(quoted(item)) == 1


def test_a_length_that_is_not_used_up_gives_more_of_each_story(library):
    few, many = compose(library, length="3 lines"), compose(library, length="30 lines")

    assert [len(quoted(item)) for item in few.items] == [1, 1, 1]
    assert all(len(item.lines) == 3 for item in many.items[:1])
    assert sum(len(quoted(item)) for item in many.items) > 3


@pytest.mark.parametrize("length", ["", "endless", "0 lines", "-3 lines", "3 pages", "9" * 50])
def test_a_length_that_makes_no_sense_is_refused(library, length):
    with pytest.raises(UsageError, match="use short, normal, long"):
        compose(library, length=length)


# --- sections


@pytest.mark.parametrize("section", NAMES)
def test_a_section_that_is_switched_off_is_neither_told_nor_counted(seeded, section):
    others = tuple(name for name in NAMES if name != section)
    window = {"length": "long", "days": 4000}
    start = (datetime(2021, 9, 1, tzinfo=MONDAY.tzinfo) - MONDAY).days

    told = compose(seeded, day=start, sections=others, **window)

    assert told.sections == others
    if section != "people":
        assert not any(getattr(item, section) for item in told.items)
    assert ("In it:" in shown(told)) == (section != "people")


def test_sections_come_in_the_order_that_is_asked_for(seeded):
    start = (datetime(2021, 9, 1, tzinfo=MONDAY.tzinfo) - MONDAY).days
    window = {"day": start, "days": 4000}

    first = shown(compose(seeded, sections=("people", "figures", "lines"), **window))
    other = shown(compose(seeded, sections=("lines", "figures", "people"), **window))

    assert first.index("In it:") < first.index("Figures") < first.index("In short")
    assert other.index("Figures") < other.index("In it:")
    assert "In short" not in other


def test_a_section_that_there_is_not_is_refused(library):
    with pytest.raises(UsageError, match="“magic”: use lines, quotes, figures"):
        compose(library, sections=("lines", "magic"))


# --- nothing twice


@pytest.mark.parametrize("length", ["normal", "long", "40 lines"])
def test_no_line_of_a_story_is_shown_twice(seeded, length):
    start = (datetime(2021, 9, 1, tzinfo=MONDAY.tzinfo) - MONDAY).days

    for item in compose(seeded, day=start, days=4000, length=length).items:
        lines = {(line.document, line.span) for line in quoted(item)}
        assert len(quoted(item)) == len(lines)
        for quote in item.quotes:
            inside = [line for line in item.lines if quote.line.text in line.text]
            assert inside == []


def test_two_figures_of_one_line_are_both_bold_in_it_and_it_stands_there_once(store):
    text = "The crash at Marra left 12 people dead and 30 people injured. " + BLAST_LATER
    keep(store, text, title="Crash", source="Example Courier")

    told = compose(store, length="long", sections=("figures",))

    (item,) = told.items
    assert len(item.figures) == 2
    bold = [run.text for page in lay_out(told) for run in page.runs if is_bold(run)]
    assert [text.split()[0] for text in bold] == ["12", "30"]
    assert shown(told).count("left") == 1


def lay_out(told):
    return pages.lay_out(told, markup.LIMITS)


def is_bold(run):
    return isinstance(run, Quotation) and run.strong and run.span


def test_a_mark_stands_where_text_is_left_out_and_nowhere_else(seeded):
    start = (datetime(2021, 9, 1, tzinfo=MONDAY.tzinfo) - MONDAY).days
    told = compose(seeded, day=start, days=4000, length="long", sections=("lines",))

    pairs = 0
    for item in told.items:
        for one, other in zip(item.lines, item.lines[1:], strict=False):
            if one.document == other.document:
                pairs += 1
                text = seeded.documents.get(PUBLIC, one.document).text
                between = text[one.span.end : other.span.start]
                assert other.joined == (not between.strip())
    gaps = [
        other
        for item in told.items
        for one, other in zip(item.lines, item.lines[1:], strict=False)
        if one.document == other.document and not other.joined
    ]
    assert pairs
    assert shown(told).count("[…]") == len(gaps)


# --- figures that differ


def test_figures_that_differ_stand_side_by_side_with_outlet_and_time(store):
    case = json.loads(DISPUTES.read_text(encoding="utf-8").splitlines()[0])
    for number, each in enumerate(case["documents"]):
        at = datetime.fromisoformat(each["published"])
        keep(store, each["text"], title=f"Blast {number}", source=each["outlet"], arrived=at)
    since = datetime.fromisoformat(case["documents"][0]["published"])

    told = compose(store, day=(since - MONDAY).days, days=3)

    (item,) = [item for item in told.items if item.disputes]
    (dispute,) = item.disputes
    assert dispute.about == "people killed"
    assert [(each.value.split()[0], each.line.source) for each in dispute.reported] == [
        ("37", "Example Courier"),
        ("41", "Specimen Gazette"),
    ]
    times = [each.line.published for each in dispute.reported]
    assert times == sorted(times)
    body = shown(told)
    assert body.index("Reported differently: people killed") < body.index("**41 people**")
    assert all(figure.about != "people killed" for figure in item.figures)


# --- why


def test_each_line_says_what_its_score_is_made_of(library):
    told = compose(library, length="long")
    laid_out = pages.lay_out(Explanation(briefing=told), markup.LIMITS)
    text = "\n".join(markup.unescape(markup.body(page)) for page in laid_out)

    lines = [line for item in told.items for line in item.lines]
    assert lines
    for line in lines:
        total = sum(part.value for part in line.parts)
        assert f"Picked for its score: {total:.2f} (" in text
    assert laid_out[0].title == "Why this briefing is as it is"
    for each in told.omitted:
        assert each.reason in text


def test_one_story_can_be_explained_alone(library):
    told = compose(library)
    (page,) = pages.lay_out(Explanation(briefing=told, story=2, number=9), markup.LIMITS)

    text = markup.unescape(markup.body(page))
    assert "Story 2 of 3 by its score" in text
    assert "Story 1 of 3" not in text
    assert "Left out" not in text
    assert page.title == "Why briefing 9 is as it is"


def test_a_rule_of_context_that_fired_stands_with_its_line(store):
    text = (
        "Mayor Ada Quill opened the new bridge over Lake Ems on Monday after years of delay. "
        "She said that the bridge had cost 12 million euros, far more than anybody had planned."
    )
    keep(store, text, title="Bridge", source="Example Courier")

    told = compose(store, length="long", sections=("lines",))

    (item,) = told.items
    leaning = [line for line in item.lines if line.text.startswith("She")]
    for line in leaning:
        assert line.rule
        assert line.joined or line.note
    assert item.lines[0].text.startswith("Mayor Ada Quill")
    assert len(item.lines) == 2
    assert "[…]" not in shown(told)


def test_a_long_briefing_is_the_same_whatever_the_hash_seed(seeded_path):
    script = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from bot import markup\n"
        "from briefs import briefings, exports, ingest, pages\n"
        "from briefs.model import Explanation\n"
        "from briefs.store import open_store\n"
        "window = {'since': datetime(2021, 9, 29, tzinfo=UTC),\n"
        "          'until': datetime(2021, 10, 9, tzinfo=UTC)}\n"
        "with open_store('sqlite:///' + sys.argv[1], readonly=True) as store:\n"
        "    asked = briefings.Asked(**window, length='long')\n"
        "    told = briefings.compose(store, 0, asked)\n"
        "    laid_out = pages.lay_out(told, markup.LIMITS)\n"
        "    sys.stdout.buffer.write(exports.dump(exports.Kept(told, laid_out)))\n"
        "    sys.stdout.write(exports.html(pages.lay_out(Explanation(told), markup.LIMITS)))\n"
        "    print(briefings.figures(store, 0, asked), briefings.coverage(store, 0, asked))\n"
    ).replace("Explanation(told)", "Explanation(briefing=told)")

    def printed(seed):
        call = [sys.executable, "-c", script, str(seeded_path)]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        return subprocess.run(call, env=environment, check=True, capture_output=True).stdout

    assert printed("1") == printed("2")


def test_the_window_of_a_day_holds_what_is_told_of_it(library):
    keep(library, BLAST_LATER, title="Arrest", source="Sample Wire", arrived=MONDAY + DAY + HOUR)

    assert compose(library).documents == 5
    assert titles(compose(library, day=1)) == ["Arrest"]
