"""What the wire needs of a request, whatever the framework."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class WireRequest:
    """One HTTP request."""

    method: str
    """Upper case."""
    path: str
    """Below the place where the contract is mounted, percent-decoded, with a leading slash."""
    query: str
    """As it came, without the question mark."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: AsyncIterator[bytes]
    """Read at most once."""
    origin: str
    """Scheme and host that the request was sent to: `https://shop.example`."""
    url_bytes: int
    """Length of path and query as they came."""
    raw: Any = None
    """The framework's own request."""
