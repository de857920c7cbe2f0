"""Media types of headers."""

from __future__ import annotations

from collections.abc import Mapping

from .problem import Problem


def media_type(value: str | None) -> str:
    """Type and subtype in lower case, without parameters; empty when there is none."""
    return (value or "").partition(";")[0].strip().lower()


def accepts(pattern: str, media: str) -> bool:
    """Whether `image/*`, `*/*` or a type by itself takes a media type."""
    return pattern in ("*/*", media) or (pattern.endswith("/*") and media.startswith(pattern[:-1]))


def check_accept(headers: Mapping[str, str]) -> None:
    """Raises `Problem` (406) for a client that takes anything but JSON."""
    accept = headers.get("accept", "").strip()
    if not accept:
        return
    for item in accept.split(","):
        weight = [part.strip().lower() for part in item.split(";")[1:]]
        refused = any(part in ("q=0", "q=0.0", "q=0.00", "q=0.000") for part in weight)
        if not refused and accepts(media_type(item), "application/json"):
            return
    raise Problem("not_acceptable")
