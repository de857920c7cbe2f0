"""Who may post a call or a view: the checks of protocol 3.7 and 3.6, in their order."""

from __future__ import annotations

from mizan.function import Function

from .csrf import check_site, check_token, check_version, is_bearer_only
from .exchange import Exchange
from .media_type import check_accept
from .session import Session


async def check_call(exchange: Exchange, function: Function) -> Session:
    """Steps 2 to 4 for a call. Method and content type (step 1) have been seen to."""
    headers = exchange.request.headers
    check_accept(headers)
    check_version(headers, required=True)
    session = await exchange.session()
    if not is_bearer_only(headers, session):
        check_site(headers, exchange.request.origin, exchange.server.csrf)
        if function.csrf and exchange.server.contract.session_path is not None:
            await check_token(session, headers.get(session.csrf_header.lower()))
    await exchange.check_auth(function)
    return session


async def check_form(exchange: Exchange, function: Function, field_token: str | None) -> Session:
    """Steps 3 and 4 for a view, which a plain form may post: the token may be a field of it."""
    headers = exchange.request.headers
    session = await exchange.session()
    if not is_bearer_only(headers, session):
        check_site(headers, exchange.request.origin, exchange.server.csrf)
        if function.csrf and exchange.server.contract.session_path is not None:
            await check_token(session, headers.get(session.csrf_header.lower()) or field_token)
    await exchange.check_auth(function)
    return session
