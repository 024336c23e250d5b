"""A server for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.discord_server import Server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server that fails the test for whatever is not modelled or against the description."""
    async with Server() as server:
        yield server


@pytest.fixture
async def lenient() -> AsyncIterator[Server]:
    """A server for requests that are wrong on purpose."""
    async with Server(strict=False) as server:
        yield server
