"""A text of many sentences in, how many of its documents have each stem out.

`python -m briefs.words.counting SENTENCES TABLE` makes the table that is shipped for English, from
one sentence a line, tokenised, in the order of the articles. Where an article ends is not marked
in that text: so many sentences in a row as an article has on average count as one document.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path

from briefs import words

_TOGETHER = 12  # sentences that count as one document
_RAREST = 3  # a stem in fewer documents is as good as one in none
_WIDTH = 100
_APART = ((" 's", "'s"), (" n't", "n't"), (" 're", "'re"), (" 've", "'ve"), (" 'll", "'ll"))


def count(sentences: Iterable[str], language: str) -> tuple[int, Counter[str]]:
    """Return the number of documents in *sentences*, and in how many of them each stem stands."""
    found: Counter[str] = Counter()
    documents = 0
    for together in _runs(sentences):
        documents += 1
        text = "\n".join(map(_joined, together))
        found.update({words.stem(word, language) for word in words.words(text)})
    return documents, found


def written(documents: int, found: Counter[str]) -> str:
    """Return a table: the number of documents, then each count with the stems that have it."""
    kept = sorted((-many, stem) for stem, many in found.items() if many >= _RAREST)
    rows = [str(documents)]
    for many, group in groupby(kept, key=lambda pair: -pair[0]):
        rows.extend(f"{many} {stems}" for stems in _filled(stem for _, stem in group))
    return "\n".join(rows) + "\n"


def _runs(sentences: Iterable[str]) -> Iterator[Sequence[str]]:
    left = iter(sentences)
    while together := list(islice(left, _TOGETHER)):
        yield together


def _joined(sentence: str) -> str:
    """Put back together what the tokeniser took apart inside a word."""
    for apart, whole in _APART:
        sentence = sentence.replace(apart, whole)
    return sentence


def _filled(stems: Iterable[str]) -> Iterator[str]:
    """Set *stems* in rows of some hundred characters."""
    row = ""
    for stem in stems:
        if len(row) > _WIDTH:
            yield row
            row = ""
        row = f"{row} {stem}".strip()
    if row:
        yield row


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as source:
        table = written(*count(source, "en"))
    Path(sys.argv[2]).write_text(table, encoding="utf-8", newline="\n")
