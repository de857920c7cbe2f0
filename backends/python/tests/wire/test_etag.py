"""Protocol 3.3, ETag; RFC 9110, 13.1.2."""

import re

import pytest

from mizan.wire.etag import make_etag, matches_etag


def test_a_tag_is_weak_and_holds_the_revision_and_eight_digits_of_the_body() -> None:
    tag = make_etag(41, b"body")
    assert re.fullmatch(r'W/"41-[0-9a-f]{8}"', tag)
    assert tag != make_etag(41, b"other") and tag != make_etag(42, b"body")


@pytest.mark.parametrize(
    ("sent", "matches"),
    [
        ('W/"41-aa"', True),
        ('"41-aa"', True),
        ('"x", W/"41-aa" , "y"', True),
        ("*", True),
        ('W/"41-ab"', False),
        ("41-aa", False),
        ("", False),
        (None, False),
    ],
)
def test_comparison_is_weak_and_takes_lists(sent: str | None, matches: bool) -> None:
    assert matches_etag(sent, 'W/"41-aa"') is matches
