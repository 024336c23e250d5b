"""An item is cut down to the room there is, and never below one line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.briefings import fitting
from briefs.briefings.fitting import Room
from briefs.model import (
    Dispute,
    Document,
    DocumentId,
    How,
    Item,
    Line,
    Part,
    Reported,
    Said,
    Span,
    Story,
)

WORDS = "one two three four five six seven eight nine ten "


def line(number: int, words: int = 5, *, score: float = 0.0, joined: bool = False) -> Line:
    text = " ".join(WORDS.split()[:words])
    made = Line.of(Document(text=" " * number + text, id=DocumentId(1)), Span(number, number + 1))
    parts = (Part("central", score),)
    return Line(
        **{name: getattr(made, name) for name in ("document", "source", "url", "published")},
        span=Span(number * 100, number * 100 + len(text)),
        text=text,
        parts=parts,
        joined=joined,
    )


def item(lines, quotes=(), disputes=(), also=()) -> Item:
    story = Story(documents=(DocumentId(1),), origins=((DocumentId(1),),), outlets=("Wire",))
    return Item(
        story=story,
        headline=line(0, 0),
        lines=tuple(lines),
        quotes=tuple(Said(line=each, how=How.SPOKEN, speaker="Ada") for each in quotes),
        people=(),
        disputes=tuple(
            Dispute("people", tuple(Reported(each, each.span, "1", "people") for each in pair))
            for pair in disputes
        ),
        also=tuple(also),
    )


FULL = item(
    [line(1, score=3), line(2, score=1), line(3, score=2)],
    quotes=[line(4)],
    disputes=[(line(5), line(6))],
    also=[line(7)],
)


def test_what_fits_is_left_as_it_is():
    assert fitting.fit(FULL, Room(lines=7, words=35)) == FULL
    assert fitting.fit(FULL, Room(lines=None, words=None)) == FULL


def test_what_is_also_reported_goes_first_and_the_weakest_line_last():
    fitted = fitting.fit(FULL, Room(lines=2, words=None))

    assert (fitted.also, fitted.quotes, fitted.disputes) == ((), (), ())
    assert [each.span.start for each in fitted.lines] == [100, 300]


def test_a_line_that_leans_goes_before_the_line_it_leans_on():
    told = item([line(1, score=1), line(2, score=9, joined=True)])

    assert fitting.fit(told, Room(lines=1, words=None)).lines == told.lines[:1]


def test_where_not_even_a_line_fits_there_is_nothing():
    assert fitting.fit(FULL, Room(lines=0, words=None)) is None
    assert fitting.fit(FULL, Room(lines=None, words=4)) is None
    assert len(fitting.quoted(fitting.least(FULL))) == 2


@given(st.integers(0, 9), st.integers(0, 40), st.lists(st.floats(0, 5), min_size=1, max_size=6))
@settings(deadline=None)
def test_what_is_fitted_is_never_more_than_the_room(lines, words, scores):
    told = item(
        [line(place, score=score) for place, score in enumerate(scores, 1)],
        quotes=[line(8)],
        also=[line(9)],
    )
    room = Room(lines=lines, words=words)

    fitted = fitting.fit(told, room)

    assert fitted is None or room.holds(fitted)
    left = room.without(fitted) if fitted else room
    assert min(left.lines, left.words) >= 0
