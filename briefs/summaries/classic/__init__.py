"""A sumy document in, its sentences in the order of their worth out: sumy's algorithms by name.

All give the sentences that sumy's own classes give. Those that would compare every line with
every other in Python do so with numpy, a block of lines at a time; and where sumy's answer depends
on the hash seed, on rounding noise, or is not a number, the methods concerned are replaced.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer

from briefs.summaries import dom
from briefs.summaries.classic.lex_rank import LexRank
from briefs.summaries.classic.lsa import Lsa
from briefs.summaries.classic.reduction import Reduction
from briefs.summaries.classic.text_rank import TextRank


class _Luhn(LuhnSummarizer):  # type: ignore[misc]  # sumy has no types
    def _get_significant_words(self, words: Iterable[str]) -> frozenset[str]:
        """Return a set of what sumy returns a tuple of, in which it then looks up every word."""
        return frozenset(super()._get_significant_words(words))


class _Edmundson(EdmundsonSummarizer):  # type: ignore[misc]  # sumy has no types
    def __init__(self, stemmer: Any) -> None:  # noqa: ANN401
        super().__init__(stemmer, cue_weight=0.0)  # its cue words suit no news

    @property
    def stop_words(self) -> frozenset[str]:
        """What the others call stop words; it refuses to work without any."""
        return frozenset(self.null_words)

    @stop_words.setter
    def stop_words(self, words: frozenset[str]) -> None:
        self.null_words = words or {"the"}


_SUMMARIZERS = {
    "lexrank": LexRank,
    "textrank": TextRank,
    "lsa": Lsa,
    "luhn": _Luhn,
    "sumbasic": SumBasicSummarizer,
    "kl": KLSummarizer,
    "reduction": Reduction,
    "edmundson": _Edmundson,
}


def order(document: Any, algorithm: str, language: str) -> list[int]:  # noqa: ANN401
    """Return the places in `document.sentences`, the best first; ties in the order of the text."""
    ranked: list[int] = []

    def keep(infos: Sequence[Any]) -> Sequence[Any]:
        ranked.extend(info.order for info in infos)
        return infos

    summarizer(algorithm, language)(document, keep)
    return ranked


def summarizer(algorithm: str, language: str) -> Any:  # noqa: ANN401
    """Return the summarizer of that name, of sumy's kind, with stemmer and stop words set."""
    stemmer, stop_words = dom.normal(language)
    made = _SUMMARIZERS[algorithm](stemmer)
    made.stop_words = stop_words
    return made
