"""ETags of bundles (protocol 3.3)."""

from __future__ import annotations

import hashlib
import re

_TAG = re.compile(r'(?:W/)?"[^"]*"')


def make_etag(rev: int, body: bytes) -> str:
    return f'W/"{rev}-{hashlib.sha256(body).hexdigest()[:8]}"'


def matches_etag(if_none_match: str | None, etag: str) -> bool:
    """Weak comparison (RFC 9110, 8.8.3.2)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in _TAG.findall(if_none_match))
