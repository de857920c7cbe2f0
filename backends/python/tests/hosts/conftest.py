"""Both bookshops, started by their commands, for all tests of this folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .visitor import Visitor

ROOT = Path(__file__).parents[2]


def start(name: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"examples.{name}_bookshop", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.fixture(scope="session", params=["fastapi", "django"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a bookshop, from the line that it prints when it is ready."""
    with start(request.param, "--port", "0", "--test") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        yield line.removeprefix("listening on ").strip()
        process.terminate()


@pytest.fixture
def visitor(url: str) -> Iterator[Visitor]:
    """A visitor of a shop that has just opened."""
    made = Visitor(url)
    with made.http:
        made.http.post("/test/reset")
        made.start_session()
        yield made


@pytest.fixture
def rumi(visitor: Visitor) -> Visitor:
    """User 7, signed in."""
    assert visitor.sign_in().status_code == 200
    return visitor
