"""A program that has read the seeds, shared by the tests of one module."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.discord_server import Server
from tests.test_end_to_end import program
from tests.test_end_to_end.program import Program


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """The program with the seeds as its library; what it sent is checked in the end."""
    folder = tmp_path_factory.mktemp("newsroom")
    async with Server() as discord:
        program.configure(folder, discord, folders=[program.SEEDS])
        async with program.running(Program(folder, discord)) as newsroom:
            await newsroom.connected()
            await newsroom.library()
            yield newsroom
        program.assert_clean(discord)
