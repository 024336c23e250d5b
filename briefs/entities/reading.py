"""Sentences as the recogniser reads them: words with their places, and names over the words."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs import recogniser
from briefs.model import Kind, Mention, Sentence
from briefs.recogniser import Tagger

_KINDS = {
    "PER": Kind.PERSON,
    "ORG": Kind.ORGANISATION,
    "LOC": Kind.PLACE,
    "NORP": Kind.NATIONALITY,
    "EVENT": Kind.EVENT,
    "PROD": Kind.PRODUCT,
    "DATE": Kind.DATE,
}


_FEWEST_CAPITALS = 0.7  # of the words of a line that is set in capitals throughout


class Name(NamedTuple):
    """Words [start, end) of a sentence that are a name; `score` says how surely, 0 to 1."""

    start: int
    end: int
    kind: Kind
    score: float


class Reading(NamedTuple):
    """A sentence with its words and the names among them, in order and apart."""

    sentence: Sentence
    words: tuple[recogniser.Token, ...]
    names: tuple[Name, ...] = ()

    def text(self, name: Name) -> str:
        """Return *name* as it is written in the sentence."""
        return self.sentence.text[self.words[name.start].start : self.words[name.end - 1].end]

    def apart_from(self, names: Sequence[Name]) -> tuple[Name, ...]:
        """Return the names that share no word with *names*."""
        taken = {i for name in names for i in range(name.start, name.end)}
        return tuple(n for n in self.names if taken.isdisjoint(range(n.start, n.end)))

    @property
    def is_shouted(self) -> bool:
        """Whether the sentence is set in capitals throughout, as a headline may be."""
        words = [word.text for word in self.words if word.text.isalpha()]
        return len(words) > 1 and sum(map(str.isupper, words)) > _FEWEST_CAPITALS * len(words)

    def word(self, place: int) -> str:
        """Return the word at *place* in lower case, "" outside the sentence."""
        return self.words[place].text.lower() if 0 <= place < len(self.words) else ""

    def mention(self, name: Name) -> Mention:
        """Return *name* as a mention in the document."""
        span = self.sentence.span
        start = span.start + self.words[name.start].start
        end = span.start + self.words[name.end - 1].end
        text = self.text(name)
        return Mention(
            sentence=self.sentence.index, span=type(span)(start, end), text=text, kind=name.kind
        )


def read(sentences: Sequence[Sentence], tagger: Tagger) -> tuple[Reading, ...]:
    """Return *sentences* with the names that *tagger* sees in them."""
    words = [recogniser.words(sentence.text) for sentence in sentences]
    tagged = tagger.tag([[word.text for word in line] for line in words])
    return tuple(
        Reading(
            sentence, line, tuple(Name(t.start, t.end, _KINDS[t.label], t.score) for t in found)
        )
        for sentence, line, found in zip(sentences, words, tagged, strict=True)
    )
