"""The library holds what the configured folders hold, and reads nothing twice."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

import pytest

from briefs import ingest
from briefs.errors import DocumentError
from briefs.model import PUBLIC, DocumentId, Entry
from briefs.store import Outcome, open_store
from tests.briefs.conftest import SEEDS
from tests.briefs.store.library import GUILD_A, NOON

BRIDGE = "The mayor opened the new bridge over the lake on Monday morning."
HARVEST = "Farmers in the valley expect the smallest harvest for forty years."


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "docs"
    made.mkdir()
    (made / "bridge.md").write_text(BRIDGE)
    return made


def settle(store, *folders):
    """Bring *store* up to date with *folders*, and return what had to be done."""
    found = ingest.changes(store.files.known(), folders)
    store.files.remember(*found.touched)
    for change in found.changed:
        kept = ingest.keep(store, ingest.analyse(change.source), NOON)
        store.files.remember(change.row._replace(document=kept.id))
    for identity in found.gone:
        store.documents.withdraw(identity)
    store.files.forget(*found.gone)
    store.files.remember(*found.opened)
    return found


def names(found):
    return [change.source.name for change in found.changed]


def titles(store):
    return sorted(
        document.title for document in store.documents.listing(PUBLIC, limit=50).documents
    )


def nothing(found):
    return found == ingest.Changes((), (), (), ())


# --- folders


def test_a_new_file_is_read_once(store, folder):
    first, second = settle(store, folder), settle(store, folder)

    assert names(first) == ["bridge.md"]
    assert nothing(second)
    assert titles(store) == ["bridge"]


def test_a_file_that_was_only_touched_is_not_read_again(store, folder):
    settle(store, folder)
    os.utime(folder / "bridge.md", (1_600_000_000, 1_600_000_000))

    touched, after = settle(store, folder), settle(store, folder)

    assert names(touched) == []
    assert [row.modified for row in touched.touched] == [1_600_000_000 * 10**9]
    assert nothing(after)


def test_a_file_that_says_something_else_is_a_revision(store, folder):
    settle(store, folder)
    (folder / "bridge.md").write_text(HARVEST)

    changed = settle(store, folder)

    (document,) = store.documents.listing(PUBLIC, limit=5).documents
    assert names(changed) == ["bridge.md"]
    assert document.revision == 2
    assert store.documents.get(PUBLIC, document.id).text == HARVEST


def test_a_file_that_is_gone_is_withdrawn_and_comes_back_as_the_same_document(store, folder):
    settle(store, folder)
    (before,) = store.documents.listing(PUBLIC, limit=5).documents
    (folder / "bridge.md").unlink()

    gone = settle(store, folder)

    assert len(gone.gone) == 1
    assert titles(store) == []
    (folder / "bridge.md").write_text(BRIDGE)
    settle(store, folder)
    (after,) = store.documents.listing(PUBLIC, limit=5).documents
    assert (after.id, after.arrived) == (before.id, before.arrived)


def test_a_folder_that_is_configured_no_longer_is_withdrawn(store, folder):
    settle(store, folder)

    gone = settle(store)

    assert len(gone.gone) == 1
    assert titles(store) == []


def test_a_folder_that_is_missing_keeps_its_documents(store, folder):
    settle(store, folder)
    shutil.move(folder, folder.with_name("elsewhere"))

    assert nothing(settle(store, folder))
    assert titles(store) == ["bridge"]
    assert ingest.missing([folder]) == (folder,)


def test_a_folder_that_cannot_be_listed_keeps_its_documents(store, folder, monkeypatch):
    below = folder / "below"
    below.mkdir()
    (below / "harvest.md").write_text(HARVEST)
    settle(store, folder)
    listed = os.scandir

    def refused(path):
        if os.fspath(path) == str(below):
            raise PermissionError(13, "Permission denied", str(below))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)

    assert nothing(settle(store, folder))
    assert ingest.missing([folder]) == (below,)
    assert titles(store) == ["bridge", "harvest"]


def test_a_configured_file_that_is_missing_keeps_its_document(store, folder):
    path = folder / "bridge.md"
    settle(store, path)
    path.unlink()

    assert nothing(settle(store, path))
    assert titles(store) == ["bridge"]


def test_what_describes_the_folder_or_is_hidden_is_no_document(store, folder):
    hidden = folder / ".git"
    hidden.mkdir()
    for name in ("README.md", "readme.txt", ".draft.md", "~lock.md", "photo.jpg", "notes"):
        (folder / name).write_text(HARVEST)
    (hidden / "harvest.md").write_text(HARVEST)

    assert names(settle(store, folder)) == ["bridge.md"]


def test_folders_in_a_folder_are_read_in_a_fixed_order(folder):
    for name in ("b", "a"):
        (folder / name).mkdir()
        (folder / name / "2.txt").write_text(HARVEST)
        (folder / name / "1.HTML").write_text(HARVEST)

    found = [str(path.relative_to(folder)) for path in ingest.files([folder])]

    assert found == ["bridge.md", "a/1.HTML", "a/2.txt", "b/1.HTML", "b/2.txt"]


def test_a_link_to_a_folder_is_not_followed(store, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "harvest.md").write_text(HARVEST)
    (folder / "link").symlink_to(other, target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)

    assert names(settle(store, folder)) == ["bridge.md"]


def test_a_folder_with_the_name_of_a_document_is_a_folder(store, folder):
    (folder / "harvest.md").mkdir()
    (folder / "harvest.md" / "inside.txt").write_text(HARVEST)

    assert names(settle(store, folder)) == ["bridge.md", "inside.txt"]


def test_a_file_that_cannot_be_opened_is_refused_and_the_others_are_read(store, folder):
    (folder / "broken.md").symlink_to("nowhere.md")
    os.mkfifo(folder / "pipe.txt")

    found = settle(store, folder)

    reasons = {name.rpartition("/")[2]: reason for name, reason in found.refused}
    assert names(found) == ["bridge.md"]
    assert reasons == {
        "broken.md": "there is no such file; check the path",
        "pipe.txt": "is a device or a pipe; name a file",
    }


def test_a_file_that_cannot_be_opened_any_more_keeps_its_document(store, folder):
    path = folder / "bridge.md"
    settle(store, folder)
    path.unlink()
    path.mkdir()
    path.rmdir()
    path.symlink_to(path)  # leads to itself

    found = settle(store, folder)

    assert found.gone == ()
    assert len(found.refused) == 1
    assert titles(store) == ["bridge"]


def test_a_document_that_was_removed_stays_away_until_its_file_changes(store, folder):
    settle(store, folder)
    (document,) = store.documents.listing(PUBLIC, limit=5).documents
    store.documents.remove(PUBLIC, document.id)

    settle(store, folder)
    os.utime(folder / "bridge.md")
    settle(store, folder)
    assert titles(store) == []

    (folder / "bridge.md").write_text(HARVEST)
    settle(store, folder)
    assert titles(store) == ["bridge"]


def test_a_file_that_stands_in_two_configured_folders_is_one_document(store, folder):
    settle(store, folder, folder.parent)

    assert titles(store) == ["bridge"]


def test_a_file_that_was_moved_is_the_same_document(store, folder):
    settle(store, folder)
    (before,) = store.documents.listing(PUBLIC, limit=5).documents
    (folder / "bridge.md").rename(folder / "lake.md")

    settle(store, folder)

    (after,) = store.documents.listing(PUBLIC, limit=5).documents
    assert after.id == before.id
    assert nothing(settle(store, folder))


# --- sources


def test_a_folder_is_no_source(folder):
    with pytest.raises(DocumentError, match="is a folder; name its files"):
        ingest.file(folder)


def test_a_file_that_is_not_there_is_named_with_the_remedy(folder):
    with pytest.raises(DocumentError, match=r"gone\.md: there is no such file; check the path"):
        ingest.file(folder / "gone.md")


def test_a_file_is_found_from_another_folder_than_it_was_named_in(folder, monkeypatch):
    """Workers are in a folder of their own."""
    monkeypatch.chdir(folder)
    source = ingest.file(Path("bridge.md"))
    monkeypatch.chdir("/")

    assert ingest.analyse(source).document.text
    assert str(source.path) == "bridge.md"


def test_a_file_may_vanish_after_it_was_named(folder):
    source = ingest.file(folder / "bridge.md")
    (folder / "bridge.md").unlink()

    with pytest.raises(DocumentError, match="there is no such file"):
        source.read()


def test_the_same_upload_is_the_same_document_in_one_guild(store):
    def uploaded(name, scope):
        source = ingest.upload(BRIDGE.encode(), name, scope=scope, now=NOON)
        return ingest.keep(store, ingest.analyse(source), NOON)

    first, again = uploaded("bridge.txt", GUILD_A), uploaded("bridge.txt", GUILD_A)

    assert (first.outcome, again.outcome) == (Outcome.NEW, Outcome.SAME)
    assert first.id == again.id
    assert titles(store) == []


def test_an_upload_of_what_is_being_read_right_now_is_one_document(store):
    """Both have read it before either has kept it."""
    both = Barrier(2, timeout=20)

    def read(_):
        source = ingest.upload(BRIDGE.encode(), "bridge.txt", scope=GUILD_A, now=NOON)
        analysis = ingest.analyse(source)
        both.wait()
        return ingest.keep(store, analysis, NOON)

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(read, range(2))

    assert first.id == second.id
    assert {first.outcome, second.outcome} == {Outcome.NEW, Outcome.SAME}


# --- analyses


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("2*.md")))
def test_all_that_is_found_in_a_document_stands_in_it(name):
    found = ingest.analyse(ingest.file(SEEDS / name))

    text = found.document.text
    keys = {entity.key for entity in found.entities}
    mentions = [link.mention for entity in found.entities for link in entity.links]
    for each in (*found.sentences, *mentions, *found.roles, *found.quotes):
        assert each.text == text[each.span.start : each.span.end]
    assert {role.person for role in found.roles} <= keys
    assert {quote.speaker for quote in found.quotes if quote.speaker} <= keys
    assert found.document.sample


def test_numbering_changes_the_number_and_nothing_else():
    found = ingest.analyse(ingest.file(SEEDS / "2021-10-07-sample-wire-factory.md"))

    seven = ingest.numbered(found, DocumentId(7))

    assert seven.document.id == 7
    assert {sentence.document for sentence in seven.sentences} == {7}
    assert ingest.numbered(seven, found.document.id) == found


def test_dividing_finds_sentences_and_no_names():
    found = ingest.analyse(ingest.file(SEEDS / "2021-10-07-sample-wire-factory.md"))

    divided = ingest.divide(found.document)

    assert divided.sentences == found.sentences
    assert divided.entities == ()


# --- files that hold several documents


@pytest.fixture
def lines(folder):
    (folder / "news.jsonl").write_text(_lines(bridge=BRIDGE, harvest=HARVEST))
    (folder / "bridge.md").unlink()
    return folder / "news.jsonl"


def _lines(**told):
    return "".join(
        json.dumps({"url": f"https://x.org/{key}", "title": key, "text": text}) + "\n"
        for key, text in told.items()
    )


def _archive(path, **members):
    with ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)


def test_each_document_of_a_file_is_one_of_the_library(store, folder, lines):
    settle(store, folder)

    assert titles(store) == ["bridge", "harvest"]
    assert nothing(settle(store, folder))


def test_only_what_changed_in_a_file_is_read_again(store, folder, lines):
    settle(store, folder)

    lines.write_text(_lines(road=HARVEST + " It rained.", bridge=BRIDGE, harvest=HARVEST))

    assert names(settle(store, folder)) == ["news.jsonl, line 1"]
    assert titles(store) == ["bridge", "harvest", "road"]


def test_an_edited_line_with_an_address_is_a_revision(store, folder, lines):
    settle(store, folder)

    lines.write_text(_lines(bridge=BRIDGE + " It is red.", harvest=HARVEST))
    settle(store, folder)

    listed = store.documents.listing(PUBLIC, limit=5).documents
    assert sorted(each.revision for each in listed) == [1, 2]


def test_what_left_a_file_is_withdrawn_and_so_is_all_of_a_file_that_left(store, folder, lines):
    settle(store, folder)

    lines.write_text(_lines(harvest=HARVEST))
    settle(store, folder)
    remaining = titles(store)
    lines.unlink()
    settle(store, folder)

    assert (remaining, titles(store)) == (["harvest"], [])


def test_a_file_that_became_unreadable_is_refused_with_its_reason(store, folder):
    _archive(folder / "a.zip", one=BRIDGE)
    settle(store, folder)
    (folder / "a.zip").write_bytes(b"PK\x03\x04 cut off")

    found = ingest.changes(store.files.known(), [folder])

    (change,) = found.changed
    assert [identity.rpartition("#")[2] for identity in found.gone] == ["one.txt"]
    with pytest.raises(DocumentError, match="damaged archive: pack it again"):
        ingest.analyse(change.source)


def test_a_share_that_is_away_loses_nothing_of_its_archives(store, tmp_path):
    archive = tmp_path / "a.zip"
    _archive(archive, one=BRIDGE, two=HARVEST)
    settle(store, archive)
    archive.unlink()

    assert settle(store, archive).gone == ()
    assert titles(store) == ["one", "two"]


def test_an_archive_that_is_not_wholly_kept_is_opened_again(store, folder):
    """What a crash left of it is read the next time."""
    _archive(folder / "a.zip", one=BRIDGE, two=HARVEST)
    found = ingest.changes(store.files.known(), [folder])
    first = next(each for each in found.changed if each.source.member == "one.txt")
    kept = ingest.keep(store, ingest.analyse(first.source), NOON)
    store.files.remember(first.row._replace(document=kept.id))

    again = ingest.changes(store.files.known(), [folder])

    assert [each.source.member for each in again.changed if each.source.member] == ["two.txt"]


def test_the_same_member_given_twice_is_the_same_document():
    data = _lines(bridge=BRIDGE, harvest=HARVEST).encode()
    given = [ingest.upload(data, name, scope=GUILD_A, now=NOON) for name in ("a.jsonl", "b.jsonl")]

    first, second = ([each.identity for each in ingest.opened(source)] for source in given)

    assert first == second
    assert len(set(first)) == 2


def test_the_outlet_of_a_line_without_a_source_is_its_file(store, folder, lines):
    settle(store, folder)

    listed = store.documents.listing(PUBLIC, limit=5).documents
    assert {each.outlet for each in listed} == {"news.jsonl"}


def test_one_bad_member_of_an_archive_is_refused_by_name_and_the_others_are_kept(store, folder):
    _archive(folder / "a.zip", one=BRIDGE, two=HARVEST)
    data = bytearray((folder / "a.zip").read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the first is locked
        data[data.find(mark) + at] |= 1
    (folder / "a.zip").write_bytes(data)

    found = ingest.changes(store.files.known(), [folder / "a.zip"])

    bad, good = found.changed
    assert ingest.analyse(good.source).document.text
    with pytest.raises(DocumentError, match=r"^a\.zip/one\.txt: is locked with a password"):
        ingest.analyse(bad.source)


def test_archives_are_opened_by_whoever_is_to_do_it(store, folder):
    """In the bot that is a worker: nothing is unpacked where commands are answered."""
    _archive(folder / "a.zip", one=BRIDGE)
    _archive(folder / "b.zip", two=HARVEST)
    asked = []

    def look_inside(holders):
        asked.extend(each.name for each in holders)
        return [ingest.held(holders[0]), None]

    both = [folder / "a.zip", folder / "b.zip"]
    found = ingest.changes(store.files.known(), both, look_inside=look_inside)

    assert asked == ["a.zip", "b.zip"]
    assert [each.source.name for each in found.changed] == ["a.zip/one.txt", "b.zip"]


def test_the_larger_a_source_is_the_longer_it_may_take(tmp_path):
    small = ingest.upload(b"x", "a.txt", scope=PUBLIC, now=NOON)
    large = ingest.upload(b"x" * 1_000_000, "a.txt", scope=PUBLIC, now=NOON)
    endless = ingest.upload(b"x" * 60_000_000, "a.zip", scope=PUBLIC, now=NOON)
    (tmp_path / "a.txt").write_bytes(b"x" * 1_000_000)

    assert 60 <= ingest.patience(small) < 61
    assert ingest.patience(large) == ingest.patience(ingest.file(tmp_path / "a.txt")) == 90
    assert ingest.patience(endless) == 360


def test_an_entry_of_a_feed_says_that_its_date_is_the_feeds():
    entry = Entry(
        guid="1",
        url="https://example.org/a",
        title="Bridge",
        author="",
        published=NOON,
        text=BRIDGE,
    )

    source = ingest.entry(entry, identity="entry:1", scope=PUBLIC, source="Sample Feed")

    document = ingest.analyse(source).document
    assert (document.published, document.published_how) == (NOON, "feed")
