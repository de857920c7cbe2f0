"""The fingerprint of a contract (P6): equal for equal contracts, whatever their order and their docs."""

from __future__ import annotations

import hashlib
from typing import Any

from ..cache_key import base64url
from ..json_text import MAX_INTEGER, json_text
from .reached_components import reached_components

Json = dict[str, Any]

_DOCS = frozenset(
    ("title", "description", "summary", "examples", "example", "deprecated", "tags", "producer")
)
_NAMED = frozenset(
    ("properties", "patternProperties", "$defs", "dependentSchemas", "errors", "fields")
)
"""Members that map names, not keywords: nothing of theirs is documentation."""
_LITERAL = frozenset(("default", "const", "value"))
_UNORDERED = frozenset(("required", "enum", "type", "functions", "scopes"))


def fingerprint_of(functions: Json, contexts: Json, components: Json) -> str:
    """`sha256-` and the digest of the JCS text of `{"contexts", "functions", "schemas"}`."""
    bare: Json = {
        "contexts": {name: _bare(each) for name, each in contexts.items()},
        "functions": {name: _bare(each) for name, each in functions.items()},
    }
    reached = reached_components([functions, contexts], components)
    bare["schemas"] = {name: _bare(components[name]) for name in reached}
    return f"sha256-{base64url(hashlib.sha256(json_text(bare).encode()).digest())}"


def _bare(value: Any) -> Any:
    """Without documentation; lists whose order says nothing are sorted by their JCS text."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return _double(value)
    bare: Json = {}
    for key, member in value.items():
        if key in _DOCS or key.startswith("x-"):
            continue
        if key in _LITERAL:
            bare[key] = _map_numbers(member)
        elif key in _NAMED and isinstance(member, dict):
            bare[key] = {name: _bare(each) for name, each in member.items()}
        elif key == "params" and isinstance(member, dict):
            bare[key] = {name: _bare(each) for name, each in member.items()}
        elif key == "params":
            bare[key] = sorted((_bare(each) for each in member), key=lambda each: str(each["name"]))
        elif key in _UNORDERED and isinstance(member, list):
            bare[key] = _sorted(member)
        else:
            bare[key] = _bare(member)
    return bare


def _sorted(members: list[Any]) -> list[Any]:
    inner = [_sorted(each) if isinstance(each, list) else _map_numbers(each) for each in members]
    return sorted(inner, key=json_text)


def _map_numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_map_numbers(each) for each in value]
    if isinstance(value, dict):
        return {key: _map_numbers(each) for key, each in value.items()}
    return _double(value)


def _double(value: Any) -> Any:
    """JCS knows doubles only; a bound such as 2**63-1 is one as well."""
    is_big = isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_INTEGER
    return float(value) if is_big else value
