"""Types that travel as text because a JavaScript number cannot hold them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainSerializer, WithJsonSchema

Int64 = Annotated[
    int,
    Field(ge=-(2**63), le=2**63 - 1),
    PlainSerializer(str, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "int64"}),
]
"""A 64-bit integer, such as the key of a large table: a decimal string on the wire, an `int` in Python."""
