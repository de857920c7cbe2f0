"""Problem documents for the rest of a project. In the root urls.py:

    handler400 = "mizan.django.handlers.bad_request"
    handler403 = "mizan.django.handlers.permission_denied"
    handler404 = "mizan.django.handlers.page_not_found"
    handler500 = "mizan.django.handlers.server_error"
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from mizan.wire.problem import Problem, internal_problem

from .exchange import write_response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return write_response(Problem("malformed").respond())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return write_response(Problem("forbidden").respond())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return write_response(Problem("not_found").respond())


def server_error(request: HttpRequest) -> HttpResponseBase:
    return write_response(internal_problem().respond())
