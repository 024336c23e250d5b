"""Pages in, one HTML file out that needs nothing else and reads well on a phone.

It has no script and loads nothing; its policy forbids both. Every word of a document is escaped,
and the only links are those of sources.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import assert_never

from briefs.exports.rows import Role, Row, address, moment, rows
from briefs.model import Break, Label, Moment, Page, Quotation, Run, Source, Style

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;
--line:#d0d7de;--paper:#fff;--mark:#2f6f8f}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4ae;
--line:#30363d;--paper:#0d1117;--mark:#6fb3d2}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif;
overflow-wrap:anywhere}
main{max-width:42rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.2;margin:.2rem 0 .6rem}
h2{font-size:1.2rem;line-height:1.3;margin:0 0 .2rem}
h3{font-size:.95rem;margin:1rem 0 .3rem}
section{border-top:1px solid var(--line);padding-top:1.1rem;margin-top:1.4rem}
p{margin:.35rem 0}
blockquote{margin:.7rem 0 .1rem;padding:.1rem 0 .1rem .85rem;border-left:.22rem solid var(--mark)}
blockquote p{margin:.15rem 0}
.soft,.source{color:var(--soft);font-size:.9rem}
.source{margin:0 0 .9rem 1.05rem}
a{color:var(--mark)}
footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.8rem}
@media print{body{font-size:10.5pt}main{max-width:none}section{break-inside:avoid}}
""".replace("\n", "")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PROMISE = "Every quoted line is verbatim from the source under it. Made by Daybrief."


def html(pages: Sequence[Page], *, language: str = "en") -> str:
    """Return *pages* as one HTML file; *language* is that of the page (ISO 639-1)."""
    title = escape(pages[0].title)
    return (
        f'<!doctype html>\n<html lang="{escape(language, quote=True)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{''.join(_sections(rows(pages)))}"
        f'<footer class="soft">{_PROMISE}</footer>\n</main>\n</body>\n</html>\n'
    )


def _sections(found: Iterable[Row]) -> Iterator[str]:
    """Put each headline or heading of a section, and what follows it, into a section."""
    inside = False
    for role, together in groupby(found, key=lambda row: row.role):
        same = [*together]
        if role is Role.QUOTE:
            yield _quoted(same)
            continue
        for row in same:
            if role in {Role.STORY, Role.SECTION}:
                yield "</section>\n<section>\n" if inside else "<section>\n"
                inside = True
            yield _ROWS[role].format(_line(row.runs))
    if inside:
        yield "</section>\n"


def _quoted(together: Sequence[Row]) -> str:
    paragraphs = (f"<p>{''.join(map(_run, row.runs))}</p>" for row in together)
    return f"<blockquote>{''.join(paragraphs)}</blockquote>\n"


_ROWS = {
    Role.STORY: "<h2>{}</h2>\n",
    Role.SECTION: "<h2>{}</h2>\n",
    Role.SOURCE: '<p class="source">{}</p>\n',
    Role.HEADING: "<h3>{}</h3>\n",
    Role.FAINT: '<p class="soft">{}</p>\n',
    Role.PLAIN: "<p>{}</p>\n",
}


def _line(runs: Sequence[Run]) -> str:
    """Put *runs* together without the blanks of labels at either end; a quotation keeps its own."""
    parts = [*map(_run, runs)]
    if parts and isinstance(runs[0], Label):
        parts[0] = parts[0].lstrip(" ")
    if parts and isinstance(runs[-1], Label):
        parts[-1] = parts[-1].rstrip(" ")
    return "".join(parts)


def _run(run: Run) -> str:
    match run:
        case Label(style=Style.QUOTE):
            return ""
        case Label(text):
            return escape(text)
        case Quotation(text, span=span, strong=strong):
            return f"<strong>{escape(text)}</strong>" if strong and span else escape(text)
        case Source(name, url):
            return _link(name, address(url))
        case Moment(at, form):
            return f'<time datetime="{at.isoformat()}">{moment(at, form)}</time>'
        case Break():
            return ""
    assert_never(run)


def _link(name: str, url: str) -> str:
    if not url:
        return escape(name)
    return f'<a href="{escape(url, quote=True)}" rel="noopener noreferrer">{escape(name)}</a>'
