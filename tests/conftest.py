from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import cluster as clusters

# The same examples in every run: what fails, fails again.
settings.register_profile("daybrief", derandomize=True)
settings.load_profile("daybrief")


@pytest.fixture(scope="session")
def cluster() -> Iterator[clusters.Cluster]:
    """A PostgreSQL server of the tests' own."""
    with clusters.running() as started:
        yield started
