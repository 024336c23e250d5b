"""Any installed spaCy pipeline may find the names, under the same contract as our recogniser."""

import sys
from typing import NamedTuple

import pytest

from briefs import documents, entities, ingest, recogniser, sentences
from briefs.errors import DaybriefError
from briefs.model import Kind
from briefs.recogniser import Tagged, spacy_backend

MISSING = "spaCy is not installed: pip install -c constraints.txt -e '.[spacy]'"

TEXT = "The Storm Shadow Works met Ada Smith in Old Town."


class _Entity(NamedTuple):
    start: int
    end: int
    label_: str


class _Doc:
    def __init__(self, vocab, words):
        self.words = words
        self.ents = ()


class _Scripted:
    """A pipeline that finds what it is told to find."""

    vocab = None

    def __init__(self, *found):
        self._found = found

    def __call__(self, doc):
        doc.ents = tuple(each for each in self._found if each.end <= len(doc.words))
        return doc


@pytest.fixture
def pipeline(tmp_path):
    """The folder of an installed pipeline: English words, and names from a list."""
    spacy = pytest.importorskip("spacy", reason=MISSING)
    language = spacy.blank("en")
    language.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "ORG", "pattern": "Storm Shadow Works"},
            {"label": "PERSON", "pattern": "Ada Smith"},
            {"label": "GPE", "pattern": "Old Town"},
            {"label": "CARDINAL", "pattern": "met"},
        ]
    )
    language.to_disk(tmp_path / "names")
    return tmp_path / "names"


def test_a_pipelines_names_are_spans_of_our_words_in_our_kinds():
    scripted = _Scripted(
        _Entity(0, 2, "PERSON"), _Entity(2, 3, "CARDINAL"), _Entity(3, 4, "FAC"),
        _Entity(4, 5, "WORK_OF_ART"), _Entity(5, 6, "PRODUCT"),
    )  # fmt: skip
    tagger = spacy_backend.Pipeline(scripted, _Doc)

    long, short, none = tagger.tag([["a", "b", "c", "d", "e", "f"], ["a", "b"], []])

    assert long == (
        Tagged(0, 2, "PER", 0.9), Tagged(3, 4, "LOC", 0.9), Tagged(5, 6, "PROD", 0.9),
    )  # fmt: skip
    assert (short, none) == ((Tagged(0, 2, "PER", 0.9),), ())


def test_an_installed_pipeline_finds_the_names(pipeline):
    document = documents.of(TEXT)

    found = entities.find(document, sentences.split(document), recogniser=f"spacy:{pipeline}")

    assert [(m.text, m.kind) for m in found] == [
        ("Storm Shadow Works", Kind.ORGANISATION),
        ("Ada Smith", Kind.PERSON),
        ("Old Town", Kind.PLACE),
    ]


def test_the_chosen_recogniser_reads_the_whole_document(pipeline):
    found = ingest.find(documents.of(TEXT), recogniser=f"spacy:{pipeline}")

    assert [each.name for each in found.entities] == ["Storm Shadow Works", "Ada Smith", "Old Town"]


def test_without_spacy_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)

    with pytest.raises(DaybriefError, match=r"-e '\.\[spacy\]'"):
        recogniser.check("spacy:en_core_web_sm")


def test_without_the_pipeline_one_sentence_says_how_to_get_it():
    pytest.importorskip("spacy", reason=MISSING)

    with pytest.raises(DaybriefError, match="python -m spacy download en_nothing_xl"):
        recogniser.tagger("spacy:en_nothing_xl")


@pytest.mark.parametrize("name", ["spacy:", "flair:en", "en_core_web_sm"])
def test_a_recogniser_of_another_name_is_refused(name):
    with pytest.raises(DaybriefError, match="There is no recogniser"):
        recogniser.check(name)


def test_ours_is_the_recogniser_when_none_is_named():
    words = ["Angela", "Merkel", "met", "Barack", "Obama", "."]

    recogniser.check("")

    assert recogniser.tagger("").tag([words]) == recogniser.tag([words])
