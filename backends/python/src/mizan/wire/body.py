"""Bodies of requests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from mizan.json_text import MAX_INTEGER
from mizan.strict_json import read_json

from .problem import Problem

_UNSAFE_NAME = "__proto__"


async def read_body(
    headers: Mapping[str, str], body: AsyncIterator[bytes], max_bytes: int
) -> bytes:
    """The whole body. Raises `Problem` (413) as soon as it is known to be larger than `max_bytes`."""
    check_length(headers, max_bytes)
    chunks: list[bytes] = []
    size = 0
    async for chunk in body:
        size += len(chunk)
        if size > max_bytes:
            raise Problem("too_large", f"The body has more than {max_bytes} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def check_length(headers: Mapping[str, str], max_bytes: int) -> None:
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > max_bytes):
        raise Problem("too_large", f"The body has more than {max_bytes} bytes")


def parse_body(source: bytes | str, depth: int) -> Any:
    """The JSON of a client, free of anything that another reader would take differently.

    Raises `Problem` or `Refused` (400 `malformed`). Besides what `read_json` refuses: a member named `__proto__`, which has a
    meaning in JavaScript, and integers beyond 2^53-1, which a JavaScript server would round.
    """
    value = read_json(source, max_depth=depth)
    below = [value]
    while below:
        each = below.pop()
        if isinstance(each, int) and abs(each) > MAX_INTEGER:
            raise Problem("malformed", "An integer is beyond 2^53-1: send it as text")
        if isinstance(each, list):
            below.extend(each)
        elif isinstance(each, dict):
            if _UNSAFE_NAME in each:
                raise Problem("malformed", f"A member may not be named {_UNSAFE_NAME}")
            below.extend(each.values())
    return value
