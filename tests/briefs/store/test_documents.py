from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from briefs.errors import NotFoundError, NotVerbatimError, StoreError
from briefs.model import PUBLIC, DocumentId, Post, Quotation, Span
from briefs.store import FileRow, tables
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis, in_a_file


def add(store, *args, at=NOON, **options):
    return store.documents.add(analysis(*args, **options), arrived=at)


def tamper(store, statement: str) -> None:
    with store._database.write() as connection:
        connection.exec_driver_sql(statement)


def titles(documents) -> list[str]:
    return [each.title for each in documents]


def test_what_is_stored_is_what_is_read(store):
    given = analysis("One.\nTwo “three”.", title="T", scope=GUILD_A, published=NOON, sample=True)
    post = Post(span=Span(0, 4), author="A", handle="a", published=NOON)
    document = replace(
        given.document, posts=(post,), standfirst="S", author="X", url="https://x", language="uk"
    )
    kept = store.documents.add(replace(given, document=document), arrived=NOON + HOUR)

    found = store.documents.get(GUILD_A, kept.id)

    assert found == replace(document, id=kept.id, arrived=NOON + HOUR)
    assert [part.text for part in store.documents.sentences(GUILD_A, [kept.id])] == [
        "One.",
        "Two “three”.",
    ]


def test_ids_grow_with_arrival(store):
    kept = [add(store, f"Text {number}.", title=f"{number}") for number in range(3)]

    assert [each.outcome for each in kept] == ["new"] * 3
    assert kept == sorted(kept)


def test_the_same_again_changes_nothing(store):
    first = add(store, "One.", title="one")
    again = add(store, "One.", title="one", at=NOON + HOUR)

    assert again == (first.id, "same")
    assert store.documents.get(PUBLIC, first.id).arrived == NOON


def test_a_correction_is_a_revision_that_is_not_new(store):
    first = add(store, "Wrong.", title="one")
    second = add(store, "Right.", title="one", at=NOON + HOUR)
    found = store.documents.get(PUBLIC, first.id)

    assert second == (first.id, "revision")
    assert (found.text, found.revision, found.arrived) == ("Right.", 2, NOON)
    assert store.search.sentences(PUBLIC, "wrong").hits == ()
    assert store.documents.window(PUBLIC, NOON + HOUR, NOON + 2 * HOUR).documents == ()


def test_what_was_said_before_a_correction_can_be_proved(store):
    kept = add(store, "Wrong.", title="one")
    add(store, "Right.", title="one", at=NOON + HOUR)
    (past,) = store.documents.revisions(PUBLIC, kept.id)

    assert (past.number, past.title, past.text) == (1, "one", "Wrong.")
    assert past.replaced == NOON + HOUR
    assert store.documents.revisions(GUILD_A, kept.id) == (past,)


def test_a_corrected_outlet_is_a_revision_too(store):
    add(store, "One.", title="one", source="A")
    kept = add(store, "One.", title="one", source="B")

    assert kept.outcome == "revision"
    assert store.documents.get(PUBLIC, kept.id).source == "B"


def test_the_time_of_a_file_is_no_correction(store):
    given = analysis("One.", title="one")
    for at in (NOON, NOON + HOUR):
        document = replace(given.document, published=at, published_how="file time")
        kept = store.documents.add(replace(given, document=document), arrived=NOON)

    assert kept.outcome == "same"


def test_a_wire_copy_from_another_outlet_is_a_document_of_its_own(store):
    first = add(store, "One.", identity="a", source="A")
    copy = add(store, "One.", identity="b", source="B")
    again = add(store, "One.", identity="c", source="a")

    assert copy.outcome == "copy"
    assert again == (first.id, "same")
    assert store.documents.counts(PUBLIC).documents == 2


def test_the_same_text_in_two_guilds_is_two_documents(store):
    kept = [add(store, "One.", identity="a", scope=scope) for scope in (PUBLIC, GUILD_A, GUILD_B)]

    assert [each.outcome for each in kept] == ["new"] * 3


def test_one_document_that_comes_ten_times_at_once_is_one(store):
    with ThreadPoolExecutor(10) as threads:
        kept = [*threads.map(lambda n: add(store, "One.", identity=f"file:{n % 2}"), range(10))]

    assert len({each.id for each in kept}) == 1
    assert sorted(each.outcome for each in kept) == ["new", *["same"] * 9]


def test_a_batch_is_kept_in_its_order_or_not_at_all(store):
    batch = [
        analysis("One.", title="a"),
        analysis("One.", title="a"),
        analysis("Two.", title="a"),
        analysis("Two.", title="b"),
        analysis("Two.", title="c", source="Other"),
    ]
    kept = store.documents.add_many(batch, arrived=NOON)
    broken = [analysis("Three.", title="d"), analysis("Four.\ud800", title="e")]
    with pytest.raises(StoreError):
        store.documents.add_many(broken, arrived=NOON)

    assert [each.outcome for each in kept] == ["new", "same", "revision", "same", "copy"]
    assert store.documents.counts(PUBLIC).documents == 2


def test_a_window_has_what_arrived_in_it_newest_first(store):
    for number in range(5):
        add(store, f"Text {number}.", title=str(number), at=NOON + number * HOUR)
    found = store.documents.window(PUBLIC, NOON + HOUR, NOON + 4 * HOUR)
    capped = store.documents.window(PUBLIC, NOON, NOON + 5 * HOUR, cap=2)

    assert titles(found.documents) == ["3", "2", "1"]
    assert found.over == 0
    assert titles(capped.documents) == ["4", "3"]
    assert capped.over == 3
    assert store.documents.newest_arrival(PUBLIC) == NOON + 4 * HOUR


def test_a_window_merges_what_is_public_with_what_is_the_guilds(store):
    for number in range(6):
        scope = (PUBLIC, GUILD_A, GUILD_B)[number % 3]
        add(store, f"{number}.", title=str(number), scope=scope, at=NOON + number * HOUR)
    found = store.documents.window(GUILD_A, NOON, NOON + 9 * HOUR, cap=3)

    assert titles(found.documents) == ["4", "3", "1"]
    assert found.over == 1


def test_a_document_of_another_guild_is_not_there(store):
    kept = add(store, "One.", title="secret", scope=GUILD_B)
    for number in (kept.id, DocumentId(99), DocumentId(0), DocumentId(-1), DocumentId(2**80)):
        with pytest.raises(NotFoundError, match=f"There is no document {number} here"):
            store.documents.get(GUILD_A, number)

    assert store.documents.sentences(GUILD_A, [kept.id]) == ()
    with pytest.raises(NotFoundError):
        store.documents.remove(GUILD_A, kept.id)


def test_sentences_come_in_the_order_that_was_asked_for(store):
    one, two = (add(store, f"{name}.\nEnd.", title=name).id for name in ("One", "Two"))
    found = store.documents.sentences(PUBLIC, [two, one, two])

    assert [part.text for part in found] == ["Two.", "End.", "One.", "End."]


def test_a_withdrawn_document_is_gone_until_its_file_comes_back(store):
    kept = add(store, "Kuleba spoke.", title="one", people=["Kuleba"])

    assert store.documents.withdraw("file:one")
    assert not store.documents.withdraw("file:one")
    assert store.documents.newest_arrival(PUBLIC) is None
    assert store.search.sentences(PUBLIC, "kuleba").hits == ()
    assert store.entities.suggest(PUBLIC, "kul") == ()
    with pytest.raises(NotFoundError):
        store.documents.get(PUBLIC, kept.id)

    back = add(store, "Kuleba spoke.", title="one", people=["Kuleba"], at=NOON + HOUR)

    assert back == (kept.id, "same")
    assert store.documents.get(PUBLIC, kept.id).arrived == NOON
    assert store.documents.get(PUBLIC, kept.id).revision == 1
    assert store.documents.revisions(PUBLIC, kept.id) == ()
    assert len(store.entities.suggest(PUBLIC, "kul")) == 1


def test_a_renamed_file_is_no_new_document(store):
    kept = add(store, "One.", identity="file:old")
    store.documents.withdraw("file:old")
    renamed = add(store, "One.", identity="file:new", at=NOON + HOUR)

    assert renamed == (kept.id, "same")
    assert store.documents.get(PUBLIC, kept.id).identity == "file:new"


def test_a_document_stays_as_long_as_another_file_holds_its_text(store):
    kept = add(store, "One.", identity="file:a")
    add(store, "One.", identity="file:b")
    rows = [FileRow(f"file:{name}", 4, 1, "d", "kept", kept.id) for name in "ab"]
    store.files.remember(*rows)

    assert not store.documents.withdraw("file:a")
    assert store.documents.get(PUBLIC, kept.id).identity == "file:b"
    store.files.forget("file:a")
    assert store.documents.withdraw("file:b")


def test_a_removed_document_leaves_nothing_and_its_file_is_not_read_again(store):
    kept = add(store, "Kuleba spoke.", title="one", people=["Kuleba"])
    store.files.remember(FileRow("file:one", 13, 1, "d", "kept", kept.id))
    removed = store.documents.remove(PUBLIC, kept.id)

    assert (removed.title, removed.text) == ("one", "")
    assert store.files.known()["file:one"] == FileRow("file:one", 13, 1, "d", "removed")
    assert store.documents.counts(PUBLIC) == (0, 0, 0)
    with store._database.read() as connection:
        kept_tables = {"installation", "file", "holding"}
        for table in (t for t in tables.metadata.sorted_tables if t.name not in kept_tables):
            assert connection.execute(select(table)).all() == []


def test_what_was_kept_long_enough_goes_and_the_rest_stays(store):
    old = store.documents.add(analysis("An old text.", identity="old"), arrived=NOON)
    store.files.remember(FileRow("old", 1, 1, "digest", "kept", old.id))
    new = store.documents.add(analysis("A new text.", identity="new"), arrived=NOON + HOUR)

    deleted = store.documents.expire(NOON + HOUR)

    assert deleted == 1
    assert [each.id for each in store.documents.listing(PUBLIC, limit=9).documents] == [new.id]
    assert store.files.known()["old"].state == "removed"
    assert store.documents.counts(PUBLIC).documents == 1


def test_a_guild_cannot_remove_what_is_public(store):
    kept = add(store, "One.", title="one")
    with pytest.raises(NotFoundError):
        store.documents.remove(GUILD_A, kept.id)

    assert store.documents.get(PUBLIC, kept.id).text == "One."


def test_the_shelf_is_turned_from_the_newest_back(store):
    for number in range(5):
        add(store, f"{number}.", title=f"Title {number}")
    first = store.documents.listing(PUBLIC, limit=3)
    second = store.documents.listing(PUBLIC, limit=3, before=first.documents[-1].id)

    assert titles(first.documents) == ["Title 4", "Title 3", "Title 2"]
    assert first.more
    assert titles(second.documents) == ["Title 1", "Title 0"]
    assert not second.more
    assert first.documents[0].text == ""


def test_titles_are_found_by_their_beginning_and_by_that_of_a_word(store):
    for title in ("Ukraine builds a factory", "A factory for Çavuşoğlu", "Other % news_"):
        add(store, f"{title}.", title=title)

    assert titles(store.documents.listing(PUBLIC, limit=9, title_prefix="UKR").documents) == [
        "Ukraine builds a factory"
    ]
    assert store.documents.listing(PUBLIC, limit=9, title_prefix="factory").documents == ()
    assert len(store.documents.complete(PUBLIC, "facto")) == 2
    assert titles(store.documents.complete(PUBLIC, "cavus")) == ["A factory for Çavuşoğlu"]
    assert titles(store.documents.complete(PUBLIC, "%")) == ["Other % news_"]
    assert store.documents.complete(PUBLIC, "%%%%_") == ()
    assert len(store.documents.complete(PUBLIC, "", limit=2)) == 2
    assert store.documents.complete(PUBLIC, "x\ud800\0") == ()


def test_old_titles_are_found_behind_many_new_ones(store):
    add(store, "Old.", title="An ancient matter")
    batch = [analysis(f"{n}.", title=f"Matter of the day {n}") for n in range(320)]
    store.documents.add_many(batch, arrived=NOON)

    assert titles(store.documents.complete(PUBLIC, "ancient")) == ["An ancient matter"]


def test_a_quotation_is_proved_to_the_letter(store):
    kept = add(store, "He said “yes”.", title="A title")
    good = [
        Quotation("yes", kept.id, Span(9, 12)),
        Quotation("A title", kept.id, None),
        Quotation("", kept.id, Span(0, 0)),
    ]
    store.documents.prove(PUBLIC, good)
    store.documents.prove(GUILD_A, good)

    for bad in (
        Quotation("no", kept.id, Span(9, 12)),
        Quotation("yes", kept.id, Span(8, 11)),
        Quotation("A  title", kept.id, None),
        Quotation("yes", DocumentId(99), Span(9, 12)),
    ):
        with pytest.raises(NotVerbatimError):
            store.documents.prove(PUBLIC, [*good, bad])


def test_a_line_of_another_guild_or_of_what_is_gone_is_not_proved(store):
    secret = add(store, "Secret.", title="one", scope=GUILD_B)
    gone = add(store, "Gone.", title="two")
    store.documents.withdraw("file:two")
    for quotation in (
        Quotation("Secret.", secret.id, Span(0, 7)),
        Quotation("Gone.", gone.id, Span(0, 5)),
    ):
        with pytest.raises(NotVerbatimError):
            store.documents.prove(GUILD_A, [quotation])


def test_a_text_that_was_tampered_with_is_never_shown(store, caplog):
    kept = add(store, "It is true.", title="one", at=NOON)
    add(store, "Another.", title="two", at=NOON)
    tamper(store, "UPDATE body SET text = 'It is a lie' WHERE document = 1")
    window = store.documents.window(PUBLIC, NOON, NOON + HOUR)

    with pytest.raises(StoreError, match="Document 1 is not as it was kept: run `daybrief doctor`"):
        store.documents.get(PUBLIC, kept.id)
    with pytest.raises(NotVerbatimError):
        store.documents.prove(PUBLIC, [Quotation("It is a lie", kept.id, Span(0, 11))])
    assert titles(window.documents) == ["two"]
    assert "document 1 is damaged" in caplog.text
    assert "lie" not in caplog.text
    assert store.check() == ("document 1 is not as it was kept",)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET published = 9223372036854775807 WHERE id = 1",
        "UPDATE document SET source = 'Another outlet' WHERE id = 1",
        "UPDATE sentence SET kind = 'from the future' WHERE document = 1",
    ],
)
def test_a_row_of_nonsense_does_not_hide_the_others(store, change):
    add(store, "One.", title="one")
    add(store, "Two.", title="two")
    tamper(store, change)
    window = store.documents.window(PUBLIC, NOON, NOON + HOUR)
    parts = store.documents.sentences(PUBLIC, [DocumentId(1), DocumentId(2)])

    assert "two" in titles(window.documents)
    assert [part.text for part in parts if part.quotable][-1] == "Two."


@in_a_file
def test_a_time_that_is_none_does_not_hide_the_others(store):
    add(store, "One.", title="one")
    add(store, "Two.", title="two")
    tamper(store, "UPDATE document SET published = 'tomorrow' WHERE id = 1")

    assert "two" in titles(store.documents.window(PUBLIC, NOON, NOON + HOUR).documents)


def test_samples_are_told_from_other_documents(store):
    add(store, "One.", title="one", sample=True)
    assert not store.documents.has_other_than_samples(PUBLIC)
    add(store, "Two words.", title="two", scope=GUILD_A)

    assert not store.documents.has_other_than_samples(PUBLIC)
    assert store.documents.has_other_than_samples(GUILD_A)
    assert store.documents.counts(GUILD_A) == (2, 1, 3)


@in_a_file
def test_a_full_disk_stops_adding_and_nothing_else(store):
    kept = add(store, "Kept.", title="kept")
    with store._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="The disk is full"):
        add(store, "Long words. " * 5_000, title="long")

    assert store.documents.get(PUBLIC, kept.id).text == "Kept."
    assert store.check(full=True) == ()
    with store._database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert add(store, "Long words. " * 5_000, title="long").outcome == "new"
