"""`X-Mizan-Invalidate`, a list of RFC 9651 (protocol 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeaderItem:
    """A context or `*`, and the canonical query of what narrows it. `cq` is ASCII without quotes by construction."""

    context: str
    cq: str = ""
    rev: int | None = None

    def __str__(self) -> str:
        params = f';p="{self.cq}"' if self.cq else ""
        rev = "" if self.rev is None else f";rev={self.rev}"
        return f"{self.context}{params}{rev}"


def invalidate_header(items: Iterable[HeaderItem], max_bytes: int) -> str:
    """The value of the header; empty when nothing changed. What does not fit says less precisely that more changed."""
    exact = list(dict.fromkeys(items))
    contexts = list(dict.fromkeys(HeaderItem(item.context, "", item.rev) for item in exact))
    for form in (exact, contexts):
        text = ", ".join(map(str, form))
        if len(text) <= max_bytes:
            return text
    rev = max((item.rev for item in exact if item.rev is not None), default=None)
    return str(HeaderItem("*", "", rev))
