import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefs import ingest
from briefs.store import Store, open_store
from tests import shared
from tests.briefs.store.library import NOON

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the seeds, each arrived when it was published; copy it."""
    path = tmp_path_factory.mktemp("seeded") / "daybrief.db"
    with open_store(f"sqlite:///{path}") as store:
        for file in ingest.files([SEEDS]):
            analysis = ingest.analyse(ingest.file(file))
            assert analysis.document.published
            ingest.keep(store, analysis, analysis.document.published)
    return path


@pytest.fixture
def seeded_path(seeded_file: Path, tmp_path: Path) -> Path:
    """A database of one's own that holds the seeds."""
    return Path(shutil.copy(seeded_file, tmp_path / "seeded.db"))


@pytest.fixture
def seeded(seeded_path: Path) -> Iterator[Store]:
    """A store that holds the seeds."""
    with open_store(f"sqlite:///{seeded_path}") as store:
        yield store


@pytest.fixture(scope="session")
def article_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds one real article and nothing else; copy it."""
    path = tmp_path_factory.mktemp("article") / "daybrief.db"
    analysis = ingest.analyse(ingest.file(shared.path("seed/article.txt")))
    with open_store(f"sqlite:///{path}") as store:
        ingest.keep(store, analysis, NOON)
    return path


@pytest.fixture
def article(article_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store that holds one real article and nothing else."""
    path = shutil.copy(article_file, tmp_path / "article.db")
    with open_store(f"sqlite:///{path}") as store:
        yield store
