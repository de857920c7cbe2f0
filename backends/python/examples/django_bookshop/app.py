"""The app."""

from __future__ import annotations

import os
from importlib import import_module

import django
from asgiref.sync import sync_to_async


async def reset() -> None:
    from .seed import seed

    await sync_to_async(seed)()


def create() -> object:
    """The ASGI app, with tables and seeds. Blocks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examples.django_bookshop.settings")
    django.setup()
    from django.conf import settings
    from django.core.handlers.asgi import ASGIHandler

    from .seed import create_tables, seed

    create_tables()
    seed()
    # Django would load the URLs, and with them the server of the registry, with the first request:
    # what changes data before that would have nobody to tell.
    import_module(settings.ROOT_URLCONF)
    return ASGIHandler()
