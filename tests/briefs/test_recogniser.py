"""The recogniser marks names in sentences, the same whatever else is tagged, within bounds."""

import hashlib
import shutil
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import recogniser
from briefs.errors import DaybriefError
from briefs.recogniser import decode, encoder, wordpiece
from briefs.recogniser.shapes import shape

FOLDER = Path(recogniser.__file__).parent
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
SENTENCE = ["Angela", "Merkel", "met", "Barack", "Obama", "in", "Berlin", "."]


@pytest.fixture(scope="module")
def pieces():
    vocabulary = (FOLDER / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return vocabulary, wordpiece.WordPiece(vocabulary)


def named(words):
    (found,) = recogniser.tag([words])
    return [(" ".join(words[t.start : t.end]), t.label) for t in found]


def test_names_are_marked_with_their_types():
    assert named(SENTENCE) == [
        ("Angela Merkel", "PER"),
        ("Barack Obama", "PER"),
        ("Berlin", "LOC"),
    ]


def test_a_sentence_gives_the_same_names_alone_and_among_others():
    others = [["He", "left", "."], ["Apple", "left", "Paris", "."], []]

    (alone,) = recogniser.tag([SENTENCE])
    among = recogniser.tag([*others, SENTENCE, *others])

    assert among[3] == alone
    assert among[2] == ()


def test_a_name_far_into_an_endless_sentence_is_found():
    words = ["and", "so", "on", ","] * 500 + SENTENCE + ["and", "so", "on", ","] * 500

    found = named(words)

    assert ("Angela Merkel", "PER") in found
    assert ("Berlin", "LOC") in found


@given(lengths=st.lists(st.integers(1, 12), max_size=600))
@settings(deadline=None, max_examples=50)
def test_windows_cover_every_word_and_hold_what_the_tagger_reads(lengths):
    windows = list(encoder._windows(lengths))

    assert {i for w in windows for i in range(w.start, w.end)} == set(range(len(lengths)))
    assert all(sum(lengths[w.start : w.end]) <= encoder._MOST_PIECES for w in windows)
    assert all(a.start < b.start < a.end < b.end for a, b in pairwise(windows))


@pytest.mark.parametrize(
    "word",
    [
        "a" * 100_000,
        "-" * 100_000,
        "é" * 5_000,
        "Z" + "\u0337\u0321" * 1_000,
        "😂",
        "\u200d",
        "中" * 900,
    ],
)
def test_a_monstrous_word_is_bounded(word):
    (found,) = recogniser.tag([["In", word, "Angela", "Merkel", "spoke", "."]])

    assert len(encoder.load()._pieces.pieces(word)) <= 12
    assert all(0 <= t.start < t.end <= 6 for t in found)


def test_nothing_in_gives_nothing_out():
    assert recogniser.tag([]) == ()
    assert recogniser.tag([[]]) == ((),)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Kuleba", ["ku", "##le", "##ba"]),
        ("Çavuşoğlu", ["ca", "##vus", "##og", "##lu"]),
        ("D-30", ["d", "-", "30"]),
        ("中国", ["[UNK]", "[UNK]"]),  # each ideograph by itself, as BERT has them
        ("\u200b", ["[UNK]"]),
        ("x" * 101, ["[UNK]"]),
    ],
)
def test_words_are_cut_as_bert_cuts_them(pieces, word, expected):
    vocabulary, cut = pieces

    assert [vocabulary[i] for i in cut.pieces(word)] == expected


@given(word=st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True))
@settings(deadline=None)
def test_known_pieces_spell_the_word(pieces, word):
    vocabulary, cut = pieces

    spelled = "".join(vocabulary[i].removeprefix("##") for i in cut.pieces(word))

    assert spelled in {word.lower(), "[UNK]"} or len(cut.pieces(word)) == 12


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", 1),
        ("Kyiv", 2),
        ("NATO", 3),
        ("A", 4),
        ("2021", 5),
        ("TB2", 6),
        ("—", 7),
        ("McCain", 8),
    ],
)
def test_a_shape_tells_the_capitals(word, expected):
    assert shape(word) == expected


def test_no_label_continues_another_type():
    scores = np.log(np.array([[0.1, 0.2, 0.1, 0.5, 0.1], [0.05, 0.05, 0.6, 0.1, 0.2]], np.float32))

    path = [LABELS[i] for i in decode.best_path(scores, LABELS)]

    assert path == ["B-PER", "I-PER"]


@given(
    data=st.lists(
        st.lists(st.floats(-20, 0, width=32), min_size=5, max_size=5), min_size=1, max_size=12
    )
)
@settings(deadline=None)
def test_the_best_path_is_sound_and_as_good_as_any_greedy_one(data):
    scores = np.array(data, np.float32)

    path = decode.best_path(scores, LABELS)

    names = [LABELS[i] for i in path]
    for before, label in zip(["O", *names], names, strict=False):
        assert not label.startswith("I-") or before[2:] == label[2:]
    outside = scores[:, 0].sum()
    assert scores[np.arange(len(path)), path].sum() >= outside - 1e-3


@given(marks=st.lists(st.sampled_from(LABELS), max_size=20))
def test_spans_are_apart_and_cover_every_name(marks):
    found = list(decode.spans(marks))

    covered = [i for start, end, _ in found for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert {i for i, mark in enumerate(marks) if mark.startswith("B-")} <= set(covered)
    assert all(marks[start][2:] == label for start, _, label in found)


def test_words_keep_abbreviations_and_compounds_and_part_possessives():
    text = (
        "Ukraine\u2019s U.S. envoy J. Doe of Acme Inc. saw pro-Russian D-30s, "
        "paid 1,200 to @Kuleba; don't."
    )

    found = [word.text for word in recogniser.words(text)]

    assert found == [
        "Ukraine", "'s", "U.S.", "envoy", "J.", "Doe", "of", "Acme", "Inc.", "saw", "pro-Russian",
        "D-30s", ",", "paid", "1,200", "to", "@Kuleba", ";", "do", "n't", ".",
    ]  # fmt: skip


@given(text=st.text(max_size=300))
@settings(deadline=None)
def test_words_lie_in_order_and_leave_out_only_white_space(text):
    found = recogniser.words(text)

    ends = [0, *(word.end for word in found)]
    starts = [*(word.start for word in found), len(text)]
    assert all(
        text[a:b].strip() == "" or _is_space(text[a:b]) for a, b in zip(ends, starts, strict=True)
    )
    assert all(word.start < word.end for word in found)


def _is_space(text):
    return all(c.isspace() or unicodedata.category(c) == "Cc" for c in text)


@pytest.mark.parametrize("bomb", ["a", "A.", "a-", "1,", "@", "'s", "http://", "J. ", "\u0301"])
def test_words_are_linear_on_hostile_text(bomb):
    text = bomb * 100_000 + "!"

    assert recogniser.words(text)[-1].end == len(text)


@pytest.mark.parametrize("name", ["enc.int8.onnx", "emb4.npz", "vocab.txt", "labels.json"])
@pytest.mark.parametrize("damage", ["missing", "truncated", "empty"])
def test_a_missing_or_damaged_file_names_the_remedy(tmp_path, name, damage):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "model"))
    data = (folder / name).read_bytes()
    (folder / name).unlink()
    if damage != "missing":
        (folder / name).write_bytes(data[: len(data) // 2] if damage == "truncated" else b"")

    with pytest.raises(DaybriefError, match="reinstall daybrief"):
        encoder.load(folder)


def test_importing_it_does_not_import_numpy():
    code = (
        "import sys, briefs.recogniser; print('numpy' in sys.modules, 'onnxruntime' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


def test_the_card_tells_the_digests_of_the_weights():
    card = (FOLDER / "CARD.md").read_text(encoding="utf-8")

    for name in ("enc.int8.onnx", "emb4.npz", "vocab.txt", "labels.json"):
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() in card
