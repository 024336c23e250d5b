"""Sentences in, those that do not stand alone out, each with why and with what would cure it.

The rules that need no language (questions, colons, open quotations, lines that start in the middle)
hold for every text; the others are for English.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from briefs.context import cures, marks, notes, rules
from briefs.context.marks import Quoting
from briefs.context.rules import Setting
from briefs.model import DocumentId, Kind, Lean, Quote, Sentence

Place = tuple[DocumentId, int]  # a document, and the index of one of its sentences
Named = Sequence[tuple[Kind, str]]  # who and what is named in a sentence, by canonical name

_FEW = 4  # lines, too few to tell how a document is written
_LONGEST = 8  # sentences that a quotation goes on for; past that its last mark was forgotten


def judge(
    sentences: Sequence[Sentence],
    *,
    names: Mapping[Place, Named] = MappingProxyType({}),
    quotes: Mapping[DocumentId, Sequence[Quote]] = MappingProxyType({}),
    language: str = "en",
) -> dict[Place, Lean]:
    """Return the quotable ones of *sentences* that lean on others, in their order.

    *sentences* are all pieces of one or more documents in reading order, headings too. *names*
    says who is named in which of them, *quotes* what is quoted in which document, in its order;
    without them no note says who is meant.
    """
    leans: dict[Place, Lean] = {}
    for document, pieces in groupby(sentences, attrgetter("document")):
        judged = _document(list(pieces), names, quotes.get(document, ()), language)
        leans.update(((document, index), lean) for index, lean in judged)
    return leans


def _document(
    pieces: Sequence[Sentence], names: Mapping[Place, Named], quotes: Sequence[Quote], language: str
) -> Iterator[tuple[int, Lean]]:
    named_at = _naming(pieces, names)
    cased = _is_cased(pieces)
    last: Sentence | None = None
    sound = True  # whether the last one may be shown, alone or with what cures it
    for piece, quoting, inside in _quoting(pieces):
        before = last if last is not None and last.index == piece.index - 1 else None
        setting = Setting(quoting, inside, cased, language)
        rule = rules.find(piece, before, setting) if piece.quotable else None
        lean = None
        if rule:
            note = notes.of_quotation(piece, rule, quotes, named_at)
            cured = before is not None and cures.by_line(rule, piece, before, stands=sound)
            if before is not None:
                note = note or notes.of_pronoun(rule, before, named_at(before.span.start))
            lean = Lean(rule.words, before=cured, note=note)
            yield piece.index, lean
        last = piece if piece.quotable else None
        sound = lean is None or lean.before or bool(lean.note)


def _is_cased(pieces: Sequence[Sentence]) -> bool:
    """Tell whether lines begin with a capital here, which in forums they need not."""
    lines = [piece.text for piece in pieces if piece.quotable]
    return len(lines) < _FEW or 2 * sum(map(rules.begins_small, lines)) < len(lines)


def _naming(pieces: Sequence[Sentence], names: Mapping[Place, Named]) -> Callable[[int], Named]:
    """Return what tells who is named in the piece that stands at an offset."""
    starts = [piece.span.start for piece in pieces]

    def named_at(offset: int) -> Named:
        piece = pieces[max(0, bisect_right(starts, offset) - 1)]
        return names.get((piece.document, piece.index), ())

    return named_at


def _quoting(pieces: Iterable[Sentence]) -> Iterator[tuple[Sentence, Quoting, bool]]:
    """Yield each piece with how it quotes, and whether a quotation that began before is open."""
    left = 0  # pieces that it may go on for
    for piece in pieces:
        quoting = marks.read(piece.text)
        inside = left > 0 and quoting.outside == piece.text and quoting.open == 0
        yield piece, quoting, inside
        if not piece.quotable or quoting.outside != piece.text or quoting.open < 0:
            left = 0
        left = _LONGEST if quoting.open > 0 else left - 1
