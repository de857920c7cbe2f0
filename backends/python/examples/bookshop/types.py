"""The types of the bookshop."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, TypeVar
from uuid import UUID

import mizan
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

T = TypeVar("T")


class Model(BaseModel):
    # No docstrings below: they would be descriptions in the document, which all producers write alike.
    model_config = ConfigDict(extra="forbid")


def _is_email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text):
        raise ValueError("no e-mail address")
    return text


Email = Annotated[
    str, AfterValidator(_is_email), WithJsonSchema({"type": "string", "format": "email"})
]


class User(Model):
    id: int
    name: str
    email: str
    avatar_url: str | None
    joined: datetime


class Address(Model):
    id: int
    line1: str
    city: str
    country: str


class Favourites(Model):
    book_ids: list[UUID]


class Status(StrEnum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class Order(Model):
    id: int
    user_id: int
    status: Status
    total: Decimal
    placed: datetime


class OrderLine(Model):
    id: int
    book_id: UUID
    title: str
    qty: int
    price: Decimal


class OrderLineInput(Model):
    book_id: UUID
    qty: int = Field(ge=1, le=99)


class Book(Model):
    id: UUID
    title: str
    author: str
    price: Decimal
    stock: int
    tags: list[str]


class CatalogFilter(Model):
    author: str | None = None
    max_price: Decimal | None = None


class Country(Model):
    code: str
    name: str


class ProfileForm(Model):
    name: str = Field(min_length=1, max_length=80)
    email: Email


class Removed(Model):
    id: int


class CursorPage(Model, Generic[T]):
    items: list[T]
    next_cursor: str | None


class NumberedPage(Model, Generic[T]):
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
