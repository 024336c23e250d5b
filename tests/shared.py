"""Data that lies beside the checkout on some machines; elsewhere its tests are skipped."""

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "shared"


def path(name: str) -> Path:
    """Return the shared file *name*, or skip the test."""
    found = _FOLDER / name
    if not found.exists():
        pytest.skip(f"{name} is not at hand")
    return found
