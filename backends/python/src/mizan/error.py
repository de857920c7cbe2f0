"""Errors that a function declares: a code, a status, and typed data (protocol 3.6)."""

from __future__ import annotations

import re
from typing import Any, ClassVar, dataclass_transform, get_type_hints

from pydantic import BaseModel, TypeAdapter, create_model

_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass_transform(kw_only_default=True)
class Error(Exception):
    """Raise a subclass to answer with its problem; declare it with `errors=[...]` and clients get its data typed.

        class OutOfStock(mizan.Error, code="out_of_stock", status=409):
            book_id: UUID
            left: int

        raise OutOfStock(book_id=book.id, left=book.stock)

    The annotated members are the data, checked when the error is made. The first line of the docstring is the text that
    clients read.
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    detail: ClassVar[str | None] = None
    _model: ClassVar[type[BaseModel] | None] = None

    def __init_subclass__(cls, *, code: str | None = None, status: int | None = None) -> None:
        super().__init_subclass__()
        cls.code = code if code is not None else cls.code
        cls.status = status if status is not None else cls.status
        if not _CODE.fullmatch(cls.code):
            raise TypeError(
                f"{cls.__name__}: the code {cls.code!r} must match {_CODE.pattern}. For example: out_of_stock"
            )
        if not 400 <= cls.status <= 599:
            raise TypeError(f"{cls.__name__}: the status {cls.status} must be 400 to 599")
        cls.detail = (
            (cls.__doc__ or "").strip().partition("\n")[0] or None
            if "__doc__" in vars(cls)
            else None
        )
        cls._model = None

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        model = type(self).data_model()
        if model is None:
            if data:
                raise TypeError(
                    f"{type(self).__name__} has no data, but was given {', '.join(data)}"
                )
            self.data = None
            return
        self.data = model.model_validate(data)
        for name in model.model_fields:
            setattr(self, name, getattr(self.data, name))

    @classmethod
    def data_model(cls) -> type[BaseModel] | None:
        """The model of the data, named as the class; None for an error without data."""
        if cls._model is None:
            hints = {
                name: hint
                for name, hint in get_type_hints(cls, include_extras=True).items()
                if name not in ("code", "status", "detail", "_model", "data")
            }
            if hints:
                fields: dict[str, Any] = {
                    name: (hint, getattr(cls, name, ...)) for name, hint in hints.items()
                }
                cls._model = create_model(cls.__name__, __module__=cls.__module__, **fields)
        return cls._model

    def dump_data(self) -> Any:
        """The data as JSON, or None."""
        if self.data is None:
            return None
        return TypeAdapter(type(self.data)).dump_python(self.data, mode="json", by_alias=True)


class Unauthenticated(Error, code="unauthenticated", status=401):
    """Sign in first."""


class Forbidden(Error, code="forbidden", status=403):
    """Not allowed."""


class NotFound(Error, code="not_found", status=404):
    """Not found."""


PROTOCOL_CODES = frozenset(
    "malformed protocol_unsupported idempotency_key_missing unauthenticated forbidden csrf_failed unknown_function "
    "unknown_context not_found method not_acceptable content_type idempotency_in_flight gone precondition too_large "
    "validation idempotency_key_reused rate_limited unavailable internal".split()
)
"""Codes that the protocol gives a meaning (3.6): any function may answer them, and no other error may take them."""
