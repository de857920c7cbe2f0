"""The functions of the bookshop: what each is called, takes, returns and changes. What they do is the `Shop`'s business."""

from __future__ import annotations

from typing import Annotated, Protocol
from uuid import UUID

from pydantic import Field, SecretStr

import mizan

from .types import (
    Address,
    BadCredentials,
    Book,
    BookPage,
    CatalogFilter,
    Country,
    Favourites,
    Order,
    OrderClosed,
    OrderLine,
    OrderLineInput,
    OrderPage,
    OutOfStock,
    ProfileForm,
    Removed,
    Status,
    User,
)

Avatar = Annotated[
    mizan.File, mizan.FileLimits(max_bytes=5_242_880, accept=("image/png", "image/jpeg"))
]


class Shop(Protocol):
    """The behaviour behind the functions: in memory for FastAPI, in a database for Django."""

    def current_user(self, request: mizan.Request) -> User | None: ...
    def user_profile(self, request: mizan.Request, user_id: int) -> User: ...
    def user_addresses(self, request: mizan.Request, user_id: int) -> list[Address]: ...
    def user_favourites(self, request: mizan.Request, user_id: int) -> Favourites: ...
    def user_orders(
        self, request: mizan.Request, user_id: int, status: Status | None, cursor: str | None
    ) -> OrderPage: ...
    def order_detail(self, request: mizan.Request, order_id: int) -> Order | None: ...
    def order_lines(self, request: mizan.Request, order_id: int) -> list[OrderLine]: ...
    def book_list(
        self, tags: list[str], in_stock: bool, filter: CatalogFilter | None, page: int
    ) -> BookPage: ...
    def book_detail(self, book_id: UUID) -> Book | None: ...
    def countries(self) -> list[Country]: ...
    def login(self, request: mizan.Request, email: str, password: SecretStr) -> User: ...
    def logout(self, request: mizan.Request) -> None: ...
    def rename_user(self, request: mizan.Request, user_id: int, name: str) -> User: ...
    def update_profile(self, request: mizan.Request, user_id: int, form: ProfileForm) -> User: ...
    def upload_avatar(self, request: mizan.Request, user_id: int, image: mizan.File) -> User: ...
    def set_favourite(
        self, request: mizan.Request, user_id: int, book_id: UUID, favourite: bool
    ) -> Favourites: ...
    def place_order(
        self, request: mizan.Request, user_id: int, lines: list[OrderLineInput]
    ) -> Order: ...
    def update_line(
        self, request: mizan.Request, order_id: int, line_id: int, qty: int
    ) -> OrderLine: ...
    def remove_line(self, request: mizan.Request, order_id: int, line_id: int) -> Removed: ...
    def invoice_pdf(self, request: mizan.Request, order_id: int) -> bytes: ...
    def archive_orders(self, request: mizan.Request, user_id: int) -> str: ...


def bookshop(shop: Shop, *, producer: str) -> mizan.Registry:
    """The bookshop's registry over one shop."""
    registry = mizan.Registry(title="Bookshop", version="1.0.0", producer=producer)
    registry.context("me", cache="private", ttl=60)
    registry.context("user", cache="private", ttl=60)
    registry.context("orders", cache="private", ttl=30)
    registry.context("order", cache="none")
    registry.context("catalog", cache="public", ttl=300, swr=60)
    registry.context("book", cache="public", ttl=300)
    registry.context("reference", cache="public", ttl=86_400)
    _declare_queries(registry, shop)
    _declare_mutations(registry, shop)
    _declare_views(registry, shop)
    return registry


def _declare_queries(registry: mizan.Registry, shop: Shop) -> None:
    @registry.client(context="me", auth="optional")
    def current_user(request: mizan.Request) -> User | None:
        """Who is signed in."""
        return shop.current_user(request)

    @registry.client(context="user")
    def user_profile(request: mizan.Request, user_id: int) -> User:
        """The user's profile."""
        return shop.user_profile(request, user_id)

    @registry.client(context="user", key="id")
    def user_addresses(request: mizan.Request, user_id: int) -> list[Address]:
        """Where orders may go."""
        return shop.user_addresses(request, user_id)

    @registry.client(context="user")
    def user_favourites(request: mizan.Request, user_id: int) -> Favourites:
        """Books that the user has marked."""
        return shop.user_favourites(request, user_id)

    @registry.client(context="orders", key="id", pagination=mizan.cursor_pages())
    def user_orders(
        request: mizan.Request,
        user_id: int,
        status: Status | None = None,
        cursor: str | None = None,
    ) -> OrderPage:
        """The user's orders, newest first."""
        return shop.user_orders(request, user_id, status, cursor)

    @registry.client(context="order")
    def order_detail(request: mizan.Request, order_id: int) -> Order | None:
        """One order."""
        return shop.order_detail(request, order_id)

    @registry.client(context="order", key="id")
    def order_lines(request: mizan.Request, order_id: int) -> list[OrderLine]:
        """What was ordered."""
        return shop.order_lines(request, order_id)

    @registry.client(context="catalog", auth="none", key="id", pagination=mizan.numbered_pages())
    def book_list(
        tags: list[str] = [],  # noqa: B006
        in_stock: bool = False,
        filter: CatalogFilter | None = None,
        page: Annotated[int, Field(ge=1, le=500)] = 1,
    ) -> BookPage:
        """Books, by title."""
        return shop.book_list(tags, in_stock, filter, page)

    @registry.client(context="book", auth="none")
    def book_detail(book_id: UUID) -> Book | None:
        """One book."""
        return shop.book_detail(book_id)

    @registry.client(context="reference", auth="none", key="code")
    def countries() -> list[Country]:
        """Where we ship."""
        return shop.countries()


def _declare_mutations(registry: mizan.Registry, shop: Shop) -> None:
    @registry.client(auth="none", session="change", affects="*", errors=[BadCredentials])
    def login(request: mizan.Request, email: str, password: SecretStr) -> User:
        """Signs in."""
        return shop.login(request, email, password)

    @registry.client(session="change", affects="*")
    def logout(request: mizan.Request) -> None:
        """Signs out."""
        shop.logout(request)

    @registry.client(merge=["user", "me"])
    def rename_user(
        request: mizan.Request,
        user_id: int,
        name: Annotated[str, Field(min_length=1, max_length=80)],
    ) -> User:
        """Renames the user."""
        return shop.rename_user(request, user_id, name)

    @registry.client(
        merge=["user", "me"],
        affects="orders",
        form=mizan.FormOptions(
            at="form", fields={"email": mizan.FormField(widget="email", label="E-mail")}
        ),
    )
    def update_profile(request: mizan.Request, user_id: int, form: ProfileForm) -> User:
        """Changes name and e-mail."""
        return shop.update_profile(request, user_id, form)

    @registry.client(merge=["user", "me"])
    def upload_avatar(request: mizan.Request, user_id: int, image: Avatar) -> User:
        """Replaces the user's picture."""
        return shop.upload_avatar(request, user_id, image)

    @registry.client(merge="user")
    def set_favourite(
        request: mizan.Request, user_id: int, book_id: UUID, favourite: bool
    ) -> Favourites:
        """Marks a book, or takes the mark away."""
        return shop.set_favourite(request, user_id, book_id, favourite)

    @registry.client(idempotent=True, affects=["orders", "catalog", "book"], errors=[OutOfStock])
    def place_order(
        request: mizan.Request,
        user_id: int,
        lines: Annotated[list[OrderLineInput], Field(min_length=1, max_length=50)],
    ) -> Order:
        """Orders books."""
        return shop.place_order(request, user_id, lines)

    @registry.client(merge="order", affects="order", errors=[OrderClosed])
    def update_line(
        request: mizan.Request,
        order_id: int,
        line_id: int,
        qty: Annotated[int, Field(ge=1, le=99)],
    ) -> OrderLine:
        """Changes how many."""
        return shop.update_line(request, order_id, line_id, qty)

    @registry.client(
        merge=mizan.Merge("order", slot="order_lines", mode="remove"),
        affects="order",
        errors=[OrderClosed],
    )
    def remove_line(request: mizan.Request, order_id: int, line_id: int) -> Removed:
        """Takes a line out."""
        return shop.remove_line(request, order_id, line_id)


def _declare_views(registry: mizan.Registry, shop: Shop) -> None:
    @registry.view(
        "/orders/{order_id}/invoice.pdf",
        produces="application/pdf",
        deprecated=mizan.Deprecated(since="2.1.0", replaced_by="order_detail"),
    )
    def invoice_pdf(request: mizan.Request, order_id: int) -> bytes:
        """The invoice as PDF."""
        return shop.invoice_pdf(request, order_id)

    @registry.view(
        "/users/{user_id}/orders/archive", method="POST", produces="text/csv", affects="orders"
    )
    def archive_orders(request: mizan.Request, user_id: int) -> str:
        """Archives shipped orders and answers them as CSV."""
        return shop.archive_orders(request, user_id)
