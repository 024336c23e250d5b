"""Our sentences in, sumy's document out: each line keeps its place, whatever its text."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence

from briefs import words
from briefs.model import Sentence
from briefs.summaries import lines


class Line(SumySentence):  # type: ignore[misc]  # sumy has no types
    """A sentence of ours for sumy.

    sumy keeps ratings under a sentence's text, so that copies share one and all come back; here a
    line equals itself alone.
    """

    __slots__ = ("discount", "origin")
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    def __init__(self, origin: Sentence, *, is_heading: bool = False) -> None:
        super().__init__(origin.text, Tokenizer(), is_heading)
        self.origin = origin
        self.discount = lines.discount(origin)


class Tokenizer:
    """Our own words for sumy, whose tokenizer wants data that no package brings."""

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the words of *text*, lower-cased."""
        return words.words(text)


def document(
    sentences: Sequence[Sentence], headings: Iterable[Sentence] = ()
) -> ObjectDocumentModel:
    """Make one paragraph of each document's *sentences*; *headings* come as a paragraph before."""
    titles = Paragraph([Line(heading, is_heading=True) for heading in headings])
    texts = [
        Paragraph([Line(sentence) for sentence in together])
        for _, together in groupby(sentences, key=lambda sentence: sentence.document)
    ]
    return ObjectDocumentModel([titles, *texts] if titles.headings else texts)


def normal(language: str) -> tuple[Callable[[str], str], frozenset[str]]:
    """Return what a summarizer needs to know of a language: its stemmer, its stop words."""
    return partial(words.stem, language=language), words.stop_words(language)
