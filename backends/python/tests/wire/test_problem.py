"""Protocol 3.6 and section 6, error leakage."""

from __future__ import annotations

import json
from typing import Any, Literal

import mizan
import pytest
from pydantic import BaseModel, Field, SecretStr, field_validator

from tests.wire.stage import Stage


class Card(BaseModel):
    kind: Literal["card"]
    number: SecretStr = Field(min_length=8)


class Cash(BaseModel):
    kind: Literal["cash"]
    amount: int


class Address(BaseModel):
    city: str

    @field_validator("city")
    @classmethod
    def known(cls, city: str) -> str:
        if city == "Atlantis":
            raise ValueError("no such city")
        return city


def stage() -> Stage:
    registry = mizan.Registry()

    @registry.client(context="shop")
    def shop() -> int:
        return 1

    @registry.client(affects="shop")
    def pay(by: Card | Cash, addresses: list[Address] = []) -> None:  # noqa: B006
        pass

    @registry.client(
        affects="shop",
        form=mizan.FormOptions(fields={"pin": mizan.FormField(sensitive=True)}),
    )
    def unlock(pin: int) -> None:
        pass

    return Stage(registry)


def errors(function: str, given: Any) -> list[Any]:
    answer = stage().call(function, given)
    assert answer.problem == (422, "validation")
    found: list[Any] = answer.json["errors"]
    return found


def test_paths_are_those_of_the_input_without_the_steps_of_the_validator() -> None:
    found = errors("pay", {"by": {"kind": "cash", "amount": "x"}, "addresses": [{"city": 1}, {}]})
    paths = [each["path"] for each in found]
    assert ["by", "amount"] in paths
    assert paths[-2:] == [["addresses", 0, "city"], ["addresses", 1, "city"]]
    assert not any("Cash" in path or "Card" in path for path in paths)


def test_a_complaint_of_the_app_comes_with_its_words() -> None:
    (error,) = errors("pay", {"by": {"kind": "cash", "amount": 1}, "addresses": [{"city": "Atlantis"}]})
    assert error["path"] == ["addresses", 0, "city"] and "no such city" in error["message"]


@pytest.mark.parametrize(
    ("function", "given", "secret"),
    [
        ("pay", {"by": {"kind": "card", "number": "hunter2"}}, "hunter2"),
        ("pay", {"by": {"kind": "card", "number": ["hunter2"]}}, "hunter2"),
        ("unlock", {"pin": "9173x"}, "9173x"),
    ],
)
def test_sensitive_values_are_never_echoed(function: str, given: Any, secret: str) -> None:
    found = errors(function, given)
    assert secret not in json.dumps(found)
    assert any(each["message"] == "Invalid value" for each in found)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"text"',
        b"7",
        b"true",
        b"  ",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 9007199254740993}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "\xff"}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b'{"__proto__": {"pin": 1}, "pin": 1}',
        b'{"pin": 1, "x": [{"__proto__": 1}]}',
        b'{"pin": 1, "x": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"pin": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"{'pin': 1}",
    ],
)
def test_a_body_that_is_no_object_of_plain_json_is_400_and_nothing_is_run(body: bytes) -> None:
    at = stage()
    assert at.call("unlock", body).problem == (400, "malformed")
    assert at.record == []


def test_an_empty_body_and_null_are_no_arguments() -> None:
    for body in (b"", b"null", b"{}"):
        assert stage().call("unlock", body).json["errors"][0]["path"] == ["pin"]


def test_a_body_beyond_the_limit_is_413_whether_it_says_its_length_or_not() -> None:
    at = stage()
    body = b'{"pin": 1, "x": "' + b"x" * 1_048_576 + b'"}'
    assert at.call("unlock", body).problem == (413, "too_large")
    assert at.call("unlock", b"{}", content_length="1048577").problem == (413, "too_large")
    assert at.call("unlock", b"{}", content_length="9" * 40).problem == (413, "too_large")
    assert at.record == []


def test_an_address_beyond_8192_bytes_is_414() -> None:
    assert stage().get("/ctx/shop/?x=" + "x" * 8179).status == 200
    assert stage().get("/ctx/shop/?x=" + "x" * 8180).problem == (414, "too_large")
