"""Any installed spaCy pipeline as a tagger: words in, the names that it sees in them out."""

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from briefs.errors import DaybriefError
from briefs.recogniser.tagging import Tagged

# spaCy's labels, and those of pipelines that were trained on fewer kinds, as ours.
_LABELS = {
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
    "NORP": "NORP", "EVENT": "EVENT", "PRODUCT": "PROD", "DATE": "DATE",
}  # fmt: skip
_SCORE = 0.9  # pipelines do not say how sure they are


class _Span(Protocol):
    """What we use of spaCy's Span: words [start, end) of its Doc."""

    start: int
    end: int
    label_: str


class _Doc(Protocol):
    """What we use of spaCy's Doc."""

    @property
    def ents(self) -> Sequence[_Span]:
        """Return the names, in order and apart."""


class _Vocabulary(Protocol):
    """spaCy's Vocab, of which we use nothing."""


class _Language(Protocol):
    """What we use of a spaCy pipeline."""

    vocab: _Vocabulary

    def __call__(self, doc: _Doc) -> _Doc:
        """Return *doc* with what the pipeline found in it."""


class _MakeDoc(Protocol):
    def __call__(self, vocab: _Vocabulary, words: list[str]) -> _Doc:
        """Return a Doc of exactly these *words*."""


class Pipeline(NamedTuple):
    """A loaded pipeline; it reads our words, so that its spans are spans of ours."""

    language: _Language
    make_doc: _MakeDoc

    def tag(self, sentences: Sequence[Sequence[str]]) -> tuple[tuple[Tagged, ...], ...]:
        """Return the names of each sentence, in reading order; kinds that we lack are left out."""
        return tuple(self._names(words) for words in sentences)

    def _names(self, words: Sequence[str]) -> tuple[Tagged, ...]:
        if not words:
            return ()
        found = self.language(self.make_doc(self.language.vocab, list(words)))
        return tuple(
            Tagged(span.start, span.end, _LABELS[span.label_], _SCORE)
            for span in found.ents
            if span.label_ in _LABELS
        )


def check(pipeline: str) -> None:
    """Raise DaybriefError when spaCy or the *pipeline*, a package or a folder, is not there."""
    if importlib.util.find_spec("spacy") is None:
        raise _no_spacy(pipeline)
    if not Path(pipeline).is_dir() and not _is_package(pipeline):
        raise _no_pipeline(pipeline)


def _is_package(name: str) -> bool:
    return name.isidentifier() and importlib.util.find_spec(name) is not None


@cache
def load(pipeline: str) -> Pipeline:
    """Return the installed *pipeline*; DaybriefError when it, or spaCy, is not there."""
    check(pipeline)
    try:
        import spacy
        from spacy.tokens import Doc

        language: _Language = spacy.load(pipeline)
    except (ImportError, OSError, ValueError) as error:
        raise _no_pipeline(pipeline) from error
    return Pipeline(language, Doc)


def _no_spacy(pipeline: str) -> DaybriefError:
    return DaybriefError(
        f'The recogniser "spacy:{pipeline}" needs spaCy: run '
        "pip install -c constraints.txt -e '.[spacy]' in Daybrief's folder, "
        'or set recogniser = "" under [analysis].'
    )


def _no_pipeline(pipeline: str) -> DaybriefError:
    return DaybriefError(
        f'spaCy has no pipeline "{pipeline}" that can be loaded: run python -m spacy download '
        f'{pipeline}, or set recogniser = "" under [analysis].'
    )
