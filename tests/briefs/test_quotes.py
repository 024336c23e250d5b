"""Quotations: exact words, given to whoever said them, or to nobody."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import quotes
from briefs.model import How, Kind, SentenceKind
from briefs.quotes import marks
from tests import shared
from tests.briefs import by_hand

PEOPLE = (
    "Dmytro Kuleba|Kuleba",
    "Mevlut Cavusoglu|Mevlüt Çavuşoğlu|Cavusoglu|Çavuşoğlu",
    "Volodymyr Zelenskyy|Zelenskyy",
    "Jane Roe|Roe",
)
OPEN, CLOSE = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
DASH = "\N{EN DASH}"


def found(text, posts=(), kinds=()):
    read = by_hand.document(text, posts)
    split = by_hand.sentences(read, kinds)
    handles = {"Dmytro Kuleba": "DmytroKuleba", "Mevlut Cavusoglu": "MevlutCavusoglu"}
    entities = [
        by_hand.entity(split, *person.split("|"), handle=handles.get(person.split("|")[0], ""))
        for person in PEOPLE
    ]
    return quotes.find(read, split, entities)


def said(text):
    """Return the words and the surname of the speaker of each quotation."""
    return [(quote.text, _surname(quote)) for quote in found(text)]


def _surname(quote):
    return quote.speaker.key.split()[-1] if quote.speaker else None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We are going,” Kuleba said.", "kuleba"),
        ("“We are going,” said Kuleba, who left.", "kuleba"),
        ("“We are going,” Ukrainian Foreign Minister Dmytro Kuleba said in Lviv.", "kuleba"),
        ("“We are going,” said Ukrainian Foreign Minister Dmytro Kuleba.", "kuleba"),
        ("“We are going,” Minister of Defence Jane Roe said.", "roe"),
        ("“We are going,” Kuleba told Cavusoglu.", "kuleba"),
        ("“We are going,” Kuleba later added.", "kuleba"),
        ("“We are going,” Kuleba, the minister, said.", "kuleba"),
        ("“We are going,” Kuleba, standing beside Cavusoglu, said.", "kuleba"),
        (f"“We are going,” Jane Roe {DASH} the mayor {DASH} said.", "roe"),
        ("“We are going”, Kuleba said.", "kuleba"),
        ("“We are going”, according to Kuleba.", "kuleba"),
        ("“Are we going?” Kuleba asked.", "kuleba"),
        ("“Are we going?” asked Kuleba.", "kuleba"),
        ("Kuleba said: “We are going.”", "kuleba"),
        ("Kuleba said that “we are going”.", "kuleba"),
        ("On Thursday Kuleba told reporters, “We are going.”", "kuleba"),
        ("According to Kuleba, “we are going”.", "kuleba"),
        ("Kuleba on Thursday again said that “we are going”.", "kuleba"),
        ("Kuleba met Cavusoglu and said: “We are going.”", "kuleba"),
        ("Kuleba, after talks with Cavusoglu, said: “We are going.”", "kuleba"),
        ("Speaking in Lviv, Kuleba praised it but warned that “we are going”.", "kuleba"),
        ("The minister, Jane Roe, said: “We are going.”", "roe"),
        ("Kuleba was quoted as saying “we are going”.", "kuleba"),
        ("While Cavusoglu was away, Kuleba said “we are going”.", "kuleba"),
        ("Kuleba was blunt: “We are going.”", "kuleba"),
        ("Kuleba had one thing to tell:\n“We are all going there.”", "kuleba"),
        ("Kuleba said it was late. “We are all going there.”", "kuleba"),
        ("Secretary of State Jane Roe said: “We are going.”", "roe"),
        ("His friend, Jane Roe, called it “a great day”.", "roe"),
        ("“We are going,” his friend, Jane Roe, told the crowd.", "roe"),
        ("“We are going,” said his friend, Jane Roe.", "roe"),
        ("“We are going,” Roe, who was cold, told Kuleba.", "roe"),
    ],
)
def test_the_words_around_a_quotation_name_its_speaker(text, speaker):
    assert [who for _, who in said(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Kuleba was there. “We are all going,” the ministry said.",
        "Kuleba was there. “We are all going,” Moscow said.",
        "Kuleba was there. “We are all going,” a spokesman said.",
        "“We are all going,” a spokesman for Kuleba said.",
        "“We are all going,” Kuleba's spokesman said.",
        "“We are all going,” said a friend of Kuleba.",
        "“We are all going,” Kuleba and Cavusoglu said.",
        "Kuleba met officials, and the ministry said “we are all going”.",
        "Kuleba and Cavusoglu met. “We are all going,” he said.",
        "“We are all going,” he said.",
        "“We are all going,” they said.",
        "Kuleba was called “the man of the year”.",
        "Kuleba came. A sign read “we are all going home”.",
        "“We are all going,” the Russian foreign minister said.",
        "“We are all going.” Kuleba said nothing.",
        "A spokesman for Kuleba said: “We are all going.”",
        "Two people who met Kuleba said “we are all going”.",
        "Lawyers for President Volodymyr Zelenskyy said “we are all going”.",
        "In front of Kuleba stood a boy. “We are all going,” he said.",
    ],
)
def test_words_of_somebody_else_or_in_doubt_are_given_to_nobody(text):
    assert {who for _, who in said(text)} <= {None}


def test_a_split_quotation_is_two_with_one_speaker():
    text = "“We are going,” Kuleba said. “Nobody will stop us.”"

    assert said(text) == [("We are going,", "kuleba"), ("Nobody will stop us.", "kuleba")]


def test_a_quotation_may_be_split_within_its_sentence():
    text = "“We,” Kuleba said, “are going.”"

    assert said(text) == [("We,", "kuleba"), ("are going.", "kuleba")]


def test_two_speakers_in_one_sentence_keep_their_words():
    text = "Kuleba said “we are going”, and Cavusoglu replied “we are staying”."

    assert said(text) == [("we are going", "kuleba"), ("we are staying", "cavusoglu")]


def test_another_sentence_between_ends_a_split_quotation():
    text = "“We are going,” Kuleba said. Cavusoglu shook his head. “We are all staying.”"

    assert said(text)[1] == ("We are all staying.", None)


def test_a_speech_of_several_paragraphs_has_one_speaker():
    text = "Kuleba said: “It is one.\n“It is two.\n“It is three.”\nIt rained."

    assert said(text) == [
        ("It is one.", "kuleba"),
        ("It is two.", "kuleba"),
        ("It is three.", "kuleba"),
    ]


def test_a_paragraph_of_words_alone_goes_on_with_the_one_before():
    text = "“It is one,” Kuleba said in Lviv.\n“We are all going there.”\nIt rained."

    assert said(text) == [("It is one,", "kuleba"), ("We are all going there.", "kuleba")]


@pytest.mark.parametrize(
    "text",
    [
        "“It is one,” Kuleba said.\nIt rained.\n“We are all going there.”",
        "“It is one,” Kuleba said. Roe came.\n“We are all going there.”",
        "“It is one,” Kuleba said.\n“We are all going there.”\n“You are not going there.”",
        "“Is it one?” Roe asked.\n“No,” Kuleba said.\n“We are all going there.”",
    ],
)
def test_a_paragraph_of_words_alone_is_nobodys_when_others_may_speak(text):
    assert dict(said(text))["We are all going there."] is None


def test_who_answers_in_the_next_paragraph_is_not_who_spoke():
    text = "“Is it one?” Kuleba asked.\n“It is two,” he replied."

    assert said(text)[1] == ("It is two,", None)


def test_what_somebody_is_called_tells_he_from_she():
    text = "“It is one,” Mr Kuleba said. Mrs Roe laughed. “It is two,” she said."

    assert said(text)[1] == ("It is two,", "roe")


def test_a_sentence_that_tells_what_somebody_said_gives_the_turn_to_them():
    text = "“It is one,” Kuleba said. Roe told reporters that it rained. “It is late,” she said."

    assert said(text)[1] == ("It is late,", "roe")


def test_the_title_of_what_somebody_wrote_is_no_quotation():
    assert said("Kuleba wrote “The Bell of the Sea” in Lviv.") == []


def test_the_speaker_may_be_named_again_within_the_sentence():
    text = "“We,” said Kuleba, who had met nobody, “are going.”"

    assert said(text) == [("We,", "kuleba"), ("are going.", "kuleba")]


def test_a_speech_of_several_paragraphs_may_name_its_speaker_at_the_end():
    text = "“It is one.\n“It is two,” Kuleba said."

    assert said(text) == [("It is one.", "kuleba"), ("It is two,", "kuleba")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We are going,” Kuleba said.", "We are going,"),
        ('"We are going," Kuleba said.', "We are going,"),
        ("« We are going », Kuleba said.", "We are going"),
        ("„We are going“, Kuleba said.", "We are going"),
        ("„We are going”, Kuleba said.", "We are going"),
        ("»We are going«, Kuleba said.", "We are going"),
        ("”We are going”, Kuleba said.", "We are going"),
        (f"{OPEN}They said “go home” now,{CLOSE} Kuleba said.", "They said “go home” now,"),
        (f"{OPEN}We are going,{CLOSE} Kuleba said.", "We are going,"),
        (f"{OPEN}It{CLOSE}s the boys{CLOSE} house,{CLOSE} Kuleba said.", None),
        ("'We don't go,' Kuleba said.", "We don't go,"),
        ('"They said "go" and left," Kuleba said.', 'They said "go" and left,'),
        (f"“They said {OPEN}go{CLOSE},” Kuleba said.", f"They said {OPEN}go{CLOSE},"),
    ],
)
def test_each_pair_of_marks_is_read(text, words):
    expected = f"It{CLOSE}s the boys{CLOSE} house," if words is None else words

    assert said(text) == [(expected, "kuleba")]


@pytest.mark.parametrize(
    "text",
    [
        f"Rock {CLOSE}n{CLOSE} roll in the {CLOSE}90s, the boys{CLOSE} toys, Kuleba{CLOSE}s house.",
        "Kuleba said it's the boys' toys and the '90s.",
        'A 6" gun and a 5\'10" man met Kuleba.',
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The “experts” came.",
        "It was a “special operation” of sorts.",
        "Kuleba saw “The Return of the King” there.",
        "Kuleba said the film “War and Peace” was long.",
        "Kuleba opened a drill codenamed “great winds of the autumn”.",
        "Kuleba spoke of the so-called “great winds” there.",
        "It was “” there.",
    ],
)
def test_scare_quotes_and_titles_are_no_quotations(text):
    assert said(text) == []


def test_a_word_that_somebody_spoke_is_a_quotation():
    assert said("Kuleba called it “absurd”.") == [("absurd", "kuleba")]


def test_a_mark_that_nothing_closes_swallows_nothing():
    text = (
        "Kuleba said it was “fully one and “two words” between, and “three more words”. It rained."
    )

    assert said(text) == [("two words", "kuleba"), ("three more words", "kuleba")]


def test_an_open_mark_ends_with_its_paragraph():
    text = "Kuleba said “we are going.\nIt rained.\n“We are staying,” Cavusoglu said."

    assert said(text) == [("We are staying,", "cavusoglu")]


def test_he_is_the_last_speaker_even_when_others_stood_by():
    text = "“We are going,” Kuleba said with Cavusoglu in Lviv.\n“It is late,” he added."

    (_, second) = found(text)

    assert _surname(second) == "kuleba"
    assert text[slice(*second.speaker_span)] == "Kuleba"


def test_he_is_nobody_when_another_was_named_since():
    text = "“We are going,” Kuleba said. Cavusoglu came. “It is late,” he added."

    assert said(text)[1] == ("It is late,", None)


def test_he_is_nobody_when_the_last_speaker_is_unknown():
    text = "Kuleba came. “We are going,” a clerk said. “It is late,” he added."

    assert [who for _, who in said(text)] == [None, None]


def test_he_is_forgotten_after_a_paragraph():
    text = "“We are going,” Kuleba said.\nIt rained.\n“It is late,” he added."

    assert said(text)[1] == ("It is late,", None)


def test_he_is_not_the_one_who_was_she():
    text = "“We are going,” Roe said. “It is late,” she added. “It is cold,” he added."

    assert [who for _, who in said(text)] == ["roe", "roe", None]


def test_he_is_no_jane():
    text = "Jane Roe arrived in Lviv. “We are going,” he said."

    assert said(text) == [("We are going,", None)]
    assert said(text.replace("he said", "she said")) == [("We are going,", "roe")]


def test_the_old_man_is_nobody_in_particular():
    text = "Kuleba, an old man, spoke.\n“We are going,” said the old man."

    assert said(text) == [("We are going,", None)]


def test_the_only_person_of_the_paragraph_may_be_he():
    assert said("Kuleba came late. “We are going,” he said.") == [("We are going,", "kuleba")]


def test_a_phrase_is_the_one_person_whom_it_fits():
    text = (
        "Ukrainian Foreign Minister Dmytro Kuleba met Turkish counterpart Mevlut Cavusoglu.\n"
        "The Turkish foreign minister said: “We are friends.”"
    )

    (quote,) = found(text)

    assert _surname(quote) == "cavusoglu"
    assert text[slice(*quote.speaker_span)] == "The Turkish foreign minister"


def test_a_phrase_that_fits_two_people_is_nobody():
    text = (
        "Ukrainian Foreign Minister Dmytro Kuleba met Turkish counterpart Mevlut Cavusoglu.\n"
        "The foreign minister said: “We are friends.”"
    )

    assert said(text) == [("We are friends.", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Kuleba wrote that “we are going”.",
        "“We are going,” Kuleba said in a tweet.",
        "“We are going,” Kuleba said on Facebook.",
    ],
)
def test_what_was_said_in_writing_is_marked_as_written(text):
    assert [(quote.how, _surname(quote)) for quote in found(text)] == [(How.WRITTEN, "kuleba")]


def test_a_post_is_one_written_quotation_of_its_author():
    body = "Pleased to be “home” @MevlutCavusoglu."
    text = f"Kuleba was glad.\n{body} — D. Kuleba (@DmytroKuleba) October 7, 2021\nIt rained."

    (quote,) = found(text, [by_hand.post(text, body, "D. Kuleba", "DmytroKuleba")])

    assert (quote.text, quote.how, _surname(quote)) == (body, How.WRITTEN, "kuleba")
    assert text[slice(*quote.speaker_span)] == "D. Kuleba"


def test_the_post_of_a_stranger_has_no_speaker():
    text = "So glad. — Some Body (@somebody) October 7, 2021"

    (quote,) = found(text, [by_hand.post(text, "So glad.", "Some Body", "somebody")])

    assert quote.speaker is None


@pytest.mark.parametrize("kind", [SentenceKind.HEADING, SentenceKind.CAPTION])
def test_only_prose_is_quoted(kind):
    text = "“We are going,” Kuleba said."

    assert found(text, kinds=[(text, kind)]) == ()


def test_an_organisation_is_no_speaker():
    text = "“We are all going,” Baykar said."
    read = by_hand.document(text)
    split = by_hand.sentences(read)
    baykar = by_hand.entity(split, "Baykar", kind=Kind.ORGANISATION)

    (quote,) = quotes.find(read, split, [baykar])

    assert quote.speaker is None


def test_the_article_gives_everybody_his_words_and_no_others():
    text = shared.path("seed/article.txt").read_text(encoding="utf-8")
    bodies = re.findall(r"(?s)(?:Pleased to|Discussed w).*?(?= pic\.twitter)", text)
    posts = [
        by_hand.post(text, bodies[0], "Dmytro Kuleba", "DmytroKuleba"),
        by_hand.post(text, bodies[1], "Mevlüt Çavuşoğlu", "MevlutCavusoglu"),
    ]

    by_speaker = [(_surname(quote), quote.how, quote.text[:20]) for quote in found(text, posts)]

    assert by_speaker == [
        ("kuleba", How.SPOKEN, "A land plot on which"),
        ("kuleba", How.SPOKEN, "There were a number "),
        ("kuleba", How.WRITTEN, "Pleased to welcome m"),
        ("cavusoglu", How.SPOKEN, "in the process of st"),
        ("cavusoglu", How.WRITTEN, "tourism relations"),
        ("cavusoglu", How.WRITTEN, "rapidly developing"),
        ("cavusoglu", How.WRITTEN, "Discussed w/my frien"),
        ("zelenskyy", How.SPOKEN, "We have been waiting"),
        ("zelenskyy", How.SPOKEN, "This is an important"),
    ]


_PIECES = (
    f"“ ” \" ' {OPEN} {CLOSE} « » „ , . : ? \n Kuleba Cavusoglu said he the minister and according "
    "to that — ( ) 's adding tweet wrote"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split(" ")), max_size=60), st.sampled_from(["", " "]))
def test_every_quotation_is_a_slice_without_its_marks(pieces, gap):
    text = gap.join(pieces)

    for quote in found(text):
        assert text[slice(*quote.span)] == quote.text == quote.text.strip()
        assert (quote.speaker is None) == (quote.speaker_span is None)


@settings(deadline=None)
@given(st.text(alphabet=f"“”„«»\"'{OPEN}{CLOSE}\n a.,", max_size=60))
def test_stretches_are_in_order_and_never_overlap(text):
    stretches = marks.stretches(text)

    assert all(first.outer.end <= second.outer.start for first, second in pairwise(stretches))
    assert all(outer.start < inner.start < inner.end <= outer.end for outer, inner, *_ in stretches)


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("“", 0),
        ("“a", 0),
        ("”", 0),
        ('"', 0),
        ('" a', 0),
        ("“a” ", 100_000),
        (f"{OPEN}a", 0),
        ("'a '", 0),
        ("“a.\n", 99_999),
        (f"{OPEN}a{CLOSE} “b” ", 200_000),
    ],
)
def test_a_hundred_thousand_marks_are_paired_in_linear_time(piece, count):
    assert len(marks.stretches(piece * 100_000)) == count


@pytest.mark.parametrize(
    "piece",
    [
        "“a,” he said, ",
        "“a b c d” ",
        "Kuleba: “a” ",
        "Kuleba said “a” and “b”, ",
        "the the ",
        "a “b”, c, ",
    ],
)
def test_a_hostile_paragraph_is_read_in_linear_time(piece):
    assert found(piece * 10_000 + "“We are all going,” Kuleba said.")
