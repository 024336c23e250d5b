"""A posted briefing and what editors did to it in, what its messages are to show now out."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from bot import embeds, markup
from bot.client.rendering import PLAIN
from briefs import corrections, pages
from briefs.errors import UsageError
from briefs.model import Break, Delivery, EditKind, Label, Moment, Page, Scope, Style
from briefs.pages import phrases
from briefs.store import Part, Store

Body: TypeAlias = dict[str, Any]


def bodies(store: Store, scope: Scope, parts: Sequence[Part], number: int) -> list[Body]:
    """Return the body of Edit Message for each of the *parts* of briefing *number*.

    Raises NotVerbatimError when a line is in no revision that is kept.
    """
    withdrawn = corrections.withdrawn(store.postings.edits_of(scope, number))
    if withdrawn:
        return _withdrawn(parts, number, withdrawn.at)
    return _shown(store, scope, parts, number)


def posted(part: Part) -> Body:
    """Return the message that was posted; in a forum, the first one of its post."""
    body: Body = json.loads(part.payload)
    inner = body.get("message")
    return inner if isinstance(inner, dict) else body


def current(store: Store, scope: Scope, sent: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Return the parts of a briefing with the bytes that they show now, if editors changed it."""
    first = sent[0]
    number = store.postings.carried(scope, (first.schedule, first.date, first.slot))
    edits = store.postings.edits_of(scope, number)
    if all(edit.action is EditKind.WRONG for edit in edits):
        return tuple(sent)
    parts = store.postings.parts(scope, number)
    made = {
        part.message: body
        for part, body in zip(parts, bodies(store, scope, parts, number), strict=True)
    }
    return tuple(
        replace(each, payload=embeds.dump(made[each.message])) if each.message in made else each
        for each in sent
    )


def _withdrawn(parts: Sequence[Part], number: int, at: datetime) -> list[Body]:
    said = (Label("This briefing was withdrawn by an editor on "), Moment(at, "full"), Label("."))
    return [
        {**_body(part, Page(title="Briefing", runs=said), number), "components": []}
        for part in parts
    ]


def _shown(store: Store, scope: Scope, parts: Sequence[Part], number: int) -> list[Body]:
    """Lay the briefing out without what is hidden, one page for each message that it has."""
    briefing = corrections.shown(store, scope, number).briefing
    limits = PLAIN if _is_plain(parts[0]) else markup.LIMITS
    laid_out = corrections.pinned(store, scope, pages.lay_out(briefing, limits))
    if len(laid_out) > len(parts):
        raise UsageError("This briefing cannot be laid out again: withdraw it instead.")
    gone = len(corrections.hidden(store.postings.edits_of(scope, number)))
    note = f"{phrases.count(gone, 'item')} {'was' if gone == 1 else 'were'} hidden by an editor."
    *before, last = laid_out
    runs = (*last.runs, Break(blank=True), Label(note, Style.FAINT))
    shown = [*before, replace(last, runs=runs)] if gone else [*laid_out]
    rest = Page(title=last.title, runs=(Label(f"{note} What stood here has moved up."),))
    filled = [*shown, *[rest] * (len(parts) - len(shown))]
    return [_body(part, page, number) for part, page in zip(parts, filled, strict=True)]


def _body(part: Part, page: Page, number: int) -> Body:
    if _is_plain(part):
        text = embeds.plainly(page, marker=part.marker, briefing=number)
        return {"content": "\n".join([*_mention(part), text]), "allowed_mentions": {"parse": []}}
    drawn = embeds.embed(page, marker=part.marker, briefing=number)
    return {"embeds": [drawn.to_dict()], "allowed_mentions": {"parse": []}}


def _is_plain(part: Part) -> bool:
    return not posted(part).get("embeds")


def _mention(part: Part) -> list[str]:
    """Return the line that notified a role: it stays, and notifies nobody again."""
    first = str(posted(part).get("content", "")).split("\n", 1)[0]
    return [first] if first.startswith("<@&") else []
