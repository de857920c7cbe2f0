"""What a view may return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Response:
    """The answer of a view, whatever the framework. A view may also return plain `str` or `bytes`."""

    content: str | bytes
    media_type: str | None = None
    """None: the first of the view's `produces`."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
