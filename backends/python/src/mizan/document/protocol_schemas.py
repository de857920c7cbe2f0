"""Components of the protocol itself: the reserved prefix `Mizan`."""

from __future__ import annotations

from typing import Any

from ..schemas import REFERENCE

PREFIX = "Mizan"


def reference(name: str) -> dict[str, Any]:
    return {"$ref": REFERENCE + name}


_TEXT = {"type": "string"}
_REV = {"type": "integer", "minimum": 0}

PROTOCOL_SCHEMAS: dict[str, Any] = {
    "MizanInvalidate": {
        "type": "object",
        "required": ["context"],
        "properties": {"context": _TEXT, "params": reference("MizanParams"), "rev": _REV},
    },
    "MizanMerge": {
        "type": "object",
        "required": ["context", "slot", "value"],
        "properties": {
            "context": _TEXT,
            "slot": _TEXT,
            "value": {},
            "params": reference("MizanParams"),
            "mode": {
                "type": "string",
                "enum": ["replace", "update", "upsert", "remove", "patch"],
                "default": "replace",
            },
            "key": {"type": "array", "items": _TEXT},
            "rev": _REV,
        },
    },
    "MizanParams": {
        "type": "object",
        "description": "Context parameter values by name; typed JSON, defaults applied.",
        "additionalProperties": True,
    },
    "MizanProblem": {
        "type": "object",
        "required": ["status", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "instance": _TEXT,
            "code": _TEXT,
            "data": {},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["path", "message"],
                    "properties": {
                        "path": {"type": "array", "items": {"type": ["string", "integer"]}},
                        "code": _TEXT,
                        "message": _TEXT,
                    },
                },
            },
            "invalidate": {"type": "array", "items": reference("MizanInvalidate")},
        },
    },
    "MizanSession": {
        "type": "object",
        "required": ["mizan", "csrf"],
        "properties": {
            "mizan": {"const": 1},
            "csrf": {
                "type": "object",
                "required": ["header", "token"],
                "properties": {"header": _TEXT, "token": _TEXT, "field": _TEXT},
            },
            "user": {"anyOf": [{"type": "object"}, {"type": "null"}]},
            "epoch": _TEXT,
            "schema": _TEXT,
            "features": {"type": "array", "items": _TEXT},
        },
    },
}
