"""Django's own CSRF token, checked in the dispatcher's order instead of the middleware's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.middleware.csrf import CsrfViewMiddleware


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_middleware = CsrfViewMiddleware(_answer)


def read_cookie(request: HttpRequest) -> None:
    """What the middleware does before a view, for projects that leave it out. Blocks where tokens are in sessions."""
    if "CSRF_COOKIE" not in request.META:
        _middleware.process_request(request)


def write_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """What the middleware does after a view."""
    _middleware.process_response(request, response)


def has_token(request: HttpRequest, token: str) -> bool:
    """Whether a masked token belongs to the visitor. Blocks where tokens are in sessions.

    The middleware is given a request of its own, which has nothing but the cookie and the token: the origin has been checked before,
    and the body, where Django would look for the token as well, may still be unread.
    """
    probe = HttpRequest()
    probe.method = "POST"
    probe.META = {settings.CSRF_HEADER_NAME: token}
    probe.COOKIES = request.COOKIES
    probe.POST = QueryDict()
    if hasattr(request, "session"):
        probe.session = request.session
    _middleware.process_request(probe)
    return _middleware.process_view(probe, _answer, (), {}) is None
