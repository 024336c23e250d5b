"""What is corrected by hand stays, whatever is read or analysed again."""

from datetime import UTC, datetime

import pytest

from briefs import documents, ingest
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, DocumentEdit, DocumentId, Entry, Feed, Listing, Scope

OURS, THEIRS = Scope(7), Scope(8)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def add(store, identity="a", scope=OURS, title="A bridge"):
    made = documents.of("A bridge is open.", title=title, identity=identity, scope=scope)
    return store.documents.add(ingest.find(made), arrived=NOW)


def test_a_correction_outlives_a_new_reading_of_the_file(store):
    number = add(store).id
    store.edits.note(DocumentEdit(number, OURS, 5, NOW, title="Anew"))
    store.edits.note(DocumentEdit(number, OURS, 5, NOW, author="Ada Quill", published=NOW))

    first, again = add(store), add(store)
    store.documents.add(
        ingest.find(documents.of("More.", title="Other", identity="a", scope=OURS)), arrived=NOW
    )

    document = store.documents.get(OURS, number)
    assert [first.outcome, again.outcome] == ["revision", "same"]
    assert (document.title, document.author, document.text) == ("Anew", "Ada Quill", "More.")
    assert (document.published, document.published_how) == (NOW, "edit")
    assert [each.title for each in store.edits.listing(OURS, limit=9)] == [None, "Anew"]
    assert store.edits.listing(THEIRS, limit=9) == ()


def test_a_correction_is_of_one_document_of_its_scope(store):
    number, public = add(store).id, add(store, scope=PUBLIC).id

    with pytest.raises(NotFoundError):
        store.edits.note(DocumentEdit(public, OURS, 5, NOW, title="x"))
    with pytest.raises(NotFoundError):
        store.edits.note(DocumentEdit(number, THEIRS, 5, NOW, title="x"))
    store.documents.remove(OURS, number)

    assert store.edits.listing(OURS, limit=9) == ()


def test_documents_of_the_scope_itself_are_analysed_again(store):
    number, public = add(store).id, add(store, "b", PUBLIC).id

    assert store.renewal.again(OURS) == 1
    assert [each.id for each in store.renewal.batch(ingest.VERSION, 9)] == [number]
    for other in (public, DocumentId(99), DocumentId(2**80)):
        with pytest.raises(NotFoundError):
            store.renewal.again(OURS, other)


def test_documents_are_found_by_the_feed_that_brought_them(store):
    feeds = [
        store.feeds.add(Feed(url=f"https://{name}.example", name=name, scope=scope), NOW)
        for name, scope in (("ours", OURS), ("public", PUBLIC), ("theirs", THEIRS))
    ]
    for feed in feeds:
        entry = Entry(guid="1", title=f"Of {feed.name}", text=f"The words of {feed.name} it is.")
        store.feeds.take(feed, Listing(entries=(entry,)), NOW)
    waiting = [store.origins.waiting(scope) for scope in (PUBLIC, OURS)]
    for each in store.intake.batch(9):
        ingest.keep(store, ingest.analyse(ingest.waiting(each)), NOW)
        store.intake.settle([each.id])

    ours, public, theirs = (feed.id for feed in feeds)
    assert waiting == [{public: 1}, {public: 1, ours: 1}]
    assert store.origins.waiting(OURS) == {}
    assert [each.title for each in store.origins.documents(OURS, ours, limit=5)] == ["Of ours"]
    assert [each.title for each in store.origins.documents(OURS, public, limit=5)] == ["Of public"]
    assert store.origins.documents(OURS, theirs, limit=5) == ()
    assert store.origins.documents(PUBLIC, ours, limit=5) == ()
