import pytest

from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Companion, EntityId, Kind
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis


def add(store, *args, **options):
    options.setdefault("title", args[0][:40])
    return store.documents.add(analysis(*args, **options), arrived=NOON).id


def names(found) -> list[str]:
    return [each.name for each in found]


@pytest.fixture
def minister(store):
    """A store in which Dmytro Kuleba is named in full once, and once by his surname alone."""
    text = "Foreign Minister Dmytro Kuleba met Andriy Taran.\n“We agree,” Kuleba said."
    add(store, text, people=["Dmytro Kuleba", "Andriy Taran"])
    add(store, "“It is done,” said Kuleba.", people=["Kuleba"], published=NOON + HOUR)
    return store


def test_a_bare_surname_joins_the_only_full_name_it_can_stand_for(minister):
    (family,) = minister.entities.find(PUBLIC, ["kuleba"])
    head = minister.entities.head(PUBLIC, family)

    assert (family.name, family.documents, len(family.members)) == ("Dmytro Kuleba", 2, 2)
    assert (head.mentions, head.documents) == (3, 2)
    assert (head.first, head.last) == (NOON, NOON + HOUR)
    assert head.aliases == ("Kuleba", "@DmytroKuleba")


def test_every_row_of_a_family_leads_to_it(minister):
    (family,) = minister.entities.find(PUBLIC, ["dmytro kuleba"])
    for member in family.members:
        assert minister.entities.family(PUBLIC, member.id) == family


def test_a_second_person_of_that_surname_stops_the_join(minister):
    add(minister, "Ivan Kuleba came.", people=["Ivan Kuleba"])
    found = minister.entities.find(PUBLIC, ["kuleba"])

    assert sorted(names(found)) == ["Dmytro Kuleba", "Ivan Kuleba", "Kuleba"]
    assert [family.documents for family in found] == [1, 1, 1]


def test_a_second_person_in_a_guild_stops_the_join_there_alone(minister):
    add(minister, "Ivan Kuleba came.", people=["Ivan Kuleba"], scope=GUILD_B)

    assert len(minister.entities.find(GUILD_B, ["kuleba"])) == 3
    assert names(minister.entities.find(GUILD_A, ["kuleba"])) == ["Dmytro Kuleba"]
    assert names(minister.entities.find(PUBLIC, ["kuleba"])) == ["Dmytro Kuleba"]


def test_a_guilds_bare_surname_joins_the_public_full_name_for_that_guild(minister):
    add(minister, "Kuleba whispered.", people=["Kuleba"], scope=GUILD_A)
    (ours,) = minister.entities.find(GUILD_A, ["kuleba"])
    (public,) = minister.entities.find(PUBLIC, ["kuleba"])

    assert (ours.documents, public.documents) == (3, 2)
    assert ours.id == public.id


def test_a_row_of_another_guild_is_nobody(store):
    add(store, "Kuleba spoke.", people=["Kuleba"], scope=GUILD_B)
    (family,) = store.entities.find(GUILD_B, ["kuleba"])
    for number in (family.id, EntityId(99), EntityId(0), EntityId(2**80)):
        with pytest.raises(NotFoundError):
            store.entities.family(GUILD_A, number)

    with pytest.raises(NotFoundError):
        store.entities.head(GUILD_A, family)
    assert store.entities.mentions(GUILD_A, family) == ()
    assert store.entities.quotes(GUILD_A, family) == ()
    assert store.entities.roles(GUILD_A, family) == ()
    assert store.entities.companions(GUILD_A, family) == ()


def test_two_names_that_are_each_others_alias_are_one(store):
    known = {"Nato": ("North Atlantic Alliance",), "North Atlantic Alliance": ("Nato",)}
    add(store, "Nato met.", people=["Nato"], known=known)
    add(store, "The North Atlantic Alliance met.", people=["North Atlantic Alliance"], known=known)
    for typed in ("nato", "north atlantic alliance"):
        assert names(store.entities.find(PUBLIC, [typed])) == ["North Atlantic Alliance"]


@pytest.mark.parametrize(
    "typed", ["k", "KU", "kul", "Kuleb", "dmytro k", "@dmytro", "  Dmytro Kuleba "]
)
def test_suggestions_begin_as_what_is_typed(minister, typed):
    (found,) = minister.entities.suggest(PUBLIC, typed)

    assert (found.name, found.kind, found.documents) == ("Dmytro Kuleba", Kind.PERSON, 2)


@pytest.mark.parametrize("typed", ["x", "\0x", "\ud800x", "%", "_", "'; drop table", "k" * 9999])
def test_any_string_may_be_typed(minister, typed):
    assert minister.entities.suggest(PUBLIC, typed) == ()
    assert minister.entities.find(PUBLIC, ["x%"]) == ()


def test_those_in_the_most_documents_come_first(store):
    people = ["Anna Abe", "Anna Adams", "Anna Ames"]
    for count, name in enumerate(people, 1):
        for number in range(count):
            add(store, f"{name} spoke, {number}.", people=[name])

    assert names(store.entities.suggest(PUBLIC, "an")) == people[::-1]
    assert names(store.entities.suggest(PUBLIC, "anna")) == people[::-1]
    assert names(store.entities.suggest(PUBLIC, "anna", 1)) == ["Anna Ames"]
    assert names(store.entities.top(PUBLIC, 2)) == ["Anna Ames", "Anna Adams"]
    assert names(store.entities.suggest(PUBLIC, "\0", 2)) == ["Anna Ames", "Anna Adams"]


def test_a_name_nobody_bears_has_neighbours(minister):
    assert minister.entities.nearest(PUBLIC, "Dmitro Kulebba")[0] == "Dmytro Kuleba"
    assert minister.entities.nearest(PUBLIC, "Qqqq") == ()
    assert minister.entities.nearest(PUBLIC, "") == ()


def test_a_card_has_quotable_lines_with_their_sources(minister):
    (family,) = minister.entities.find(PUBLIC, ["kuleba"])
    (role,) = minister.entities.roles(PUBLIC, family)
    said = minister.entities.quotes(PUBLIC, family)
    seen = minister.entities.mentions(PUBLIC, family)
    days = minister.entities.timeline(PUBLIC, family)

    assert (role.line.text, role.line.source) == ("Foreign Minister", "The Sample Post")
    assert [each.line.text for each in said] == ["It is done,", "We agree,"]
    assert {each.speaker for each in said} == {"Dmytro Kuleba"}
    assert [each.line.text for each in seen] == [
        "“It is done,” said Kuleba.",
        "Foreign Minister Dmytro Kuleba met Andriy Taran.",
        "“We agree,” Kuleba said.",
    ]
    assert [each.line.text for each in days] == [seen[0].line.text, seen[1].line.text]
    for line in (role.line, *(each.line for each in (*said, *seen))):
        document = minister.documents.get(PUBLIC, line.document)
        assert document.text[slice(*line.span)] == line.text


def test_mentions_are_turned_page_by_page_and_none_comes_twice(store):
    for number in range(7):
        add(store, f"Taran spoke, {number}.", people=["Andriy Taran"], published=NOON)
    (family,) = store.entities.find(PUBLIC, ["andriy taran"])
    found, before = [], None
    for size in (3, 3, 1):
        page = store.entities.mentions(PUBLIC, family, limit=3, before=before)
        found += [each.line.text for each in page]
        before = page[-1].at, page[-1].line.document

        assert len(page) == size

    assert found == [f"Taran spoke, {number}." for number in range(6, -1, -1)]


def test_a_role_that_is_said_often_is_shown_once(store):
    for number in range(3):
        text = f"Foreign Minister Andriy Taran spoke, {number}."
        add(store, text, people=["Andriy Taran"], published=NOON + number * HOUR)
    (family,) = store.entities.find(PUBLIC, ["taran"])
    (role,) = store.entities.roles(PUBLIC, family)

    assert role.line.published == role.last == NOON + 2 * HOUR
    assert (role.first, role.documents) == (NOON, 3)


def test_company_is_counted_by_documents(minister):
    add(minister, "Andriy Taran, Taran and Kuleba.", people=["Andriy Taran", "Kuleba"])
    (family,) = minister.entities.find(PUBLIC, ["kuleba"])

    assert minister.entities.companions(PUBLIC, family) == (
        Companion("Andriy Taran", Kind.PERSON, 2),
    )


def test_the_people_and_quotes_of_documents_bear_their_full_names(minister):
    shelf = minister.documents.listing(PUBLIC, limit=9).documents
    numbers = [document.id for document in shelf]
    quotes = minister.entities.quotes_in(PUBLIC, numbers)

    assert minister.entities.people_in(PUBLIC, numbers) == ("Dmytro Kuleba", "Andriy Taran")
    assert minister.entities.people_in(PUBLIC, numbers, limit=1) == ("Dmytro Kuleba",)
    assert [(number, quote.text, name) for number, quote, name in quotes] == [
        (numbers[0], "It is done,", "Dmytro Kuleba"),
        (numbers[1], "We agree,", "Dmytro Kuleba"),
    ]
    assert minister.entities.people_in(PUBLIC, []) == ()


def test_a_quote_without_a_speaker_is_nobodys(store):
    number = add(store, "“It is so,” somebody said.")
    ((_, quote, name),) = store.entities.quotes_in(PUBLIC, [number])

    assert (quote.text, name) == ("It is so,", None)
