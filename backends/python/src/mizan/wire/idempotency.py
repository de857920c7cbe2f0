"""Calls that may be sent twice and are made once (protocol 3.8)."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .problem import Problem
from .response import WireResponse, encode_json

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Replay:
    """An answer that was given before."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class CallKey:
    """Nobody meets the key of another viewer or function."""

    viewer: str
    function: str
    key: str


class IdempotencyStore(Protocol):
    """Answers by key, for 24 hours."""

    async def begin(self, key: CallKey, payload: str) -> Replay | None:
        """The answer given before, or None: the caller makes the call, then ends with `finish` or `release`.

        Raises `Problem`: 409 while the same call runs, 422 where the payload is another one.
        """
        ...

    async def finish(self, key: CallKey, answer: Replay) -> None: ...

    async def release(self, key: CallKey) -> None:
        """The call had no effect, and may be made anew."""
        ...


def read_key(headers: Mapping[str, str]) -> str:
    key = headers.get("idempotency-key")
    if key is None:
        raise Problem("idempotency_key_missing")
    if not _KEY.fullmatch(key):
        raise Problem("malformed", "The Idempotency-Key must be 1 to 255 visible ASCII characters")
    return key


def payload_hash(value: Any, files: Mapping[str, str]) -> str:
    """Digest of a payload: the value whatever the order of its members, and the digests of the files by part."""

    def ordered(each: Any) -> Any:
        if isinstance(each, dict):
            return {name: ordered(each[name]) for name in sorted(each)}
        return [ordered(item) for item in each] if isinstance(each, list) else each

    return hashlib.sha256(encode_json([ordered(value), dict(sorted(files.items()))])).hexdigest()


def replay_response(answer: Replay) -> WireResponse:
    return WireResponse(answer.status, {**answer.headers, "X-Mizan-Replay": "1"}, answer.body)


@dataclass(slots=True)
class _Record:
    payload: str
    expires: float
    answer: Replay | None = field(default=None)


class MemoryIdempotency:
    """Answers of a deployment that is one process. Beyond `max_answers` the oldest go first."""

    def __init__(self, max_answers: int = 10_000) -> None:
        self._lock = threading.Lock()
        self._records: OrderedDict[CallKey, _Record] = OrderedDict()
        self._max_answers = max_answers

    async def begin(self, key: CallKey, payload: str) -> Replay | None:
        now = time.monotonic()
        with self._lock:
            self._expire(now)
            record = self._records.get(key)
            if record is None:
                self._records[key] = _Record(payload, now + _DAY)
                return None
            if record.payload != payload:
                raise Problem("idempotency_key_reused")
            if record.answer is None:
                raise Problem("idempotency_in_flight", headers={"Retry-After": "1"})
            return record.answer

    async def finish(self, key: CallKey, answer: Replay) -> None:
        with self._lock:
            record = self._records.get(key)
            if record is not None:
                record.answer = answer

    async def release(self, key: CallKey) -> None:
        with self._lock:
            self._records.pop(key, None)

    def _expire(self, now: float) -> None:
        # In the order in which they were made, so the oldest stand first. A call that still runs keeps its place.
        while self._records:
            key, record = next(iter(self._records.items()))
            too_many = len(self._records) >= self._max_answers and record.answer is not None
            if record.expires > now and not too_many:
                return
            del self._records[key]
