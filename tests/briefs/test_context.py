"""A line that leans on another one is told from one that stands alone, and what would cure it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import context, documents, sentences
from briefs.model import (
    DocumentId,
    EntityKey,
    How,
    Kind,
    Lean,
    Quote,
    Sentence,
    SentenceKind,
    Span,
)
from tests.benchmarks import dangling

PERSON = Kind.PERSON
LANDRY = (PERSON, "Jeff Landry")
HOSTILE = (
    "It was ",
    "It took a ",
    "The ",
    "That ",
    "Both x ",
    "he, ",
    "“",
    "“a",
    "” ",
    "a.",
    "A-",
    "…",
)
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
SHUFFLED = ("It", "was", "is", "He", "The", "move,", "said", "“", "”", '"', "But", "who", "?", ":")


def pieces(*texts, document=1, kinds=()):
    """Return *texts* as the sentences of one document; *kinds* are of the first ones."""
    made, start = [], 0
    for index, text in enumerate(texts):
        span = Span(start, start + len(text))
        kind = kinds[index] if index < len(kinds) else SentenceKind.PROSE
        made.append(
            Sentence(document=DocumentId(document), index=index, span=span, text=text, kind=kind)
        )
        start = span.end + 1
    return made


def last(*texts, named=None, **more):
    """Return the lean of the last of *texts*; *named* are those who are named in the one before."""
    place = (DocumentId(1), len(texts) - 2)
    names = {place: named} if named else {}
    return context.judge(pieces(*texts), names=names, **more).get((DocumentId(1), len(texts) - 1))


def rule(*texts, **more):
    lean = last(*texts, **more)
    return lean.rule if lean else ""


def test_the_labelled_lines_are_judged_no_worse_than_they_were():
    judged = dangling.judge(dangling.load())

    score = dangling.score(judged)
    assert len(judged) == 200
    assert score.precision >= 0.98
    assert score.recall >= 0.96
    assert dangling.cures(judged).precision >= 0.95


def test_the_later_lines_are_judged_no_worse_than_they_were():
    judged = dangling.judge(dangling.load(dangling.HELD_OUT))

    score = dangling.score(judged)
    assert score.precision >= 0.92
    assert score.recall >= 0.96


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("He left the hall at nine.", "opens with “He”"),
        ("His wife, Olena Zelenska, opened a school.", "opens with “His”"),
        (f"It{CURLY}s a small step for Nokia.", "opens with “It”"),
        ("It was forced to close two plants.", "opens with “It”"),
        ("This has driven families out of Dublin.", "opens with “This”"),
        ("But Nadia Haddad hears shelling every night.", "opens with “But”"),
        ("However, the port of Piraeus lost cargo.", "opens with “However”"),
        ("As a result, 3,100 people in Lima lost their jobs.", "opens with “As a result”"),
        ("The latter was cheaper.", "opens with “The latter”"),
        ("Such bans are hard to enforce in Utrecht.", "opens with “Such”"),
        ("Both sides will meet again in Doha.", "opens with “Both”"),
        ("Two days later, the church of Todoque fell.", "opens with “Two days later”"),
        ("The move came as a surprise to Denmark.", "opens with “The move”"),
        ("The two leaders met in Geneva.", "opens with “The two leaders”"),
        ("When he left, the hall was half empty.", "does not say who or what “he” is"),
        ("Officials say she was in Oslo.", "does not say who or what “she” is"),
        ("In response to the crisis, Chile cut taxes.", "does not say who or what “the crisis” is"),
        ("It is unclear who was responsible.", "opens with “It”"),
        ("“We have waited for this for thirty years.”", "a quotation without its speaker"),
        ("“The land has been chosen,” he said.", "a quotation whose speaker is only “he”"),
        ("“The land has been chosen,” said she.", "a quotation whose speaker is only “she”"),
        ("“The first we heard was the glass.", "begins a quotation that does not end in it"),
        ("Nobody answered the phone.”", "ends a quotation that began before it"),
        ("Yes, we signed in May.", "answers a question"),
        ("Too little, and far too late.", "not a whole sentence"),
        ("Who will pay for the bridge?", "a question"),
        ("Kuleba wrote in a post:", "ends with a colon"),
        ("wear a helmet after dark;", "starts in the middle of a sentence"),
        ("… and so Kuleba left.", "starts in the middle of a sentence"),
    ],
)
def test_a_line_that_leans_is_told_with_the_rule_in_words(line, why):
    assert rule(line) == why


@pytest.mark.parametrize(
    "line",
    [
        "He-Man figures sold for up to 4,000 dollars in Leeds.",
        "He Jiankui was released from prison in 2022.",
        "Her Majesty opened the bridge over the Tyne.",
        "It rained for eleven days in Valencia.",
        "It was Macron who had drawn the line.",
        "It took rescuers nine hours to reach the Eiger.",
        "It is unclear whether Kuleba will come.",
        "This week, parliament will vote on the treaty.",
        "That the deal failed surprised nobody in Brussels.",
        "Those who paid will get it back, the University of Leeds said.",
        "But for a strike, the president would have flown to Nuuk.",
        "However hard Berlin tries, it will miss its target.",
        "As a result of the drought, Zambia has no power.",
        "The former head of Wirecard is in Moscow.",
        "Such as it is, the ceasefire in Khartoum has held.",
        "Both Eritrea and Ethiopia have sent troops to the border.",
        "Two days before the World Cup, Spain dismissed its coach.",
        "The decision of the Supreme Court came by five votes to four.",
        "The human rights group Amnesty International has issued a report.",
        "After he resigned, Johnson said that he had no regrets.",
        "When the minister arrived in Gdansk, he was met by dockers.",
        "Nokia said it would cut 14,000 jobs.",
        "“We will not leave the square,” Kuleba said.",
        "Kuleba called the talks “useful”.",
        "No one was hurt when a crane fell in Nantes.",
        "Kuleba wrote: “We are ready.”",
        "iPhone sales in China fell by a tenth.",
        "von der Leyen will speak in Strasbourg on Tuesday.",
    ],
)
def test_a_line_that_only_looks_so_stands_alone(line):
    assert last(line) is None


def test_a_line_is_cured_by_the_line_before_it_when_that_one_stands():
    assert last("Two firms bid, Skanska and Vinci.", "The latter was cheaper.").before
    assert not last("He told of two firms.", "The latter was cheaper.").before
    assert not last("The latter was cheaper.").before


def test_a_heading_or_another_document_cures_nothing():
    heading = pieces("Skanska and Vinci", "The latter won.", kinds=[SentenceKind.HEADING])
    apart = [*pieces("Skanska bid."), *pieces("The latter won.", document=2)]

    assert not context.judge(heading)[DocumentId(1), 1].before
    assert not context.judge(apart)[DocumentId(2), 0].before


def test_what_leans_on_the_next_line_is_not_cured_by_the_one_before():
    for line in ("Who will pay?", "Kuleba wrote in a post:", "“The first we heard was the glass."):
        assert last("Kuleba came to Lviv.", line) == Lean(rule(line))


def test_a_pronoun_for_a_person_is_cured_only_where_a_person_may_be_meant():
    assert last("Jeff Landry came to Lafayette.", "He spoke for an hour.").before
    assert not last("Prices rose by ten per cent.", "He spoke for an hour.").before


def test_a_quotation_is_cured_by_a_line_in_which_its_speaker_speaks():
    assert last("“I never signed,” Harald Brandt told the court.", "“My brother did.”").before
    assert not last("Thousands stood in the square.", "“We have waited long enough.”").before


def test_an_answer_is_cured_by_its_question():
    lean = last("Is the water in Flint safe?", "We think so, after nine years.")

    assert lean == Lean("answers the question before it", before=True)
    assert last("What went wrong?", "The Dutch agency in Delft found 14 cracks.") is None


def test_the_end_of_a_quotation_is_cured_by_its_beginning():
    both = ("Maria Sola said: “The roof leaked.", "Nobody came.”")

    assert last(*both) == Lean("ends a quotation that began before it", before=True)


def test_a_sentence_inside_a_quotation_leans_until_it_ends():
    texts = ("“It began in May.", "Nobody came.", "We called twice,” Sola said.", "Lviv is quiet.")

    found = context.judge(pieces(*texts))

    assert [index for _, index in found] == [0, 1, 2]
    assert found[DocumentId(1), 1].rule == "stands inside a quotation that began before it"


def test_a_note_says_who_is_meant_where_the_line_before_leaves_no_doubt():
    before = "Governor Jeff Landry signed the bill in Baton Rouge."

    named = [LANDRY, (Kind.PLACE, "Baton Rouge")]
    lean = last(before, "He spoke for an hour.", named=named)

    assert lean == Lean("opens with “He”", before=True, note="He: Jeff Landry, previous sentence")


@pytest.mark.parametrize(
    ("before", "line", "named"),
    [
        ("Jeff Landry met Joe Biden.", "He left.", [LANDRY, (PERSON, "Joe Biden")]),
        ("Jeff Landry met Xi.", "He left.", [LANDRY]),
        ("Jeff Landry met the French president.", "He left.", [LANDRY]),
        ("The bill was signed in Baton Rouge by Jeff Landry.", "He left.", [LANDRY]),
        ("Ms Landry signed the bill.", "He left.", [(PERSON, "Jo Landry")]),
        ("Mr Landry signed the bill.", "She left.", [LANDRY]),
        ("Baykar built the plant.", "He left.", [(Kind.ORGANISATION, "Baykar")]),
        ("Jeff Landry signed the bill.", "It takes effect in May.", [LANDRY]),
        ("Jeff Landry signed the bill.", "He left.", []),
    ],
)
def test_there_is_no_note_where_somebody_else_may_be_meant(before, line, named):
    assert last(before, line, named=named).note == ""


def test_a_note_says_whose_words_they_are_when_that_is_stored():
    texts = ("Kuleba spoke in Lviv.", "“The land has been chosen, and so has the firm.”")
    inner = Span(23, 23 + len(texts[1]) - 2)
    quote = Quote(
        span=inner,
        text="",
        how=How.SPOKEN,
        speaker=EntityKey(PERSON, "dmytro kuleba"),
        speaker_span=Span(0, 6),
    )
    names = {(DocumentId(1), 0): [(PERSON, "Dmytro Kuleba")]}

    found = context.judge(pieces(*texts), names=names, quotes={DocumentId(1): [quote]})

    assert found[DocumentId(1), 1].note == "Speaker: Dmytro Kuleba"


def test_a_post_leans_and_its_author_is_noted():
    texts = ("Pleased to welcome my friend.", "Dmytro Kuleba (@DmytroKuleba)")
    made = pieces(*texts, kinds=[SentenceKind.POST, SentenceKind.SIGNATURE])
    quote = Quote(
        span=made[0].span,
        text=texts[0],
        how=How.WRITTEN,
        speaker=EntityKey(PERSON, "dmytro kuleba"),
        speaker_span=Span(30, 43),
    )
    names = {(DocumentId(1), 1): [(PERSON, "Dmytro Kuleba")]}

    found = context.judge(made, names=names, quotes={DocumentId(1): [quote]})

    assert found == {
        (DocumentId(1), 0): Lean("a post without its author", note="Author: Dmytro Kuleba")
    }


def test_only_the_rules_that_need_no_language_hold_for_other_languages():
    assert last("Er kam aus Lwiw.", language="de") is None
    assert last("But voilà Nantes, une ville de France.", language="fr") is None
    assert rule("Wer zahlt?", language="de") == "a question"
    assert rule("我们为什么走\uff1f", language="zh") == "a question"
    assert rule("Er sagte:", language="de") == "ends with a colon"
    assert rule("„Wir gehen.", language="de") == "begins a quotation that does not end in it"
    assert last("„Wir gehen“, sagte Scholz.", language="de") is None
    assert last("« Nous partons », a dit Macron.", language="fr") is None
    assert last("»Vi går«, sagde Frederiksen.", language="da") is None
    assert last("”Vi går”, sade Kristersson.", language="sv") is None


def test_where_lines_begin_with_small_letters_that_says_nothing():
    lines = ("great phone.", "battery lasts two days.", "camera is fine.", "it fell in Berlin.")

    assert rule(*lines) != "starts in the middle of a sentence"
    assert rule(lines[0], lines[1]) == "starts in the middle of a sentence"
    assert last("კიევი მშვიდია დღეს.", language="ka") is None
    assert last("'s Avonds regent het in Gent.", language="nl") is None


def test_marks_behind_a_number_may_be_inches_or_the_end_of_a_title():
    assert last('A screen of 15" was sold in Leeds.') is None
    assert last('Kuleba read "Vision 2030" in Lviv.') is None


def test_headings_and_captions_are_not_judged():
    made = pieces("But is it true?", "He left:", kinds=[SentenceKind.HEADING, SentenceKind.CAPTION])

    assert context.judge(made) == {}


@given(texts=st.lists(st.text(max_size=200), max_size=8), language=st.sampled_from(["en", "ru"]))
@settings(deadline=None)
def test_rubbish_is_judged_without_a_word_and_the_same_each_time(texts, language):
    made = [*pieces(*texts), *pieces(*texts, document=2)]

    found = context.judge(made, language=language)

    assert list(found) == [
        place for each in made if (place := (each.document, each.index)) in found
    ]
    assert all(lean.rule for lean in found.values())
    assert context.judge(made, language=language) == found


@given(words=st.lists(st.sampled_from(SHUFFLED), max_size=30))
@settings(deadline=None)
def test_words_in_any_order_are_judged(words):
    assert set(context.judge(pieces(" ".join(words)))) <= {(DocumentId(1), 0)}


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_very_long_line_is_judged(unit):
    """It would not come to an end if a pattern were not linear."""
    for ending in ("", "!", "?", "” he said."):
        context.judge(pieces(unit * (100_000 // len(unit)) + ending))


def test_the_keys_are_places_of_a_document_that_was_split():
    document = documents.of("Kuleba came to Lviv.\n\nHe spoke. “We won,” he said.\n\nLviv is calm.")
    split = sentences.split(document)

    found = context.judge(split)

    assert [split[index].text for _, index in found] == ["He spoke.", "“We won,” he said."]


def test_every_labelled_line_has_what_the_labels_need():
    for path in (dangling.LABELLED, dangling.HELD_OUT):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
        assert all(row["dangles"] or not row["cured_by_before"] for row in rows)
        assert all(row["before"] or not row["cured_by_before"] for row in rows)


def test_the_command_prints_both_sets_and_what_is_picked(tmp_path, capsys):
    texts = tmp_path / "texts.jsonl"
    story = "He spoke for an hour with the mayor of Lviv. Kuleba came to Lviv on Monday."
    texts.write_text(json.dumps({"text": story}) + "\n", encoding="utf-8")

    dangling.main(["--texts", str(texts), "--lines", "2"])

    printed = capsys.readouterr().out
    assert "200 lines, labelled before the rules" in printed
    assert "lead       50.0 %  1 of 2" in printed
