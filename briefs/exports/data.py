"""A briefing in, what programs read of it out: plain values, as the README describes them."""

from datetime import UTC, datetime

from briefs.model import Briefing, Dispute, FigureStory, Item, Line, Part, Reported, Said


def data(briefing: Briefing) -> dict[str, object]:
    """Return *briefing* in lists, dictionaries, strings and numbers."""
    return {
        "since": iso(briefing.since),
        "until": iso(briefing.until),
        "about": briefing.about,
        "stories": [_story(item) for item in briefing.items],
        "quiet": [
            {"headline": each.headline.title, "documents": each.documents, "last": iso(each.last)}
            for each in briefing.quiet
        ],
        "omitted": [
            {"document": each.headline.document, "reason": each.reason, "kind": each.kind}
            for each in briefing.omitted
        ],
        "reason": briefing.reason,
    }


def line(shown: Line) -> dict[str, object]:
    """Return a line as every JSON of ours has it."""
    return {
        "text": shown.text,
        "document": shown.document,
        "start": shown.span.start,
        "end": shown.span.end,
        "source": shown.source,
        "url": shown.url,
        "published": iso(shown.published),
    }


def figures(story: FigureStory) -> dict[str, object]:
    """Return the figures of one story."""
    return {
        "headline": story.headline.title,
        "document": story.headline.document,
        "figures": [_reported(each) for each in story.figures],
        "disputes": [_dispute(each) for each in story.disputes],
    }


def iso(at: datetime | None) -> str | None:
    """Write *at* as programs read it: ISO 8601 with Z."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _story(item: Item) -> dict[str, object]:
    story = item.story
    return {
        "headline": item.headline.title,
        "documents": list(story.documents),
        "origins": len(story.origins),
        "outlets": len(story.outlets),
        "standing": item.standing,
        "earlier": item.earlier,
        "further": list(item.further),
        "watched": list(item.watched),
        "why": _parts(item.parts),
        "lines": [_reasoned(each) for each in item.lines],
        "quotes": [_said(each) for each in item.quotes],
        "figures": [_reported(each) for each in item.figures],
        "disputes": [_dispute(each) for each in item.disputes],
        "also": [line(each) for each in item.also],
    }


def _reasoned(shown: Line) -> dict[str, object]:
    reasons = {"joined": shown.joined, "note": shown.note, "rule": shown.rule}
    return {**line(shown), **reasons, "why": _parts(shown.parts)}


def _said(quote: Said) -> dict[str, object]:
    return {**line(quote.line), "speaker": quote.speaker, "how": quote.how}


def _dispute(dispute: Dispute) -> dict[str, object]:
    return {"about": dispute.about, "figures": [_reported(each) for each in dispute.reported]}


def _reported(figure: Reported) -> dict[str, object]:
    marked = {"figure_start": figure.span.start, "figure_end": figure.span.end}
    return {**line(figure.line), **marked, "value": figure.value, "about": figure.about}


def _parts(parts: tuple[Part, ...]) -> list[dict[str, object]]:
    return [{"name": part.name, "value": round(part.value, 4)} for part in parts]
