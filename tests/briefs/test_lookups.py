"""Look-ups answer with what stands in the documents, and nothing unproved is shown."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import markup
from briefs import ingest, lookups, pages, words, workbench
from briefs.errors import NotFoundError, NotVerbatimError, StoreError, UsageError
from briefs.model import PUBLIC, DocumentId, How, Kind, Label, Quotation, Span
from briefs.store import open_store
from tests.briefs.conftest import SEEDS
from tests.briefs.store.library import GUILD_A, NOON, analysis

WIRE = SEEDS / "2021-10-07-sample-wire-factory.md"


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        yield opened


def is_slice(store, line):
    return store.documents.get(PUBLIC, line.document).text[slice(*line.span)] == line.text


# --- who


@pytest.mark.parametrize("name", ["Kuleba", "dmytro kuleba", "@DmytroKuleba", "  KULEBA "])
def test_a_person_is_found_under_every_name(seeded, name):
    card = lookups.who(seeded, PUBLIC, name)

    assert (card.name, card.kind) == ("Dmytro Kuleba", Kind.PERSON)
    assert "@DmytroKuleba" in card.aliases
    assert card.documents == 6
    assert card.first_seen < card.last_seen


def test_spellings_with_and_without_accents_are_one_person(seeded):
    plain, accented = (lookups.who(seeded, PUBLIC, name) for name in ("Cavusoglu", "Çavuşoğlu"))

    assert plain == accented
    assert plain.name in {"Mevlüt Çavuşoğlu", "Mevlut Cavusoglu"}


def test_every_line_of_a_card_is_a_slice_of_its_document(seeded):
    for view in lookups.VIEWS:
        card = lookups.who(seeded, PUBLIC, "Kuleba", view=view)
        dated = [entry.line for entry in card.timeline]
        said = [quote.line for quote in card.quotes]
        roles = [held.line for held in card.roles]
        beside = [each.line for each in card.companions if each.line]
        for line in (*roles, *card.lines, *dated, *said, *beside):
            assert is_slice(seeded, line)


def test_a_card_shows_the_same_words_once_and_the_quotes_view_each_time(seeded):
    card = lookups.who(seeded, PUBLIC, "Kuleba")
    every = lookups.who(seeded, PUBLIC, "Kuleba", view="quotes")

    def spoken(shown):
        return [" ".join(words.words(quote.line.text)) for quote in shown.quotes]

    for said in spoken(every):
        assert [longer for longer in spoken(card) if said in longer]
    for at, said in enumerate(spoken(card)):
        assert not [other for i, other in enumerate(spoken(card)) if i != at and said in other]
    assert len(card.quotes) == 3 < len(every.quotes)


def test_of_the_same_words_the_newest_are_shown(seeded):
    card = lookups.who(seeded, PUBLIC, "Kuleba")

    (land,) = [quote for quote in card.quotes if "land plot" in quote.line.text]
    published = [quote.line.published for quote in card.quotes]
    assert land.line.source == "Demo Dispatch"
    assert published == sorted(published, reverse=True)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("card", {"roles", "quotes", "companions", "timeline", "headlines", "days"}),
        ("quotes", {"quotes"}),
        ("mentions", {"lines"}),
        ("timeline", {"timeline", "days"}),
        ("network", {"companions"}),
        ("names", {"reasons"}),
    ],
)
def test_a_view_shows_what_it_is_named_for(seeded, view, shown):
    card = lookups.who(seeded, PUBLIC, "Kuleba", view=view)

    lists = "roles quotes companions timeline lines headlines reasons days"
    parts = lists.split()
    assert {part for part in parts if getattr(card, part)} == shown


def test_the_timeline_goes_forward(seeded):
    days = [entry.day for entry in lookups.who(seeded, PUBLIC, "Kuleba", view="timeline").timeline]

    assert days == sorted(days)
    assert len(days) == 6


def test_an_id_names_an_entity(seeded):
    card = lookups.who(seeded, PUBLIC, "Kuleba")

    assert lookups.who(seeded, PUBLIC, f"#{card.id}") == card


@pytest.mark.parametrize("name", ["#999999", "#99999999999999999999", "Zaphod Beeblebrox", "", "#"])
def test_who_is_nobody_is_not_found(seeded, name):
    with pytest.raises(NotFoundError, match="There is nobody and nothing"):
        lookups.who(seeded, PUBLIC, name)


def test_a_slip_of_the_pen_is_answered_with_names_that_are_near(seeded):
    with pytest.raises(NotFoundError, match=r"Did you mean Dmytro Kuleba\?") as caught:
        lookups.who(seeded, PUBLIC, "Kuleva")

    assert caught.value.suggestions[0] == "Dmytro Kuleba"


def test_a_view_that_there_is_not_is_refused(seeded):
    with pytest.raises(UsageError, match="use card, quotes"):
        lookups.who(seeded, PUBLIC, "Kuleba", view="aura")


def test_two_people_of_one_surname_stay_two_and_the_note_says_so(store):
    for name, text in (
        ("Dmytro Kuleba", "Dmytro Kuleba spoke. Kuleba left."),
        ("Ivan Kuleba", "Ivan Kuleba sang."),
    ):
        store.documents.add(analysis(text, title=name, people=[name]), arrived=NOON)

    one, other = (lookups.who(store, PUBLIC, name) for name in ("Dmytro Kuleba", "Ivan Kuleba"))
    both = lookups.who(store, PUBLIC, "Kuleba")

    assert one.id != other.id
    assert one.note == other.note == ""
    assert both.id in {one.id, other.id}
    left = ({one.name, other.name} - {both.name}).pop()
    assert both.note == f"Others go by that name too: {left} (person)."


def test_what_only_a_guild_was_given_is_for_that_guild(store):
    kept = analysis("Andriy Taran spoke.", people=["Andriy Taran"], scope=GUILD_A)
    store.documents.add(kept, arrived=NOON)

    assert lookups.who(store, GUILD_A, "Taran").documents == 1
    with pytest.raises(NotFoundError) as caught:
        lookups.who(store, PUBLIC, "Taran")
    assert caught.value.suggestions == ()


def test_conflicting_roles_stand_side_by_side_with_their_dates(store):
    for days, role in enumerate(("Defence", "Foreign", "Defence", "Former")):
        text = f"{role} Minister Andriy Taran spoke on day {days}."
        published = NOON + timedelta(days=days)
        kept = analysis(text, title=text, people=["Andriy Taran"], published=published)
        store.documents.add(kept, arrived=NOON)

    roles = lookups.who(store, PUBLIC, "Taran").roles

    assert [(held.line.text, held.documents) for held in roles] == [
        ("Former Minister", 1),
        ("Defence Minister", 2),
        ("Foreign Minister", 1),
    ]
    assert (roles[1].first, roles[1].last) == (NOON, NOON + timedelta(days=2))
    assert roles[1].line.published == roles[1].last


def test_a_role_in_an_undated_document_has_no_dates(store):
    kept = analysis("Foreign Minister Andriy Taran.", people=["Andriy Taran"], published=None)
    store.documents.add(kept, arrived=NOON)

    (held,) = lookups.who(store, PUBLIC, "Taran").roles

    assert (held.first, held.last, held.documents) == (None, None, 1)


def test_a_surname_finds_whom_no_document_calls_by_it_alone(store):
    for number, name in enumerate(("Ada Quill", "Bo Quill")):
        kept = analysis(f"{name} spoke.", title=f"T{number}", people=[name])
        store.documents.add(kept, arrived=NOON)

    card = lookups.who(store, PUBLIC, "quill")

    assert (card.name, card.documents) == ("Ada Quill", 1)
    assert card.note == "Others go by that name too: Bo Quill (person)."


def test_a_bare_surname_that_stays_open_is_counted_and_named(store):
    for number, names in enumerate((["Dmytro Kuleba"], ["Ivan Kuleba"], ["Kuleba"])):
        kept = analysis(f"{names[0]} spoke.", title=f"T{number}", people=names)
        store.documents.add(kept, arrived=NOON)

    card = lookups.who(store, PUBLIC, "Dmytro Kuleba")

    assert card.documents == 1
    assert card.note == (
        "“Kuleba” alone, in 1 document, stays open: it may be this one or another, and is not "
        "counted here."
    )


def test_every_written_form_has_the_reason_why_it_stands_for_somebody(seeded):
    card = lookups.who(seeded, PUBLIC, "Kuleba", view="names")

    texts = {each.text for each in card.reasons}
    assert {"Kuleba", "Dmytro Kuleba", "@DmytroKuleba"} <= texts
    assert all(each.reason for each in card.reasons)
    assert sum(each.mentions for each in card.reasons) == card.mentions


def test_a_name_that_is_joined_on_reading_says_that_it_was(store):
    for number, name in enumerate(("Dmytro Kuleba", "Kuleba")):
        kept = analysis(f"{name} spoke.", title=f"T{number}", people=[name])
        store.documents.add(kept, arrived=NOON)

    card = lookups.who(store, PUBLIC, "Dmytro Kuleba", view="names")

    reasons = {each.text: each.reason for each in card.reasons}
    assert card.documents == 2
    assert reasons["Kuleba"].endswith("; nobody else here has that name")
    assert ";" not in reasons["Dmytro Kuleba"]


def test_a_name_that_was_joined_by_hand_says_that_it_was(store):
    for number, name in enumerate(("Volodymyr Zelenskyy", "Ze President")):
        kept = analysis(f"{name} spoke.", title=f"T{number}", people=[name])
        store.documents.add(kept, arrived=NOON)
    change = workbench.merge(store, PUBLIC, "Volodymyr Zelenskyy", "Ze President")
    workbench.make(store, PUBLIC, change, actor=1, at=NOON)

    card = lookups.who(store, PUBLIC, "Volodymyr Zelenskyy", view="names")

    reasons = {each.text: each.reason for each in card.reasons}
    assert reasons["Ze President"].endswith("; joined by hand")


def test_company_is_that_of_the_form_which_was_split_off(store):
    both = "Andriy Taran met Dmytro Kuleba.\nKuleba left."
    for number, text in enumerate((both, "Andriy Taran met Dmytro Kuleba.")):
        people = ["Andriy Taran", "Dmytro Kuleba"]
        kept = analysis(text, title=f"T{number}", people=people)
        store.documents.add(kept, arrived=NOON)
    whole = lookups.who(store, PUBLIC, "Andriy Taran").companions
    change = workbench.split(store, PUBLIC, "Dmytro Kuleba", "Kuleba")
    workbench.make(store, PUBLIC, change, actor=1, at=NOON)

    parted = lookups.who(store, PUBLIC, "Andriy Taran").companions

    assert [(each.name, each.documents) for each in whole] == [("Dmytro Kuleba", 2)]
    assert {each.name: each.documents for each in parted} == {"Dmytro Kuleba": 2, "Kuleba": 1}


def test_the_network_quotes_a_sentence_that_names_both(store):
    text = "Andriy Taran came.\nAda Quill met Andriy Taran.\nBo Reed left."
    people = ["Andriy Taran", "Ada Quill", "Bo Reed"]
    store.documents.add(analysis(text, people=people), arrived=NOON)

    beside = lookups.who(store, PUBLIC, "Taran", view="network").companions

    lines = {each.name: each.line and each.line.text for each in beside}
    assert lines == {"Ada Quill": "Ada Quill met Andriy Taran.", "Bo Reed": None}
    assert [each.documents for each in beside] == [1, 1]


def test_the_days_of_a_card_add_up_to_its_sums(seeded):
    card = lookups.who(seeded, PUBLIC, "Kuleba")

    assert [count.day for count in card.days] == sorted({count.day for count in card.days})
    assert sum(count.mentions for count in card.days) == card.mentions
    assert sum(count.documents for count in card.days) == card.documents


def test_a_guilds_days_are_counted_for_that_guild_alone(store):
    for scope in (PUBLIC, GUILD_A):
        kept = analysis("Andriy Taran.", title=f"T{scope}", people=["Andriy Taran"], scope=scope)
        store.documents.add(kept, arrived=NOON)

    public, own = (lookups.who(store, scope, "Taran").days for scope in (PUBLIC, GUILD_A))

    assert (public, own) == (((NOON.date(), 1, 1),), ((NOON.date(), 2, 2),))


# --- what is offered


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kul", "Dmytro Kuleba"),
        ("Kulbea", "Dmytro Kuleba"),
        ("@DmytroKulebaa", "Dmytro Kuleba"),
        ("Zelenskiy", "Volodymyr Zelenskyy"),
        ("Зеленський", "Volodymyr Zelenskyy"),
        ("cavusogly", "Mevlüt Çavuşoğlu"),
    ],
)
def test_a_name_is_offered_however_it_is_typed(seeded, typed, name):
    assert lookups.suggest(seeded, PUBLIC, typed)[0].name == name


def test_what_begins_as_typed_comes_before_what_is_only_alike(store):
    for number, name in enumerate(("Ivan Kulebe", "Dmytro Kuleba", "Kuleb Reed")):
        kept = analysis(f"{name} spoke.", title=f"T{number}", people=[name], known={})
        store.documents.add(kept, arrived=NOON)

    offered = [each.name for each in lookups.suggest(store, PUBLIC, "kuleba")]

    assert offered[0] == "Dmytro Kuleba"
    assert "Ivan Kulebe" in offered


@pytest.mark.parametrize("typed", ["", "x", "zq", "\0", "%_", "a" * 6_000, "'; drop table entity"])
def test_any_string_may_be_typed(seeded, typed):
    offered = lookups.suggest(seeded, PUBLIC, typed, limit=25)

    assert len(offered) <= 25
    assert len({each.id for each in offered}) == len(offered)


# --- quotes, search, the shelf


def test_quotes_are_newest_first_and_exact(seeded):
    found = lookups.quotes(seeded, PUBLIC, "Kuleba")

    published = [quote.line.published for quote in found.said]
    assert found.speaker == "Dmytro Kuleba"
    assert published == sorted(published, reverse=True)
    assert {quote.how for quote in found.said} == {How.SPOKEN, How.WRITTEN}
    assert all(is_slice(seeded, quote.line) for quote in found.said)


def test_quotes_about_something_have_all_its_words(seeded):
    found = lookups.quotes(seeded, PUBLIC, "Kuleba", about="Land Plot")

    assert len(found.said) == 4
    assert all("land plot" in quote.line.text for quote in found.said)


def test_nothing_said_about_something_is_an_empty_answer(seeded):
    assert lookups.quotes(seeded, PUBLIC, "Kuleba", about="volcano").said == ()


def test_a_search_marks_the_words_where_they_stand(seeded):
    found = lookups.search(seeded, PUBLIC, "separatists Crimea")

    assert found.hits
    for hit in found.hits:
        text = seeded.documents.get(PUBLIC, hit.line.document).text
        marked = {text[slice(*mark)].casefold() for mark in hit.marks}
        assert is_slice(seeded, hit.line)
        assert marked <= {"separatists", "crimea"}
        assert all(
            hit.line.span.start <= mark.start < mark.end <= hit.line.span.end for mark in hit.marks
        )


def test_a_search_finds_accented_words_without_their_accents(seeded):
    assert lookups.search(seeded, PUBLIC, "cavusoglu").hits


@pytest.mark.parametrize("query", ["", '"', "AND OR NOT *", "volcano", "a" * 5_000, "\0", "-:()^"])
def test_any_string_is_a_query(seeded, query):
    assert lookups.search(seeded, PUBLIC, query).hits == ()


def test_a_search_says_that_more_match(seeded):
    found = lookups.search(seeded, PUBLIC, "Ukraine", limit=3)

    assert (len(found.hits), found.more) == (3, True)


def test_the_shelf_has_the_newest_first_and_says_that_there_are_more(seeded):
    shelf = lookups.shelf(seeded, PUBLIC, limit=4)

    numbers = [document.id for document in shelf.documents]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), shelf.more) == (4, True)


def test_the_shelf_is_narrowed_down_by_the_beginning_of_titles(seeded):
    shelf = lookups.shelf(seeded, PUBLIC, title="ukraine to build")

    assert len(shelf.documents) == 2
    assert all(each.title.startswith("Ukraine to build") for each in shelf.documents)


# --- summaries


def analysed(*paths):
    return [
        ingest.numbered(ingest.analyse(ingest.file(path)), DocumentId(number))
        for number, path in enumerate(paths, start=1)
    ]


def test_a_summary_has_as_many_lines_as_asked_for_in_reading_order():
    (found,) = analysed(WIRE)

    summary = lookups.summarize([found], count=3)

    starts = [line.span.start for line in summary.lines]
    assert len(starts) == 3
    assert starts == sorted(starts)
    assert all(line.text == found.document.text[slice(*line.span)] for line in summary.lines)
    assert summary.title == "Ukraine to build factory for Turkish armed drones"


def test_a_summary_of_several_documents_says_which_each_line_is_from():
    found = analysed(*sorted(SEEDS.glob("2021-10-07-*.md")))

    summary = lookups.summarize(found, words=120)

    texts = {each.document.id: each.document.text for each in found}
    assert len({line.document for line in summary.lines}) > 1
    assert all(line.text == texts[line.document][slice(*line.span)] for line in summary.lines)
    assert sum(len(line.text.split()) for line in summary.lines) >= 120


def test_an_algorithm_that_there_is_not_is_refused():
    with pytest.raises(UsageError, match='There is no algorithm "magic"'):
        lookups.summarize(analysed(WIRE), count=1, algorithm="magic")


# --- the proof


def laid_out(store, scope=PUBLIC):
    found = lookups.search(store, scope, "factory")
    return pages.lay_out(found, markup.LIMITS)


def test_what_is_as_it_was_stored_is_proved(seeded):
    proved = lookups.prove(seeded, PUBLIC, laid_out(seeded))

    assert proved is None


def test_a_changed_quotation_is_not_shown(seeded):
    page, *_ = laid_out(seeded)
    runs = tuple(
        replace(run, text=run.text.replace("factory", "bakery"))
        if isinstance(run, Quotation)
        else run
        for run in page.runs
    )

    with pytest.raises(NotVerbatimError, match="so it is not shown"):
        lookups.prove(seeded, PUBLIC, [replace(page, runs=runs)])


def test_words_of_our_own_need_no_proof(seeded):
    page, *_ = laid_out(seeded)

    lookups.prove(seeded, PUBLIC, [replace(page, runs=(Label("anything at all"),))])


def test_a_database_that_was_tampered_with_shows_nothing(seeded_path):
    with open_store(f"sqlite:///{seeded_path}") as store:
        shown = laid_out(store)
    connection = sqlite3.connect(seeded_path)
    connection.execute("UPDATE body SET text = replace(text, 'factory', 'bakery')")
    connection.commit()
    connection.close()

    with open_store(f"sqlite:///{seeded_path}") as store:
        with pytest.raises(NotVerbatimError):
            lookups.prove(store, PUBLIC, shown)
        with pytest.raises(NotVerbatimError):
            lookups.prove(store, PUBLIC, laid_out(store))
        with pytest.raises(StoreError, match="is not as it was kept"):
            store.documents.get(PUBLIC, DocumentId(8))


def test_a_quotation_of_another_guild_proves_nothing(store):
    number = store.documents.add(analysis("A secret bridge.", scope=GUILD_A), arrived=NOON).id
    page = pages.lay_out(lookups.search(store, GUILD_A, "secret"), markup.LIMITS)

    lookups.prove(store, GUILD_A, page)
    with pytest.raises(NotVerbatimError, match=f"document {number}"):
        lookups.prove(store, PUBLIC, page)


def test_a_span_that_is_too_long_is_no_quotation(seeded):
    page, *_ = laid_out(seeded)
    text = seeded.documents.get(PUBLIC, DocumentId(1)).text
    beyond = Quotation(text + " ", DocumentId(1), Span(0, len(text) + 1))

    with pytest.raises(NotVerbatimError):
        lookups.prove(seeded, PUBLIC, [replace(page, runs=(beyond,))])


def test_a_document_without_a_title_goes_by_the_name_of_its_file(store, tmp_path):
    path = tmp_path / "lake_news-2.txt"
    path.write_text("The mayor opened the new bridge over the lake on Monday morning.")
    ingest.keep(store, ingest.analyse(ingest.file(path)), NOON)

    shelf = lookups.shelf(store, PUBLIC)
    shown = pages.lay_out(shelf, markup.LIMITS)

    assert [document.title for document in shelf.documents] == ["lake news 2"]
    lookups.prove(store, PUBLIC, shown)


# --- a real article


def test_the_minister_of_a_real_article_has_his_role_quotes_post_and_handle(article):
    card = lookups.who(article, PUBLIC, "Kuleba")

    spoken = [quote.line.text for quote in card.quotes if quote.how is How.SPOKEN]
    written = [quote.line.text for quote in card.quotes if quote.how is How.WRITTEN]
    assert card.name == "Dmytro Kuleba"
    assert [held.line.text for held in card.roles] == ["Ukrainian Foreign Minister"]
    assert sorted(text[:16] for text in spoken) == ["A land plot on w", "There were a num"]
    assert len(written) == 1
    assert written[0].startswith("Pleased to welcome my Turkish colleague")
    assert "pic.twitter.com" not in written[0]
    assert "@DmytroKuleba" in card.aliases
