"""Django with the tables of the bookshop. Contracts of the tests are put in by `served`."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examples.django_bookshop.settings")

import django
import pytest

django.setup()


@pytest.fixture(scope="session", autouse=True)
def tables() -> None:
    from examples.django_bookshop.seed import create_tables

    create_tables()


@pytest.fixture(autouse=True)
def seeded(tables: None) -> None:
    from examples.django_bookshop.seed import seed

    seed()
