"""Settings of a project that lives as long as its process: the database is a temporary file."""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from typing import Any

_directory = tempfile.mkdtemp(prefix="django-bookshop-")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)

SECRET_KEY = secrets.token_urlsafe()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "examples.django_bookshop.root_urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "examples.django_bookshop.apps.BookshopConfig",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{_directory}/bookshop.sqlite3",
        "OPTIONS": {
            # Writers wait for each other when they begin, not when they find out that they cannot commit.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    }
}
AUTH_USER_MODEL = "django_bookshop.Account"
# The passwords of the example stand in BOOKSHOP.md; a slow hash would keep nobody out.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING_CONFIG = None
