"""The canonical query (protocol 3.2): one text for the address, the cache key and invalidations.

The kernel's `canonical.ts` is the other half; test/canonical compares the two. `python -m mizan.canonical` reads lines of JSON
`{"params", "encodings"?, ...}` and writes for each `{"query", "key"}`, or `{"refused"}`, so that they can be compared.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

from .json_text import code_units, json_text, number_text, require_unicode
from .refused import Refused

Codec = Literal["plain", "json", "date-time", "uuid", "string", "number", "boolean"]
"""How a value becomes text. `plain` goes by the value's own type; the named kinds are those of the kernel's descriptors."""

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


def canonical_query(params: Mapping[str, Any], codecs: Mapping[str, str] | None = None) -> str:
    """Names sorted, absent params left out, all but RFC 3986's unreserved characters percent-encoded.

    `params` are JSON values. A name without a codec goes by its value: lists of scalars repeat their name, nested values are JSON text.
    Raises `Refused` for what no text can stand for.
    """
    codecs = codecs or {}
    return "&".join(
        text
        for name in sorted(params, key=code_units)
        if (text := param_text(name, params[name], codecs.get(name)))
    )


def param_text(name: str, value: Any, codec: str | None = None) -> str:
    """`name=text`, repeated for a list, or the empty text where the value counts as absent."""
    if value is None and codec != "json":
        return ""
    items: Iterable[Any] = value if isinstance(value, list | tuple) else (value,)
    is_json = codec == "json" if codec is not None else any(_is_nested(item) for item in items)
    texts = [json_text(value)] if is_json else [scalar_text(item, codec or "") for item in items]
    return "&".join(f"{percent(name)}={percent(text)}" for text in texts)


def scalar_text(value: Any, codec: str = "") -> str:
    """The text of one scalar, before it is percent-encoded."""
    if _is_nested(value):
        raise Refused("a nested value, which has no plain text")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return date_time_text(value.isoformat())
    if not isinstance(value, str):
        raise Refused(f"a value of the type {type(value).__name__}, which has no plain text")
    if codec.startswith("date-time"):
        return date_time_text(value)
    return value.lower() if codec.startswith("uuid") else value


def date_time_text(text: str) -> str:
    """In UTC, with the zeros at the end of the fraction trimmed. A date-time without an offset is refused: it names no moment."""
    parts = _DATE_TIME.fullmatch(text)
    try:
        if parts is None:
            raise ValueError
        date, time, fraction, offset = parts.groups()
        moment = datetime.fromisoformat(f"{date}T{time}{offset.upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"{text[:40]} (expected a date-time of RFC 3339 with an offset)") from None
    fraction = (fraction or "").rstrip("0").rstrip(".")
    return f"{moment.replace(tzinfo=None).isoformat()}{fraction}Z"


def percent(text: str) -> str:
    """RFC 3986: unreserved characters are kept, every other byte of the UTF-8 is `%XX` in upper case."""
    require_unicode(text)
    return quote(text, safe="")


def _is_nested(value: Any) -> bool:
    return value is None or isinstance(value, Mapping | list | tuple)


def main() -> None:
    """Answers one line for each line on stdin."""
    import json

    from .cache_key import cache_key
    from .strict_json import read_json

    for line in sys.stdin.buffer:
        try:
            case = read_json(line, max_depth=100)
            query = canonical_query(case["params"], case.get("encodings"))
            answer = {
                "query": query,
                "key": cache_key(
                    case["secret"].encode(),
                    app=case["app"],
                    context=case["context"],
                    query=query,
                    viewer=case["viewer"],
                    rev=case["rev"],
                    fingerprint=case["fingerprint"],
                ),
            }
        except Refused as error:
            answer = {"refused": error.detail}
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
