"""The app."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request

from examples.bookshop.functions import bookshop
from mizan.fastapi import answer_problems, mount

from .memory_shop import MemoryShop


@dataclass(frozen=True, slots=True)
class Bookshop:
    app: FastAPI
    shop: MemoryShop


def create(**options: Any) -> Bookshop:
    """A shop of its own. `options` go to `mount`."""
    shop = MemoryShop()

    def load_user(request: Request) -> Any:
        return shop.find_user(request.session.get("user_id"))

    app = FastAPI(openapi_url=None)
    app.add_middleware(SessionMiddleware, secret_key=secrets.token_urlsafe())
    mount(
        app,
        bookshop(shop, producer="mizan-fastapi"),
        user=load_user,
        transaction=shop.transaction,
        document="/openapi.json",
        **options,
    )
    answer_problems(app)
    return Bookshop(app, shop)
