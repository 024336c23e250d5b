"""summaries.classic: what sumy's own classes give, whatever the text, in bounded memory."""

import os
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefs import documents, sentences
from briefs.model import DocumentId, Sentence, SentenceKind, Span
from briefs.summaries import classic, dom
from briefs.summaries.classic import edges, lex_rank, text_rank
from briefs.summaries.classic.counts import Counts, Stems
from tests import shared

ROOT = Path(__file__).parents[2]
THEIRS: dict[str, Callable[..., Any]] = {
    "lexrank": LexRankSummarizer,
    "textrank": TextRankSummarizer,
    "reduction": ReductionSummarizer,
    "luhn": LuhnSummarizer,
    "sumbasic": SumBasicSummarizer,
    "kl": KLSummarizer,
    "edmundson": partial(EdmundsonSummarizer, cue_weight=0.0),
}
RANKED_BY_PAIRS = ["lexrank", "textrank", "reduction"]

# Stop words, inflected words, other scripts, words that only look alike, and none at all.
word = st.sampled_from(
    ["bridge", "bridges", "tram", "trams", "ship", "shipping", "NOISE", "don't", "tb2"]
) | st.sampled_from(["he", "said", "the", "of", "été", "мост", "мосты", "橋梁", "5", "!?", "—"])
line = st.lists(word, max_size=12).map(" ".join) | st.text(max_size=20)
text = st.lists(line, max_size=14).map(lambda lines: [*lines, *lines[::3]])  # with copies


class Words:
    """A tokenizer for sumy that cuts at spaces."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(text.split())


def made(texts: Iterable[str], *, headings: Iterable[str] = ()) -> ObjectDocumentModel:
    """Set *texts* as the lines of one document."""
    kinds = ((SentenceKind.PROSE, list(texts)), (SentenceKind.HEADING, list(headings)))
    lines, titles = (
        [
            Sentence(document=DocumentId(1), index=n, span=Span(0, len(t)), text=t, kind=kind)
            for n, t in enumerate(each)
        ]
        for kind, each in kinds
    )
    return dom.document(lines, titles)


def seeded(many: int, *, words: int, seed: int) -> list[str]:
    """Return *many* lines of up to 15 of the most frequent of *words* words."""
    chance = random.Random(seed)  # noqa: S311
    return [
        " ".join(f"w{int(words * chance.random() ** 2)}" for _ in range(chance.randint(0, 15)))
        for _ in range(many)
    ]


def theirs(name: str, language: str = "en") -> Any:
    stemmer, stop_words = dom.normal(language)
    summarizer = THEIRS[name](stemmer)
    if name == "edmundson":
        summarizer.null_words = stop_words or {"the"}
    else:
        summarizer.stop_words = stop_words
    return summarizer


def rated(summarizer: Any, document: Any) -> list[tuple[int, float]]:
    """Return place and rating of every line, the best first."""
    kept: list[Any] = []

    def keep(infos: list[Any]) -> list[Any]:
        kept.extend(infos)
        return infos

    with np.errstate(all="ignore"):  # sumy divides by zero where no word counts
        summarizer(document, keep)
    return [(info.order, float(info.rating)) for info in kept]


def order(summarizer: Any, document: Any) -> list[int]:
    return [place for place, _ in rated(summarizer, document)]


@pytest.mark.parametrize("name", THEIRS)
@given(lines=text, language=st.sampled_from(["en", "de", "ja", "xx"]))
@settings(deadline=None, max_examples=60)
def test_any_lines_stand_in_sumys_order(name: str, lines: list[str], language: str):
    document = made(lines, headings=lines[:2])

    assert classic.order(document, name, language) == order(theirs(name, language), document)


@pytest.mark.parametrize("name", RANKED_BY_PAIRS)
@pytest.mark.parametrize(("many", "words"), [(1, 5), (2, 2), (90, 20), (120, 60), (150, 900)])
def test_many_lines_stand_in_sumys_order(name: str, many: int, words: int):
    document = made(seeded(many, words=words, seed=many))

    assert classic.order(document, name, "en") == order(theirs(name), document)


@pytest.mark.parametrize("name", RANKED_BY_PAIRS)
def test_lines_of_more_than_one_block_stand_in_sumys_order(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    """A block has half a million cells, which would be slow to compare."""
    monkeypatch.setattr("briefs.summaries.classic.counts._AT_ONCE", 300)
    document = made(seeded(80, words=40, seed=7))

    assert classic.order(document, name, "en") == order(theirs(name), document)


@pytest.mark.parametrize("name", THEIRS)
def test_real_texts_stand_in_sumys_order(name: str):
    for path in sorted((ROOT / "seeds").glob("*.md")):
        text = documents.of(path.read_text(encoding="utf-8"))
        parts = sentences.split(text)
        document = dom.document(parts, [p for p in parts if p.kind is SentenceKind.HEADING])

        assert classic.order(document, name, "en") == order(theirs(name), document), path.name


@pytest.mark.parametrize("name", THEIRS)
def test_the_article_stands_in_sumys_order(name: str):
    text = documents.of(shared.path("seed/article.txt").read_text(encoding="utf-8"))
    document = dom.document(sentences.split(text))

    assert classic.order(document, name, "en") == order(theirs(name), document)


@pytest.mark.parametrize("name", THEIRS)
@pytest.mark.parametrize(("first", "many"), [(0, 45), (5_000, 30), (20_000, 60), (41_000, 50)])
def test_news_stands_in_sumys_order(name: str, first: int, many: int):
    news = shared.path("ner/data/unlabelled.voa.txt").read_text(encoding="utf-8").splitlines()
    document = made(news[first : first + many])

    assert classic.order(document, name, "en") == order(theirs(name), document)


@pytest.mark.parametrize("name", ["lexrank", "textrank"])
@given(lines=text)
@settings(deadline=None, max_examples=60)
def test_without_a_matrix_lines_are_rated_alike(name: str, lines: list[str]):
    """Past so many lines as `DENSE` says."""
    document = made([*lines, "bridge tram", "tram tower"])
    expected = dict(rated(theirs(name), document))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lex_rank, "DENSE", 0)
        patched.setattr(text_rank, "DENSE", 0)
        found = dict(rated(classic.summarizer(name, "en"), document))

    assert found.keys() == expected.keys()
    np.testing.assert_allclose(
        [found[place] for place in expected], [*expected.values()], rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("name", ["lexrank", "textrank"])
@pytest.mark.parametrize("words", [3, 40, 900])
def test_without_a_matrix_the_best_are_the_same(
    name: str, words: int, monkeypatch: pytest.MonkeyPatch
):
    """Nearly all lines are alike, or some, or hardly any."""
    monkeypatch.setattr(lex_rank, "DENSE", 0)
    monkeypatch.setattr(text_rank, "DENSE", 0)
    document = made([f"{line} x{n}" for n, line in enumerate(seeded(120, words=words, seed=5))])
    expected = rated(theirs(name), document)

    found = rated(classic.summarizer(name, "en"), document)

    np.testing.assert_allclose([r for _, r in found], [r for _, r in expected], rtol=1e-9)
    np.testing.assert_allclose(
        [dict(found)[place] for place, _ in expected], [r for _, r in expected], rtol=1e-9
    )


@pytest.mark.parametrize("name", [*THEIRS, "lsa"])
@pytest.mark.filterwarnings("ignore:Number of words")
def test_they_are_drop_in_for_sumys_own_sentences(name: str):
    """Copies of a sentence share a rating there, and all come back."""
    texts = ["bridge tram dock", "tram dock", "tower", "bridge tram dock", "ship", "dock"]
    own = ObjectDocumentModel([Paragraph(SumySentence(text, Words()) for text in texts)])
    expected = (theirs(name) if name in THEIRS else _lsa())(own, "50%")

    assert classic.summarizer(name, "en")(own, "50%") == expected


def _lsa() -> Any:
    summarizer = LsaSummarizer(dom.normal("en")[0])
    summarizer.stop_words = dom.normal("en")[1]
    return summarizer


@given(lines=text)
@settings(deadline=None, max_examples=100)
@pytest.mark.filterwarnings("ignore:Number of words")
def test_lsa_stands_in_sumys_order_but_for_ties(lines: list[str]):
    document = made([*lines, "a tower"], headings=lines[:2])
    theirs = dict(rated(_lsa(), document))

    ranks = [theirs[place] for place in classic.order(document, "lsa", "en")]

    assert len(ranks) == len(theirs)
    assert all(higher > lower - 1e-6 for higher, lower in pairwise(ranks))


@pytest.mark.filterwarnings("ignore:Number of words")
def test_lsa_stands_in_sumys_order_of_news_but_for_ties():
    news = shared.path("ner/data/unlabelled.voa.txt").read_text(encoding="utf-8").splitlines()
    for first in (0, 9_000, 33_000):
        document = made(news[first : first + 70])
        theirs = dict(rated(_lsa(), document))

        ranks = [theirs[place] for place in classic.order(document, "lsa", "en")]

        assert all(higher > lower - 1e-6 for higher, lower in pairwise(ranks))


def test_where_lsa_ties_lines_stand_in_the_order_of_the_text():
    document = made(f"tram{n} ship{n} tower{n} tram{n}" for n in range(40))

    assert classic.order(document, "lsa", "en") == list(range(40))


def test_a_cosine_at_the_threshold_is_judged_as_sumy_judges_it():
    """Two lines with one of ten equally rare words in common: 1 / 10, but for rounding."""
    lines = [f"hub{n} hub{n + 1} " + " ".join(f"w{n}x{k}" for k in range(8)) for n in range(24)]
    twice = [*lines, *(line.replace("hub", "cog") for line in lines)]
    even = [" ".join(w if "w" not in w else w.split("x")[0] for w in t.split()) for t in twice]

    for texts in (lines, twice, even, [*lines, *even]):
        document = made(texts)

        assert classic.order(document, "lexrank", "en") == order(theirs("lexrank"), document)


@pytest.mark.parametrize("name", ["lsa", *(name for name in THEIRS if name != "edmundson")])
@pytest.mark.parametrize("lines", [[], ["..."], ["the of", "of the"], ["", "5 6", "!"]])
def test_lines_without_words_stand_in_the_order_of_the_text(name: str, lines: list[str]):
    assert classic.order(made(lines), name, "en") == list(range(len(lines)))


@given(lines=text)
@settings(deadline=None)
def test_edges_spread_as_their_matrix_does(lines: list[str]):
    counts = Counts(made([*lines, "tram"]).sentences, Stems(theirs("textrank"), frozenset()))
    matrix = np.zeros((counts.many, counts.many))
    for first, block in edges.blocks(counts, single=1.0):
        matrix[first : first + len(block), first:] = block
    matrix += np.triu(matrix, 1).T
    values = np.arange(counts.many) + 1.0

    spread = edges.Edges(counts, single=1.0).spread(values)

    np.testing.assert_allclose(spread, matrix @ values, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", ["lexrank", "textrank", "lsa", "reduction"])
@pytest.mark.parametrize("words", [12, 4_000])
def test_memory_is_bounded(name: str, words: int):
    """The pairs of 5,000 lines would take 200 MB as numbers; here nearly all are alike, or few."""
    document = made(seeded(5_000, words=words, seed=3))
    classic.order(made(["a bridge"]), name, "en")

    tracemalloc.start()
    found = classic.order(document, name, "en")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sorted(found) == list(range(5_000))
    assert peak < 80_000_000


def test_the_order_does_not_depend_on_the_hash_seed():
    program = (
        "from briefs.summaries import classic\n"
        "from tests.briefs.test_classic import THEIRS, made, seeded\n"
        "for words in (15, 300):\n"
        "    document = made(seeded(60, words=words, seed=words))\n"
        "    print([classic.order(document, name, 'en') for name in (*THEIRS, 'lsa')])\n"
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
