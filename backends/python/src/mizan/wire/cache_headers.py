"""Headers by which caches know what they may keep (protocol 3.3, section 1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from mizan.context import Context

from .params import ParamValues, params_query

NO_STORE = "private, no-store"
_TAG = re.compile(r"[a-z0-9][a-z0-9._-]{0,127}")
_MAX_TAGS = 16


def cache_headers(context: Context, values: ParamValues, by_token: bool) -> dict[str, str]:
    """For a whole and faultless answer to a GET."""
    cache = context.cache
    vary = ["Accept-Encoding", *cache.vary]
    if cache.scope == "public":
        tags = cache_tags(context, values)
        if len(tags) > _MAX_TAGS or not all(_TAG.fullmatch(tag) for tag in tags):
            # Nobody could purge it.
            return no_store_headers()
        shared = [f"max-age={cache.ttl or 0}"]
        if cache.swr:
            shared.append(f"stale-while-revalidate={cache.swr}")
        return {
            "Cache-Control": "public, max-age=0, must-revalidate",
            "CDN-Cache-Control": ", ".join(["public", *shared]),
            "Cache-Tag": ",".join(tags),
            "Surrogate-Key": " ".join(tags),
            "Vary": ", ".join(vary),
        }
    if cache.scope == "private":
        vary.append("Authorization" if by_token else "Cookie")
        return {
            "Cache-Control": "private, no-cache",
            "Vary": ", ".join(vary),
            "Cross-Origin-Resource-Policy": "same-origin",
        }
    return no_store_headers()


def no_store_headers() -> dict[str, str]:
    return {"Cache-Control": NO_STORE, "Cross-Origin-Resource-Policy": "same-origin"}


def forbid_storing(headers: dict[str, str]) -> None:
    """Takes back what `cache_headers` allowed."""
    for name in ("CDN-Cache-Control", "Cache-Tag", "Surrogate-Key", "ETag"):
        headers.pop(name, None)
    headers.update(no_store_headers())


def cache_tags(context: Context, values: ParamValues) -> list[str]:
    """The context, each of its scopes, and the tags that were declared."""
    name = context.name.lower()
    return [
        f"mz-{name}",
        *(
            f"mz-{name}-{_digest(context, values.json, scope)}"
            for scope in context.scopes
            if scope
        ),
        *context.cache.tags,
    ]


def _digest(context: Context, values: Mapping[str, object], scope: tuple[str, ...]) -> str:
    query = params_query(context.params, {name: values[name] for name in scope})
    return hashlib.sha256(query.encode()).hexdigest()[:16]
