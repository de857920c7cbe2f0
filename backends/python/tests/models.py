"""Types that the tests declare functions with."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel

T = TypeVar("T")


class User(BaseModel):
    id: int
    name: str


class Name(BaseModel):
    name: str


class Stranger(BaseModel):
    id: int
    age: int


class Keyless(BaseModel):
    text: str


class Removed(BaseModel):
    id: int


class Page(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None


class UserPage(Page[User]):
    pass


class Wrapped(BaseModel):
    user: User
    users: list[User]
    count: int
