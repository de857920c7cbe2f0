"""Protocol 5.3: the sequence, the stamps, and what counts as a conflict."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from mizan.context import Cache, Context
from mizan.function import Param
from mizan.wire.revisions import BumpTarget, MemoryRevisions
from mizan.wire.stamps import bump_target, entry_stamps
from pydantic import TypeAdapter


def context(*scopes: tuple[str, ...], scope: str = "private") -> Context:
    params = tuple(Param(name, int, TypeAdapter(int)) for name in ("a", "b"))
    return Context("shop", "/ctx/shop/", Cache(scope), (), params, scopes)  # type: ignore[arg-type]


def bump(store: MemoryRevisions, *targets: BumpTarget, since: int | None = None) -> tuple[int, list[bool]]:
    async def run() -> tuple[int, list[bool]]:
        began = await store.current() if since is None else since
        made = await store.bump(targets, began)
        return made.rev, list(made.conflicts)

    return asyncio.run(run())


def entry(store: MemoryRevisions, at: Context, viewer: str = "-", **values: int) -> int:
    return asyncio.run(store.entry(entry_stamps(at, values, viewer)))


def test_every_bump_takes_a_greater_revision_of_15_digits_even_within_one_tick() -> None:
    store = MemoryRevisions()
    revs = [bump(store, BumpTarget("x"))[0] for _ in range(1000)]
    assert revs == sorted(set(revs))
    assert {len(str(rev)) for rev in revs} == {15}


def test_S1_an_entry_has_the_highest_revision_of_the_scopes_that_it_is_in() -> None:
    store, shop = MemoryRevisions(), context((), ("a",), ("a", "b"))
    before = entry(store, shop, a=1, b=1)
    rev, _ = bump(store, bump_target(shop, {"a": 1}, None))
    assert entry(store, shop, a=1, b=1) == entry(store, shop, a=1, b=2) == rev
    assert entry(store, shop, a=2, b=1) == before
    wider, _ = bump(store, bump_target(shop, {}, None))
    assert entry(store, shop, a=2, b=1) == wider
    everything, _ = bump(store, bump_target(None, {}, None))
    assert entry(store, shop, a=3, b=3) == everything


def test_a_target_of_no_declared_scope_sets_the_finest_scope_that_contains_it() -> None:
    store, shop = MemoryRevisions(), context((), ("a",))
    rev, _ = bump(store, bump_target(shop, {"a": 1, "b": 2}, None))
    assert entry(store, shop, a=1, b=9) == rev
    assert entry(store, shop, a=2, b=2) < rev


def test_S2_a_change_of_the_same_a_coarser_or_a_finer_scope_since_then_is_a_conflict() -> None:
    shop = context((), ("a",), ("a", "b"))
    mine = bump_target(shop, {"a": 1}, None)
    for values, conflict in [
        ({"a": 1}, True),
        ({}, True),
        ({"a": 1, "b": 5}, True),
        ({"a": 2}, False),
        ({"a": 2, "b": 5}, False),
    ]:
        store = MemoryRevisions()
        began = asyncio.run(store.current())
        bump(store, bump_target(shop, values, None))
        assert bump(store, mine, since=began)[1] == [conflict], values
        assert bump(store, mine)[1] == [False], "what happened before does not count"


def test_S2_scopes_that_are_not_nested_may_hold_the_same_entry_and_conflict() -> None:
    store, shop = MemoryRevisions(), context((), ("a",), ("b",))
    began = asyncio.run(store.current())
    bump(store, bump_target(shop, {"a": 1}, None))
    assert bump(store, bump_target(shop, {"b": 2}, None), since=began)[1] == [True]


def test_targets_of_one_mutation_do_not_conflict_with_each_other() -> None:
    store, shop = MemoryRevisions(), context((), ("a",))
    fine, coarse = bump_target(shop, {"a": 1}, None), bump_target(shop, {}, None)
    assert bump(store, fine, coarse, fine)[1] == [False, False, False]


def test_viewers_self_bumps_the_entries_of_that_viewer_only() -> None:
    store, shop = MemoryRevisions(), context((), ("a",))
    before = entry(store, shop, "u:8", a=1)
    rev, _ = bump(store, bump_target(shop, {"a": 1}, "u:7"))
    assert entry(store, shop, "u:7", a=1) == rev
    assert entry(store, shop, "u:8", a=1) == before


def test_viewers_self_bumps_a_public_context_for_all() -> None:
    store, shop = MemoryRevisions(), context((), scope="public")
    rev, _ = bump(store, bump_target(shop, {}, "u:7"))
    assert entry(store, shop, "-", a=1) == rev


@given(st.lists(st.integers(0, 30), min_size=1, max_size=80), st.integers(1, 5))
def test_a_stamp_that_was_dropped_for_space_reads_too_high_and_never_too_low(
    names: list[int], room: int
) -> None:
    store = MemoryRevisions(max_stamps=room)
    true: dict[str, int] = {}
    for name in names:
        rev, _ = bump(store, BumpTarget(str(name)))
        true[str(name)] = rev
    for stamp, rev in true.items():
        assert asyncio.run(store.entry([stamp])) >= rev
