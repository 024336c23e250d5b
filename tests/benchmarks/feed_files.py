"""Print how feeds of others are read, and how long 10 MB of anything can take.

    python -m tests.benchmarks.feed_files [--data DIR ...]

DIR holds files of feeds, however deep; each is compared with what feedparser itself makes of it,
which is left to guess encodings and to clean. Without DIR only the 10 MB are read, each in a
process of its own.
"""

import argparse
import io
import json
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import feedparser

from briefs import feeds
from briefs.errors import FeedError
from briefs.feeds import parts
from briefs.model import Listing
from tests.benchmarks import speed

ROOT = Path(__file__).parents[2]
URL = "https://news.example/feed"
SUFFIXES = frozenset({".atom", ".json", ".rdf", ".rss", ".xml"})
_SLOW = 5.0  # seconds that no file may take
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_OPEN = "<rss><channel>"
_IN = f"{_OPEN}<item><description>"
ENDLESS = {  # what is repeated until there are 10 MB of it, and what stands before it
    "entries": (_OPEN, "<item><title>T</title><link>http://n.example/</link></item>"),
    "entries that never end": (_OPEN, "<item><title>x & y<description>a <b>"),
    "entries of markup": (_OPEN, f"<item><description>{'&lt;p&gt;a' * 20}</description></item>"),
    "elements": (_OPEN, "<a/>"),
    "elements, deep": ("", "<a>"),
    "elements in a text": (_IN, "<p>a</p>"),
    "markup in a text": (f"{_IN}<![CDATA[", "<p>a"),
    "one author": (f"{_OPEN}<item><author>", "a"),
    "authors": (f"{_OPEN}<item>", "<author>a@b.example (Ann)</author>"),
    "categories": (f"{_OPEN}<item>", "<category>a</category>"),
    "attributes": ("<rss ", "a='b' "),
    "open tags": ("", "<a "),
    "open quotes": ("", "<a b='"),
    "angle brackets": (_OPEN, "<"),
    "bare ampersands": (f"{_OPEN}<item><title>", "&"),
    "references": (f"{_OPEN}<item><title>", "&eacute;"),
    "comments that never end": (_OPEN, "<!--"),
    "literals that never end": (_IN, "<![CDATA["),
    "declarations": (_OPEN, "<!DOCTYPE x"),
    "bases": ("<feed>", "<entry xml:base='a/'><link href='b'/></entry>"),
    "JSON, deep": ("", "["),
    "JSON, lists": ("[", "[],"),
    "a web page": ("<!doctype html>", "<p>a"),
    "odd bytes": ("", "\xff"),
    "spaces": ("", " "),
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each folder, or for each thing that is endless."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.feed_files")
    parser.add_argument("--data", type=Path, nargs="*", default=())
    parser.add_argument("--alone", choices=ENDLESS, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.alone:
        _say(json.dumps(read_endless(chosen.alone)))
    elif chosen.data:
        for folder in chosen.data:
            _say(f"{folder.name}: {dict(sorted(compare(folder).items()))}")
    else:
        _say(f"{'10 MB of':<28}{'CPU s':>8}{'peak MB':>9}   outcome")
        for name in ENDLESS:
            _say(_row(name))


def compare(folder: Path) -> Counter[str]:
    """Read every file of *folder*, and count what is the same as feedparser has it."""
    counted: Counter[str] = Counter()
    for path in sorted(each for each in folder.rglob("*") if each.suffix in SUFFIXES):
        data = path.read_bytes()
        began = time.process_time()
        try:
            listing = feeds.parse(data, url=URL)
        except FeedError as error:
            counted["refused" if "entities" not in error.reason else "refused for entities"] += 1
            continue
        finally:
            counted["files"] += 1
            counted["slower than 5 s"] += time.process_time() - began > _SLOW
        counted.update(_compared(listing, data))
    return counted


def read_endless(name: str, size: int = feeds.LARGEST) -> dict[str, object]:
    """Read *size* bytes of what ENDLESS has under *name*."""
    head, piece = ENDLESS[name]
    data = (head + piece * (size // len(piece)))[:size].encode("latin-1")
    before = speed.peak_bytes()
    began = time.process_time()
    try:
        listing = feeds.parse(data, url=URL)
        outcome = f"{len(listing.entries):,} entries, {listing.left:,} left"
    except FeedError as error:
        outcome = error.reason
    peak = (speed.peak_bytes() - before) / 1e6
    return {"cpu_s": time.process_time() - began, "peak_mb": peak, "outcome": outcome}


def _compared(listing: Listing, data: bytes) -> Iterator[str]:
    found = _library(data)
    if listing.format == "JSON Feed" or not found:
        return
    ours = [(each.title, each.url) for each in listing.entries]
    theirs = [(_title(each), str(dict.get(each, "link", ""))) for each in found["entries"]]
    yield from _told("entries", len(theirs), len(ours))
    for (title, link), (our_title, our_link) in zip(theirs, ours, strict=False):
        yield from _told("title", title, our_title)
        yield from _told("link", link, our_link)
    yield from _told("feed's title", _title(found["feed"]), listing.title)
    yield from _told("feed's link", str(dict.get(found["feed"], "link", "")), listing.home)


def _told(what: str, theirs: object, ours: object) -> Iterator[str]:
    if theirs:
        yield f"{what}: {'same' if theirs == ours else 'other'}"


def _library(data: bytes) -> Mapping[str, object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            io.BytesIO(data), response_headers={"content-location": URL}, sanitize_html=False
        )


def _title(told: dict) -> str:
    detail = dict.get(told, "title_detail") or {}
    return parts.title(dict.get(told, "title") or "", is_html=detail.get("type") in _HTML)


def _row(name: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.feed_files", "--alone", name]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    return f"{name:<28}{told['cpu_s']:>8.2f}{told['peak_mb']:>9.0f}   {told['outcome']}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
