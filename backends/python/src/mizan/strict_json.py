"""Reads JSON from a client, and refuses what other readers would take differently or choke on."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from .json_text import MAX_DEPTH, require_unicode
from .refused import Refused


def read_json(source: bytes | str, *, max_depth: int = MAX_DEPTH) -> Any:
    """The value of a JSON text in UTF-8. Raises `Refused` (400 `malformed`) for no JSON, NaN, lone surrogates and deep nesting."""
    try:
        value = json.loads(
            source.decode() if isinstance(source, bytes) else source,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError:
        raise Refused("the text is not UTF-8") from None
    except RecursionError:
        raise Refused(f"a value nested deeper than {max_depth} levels") from None
    except Refused:
        raise
    except ValueError as error:
        # JSONDecodeError, or an integer of thousands of digits.
        raise Refused(_why(error)) from None
    _check(value, max_depth)
    return value


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    return "a number with too many digits"


def _refuse_constant(name: str) -> NoReturn:
    raise Refused(f"{name}, which JSON does not have")


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str):
        require_unicode(value)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise Refused("a number beyond what a double holds")
    elif isinstance(value, list | dict):
        if depth <= 0:
            raise Refused("the value is nested too deeply")
        if isinstance(value, dict):
            for name in value:
                require_unicode(name)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth - 1)
