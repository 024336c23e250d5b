"""What somebody gives in, a source that can be analysed out; refused before it is downloaded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import discord

from bot.collecting import pages
from bot.fetcher import Fetcher
from briefs import documents, ingest
from briefs.errors import DocumentError, UsageError
from briefs.ingest import Source
from briefs.model import Scope

LARGEST = 10_000_000  # bytes


async def given(
    fetcher: Fetcher,
    scope: Scope,
    *,
    file: discord.Attachment | None,
    url: str | None,
    text: str | None,
    title: str = "",
) -> Source:
    """Return the one of *file*, *url* and *text* that is given; UsageError unless it is one."""
    match file, url, text:
        case discord.Attachment(), None, None:
            return await read(file, scope)
        case None, str(), None:
            return await pages.fetch(fetcher, url, scope)
        case None, None, str():
            return typed(text, scope, title=title)
    raise UsageError("Give a file, an address or a text, and only one of them.")


def is_readable(name: str) -> bool:
    """Tell whether a file of that name is of a kind that can be read."""
    return PurePosixPath(name).suffix.lower() in documents.SUFFIXES


async def read(
    attachment: discord.Attachment, scope: Scope, *, known: Sequence[tuple[str, str]] = ()
) -> Source:
    """Download *attachment* for *scope*; UsageError and DocumentError say what is wrong with it.

    *known* are fields that it may not say itself, as `documents.Hint` has them.
    """
    if not is_readable(attachment.filename):
        kinds = ", ".join(sorted(documents.SUFFIXES))
        raise UsageError(f"{attachment.filename} is not a kind that can be read: use {kinds}.")
    if attachment.size > LARGEST:
        raise UsageError(f"{attachment.filename} is larger than 10 MB: attach a part of it.")
    try:
        data = await attachment.read()
    except discord.HTTPException as error:
        raise DocumentError(
            attachment.filename, "it could not be downloaded from Discord; attach it again."
        ) from error
    source = ingest.upload(data, attachment.filename, scope=scope, now=datetime.now(UTC))
    return replace(source, known=tuple(known))


def typed(text: str, scope: Scope, *, title: str = "") -> Source:
    """Name a *text* that somebody typed as a source."""
    name = f"{title or 'Your text'}.txt"
    source = ingest.upload(text.encode(), name, scope=scope, now=datetime.now(UTC))
    return replace(source, known=(("title", title),) if title else ())
