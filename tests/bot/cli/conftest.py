import shutil
from pathlib import Path

import pytest

from tests.bot.cli import calling

SEEDS = calling.ROOT / "seeds"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and a database that holds them, to be read and not changed."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(SEEDS, folder / "seeds")
    done = calling.daybrief(folder, "preview")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty library, and one short document beside it."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "bridge.txt").write_text("The mayor opened the new bridge over the lake on Monday.")
    return tmp_path
