"""Fills the tables anew."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from examples.bookshop import seeds

from .models import Account, Address, Book, Counter, Favourite, Order, OrderLine


def create_tables() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


@transaction.atomic
def seed() -> None:
    for model in (OrderLine, Order, Favourite, Address, Account, Book, Counter):
        model.objects.all().delete()
    for each in seeds.ACCOUNTS:
        account = Account(**each.user.model_dump())
        # With a salt that stays, sessions outlive a reset, as they do in the other bookshops.
        account.password = make_password(each.password, salt="the-salt-of-the-bookshop")
        account.save()
        for address in each.addresses:
            Address.objects.create(account=account, **address.model_dump())
        for book_id in each.favourites:
            Favourite.objects.create(account=account, book_id=book_id)
    catalog = seeds.books()
    Book.objects.bulk_create(Book(**book.model_dump()) for book in catalog)
    for order, lines in seeds.orders(catalog):
        made = Order.objects.create(**order.model_dump())
        OrderLine.objects.bulk_create(OrderLine(order=made, **line.model_dump()) for line in lines)
    Counter.objects.create(name="order", next=seeds.FIRST_ORDER)
    Counter.objects.create(name="line", next=seeds.FIRST_LINE)
