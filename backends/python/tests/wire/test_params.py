"""Protocol 3.2: params from the text of a query to checked values, and back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, Literal
from uuid import UUID

import mizan
import pytest
from pydantic import BaseModel

from mizan.wire.limits import Limits
from mizan.wire.params import ParamValues, read_json_params, read_query_params, split_query
from mizan.wire.problem import Problem
from mizan.refused import Refused


class Colour(StrEnum):
    RED = "red"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Filter(BaseModel):
    author: str | None = None
    pages: list[int] = []


def everything(
    flag: bool = False,
    number: int = 1,
    size: Literal[1, 2] = 1,
    height: Level = Level.LOW,
    ratio: float = 0.5,
    text: str = "",
    colour: Colour | None = None,
    day: date | None = None,
    at: datetime | None = None,
    id: UUID | None = None,
    price: Decimal | None = None,
    tags: list[str] = [],  # noqa: B006
    numbers: list[int] = [],  # noqa: B006
    sizes: list[Literal[1, 2]] = [],  # noqa: B006
    filter: Filter | None = None,
    level: int | None = 5,
) -> int:
    return 0


def required(user_id: int, tags: list[int]) -> int:
    return 0


def params_of(function: Any) -> tuple[Any, ...]:
    registry = mizan.Registry()
    registry.client(context="all", auth="none", name="all")(function)
    return registry.check().contexts["all"].params


ALL, REQUIRED = params_of(everything), params_of(required)


def read(query: str, params: tuple[Any, ...] = ALL) -> ParamValues:
    limits = Limits()
    return read_query_params(params, split_query(query, limits), limits)


def refused(query: str, params: tuple[Any, ...] = ALL) -> tuple[int, str, list[Any]]:
    try:
        read(query, params)
    except Problem as problem:
        return problem.status, problem.code, [list(error.path) for error in problem.errors]
    except Refused as error:
        return error.status, error.code, []
    raise AssertionError(f"{query} was not refused")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("flag=true", "flag=true"),
        ("flag=1", "flag=true"),
        ("flag=True", "flag=true"),
        ("number=01", "number=1"),
        ("number=%2B1", "number=1"),
        ("number=1.0", "number=1"),
        ("number=-0", "number=0"),
        ("size=2", "size=2"),
        ("height=2", "height=2"),
        ("sizes=2&sizes=1", "sizes=2&sizes=1"),
        ("ratio=1e2", "ratio=100"),
        ("ratio=1e21", "ratio=1e%2B21"),
        ("text=a+b%20c%2Bd", "text=a%20b%20c%2Bd"),
        ("text=", "text="),
        ("text=%E2%80%A8%00", "text=%E2%80%A8%00"),
        ("colour=red", "colour=red"),
        ("day=2026-01-02", "day=2026-01-02"),
        ("at=2026-01-02T05:04:05.1200%2B02:00", "at=2026-01-02T03%3A04%3A05.12Z"),
        ("id=0B8A7F2E-6A53-4C1F-9B1E-2F0C5D1B7A10", "id=0b8a7f2e-6a53-4c1f-9b1e-2f0c5d1b7a10"),
        ("price=1.10", "price=1.10"),
        ("tags=b&tags=a&tags=b", "tags=b&tags=a&tags=b"),
        ("numbers=01&numbers=2", "numbers=1&numbers=2"),
        (
            "filter=%7B%22pages%22%3A%5B1%5D%7D",
            "filter=%7B%22author%22%3Anull%2C%22pages%22%3A%5B1%5D%7D",
        ),
        ("level=null", "level=null"),
        ("", ""),
        ("unknown=1&_v=2&&=x", ""),
    ],
)
def test_servers_are_liberal_and_then_write_again_from_the_values(query: str, canonical: str) -> None:
    defaults = {
        "flag": "flag=false",
        "number": "number=1",
        "size": "size=1",
        "height": "height=1",
        "ratio": "ratio=0.5",
        "text": "text=",
        "level": "level=5",
        "filter": "filter=null",
    }
    given = canonical.partition("=")[0]
    expected = {name: text for name, text in defaults.items() if name != given}
    if canonical:
        expected[given] = canonical
    assert read(query).query == "&".join(expected[name] for name in sorted(expected))


def test_a_default_that_is_written_out_is_the_same_entry() -> None:
    assert read("number=1&flag=false&level=5").query == read("").query


def test_functions_get_python_values_and_clients_json() -> None:
    values = read("at=2026-01-02T03:04:05Z&price=1.10&filter={}&tags=a")
    assert values.python["price"] == Decimal("1.10") and values.json["price"] == "1.10"
    assert values.python["filter"] == Filter()
    assert values.json["filter"] == {"author": None, "pages": []}
    assert values.json["at"] == "2026-01-02T03:04:05Z"


@pytest.mark.parametrize(
    "query",
    [
        "number=1&number=1",
        "flag=true&flag=false",
        "filter={}&filter={}",
        "ratio=NaN",
        "ratio=Infinity",
        "ratio=-inf",
        "ratio=1e999",
        "number=9007199254740992",
        "numbers=1&numbers=-9007199254740992",
        "at=2026-01-02T03:04:05",
        "text=%ED%A0%80",
        "text=%FF",
        "%FF=1",
        "filter={",
        "filter=",
        "filter=NaN",
        'filter={"pages":[1e999]}',
        'filter={"author":"\\ud800"}',
        'filter={"__proto__":{}}',
        "filter=" + "[" * 100 + "]" * 100,
        "filter=" + "[" * 1000,
        "&".join(f"x{each}=1" for each in range(33)),
    ],
)
def test_what_has_no_canonical_text_or_two_meanings_is_400(query: str) -> None:
    assert refused(query) == (400, "malformed", [])


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("flag=maybe", ["flag"]),
        ("flag=", ["flag"]),
        ("number=x", ["number"]),
        ("number=", ["number"]),
        ("size=3", ["size"]),
        ("sizes=3", ["sizes", 0]),
        ("height=low", ["height"]),
        ("colour=blue", ["colour"]),
        ("numbers=", ["numbers", 0]),
        ("numbers=1&numbers=x", ["numbers", 1]),
        ("id=7", ["id"]),
        ("filter=[]", ["filter"]),
        ('filter={"pages":["x"]}', ["filter", "pages", 0]),
        ("&".join(["tags=x"] * 101), ["tags"]),
    ],
)
def test_what_does_not_fit_the_schema_is_422_with_its_path(query: str, path: list[Any]) -> None:
    assert refused(query) == (422, "validation", [path])


def test_all_complaints_come_at_once_missing_params_among_them() -> None:
    status, code, paths = refused("", REQUIRED)
    assert (status, code, paths) == (422, "validation", [["user_id"], ["tags"]])


def test_a_json_param_beyond_2_KiB_is_413() -> None:
    assert refused('filter={"author":"' + "x" * 2048 + '"}')[:2] == (413, "too_large")


def test_in_a_body_null_is_absence_for_plain_params() -> None:
    values = read_json_params(ALL, {"params": {"colour": None, "number": 3, "level": None}}, Limits())
    assert (values.json["colour"], values.json["number"], values.json["level"]) == (None, 3, None)


def test_a_default_that_one_request_changes_is_not_the_default_of_the_next() -> None:
    read("").python["tags"].append("mine")
    assert read("").python["tags"] == []
