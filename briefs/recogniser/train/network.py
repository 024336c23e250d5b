"""The base model in, a tagger out that reads word vectors and shapes of words."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from transformers import BertConfig, BertForTokenClassification

from briefs.recogniser.decode import Scores
from briefs.recogniser.shapes import shape
from briefs.recogniser.train.examples import LABELS
from briefs.recogniser.wordpiece import WordPiece

_SHAPES = 10
_MOST_PIECES = 256
_TYPES = "embeddings.token_type_embeddings.weight"


class Pieces(NamedTuple):
    """A sentence as the tagger reads it: ids and shapes of its pieces, first piece of each word."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    firsts: NDArray[np.int64]


class Tagger(NamedTuple):
    """A network, the word vectors that it reads, and the pieces that they belong to.

    The vectors are never trained: that is faster, and they survive four bits. The shape of a
    word enters where BERT has the kind of a segment.
    """

    network: BertForTokenClassification
    vectors: torch.Tensor
    pieces: tuple[str, ...]
    vocabulary: WordPiece

    def logits(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the scores of labels: (sentences, pieces, labels)."""
        out = self.network(
            inputs_embeds=self.vectors[ids], token_type_ids=shapes, attention_mask=mask
        )
        return out.logits.float()

    def scores(self, words: Sequence[str]) -> Scores:
        """Return the log probability of each label for each word, for measuring."""
        pieces = cut(words, self.vocabulary, _MOST_PIECES)
        ids, shapes = torch.from_numpy(pieces.ids)[None], torch.from_numpy(pieces.shapes)[None]
        with torch.no_grad():
            logits = self.logits(ids, shapes, torch.ones_like(ids))[0, pieces.firsts]
        found = np.zeros((len(words), len(LABELS)), np.float32)
        found[: len(logits)] = torch.log_softmax(logits, -1).numpy()
        return found


def load(base: Path) -> Tagger:
    """Return a fresh tagger with the weights of the model in *base*."""
    config = BertConfig.from_pretrained(base)
    config.update({"vocab_size": 1, "type_vocab_size": _SHAPES, "num_labels": len(LABELS)})
    config._attn_implementation = "eager"  # noqa: SLF001  (what the optimiser of graphs knows)
    network = BertForTokenClassification(config)
    weights = load_file(base / "model.safetensors")
    vectors = weights.pop("embeddings.word_embeddings.weight")
    noise = torch.randn(_SHAPES, vectors.shape[1]) * 0.01
    weights[_TYPES] = weights[_TYPES][:1] + noise
    network.bert.load_state_dict(weights, strict=False)
    pieces = tuple((base / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n"))
    return Tagger(network, vectors, pieces, WordPiece(pieces))


def cut(words: Sequence[str], vocabulary: WordPiece, most: int) -> Pieces:
    """Return the pieces of *words*, as many words as fit *most* pieces."""
    ids, shapes, firsts = [vocabulary.first], [0], []
    for word in words:
        parts = vocabulary.pieces(word)
        if len(ids) + len(parts) >= most:
            break
        firsts.append(len(ids))
        ids += parts
        shapes += [shape(word)] * len(parts)
    arrays = ([*ids, vocabulary.last], [*shapes, 0], firsts)
    return Pieces(*(np.array(a, np.int64) for a in arrays))
