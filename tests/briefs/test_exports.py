"""Files that are given away say what the pages say, word for word, and do nothing else."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import markup
from briefs import briefings, exports, pages
from briefs.briefings import Asked
from briefs.errors import StoreError
from briefs.model import (
    PUBLIC,
    Break,
    DocumentId,
    Label,
    Moment,
    Page,
    Quotation,
    Source,
    Span,
    Style,
)

FIRST, LAST = datetime(2021, 9, 29, tzinfo=UTC), datetime(2021, 10, 9, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> & "quoted" [x](http://evil) `a` **b** _c_ # d | e ~ @everyone'
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "section"),
    *("p", "blockquote", "strong", "a", "time", "footer"),
}


class Reader(HTMLParser):
    """Collects what a browser would show, and what it would do."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.shown = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data):
        self.shown += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def page(text: str, url: str = "https://example.org/a") -> Page:
    quotation = Quotation(text, DocumentId(1), Span(0, len(text)))
    headline = Quotation(text, DocumentId(1), None, strong=True)
    at = datetime(2021, 10, 7, tzinfo=UTC)
    runs = (
        *(Label("1. ", Style.STRONG), headline, Break()),
        *(Label("", Style.QUOTE), quotation, Break()),
        *(Label("— "), Source("Sample Wire", url), Label(", "), Moment(at), Break()),
    )
    return Page(title="Briefing", runs=runs)


@pytest.fixture
def briefing(seeded):
    return briefings.compose(seeded, PUBLIC, Asked(since=FIRST, until=LAST, length="long"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@example("1 ")
@example(" 1")
@settings(deadline=None)
def test_html_shows_every_quotation_word_for_word(text):
    reader = read(exports.html([page(text)]))

    assert reader.shown.count(text) >= 2


def test_html_runs_nothing_and_loads_nothing():
    reader = read(exports.html([page(HOSTILE)]))

    assert set(reader.tags) <= ALLOWED
    assert reader.links == ["https://example.org/a"]
    assert HOSTILE in reader.shown


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://user:pass@h/", "//h/x", "http://["]
)
def test_only_web_addresses_become_links(url):
    assert read(exports.html([page("A line.", url)])).links == []
    assert "](" not in exports.markdown([page("A line.", url)])


def test_markdown_has_every_sign_of_a_quotation_behind_a_backslash():
    shown = exports.markdown([page(HOSTILE)])

    head, row, *_ = (each for each in shown.splitlines() if each.startswith(("## ", "> ")))
    assert re.sub(r"\\(.)", r"\1", row[2:]) == HOSTILE
    assert not re.search(r"(?<!\\)[<>`*_~|\[\]]", row[2:] + head[3:])
    assert "](http://evil" not in shown


def test_a_whole_briefing_reads_the_same_in_html_as_on_its_pages(briefing):
    laid_out = pages.lay_out(briefing, markup.LIMITS)

    shown = read(exports.html(laid_out)).shown
    told = [run.text for each in laid_out for run in each.runs if isinstance(run, Quotation)]
    assert len(told) > 10
    assert all(text in shown for text in told)


def test_a_kept_briefing_comes_back_as_it_was(briefing):
    kept = exports.Kept(briefing, pages.lay_out(briefing, markup.LIMITS))

    body = exports.dump(kept)

    assert exports.load(body) == kept
    assert exports.dump(exports.load(body)) == body


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"briefing": 1, "pages": []}', b'{"pages": 3}']
)
def test_what_is_no_briefing_is_refused_with_the_remedy(body):
    with pytest.raises(StoreError, match="daybrief doctor"):
        exports.load(body)


def test_data_names_every_line_with_its_place_and_the_reasons(briefing):
    told = exports.data(briefing)

    (first, *_) = told["stories"]
    assert first["standing"] == "new"
    assert {part["name"] for part in first["why"]} >= {"independent origins", "recency"}
    (line, *_) = first["lines"]
    assert line["end"] - line["start"] == len(line["text"])
    assert line["why"]


# --- in a real browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), "")
PHONE, DESKTOP = 390, 1280  # pixels
# Chromium's own window is never narrower than 500 pixels, so the phone is a frame.
FRAME = """<!doctype html><title>wait</title><body style="margin:0"><iframe id="page"
style="border:0;width:{width}px;height:800px"></iframe><script>
const frame = document.getElementById("page");
frame.onload = () => {{
  const root = frame.contentDocument.documentElement;
  const wide = [...root.querySelectorAll("body *")].filter(
    (each) => each.getBoundingClientRect().right > {width} + 0.5);
  document.title = "done";
  document.body.dataset.told = JSON.stringify({{
    scroll: root.scrollWidth, wide: wide.map((each) => each.tagName),
    size: getComputedStyle(root.querySelector("body")).fontSize,
    loaded: frame.contentWindow.performance.getEntriesByType("resource").length,
    headings: root.querySelectorAll("h2").length, scripts: root.querySelectorAll("script").length,
  }});
}};
frame.srcdoc = {page};
</script>"""


def browse(folder, page, width):
    """Open *page* in a frame of *width* pixels, and return what it measured and what it logged."""
    address = folder / "frame.html"
    literal = json.dumps(page).replace("</", "<\\/")
    address.write_text(FRAME.format(width=width, page=literal), encoding="utf-8")
    call = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"),
        *("--virtual-time-budget=5000", f"--user-data-dir={folder / 'profile'}"),
        *(f"--window-size={width + 200},900", "--dump-dom", address.as_uri()),
    ]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as browser:
        try:
            out, err = browser.communicate(timeout=90)
        finally:
            browser.kill()
    (told,) = re.findall(r'data-told="([^"]*)"', out.decode())
    console = [row for row in err.decode(errors="replace").splitlines() if "CONSOLE" in row]
    return json.loads(unescape(told)), console


@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here")
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_browser_shows_it_without_scrolling_sideways_errors_or_requests(
    briefing, tmp_path, width
):
    laid_out = [*pages.lay_out(briefing, markup.LIMITS), page("W" * 400), page(HOSTILE)]

    told, console = browse(tmp_path, exports.html(laid_out), width)

    assert console == []
    assert told["scroll"] <= width
    assert told["wide"] == []
    assert told["loaded"] == told["scripts"] == 0
    assert told["headings"] == len(briefing.items) + 2
    assert float(told["size"].removesuffix("px")) >= 16
