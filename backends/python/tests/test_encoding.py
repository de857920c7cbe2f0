"""How params become text, by their schema alone (protocol 3.2), and the same as the generator decides."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import Field

import mizan
from mizan.function import MISSING

from .findings import errors_of
from .models import User


class Size(Enum):
    S = 1
    M = 2


@pytest.mark.parametrize(
    ("annotation", "default", "codec"),
    [
        (str, MISSING, "string"),
        (int, MISSING, "number"),
        (float, 1.5, "number"),
        (bool, MISSING, "boolean"),
        (UUID, MISSING, "uuid"),
        (datetime, MISSING, "date-time"),
        (date, MISSING, "string"),
        (Decimal, MISSING, "string"),
        (mizan.Int64, MISSING, "string"),
        (Size, Size.S, "number"),
        (Literal["a", "b"], MISSING, "string"),
        (int | None, None, "number"),
        (int | float, MISSING, "number"),
        (list[int], [], "number[]"),
        (list[UUID] | None, None, "uuid[]"),
        (Annotated[list[str], Field(min_length=1)], MISSING, "string[]"),
        # Where absence would be ambiguous, or the text: JSON.
        (int | None, MISSING, "json"),
        (int | None, 1, "json"),
        (list[int], MISSING, "json"),
        (list[int], [1], "json"),
        (list[int | None], [], "json"),
        (list[list[int]], [], "json"),
        (int | str, MISSING, "json"),
        (Literal["a", 1], MISSING, "json"),
        (dict[str, int], MISSING, "json"),
        (User | None, None, "json"),
        (tuple[int, int], MISSING, "json"),
        (Any, None, "json"),
    ],
)
def test_the_schema_decides_the_codec(annotation: Any, default: Any, codec: str) -> None:
    param = _registry(annotation, default).check().functions["query"].params[0]
    assert param.codec == codec
    assert param.encoding == ("json" if codec == "json" else "plain")


def _registry(annotation: Any, default: Any) -> mizan.Registry:
    registry = mizan.Registry()

    def query(x: Any) -> int:
        return 1

    query.__annotations__["x"] = annotation
    if default is not MISSING:
        query.__defaults__ = (default,)
    registry.client(context="c")(query)
    return registry


def test_a_param_in_the_path_of_a_view_is_one_plain_value() -> None:
    registry = mizan.Registry()

    @registry.view("/x/{ids}", produces="text/csv")
    def one(ids: list[int]) -> str:
        return ""

    @registry.view("/y/{id}", produces="text/csv")
    def two(other: int) -> str:
        return ""

    messages = [each.message for each in errors_of(registry)]
    assert messages == ['the path names "id", which is no argument']

    registry = mizan.Registry()
    registry.view("/x/{ids}", produces="text/csv")(one)
    assert "holds one plain value" in errors_of(registry)[0].message


def test_the_wire_default_is_json() -> None:
    param = _registry(Size, Size.M).check().functions["query"].params[0]
    assert (param.default, param.wire_default) == (Size.M, 2)
