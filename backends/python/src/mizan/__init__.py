"""Declares typed server functions and exports them for mizan-gen. See docs/protocol.md."""

from .declaration import FormOptions
from .effects import invalidate, merge, redirect
from .error import Error, Forbidden, NotFound, Unauthenticated
from .file import File, FileLimits
from .finding import RegistryError
from .function import Auth, Deprecated, FormField, Pagination
from .pages import cursor_pages, numbered_pages, offset_pages
from .registry import Registry
from .request import Request
from .response import Response
from .targets import Affects, Merge, const, from_input, from_result, from_server
from .text_types import Int64

default_registry = Registry()
"""The registry of an app that needs only one. `mizan.client` and `mizan.view` declare in it."""

client = default_registry.client
view = default_registry.view

__all__ = [
    "Affects",
    "Auth",
    "Deprecated",
    "Error",
    "File",
    "FileLimits",
    "Forbidden",
    "FormField",
    "FormOptions",
    "Int64",
    "Merge",
    "NotFound",
    "Pagination",
    "Registry",
    "RegistryError",
    "Request",
    "Response",
    "Unauthenticated",
    "client",
    "const",
    "cursor_pages",
    "default_registry",
    "from_input",
    "from_result",
    "from_server",
    "invalidate",
    "merge",
    "numbered_pages",
    "offset_pages",
    "redirect",
    "view",
]
