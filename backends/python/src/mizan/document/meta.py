"""`x-mizan`: what the document says about the whole (protocol 2.1)."""

from __future__ import annotations

from typing import Any

from ..context import Cache, Context
from ..contract import Contract
from ..function import Function, Param
from ..schemas import Schemas
from .entries import below, deprecated_entry, param_entry

Json = dict[str, Any]

FEATURES = ("rev", "only", "idempotency")
LIMITS = {"urlBytes": 4096, "bodyBytes": 1_048_576, "invalidate": 64, "merge": 64}


def meta_of(contract: Contract, fingerprint: str, producer: str) -> Json:
    session = contract.session_path
    return {
        "version": "1.0",
        "producer": producer,
        "fingerprint": fingerprint,
        "base": contract.base,
        "session": None if session is None else {"path": below(contract.base, session)},
        "features": list(FEATURES),
        "limits": dict(LIMITS),
        "contexts": contexts_of(contract),
    }


def contexts_of(contract: Contract) -> Json:
    return {
        name: _context(context, contract.base, contract.schemas)
        for name, context in contract.contexts.items()
    }


def _context(context: Context, base: str, schemas: Schemas) -> Json:
    entry: Json = {"path": below(base, context.path), "cache": _cache(context.cache)}
    if context.summary is not None:
        entry["summary"] = context.summary
    if context.description is not None:
        entry["description"] = context.description
    if context.deprecated is not False:
        entry["deprecated"] = deprecated_entry(context.deprecated)
    entry["functions"] = [each.name for each in context.functions]
    entry["params"] = [
        param_entry(owner_of(context, param).name, param, schemas) for param in context.params
    ]
    entry["scopes"] = [list(scope) for scope in context.scopes]
    return entry


def owner_of(context: Context, param: Param) -> Function:
    """The function whose param stands for the context's."""
    return next(each for each in context.functions if any(own is param for own in each.params))


def _cache(cache: Cache) -> Json:
    entry: Json = {"scope": cache.scope}
    if cache.ttl is not None:
        entry["ttl"] = cache.ttl
    if cache.swr is not None:
        entry["swr"] = cache.swr
    if cache.tags:
        entry["tags"] = list(cache.tags)
    if cache.vary:
        entry["vary"] = list(cache.vary)
    return entry
