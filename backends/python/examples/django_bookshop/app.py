"""The app."""

from __future__ import annotations

import os

import django
from asgiref.sync import sync_to_async


async def reset() -> None:
    from .seed import seed

    await sync_to_async(seed)()


def create() -> object:
    """The ASGI app, with tables and seeds. Blocks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examples.django_bookshop.settings")
    django.setup()
    from django.core.handlers.asgi import ASGIHandler
    from django.urls import get_resolver

    from .seed import create_tables, seed

    create_tables()
    seed()
    # Django loads the URLs, and with them the server of the registry, with the first request; what changes data before that has nobody to tell.
    get_resolver().url_patterns
    return ASGIHandler()
