"""The fingerprint of a contract (P6, decision 040): the same for the same contract, whoever exports it and whatever its docs."""

from __future__ import annotations

import hashlib
from typing import Any

from ..cache_key import base64url
from ..json_text import MAX_INTEGER, code_units, json_text
from .reached_components import reached_components

Json = dict[str, Any]

_DOCS = frozenset(
    ("title", "description", "summary", "examples", "example", "deprecated", "tags", "producer")
)
_NAMED = frozenset(
    (
        "contexts",
        "errors",
        "fields",
        "functions",
        "params",
        "patternProperties",
        "properties",
        "schemas",
    )
)
"""Members whose keys are names of the author, never keywords."""
_LITERAL = frozenset(("const", "default", "enum"))
_SETS = frozenset(("required", "functions", "scopes"))
"""Lists whose order says nothing."""


def fingerprint_of(functions: Json, contexts: Json, components: Json) -> str:
    """`sha256-` and base64url of SHA-256 over the RFC 8785 text of `{contexts, functions, schemas}`; schemas are those that the other two
    reach."""
    reached = reached_components([functions, contexts], components)
    contract = {
        "contexts": contexts,
        "functions": functions,
        "schemas": {name: components[name] for name in reached},
    }
    text = json_text(_doubles(_bare(contract, names=False)))
    return f"sha256-{base64url(hashlib.sha256(text.encode()).digest())}"


def _bare(value: Any, *, names: bool) -> Any:
    """Without what only documents. `names`: the keys are names, none of which is a keyword."""
    if isinstance(value, list):
        return [_bare(each, names=False) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(member, names=False) if names else _bare_member(key, member)
        for key, member in value.items()
        if names or not (key in _DOCS or key.startswith("x-"))
    }


def _bare_member(key: str, value: Any) -> Any:
    if key in _LITERAL:
        return value
    if key in _SETS and isinstance(value, list):
        return sorted(value, key=lambda each: code_units(json_text(each)))
    return _bare(value, names=key in _NAMED)


def _doubles(value: Any) -> Any:
    """JCS knows doubles only: a bound such as 2**63-1 is one as well."""
    if isinstance(value, list):
        return [_doubles(each) for each in value]
    if isinstance(value, dict):
        return {key: _doubles(each) for key, each in value.items()}
    is_big = isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_INTEGER
    return float(value) if is_big else value
