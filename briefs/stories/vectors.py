"""Documents in, their TF-IDF vectors out, and how alike they are."""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from briefs import words
from briefs.model import Document

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.int32]

WINDOW = 7.0  # days
_DAY = 86_400.0  # seconds

LEAST = 0.1  # that a stem counts
_LEAD = 80  # words at the beginning that count twice
_NAMED = 3  # times that a name counts: names tell two events of one kind apart
_FIGURES = 0.02  # of the background's documents that are thought to have any one figure

# Documents of no story that are thought to be there too, where no frequencies are shipped: without
# them every word of two reports of one event would be a common one. Few where common words are not
# known, which would be taken for rare ones.
_BACKGROUND = 1_000
_BACKGROUND_WITH_STOP_WORDS = 2

_SHARE = 10  # a stem is common when more than one document in so many has it
_BLOCK = 256  # documents that are multiplied at once

_CAPITALS = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0401-\u042f\u0490"
# A name is not the first word of a sentence. To look behind after the capital takes half the time.
_NAME = re.compile(rf"[{_CAPITALS}](?<=[\w,;] .)\w*(?:['\u2019-]\w+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_TERMS = 200_000  # words whose stems are kept


class Vectors(NamedTuple):
    """Unit vectors of documents over their stems, as compressed rows.

    What only one document has makes no two alike, and is not kept. Rows are in the order of the
    documents, and the entries of row *i* stand from `starts[i]` to `starts[i + 1]`.
    """

    starts: Ints
    columns: Numbers
    weights: Weights
    days: Floats  # since the epoch; not a number where unknown

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Vectors":
        """Weigh the stems of *documents*."""
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        columns, times, lengths = array("i"), array("i"), array("i")
        for document in documents:
            counted = stems(document)
            columns.extend(map(numbers.__getitem__, counted))
            times.extend(counted.values())
            lengths.append(len(counted))
        found = np.frombuffer(columns, np.int32) if columns else np.empty(0, np.int32)
        counts = np.frombuffer(times, np.int32) if times else np.empty(0, np.int32)
        starts = np.concatenate([[0], np.cumsum(np.array(lengths, np.int64))])
        weights = 1 + np.log(counts.astype(np.float32))
        for language in sorted({document.language for document in documents}):
            own = np.array([document.language == language for document in documents])
            entries = np.repeat(own, np.diff(starts))
            rarity = _rarity(found[entries], list(numbers), int(own.sum()), language)
            weights[entries] *= rarity[found[entries]]
        days = np.array([_day(document.published or document.arrived) for document in documents])
        return cls(starts, found, _unit(starts, weights), days).shared()

    @property
    def many(self) -> int:
        """How many documents there are."""
        return self.days.size

    def only(self, places: Ints) -> "Vectors":
        """Return the vectors of the documents at *places*."""
        lengths = self.starts[places + 1] - self.starts[places]
        entries = spread(self.starts[places], lengths)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        some = Vectors(starts, self.columns[entries], self.weights[entries], self.days[places])
        return some.shared()

    def cosines(self) -> Iterator[Floats]:
        """Yield for each document its cosines with those before it; 0 beyond the date window.

        The few stems that many documents have are multiplied as a full matrix, the many that few
        have along the lists of the documents that have them.
        """
        rows = np.repeat(np.arange(self.many), np.diff(self.starts))
        frequency = np.bincount(self.columns)
        often = (frequency * _SHARE > self.many)[self.columns]
        common = _full(rows[often], self.columns[often], self.weights[often], self.many)
        seldom = Lists.of(rows[~often], self.columns[~often], self.weights[~often], self.many)
        for start in range(0, self.many, _BLOCK):
            end = min(start + _BLOCK, self.many)
            # Not "@": its threads would take every core, and longer on a busy machine.
            products = np.einsum("ij,kj->ik", common[start:end], common[:end])
            for place in range(start, end):
                cosines = products[place - start, :place] + seldom.products(place, place)
                cosines[self.apart(place, slice(0, place))] = 0.0
                yield cosines

    def apart(self, place: int, others: Ints | slice) -> NDArray[np.bool_]:
        """Tell which of *others* are beyond the date window of *place*; none of unknown date is."""
        beyond: NDArray[np.bool_] = np.abs(self.days[others] - self.days[place]) > WINDOW
        return beyond

    def within(self) -> Ints:
        """Return for each document the first that may be in its date window.

        The documents stand in the order of their dates, those of none at the end.
        """
        firsts = np.searchsorted(self.days, self.days - WINDOW)
        firsts[np.isnan(self.days)] = 0
        return firsts

    def centrality(self) -> Floats:
        """Return for each document the sum of its cosines with them all."""
        total = np.bincount(self.columns, self.weights)
        rows = np.repeat(np.arange(self.many), np.diff(self.starts))
        products = self.weights * total[self.columns]
        return np.bincount(rows, products, self.many).astype(np.float64, copy=False)

    def shared(self) -> "Vectors":
        """Leave out what one document has alone, and number the stems anew."""
        frequency = np.bincount(self.columns)
        numbers = (np.cumsum(frequency > 1) - 1).astype(np.int32)
        shared = frequency[self.columns] > 1
        kept = np.concatenate([[0], np.cumsum(shared)])[self.starts]
        return Vectors(kept, numbers[self.columns[shared]], self.weights[shared], self.days)


class Lists(NamedTuple):
    """For each stem the documents that have it, in their order; and for each document where."""

    starts: Ints  # of each document's entries
    weights: Weights  # of the entries
    firsts: Ints  # where the list of an entry's stem begins
    places: Ints  # where an entry stands in that list
    list_rows: Numbers
    list_weights: Weights

    @classmethod
    def of(cls, rows: Ints, columns: Numbers, weights: Weights, many: int) -> "Lists":
        """Order entries, which are given row by row, by their columns."""
        order = np.argsort(columns, kind="stable")
        firsts = np.searchsorted(columns[order], columns)
        places = np.empty_like(order)
        places[order] = np.arange(order.size)
        starts = np.searchsorted(rows, np.arange(many + 1))
        lists = rows[order].astype(np.int32), weights[order]
        return cls(starts, weights, firsts, places, *lists)

    def products(self, row: int, many: int, *, longest: int | None = None) -> Floats:
        """Return the products of *row* with the *many* rows directly before it.

        Of each list only the *longest* entries directly before it are looked at.
        """
        span = slice(self.starts[row], self.starts[row + 1])
        places, firsts = self.places[span], self.firsts[span]
        if longest is not None:
            firsts = np.maximum(firsts, places - longest)
        entries = spread(firsts, places - firsts)
        products = self.list_weights[entries] * np.repeat(self.weights[span], places - firsts)
        found = self.list_rows[entries] - (row - many)
        if many < row:
            found, products = found[found >= 0], products[found >= 0]
        return np.bincount(found, products, many).astype(np.float64, copy=False)


class Background(NamedTuple):
    """Of so many documents, how many have each stem, and how many any one figure."""

    documents: int
    counts: Mapping[str, int]
    figures: float


def stems(document: Document) -> dict[str, int]:
    """Count the stems and figures of *document*; its lead counts twice, names three times."""
    found = words.words(f"{document.title}\n{document.text}")
    times = Counter(found)
    named = Counter(map(_folded, _NAME.findall(document.text)))
    names = [word for word, many in named.items() if 0 < times[word] <= 2 * many]
    times.update(found[:_LEAD])
    for name in names:
        times[name] *= _NAMED
    times.update(map(_figure, _FIGURE.findall(document.text)))
    known, counted = _terms(document.language), dict[str, int]()
    for word, many in times.items():
        if term := known[word]:
            counted[term] = counted.get(term, 0) + many
    return counted


def sequence(document: Document) -> list[str]:
    """Return the stems of *document* in their order, without stop words."""
    found = words.words(f"{document.title}\n{document.text}")
    return list(filter(None, map(_terms(document.language).__getitem__, found)))


def background(language: str) -> Background:
    """Return how many documents of no story are thought to be there too."""
    known = words.frequencies(language)
    documents = known.documents
    if not documents:
        stop_words = words.stop_words(language)
        documents = _BACKGROUND if stop_words else _BACKGROUND_WITH_STOP_WORDS
    return Background(documents, known.counts, _FIGURES * documents)


def spread(firsts: Ints, lengths: Ints) -> Ints:
    """Return the numbers of all spans, which begin at *firsts*, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if ends.size else 0
    numbers: Ints = np.arange(total) + np.repeat(firsts - ends + lengths, lengths)
    return numbers


class _Terms(dict[str, str]):
    """The stems of words, without accents, in which outlets differ; "" of a stop word."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._stop_words = words.stop_words(language)

    def __missing__(self, word: str) -> str:
        if len(self) >= _TERMS:
            self.clear()
        self[word] = term = "" if word in self._stop_words else self._stem(word)
        return term

    def _stem(self, word: str) -> str:
        if word[0].isdigit():
            return word
        if not word.isascii():
            apart = unicodedata.normalize("NFKD", word)
            word = "".join(letter for letter in apart if not unicodedata.combining(letter))
        return words.stem(word, self._language)


_terms = lru_cache(maxsize=32)(_Terms)


def _folded(name: str) -> str:
    return name.casefold().replace("\u2019", "'")


def _figure(figure: str) -> str:
    return figure.replace(",", "")


def _rarity(columns: Numbers, names: Sequence[str], many: int, language: str) -> Weights:
    """Return what each stem tells, by the *many* documents of *language* and by the background.

    *columns* has the number of a stem as often as there are documents that have it.
    """
    known = background(language)
    having = np.bincount(columns, minlength=len(names)).astype(np.float64)
    counts, figures = known.counts, known.figures
    having += [figures if name[0].isdigit() else counts.get(name, 0) for name in names]
    rarity = np.log((many + known.documents + 2) / (having + 0.5)).clip(LEAST)
    return rarity.astype(np.float32)


def _unit(starts: Ints, weights: Weights) -> Weights:
    rows = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    lengths = np.sqrt(np.bincount(rows, weights * weights, starts.size - 1))
    return (weights / lengths[rows]).astype(np.float32)


def _full(rows: Ints, columns: Numbers, weights: Weights, many: int) -> Weights:
    present = np.unique(columns)
    full = np.zeros((many, present.size), dtype=np.float32)
    full[rows, np.searchsorted(present, columns)] = weights
    return full


def _day(moment: datetime | None) -> float:
    return moment.timestamp() / _DAY if moment else float("nan")
