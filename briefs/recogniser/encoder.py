"""The weights in, a tagger that scores the words of a sentence out."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from briefs.errors import DaybriefError
from briefs.recogniser.decode import Scores
from briefs.recogniser.shapes import shape
from briefs.recogniser.wordpiece import WordPiece

_FOLDER = Path(__file__).parent
_MOST_PIECES = 254  # in one window; the tagger reads 256, with the marks at its ends
_OVERLAP = 64  # pieces that two windows share, so that every word has words around it


class Session(Protocol):
    """What we use of an onnxruntime session."""

    def run(self, outputs: None, inputs: dict[str, NDArray[np.generic]]) -> list[Scores]:
        """Return the outputs for *inputs*."""


class Embeddings(NamedTuple):
    """Word vectors in four bits: two values a byte, one scale for each run of 48 values."""

    packed: NDArray[np.uint8]  # (pieces, 192)
    scales: NDArray[np.float16]  # (pieces, 8)

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of *ids*: (ids, 384)."""
        packed, scales = self.packed[list(ids)], self.scales[list(ids)].astype(np.float32)
        values = np.stack((packed & 15, packed >> 4), axis=-1).astype(np.float32) - 7.5
        runs = values.reshape(len(scales), scales.shape[1], -1) * scales[:, :, None]
        return runs.reshape(len(scales), -1)


class _Window(NamedTuple):
    """Words [start, end) of a sentence that the tagger reads at once."""

    start: int
    end: int


class Encoder:
    """A loaded tagger; `labels` are the columns of its scores."""

    def __init__(
        self, session: Session, embeddings: Embeddings, pieces: WordPiece, labels: tuple[str, ...]
    ) -> None:
        self._session = session
        self._embeddings = embeddings
        self._pieces = pieces
        self.labels = labels

    def scores(self, words: Sequence[str]) -> Scores:
        """Return the log probability of each label for each word: (words, labels).

        A sentence of any length is read in windows; where two overlap, a word's scores come
        from the one in which it stands further from the edge.
        """
        pieces = [self._pieces.pieces(word) for word in words]
        found = np.zeros((len(words), len(self.labels)), np.float32)
        done = 0
        for window in _windows([len(ids) for ids in pieces]):
            from_ = window.start + (done - window.start) // 2
            scores = self._window(
                words[window.start : window.end], pieces[window.start : window.end]
            )
            found[from_ : window.end] = scores[from_ - window.start :]
            done = window.end
        return found

    def _window(self, words: Sequence[str], pieces: Sequence[tuple[int, ...]]) -> Scores:
        ids, shapes, firsts = [self._pieces.first], [0], []
        for word, parts in zip(words, pieces, strict=True):
            firsts.append(len(ids))
            ids += parts
            shapes += [shape(word)] * len(parts)
        ids.append(self._pieces.last)
        shapes.append(0)
        inputs: dict[str, NDArray[np.generic]] = {
            "embeds": self._embeddings.vectors(ids)[None],
            "attention_mask": np.ones((1, len(ids)), np.int64),
            "case_ids": np.array([shapes], np.int64),
        }
        return _log_probabilities(self._session.run(None, inputs)[0][0][firsts])


def _windows(lengths: Sequence[int]) -> Iterator[_Window]:
    """Yield windows that cover all words, given each word's length in pieces."""
    start = 0
    while start < len(lengths):
        end = _reach(lengths, start, _MOST_PIECES)
        yield _Window(start, end)
        if end == len(lengths):
            return
        start = max(start + 1, _reach_back(lengths, end, _OVERLAP))


def _reach(lengths: Sequence[int], start: int, most: int) -> int:
    """Return the end of the longest run of words from *start* with at most *most* pieces."""
    end, total = start, 0
    while end < len(lengths) and total + lengths[end] <= most:
        total += lengths[end]
        end += 1
    return end


def _reach_back(lengths: Sequence[int], end: int, most: int) -> int:
    """Return the start of the longest run of words up to *end* with at most *most* pieces."""
    start, total = end, 0
    while total + lengths[start - 1] <= most:
        start -= 1
        total += lengths[start]
    return start


def _log_probabilities(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logs: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


def load(folder: Path = _FOLDER) -> Encoder:
    """Return the tagger in *folder*; raises DaybriefError when a file is missing or damaged."""
    try:
        embeddings = _embeddings(folder / "emb4.npz")
        pieces = _pieces(folder / "vocab.txt", len(embeddings.packed))
        labels = tuple(json.loads((folder / "labels.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _damaged(error) from error
    return Encoder(_session(folder / "enc.int8.onnx"), embeddings, pieces, labels)


def _pieces(path: Path, size: int) -> WordPiece:
    vocabulary = path.read_text(encoding="utf-8").split("\n")
    if len(vocabulary) != size:
        raise ValueError(f"{path.name} has {len(vocabulary)} lines, not {size}")
    return WordPiece(vocabulary)


def _embeddings(path: Path) -> Embeddings:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Embeddings(arrays["q"], arrays["s"])


def _session(path: Path) -> Session:
    """Open the network on one thread, giving memory back after each run."""
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False  # sentences differ in length, so no pattern recurs
    known = (faults.Fail, faults.InvalidGraph, faults.InvalidProtobuf, faults.NoSuchFile)
    try:
        session: Session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
    except (*known, faults.InvalidArgument, faults.NoModel, faults.RuntimeException) as error:
        raise _damaged(error) from error
    return session


def _damaged(error: Exception) -> DaybriefError:
    reason = " ".join(str(error).split())[:120]
    return DaybriefError(
        f"The files that recognise names are missing or damaged ({reason}): reinstall daybrief."
    )
