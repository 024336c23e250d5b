"""Bodies are opened as they arrive, in whatever pieces, and never past their limits."""

import asyncio
import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fetcher import FetchError, bodies
from bot.fetcher.room import Room
from briefs.model import Problem

PACKS = {"gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes}


class Answer:
    """A response whose body comes in the given pieces."""

    def __init__(self, *pieces: bytes, encoding: str = "gzip") -> None:
        self._pieces = pieces
        self.headers = {"Content-Encoding": encoding}
        self.content_length = None
        self.taken = 0
        self.content = self

    async def iter_any(self):
        for piece in self._pieces:
            self.taken += 1
            yield piece


async def read(answer: Answer, largest: int = 1_000_000, **how) -> bytes:
    async with asyncio.timeout(60) as limit:
        lot = Room().lot(limit)
        return await bodies.read(answer, lot, host="example.org", largest=largest, **how)


async def problem(answer: Answer, **how) -> Problem:
    with pytest.raises(FetchError) as raised:
        await read(answer, **how)
    return raised.value.problem


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=300), st.integers(1, 50), st.sampled_from(sorted(PACKS)))
@settings(deadline=None)
async def test_what_was_packed_is_what_is_read_in_pieces_of_any_size(data, size, encoding):
    packed = PACKS[encoding](data)

    assert await read(Answer(*cut(packed, size), encoding=encoding)) == data


@given(st.binary(min_size=1, max_size=300), st.integers(1, 20), st.data())
@settings(deadline=None)
async def test_whatever_is_cut_off_is_damaged_and_never_half_a_body(data, size, draw):
    packed = gzip.compress(data)
    end = draw.draw(st.integers(1, len(packed) - 1))

    assert await problem(Answer(*cut(packed[:end], size))) is Problem.DAMAGED


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", "x"]))
@settings(deadline=None)
async def test_noise_is_opened_or_refused_with_a_reason(data, encoding):
    try:
        found = await read(Answer(data, encoding=encoding))
    except FetchError as error:
        found = error.problem

    assert found in {Problem.DAMAGED, Problem.TOO_LARGE} or len(found) <= 1_000_000


async def test_several_files_in_one_body_are_one_after_the_other():
    packed = gzip.compress(b"one ") + gzip.compress(b"two")

    assert await read(Answer(*cut(packed, 7))) == b"one two"
    assert await read(Answer(packed, b"\0" * 40)) == b"one two"


async def test_very_many_empty_files_in_one_body_are_refused():
    assert await problem(Answer(gzip.compress(b"") * 5_000)) is Problem.DAMAGED


async def test_a_body_without_a_byte_is_empty():
    assert await read(Answer()) == b""


async def test_much_out_of_little_is_refused_before_the_limit():
    bomb = Answer(*cut(gzip.compress(bytes(5_000_000)), 100))

    assert await problem(bomb, largest=10_000_000) is Problem.TOO_LARGE
    assert bomb.taken <= 6


async def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not():
    fits = Answer(b"x" * 1_000, encoding="")
    over = Answer(b"x" * 1_001, encoding="")

    assert len(await read(fits, largest=1_000)) == 1_000
    assert await problem(over, largest=1_000) is Problem.TOO_LARGE


async def test_the_beginning_of_what_is_too_large_can_be_asked_for():
    endless = Answer(*[b"x" * 100] * 50, encoding="")

    assert await read(endless, largest=250, cut=True) == b"x" * 250
    assert endless.taken == 3
