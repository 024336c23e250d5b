from collections.abc import Iterator
from pathlib import Path

import pytest

from briefs.store import Store, open_store
from briefs.store.dialects import postgres


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store, or of one that is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'daybrief.db'}"
        return
    server = request.getfixturevalue("cluster")
    address = server.store()
    yield address
    server.drop(address)


@pytest.fixture
def store(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store, whose time is that of the tests."""
    monkeypatch.setattr(postgres, "clock", lambda _connection, now: now)
    with open_store(url) as opened:
        yield opened
