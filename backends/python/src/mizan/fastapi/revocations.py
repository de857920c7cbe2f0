"""Sessions that have ended. A signed cookie would otherwise stay good until it expires, wherever a copy of it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Protocol


class Revocations(Protocol):
    """Ids of sessions that nobody may use any more. Every process that serves the app must share one."""

    async def add(self, session_id: str) -> None: ...

    async def holds(self, session_id: str) -> bool: ...


class MemoryRevocations:
    """For an app that is one process. Beyond `max_ids` the oldest are forgotten."""

    def __init__(self, max_ids: int = 1_000_000) -> None:
        self._lock = threading.Lock()
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._max_ids = max_ids

    async def add(self, session_id: str) -> None:
        with self._lock:
            self._ids[session_id] = None
            if len(self._ids) > self._max_ids:
                self._ids.popitem(last=False)

    async def holds(self, session_id: str) -> bool:
        with self._lock:
            return session_id in self._ids
