"""A briefing with its pages in, the bytes that it is kept as out, and back: nothing is lost."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias, assert_never

from pydantic import TypeAdapter, ValidationError

from briefs.errors import StoreError
from briefs.model import (
    Break,
    Briefing,
    DocumentId,
    Label,
    Moment,
    Page,
    Quotation,
    Run,
    Source,
    Span,
    Style,
)

Plain: TypeAlias = list[object]


class Kept(NamedTuple):
    """A briefing, and the pages that were shown of it."""

    briefing: Briefing
    pages: tuple[Page, ...]


def dump(kept: Kept) -> bytes:
    """Return *kept* as JSON; the same briefing gives the same bytes."""
    pages = [
        {"title": page.title, "number": page.number, "total": page.total, "runs": _runs(page)}
        for page in kept.pages
    ]
    briefing = _adapter().dump_python(kept.briefing, mode="json")
    value = {"version": 1, "briefing": briefing, "pages": pages}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def load(body: bytes) -> Kept:
    """Return what was kept as *body*; StoreError when it is nothing of the kind."""
    try:
        value = json.loads(body)
        briefing = _adapter().validate_python(value["briefing"])
        pages = tuple(_page(page) for page in value["pages"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise StoreError(
            "The briefing that was kept cannot be read: run `daybrief doctor`."
        ) from error
    return Kept(briefing, pages)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Briefing]:
    return TypeAdapter(Briefing)


def _runs(page: Page) -> list[Plain]:
    return [_plain(run) for run in page.runs]


def _plain(run: Run) -> Plain:
    match run:
        case Label(text, style):
            return ["label", text, style]
        case Quotation(text, document, span, strong):
            return ["quotation", text, document, span, strong]
        case Source(name, url):
            return ["source", name, url]
        case Moment(at, form):
            return ["moment", at.isoformat(), form]
        case Break(blank):
            return ["break", blank]
    assert_never(run)


_RUNS: Mapping[str, Callable[..., Run]] = {
    "label": lambda text, style: Label(text, Style(style)),
    "quotation": lambda text, document, span, strong: Quotation(
        text, DocumentId(document), span and Span(*span), strong
    ),
    "source": Source,
    "moment": lambda at, form: Moment(datetime.fromisoformat(at), form),
    "break": Break,
}


def _page(value: Mapping[str, Sequence[Plain]]) -> Page:
    runs = tuple(_RUNS[str(kind)](*rest) for kind, *rest in value["runs"])
    return Page(**{**value, "runs": runs})  # type: ignore[arg-type]  # as it was dumped
