from collections.abc import Iterator
from pathlib import Path

import pytest

from briefs.store import Store, open_store


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'daybrief.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store in a file."""
    with open_store(url) as opened:
        yield opened
