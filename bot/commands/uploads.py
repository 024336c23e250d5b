"""An attachment in, a source that can be analysed out; refused before it is downloaded."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

import discord

from briefs import documents, ingest
from briefs.errors import DocumentError, UsageError
from briefs.ingest import Source
from briefs.model import Scope

LARGEST = 10_000_000  # bytes


async def read(attachment: discord.Attachment, scope: Scope) -> Source:
    """Download *attachment* for *scope*; UsageError and DocumentError say what is wrong with it."""
    suffix = PurePosixPath(attachment.filename).suffix.lower()
    if suffix not in documents.SUFFIXES:
        known = ", ".join(sorted(documents.SUFFIXES))
        raise UsageError(f"{attachment.filename} is not a kind that can be read: use {known}.")
    if attachment.size > LARGEST:
        raise UsageError(f"{attachment.filename} is larger than 10 MB: attach a part of it.")
    try:
        data = await attachment.read()
    except discord.HTTPException as error:
        raise DocumentError(
            attachment.filename, "it could not be downloaded from Discord; attach it again."
        ) from error
    return ingest.upload(data, attachment.filename, scope=scope, now=datetime.now(UTC))
