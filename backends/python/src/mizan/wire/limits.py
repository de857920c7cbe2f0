"""Bounds of the wire (protocol 3.10)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes where the name says so, else counts."""

    url_bytes: int = 8192
    """What is accepted; clients switch to POST at the 4,096 of the document."""
    params: int = 32
    array: int = 100
    json_param_bytes: int = 2048
    depth: int = 32
    body_bytes: int = 1_048_576
    merges: int = 64
    invalidates: int = 64
    merge_bytes: int = 262_144
    """All merge values of one answer together."""
    header_bytes: int = 4096
    """`X-Mizan-Invalidate`."""
