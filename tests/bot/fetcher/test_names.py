"""Names are looked up beside the loop, and nobody waits for a name server that sleeps."""

import asyncio
import socket
import threading

import pytest

from bot.fetcher.names import Names


async def test_a_name_has_its_addresses():
    found = await Names().resolve("localhost", 8080)

    assert {"127.0.0.1", "::1"} & {each["host"] for each in found}
    assert all(each["port"] == 8080 and each["hostname"] == "localhost" for each in found)


@pytest.mark.parametrize("name", ["no-such-host.invalid", "a" * 300, "x..y", "\u2100" * 70])
async def test_a_name_that_cannot_be_looked_up_is_an_error_of_the_system(name):
    with pytest.raises(OSError, match=r"."):
        await Names().resolve(name)


async def test_a_lookup_that_hangs_is_left_and_its_place_comes_back(monkeypatch):
    answered = threading.Event()

    def look_up(*asked, **how):
        answered.wait(30)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    names = Names(lookups=1)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await names.resolve("slow.example")
    answered.set()

    (found,) = await names.resolve("quick.example")

    assert found["host"] == "1.1.1.1"
