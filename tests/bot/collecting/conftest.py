import pytest

from briefs.store import open_store
from tests.bot.collecting import fakes


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'daybrief.db'}") as opened:
        yield opened


@pytest.fixture
def desk(store):
    made = fakes.Desk(store)
    yield made
    made.close()
