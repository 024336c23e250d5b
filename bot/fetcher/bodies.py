"""A response in, its body out: decompressed, and bounded while that is done."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

import aiohttp

from bot.fetcher.errors import FetchError
from bot.fetcher.room import LITTLE, Lot
from briefs.model import Problem

ENCODINGS = "gzip, deflate"  # what we ask for: what else is sent can only be a mistake
_STEP = 65_536  # bytes that are decompressed in one go
_RATIO = 200  # of what comes out to what went in; text seldom reaches 20
_SLIGHT = 100_000  # bytes that may come out of next to nothing
_MEMBERS = 1_000  # gzip files in one body


class TooLarge(Exception):  # noqa: N818 - it never leaves this package
    """More came out than is taken."""


class Damaged(Exception):  # noqa: N818 - it never leaves this package
    """It cannot be decompressed, or ends before its end."""


async def read(
    response: aiohttp.ClientResponse, lot: Lot, *, host: str, largest: int, cut: bool = False
) -> bytes:
    """Return the body of *response*, of *largest* bytes at most; a larger one is refused.

    With *cut* it is what comes before that limit. Of a large one no more is read before *lot* has a
    place for it. Raises FetchError, and what aiohttp raises.
    """
    if not cut and (response.content_length or 0) > largest:
        raise _too_large(host, largest)
    parts: list[bytes] = []
    size = 0
    try:
        async for piece in _pieces(response, largest):
            parts.append(piece)
            size += len(piece)
            if size > LITTLE:
                await lot.enlarge()
            await asyncio.sleep(0)  # ten megabytes in one go would hold up everybody
    except TooLarge:
        if not cut:
            raise _too_large(host, largest) from None
    except Damaged:
        raise damaged(host) from None
    return b"".join(parts)[:largest]


def damaged(host: str) -> FetchError:
    """Return the error for a body that is cut off or cannot be decompressed."""
    return FetchError(
        Problem.DAMAGED,
        f"What {host} sends is cut off or damaged",
        remedy="Nothing to do if it is sent whole the next time; tell the site if it stays so.",
    )


def _too_large(host: str, largest: int) -> FetchError:
    reason = f"{host} sends more than {largest / 1e6:g} MB"
    return FetchError(Problem.TOO_LARGE, reason, remedy="Ask the site for something shorter.")


async def _pieces(response: aiohttp.ClientResponse, largest: int) -> AsyncIterator[bytes]:
    opener = _opener(response.headers.get("Content-Encoding", ""))
    taken = given = 0
    async for chunk in response.content.iter_any():
        taken += len(chunk)
        for piece in opener.feed(chunk):
            given += len(piece)
            yield piece
            if max(taken, given) > largest:
                raise TooLarge
    for piece in opener.end():
        yield piece


class _Opener(Protocol):
    """Turns what comes from the wire, in any pieces, into what was sent."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Return what *data* adds."""

    def end(self) -> Iterator[bytes]:
        """Return what is left; raises Damaged when that was not all."""


class _Plain:
    """What was not compressed; aiohttp notices when its end is missing."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def end(self) -> Iterator[bytes]:
        return iter(())


class _Inflater:
    """Opens gzip and deflate in small steps; raises TooLarge and Damaged as soon as it knows."""

    def __init__(self) -> None:
        self._engine: zlib._Decompress | None = None
        self._held = b""  # too little to tell what it is
        self._taken = 0
        self._given = 0
        self._members = 0
        self._over = False  # what follows the end is nobody's

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._taken += len(data)
        data, self._held = self._held + data, b""
        while not self._over and (engine := self._begun(data)) is not None:
            piece, data = self._step(engine, data)
            if piece:
                yield piece
            if engine.eof:
                self._engine = None
            elif len(piece) < _STEP:
                return

    def end(self) -> Iterator[bytes]:
        yield from self.feed(b"")
        if self._engine is not None or (self._held and not self._members):
            raise Damaged

    def _begun(self, data: bytes) -> "zlib._Decompress | None":
        """Return what opens *data*; None when there is too little of it, or nothing to open."""
        if self._engine is None and len(data) < 2:
            self._held = data
        elif self._engine is None:
            self._engine = self._beginning(data)
        return self._engine

    def _beginning(self, data: bytes) -> "zlib._Decompress | None":
        gzip = data.startswith(b"\x1f\x8b")
        if self._members and not gzip:
            self._over = True
            return None
        self._members += 1
        if self._members > _MEMBERS:
            raise Damaged
        bare = not gzip and (data[0] & 15 != 8 or int.from_bytes(data[:2], "big") % 31)
        return zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)

    def _step(self, engine: "zlib._Decompress", data: bytes) -> tuple[bytes, bytes]:
        """Return the next piece, and what of *data* is still to be opened."""
        try:
            piece = engine.decompress(data, _STEP)
        except zlib.error:
            raise Damaged from None
        rest = engine.unused_data if engine.eof else engine.unconsumed_tail
        self._given += len(piece)
        if self._given > max(_SLIGHT, _RATIO * (self._taken - len(rest))):
            raise TooLarge
        return piece, rest


def _opener(encoding: str) -> _Opener:
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip" | "deflate":
            return _Inflater()
    raise Damaged
