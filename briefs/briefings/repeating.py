"""Documents of a window in, the paragraphs that an outlet puts under many of them out.

"Follow us on …" and the history that stands under every report are no news in any of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from briefs import words
from briefs.model import Document, DocumentId, Sentence, SentenceKind

# by outlet, folded
Refrains: TypeAlias = Mapping[str, frozenset[str]]

_FEWEST = 3  # documents that a paragraph stands in
_FEWEST_WORDS = 4
_LONGEST = 1_000  # characters of a paragraph that is compared


def refrains(documents: Iterable[Document]) -> Refrains:
    """Return the paragraphs that stand in three *documents* or more that one outlet wrote.

    Only documents that are mostly their own count: copies of one report make no refrain.
    """
    written: dict[str, list[frozenset[str]]] = defaultdict(list)
    for document in documents:
        written[document.outlet].append(frozenset(_paragraphs(document.text)))
    found = {outlet: _refrains(texts) for outlet, texts in written.items()}
    return {outlet: paragraphs for outlet, paragraphs in found.items() if paragraphs}


def _refrains(texts: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the paragraphs of three or more of *texts*, of those that are mostly their own."""
    if len(texts) < _FEWEST:
        return frozenset()
    counts = Counter(paragraph for text in texts for paragraph in text)
    own = [text for text in texts if 2 * sum(counts[each] == 1 for each in text) >= len(text)]
    among = Counter(paragraph for text in own for paragraph in text)
    return frozenset(paragraph for paragraph, number in among.items() if number >= _FEWEST)


def marked(
    sentences: Iterable[Sentence], documents: Mapping[DocumentId, Document], known: Refrains
) -> Iterator[Sentence]:
    """Give *sentences* again; those in a refrain are boilerplate, which is never shown."""
    for sentence in sentences:
        document = documents[sentence.document]
        own = known.get(document.outlet)
        if own and _fold(_around(document.text, sentence)) in own:
            yield replace(sentence, kind=SentenceKind.BOILERPLATE)
        else:
            yield sentence


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        if len(paragraph) <= _LONGEST and paragraph.count(" ") >= _FEWEST_WORDS - 1:
            yield _fold(paragraph)


def _around(text: str, sentence: Sentence) -> str:
    start = text.rfind("\n", 0, sentence.span.start) + 1
    end = text.find("\n", sentence.span.end)
    return text[start : end if end >= 0 else len(text)]


def _fold(paragraph: str) -> str:
    return words.fold(paragraph.strip())
