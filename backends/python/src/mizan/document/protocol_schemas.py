"""Components of the protocol itself: the reserved prefix `Mizan`."""

from __future__ import annotations

from typing import Any

from ..schemas import REFERENCE

PREFIX = "Mizan"


def reference(name: str) -> dict[str, Any]:
    return {"$ref": REFERENCE + name}


_REV = {"minimum": 0, "type": "integer"}

PROTOCOL_SCHEMAS: dict[str, Any] = {
    "MizanInvalidate": {
        "properties": {
            "context": {"type": "string"},
            "params": reference("MizanParams"),
            "rev": _REV,
        },
        "required": ["context"],
        "type": "object",
    },
    "MizanMerge": {
        "properties": {
            "context": {"type": "string"},
            "slot": {"type": "string"},
            "value": {},
            "params": reference("MizanParams"),
            "mode": {
                "default": "replace",
                "enum": ["replace", "patch", "update", "upsert", "remove"],
                "type": "string",
            },
            "key": {"items": {"type": "string"}, "type": "array"},
            "at": {"enum": ["start", "end"], "type": "string"},
            "rev": _REV,
        },
        "required": ["context", "slot", "value"],
        "type": "object",
    },
    "MizanParams": {
        "additionalProperties": True,
        "description": "Context parameter values by name; typed JSON, defaults applied.",
        "type": "object",
    },
    "MizanProblem": {
        "properties": {
            "type": {"default": "about:blank", "format": "uri-reference", "type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string"},
            "code": {"type": "string"},
            "data": {},
            "errors": {
                "items": {
                    "properties": {
                        "path": {"items": {"type": ["string", "integer"]}, "type": "array"},
                        "code": {"type": "string"},
                        "message": {"type": "string"},
                    },
                    "required": ["path", "message"],
                    "type": "object",
                },
                "type": "array",
            },
            "invalidate": {"items": reference("MizanInvalidate"), "type": "array"},
        },
        "required": ["status", "code"],
        "type": "object",
    },
    "MizanSession": {
        "properties": {
            "mizan": {"const": 1},
            "csrf": {
                "properties": {
                    "header": {"type": "string"},
                    "token": {"type": "string"},
                    "field": {"type": "string"},
                },
                "required": ["header", "token"],
                "type": "object",
            },
            "user": {"anyOf": [{"type": "object"}, {"type": "null"}]},
            "epoch": {"type": "string"},
            "schema": {"type": "string"},
            "features": {"items": {"type": "string"}, "type": "array"},
        },
        "required": ["mizan", "csrf"],
        "type": "object",
    },
}
