"""The shop in a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import mizan
from django.contrib.auth import authenticate, login, logout
from django.db.models import F
from pydantic import SecretStr

from examples.bookshop import seeds, types
from examples.bookshop.functions import Shop
from examples.bookshop.invoice import invoice_pdf

from .models import Account, Address, Book, Counter, Favourite, Order, OrderLine


class OrmShop(Shop):
    def current_user(self, request: mizan.Request) -> types.User | None:
        return None if request.user is None else _user(request.user)

    def user_profile(self, request: mizan.Request, user_id: int) -> types.User:
        return _user(_own_account(request, user_id))

    def user_addresses(self, request: mizan.Request, user_id: int) -> list[types.Address]:
        _own_account(request, user_id)
        return [
            types.Address.model_validate(each, from_attributes=True)
            for each in Address.objects.filter(account_id=user_id).order_by("id")
        ]

    def user_favourites(self, request: mizan.Request, user_id: int) -> types.Favourites:
        _own_account(request, user_id)
        marked = Favourite.objects.filter(account_id=user_id).order_by("id")
        return types.Favourites(book_ids=list(marked.values_list("book_id", flat=True)))

    def user_orders(
        self, request: mizan.Request, user_id: int, status: types.Status | None, cursor: str | None
    ) -> types.OrderPage:
        _own_account(request, user_id)
        orders = Order.objects.filter(user_id=user_id, archived=False).order_by("-placed", "-id")
        if status is not None:
            orders = orders.filter(status=status)
        ids = [str(each) for each in orders.values_list("id", flat=True)]
        seen = ids.index(cursor) + 1 if cursor in ids else 0
        items = list(orders[seen : seen + seeds.ORDERS_PER_PAGE])
        has_more = len(ids) > seen + len(items)
        return types.OrderPage(
            items=[_order(each) for each in items],
            next_cursor=str(items[-1].id) if has_more else None,
        )

    def order_detail(self, request: mizan.Request, order_id: int) -> types.Order | None:
        order = _own_order(request, order_id)
        return None if order is None else _order(order)

    def order_lines(self, request: mizan.Request, order_id: int) -> list[types.OrderLine]:
        order = _own_order(request, order_id)
        return [] if order is None else [_line(each) for each in _lines(order)]

    def book_list(
        self, tags: list[str], in_stock: bool, filter: types.CatalogFilter | None, page: int
    ) -> types.BookPage:
        wanted = filter or types.CatalogFilter()
        books = Book.objects.order_by("title", "id")
        if in_stock:
            books = books.filter(stock__gt=0)
        if wanted.author is not None:
            books = books.filter(author=wanted.author)
        if wanted.max_price is not None:
            books = books.filter(price__lte=wanted.max_price)
        # SQLite cannot search inside of JSON lists.
        found = [book for book in books if set(tags) <= set(book.tags)]
        start = (page - 1) * seeds.BOOKS_PER_PAGE
        items = found[start : start + seeds.BOOKS_PER_PAGE]
        return types.BookPage(items=[_book(each) for each in items], total=len(found))

    def book_detail(self, book_id: UUID) -> types.Book | None:
        book = Book.objects.filter(id=book_id).first()
        return None if book is None else _book(book)

    def countries(self) -> list[types.Country]:
        return list(seeds.COUNTRIES)

    def login(self, request: mizan.Request, email: str, password: SecretStr) -> types.User:
        account = authenticate(
            request.raw, username=email, password=password.get_secret_value()
        )
        if not isinstance(account, Account):
            raise types.BadCredentials()
        login(request.raw, account)
        return _user(account)

    def logout(self, request: mizan.Request) -> None:
        logout(request.raw)

    def rename_user(self, request: mizan.Request, user_id: int, name: str) -> types.User:
        return _change(request, user_id, name=name)

    def update_profile(
        self, request: mizan.Request, user_id: int, form: types.ProfileForm
    ) -> types.User:
        return _change(request, user_id, name=form.name, email=form.email)

    def upload_avatar(self, request: mizan.Request, user_id: int, image: mizan.File) -> types.User:
        ending = "png" if image.content_type == "image/png" else "jpg"
        return _change(
            request, user_id, avatar_url=f"/avatars/{user_id}.{ending}", avatar=image.read()
        )

    def set_favourite(
        self, request: mizan.Request, user_id: int, book_id: UUID, favourite: bool
    ) -> types.Favourites:
        _own_account(request, user_id)
        Favourite.objects.filter(account_id=user_id, book_id=book_id).delete()
        if favourite:
            Favourite.objects.create(account_id=user_id, book_id=book_id)
        return self.user_favourites(request, user_id)

    def place_order(
        self, request: mizan.Request, user_id: int, lines: list[types.OrderLineInput]
    ) -> types.Order:
        _own_account(request, user_id)
        ordered: list[OrderLine] = []
        for line in lines:
            taken = Book.objects.filter(id=line.book_id, stock__gte=line.qty)
            if not taken.update(stock=F("stock") - line.qty):
                left = Book.objects.filter(id=line.book_id).values_list("stock", flat=True).first()
                raise types.OutOfStock(book_id=line.book_id, left=left or 0)
            book = Book.objects.get(id=line.book_id)
            ordered.append(
                OrderLine(
                    id=_take_number("line"),
                    book_id=book.id,
                    title=book.title,
                    qty=line.qty,
                    price=book.price,
                )
            )
        order = Order.objects.create(
            id=_take_number("order"),
            user_id=user_id,
            status=types.Status.OPEN,
            total=seeds.total_of([_line(each) for each in ordered]),
            placed=datetime.now(UTC).replace(microsecond=0),
        )
        for each in ordered:
            each.order = order
        OrderLine.objects.bulk_create(ordered)
        return _order(order)

    def update_line(
        self, request: mizan.Request, order_id: int, line_id: int, qty: int
    ) -> types.OrderLine:
        line = _open_line(request, order_id, line_id)
        line.qty = qty
        line.save()
        _add_up(line.order)
        return _line(line)

    def remove_line(self, request: mizan.Request, order_id: int, line_id: int) -> types.Removed:
        line = _open_line(request, order_id, line_id)
        order = line.order
        line.delete()
        _add_up(order)
        return types.Removed(id=line_id)

    def invoice_pdf(self, request: mizan.Request, order_id: int) -> bytes:
        order = _own_order(request, order_id)
        if order is None:
            raise mizan.NotFound()
        return invoice_pdf(f"Invoice of order {order.id}: {order.total}")

    def archive_orders(self, request: mizan.Request, user_id: int) -> str:
        _own_account(request, user_id)
        shipped = Order.objects.filter(
            user_id=user_id, status=types.Status.SHIPPED, archived=False
        ).order_by("id")
        lines = [f"{each.id},{each.total},{each.placed:%Y-%m-%dT%H:%M:%SZ}\n" for each in shipped]
        shipped.update(archived=True)
        return "".join(lines)


def _user(account: Account) -> types.User:
    return types.User.model_validate(account, from_attributes=True)


def _order(order: Order) -> types.Order:
    return types.Order.model_validate(order, from_attributes=True)


def _line(line: OrderLine) -> types.OrderLine:
    return types.OrderLine.model_validate(line, from_attributes=True)


def _book(book: Book) -> types.Book:
    return types.Book.model_validate(book, from_attributes=True)


def _own_account(request: mizan.Request, user_id: int) -> Account:
    account = Account.objects.filter(id=user_id).first()
    if account is None:
        raise mizan.NotFound()
    if request.user.pk != user_id:
        raise mizan.Forbidden()
    return account


def _own_order(request: mizan.Request, order_id: int) -> Order | None:
    order = Order.objects.filter(id=order_id).first()
    if order is not None and order.user_id != request.user.pk:
        raise mizan.Forbidden()
    return order


def _open_line(request: mizan.Request, order_id: int, line_id: int) -> OrderLine:
    order = _own_order(request, order_id)
    if order is None:
        raise mizan.NotFound()
    if order.status != types.Status.OPEN:
        raise types.OrderClosed()
    line = OrderLine.objects.select_related("order").filter(order=order, id=line_id).first()
    if line is None:
        raise mizan.NotFound()
    return line


def _change(request: mizan.Request, user_id: int, **changes: Any) -> types.User:
    account = _own_account(request, user_id)
    for name, value in changes.items():
        setattr(account, name, value)
    account.save(update_fields=list(changes))
    return _user(account)


def _lines(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.filter(order=order).order_by("id"))


def _add_up(order: Order) -> None:
    order.total = seeds.total_of([_line(each) for each in _lines(order)])
    order.save(update_fields=["total"])


def _take_number(name: str) -> int:
    Counter.objects.filter(name=name).update(next=F("next") + 1)
    return Counter.objects.get(name=name).next - 1
