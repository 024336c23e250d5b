"""What the recogniser is trained on: sets with what they do not say, and lines made of names."""

import subprocess
import sys
from random import Random

import numpy as np
import pytest

from briefs.recogniser.train import examples, made
from briefs.recogniser.train.examples import LABELS, Example

ADA = Example(
    words=("Ada", "Smith", "left", "Berlin", "."),
    tags=("B-PER", "I-PER", "O", "B-LOC", "O"),
    source="docred",
)


def allowed(example, word):
    return {LABELS[i] for i in np.flatnonzero(example.targets()[word])}


def test_a_label_is_what_it_says_and_nothing_else():
    assert allowed(ADA, 0) == {"B-PER"}
    assert allowed(ADA, 2) == {"O"}


def test_a_set_that_does_not_annotate_a_type_does_not_teach_that_there_is_none():
    example = Example(words=("left",), tags=("O",), source="btc")

    assert allowed(example, 0) >= {"O", "B-NORP", "I-DATE", "B-PROD"}
    assert "B-PER" not in allowed(example, 0)


def test_a_doubtful_word_teaches_nothing():
    example = Example(words=("left",), tags=("X",), source="btc")

    assert allowed(example, 0) == set(LABELS)


def test_names_are_read_out_of_tags_and_a_lone_inside_begins_one():
    assert [*examples.spans(ADA.tags)] == [(0, 2, "PER"), (3, 4, "LOC")]
    assert [*examples.spans(("I-ORG", "O"))] == [(0, 1, "ORG")]


@pytest.fixture
def sets(tmp_path):
    for name in examples.SETS:
        rows = [f"Word{number}\tB-PER\nof\tO\n{name}\tO\n" for number in range(200)]
        (tmp_path / f"train.{name}.conll").write_text("\n".join(rows))
    (tmp_path / "dev.re3d.conll").write_text("Word7\tO\nof\tO\nbtc\tO\n")
    return tmp_path


def test_the_same_sentences_are_held_out_every_time_and_none_is_learned(sets):
    kept, held = examples.split(sets)

    again, _ = examples.split(sets)
    assert kept == again
    assert 0 < sum(map(len, held.values())) < len(kept) / 4
    out = {example.words for part in held.values() for example in part}
    assert not out & {example.words for example in kept}


def test_what_stands_in_a_development_set_is_not_learned(sets):
    kept, _ = examples.split(sets)

    assert ("Word7", "of", "btc") not in {example.words for example in kept}
    assert ("Word8", "of", "btc") in {example.words for example in kept}


def test_exchanged_names_keep_their_types_and_made_lines_have_a_tag_a_word():
    known = made.names([ADA] * 3)
    random = Random(7)  # noqa: S311 - seeded on purpose

    exchanged = made.exchanged(ADA, known, random, share=1.0)

    kinds = [kind for _, _, kind in examples.spans(exchanged.tags)]
    assert kinds == ["PER", "LOC"]
    assert len(exchanged.words) == len(exchanged.tags)


def test_without_its_packages_training_says_what_to_install(tmp_path):
    blocked = (
        "import sys; sys.modules['torch'] = None; sys.argv[1:] = ['--data', '.', '--out', '.']"
    )
    code = f"{blocked}; from briefs.recogniser.train.__main__ import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 1
    assert "install with -e '.[train]'" in done.stderr
    assert "Traceback" not in done.stderr
