"""Protocol 3.5."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mizan.canonical import canonical_query
from mizan.wire.invalidate_header import HeaderItem, invalidate_header

ITEM = r'(?:\*|[A-Za-z][A-Za-z0-9_]*)(?:;p="[A-Za-z0-9._~=&%-]*")?(?:;rev=\d{1,15})?'
LIST = re.compile(rf"{ITEM}(?:, {ITEM})*")

names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True)
values = st.one_of(st.integers(-9, 9), st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.booleans())
items = st.builds(
    lambda context, params, rev: HeaderItem(context, canonical_query(params), rev),
    names,
    st.dictionaries(names, values, max_size=3),
    st.integers(0, 10**15 - 1),
)


def test_items_are_written_as_the_protocol_shows_them() -> None:
    header = invalidate_header(
        [HeaderItem("user", "user_id=7", 42), HeaderItem("orders", "user_id=7", 42)], 4096
    )
    assert header == 'user;p="user_id=7";rev=42, orders;p="user_id=7";rev=42'


def test_equal_items_are_written_once_and_nothing_is_an_empty_header() -> None:
    assert invalidate_header([HeaderItem("me", "", 5)] * 3, 4096) == "me;rev=5"
    assert invalidate_header([], 4096) == ""


def test_what_does_not_fit_degrades_to_contexts_and_then_to_all() -> None:
    many = [HeaderItem("user", f"user_id={each}", 7) for each in range(500)]
    assert invalidate_header([*many, HeaderItem("me", "", 7)], 4096) == "user;rev=7, me;rev=7"
    wide = [HeaderItem(f"context{each}", "", 7) for each in range(500)]
    assert invalidate_header(wide, 4096) == "*;rev=7"


@given(st.lists(items, max_size=60))
def test_whatever_the_values_the_header_keeps_to_its_grammar_and_its_bytes(
    given_items: list[HeaderItem],
) -> None:
    header = invalidate_header(given_items, 4096)
    assert len(header) <= 4096
    assert header.isascii()
    assert header == "" if not given_items else LIST.fullmatch(header)
