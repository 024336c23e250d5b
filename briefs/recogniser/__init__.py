"""Sentences as words in, the names in them out: a small neural tagger that needs no network.

The weights lie beside this file; CARD.md says where they come from and what they can do. They
are read on the first call, and numpy and onnxruntime are imported then.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefs.recogniser.tokens import Token, words

if TYPE_CHECKING:
    from briefs.recogniser.encoder import Encoder

__all__ = ["Tagged", "Token", "tag", "words"]


class Tagged(NamedTuple):
    """A name: words [start, end) of a sentence, and how sure the tagger is of it (0 to 1).

    `label` is one of PER ORG LOC NORP EVENT PROD DATE.
    """

    start: int
    end: int
    label: str
    score: float


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
