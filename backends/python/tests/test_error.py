"""Declared errors: a code, a status, and typed data."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import pytest
from pydantic import ValidationError

import mizan

from .findings import errors_of

BOOK = UUID(int=1)


class OutOfStock(mizan.Error, code="out_of_stock", status=409):
    """Not enough of it is left.

    More for developers.
    """

    book_id: UUID
    left: int = 0


class Closed(mizan.Error, code="closed", status=409):
    pass


class ClosedToo(mizan.Error, code="closed", status=410):
    pass


class Internal(mizan.Error, code="internal", status=500):
    pass


class OwnNotFound(mizan.NotFound):
    what: str


def test_an_error_carries_checked_data() -> None:
    error = OutOfStock(book_id=BOOK, left=2)
    assert (error.code, error.status, error.detail) == (
        "out_of_stock",
        409,
        "Not enough of it is left.",
    )
    assert (error.book_id, error.left) == (BOOK, 2)
    assert error.dump_data() == {"book_id": str(BOOK), "left": 2}
    assert OutOfStock(book_id=BOOK).left == 0
    with pytest.raises(ValidationError):
        OutOfStock(book_id="no uuid")  # type: ignore[arg-type]


def test_an_error_without_data_takes_none() -> None:
    error, untyped = Closed(), cast(Any, Closed)
    assert (error.dump_data(), error.detail) == (None, None)
    with pytest.raises(TypeError, match="Closed has no data"):
        untyped(why="because")


def test_t12_errors_of_one_base_have_their_own_data() -> None:
    assert OwnNotFound(what="book").dump_data() == {"what": "book"}
    assert mizan.NotFound().dump_data() is None
    assert (OwnNotFound.code, OwnNotFound.status) == ("not_found", 404)


@pytest.mark.parametrize(
    ("code", "status"), [("Out of stock", 409), ("x", 200), ("", 400), ("9x", 400)]
)
def test_codes_and_statuses_that_the_protocol_does_not_have_are_refused(
    code: str, status: int
) -> None:
    with pytest.raises(TypeError):
        type("Bad", (mizan.Error,), {}, code=code, status=status)


def test_codes_are_unique_in_a_function_and_none_of_the_protocols() -> None:
    registry = mizan.Registry()

    @registry.client(errors=[Closed, ClosedToo, Internal])
    def change() -> None: ...

    messages = [each.message for each in errors_of(registry)]
    assert messages == [
        'Closed and ClosedToo have the same code "closed"',
        'the code "internal" of Internal belongs to the protocol',
    ]


def test_the_codes_of_the_protocol_may_be_declared_as_they_are() -> None:
    registry = mizan.Registry()

    @registry.client(errors=[OwnNotFound, OutOfStock])
    def change() -> None: ...

    assert list(registry.check().functions["change"].errors) == ["not_found", "out_of_stock"]


def test_t12_a_subclass_adds_to_the_data_of_an_error_that_was_used_before() -> None:
    OutOfStock(book_id=BOOK)

    class OutOfPrint(OutOfStock, code="out_of_print", status=410):
        since: int

    assert OutOfPrint(book_id=BOOK, since=1999).dump_data() == {
        "book_id": str(BOOK),
        "left": 0,
        "since": 1999,
    }
    assert (OutOfStock.code, OutOfPrint.code) == ("out_of_stock", "out_of_print")
