"""A change that makes no sense is refused in one sentence; one that does says what it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import documents, ingest, workbench
from briefs.errors import NotFoundError, UsageError
from briefs.model import PUBLIC, Action, Kind
from tests.briefs.store.library import GUILD_A, NOON

TEXTS = (
    "Foreign Minister Dmytro Kuleba met Andriy Taran in Kyiv on Monday. Kuleba said so himself.",
    "Tarn Works of Berlin pays for the bridge, Andriy Taran told reporters in Berlin.",
)


@pytest.fixture
def filled(seeded):
    for number, text in enumerate(TEXTS):
        read = documents.of(text, title=f"T{number}", identity=f"test:{number}", published=NOON)
        ingest.keep(seeded, ingest.find(read), NOON)
    return seeded


def make(store, change, scope=PUBLIC):
    return workbench.make(store, scope, change, actor=1, at=NOON)


def name_of(store, typed):
    return workbench.show(store, PUBLIC, typed).name


def test_a_merge_is_planned_told_and_made(filled):
    change = workbench.merge(filled, PUBLIC, "Dmytro Kuleba", "Andriy Taran")
    affected = workbench.affected(filled, PUBLIC, change)
    number = make(filled, change)

    assert workbench.told(change) == "Andriy Taran is one with Dmytro Kuleba"
    assert affected.mentions > 1
    assert "mentions in" in workbench.told_of(affected)
    assert name_of(filled, "Taran") == "Dmytro Kuleba"
    workbench.undo(filled, PUBLIC, number, actor=1, at=NOON)
    assert name_of(filled, "Taran") == "Andriy Taran"


def test_a_merge_of_two_kinds_says_so(filled):
    change = workbench.merge(filled, PUBLIC, "Dmytro Kuleba", "Berlin")

    assert change.note == "Berlin is a place until now, and becomes a person."


def test_what_was_merged_merged_again_or_hidden_is_refused(filled):
    make(filled, workbench.merge(filled, PUBLIC, "Dmytro Kuleba", "Andriy Taran"))
    make(filled, workbench.hide(filled, PUBLIC, "Berlin"))

    for plan, said in (
        (lambda: workbench.merge(filled, PUBLIC, "Kuleba", "Taran"), "are Dmytro Kuleba already"),
        (lambda: workbench.merge(filled, PUBLIC, "Kuleba", "Berlin"), "Berlin is hidden"),
        (lambda: workbench.hide(filled, PUBLIC, "Berlin"), "Berlin is hidden"),
        (lambda: workbench.retype(filled, PUBLIC, "Berlin", "person"), "Berlin is hidden"),
        (lambda: workbench.unhide(filled, PUBLIC, "Kuleba"), "is not hidden"),
        (lambda: workbench.retype(filled, PUBLIC, "Kuleba", "person"), "is a person already"),
        (lambda: workbench.retype(filled, PUBLIC, "Kuleba", "robot"), "is not a kind of name"),
        (lambda: workbench.add_alias(filled, PUBLIC, "Kuleba", "Taran"), "is a name of"),
        (lambda: workbench.add_alias(filled, PUBLIC, "Kuleba", " "), "cannot be a name"),
        (lambda: workbench.add_alias(filled, PUBLIC, "Kuleba", "x" * 101), "cannot be a name"),
        (lambda: workbench.split(filled, PUBLIC, "Kuleba", "Dmytro Kuleba"), "is the full name"),
    ):
        with pytest.raises(UsageError, match=said):
            plan()


def test_a_name_that_is_none_of_theirs_cannot_leave(filled):
    with pytest.raises(NotFoundError, match="is no name of Dmytro Kuleba"):
        workbench.split(filled, PUBLIC, "Kuleba", "Berlin")
    with pytest.raises(NotFoundError, match="is no name of Dmytro Kuleba"):
        workbench.remove_alias(filled, PUBLIC, "Kuleba", "Dima")
    with pytest.raises(NotFoundError, match="called “Qqq”"):
        workbench.hide(filled, PUBLIC, "Qqq")


def test_an_alias_is_added_removed_and_split_off_again(filled):
    make(filled, workbench.add_alias(filled, PUBLIC, "Kuleba", "The Diplomat"))
    assert name_of(filled, "The Diplomat") == "Dmytro Kuleba"
    make(filled, workbench.remove_alias(filled, PUBLIC, "Kuleba", "The Diplomat"))
    with pytest.raises(NotFoundError):
        name_of(filled, "The Diplomat")
    make(filled, workbench.split(filled, PUBLIC, "Dmytro Kuleba", "Kuleba"))

    assert name_of(filled, "Kuleba") == "Kuleba"
    assert name_of(filled, "Dmytro Kuleba") == "Dmytro Kuleba"


def test_a_name_of_several_is_asked_back(filled):
    make(filled, workbench.add_alias(filled, PUBLIC, "Tarn Works", "Taran and Sons"))
    make(filled, workbench.retype(filled, GUILD_A, "Berlin", "organisation"), GUILD_A)
    read = documents.of("Ivan Kuleba met Dmytro Kuleba.", title="two", identity="test:two")
    ingest.keep(filled, ingest.find(read), NOON)

    with pytest.raises(UsageError, match=r"“Kuleba” may be .*: say which"):
        make(filled, workbench.hide(filled, PUBLIC, "Kuleba"))
    assert name_of(filled, "Ivan Kuleba (person)") == "Ivan Kuleba"


def test_a_list_gives_names_and_kinds(filled):
    table = "name,kind,alias\nDmytro Kuleba,person,The Diplomat,DK\n\nBerlin,organisation\n"
    change = workbench.take_over(filled, PUBLIC, workbench.read(table.encode()), "x.csv")
    number = make(filled, change)

    assert [part.action for part in change.parts] == [Action.ALIAS_ADD] * 2 + [Action.TYPE]
    assert workbench.told(change) == "3 changes of x.csv"
    assert name_of(filled, "DK") == "Dmytro Kuleba"
    assert workbench.show(filled, PUBLIC, "Berlin").kind == Kind.ORGANISATION
    with pytest.raises(UsageError, match="not so already"):
        workbench.take_over(filled, PUBLIC, workbench.read(table.encode()))
    workbench.undo(filled, PUBLIC, number, actor=1, at=NOON)
    assert workbench.show(filled, PUBLIC, "Berlin").kind == Kind.PLACE


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", "The list is empty"),
        (b"name,kind\n", "The list is empty"),
        (b"Ada,person\n,person\n", "Line 2 has no name"),
        (b"Ada\n", "Line 1 has no kind"),
        (b"Ada,robot\n", "Line 1: “robot” is not a kind"),
        (b"Ada,person," + b"x" * 101 + b"\n", "Line 1: .* cannot be a name"),
        (b"Ada,person\nAda,person\n", "Line 2: “Ada” stands in line 1 already"),
        (b'Ada,person\n"Bo" x,person\n', "Line 2 is not CSV"),
        (b"Ada,person\n\xff\xfe,person\n", "Line 2 is not UTF-8"),
        (b"Ada,person" + b"".join(b",a%d" % n for n in range(21)), "Line 1 has more than 20"),
        (b"".join(b"N%d,person\n" % n for n in range(2001)), "Line 2001 is one too many"),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_each_kind_of_bad_list_is_said_with_its_line(table, said):
    with pytest.raises(UsageError, match=said):
        workbench.read(table)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_are_read_or_refused(data):
    refused = False
    try:
        listed = workbench.read(data)
    except UsageError:
        refused = True

    assert refused or listed
