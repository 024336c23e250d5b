"""Re-DocRED in, documents with the names that stand for one person, body or place out.

The repository tonytan48/Re-DocRED (MIT; the text is Wikipedia's, CC BY-SA), file
`data/dev_revised.json`, under the folder `Re-DocRED`. The recogniser learns names from
these very texts, so names are found better here than elsewhere; who is whom it does not learn.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from briefs.model import Kind
from tests.benchmarks import spacing
from tests.benchmarks.linking import Clustered

FILE = Path("Re-DocRED", "data", "dev_revised.json")
_KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE}


def load(corpora: Path) -> Iterator[Clustered]:
    """Yield the documents that lie in the folder *corpora*."""
    for each in json.loads((corpora / FILE).read_text(encoding="utf-8")):
        yield _document(each["sents"], each["vertexSet"])


def _document(
    sents: Sequence[Sequence[str]], vertices: Sequence[Sequence[Mapping[str, Any]]]
) -> Clustered:
    text, places = spacing.write([token for sent in sents for token in sent])
    offsets = [0, *accumulate(len(sent) for sent in sents)]
    clusters = {}
    for number, vertex in enumerate(vertices):
        for mention in vertex:
            first, end = (offsets[mention["sent_id"]] + at for at in mention["pos"])
            span = places[first]._replace(end=places[end - 1].end)
            if mention["type"] in _KINDS:
                clusters[span] = number
    return Clustered(text, clusters)
