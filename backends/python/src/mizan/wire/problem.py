"""Problems of the protocol itself, and the problem document of RFC 9457 (protocol 3.6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from mizan.error import Error
from mizan.refused import FieldError, Refused

from .response import PROBLEM_JSON, WireResponse, encode_json

TITLES: Mapping[str, tuple[int, str]] = {
    "malformed": (400, "The request cannot be read"),
    "protocol_unsupported": (400, "This version of the protocol is not spoken here"),
    "idempotency_key_missing": (400, "This call needs an Idempotency-Key"),
    "unauthenticated": (401, "Sign in first"),
    "forbidden": (403, "Not allowed"),
    "csrf_failed": (403, "CSRF check failed"),
    "unknown_function": (404, "No such function"),
    "unknown_context": (404, "No such context"),
    "not_found": (404, "Not found"),
    "method": (405, "Method not allowed"),
    "not_acceptable": (406, "Only JSON is served here"),
    "idempotency_in_flight": (409, "The same call is still running"),
    "gone": (410, "No longer here"),
    "too_large": (413, "Too large"),
    "content_type": (415, "Content type not accepted"),
    "validation": (422, "Invalid input"),
    "idempotency_key_reused": (422, "The Idempotency-Key was used for another call"),
    "rate_limited": (429, "Too many requests"),
    "unavailable": (503, "Not available now"),
    "internal": (500, "Internal error"),
}
"""Status and title of each code."""


@dataclass(slots=True)
class Problem(Exception):
    """Answers the request with a problem document. Texts are fixed: nothing of the request or of the server is echoed."""

    code: str
    detail: str | None = None
    status: int = 0
    """0: that of the code."""
    title: str = ""
    errors: Sequence[FieldError] = ()
    data: Any = None
    members: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Extension members of this code, such as `supported`."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        status, title = TITLES.get(self.code, (500, "Error"))
        self.status = self.status or status
        self.title = self.title or title

    def dump(self) -> dict[str, Any]:
        """The document; as a member of `errors` of a bundle too."""
        document: dict[str, Any] = {
            "type": f"urn:mizan:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
        }
        if self.detail is not None:
            document["detail"] = self.detail
        if self.errors:
            document["errors"] = [
                {"path": list(each.path), "code": each.code, "message": each.message}
                for each in self.errors
            ]
        if self.data is not None:
            document["data"] = self.data
        return document | dict(self.members)

    def respond(self) -> WireResponse:
        headers = {"Content-Type": PROBLEM_JSON, "Cache-Control": "no-store"}
        return WireResponse(self.status, headers | dict(self.headers), encode_json(self.dump()))


def refused_problem(error: Refused) -> Problem:
    """The problem of input that another module turned away."""
    return Problem(error.code, error.detail, status=error.status, errors=error.errors)


def internal_problem() -> Problem:
    """Status 500 with a fixed text, and an id under which the server's log has the cause."""
    return Problem("internal", members={"instance": uuid4().urn})


def declared_problem(error: Error) -> Problem:
    """The problem of an error that a function raised."""
    return Problem(
        error.code,
        status=error.status,
        title="" if error.code in TITLES else error.detail or _words(error.code),
        data=error.dump_data(),
    )


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()


def validation_problem(
    error: ValidationError,
    given: Any,
    *,
    under: Sequence[str | int] = (),
    sensitive: Collection[str] = (),
) -> Problem:
    """Status 422 with one entry for each complaint.

    `given` is the JSON value that was checked: it tells members of the value from the steps that pydantic adds for itself (the
    members of a union, say). Below a `sensitive` name not even pydantic's words are passed on.
    """
    errors: list[FieldError] = []
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        path = (*under, *_wire_path(each["loc"], given, each["type"]))
        hidden = any(step in sensitive for step in path)
        errors.append(FieldError(path, each["type"], "Invalid value" if hidden else each["msg"]))
    return Problem("validation", errors=errors)


def _wire_path(loc: tuple[int | str, ...], given: Any, kind: str) -> tuple[str | int, ...]:
    path: list[str | int] = []
    at = given
    for index, step in enumerate(loc):
        if isinstance(at, dict) and step in at:
            at = at[step]
        elif isinstance(at, list) and isinstance(step, int) and 0 <= step < len(at):
            at = at[step]
        elif not (kind.startswith("missing") and index == len(loc) - 1):
            continue
        path.append(step)
    return tuple(path)
