"""What a POST must show before anything is done for it (protocol 3.7), in this order and without a way to leave it out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from .problem import Problem
from .session import Session

VERSION = "1"
_NONCE = 16
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d+)?")


@dataclass(frozen=True, slots=True)
class CsrfPolicy:
    """Which pages may post. The server's own origin always may."""

    origins: frozenset[str] = frozenset()
    """Further origins, as browsers write them: `https://shop.example`."""
    same_site: bool = False
    """Whether pages of sibling domains may."""

    def __post_init__(self) -> None:
        for origin in self.origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"{origin!r} is no origin: write scheme, host and port as browsers do, in lower case and without a path, such as "
                    "https://shop.example"
                )


def check_version(headers: Mapping[str, str], *, required: bool) -> None:
    """Step 2. The header makes browsers ask first (CORS preflight) when a page of another origin posts."""
    version = headers.get("x-mizan-protocol")
    if version == VERSION or (version is None and not required):
        return
    detail = "Send X-Mizan-Protocol: 1" if version is None else None
    raise Problem("protocol_unsupported", detail, members={"supported": [int(VERSION)]})


def check_site(headers: Mapping[str, str], own_origin: str, policy: CsrfPolicy) -> None:
    """Step 3: what the browser says of the page that posts. Other clients say nothing, and the token decides."""
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    trusted = origin is not None and (origin == own_origin or origin in policy.origins)
    if site is not None:
        if site == "same-origin" or (site == "same-site" and (policy.same_site or trusted)):
            return
        raise Problem("csrf_failed", "The request comes from a page of another site")
    if origin is not None and not trusted:
        raise Problem("csrf_failed", "The request comes from a page of another origin")


async def check_token(session: Session, token: str | None) -> None:
    """Step 4."""
    if not token:
        raise Problem("csrf_failed", f"The token of the session is missing: send it as {session.csrf_header}")
    if not await session.accepts_csrf(token):
        raise Problem("csrf_failed", "The token is not of this session: get a new one")


def is_bearer_only(headers: Mapping[str, str], session: Session) -> bool:
    """Whether only a header says who asks, one that browsers never add by themselves. Nobody can forge such a request."""
    scheme = headers.get("authorization", "").partition(" ")[0].lower()
    ambient = scheme in ("", "basic", "digest", "negotiate", "ntlm")
    return not ambient and not session.by_cookie


def make_token(secret: bytes, session_id: str) -> str:
    """A token bound to a session. It looks different each time, so that compression cannot betray it."""
    nonce = secrets.token_bytes(_NONCE)
    return base64.urlsafe_b64encode(nonce + _mac(secret, nonce, session_id)).decode().rstrip("=")


def verify_token(secret: bytes, session_id: str, token: str) -> bool:
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        data = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return False
    nonce, mac = data[:_NONCE], data[_NONCE:]
    return hmac.compare_digest(mac, _mac(secret, nonce, session_id))


def _mac(secret: bytes, nonce: bytes, session_id: str) -> bytes:
    return hmac.digest(secret, b"mizan-csrf\0" + nonce + session_id.encode(), hashlib.sha256)
