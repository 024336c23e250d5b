"""What the command that measures names counts, and what it must print of quotations."""

import pytest

from briefs.model import Span
from tests.benchmarks import litbank, quoting, recognition, scores, spacing


def test_b_cubed_counts_each_mention_in_its_clusters():
    gold = {1: "a", 2: "a", 3: "b"}
    found = {1: "x", 2: "x", 3: "x"}

    score = scores.b_cubed(gold, found)

    assert score.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert score.recall == 1


def test_a_missed_and_a_wrong_mention_count_as_nothing_right():
    assert scores.b_cubed({1: "a", 2: "a"}, {1: "x", 3: "x"}) == (0.25, 0.25)


def test_only_the_whole_name_with_its_type_is_right():
    read = [recognition.Labelled(("Kyiv", "met", "Jane", "Roe"), ((0, 1, "LOC"), (2, 4, "PER")))]

    found = recognition.measure(
        "re3d", read, lambda _: [(0, 1, "ORG"), (2, 4, "PER"), (3, 4, "PER")]
    )

    assert found.exact == (1 / 3, 1 / 2)


def test_handles_of_broad_twitter_are_left_out():
    read = [recognition.Labelled(("@jane", "Kyiv"), ((0, 1, "PER"), (1, 2, "LOC")))]

    assert recognition.measure("btc", read, lambda _: [(1, 2, "LOC")]).exact == (1, 1)


def test_tokens_are_written_as_people_write():
    text, places = spacing.write(["He", "said", '"', "no", '"', "(", "twice", ")", "."])

    assert text == 'He said "no" (twice).'
    assert [text[slice(*place)] for place in places][-2:] == [")", "."]


def test_a_passage_of_litbank_has_its_paragraphs_and_quotations(tmp_path):
    files = {
        "original/1_book.txt": "“Come,” said\nJane.\n\n“No.”\n\nThe rest.",
        "quotations/tsv/1_book_brat.txt": "“ Come , ” said Jane .\n“ No . ”\n",
        "quotations/tsv/1_book_brat.ann": "QUOTE\tQ1\t0\t0\t0\t3\t“ Come , ”\nATTRIB\tQ1\tJane-1\n",
        "coref/tsv/1_book_brat.ann": "MENTION\tT\t0\t5\t0\t5\tJane\tPER\tPROP\nCOREF\tT\tJane-1\n",
    }
    for name, text in files.items():
        path = tmp_path / "litbank" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    (book,) = litbank.load(tmp_path)

    assert book.text == "“Come,” said Jane.\n“No.”"
    assert book.quotes == ((Span(0, 7), "Jane-1"),)
    assert book.names == {Span(13, 17): "Jane-1"}


def test_quotations_in_the_manner_of_news_get_their_speakers():
    heard = quoting.measure(quoting.news())

    assert heard.score.precision >= 0.95
    assert heard.score.recall >= 0.75
