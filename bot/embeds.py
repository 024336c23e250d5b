"""Pages in, embeds and the bytes of messages out."""

import json
from collections.abc import Mapping

import discord

from bot import markup
from briefs.model import Page

COLOUR = 0x2F6F8F
MOST_TITLE = 256
MOST_DESCRIPTION = 4_096
MOST_FOOTER = 2_048
NAME = "Daybrief"


def embed(page: Page, *, marker: str = "", briefing: int = 0) -> discord.Embed:
    """Draw *page*; *marker* in the footer tells a briefing that was posted from every other.

    *briefing* is the number that it is kept under.
    """
    drawn = discord.Embed(
        title=title(page),
        description=markup.cut(markup.body(page), MOST_DESCRIPTION),
        colour=COLOUR,
    )
    return drawn.set_footer(text=footer(page, marker=marker, briefing=briefing))


def title(page: Page) -> str:
    """Return the title of *page* as Discord's text."""
    return markup.cut(markup.plain(page.title), MOST_TITLE)


def footer(page: Page, *, marker: str = "", briefing: int = 0) -> str:
    """Return "Daybrief · briefing 7 · marker · page 1/3"; a footer shows no markup, and is ours."""
    kept = f"briefing {briefing}" if briefing else ""
    number = f"page {page.number}/{page.total}" if page.total > 1 else ""
    return " · ".join(part for part in (NAME, kept, marker, number) if part)


def bears(text: str, marker: str) -> bool:
    """Tell whether a footer that reads *text* carries *marker*."""
    return bool(marker) and marker in text.split(" · ")[1:]


def payload(page: Page, *, nonce: str, marker: str, briefing: int = 0) -> dict[str, object]:
    """Return the body of Create Message for *page*: it pings nobody, and Discord keeps one."""
    return {
        "embeds": [embed(page, marker=marker, briefing=briefing).to_dict()],
        "allowed_mentions": {"parse": []},
        "nonce": nonce,
        "enforce_nonce": True,
    }


def plainly(page: Page, *, marker: str, briefing: int) -> str:
    """Return *page* as the text of a message, its footer in the last line."""
    last = f"-# {footer(page, marker=marker, briefing=briefing)}"
    return f"**{title(page)}**\n{markup.body(page)}\n{last}"


def dump(body: Mapping[str, object]) -> bytes:
    """Return *body* as JSON, the same bytes every time."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
