"""The pages of pages.txt, each as the bytes that a server would send."""

from dataclasses import dataclass
from pathlib import Path

ARTICLE = "article"
_MENU = "<nav><a href='/'>Home</a> <a href='/world'>World</a> <a href='/sport'>Sport</a></nav>"
_FOOTER = "<footer><a href='/about'>About us</a> <a href='/privacy'>Privacy</a></footer>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    name: str  # with the suffix of its format
    label: str
    part: str
    data: bytes


def pages() -> list[Page]:
    text = (Path(__file__).parent / "pages.txt").read_text(encoding="utf-8")
    return [_page(entry) for entry in text.split("\n=== ")[1:]]


def _page(entry: str) -> Page:
    head, _, body = entry.partition("\n")
    name, label, suffix, part = head.split(" | ")
    title, _, rest = body.strip().partition("\n")
    made = _html(title, rest) if suffix == "html" else f"{title}\n\n{rest.strip()}\n"
    return Page(name=f"{name}.{suffix}", label=label, part=part, data=made.encode())


def _html(title: str, rest: str) -> str:
    blocks = (line if line.startswith("<") else f"<p>{line}</p>" for line in rest.split("\n"))
    body = "\n".join(blocks)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{_MENU}<main><article>"
        f"<h1>{title}</h1>{body}</article></main>{_FOOTER}</body></html>"
    )
