"""The command line of both bookshops: `--port N`, `--test`."""

from __future__ import annotations

import argparse
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from .controls import Controls


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for each in sockets or []:
            print(f"listening on http://127.0.0.1:{each.getsockname()[1]}/", flush=True)


def serve(name: str, app: Any, reset: Callable[[], Awaitable[None]]) -> None:
    """Runs until it is stopped. Says on stdout where it listens, once it does."""
    parser = argparse.ArgumentParser(prog=f"python -m examples.{name}")
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    parser.add_argument("--test", action="store_true", help="adds the endpoints for tests")
    options = parser.parse_args()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", options.port))
    except OSError as error:
        parser.error(f"port {options.port} cannot be used: {error.strerror}. Give another one with --port.")
    served = Controls(app, reset) if options.test else app
    _Server(
        uvicorn.Config(
            served, log_level="warning", access_log=False, h11_max_incomplete_event_size=65_536
        )
    ).run([listener])
