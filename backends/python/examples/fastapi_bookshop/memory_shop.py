"""The shop in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import mizan
from pydantic import SecretStr

from examples.bookshop import seeds
from examples.bookshop.functions import Shop
from examples.bookshop.invoice import invoice_pdf
from examples.bookshop.types import (
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


@dataclass(slots=True)
class State:
    """Values are replaced, never changed, so a copy of the members is a snapshot."""

    users: dict[int, User]
    favourites: dict[int, tuple[UUID, ...]]
    books: dict[UUID, Book]
    orders: dict[int, Order]
    lines: dict[int, tuple[OrderLine, ...]]
    """By order."""
    avatars: dict[str, bytes]
    archived: frozenset[int] = frozenset()
    """Orders that have left the list; they can still be read one by one."""
    next_order: int = seeds.FIRST_ORDER
    next_line: int = seeds.FIRST_LINE

    def copy(self) -> State:
        members = {each.name: getattr(self, each.name) for each in fields(self)}
        copies: dict[str, Any] = {
            name: dict(value) if isinstance(value, dict) else value
            for name, value in members.items()
        }
        return replace(self, **copies)


def seed() -> State:
    catalog = seeds.books()
    orders = seeds.orders(catalog)
    return State(
        users={each.user.id: each.user for each in seeds.ACCOUNTS},
        favourites={each.user.id: each.favourites for each in seeds.ACCOUNTS},
        books={book.id: book for book in catalog},
        orders={order.id: order for order, _ in orders},
        lines={order.id: tuple(lines) for order, lines in orders},
        avatars={},
    )


class MemoryShop(Shop):
    """`Request.db` is the state. Functions run one at a time."""

    def __init__(self) -> None:
        self.state = seed()
        self._turn = asyncio.Lock()

    async def reset(self) -> None:
        async with self._turn:
            self.state = seed()

    async def transaction(self) -> AsyncIterator[None]:
        """Whatever a function changes is undone when it fails."""
        async with self._turn:
            before = self.state.copy()
            try:
                yield
            except BaseException:
                self.state = before
                raise

    def find_user(self, user_id: int | None) -> User | None:
        return None if user_id is None else self.state.users.get(user_id)

    def current_user(self, request: mizan.Request) -> User | None:
        return self.find_user(None if request.user is None else request.user.id)

    def user_profile(self, request: mizan.Request, user_id: int) -> User:
        return self._own_user(request, user_id)

    def user_addresses(self, request: mizan.Request, user_id: int) -> list[Address]:
        self._own_user(request, user_id)
        return [
            address
            for each in seeds.ACCOUNTS
            if each.user.id == user_id
            for address in each.addresses
        ]

    def user_favourites(self, request: mizan.Request, user_id: int) -> Favourites:
        self._own_user(request, user_id)
        return Favourites(book_ids=list(self.state.favourites[user_id]))

    def user_orders(
        self, request: mizan.Request, user_id: int, status: Status | None, cursor: str | None
    ) -> OrderPage:
        self._own_user(request, user_id)
        orders = sorted(
            (
                order
                for order in self.state.orders.values()
                if order.user_id == user_id
                and status in (None, order.status)
                and order.id not in self.state.archived
            ),
            key=lambda order: (order.placed, order.id),
            reverse=True,
        )
        seen = next((at for at, each in enumerate(orders, 1) if str(each.id) == cursor), 0)
        items = orders[seen : seen + seeds.ORDERS_PER_PAGE]
        has_more = len(orders) > seen + len(items)
        return OrderPage(items=items, next_cursor=str(items[-1].id) if has_more else None)

    def order_detail(self, request: mizan.Request, order_id: int) -> Order | None:
        return self._own_order(request, order_id)

    def order_lines(self, request: mizan.Request, order_id: int) -> list[OrderLine]:
        order = self._own_order(request, order_id)
        return [] if order is None else list(self.state.lines[order.id])

    def book_list(
        self, tags: list[str], in_stock: bool, filter: CatalogFilter | None, page: int
    ) -> BookPage:
        wanted = filter or CatalogFilter()
        found = sorted(
            (
                book
                for book in self.state.books.values()
                if set(tags) <= set(book.tags)
                and (book.stock > 0 or not in_stock)
                and wanted.author in (None, book.author)
                and (wanted.max_price is None or book.price <= wanted.max_price)
            ),
            key=lambda book: (book.title, book.id),
        )
        start = (page - 1) * seeds.BOOKS_PER_PAGE
        return BookPage(items=found[start : start + seeds.BOOKS_PER_PAGE], total=len(found))

    def book_detail(self, book_id: UUID) -> Book | None:
        return self.state.books.get(book_id)

    def countries(self) -> list[Country]:
        return list(seeds.COUNTRIES)

    def login(self, request: mizan.Request, email: str, password: SecretStr) -> User:
        for each in seeds.ACCOUNTS:
            user = self.state.users[each.user.id]
            if user.email == email and each.password == password.get_secret_value():
                request.session["user_id"] = user.id
                return user
        raise BadCredentials()

    def logout(self, request: mizan.Request) -> None:
        request.session.clear()

    def rename_user(self, request: mizan.Request, user_id: int, name: str) -> User:
        return self._change_user(request, user_id, name=name)

    def update_profile(self, request: mizan.Request, user_id: int, form: ProfileForm) -> User:
        return self._change_user(request, user_id, name=form.name, email=form.email)

    def upload_avatar(self, request: mizan.Request, user_id: int, image: mizan.File) -> User:
        self._own_user(request, user_id)
        url = f"/avatars/{user_id}.{'png' if image.content_type == 'image/png' else 'jpg'}"
        self.state.avatars[url] = image.read()
        return self._change_user(request, user_id, avatar_url=url)

    def set_favourite(
        self, request: mizan.Request, user_id: int, book_id: UUID, favourite: bool
    ) -> Favourites:
        self._own_user(request, user_id)
        others = tuple(each for each in self.state.favourites[user_id] if each != book_id)
        self.state.favourites[user_id] = (*others, book_id) if favourite else others
        return Favourites(book_ids=list(self.state.favourites[user_id]))

    def place_order(
        self, request: mizan.Request, user_id: int, lines: list[OrderLineInput]
    ) -> Order:
        self._own_user(request, user_id)
        state = self.state
        ordered: list[OrderLine] = []
        for line in lines:
            book = state.books.get(line.book_id)
            if book is None or book.stock < line.qty:
                raise OutOfStock(book_id=line.book_id, left=0 if book is None else book.stock)
            state.books[book.id] = book.model_copy(update={"stock": book.stock - line.qty})
            ordered.append(
                OrderLine(
                    id=state.next_line,
                    book_id=book.id,
                    title=book.title,
                    qty=line.qty,
                    price=book.price,
                )
            )
            state.next_line += 1
        order = Order(
            id=state.next_order,
            user_id=user_id,
            status=Status.OPEN,
            total=seeds.total_of(ordered),
            placed=datetime.now(UTC).replace(microsecond=0),
        )
        state.next_order += 1
        state.orders[order.id] = order
        state.lines[order.id] = tuple(ordered)
        return order

    def update_line(
        self, request: mizan.Request, order_id: int, line_id: int, qty: int
    ) -> OrderLine:
        order, line = self._open_line(request, order_id, line_id)
        changed = line.model_copy(update={"qty": qty})
        lines = self.state.lines[order.id]
        self._set_lines(order, [changed if each.id == line_id else each for each in lines])
        return changed

    def remove_line(self, request: mizan.Request, order_id: int, line_id: int) -> Removed:
        order, _ = self._open_line(request, order_id, line_id)
        self._set_lines(order, [each for each in self.state.lines[order.id] if each.id != line_id])
        return Removed(id=line_id)

    def invoice_pdf(self, request: mizan.Request, order_id: int) -> bytes:
        order = self._own_order(request, order_id)
        if order is None:
            raise mizan.NotFound()
        return invoice_pdf(f"Invoice of order {order.id}: {order.total}")

    def archive_orders(self, request: mizan.Request, user_id: int) -> str:
        self._own_user(request, user_id)
        shipped = [
            order
            for order in self.state.orders.values()
            if order.user_id == user_id
            and order.status == Status.SHIPPED
            and order.id not in self.state.archived
        ]
        self.state.archived |= {order.id for order in shipped}
        return "".join(f"{each.id},{each.total},{each.placed:%Y-%m-%dT%H:%M:%SZ}\n" for each in shipped)

    def _own_user(self, request: mizan.Request, user_id: int) -> User:
        user = self.find_user(user_id)
        if user is None:
            raise mizan.NotFound()
        if request.user.id != user_id:
            raise mizan.Forbidden()
        return user

    def _own_order(self, request: mizan.Request, order_id: int) -> Order | None:
        order = self.state.orders.get(order_id)
        if order is not None and order.user_id != request.user.id:
            raise mizan.Forbidden()
        return order

    def _open_line(
        self, request: mizan.Request, order_id: int, line_id: int
    ) -> tuple[Order, OrderLine]:
        order = self._own_order(request, order_id)
        if order is None:
            raise mizan.NotFound()
        if order.status != Status.OPEN:
            raise OrderClosed()
        for line in self.state.lines[order_id]:
            if line.id == line_id:
                return order, line
        raise mizan.NotFound()

    def _change_user(self, request: mizan.Request, user_id: int, **changes: Any) -> User:
        user = self._own_user(request, user_id).model_copy(update=changes)
        self.state.users[user_id] = user
        return user

    def _set_lines(self, order: Order, lines: list[OrderLine]) -> None:
        self.state.lines[order.id] = tuple(lines)
        self.state.orders[order.id] = order.model_copy(update={"total": seeds.total_of(lines)})
