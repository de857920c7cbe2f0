"""The endpoints for tests: seed anew, delay answers, make them fail. Outside of the contract, and only with `--test`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import mizan
from mizan.wire.response import WireResponse
from mizan.wire.status_problem import status_problem

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]


class Controls:
    """An ASGI app around the shop."""

    def __init__(self, app: App, reset: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._reset = reset
        self._delays: dict[str, float] = {}
        """Seconds by path."""
        self._failures: dict[str, tuple[int, int]] = {}
        """Status, and how many answers are left to fail, by path."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith("/test/") and scope["method"] == "POST":
            await _send(send, await self._control(path, receive))
            return
        for below, seconds in self._delays.items():
            if path.startswith(below):
                await asyncio.sleep(seconds)
        for below, (status, times) in self._failures.items():
            if path.startswith(below) and times > 0:
                self._failures[below] = (status, times - 1)
                await _send(send, status_problem(status).respond())
                return
        await self._app(scope, receive, send)

    async def _control(self, path: str, receive: Receive) -> WireResponse:
        order = json.loads(await _body(receive) or b"{}")
        if path == "/test/reset":
            self._delays.clear()
            self._failures.clear()
            await self._reset()
            # The data has changed outside of any mutation.
            mizan.invalidate("*")
        elif path == "/test/delay":
            self._delays[order["path"]] = order["ms"] / 1000
        elif path == "/test/fail":
            self._failures[order["path"]] = (order["status"], order["times"])
        else:
            return status_problem(404).respond()
        return WireResponse(204)


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return body


async def _send(send: Send, answer: WireResponse) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
