from collections.abc import Iterator

import pytest

from tests import cluster as clusters


@pytest.fixture(scope="session")
def cluster() -> Iterator[clusters.Cluster]:
    """A PostgreSQL server of the tests' own."""
    with clusters.running() as started:
        yield started
