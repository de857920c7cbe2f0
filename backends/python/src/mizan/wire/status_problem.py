"""Problems of frameworks' own errors, which know a status only."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from .problem import Problem

_CODES = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method",
    406: "not_acceptable",
    410: "gone",
    413: "too_large",
    414: "too_large",
    415: "content_type",
    422: "validation",
    429: "rate_limited",
    431: "too_large",
    500: "internal",
    503: "unavailable",
}


def status_problem(
    status: int, detail: str | None = None, headers: Mapping[str, str] | None = None
) -> Problem:
    """A status that has no code in the protocol gives its own: `http_418`. What a 5xx says of itself is not passed on."""
    code = _CODES.get(status, f"http_{status}")
    title = "" if status in _CODES else _phrase(status)
    return Problem(
        code,
        detail if status < 500 and detail != _phrase(status) else None,
        status=status,
        title=title,
        headers=headers or {},
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
