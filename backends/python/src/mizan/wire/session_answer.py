"""`GET /session/` (protocol 3.7)."""

from __future__ import annotations

from mizan.document.meta import FEATURES

from .cache_headers import no_store_headers
from .csrf import check_version
from .exchange import Exchange
from .media_type import check_accept
from .response import WireResponse, json_response


async def answer_session(exchange: Exchange) -> WireResponse:
    """Who asks, and the token for their posts. Starts a session for a visitor without one. Raises `Problem`."""
    check_version(exchange.request.headers, required=False)
    check_accept(exchange.request.headers)
    session = await exchange.session()
    token = await session.csrf_token()
    response = json_response(
        {
            "mizan": 1,
            "csrf": {
                "header": session.csrf_header,
                "token": token,
                "field": session.csrf_field,
            },
            "user": session.describe_user(),
            "epoch": session.epoch,
            "schema": exchange.server.fingerprint,
            "features": list(FEATURES),
        },
        no_store_headers()["Cache-Control"],
    )
    response.headers.update(no_store_headers())
    return response
