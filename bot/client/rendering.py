"""A delivery in, the bytes of its messages out: the POST path's briefing."""

from collections.abc import Callable, Sequence

from bot import embeds, markup
from bot.deliveries import Stamp
from bot.worker import Worker
from briefs import briefings, lookups, pages
from briefs.model import Briefing, Delivery, Page, Schedule
from briefs.store import Store


async def render(
    work: Worker, schedule: Schedule, delivery: Delivery, stamp: Callable[[int], Stamp]
) -> Sequence[bytes]:
    """Compose what *delivery* owes, prove it, and return one message for each page."""
    asked = await work(_asked, schedule, delivery)
    briefing = await work.apart(briefings.compose, schedule.scope, asked)
    laid_out = await work(_proved, briefing)
    number = await work.write(
        briefings.keep, briefing, laid_out, schedule=schedule.name, made=delivery.due
    )
    return [_message(page, stamp(page.number), number) for page in laid_out]


def _asked(store: Store, schedule: Schedule, delivery: Delivery) -> briefings.Asked:
    assert delivery.since is not None
    assert delivery.until is not None
    return briefings.Asked(
        since=delivery.since,
        until=delivery.until,
        about=schedule.about,
        length=schedule.length,
        sections=schedule.sections,
        samples=not store.documents.has_other_than_samples(schedule.scope),
    )


def _proved(store: Store, briefing: Briefing) -> tuple[Page, ...]:
    laid_out = pages.lay_out(briefing, markup.LIMITS)
    lookups.prove(store, briefing.scope, laid_out)
    return laid_out


def _message(page: Page, stamp: Stamp, number: int) -> bytes:
    body = embeds.payload(page, nonce=stamp.nonce, marker=stamp.marker, briefing=number)
    return embeds.dump(body)
