"""Who may post a call or a view: the checks of protocol 3.7, in their order. Method and content type have been seen to."""

from __future__ import annotations

from mizan.function import Function

from .csrf import check_site, check_token, check_version, is_bearer_only
from .exchange import Exchange
from .media_type import check_accept
from .session import Session


async def check_call(exchange: Exchange, function: Function) -> Session:
    """For a call, which no plain form can make."""
    headers = exchange.request.headers
    check_accept(headers)
    check_version(headers, required=True)
    return await check_post(exchange, function)


async def check_post(
    exchange: Exchange, function: Function, field_token: str | None = None
) -> Session:
    """For a view, which a plain form may post: its token may be a field."""
    headers, server = exchange.request.headers, exchange.server
    session = await exchange.session()
    if not is_bearer_only(headers, session):
        check_site(headers, exchange.request.origin, server.csrf)
        if function.csrf and server.contract.session_path is not None:
            await check_token(session, headers.get(session.csrf_header.lower()) or field_token)
    await exchange.check_auth(function)
    return session
