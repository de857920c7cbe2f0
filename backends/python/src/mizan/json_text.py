"""RFC 8785 (JCS) text of JSON values, and numbers as ECMAScript writes them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from .refused import Refused

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1


def json_text(value: Any, depth: int = 0) -> str:
    """Members sorted by UTF-16 code units, no spaces. Refuses what has no such text: NaN, lone surrogates, integers past 2^53-1."""
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if depth > MAX_DEPTH:
        raise Refused(f"a value nested deeper than {MAX_DEPTH} levels")
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        names = sorted(value, key=code_units)
        members = (f"{string_text(name)}:{json_text(value[name], depth + 1)}" for name in names)
        return "{" + ",".join(members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(json_text(item, depth + 1) for item in value) + "]"
    raise Refused(f"a value of the type {type(value).__name__}, which JSON does not have")


def code_units(text: str) -> bytes:
    """The order of JavaScript's sort: by UTF-16 code units, where an astral character comes before U+E000 to U+FFFF."""
    if not isinstance(text, str):
        raise Refused(f"an object with the key {text!r}, which is no string")
    return text.encode("utf-16-be", "surrogatepass")


def string_text(text: str) -> str:
    """Escapes only what JSON must escape."""
    require_unicode(text)
    return json.dumps(text, ensure_ascii=False)


def require_unicode(text: str) -> None:
    """Refuses lone surrogates, which have no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused("a lone surrogate") from None


def number_text(number: float) -> str:
    """As `String(number)` in JavaScript. An `int` past 2^53-1 is refused: a JavaScript client cannot hold it."""
    if isinstance(number, int):
        if abs(number) > MAX_INTEGER:
            raise Refused("an integer beyond 2^53-1")
        return str(number)
    if not math.isfinite(number):
        raise Refused("NaN or an infinite number")
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    # Both languages write the shortest digits that read back as the same number; they differ in where the exponent begins.
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """`digits` with the decimal point after `point` of them: Number::toString of ECMA-262, 6.1.6.1.20."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = f"e{point - 1:+d}"
    return digits[0] + (f".{digits[1:]}" if count > 1 else "") + exponent
