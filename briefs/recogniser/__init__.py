"""Sentences as words in, the names in them out: a small neural tagger that needs no network.

The weights lie beside this file; CARD.md says where they come from and what they can do. They
are read on the first call, and numpy and onnxruntime are imported then. `tagger` gives another
recogniser that fulfils the same contract, such as an installed spaCy pipeline.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from briefs.errors import DaybriefError
from briefs.recogniser.tagging import Tagged, Tagger
from briefs.recogniser.tokens import Token, words

if TYPE_CHECKING:
    from briefs.recogniser.encoder import Encoder

__all__ = ["Tagged", "Tagger", "Token", "check", "tag", "tagger", "words"]

_SPACY = "spacy:"


class _Ours:
    """The tagger whose weights lie beside this file."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> tuple[tuple[Tagged, ...], ...]:
        """Return the names of each sentence, in reading order."""
        return tag(sentences)


def tagger(name: str = "") -> Tagger:
    """Return the recogniser called *name*: "" is ours, "spacy:NAME" an installed pipeline.

    Raises DaybriefError when there is none of that name.
    """
    if not name:
        return _Ours()
    from briefs.recogniser import spacy_backend

    return spacy_backend.load(_pipeline(name))


def check(name: str = "") -> None:
    """Raise DaybriefError when the recogniser called *name* is not installed; loads nothing."""
    if name:
        from briefs.recogniser import spacy_backend

        spacy_backend.check(_pipeline(name))


def _pipeline(name: str) -> str:
    pipeline = name.removeprefix(_SPACY)
    if pipeline == name or not pipeline:
        raise DaybriefError(
            f'There is no recogniser "{name}": set recogniser under [analysis] to "" or to '
            '"spacy:" and the name of a pipeline.'
        )
    return pipeline


def tag(sentences: Sequence[Sequence[str]]) -> tuple[tuple[Tagged, ...], ...]:
    """Return the names of each sentence, in reading order.

    Every sentence is computed on its own, so what is found in it depends on it alone. Raises
    DaybriefError when the weights are missing or damaged.
    """
    encoder = _encoder()
    return tuple(_names(encoder, words) for words in sentences)


def _names(encoder: "Encoder", words: Sequence[str]) -> tuple[Tagged, ...]:
    """Return the names of one sentence."""
    from briefs.recogniser import decode

    if not words:
        return ()
    scores = encoder.scores(words)
    path = decode.best_path(scores, encoder.labels)
    return tuple(
        Tagged(start, end, label, decode.certainty(scores, path, start, end))
        for start, end, label in decode.spans([encoder.labels[i] for i in path])
    )


@cache
def _encoder() -> "Encoder":
    """Return the tagger of this process, loading it on the first call."""
    from briefs.recogniser import encoder

    return encoder.load()
