"""summaries.pick: the best lines, as they stand, in reading order, whatever the input."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

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

from briefs import documents, sentences, summaries, words
from briefs.errors import UsageError
from briefs.model import DocumentId, Sentence, SentenceKind, Span
from briefs.summaries import dom, lines
from briefs.summaries.matrix import Matrix
from briefs.summaries.ranker import NewsRanker, StoryRanker
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
    picked = summaries.pick(sentences, count=count, algorithm=algorithm, language=language)

    places = [sentences.index(sentence) for sentence in picked]
    assert places == sorted(places)
    assert len(set(places)) == len(places) <= count
    assert bool(picked) == bool(sentences)


@pytest.mark.parametrize("algorithm", summaries.ALGORITHMS)
def test_a_copy_of_a_line_is_never_shown_again(algorithm: str):
    copies = [*PROSE, *(text.upper() for text in PROSE), *PROSE]

    picked = summaries.pick(made(copies), count=20, algorithm=algorithm)

    texts = [sentence.text.casefold() for sentence in picked]
    assert len(texts) == len(set(texts)) > 1


@pytest.mark.parametrize("algorithm", summaries.ALGORITHMS)
def test_a_line_in_capitals_is_a_line(algorithm: str):
    sentences = made(text.upper() for text in PROSE)

    picked = summaries.pick(sentences, count=20, algorithm=algorithm)

    assert len(picked) >= len(PROSE) - 1


@pytest.mark.parametrize(
    "kind", [kind for kind in SentenceKind if kind not in {SentenceKind.PROSE, SentenceKind.POST}]
)
def test_what_is_not_quotable_is_not_picked(kind: SentenceKind):
    assert summaries.pick(made(PROSE, kind=kind), count=3) == ()


def test_the_lead_of_a_plain_report_is_picked():
    assert indices(summaries.pick(made(PROSE), count=1)) == [0]


def test_a_teaser_yields_to_the_line_that_says_it_in_full():
    teaser = "Council approves harbour bridge after a debate."

    picked = summaries.pick(made([teaser, *PROSE]), count=1)

    assert picked[0].text == PROSE[0]


def test_lead_takes_the_first_lines():
    assert indices(summaries.pick(made(PROSE), count=3, algorithm="lead")) == [0, 1, 2]


@pytest.mark.parametrize(
    "worse",
    [
        "It was approved by the council of Northport after a long debate on the harbour bridge.",
        "“The council of Northport approved a new harbour bridge on Monday after a long debate.”",
        "Has the council of Northport approved a new harbour bridge after a long debate?",
        "“We approved a new harbour bridge after a long debate,” he said in Northport.",
    ],
)
def test_a_line_that_stands_alone_is_preferred_to_one_that_leans(worse: str):
    better = (
        "The council of Northport approved the new harbour bridge after its debate, clerks said."
    )

    picked = summaries.pick(made([worse, better, *PROSE[4:]]), count=1)

    assert picked[0].text == better


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("He said no.", True),
        ("However, the ship sank.", True),
        ("“Those are ours,” she added.", True),
        ("“We waited for a long time.”", True),
        ("The minister asked one thing:", True),
        ("“A plot has been chosen,” Dmytro Kuleba said.", False),
        ("This week the council meets.", False),
        ("So-called experts disagree.", False),
        ("Ukraine will build a factory.", False),
        ("", False),
    ],
)
def test_a_line_leans_when_it_does_not_say_who_or_what(text: str, leans: bool):  # noqa: FBT001
    assert lines.dangles(text) is leans


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
    picked = summaries.pick(made([junk, *PROSE]), count=20)

    assert junk not in {sentence.text for sentence in picked}


def test_scraps_are_better_than_nothing():
    assert indices(summaries.pick(made(["Yes.", "No."]), count=1)) == [0]


def test_a_post_wins_only_when_it_matters_more():
    post = made(["The harbour bridge of Northport is approved, what a long debate this was."])
    prose = made(PROSE[:2], document=1)
    posted = [Sentence(**{**fields(s), "kind": SentenceKind.POST}) for s in post]
    after = [Sentence(**{**fields(s), "index": s.index + 1}) for s in prose]

    assert summaries.pick([*posted, *after], count=1)[0].kind is SentenceKind.PROSE


def fields(sentence: Sentence) -> dict[str, object]:
    return {name: getattr(sentence, name) for name in ("document", "index", "span", "text", "kind")}


@pytest.mark.parametrize("budget", [1, 15, 40])
def test_lines_are_added_until_the_words_are_reached(budget: int):
    picked = summaries.pick(made(PROSE), words=budget)

    counts = sorted(len(sentence.text.split()) for sentence in picked)
    assert sum(counts) >= budget > sum(counts) - counts[-1]


def test_text_without_spaces_is_counted_by_its_letters():
    first, second = "市議会は月曜日に新しい港の橋を承認した。", "橋は電車と自転車を運ぶ予定である。"
    japanese = made([first, second])

    assert len(summaries.pick(japanese, words=5, language="ja")) == 1


def test_a_story_quotes_its_documents_in_the_order_given():
    first, second = made(PROSE[:4], document=7), made(PROSE[4:], document=3)

    picked = summaries.pick([*first, *second], count=8)

    documents = [sentence.document for sentence in picked]
    assert documents == sorted(documents, reverse=True)
    assert set(documents) == {3, 7}


def test_a_story_opens_with_what_its_first_document_opens_with():
    """A story is told by its most central document, which its caller puts first."""
    lead = "Divers found the bell of the lost ferry Aurora near Northport."
    first, second = made([lead, *PROSE[4:6]]), made(PROSE, document=2)

    assert summaries.pick([*first, *second], count=3)[0].text == lead


def test_a_story_does_not_say_one_thing_twice():
    other = [text.replace("The council of", "Councillors in") for text in PROSE]

    picked = summaries.pick([*made(PROSE), *made(other, document=2)], count=4)

    assert sum("approved a new harbour bridge" in sentence.text for sentence in picked) == 1


def test_interleaved_documents_are_read_one_after_the_other():
    pairs = zip(made(PROSE), made(reversed(PROSE), document=2), strict=True)

    picked = summaries.pick([sentence for pair in pairs for sentence in pair], words=500)

    assert [s.document for s in picked] == sorted(s.document for s in picked)


@pytest.mark.parametrize("budget", [{}, {"count": 2, "words": 9}, {"count": 0}, {"words": -1}])
def test_a_budget_that_makes_no_sense_is_refused(budget: dict[str, int]):
    with pytest.raises(UsageError):
        summaries.pick(made(PROSE), **budget)


def test_an_unknown_algorithm_is_refused_with_the_names_of_all():
    with pytest.raises(UsageError, match="lexrank") as caught:
        summaries.pick(made(PROSE), count=1, algorithm="magic")

    assert all(name in str(caught.value) for name in summaries.ALGORITHMS)


def test_past_its_limit_an_algorithm_chooses_among_our_best_and_says_so():
    many = made(f"Ship{n} met tram{n} at bridge{n} below tower{n}." for n in range(140))

    picked = summaries.pick(many, count=3, algorithm="kl")

    assert len(picked) == 3
    assert "110 of 140" in summaries.note(many, "kl")
    assert summaries.note(many, "lexrank") == summaries.note(many, "daybrief") == ""


def test_the_answer_does_not_depend_on_the_hash_seed_and_importing_is_light():
    program = (
        "import sys\n"
        "from briefs import summaries\n"
        "assert not {'numpy', 'sumy', 'nltk'} & set(sys.modules)\n"
        "from tests.briefs.test_summaries import PROSE, made\n"
        "for name in summaries.ALGORITHMS:\n"
        "    print(name, [s.index for s in summaries.pick(made(PROSE), count=3, algorithm=name)])\n"
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

    assert list(summaries.pick(made(PROSE), count=3, algorithm=name)) == expected


def test_lines_of_equal_worth_stand_in_the_order_of_the_text():
    """LSA in sumy decides between them by the noise of its decomposition."""
    equal = made(f"Ship{n} tram{n} bridge{n} tower{n} dock{n}." for n in range(30))

    assert indices(summaries.pick(equal, count=4, algorithm="lsa")) == [0, 1, 2, 3]


def test_our_ranker_is_a_summarizer_of_sumy():
    document = ObjectDocumentModel([Paragraph([dom.Line(s) for s in made(PROSE)])])

    best = NewsRanker(*dom.normal("en"))(document, 3)

    assert [line.origin for line in best] == list(summaries.pick(made(PROSE), count=3))


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

    directed = matrix.directed(numbers, counted)

    np.testing.assert_allclose(directed, (apart * weights).sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(matrix.centroid(), cosines.sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(cosines, cosines.T, atol=1e-12)
    assert cosines.max(initial=0) <= 1 + 1e-9


def test_memory_grows_with_the_lines_not_with_their_pairs():
    """Pairs of 4,000 lines would take 128 MB."""
    texts = (f"Harbour w{n % 97} bridge v{n % 89} tram u{n % 83} ship t{n}." for n in range(4_000))
    many = made(texts)
    summaries.pick(many[:10], count=1)

    tracemalloc.start()
    summaries.pick(many, count=3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40_000_000


def test_the_article_is_about_the_factory_and_no_signature_is_a_line():
    document = documents.read(
        shared.path("seed/article.txt").read_bytes(), documents.Hint(name="article.txt")
    )
    parts = sentences.split(document)

    picked = summaries.pick(parts, count=len(parts))

    assert "factory" in summaries.pick(parts, count=1)[0].text
    assert "factory" in summaries.pick(parts, count=3)[0].text
    assert not any("twitter.com" in line.text or "— Dmytro" in line.text for line in picked)
    assert all(document.text[slice(*line.span)] == line.text for line in picked)
