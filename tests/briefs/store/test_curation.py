"""What people change about names holds, in their view alone, until it is undone."""

import tempfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    PUBLIC,
    Action,
    Change,
    EntityKey,
    Kind,
    Named,
)
from briefs.store import Store, open_store, tables
from tests.briefs.store import test_scopes
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis, in_a_file, person
from tests.briefs.store.test_costs import grow, steps

DMYTRO, IVAN = Named(person("Dmytro Kuleba"), "Dmytro Kuleba"), Named(person("Ivan Kuleba"), "Ivan")
KULEBA, TARAN = Named(person("Kuleba"), "Kuleba"), Named(person("Andriy Taran"), "Andriy Taran")
TEXTS = (
    ("Foreign Minister Dmytro Kuleba came.\n“We agree,” Kuleba said.", ["Dmytro Kuleba"]),
    ("“It is done,” said Kuleba.", ["Kuleba"]),
    ("Andriy Taran met Dmytro Kuleba.", ["Andriy Taran", "Dmytro Kuleba"]),
)


def add(store, text, people, **options):
    made = analysis(text, title=text[:30], people=people, **options)
    return store.documents.add(made, arrived=NOON).id


def change(action, subject, other=None):
    return Change(action=action, subject=subject, other=other)


def apply(store, action, subject, other=None, scope=PUBLIC):
    return store.curation.apply(scope, change(action, subject, other), actor=7, at=NOON)


def undo(store, number=None, scope=PUBLIC):
    return store.curation.undo(scope, number, actor=7, at=NOON + HOUR)


def names(store, key, scope=PUBLIC):
    return [family.name for family in store.entities.find(scope, [key])]


def head(store, key, scope=PUBLIC):
    (family,) = store.entities.find(scope, [key])
    return store.entities.head(scope, family)


@pytest.fixture
def filled(store):
    for text, people in TEXTS:
        add(store, text, people)
    return store


def test_a_merge_makes_two_one_and_its_undo_makes_them_two(filled):
    number = apply(filled, Action.MERGE, DMYTRO, TARAN)
    merged = head(filled, "taran")
    undo(filled, number)

    assert (merged.name, merged.documents) == ("Dmytro Kuleba", 3)
    assert "Taran" in merged.aliases
    assert head(filled, "taran").name == "Andriy Taran"
    assert head(filled, "dmytro kuleba").documents == 3


def test_an_alias_can_be_given_to_who_never_bore_it(filled):
    alias = Named(person("the minister"), "The Minister")
    number = apply(filled, Action.ALIAS_ADD, DMYTRO, alias)
    offered = [each.name for each in filled.entities.suggest(PUBLIC, "minis")]

    assert names(filled, "the minister") == ["Dmytro Kuleba"]
    assert offered == ["Dmytro Kuleba"]
    assert "The Minister" in head(filled, "dmytro kuleba").aliases
    undo(filled, number)
    assert names(filled, "the minister") == []
    assert filled.entities.suggest(PUBLIC, "minis") == ()


def test_an_alias_settles_whom_a_shared_surname_means(filled):
    add(filled, "Ivan Kuleba came.", ["Ivan Kuleba"])
    before = head_of(filled, "Dmytro Kuleba").documents
    apply(filled, Action.ALIAS_ADD, DMYTRO, KULEBA)

    assert (before, head_of(filled, "Dmytro Kuleba").documents) == (2, 3)


def head_of(store, name, scope=PUBLIC):
    found = store.entities.find(scope, [name.lower()])
    return next(h for f in found if (h := store.entities.head(scope, f)).name == name)


def test_an_alias_that_is_removed_leads_there_no_longer(filled):
    number = apply(filled, Action.ALIAS_REMOVE, DMYTRO, KULEBA)
    parted = names(filled, "kuleba")
    known = head(filled, "dmytro kuleba")

    assert parted == ["Kuleba"]
    assert (known.documents, known.mentions) == (2, 3)
    assert "Kuleba" not in known.aliases
    undo(filled, number)
    assert head(filled, "kuleba").documents == 3


def test_a_split_takes_what_is_written_so_out_of_every_document(filled):
    apply(filled, Action.SPLIT, DMYTRO, KULEBA)
    known, alone = head(filled, "dmytro kuleba"), head(filled, "kuleba")
    (family,) = filled.entities.find(PUBLIC, ["kuleba"])
    (other,) = filled.entities.find(PUBLIC, ["dmytro kuleba"])

    assert (known.documents, known.mentions) == (2, 2)
    assert (alone.name, alone.documents, alone.mentions) == ("Kuleba", 2, 2)
    assert [each.line.text for each in filled.entities.quotes(PUBLIC, family)] == [
        "It is done,",
        "We agree,",
    ]
    assert filled.entities.quotes(PUBLIC, other) == ()
    assert [each.line.text for each in filled.entities.roles(PUBLIC, other)] == ["Foreign Minister"]
    assert filled.entities.roles(PUBLIC, family) == ()
    assert [each.line.text for each in filled.entities.mentions(PUBLIC, other)] == [
        "Andriy Taran met Dmytro Kuleba.",
        "Foreign Minister Dmytro Kuleba came.",
    ]
    assert [each.line.text for each in filled.entities.mentions(PUBLIC, family)] == [
        "“It is done,” said Kuleba.",
        "“We agree,” Kuleba said.",
    ]
    numbers = [each.id for each in filled.documents.listing(PUBLIC, limit=9).documents]
    speakers = {name for _, _, name in filled.entities.quotes_in(PUBLIC, numbers)}
    assert speakers == {"Kuleba"}


def test_a_form_that_stands_in_no_document_alone_has_an_id_of_its_own(store):
    add(store, *TEXTS[0])
    number = apply(store, Action.SPLIT, DMYTRO, KULEBA)
    (alone,) = store.entities.find(PUBLIC, ["kuleba"])
    (offered,) = store.entities.suggest(PUBLIC, "kuleb")[:1]

    assert store.entities.family(PUBLIC, alone.id) == alone
    assert store.entities.head(PUBLIC, alone).mentions == 1
    assert {"Kuleba", "Dmytro Kuleba"} >= {offered.name}
    undo(store, number)
    with pytest.raises(NotFoundError):
        store.entities.family(PUBLIC, alone.id)
    assert names(store, "kuleba") == ["Dmytro Kuleba"]


def test_another_kind_is_shown_and_joins_who_has_it_already(filled):
    place = Named(EntityKey(Kind.PLACE, "andriy taran"), "Andriy Taran")
    number = apply(filled, Action.TYPE, TARAN, place)

    assert head(filled, "taran").kind == Kind.PLACE
    apply(filled, Action.TYPE, place, TARAN)
    assert head(filled, "taran").kind == Kind.PERSON
    undo(filled)
    undo(filled, number)
    assert head(filled, "taran").kind == Kind.PERSON


def test_who_is_hidden_is_found_by_nobody_but_the_workbench(filled):
    number = apply(filled, Action.HIDE, TARAN)
    numbers = [each.id for each in filled.documents.listing(PUBLIC, limit=9).documents]
    (dmytro,) = filled.entities.find(PUBLIC, ["kuleba"])

    assert names(filled, "taran") == []
    assert filled.entities.suggest(PUBLIC, "tar") == filled.entities.suggest(PUBLIC, "tara") == ()
    assert [each.name for each in filled.entities.top(PUBLIC, 9)] == ["Dmytro Kuleba"]
    assert filled.entities.nearest(PUBLIC, "Andriy Tarran") == ()
    assert filled.entities.companions(PUBLIC, dmytro) == ()
    assert filled.entities.people_in(PUBLIC, numbers) == ("Dmytro Kuleba",)
    assert [each.name for each in filled.curation.find(PUBLIC, ["taran"])] == ["Andriy Taran"]
    assert [each.name for each in filled.curation.hidden(PUBLIC)] == ["Andriy Taran"]
    undo(filled, number)
    assert names(filled, "taran") == ["Andriy Taran"]


def test_a_guild_finds_again_for_itself_what_is_hidden_in_public(filled):
    apply(filled, Action.HIDE, TARAN)
    apply(filled, Action.UNHIDE, TARAN, scope=GUILD_A)

    assert names(filled, "taran", GUILD_A) == ["Andriy Taran"]
    assert names(filled, "taran", GUILD_B) == names(filled, "taran") == []


def test_where_many_are_hidden_the_others_are_still_offered(store):
    known = {f"Anna A{letter}": () for letter in "bcdefghijklmnopqrstuvwxyz"}
    people = [*known, *(f"{name}a" for name in known)]
    for name in people:
        add(store, f"{name} came.", [name], known={})
    for name in people[:45]:
        apply(store, Action.HIDE, Named(person(name), name))

    assert len(store.entities.suggest(PUBLIC, "ann", 5)) == 5


def test_public_edits_are_seen_by_all_and_a_guilds_by_itself(filled):
    apply(filled, Action.MERGE, DMYTRO, TARAN, scope=GUILD_A)
    alone = names(filled, "taran"), names(filled, "taran", GUILD_B)
    ours = names(filled, "taran", GUILD_A)
    apply(filled, Action.MERGE, DMYTRO, TARAN)

    assert alone == (["Andriy Taran"], ["Andriy Taran"])
    assert ours == names(filled, "taran", GUILD_B) == ["Dmytro Kuleba"]


def test_a_guilds_word_counts_before_the_public_one(filled):
    apply(filled, Action.MERGE, DMYTRO, TARAN)
    apply(filled, Action.MERGE, TARAN, DMYTRO, scope=GUILD_A)

    assert names(filled, "taran") == ["Dmytro Kuleba"]
    assert names(filled, "kuleba", GUILD_A) == names(filled, "taran", GUILD_A) == ["Andriy Taran"]


def test_merges_in_a_ring_still_have_one_name(filled):
    add(filled, "Ivan Kuleba came.", ["Ivan Kuleba"])
    for keep, drop in ((DMYTRO, TARAN), (IVAN, DMYTRO), (TARAN, IVAN)):
        apply(filled, Action.MERGE, keep, drop)

    assert {*names(filled, "taran"), *names(filled, "dmytro kuleba")} == {"Andriy Taran"}
    assert head(filled, "ivan kuleba").documents == 4


def test_what_is_affected_is_told_before_it_happens(filled):
    def affected(action, subject, other=None):
        return filled.curation.affected(PUBLIC, change(action, subject, other))

    assert affected(Action.MERGE, DMYTRO, TARAN) == (1, 1, ("Andriy Taran",))
    assert affected(Action.HIDE, DMYTRO) == (4, 3, ("Dmytro Kuleba",))
    assert affected(Action.SPLIT, DMYTRO, KULEBA) == (2, 2, ("Dmytro Kuleba",))
    assert affected(Action.ALIAS_REMOVE, DMYTRO, KULEBA) == (1, 1, ("Dmytro Kuleba",))
    assert affected(Action.MERGE, DMYTRO, KULEBA) == (0, 0, ())
    assert names(filled, "taran") == ["Andriy Taran"]


def test_an_undo_is_recorded_and_happens_once(filled):
    number = apply(filled, Action.HIDE, TARAN)
    undone = undo(filled)
    newest, first = filled.curation.history(PUBLIC)

    assert (undone.id, newest.undoes, first.undone_at) == (number, number, NOON + HOUR)
    assert newest.actor == 7
    with pytest.raises(UsageError, match=f"Edit {number} was undone already"):
        undo(filled, number)
    with pytest.raises(UsageError, match="is an undo itself"):
        undo(filled, newest.id)
    with pytest.raises(NotFoundError, match="nothing to undo"):
        undo(filled)


@pytest.mark.parametrize("number", [0, -1, 99, 2**80])
def test_an_edit_that_is_not_there_cannot_be_undone(filled, number):
    with pytest.raises(NotFoundError, match="There is no edit"):
        undo(filled, number)


def test_a_guild_undoes_its_own_edits_only(filled):
    number = apply(filled, Action.HIDE, TARAN)

    with pytest.raises(NotFoundError, match=f"There is no edit {number} here"):
        undo(filled, number, GUILD_A)
    with pytest.raises(NotFoundError, match="nothing to undo"):
        undo(filled, None, GUILD_A)
    assert filled.curation.history(GUILD_A)[0].id == number


def test_edits_hold_over_removal_and_return_and_over_a_restart(url):
    with open_store(url) as store:
        for text, people in TEXTS:
            add(store, text, people)
        apply(store, Action.MERGE, DMYTRO, TARAN)
        hidden = apply(store, Action.HIDE, Named(person("Ivan Kuleba"), "Ivan Kuleba"))
        for document in store.documents.listing(PUBLIC, limit=9).documents:
            store.documents.remove(PUBLIC, document.id)
    with open_store(url) as store:
        assert names(store, "taran") == []
        for text, people in (*TEXTS, ("Ivan Kuleba came.", ["Ivan Kuleba"])):
            add(store, text, people)

        assert names(store, "taran") == ["Dmytro Kuleba"]
        assert names(store, "ivan kuleba") == []
        undo(store, hidden)
        assert names(store, "ivan kuleba") == ["Ivan Kuleba"]


@in_a_file
def test_edits_are_in_a_backup(filled, tmp_path):
    apply(filled, Action.MERGE, DMYTRO, TARAN)
    filled.backup(tmp_path / "copy.db")

    with open_store(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        assert names(copy, "taran") == ["Dmytro Kuleba"]


def test_what_a_guild_changed_goes_with_it(filled):
    filled.guilds.joined(GUILD_A, "A", NOON)
    apply(filled, Action.HIDE, TARAN, scope=GUILD_A)
    apply(filled, Action.SPLIT, DMYTRO, KULEBA, scope=GUILD_A)
    filled.guilds.left(GUILD_A, NOON)
    filled.guilds.purge_left(NOON + HOUR)

    with filled._database.read() as connection:
        for table in (tables.edit, tables.ruling, tables.ruled_term):
            assert connection.execute(select(table)).all() == []
        guilds = select(tables.entity).where(tables.entity.c.scope == GUILD_A)
        assert connection.execute(guilds).all() == []


def test_an_import_is_one_edit_with_one_undo(filled):
    parts = (
        change(Action.ALIAS_ADD, DMYTRO, Named(person("DK"), "DK")),
        change(Action.ALIAS_ADD, TARAN, Named(person("AT"), "AT")),
    )
    made = Change(action=Action.IMPORT, parts=parts, note="list.csv")
    number = filled.curation.apply(PUBLIC, made, actor=0, at=NOON)
    found = names(filled, "dk") + names(filled, "at")

    assert found == ["Dmytro Kuleba", "Andriy Taran"]
    assert filled.curation.history(PUBLIC)[0].change == made
    undo(filled, number)
    assert names(filled, "dk") + names(filled, "at") == []


def test_nobody_gets_more_names_than_are_followed(store):
    parts = tuple(
        change(Action.ALIAS_ADD, DMYTRO, Named(person(f"K{n}"), f"K{n}")) for n in range(100)
    )

    with pytest.raises(UsageError, match="more than 64 names"):
        store.curation.apply(PUBLIC, Change(action=Action.IMPORT, parts=parts), actor=0, at=NOON)
    assert store.curation.history(PUBLIC) == ()


def renewed(store, version=2):
    """Analyse everything again, as an analysis by a newer program."""
    batch = store.renewal.batch(version, 100)
    again = []
    for document in batch:
        people = next(people for text, people in TEXTS if text == document.text)
        made = analysis(document.text, people=people)
        again.append(replace(made, document=document, version=version))
    return store.renewal.renew(again)


def test_edits_and_their_undo_hold_over_a_new_analysis_and_a_restart(url):
    with open_store(url) as store:
        for text, people in TEXTS:
            add(store, text, people)
        numbers = [
            apply(store, Action.SPLIT, DMYTRO, KULEBA),
            apply(store, Action.MERGE, DMYTRO, TARAN),
            apply(store, Action.HIDE, KULEBA),
        ]
        before = store.documents.listing(PUBLIC, limit=9).documents
        (ident,) = (family.id for family in store.entities.find(PUBLIC, ["taran"]))
        assert store.renewal.stale(2) == 3
        assert renewed(store) == 3
        assert store.renewal.stale(2) == 0
    with open_store(url) as store:
        assert store.documents.listing(PUBLIC, limit=9).documents == before
        assert store.check(full=True) == ()
        assert [family.id for family in store.entities.find(PUBLIC, ["taran"])] == [ident]
        assert head(store, "taran").mentions == 3
        assert names(store, "kuleba") == []
        for number in numbers:
            undo(store, number)
        assert renewed(store, version=3) == 3
    with open_store(url) as store:
        assert head(store, "kuleba").documents == 3
        assert names(store, "taran") == ["Andriy Taran"]


def test_a_document_that_was_corrected_meanwhile_is_left_as_it_is(store):
    number = add(store, *TEXTS[0], identity="file:x")
    (old,) = store.renewal.batch(1, 10)
    add(store, "It says something else.", [], identity="file:x")

    stale = replace(analysis(old.text, people=["Andriy Taran"]), document=old, version=1)

    assert store.renewal.renew([stale]) == 0
    assert store.documents.get(PUBLIC, number).text == "It says something else."
    assert names(store, "taran") == []


edits = st.lists(
    st.tuples(
        st.sampled_from([*Action][:7]),
        st.sampled_from([DMYTRO, IVAN, KULEBA, TARAN]),
        st.sampled_from([DMYTRO, IVAN, KULEBA, TARAN]),
        st.booleans(),
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=25)
@given(test_scopes.libraries, edits, edits)
def test_a_guild_cannot_tell_what_another_has_changed(library, ours, theirs):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/with.db") as store,
        open_store(f"sqlite:///{folder}/without.db") as other,
    ):
        for each in (store, other):
            test_scopes.fill(each, [*enumerate(library)])
            make(each, ours, GUILD_A)
        public = test_scopes.seen(store, PUBLIC)
        make(store, theirs, GUILD_B)

        assert test_scopes.seen(store, PUBLIC) == public
        assert test_scopes.seen(store, GUILD_A) == test_scopes.seen(other, GUILD_A)
        assert public == test_scopes.seen(other, PUBLIC)


def make(store, wanted, scope):
    for action, subject, other, undone in wanted:
        if subject != other:
            number = apply(store, action, subject, other, scope)
            if undone:
                undo(store, number, scope)


@settings(deadline=None, max_examples=25)
@given(test_scopes.libraries, edits)
def test_what_is_undone_leaves_no_trace_in_what_is_seen(library, wanted):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/x.db") as store,
    ):
        test_scopes.fill(store, [*enumerate(library)])
        before = test_scopes.seen(store, GUILD_A)
        make(store, [(*each[:3], False) for each in wanted], GUILD_A)
        for edit in store.curation.history(GUILD_A, limit=99):
            undo(store, edit.id, GUILD_A)

        assert test_scopes.seen(store, GUILD_A) == before


@settings(deadline=None, max_examples=25)
@given(test_scopes.libraries, edits)
def test_every_row_is_in_the_family_that_it_leads_to(library, wanted):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/x.db") as store,
    ):
        test_scopes.fill(store, [*enumerate(library)])
        make(store, wanted, GUILD_A)
        with store._database.read() as connection:
            rows = connection.scalars(select(tables.tally.c.entity)).all()

        for number in rows:
            try:
                family = store.curation.family(GUILD_A, number)
            except NotFoundError:
                continue
            assert number in {member.id for member in family.members}


def questions(store: Store):
    (family,) = store.entities.find(PUBLIC, ["taran"])
    return {
        "suggest one letter": lambda: store.entities.suggest(PUBLIC, "a"),
        "suggest four letters": lambda: store.entities.suggest(PUBLIC, "andr"),
        "find": lambda: store.entities.find(PUBLIC, ["taran"]),
        "head": lambda: store.entities.head(PUBLIC, family),
        "family": lambda: store.entities.family(PUBLIC, family.id),
    }


@in_a_file
def test_two_thousand_edits_cost_a_question_next_to_nothing(store):
    grow(store, 0, 100)
    before = {name: steps(store, ask) for name, ask in questions(store).items()}
    for number in range(1_000):
        keep, drop = (Named(person(f"Q{number} {w}"), f"Q{number} {w}") for w in ("One", "Two"))
        apply(store, Action.MERGE, keep, drop)
        apply(store, Action.HIDE, keep)
    after = {name: steps(store, ask) for name, ask in questions(store).items()}

    assert {
        name: (before[name], after[name]) for name in after if after[name] > 1.1 * before[name]
    } == {}


@in_a_file
def test_two_thousand_edits_of_what_is_asked_for_stay_within_a_bound(store):
    grow(store, 0, 100)
    before = steps(store, lambda: store.entities.suggest(PUBLIC, "andr"))
    found = []
    for start in (0, 400):
        for number in range(start, start + (400 if not start else 1_600)):
            keep = Named(person(f"Andre Q{number}"), f"Andre Q{number}")
            apply(
                store, Action.ALIAS_ADD, keep, Named(person(f"Andr W{number}"), f"Andr W{number}")
            )
        found.append(steps(store, lambda: store.entities.suggest(PUBLIC, "andr")))

    assert found[1] <= 1.2 * found[0]
    assert before < found[0]
