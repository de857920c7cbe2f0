"""Input that is turned away: what the problem document says about it (protocol 3.6)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One entry of a problem's `errors`: where, which rule, and a text for people. An empty path is the whole form."""

    path: tuple[str | int, ...]
    code: str
    message: str


class Refused(ValueError):
    """Input that cannot be taken. `status` and `code` are those of the problem document."""

    def __init__(
        self,
        detail: str,
        *,
        status: int = 400,
        code: str = "malformed",
        errors: tuple[FieldError, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status
        self.code = code
        self.errors = errors
