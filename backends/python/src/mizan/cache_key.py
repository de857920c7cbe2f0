"""The key of a stored answer (protocol section 7)."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode

from .canonical import percent


def cache_key(
    secret: bytes,
    *,
    app: str,
    context: str,
    query: str,
    viewer: str,
    rev: int,
    fingerprint: str,
) -> str:
    """base64url of an HMAC-SHA256: nobody without the secret can name another's entry. `viewer` as from `viewer_of`."""
    parts = ["mizan1", app, context, query, viewer, rev, fingerprint]
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=True)
    return base64url(hmac.digest(secret, text.encode("ascii"), "sha256"))


def viewer_of(user_id: object = None, session_key: str | None = None) -> str:
    """`u:<id>` for a user, `s:<hash>` for a visitor with a session, `-` for everybody. The kinds can never be equal."""
    if user_id is not None:
        return f"u:{percent(str(user_id))}"
    if session_key is not None:
        return f"s:{base64url(hashlib.sha256(session_key.encode()).digest())}"
    return "-"


def base64url(data: bytes) -> str:
    """Without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
