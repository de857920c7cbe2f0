"""The types of the bookshop."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema

import mizan

T = TypeVar("T")


# No docstrings in the classes: they would be descriptions in the document, which all producers write alike.


def _is_email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text):
        raise ValueError("no e-mail address")
    return text


Email = Annotated[
    str, AfterValidator(_is_email), WithJsonSchema({"type": "string", "format": "email"})
]


class User(BaseModel):
    id: int
    name: str
    email: str
    avatar_url: str | None
    joined: datetime


class Address(BaseModel):
    id: int
    line1: str
    city: str
    country: str


class Favourites(BaseModel):
    book_ids: list[UUID]


class Status(StrEnum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class Order(BaseModel):
    id: int
    user_id: int
    status: Status
    total: Decimal
    placed: datetime


class OrderLine(BaseModel):
    id: int
    book_id: UUID
    title: str
    qty: int
    price: Decimal


class OrderLineInput(BaseModel):
    book_id: UUID
    qty: int = Field(ge=1, le=99)


class Book(BaseModel):
    id: UUID
    title: str
    author: str
    price: Decimal
    stock: int
    tags: list[str]


class CatalogFilter(BaseModel):
    author: str | None = None
    max_price: Decimal | None = None


class Country(BaseModel):
    code: str
    name: str


class ProfileForm(BaseModel):
    name: str = Field(min_length=1, max_length=80)
    email: Email


class Removed(BaseModel):
    id: int


class CursorPage(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None


class NumberedPage(BaseModel, Generic[T]):
    items: list[T]
    total: int


class OrderPage(CursorPage[Order]):
    pass


class BookPage(NumberedPage[Book]):
    pass


class OutOfStock(mizan.Error, code="out_of_stock", status=409):
    book_id: UUID
    left: int


class BadCredentials(mizan.Error, code="bad_credentials", status=403):
    pass


class OrderClosed(mizan.Error, code="order_closed", status=409):
    pass
