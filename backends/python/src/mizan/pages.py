"""How a query pages, as one writes it: `pagination=mizan.cursor_pages()`."""

from __future__ import annotations

from typing import Literal

from .function import Pagination
from .targets import segments


def cursor_pages(
    param: str = "cursor",
    *,
    limit: str | None = None,
    items: str = "items",
    next: str = "next_cursor",
    prev: str | None = None,
    total: str | None = None,
) -> Pagination:
    """Pages by cursor: the answer says what to ask for next. Names are those of params, paths those of the answer."""
    return _pagination("cursor", {"cursor": param, "limit": limit}, items, next, prev, total)


def numbered_pages(
    param: str = "page",
    *,
    limit: str | None = None,
    items: str = "items",
    total: str | None = "total",
) -> Pagination:
    """Pages by number."""
    return _pagination("page", {"page": param, "limit": limit}, items, None, None, total)


def offset_pages(
    param: str = "offset",
    *,
    limit: str | None = "limit",
    items: str = "items",
    total: str | None = "total",
) -> Pagination:
    """Pages by the number of items to leave out."""
    return _pagination("offset", {"offset": param, "limit": limit}, items, None, None, total)


def _pagination(
    style: Literal["cursor", "page", "offset"],
    params: dict[str, str | None],
    items: str,
    next: str | None,
    prev: str | None,
    total: str | None,
) -> Pagination:
    return Pagination(
        style,
        {role: name for role, name in params.items() if name is not None},
        segments(items),
        () if next is None else segments(next),
        () if prev is None else segments(prev),
        () if total is None else segments(total),
    )
