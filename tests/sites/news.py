"""A feed and a number in, an article out: always the same one, and no two with the same words."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.benchmarks import responsiveness, synthetic

NEWEST = datetime(2026, 3, 2, 12, tzinfo=UTC)
_APART = timedelta(minutes=17)


def title(feed: int, number: int) -> str:
    """Return the title of an article; it is in no other."""
    chance = _chance(feed, number)
    place, thing = chance.choice(responsiveness.PLACES), chance.choice(responsiveness.THINGS)
    return f"{place} talks about {thing} {feed}.{number}"


def paragraphs(feed: int, number: int, many: int = 2) -> list[str]:
    """Return the *many* paragraphs of an article, each of four sentences."""
    chance = _chance(feed, number)
    return [f"{responsiveness.paragraph(chance)} {synthetic.line(chance, 14)}" for _ in range(many)]


def rss(base: str, feed: int, numbers: range, *, more: str = "") -> bytes:
    """Return the RSS of *feed* with the articles *numbers*, the newest first."""
    items = "".join(_item(base, feed, number) for number in reversed(numbers))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<rss version="2.0"><channel><title>Courier {feed}</title><link>{base}/</link>'
        f"<description>News of town {feed}</description>{more}{items}</channel></rss>\n"
    ).encode()


def _item(base: str, feed: int, number: int) -> str:
    published = format_datetime(NEWEST + number * _APART)
    text = "".join(f"<p>{escape(each)}</p>" for each in paragraphs(feed, number))
    return (
        f"<item><title>{escape(title(feed, number))}</title>"
        f"<link>{base}/page/{feed}/{number}</link><guid>{base}/page/{feed}/{number}</guid>"
        f"<pubDate>{published}</pubDate><description>{escape(text)}</description></item>"
    )


def page(feed: int, number: int) -> str:
    """Return the page of an article, with twice as many paragraphs as the feed shows."""
    text = "".join(f"<p>{escape(each)}</p>" for each in paragraphs(feed, number, 4))
    head = escape(title(feed, number))
    return (
        f"<!doctype html><html lang=en><head><title>{head}</title></head><body><nav>Home</nav>"
        f"<article><h1>{head}</h1>{text}</article><footer>Imprint</footer></body></html>"
    )


def _chance(feed: int, number: int) -> random.Random:
    return random.Random(feed * 1_000_003 + number)  # noqa: S311 - it only has to be repeatable
