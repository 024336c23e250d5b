"""What the folders hold gets into the library, whatever one of the files does."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot import config, library
from briefs import bulk, ingest
from briefs.errors import DaybriefError
from briefs.ingest import Source
from briefs.model import PUBLIC
from briefs.store import open_store, tables

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = ("bridge", "harvest", "orchestra", "glacier", "election", "reactor", "vaccine", "harbour")


class Poison(Source):
    """A file that kills whoever reads it."""

    def read(self) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'daybrief.db'}") as opened:
        yield opened


def fill(folder, number):
    folder.mkdir(exist_ok=True)
    for at in range(number):
        word = WORDS[at % len(WORDS)]
        (folder / f"{at:03}.txt").write_text(f"The {word} number {at} was opened on Monday.")
    return folder


def refresh(store, folder, make_executor=bulk.Inline, **options):
    changes = ingest.changes(store.files.known(), [folder])
    return library.refresh(store, changes, make_executor, clock=lambda: NOW, **options)


def titles(store):
    shelf = store.documents.listing(PUBLIC, limit=1_000)
    return sorted(document.title for document in shelf.documents)


def two_processes():
    return bulk.processes(2)


@pytest.mark.parametrize("make_executor", [bulk.Inline, two_processes])
def test_a_folder_is_read_once_by_any_executor(store, tmp_path, make_executor):
    folder = fill(tmp_path / "docs", 5)

    first = refresh(store, folder, make_executor)
    second = refresh(store, folder, make_executor)

    assert first == library.Report(new=5)
    assert second == library.Report()
    assert not second.changed
    assert titles(store) == ["000", "001", "002", "003", "004"]


def test_a_report_counts_what_became_of_each_file(store, tmp_path):
    folder = fill(tmp_path / "docs", 4)
    refresh(store, folder)
    (folder / "000.txt").write_text("It says something else today.")
    (folder / "001.txt").unlink()
    (folder / "new.txt").write_text("This one is new in the folder.")
    (folder / "empty.txt").write_bytes(b"")

    report = refresh(store, folder)

    assert (report.new, report.revised, report.withdrawn) == (1, 1, 1)
    assert report.sentence() == "Documents: 1 new, 1 revised, 1 withdrawn, 1 refused."
    assert titles(store) == ["000", "002", "003", "new"]


def test_a_refused_file_is_named_once_with_its_path_and_the_reason(store, tmp_path):
    folder = fill(tmp_path / "docs", 1)
    (folder / "photo.txt").write_bytes(bytes(range(256)) * 8)

    first, second = refresh(store, folder), refresh(store, folder)

    ((name, reason),) = first.refused
    assert name == str(folder / "photo.txt")
    assert reason.startswith("is not text")
    assert second.refused == ()
    assert titles(store) == ["000"]


def test_a_file_that_cannot_be_read_any_more_takes_its_document_along(store, tmp_path):
    folder = fill(tmp_path / "docs", 2)
    refresh(store, folder)
    (folder / "000.txt").write_bytes(b"")

    report = refresh(store, folder)

    assert len(report.refused) == 1
    assert titles(store) == ["001"]
    (folder / "000.txt").write_text("It can be read again.")
    assert refresh(store, folder).refused == ()
    assert titles(store) == ["000", "001"]


def test_a_poisonous_file_is_refused_and_the_others_are_kept(store, tmp_path):
    folder = fill(tmp_path / "docs", 3)
    sources = [ingest.file(path) for path in ingest.files([folder])]
    bad = Poison(identity="file:bad", name="bad.txt")

    report = library.read(store, [sources[0], bad, *sources[1:]], two_processes, clock=lambda: NOW)

    assert report.new == 3
    assert [name for name, _ in report.refused] == ["bad.txt"]
    assert "died" in report.refused[0][1]
    assert titles(store) == ["000", "001", "002"]


def test_each_document_is_counted_as_it_is_done(store, tmp_path):
    counted = []

    refresh(store, fill(tmp_path / "docs", 3), advance=lambda: counted.append(1))

    assert len(counted) == 3


def test_what_was_kept_before_a_stop_stays(store, tmp_path, monkeypatch):
    monkeypatch.setattr(library, "_BATCH", 2)
    folder = fill(tmp_path / "docs", 5)
    left = [2]

    def go_on():
        left[0] -= 1
        if left[0] < 0:
            raise DaybriefError("stopped")

    with pytest.raises(DaybriefError, match="stopped"):
        refresh(store, folder, advance=go_on)

    assert titles(store) == ["000", "001"]
    refresh(store, folder)
    assert titles(store) == ["000", "001", "002", "003", "004"]


def test_after_a_crash_nothing_is_lost_and_nothing_is_there_twice(tmp_path):
    folder = fill(tmp_path / "docs", 20)
    path = tmp_path / "daybrief.db"
    script = (
        "import os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from bot import library\n"
        "from briefs import bulk, ingest\n"
        "from briefs.store import open_store\n"
        "library._BATCH = 4\n"
        "left = [10]\n"
        "def advance():\n"
        "    left[0] -= 1\n"
        "    if not left[0]:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "with open_store('sqlite:///' + sys.argv[1]) as store:\n"
        "    changes = ingest.changes(store.files.known(), [Path(sys.argv[2])])\n"
        "    def clock():\n"
        "        return datetime(2026, 3, 2, tzinfo=UTC)\n"
        "    library.refresh(store, changes, bulk.Inline, clock=clock, advance=advance)\n"
    )
    call = [sys.executable, "-c", script, str(path), str(folder)]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    crashed = subprocess.run(call, env=environment, check=False)

    with open_store(f"sqlite:///{path}") as store:
        before = titles(store)
        report = refresh(store, folder)
        after = titles(store)
        counts = store.documents.counts(PUBLIC)
        troubles = store.check(full=True)

    assert crashed.returncode == -signal.SIGKILL
    assert before == [f"{at:03}" for at in range(8)]
    assert report.new == 12
    assert after == [f"{at:03}" for at in range(20)]
    assert counts.documents == 20
    assert troubles == ()


def test_a_few_documents_are_read_in_this_very_process(tmp_path):
    settings = config.load(None, {})

    assert library.executor(settings, 3) is bulk.Inline
    assert library.executor(settings, 5_000) is not bulk.Inline
    pdf = ingest.Source(identity="file:a.pdf", name="a.pdf")
    assert library.executor(settings, 1, sources=[pdf]) is not bulk.Inline
    inline = config.load(None, {"DAYBRIEF_ANALYSIS__EXECUTOR": "inline"})
    assert library.executor(inline, 5_000) is bulk.Inline


def renewable(store, tmp_path, number):
    """Return what analyses again, in a store whose documents an older program analysed."""
    refresh(store, fill(tmp_path / "docs", number))
    with store._database.write() as connection:
        connection.execute(update(tables.document).values(analysis=0))
    return config.load(None, {"DAYBRIEF_ANALYSIS__EXECUTOR": "inline"})


def test_what_an_older_program_analysed_is_analysed_again_and_keeps_its_place(store, tmp_path):
    settings = renewable(store, tmp_path, 3)
    before = store.documents.listing(PUBLIC, limit=9).documents

    done = library.renew(store, settings)

    assert done == 3
    assert store.renewal.stale(ingest.VERSION) == 0
    assert store.documents.listing(PUBLIC, limit=9).documents == before
    assert library.renew(store, settings) == 0
    assert store.check(full=True) == ()


def test_analysing_again_is_done_in_parts_and_goes_on_after_a_stop(store, tmp_path, monkeypatch):
    monkeypatch.setattr(library, "_BATCH", 2)
    settings = renewable(store, tmp_path, 5)
    left = [3]

    def go_on():
        left[0] -= 1
        if not left[0]:
            raise DaybriefError("stopped")

    with pytest.raises(DaybriefError, match="stopped"):
        library.renew(store, settings, advance=go_on)

    assert store.renewal.stale(ingest.VERSION) == 3
    assert library.renew(store, settings, most=1) == 1
    assert library.renew(store, settings) == 2


def test_what_cannot_be_analysed_again_stays_as_it_was(store, tmp_path, monkeypatch):
    settings = renewable(store, tmp_path, 2)

    def fail(document):
        raise DaybriefError("no")

    monkeypatch.setattr(ingest, "find", fail)

    assert library.renew(store, settings) == 2
    assert store.renewal.stale(ingest.VERSION) == 0
    assert titles(store) == ["000", "001"]


def test_the_same_file_that_is_added_ten_times_at_once_is_one_document(store, tmp_path):
    folder = fill(tmp_path / "docs", 1)
    data = (folder / "000.txt").read_bytes()
    upload = ingest.upload(data, "000.txt", scope=PUBLIC, now=NOW)

    with ThreadPoolExecutor(10) as threads:
        added = [
            threads.submit(library.read, store, [upload], bulk.Inline, clock=lambda: NOW)
            for _ in range(10)
        ]
    reports = [each.result() for each in added]

    assert sorted((report.new, report.same) for report in reports) == [*[(0, 1)] * 9, (1, 0)]
    assert titles(store) == ["000"]
    assert store.check(full=True) == ()
