"""A folder for each house, of its own: PostgreSQL runs as another user where root starts it, and
pytest closes the folder above `tmp_path` to others whenever it starts."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folders() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="backstep-chaos-", ignore_cleanup_errors=True) as path:
        yield Path(path)
