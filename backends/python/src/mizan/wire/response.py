"""What the wire answers, whatever the framework."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"


@dataclass(slots=True)
class WireResponse:
    """One HTTP response. Header names are written as in the protocol."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    raw: Any = None
    """A response of the framework's own, made by a view: sent as it is, with `headers` added. `status` repeats its status."""

    @property
    def is_public(self) -> bool:
        """Whether everybody may share it."""
        return self.headers.get("Cache-Control", "").startswith("public")


def encode_json(value: Any) -> bytes:
    """Compact UTF-8. Raises ValueError for what JSON cannot hold: NaN, infinities, lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def json_response(value: Any, cache_control: str, status: int = 200) -> WireResponse:
    return WireResponse(
        status, {"Content-Type": JSON, "Cache-Control": cache_control}, encode_json(value)
    )
