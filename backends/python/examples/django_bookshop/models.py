"""The tables."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)
    avatar_url = models.CharField(max_length=200, null=True)
    avatar = models.BinaryField(null=True)
    joined = models.DateTimeField()

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "email"


class Address(models.Model):
    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE)
    line1 = models.CharField(max_length=200)
    city = models.CharField(max_length=80)
    country = models.CharField(max_length=2)


class Book(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=80)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    stock = models.PositiveIntegerField()
    tags = models.JSONField()


class Favourite(models.Model):
    account = models.ForeignKey(Account, models.CASCADE)
    book_id = models.UUIDField()

    class Meta:
        unique_together = [("account", "book_id")]


class Order(models.Model):
    id = models.BigIntegerField(primary_key=True)
    user = models.ForeignKey(Account, models.CASCADE)
    user_id: int
    status = models.CharField(max_length=20)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    placed = models.DateTimeField()
    archived = models.BooleanField(default=False)
    """It has left the list; it can still be read by itself."""


class OrderLine(models.Model):
    id = models.BigIntegerField(primary_key=True)
    order = models.ForeignKey(Order, models.CASCADE)
    book_id = models.UUIDField()
    title = models.CharField(max_length=200)
    qty = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=8, decimal_places=2)


class Counter(models.Model):
    """Numbers of orders and lines, which are never given twice."""

    name = models.CharField(primary_key=True, max_length=20)
    next = models.BigIntegerField()
