"""The command line of the bookshops."""

from __future__ import annotations

import socket
import subprocess
import sys

import httpx
import pytest

from .conftest import ROOT, start
from .visitor import problem_of

BOTH = pytest.mark.parametrize("name", ["fastapi", "django"])


@BOTH
def test_the_endpoints_for_tests_are_there_with_the_flag_only(name: str) -> None:
    with start(name, "--port", "0") as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        try:
            assert problem_of(httpx.post(f"{url}test/reset")) == (404, "not_found")
            assert httpx.get(f"{url}ctx/catalog/").status_code == 200
        finally:
            process.terminate()


@BOTH
def test_a_port_that_is_taken_is_said_with_the_way_out(name: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, "-m", f"examples.{name}_bookshop", "--port", port],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert ended.returncode == 2
    assert f"port {port} cannot be used" in ended.stderr and "--port" in ended.stderr
    assert "Traceback" not in ended.stderr
