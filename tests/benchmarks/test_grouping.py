"""What the commands that measure stories make, read and count."""

import pytest

from tests.benchmarks import grouping, look_alikes, streams
from tests.briefs.look_alikes import EVENTS

SENTENCES = [body for bodies in EVENTS.values() for body in bodies]


def test_a_stream_is_the_same_for_the_same_seed_and_has_copies_and_events():
    vocabulary = streams.Vocabulary.of(SENTENCES)

    made = streams.make(vocabulary, 60, seed=3)

    assert made == streams.make(vocabulary, 60, seed=3)
    assert made.documents != streams.make(vocabulary, 60, seed=4).documents
    assert sorted(document.id for document in made.documents) == [*range(1, 61)]
    assert 5 < len(set(made.events)) < 60


def test_a_made_stream_is_grouped_and_compared_with_its_events(tmp_path):
    data = tmp_path / "sentences.txt"
    data.write_text("\n".join(SENTENCES), "utf-8")

    found = grouping.measure(data, 40, seed=1)

    assert found["made"] > 3
    assert found["f1"] > 0.7
    assert found["cpu_s"] > 0


def test_articles_of_ecb_have_the_event_that_their_file_is_named_by(tmp_path):
    for name in ("1/1_2ecb.xml", "1/1_3ecbplus.xml", "1/notes.xml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("<Document><token>A</token><token>fire</token></Document>", "utf-8")

    found = look_alikes.load(tmp_path)

    assert found == [(1, "ecb", "A fire"), (1, "ecbplus", "A fire")]


def test_the_adjusted_rand_index_is_one_for_equal_clusters_and_lower_for_others():
    gold = ["a", "a", "b", "b", "b"]

    assert look_alikes._adjusted_rand(list(zip(gold, "xxyyy", strict=True))) == 1
    assert look_alikes._adjusted_rand(list(zip(gold, "xyxyx", strict=True))) == pytest.approx(
        (1 - 4 * 4 / 10) / (4 - 4 * 4 / 10)
    )
