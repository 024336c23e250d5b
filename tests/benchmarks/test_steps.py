"""Autocomplete and the head of a card cost the same in a library 16 times as large."""

import pytest

from tests.benchmarks import steps, synthetic


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    return steps.measure(tmp_path_factory.mktemp("steps"), 500, 8_000, batch=250)


@pytest.mark.parametrize("name", ["autocomplete, 1 letter", "autocomplete, 4 letters"])
def test_autocomplete_takes_the_same_steps(costs, name):
    assert costs[name].small
    assert costs[name].ratio <= 1.05


@pytest.mark.parametrize("name", ["card: head", "document by id"])
def test_the_head_of_a_card_and_a_document_take_hardly_more_steps(costs, name):
    assert costs[name].small
    assert costs[name].ratio <= steps.LIMITS[name] + 0.005


def test_every_question_has_its_limit(costs):
    assert costs.keys() == steps.LIMITS.keys()


def test_a_document_is_the_same_whatever_was_made_before_it():
    first = synthetic.document(7)
    synthetic.document(8)

    assert synthetic.document(7) == first
