"""T8, H11: the canonical query and the cache key, by the vectors of the protocol."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mizan.cache_key import cache_key, viewer_of
from mizan.canonical import canonical_query, date_time_text
from mizan.json_text import json_text, number_text
from mizan.refused import Refused
from mizan.strict_json import read_json

PROTOCOL = Path(__file__).parents[3] / "docs" / "protocol"
VECTORS: dict[str, Any] = json.loads((PROTOCOL / "canonical-vectors.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
def test_t8_h11_vector_has_the_query_and_key_of_the_protocol(vector: dict[str, Any]) -> None:
    query = canonical_query(vector["params"], vector["encodings"])
    key = cache_key(
        VECTORS["secret"].encode(),
        app=VECTORS["app"],
        context=vector["context"],
        query=query,
        viewer=vector["scope"],
        rev=vector["rev"],
        fingerprint=VECTORS["fingerprint"],
    )
    assert (query, key) == (vector["query"], vector["key"])


def test_t8_all_48_vectors_are_there() -> None:
    assert len(VECTORS["vectors"]) == 48


@pytest.mark.parametrize(
    ("value", "codec"),
    [
        ("\ud800", "plain"),
        (["a", "\udfff"], "plain"),
        ({"\ud800": 1}, "json"),
        (float("nan"), "plain"),
        (float("inf"), "plain"),
        ([float("-inf")], "json"),
        (2**53, "plain"),
        (-(2**53), "json"),
        ("2026-01-02T03:04:05", "date-time"),
        ("2026-01-02", "date-time"),
        ("2026-13-02T03:04:05Z", "date-time"),
        ("٢026-01-02T03:04:05Z", "date-time"),
        ({"a": 1}, "plain"),
        ([[1]], "plain"),
        ([None], "plain"),
        ({1: 2}, "json"),
        (object(), "plain"),
        (b"x", "json"),
    ],
)
def test_h11_refuses_what_no_text_stands_for(value: Any, codec: str) -> None:
    with pytest.raises(Refused) as caught:
        canonical_query({"x": value}, {"x": codec})
    assert (caught.value.status, caught.value.code) == (400, "malformed")


def test_nesting_is_bounded_at_the_same_depth_as_in_the_kernel() -> None:
    def nested(levels: int) -> Any:
        value: Any = 1
        for _ in range(levels):
            value = [value]
        return value

    assert json_text(nested(33)).startswith("[[")
    with pytest.raises(Refused, match="deeper than 32"):
        json_text(nested(34))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (-1.5, "-1.5"),
        (100.0, "100"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.25e25, "1.25e+25"),
        (1e-6, "0.000001"),
        (1.5e-6, "0.0000015"),
        (1e-7, "1e-7"),
        (1.5e-7, "1.5e-7"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_h11_numbers_are_written_as_ecmascript_writes_them(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02t03:04:05.000z", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05.120+03:30", "2026-01-01T23:34:05.12Z"),
        ("2026-01-02T03:04:05.123456Z", "2026-01-02T03:04:05.123456Z"),
    ],
)
def test_date_times_are_written_in_utc_without_a_zero_fraction(given: str, text: str) -> None:
    assert date_time_text(given) == text


def test_viewers_of_different_kinds_are_never_equal() -> None:
    assert viewer_of() == "-"
    assert viewer_of('a/b"') == "u:a%2Fb%22"
    assert viewer_of("-") == "u:-"
    assert viewer_of(session_key="7").startswith("s:")
    assert viewer_of(session_key="7") != viewer_of("7")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"NaN",
        b"[Infinity]",
        b"[1e400]",
        b'"\\ud800"',
        b'{"\\udc00": 1}',
        b"\xff",
        b"[" * 100_000,
        b"[" * 33 + b"]" * 33,
        b"9" * 5000,
        b"{'a': 1}",
    ],
)
def test_json_of_a_client_that_other_readers_would_choke_on_is_refused(text: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_json(text)
    assert (caught.value.status, caught.value.code) == (400, "malformed")


def test_json_of_a_client_keeps_proto_as_a_key_like_any_other() -> None:
    assert read_json(b'{"__proto__": {"a": 1}}') == {"__proto__": {"a": 1}}
