"""A delivery in, the bytes of its messages out: the POST path's briefing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot import buttons, embeds, markup
from bot.collecting import freshness
from bot.deliveries import Rendering, Stamp
from bot.worker import Worker
from briefs import briefings, corrections, histories, lookups, pages
from briefs.exports import Kept
from briefs.model import PUBLIC, Briefing, Delivery, Page, Schedule, Scope, Stage
from briefs.pages import Limits
from briefs.store import Store

PLAIN = replace(markup.LIMITS, body=1_500)  # a message takes 2,000, with title and footer
_MOST_NAME = 100


async def render(
    work: Worker,
    schedule: Schedule,
    delivery: Delivery,
    stamp: Callable[[int], Stamp],
    plain: bool,  # noqa: FBT001 - one of the four words of `Render`
) -> Rendering:
    """Compose what *delivery* owes, prove it, and return one message for each page.

    A direct message is on what is public, whoever asked for it where.
    """
    scope = PUBLIC if schedule.kind == "direct" else schedule.scope
    await work.write(_settle)
    asked, newest = await work(_asked, scope, schedule, delivery)
    fresh = await work(freshness, scope, datetime.now(UTC))
    briefing = await work.apart(briefings.compose, scope, asked)
    laid_out = await work(_proved, briefing, PLAIN if plain else markup.LIMITS)
    number = await work.write(_keep, briefing, laid_out, schedule, delivery)
    payloads = [
        embeds.dump(_message(page, schedule, delivery, stamp(page.number), number, plain=plain))
        for page in laid_out
    ]
    told = [Stage("feeds", fresh.text)] if fresh.feeds else []
    told.append(Stage("messages", f"{len(payloads)} to post"))
    return Rendering(payloads, (*histories.stages(briefing, newest), *told))


def _settle(store: Store) -> None:
    """Wait for documents that arrived before the window ended and are still being written."""
    store.documents.settle()


def _asked(
    store: Store, scope: Scope, schedule: Schedule, delivery: Delivery
) -> tuple[briefings.Asked, datetime | None]:
    assert delivery.since is not None
    assert delivery.until is not None
    asked = briefings.Asked(
        since=delivery.since,
        until=delivery.until,
        about=schedule.about,
        length=schedule.length,
        sections=schedule.sections,
        samples=not store.documents.has_other_than_samples(scope),
        backlog=False,
    )
    return asked, store.documents.newest_arrival(scope)


def _proved(store: Store, briefing: Briefing, limits: Limits) -> tuple[Page, ...]:
    laid_out = pages.lay_out(briefing, limits)
    lookups.prove(store, briefing.scope, laid_out)
    return laid_out


def _keep(
    store: Store,
    briefing: Briefing,
    laid_out: tuple[Page, ...],
    schedule: Schedule,
    delivery: Delivery,
) -> int:
    """Keep the briefing, and note which messages will carry it, for the buttons under them."""
    number = briefings.keep(store, briefing, laid_out, schedule=schedule.name, made=delivery.due)
    store.postings.note(
        number,
        key=(delivery.schedule, delivery.date, delivery.slot),
        made=delivery.due,
        documents=corrections.documents(Kept(briefing, laid_out)),
        fence=delivery.fence,
    )
    lookups.prove(store, briefing.scope, laid_out)  # from here on a change is noticed
    return number


def _message(
    page: Page, schedule: Schedule, delivery: Delivery, stamp: Stamp, number: int, *, plain: bool
) -> dict[str, object]:
    """Return the body of Create Message, or of Start Thread for the first page in a forum."""
    body = embeds.payload(page, nonce=stamp.nonce, marker=stamp.marker, briefing=number)
    if page.number == page.total:
        body["components"] = buttons.under(number)
    lines = []
    if schedule.mention and page.number == 1:
        lines = [f"<@&{schedule.mention}>"]
        body["allowed_mentions"] = {"parse": [], "roles": [str(schedule.mention)]}
    if plain:
        del body["embeds"]
        lines.append(embeds.plainly(page, marker=stamp.marker, briefing=number))
    if lines:
        body["content"] = "\n".join(lines)
    if schedule.kind != "forum" or page.number > 1:
        return body
    return _post(body, page.title, f", {delivery.date.day} {delivery.date:%B %Y}", schedule)


def _post(body: dict[str, object], title: str, day: str, schedule: Schedule) -> dict[str, object]:
    """Return the body of a new post, which takes no nonce."""
    message = {key: value for key, value in body.items() if key not in {"nonce", "enforce_nonce"}}
    name = markup.cut(title, _MOST_NAME - len(day)) + day
    return {"name": name, "applied_tags": [str(tag) for tag in schedule.tags], "message": message}
