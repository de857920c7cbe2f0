"""Serves a contract with Django.

    # urls.py
    urlpatterns = [path("", include(urls(registry)))]

Below the base of the registry; for `base="/api/"` that is `path("api/", include(urls(registry)))`.
"""

from .options import Options
from .urls import urls

__all__ = ["Options", "urls"]
