"""summaries.pick: the best lines, as they stand, in reading order, whatever the input."""

import os
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefs import documents, ingest, lookups, sentences, summaries, words
from briefs.errors import UsageError
from briefs.model import DocumentId, Lean, Sentence, SentenceKind, Span
from briefs.summaries import dom, lines
from briefs.summaries.choosing import Choosing, Leaning
from briefs.summaries.matrix import Matrix
from briefs.summaries.ranker import NewsRanker, StoryRanker
from briefs.words import Frequencies
from tests import shared

ROOT = Path(__file__).parents[2]
PROSE = [
    "The council of Northport approved a new harbour bridge to the docks after a long debate.",
    "The bridge will carry trams and bicycles over the harbour from the old town to the docks.",
    "He said that it would cost less than the tunnel.",
    "Mayor Ada Holt said the harbour bridge would open within four years.",
    "A tunnel had been proposed ten years ago and was given up because of its price.",
    "Trams stopped running to the docks in the nineteen-sixties.",
    "Residents of Northport told the council that the bridge will bring noise to their streets.",
    "The docks have gained twelve thousand inhabitants since the shipyard closed.",
]


def made(
    texts: Iterable[str], *, document: int = 1, kind: SentenceKind = SentenceKind.PROSE
) -> list[Sentence]:
    """Set *texts* one after the other as the sentences of one document."""
    found, start = [], 0
    for index, text in enumerate(texts):
        span = Span(start, start + len(text))
        found.append(
            Sentence(document=DocumentId(document), index=index, span=span, text=text, kind=kind)
        )
        start = span.end + 1
    return found


def picked(sentences: Iterable[Sentence], **asked: Any) -> list[Sentence]:
    return [choice.sentence for choice in summaries.pick([*sentences], **asked)]


def place(index: int, document: int = 1) -> tuple[DocumentId, int]:
    return DocumentId(document), index


def indices(sentences: Iterable[Sentence]) -> list[int]:
    return [sentence.index for sentence in sentences]


word = st.sampled_from(
    ["bridge", "tram", "harbour", "he", "said", "5", "été", "мост", "橋", "!?", "“", "—", "NOISE"]
)
line = st.lists(word, max_size=9).map(" ".join) | st.text(max_size=30)
story = st.lists(st.lists(line, max_size=8), max_size=3).map(
    lambda texts: [s for number, text in enumerate(texts) for s in made(text, document=number)]
)


@pytest.mark.parametrize("algorithm", summaries.ALGORITHMS)
@given(sentences=story, count=st.integers(1, 5), language=st.sampled_from(["en", "de", "ja", "xx"]))
@settings(deadline=None, max_examples=40)
def test_any_rubbish_gives_lines_of_the_input_in_reading_order(
    algorithm: str, sentences: list[Sentence], count: int, language: str
):
    chosen = picked(sentences, count=count, algorithm=algorithm, language=language)

    places = [sentences.index(sentence) for sentence in chosen]
    assert places == sorted(places)
    assert len(set(places)) == len(places) <= count
    assert bool(chosen) == bool(sentences)


@pytest.mark.parametrize("algorithm", summaries.ALGORITHMS)
def test_a_copy_of_a_line_is_never_shown_again(algorithm: str):
    copies = [*PROSE, *(text.upper() for text in PROSE), *PROSE]

    chosen = picked(made(copies), count=20, algorithm=algorithm)

    texts = [sentence.text.casefold() for sentence in chosen]
    assert len(texts) == len(set(texts)) > 1


@pytest.mark.parametrize("algorithm", summaries.ALGORITHMS)
def test_a_line_in_capitals_is_a_line(algorithm: str):
    sentences = made(text.upper() for text in PROSE)

    chosen = picked(sentences, count=20, algorithm=algorithm)

    assert len(chosen) >= len(PROSE) - 1


@pytest.mark.parametrize(
    "kind", [kind for kind in SentenceKind if kind not in {SentenceKind.PROSE, SentenceKind.POST}]
)
def test_what_is_not_quotable_is_not_picked(kind: SentenceKind):
    assert picked(made(PROSE, kind=kind), count=3) == []


def test_the_lead_of_a_plain_report_is_picked():
    assert indices(picked(made(PROSE), count=1)) == [0]


def test_a_teaser_yields_to_the_line_that_says_it_in_full():
    teaser = "Council approves harbour bridge after a debate."

    chosen = picked(made([teaser, *PROSE]), count=1)

    assert chosen[0].text == PROSE[0]


def test_lead_takes_the_first_lines():
    assert indices(picked(made(PROSE), count=3, algorithm="lead")) == [0, 1, 2]


LEAN = Lean("opens with “He”", before=True)


def test_a_line_that_leans_comes_with_the_line_before_it():
    liked = {place(7): 4.0}

    chosen = summaries.pick(made(PROSE), count=2, leans={place(7): LEAN}, liked=liked)

    assert indices(choice.sentence for choice in chosen) == [6, 7]
    assert [choice.joined for choice in chosen] == [False, True]
    assert [choice.rule for choice in chosen] == [
        "",
        "opens with “He”: shown after the line before it",
    ]


def test_a_pair_that_does_not_fit_is_left_out():
    chosen = picked(made(PROSE), count=1, leans={place(0): LEAN, place(1): LEAN})

    assert indices(chosen)[0] not in {0, 1}


def test_a_pair_counts_with_all_its_words():
    leans = {place(index): LEAN for index in range(1, 8)}

    chosen = picked(made(PROSE), words=16, leans=leans)

    assert indices(chosen) == [0]


def test_a_line_that_leans_on_one_that_leans_is_not_shown():
    leans = {place(index): LEAN for index in (0, 1)}

    assert indices(picked(made(PROSE), count=8, leans=leans)) == [2, 3, 4, 5, 6, 7]


def test_a_question_is_shown_with_its_answer():
    leans = {place(0): Lean("a question"), place(1): Lean("answers the question", before=True)}

    chosen = summaries.pick(made(PROSE), count=2, leans=leans, liked={place(1): 4.0})

    assert [choice.rule for choice in chosen] == [
        "a question: shown with the line after it",
        "answers the question: shown after the line before it",
    ]


def test_a_line_with_a_note_is_shown_beside_it():
    leans = {place(0): Lean("opens with “She”", note="She: Ada Holt, mayor")}

    (choice,) = summaries.pick(made(PROSE), count=1, leans=leans)

    assert choice.note == "She: Ada Holt, mayor"
    assert choice.rule == "opens with “She”: shown beside a note"


def test_no_note_is_needed_after_the_line_before():
    leans = {place(1): Lean("opens with “It”", before=True, note="It: the harbour bridge")}

    first, second = summaries.pick(made(PROSE[:2]), count=2, leans=leans)

    assert (first.note, second.note) == ("", "")
    assert second.rule == "opens with “It”: shown after the line before it"


def test_what_leans_is_shown_alone_when_nothing_else_is_there():
    leans = {place(index): Lean("is a question") for index in range(len(PROSE))}

    (choice,) = summaries.pick(made(PROSE), count=3, leans=leans)

    assert choice.rule == "is a question: shown because nothing else is there"


def test_by_name_sumy_is_taken_at_its_word():
    leans = {place(index): LEAN for index in range(len(PROSE))}

    free = summaries.pick(made(PROSE), count=3, algorithm="lexrank")
    bound = summaries.pick(made(PROSE), count=3, algorithm="lexrank", leans=leans)

    assert [choice.sentence for choice in bound] == [choice.sentence for choice in free]
    assert "opens with “He”: shown because lexrank chose it" in {choice.rule for choice in bound}


def test_a_summary_of_a_text_says_why_a_line_that_leans_is_shown():
    text = f"{PROSE[0]} He said that the harbour bridge to the docks was a matter of debate."

    summary = lookups.summarize([ingest.divide(documents.of(text))], count=2)

    first, second = summary.lines
    assert (first.joined, first.rule) == (False, "")
    assert second.joined
    assert second.rule == "opens with “He”: shown after the line before it"
    assert sum(part.value for part in second.parts) > 0


def test_lines_that_stand_next_to_each_other_are_joined():
    chosen = summaries.pick(made(PROSE), count=4)

    last = [None, *chosen]
    for before, choice in zip(last, chosen, strict=False):
        follows = before is not None and before.sentence.index + 1 == choice.sentence.index
        assert choice.joined is follows
    assert {choice.joined for choice in chosen} == {True, False}


def test_a_line_that_is_watched_for_gains():
    free = summaries.pick(made(PROSE), count=1)
    watched = summaries.pick(made(PROSE), count=1, liked={place(5): 1.0})

    assert indices(choice.sentence for choice in free) == [0]
    assert indices(choice.sentence for choice in watched) == [5]
    assert "watched" in dict(watched[0].parts)
    assert "watched" not in dict(free[0].parts)


def test_lines_are_less_alike_for_words_that_are_common_elsewhere():
    rows = [["weather", "ferry"], ["weather", "tram"], ["dock"], ["mayor"], ["bicycle"]]
    elsewhere = Frequencies(documents=1_000, counts={"weather": 900})

    free, known = Matrix(rows).cosines(0), Matrix(rows, elsewhere).cosines(0)

    assert known[1] < 0.1 < free[1]
    assert free[0] == pytest.approx(known[0]) == pytest.approx(1.0)


def test_frequencies_that_are_given_join_those_that_are_shipped():
    given = Frequencies(documents=10_000, counts={"harbour": 9_999, "bridg": 9_999})

    free = summaries.pick(made(PROSE), count=1)
    known = summaries.pick(made(PROSE), count=1, frequencies=given)

    assert known[0].parts != free[0].parts


places = st.integers(0, len(PROSE) - 1)


@given(
    st.dictionaries(places, st.tuples(st.booleans(), st.sampled_from(["", "It: the bridge"]))),
    st.dictionaries(places, st.floats(0, 1)),
    st.integers(1, 9),
    st.booleans(),
)
@settings(deadline=None)
def test_no_line_stands_without_what_it_leans_on(
    leaning: dict[int, tuple[bool, str]],
    liked: dict[int, float],
    budget: int,
    in_words: bool,  # noqa: FBT001
):
    leans = {place(n): Lean("leans", before, note) for n, (before, note) in leaning.items()}
    asked = {"words": 12 * budget} if in_words else {"count": budget}

    chosen = summaries.pick(
        made(PROSE), leans=leans, liked={place(n): worth for n, worth in liked.items()}, **asked
    )

    shown = indices(choice.sentence for choice in chosen)
    assert 1 <= len(shown) <= (budget if not in_words else len(PROSE))
    for choice in chosen:
        assert choice.parts
        lean = leans.get(place(choice.sentence.index))
        stands = lean is None or choice.note or (lean.before and choice.joined)
        assert stands or choice.rule.endswith(("nothing else is there", "the line after it"))
    forced = [choice for choice in chosen if choice.rule.endswith("nothing else is there")]
    assert len(forced) <= 1


def test_the_parts_of_a_line_add_up_to_what_it_was_ranked_by():
    rating = NewsRanker(*dom.normal("en")).rate(dom.document(made(PROSE)))
    worth = sum(rating.parts.values())
    nearest = np.zeros(len(PROSE))

    for taken in Choosing(rating):
        ranked_by = worth + rating.unlike * (1 - nearest)
        assert sum(part.value for part in taken.parts) == pytest.approx(ranked_by[taken.place])
        nearest = np.maximum(nearest, rating.matrix.cosines(taken.place))


def test_both_lines_of_a_pair_are_worth_the_same():
    rating = NewsRanker(*dom.normal("en")).rate(dom.document(made(PROSE)))
    alone = np.array([False] + [True] * 6 + [False])

    leaning = Leaning(alone, np.array([-1] * 7 + [6]), np.ones(8, dtype=bool))
    taken = {each.place: sum(p.value for p in each.parts) for each in Choosing(rating, leaning)}

    assert 0 not in taken
    assert taken[7] == pytest.approx(taken[6]) or list(taken).index(7) > list(taken).index(6) + 1


@pytest.mark.parametrize(
    "junk",
    [
        "Read more about the harbour bridge of Northport and its council.",
        "Northport Council Approves New Harbour Bridge After Long Debate",
        "Harbour bridge approved.",
        "Copyright Northport harbour bridge council news, all of it.",
    ],
)
def test_headlines_scraps_and_junk_never_win(junk: str):
    chosen = picked(made([junk, *PROSE]), count=20)

    assert junk not in {sentence.text for sentence in chosen}


@pytest.mark.parametrize(
    "headline",
    [
        "Two dead and eleven injured after commuter trains collide near the main station of Berlin;"
        " signal is examined by the police",
        "Berlin: “It was like thunder”, say those who saw how the two commuter trains collided",
    ],
)
def test_what_heads_a_document_is_no_line_of_it_however_long(headline: str):
    assert headline not in {line.text for line in picked(made([headline, *PROSE]), count=20)}


def test_where_no_line_is_ended_the_first_is_as_good_as_the_others():
    bare = [text.rstrip(".") for text in PROSE]

    assert 0 in indices(picked(made(bare), count=20))


def opinions(seed: int) -> list[str]:
    """Make what sixty guests say of a hotel, in no order."""
    dice = random.Random(seed)  # noqa: S311
    words = ["staff", "room", "friendly", "helpful", "clean", "slow", "pool", "breakfast", "quiet"]
    return [" ".join(["The", *dice.sample(words, 6)]) + f" {n}." for n in range(60)]


def test_standing_early_says_little_in_a_list_without_order():
    """By chance neighbours may have more in common than others."""
    first = [indices(picked(made(opinions(seed)), count=1))[0] for seed in range(20)]

    assert sum(place < 10 for place in first) <= 15


def test_in_a_report_standing_early_counts():
    report = [f"{text} {part}" for part in ("North.", "South.", "West.") for text in PROSE]

    (choice,) = summaries.pick(made(report), count=1)

    assert {"early", "taken up again later"} <= {part.name for part in choice.parts}


GUESTS = [
    "I asked for a quiet room and got one that faces the street.",
    "The staff at the front desk were friendly and checked us in within minutes.",
    "We waited half an hour for coffee at breakfast.",
    "The concierge found my daughter a doctor late at night.",
    "Housekeeping did a wonderful job every day.",
    "The valet parking was expensive and slow.",
    "They gave us a free breakfast after the delay.",
    "Friendly staff, good location, excellent service.",
    "Poor service in the bar, but the waiter at dinner was kind.",
]


def test_what_people_say_for_themselves_is_no_report():
    assert lines.reported(made(PROSE * 2), "en") == 1.0
    assert lines.reported(made(GUESTS), "en") == 0.0
    assert lines.reported(made(GUESTS[:4]), "en") == 1.0
    assert lines.reported(made(GUESTS), "de") == 1.0


def test_what_a_report_quotes_does_not_make_it_personal():
    quoted = [f"“I like what we do for you, number {n},” the mayor said." for n in range(20)]
    posted = made([f"We build bridge {n} for you and me." for n in range(20)])
    posts = [replace(sentence, kind=SentenceKind.POST) for sentence in posted]

    assert lines.reported(made([*PROSE, *quoted]), "en") == 1.0
    assert lines.reported([*made(PROSE, document=2), *posts], "en") == 1.0


def test_standing_early_says_nothing_of_what_people_say_for_themselves():
    chosen = summaries.pick(made(GUESTS), count=5)

    assert not {"early", "taken up again later"} & {p.name for c in chosen for p in c.parts}


def test_of_people_who_say_the_same_one_is_enough():
    echo = "Friendly people at the front desk, and a doorman who remembers names."

    chosen = picked(made([*GUESTS, echo]), count=6)

    assert not {GUESTS[1], echo} <= {line.text for line in chosen}


def test_a_line_in_somebodys_own_voice_yields_to_one_that_anybody_may_say():
    own = "I saw how the council of Northport approved the harbour bridge after a long debate."

    first, *others = summaries.pick(made([own, *PROSE[4:6]]), count=3)

    assert dict(first.parts)["in somebody's own voice"] < 0
    assert all("in somebody's own voice" not in dict(choice.parts) for choice in others)
    assert picked(made([own, PROSE[0], PROSE[5]]), count=1)[0].text == PROSE[0]


def test_a_few_words_say_less_than_a_whole_line():
    rating = NewsRanker(*dom.normal("en")).rate(dom.document(made(PROSE)))

    enough = rating.parts["long enough"]

    assert enough.argmin() == min(range(len(PROSE)), key=lambda place: len(PROSE[place]))
    assert (enough == enough.max()).sum() >= 3


def test_scraps_are_better_than_nothing():
    assert indices(picked(made(["Yes.", "No."]), count=1)) == [0]


def test_a_post_wins_only_when_it_matters_more():
    post = made(["The harbour bridge of Northport is approved, what a long debate this was."])
    prose = made(PROSE[:2], document=1)
    posted = [Sentence(**{**fields(s), "kind": SentenceKind.POST}) for s in post]
    after = [Sentence(**{**fields(s), "index": s.index + 1}) for s in prose]

    assert picked([*posted, *after], count=1)[0].kind is SentenceKind.PROSE


def fields(sentence: Sentence) -> dict[str, object]:
    return {name: getattr(sentence, name) for name in ("document", "index", "span", "text", "kind")}


@pytest.mark.parametrize("budget", [1, 15, 40])
def test_lines_are_added_until_the_words_are_reached(budget: int):
    chosen = picked(made(PROSE), words=budget)

    counts = sorted(len(sentence.text.split()) for sentence in chosen)
    assert sum(counts) >= budget > sum(counts) - counts[-1]


def test_text_without_spaces_is_counted_by_its_letters():
    first, second = "市議会は月曜日に新しい港の橋を承認した。", "橋は電車と自転車を運ぶ予定である。"
    japanese = made([first, second])

    assert len(picked(japanese, words=5, language="ja")) == 1


def test_a_story_quotes_its_documents_in_the_order_given():
    first, second = made(PROSE[:4], document=7), made(PROSE[4:], document=3)

    chosen = picked([*first, *second], count=8)

    documents = [sentence.document for sentence in chosen]
    assert documents == sorted(documents, reverse=True)
    assert set(documents) == {3, 7}


def test_a_story_opens_with_what_its_first_document_opens_with():
    """A story is told by its most central document, which its caller puts first."""
    lead = "Divers found the bell of the lost ferry Aurora near Northport."
    first, second = made([lead, *PROSE[4:6]]), made(PROSE, document=2)

    assert picked([*first, *second], count=3)[0].text == lead


def test_a_story_does_not_say_one_thing_twice():
    other = [text.replace("The council of", "Councillors in") for text in PROSE]

    chosen = picked([*made(PROSE), *made(other, document=2)], count=4)

    assert sum("approved a new harbour bridge" in sentence.text for sentence in chosen) == 1


def test_lines_of_two_documents_that_say_much_the_same_are_never_both_shown():
    other = "Northport's council approved on Monday a harbour bridge to the docks after the debate."

    chosen = picked([*made(PROSE), *made([other, PROSE[5]], document=2)], count=20)

    assert PROSE[0] in {line.text for line in chosen}
    assert other not in {line.text for line in chosen}


def test_interleaved_documents_are_read_one_after_the_other():
    pairs = zip(made(PROSE), made(reversed(PROSE), document=2), strict=True)

    chosen = picked([sentence for pair in pairs for sentence in pair], words=500)

    assert [s.document for s in chosen] == sorted(s.document for s in chosen)


@pytest.mark.parametrize("budget", [{}, {"count": 2, "words": 9}, {"count": 0}, {"words": -1}])
def test_a_budget_that_makes_no_sense_is_refused(budget: dict[str, int]):
    with pytest.raises(UsageError):
        picked(made(PROSE), **budget)


def test_an_unknown_algorithm_is_refused_with_the_names_of_all():
    with pytest.raises(UsageError, match="lexrank") as caught:
        picked(made(PROSE), count=1, algorithm="magic")

    assert all(name in str(caught.value) for name in summaries.ALGORITHMS)


def test_past_its_limit_an_algorithm_chooses_among_our_best_and_says_so():
    many = made(f"Ship{n} met tram{n} at bridge{n} below tower{n}." for n in range(140))

    chosen = picked(many, count=3, algorithm="kl")

    assert len(chosen) == 3
    assert "110 of 140" in summaries.note(many, "kl")
    assert summaries.note(many, "lexrank") == summaries.note(many, "daybrief") == ""


def test_the_answer_does_not_depend_on_the_hash_seed_and_importing_is_light():
    program = (
        "import sys\n"
        "from briefs import summaries\n"
        "assert not {'numpy', 'sumy', 'nltk'} & set(sys.modules)\n"
        "from tests.briefs.test_summaries import PROSE, made\n"
        "for name in summaries.ALGORITHMS:\n"
        "    print(name, summaries.pick(made(PROSE), count=3, algorithm=name))\n"
    )

    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(answers) == 1


def test_our_stems_are_those_of_sumy():
    """Up to the words that Snowball has put right since."""
    corrected = {"added": "add"}
    theirs = Stemmer("english")
    seeds = [path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.md")]
    found = set(words.words(" ".join(seeds)))

    different = {w: words.stem(w, "en") for w in found if words.stem(w, "en") != theirs(w)}

    assert len(found) > 300
    assert different.items() <= corrected.items()


@pytest.mark.parametrize(
    ("name", "summarizer"),
    [
        ("lexrank", LexRankSummarizer),
        ("textrank", TextRankSummarizer),
        ("lsa", LsaSummarizer),
        ("luhn", LuhnSummarizer),
        ("sumbasic", SumBasicSummarizer),
        ("reduction", ReductionSummarizer),
        ("kl", KLSummarizer),
    ],
)
def test_by_name_sumy_gives_what_it_gives_itself(name: str, summarizer: type):
    stemmer, stop_words = dom.normal("en")
    theirs = summarizer(stemmer)
    theirs.stop_words = stop_words
    document = dom.document(made(PROSE))

    expected = [line.origin for line in theirs(document, 3)]

    assert picked(made(PROSE), count=3, algorithm=name) == expected


def test_lines_of_equal_worth_stand_in_the_order_of_the_text():
    """LSA in sumy decides between them by the noise of its decomposition."""
    equal = made(f"Ship{n} tram{n} bridge{n} tower{n} dock{n}." for n in range(30))

    assert indices(picked(equal, count=4, algorithm="lsa")) == [0, 1, 2, 3]


def test_our_ranker_is_a_summarizer_of_sumy():
    document = ObjectDocumentModel([Paragraph([dom.Line(s) for s in made(PROSE)])])

    best = NewsRanker(*dom.normal("en"), words.frequencies("en"))(document, 3)

    assert [line.origin for line in best] == picked(made(PROSE), count=3)


def test_a_story_ranker_takes_each_paragraph_as_a_document():
    paragraphs = [Paragraph([dom.Line(s) for s in made(part)]) for part in (PROSE[:4], PROSE[4:])]

    best = StoryRanker(*dom.normal("en"))(ObjectDocumentModel(paragraphs), "50%")

    assert len(best) == 4


stems = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=12)


@given(stems, st.integers(1, 4), st.lists(st.floats(-3, 3), min_size=12, max_size=12))
@settings(deadline=None)
def test_sums_of_cosines_equal_those_of_all_pairs(
    rows: list[list[str]], documents: int, backs: list[float]
):
    matrix = Matrix(rows)
    numbers = np.sort(np.arange(len(rows)) % documents)
    cosines = np.array([matrix.cosines(line) for line in range(len(rows))])
    apart = cosines - np.diag(np.diag(cosines))
    same = numbers[:, None] == numbers[None, :]
    counted = np.array(backs[: len(rows)])
    weights = np.where(same & np.tri(len(rows), dtype=bool), counted, 1.0)

    inside, across = matrix.directed(numbers, counted)

    np.testing.assert_allclose(inside + across, (apart * weights).sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(across, np.where(same, 0, cosines).sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(matrix.centroid(), cosines.sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(cosines, cosines.T, atol=1e-12)
    assert cosines.max(initial=0) <= 1 + 1e-9


def test_memory_grows_with_the_lines_not_with_their_pairs():
    """Pairs of 4,000 lines would take 128 MB."""
    texts = (f"Harbour w{n % 97} bridge v{n % 89} tram u{n % 83} ship t{n}." for n in range(4_000))
    many = made(texts)
    picked(many[:10], count=1)

    tracemalloc.start()
    picked(many, count=3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40_000_000


def test_the_article_is_about_the_factory_and_no_signature_is_a_line():
    document = documents.read(
        shared.path("seed/article.txt").read_bytes(), documents.Hint(name="article.txt")
    )
    parts = sentences.split(document)

    chosen = picked(parts, count=len(parts))

    assert "factory" in picked(parts, count=1)[0].text
    assert "factory" in picked(parts, count=3)[0].text
    assert not any("twitter.com" in line.text or "— Dmytro" in line.text for line in chosen)
    assert all(document.text[slice(*line.span)] == line.text for line in chosen)
