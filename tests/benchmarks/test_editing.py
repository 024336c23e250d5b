"""The editor's key is sound and as it was frozen, and the command counts what it says."""

import hashlib
import json
from collections import Counter
from dataclasses import replace

import pytest

from briefs import documents, ingest, lookups, words
from briefs.model import DocumentId
from tests.benchmarks import editing, key, rouge

_FROZEN = {
    "articles": "51d9ba4d318119b1fe45cdf07276c0543b89e0e765fc4c53f914cfeff392030a",
    "opinions": "766845f1e23d1c7e53e8ec0c4c31878e4f7ca533517d7820ab482b092cca4760",
    "stories": "a4bee5a613ebdca33b54d30a89b9a61b7daf4b4a96e307e6779cf08d61272271",
}
_LONG = "The council closed the old bridge on Monday because eleven of its cables had rusted."


@pytest.fixture(scope="module", params=key.SETS)
def cases(request):
    return request.param, list(key.load(request.param))


def analyses(*texts):
    return [
        ingest.divide(replace(documents.of(text, language="en"), id=DocumentId(at)))
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize("which", key.SETS)
def test_the_key_is_as_it_was_before_anything_was_tuned_on_it(which):
    data = (key.FOLDER / f"{which}.jsonl").read_bytes()

    assert hashlib.sha256(data).hexdigest() == _FROZEN[which]


@pytest.mark.parametrize("which", key.SETS)
def test_each_case_says_where_it_is_from_and_under_which_licence(which):
    rows = (key.FOLDER / f"{which}.jsonl").read_text(encoding="utf-8").splitlines()

    assert {(row["source"], row["licence"]) for row in map(json.loads, rows)} == {
        ("written for Daybrief", "Apache-2.0")
    }


def test_each_line_of_the_key_is_one_sentence_of_its_text(cases):
    for case in cases[1]:
        for line in (*case.key, case.one):
            analysis = case.read[line.document]
            spans = {sentence.span for sentence in analysis.sentences if sentence.quotable}

            assert analysis.document.text[line.span.start : line.span.end] == line.text
            assert line.span in spans, case.id


def test_a_key_has_as_many_lines_as_promised_and_none_of_them_twice(cases):
    which, among = cases
    sizes = {"articles": {3}, "stories": {4, 5, 6}, "opinions": {2}}[which]

    for case in among:
        assert len(case.key) in sizes, case.id
        assert case.one in case.key, case.id
        assert key.repeated([line.text for line in case.key]) == 0, case.id


def test_there_are_enough_cases_to_tune_on_and_enough_that_are_held_out():
    splits = Counter(case.split for case in key.load("articles"))

    assert splits == {"tune": 85, "held": 51}


def test_no_two_texts_are_alike():
    read = [case.read[0].document.text for which in key.SETS for case in key.load(which)]

    assert len({words.words(text) for text in read}) == len(read)


def test_a_summary_that_is_the_key_has_full_marks():
    case = next(key.load("articles"))
    lead = case._replace(key=case.key[:1], one=case.key[0])

    judged = key.judge(lead, "lead")

    assert (judged.taken, judged.first, judged.lines) == (1, 1, 1)
    assert judged.rouge == judged.first_rouge == (1, 1, 1)


def test_a_key_line_that_an_outlet_copied_counts_as_taken():
    [first, second] = analyses("Nobody knew why.", _LONG)
    line = key.Marked(0, second.sentences[0].span, _LONG)
    case = key.Case("s", "story", "", "tune", (first, second), (line,), line)

    assert key.judge(case, "lsa").taken == 1


def test_a_line_that_leans_on_what_is_not_shown_dangles():
    read = analyses(f"{_LONG} He said that the repair would take at least eight months.")

    whole = lookups.summarize(read, count=2, algorithm="lead").lines

    assert key.dangling(read, whole) == 0
    assert key.dangling(read, [replace(whole[1], joined=False)]) == 1
    assert key.dangling(read, [replace(whole[1], joined=False, note="He: the mayor")]) == 0


def test_a_line_that_says_the_same_again_is_repeated():
    again = "On Monday the council closed the old bridge because eleven of its cables had rusted."

    assert key.repeated([_LONG, again, "Lorries have to take the road by Sundby."]) == 1


def test_rouge_counts_words_pairs_and_sequences():
    found = rouge.score(["The police killed the gunman."], ["The police ended the killing."])

    assert found.one == pytest.approx(4 / 5)  # the, police, kill, the
    assert found.two == pytest.approx(1 / 4)  # the police
    assert found.longest == pytest.approx(3 / 5)  # the police the


def test_rouge_takes_each_word_once_and_joins_what_several_lines_have():
    found = rouge.score(["one two three four five"], ["one two six", "four five two"])

    assert found.longest == pytest.approx(2 * 4 / (5 + 6))  # one two, and four five


def test_rouge_of_nothing_is_nothing():
    assert rouge.score(["A line."], []) == (0, 0, 0)


def test_the_gain_is_the_mean_difference_with_an_interval_around_it():
    case = next(key.load("articles"))
    lead = key.judge(case, "lead")
    worse = lead._replace(rouge=rouge.Rouge(0.1, 0.1, 0.1))

    mean, low, high = key.gain([lead, lead], [lead, worse])

    assert low == 0
    assert mean == pytest.approx((lead.rouge.mean - 0.1) / 2)
    assert high == pytest.approx(lead.rouge.mean - 0.1)


def test_the_command_prints_a_table_for_each_set_of_a_split(capsys):
    editing.main(["--split", "held", "--algorithms", "lead"])

    printed = capsys.readouterr().out

    for heading in ("articles, held: 51", "stories, held: 4", "opinions, held: 4"):
        assert heading in printed
    assert "tune" not in printed
