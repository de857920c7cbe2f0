"""What the shop holds when it opens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from .types import Address, Book, Country, Order, OrderLine, Status, User

_BOOKS = Path(__file__).parents[4] / "examples" / "bookshop-books.json"


@dataclass(frozen=True, slots=True)
class Account:
    """A user, and what only the shop knows."""

    user: User
    password: str
    addresses: tuple[Address, ...]
    favourites: tuple[UUID, ...] = ()


def book_id(number: int) -> UUID:
    return UUID(f"00000000-0000-4000-8000-{number:012d}")


def books() -> list[Book]:
    return [Book.model_validate(each) for each in json.loads(_BOOKS.read_text("utf-8"))]


ACCOUNTS = (
    Account(
        User(
            id=7,
            name="Rūmī",
            email="rumi@shop.example",
            avatar_url=None,
            joined=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        ),
        "masnavi",
        (
            Address(id=3, line1="1 Main St", city="Konya", country="TR"),
            Address(id=4, line1="2 Harbour Rd", city="Izmir", country="TR"),
        ),
        (book_id(3),),
    ),
    Account(
        User(
            id=8,
            name="Shams",
            email="shams@shop.example",
            avatar_url=None,
            joined=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
        ),
        "tabriz",
        (Address(id=5, line1="9 Market Sq", city="Tabriz", country="IR"),),
    ),
)

COUNTRIES = (
    Country(code="DE", name="Germany"),
    Country(code="IR", name="Iran"),
    Country(code="TR", name="Türkiye"),
)

FIRST_ORDER = 100
FIRST_LINE = 1000
BOOKS_PER_PAGE = 12
ORDERS_PER_PAGE = 10


def total_of(lines: list[OrderLine]) -> Decimal:
    return sum((line.price * line.qty for line in lines), Decimal("0.00"))


def orders(catalog: list[Book]) -> list[tuple[Order, list[OrderLine]]]:
    by_id = {book.id: book for book in catalog}

    def line(id: int, number: int, qty: int) -> OrderLine:
        book = by_id[book_id(number)]
        return OrderLine(id=id, book_id=book.id, title=book.title, qty=qty, price=book.price)

    def order(
        id: int, status: Status, placed: datetime, lines: list[OrderLine]
    ) -> tuple[Order, list[OrderLine]]:
        return Order(id=id, user_id=7, status=status, total=total_of(lines), placed=placed), lines

    return [
        order(
            5,
            Status.SHIPPED,
            datetime(2026, 3, 1, 10, tzinfo=UTC),
            [line(1, 3, 1), line(2, 4, 2)],
        ),
        order(6, Status.OPEN, datetime(2026, 3, 5, 12, tzinfo=UTC), [line(3, 5, 1)]),
    ]
