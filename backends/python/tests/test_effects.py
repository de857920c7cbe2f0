"""Runtime targets: what a running mutation says beyond its declaration."""

from __future__ import annotations

import asyncio

import pytest

import mizan
from mizan.effects import Invalidation, RuntimeMerge, collect_effects, listen


def test_targets_are_collected_in_order_with_copies_of_their_params() -> None:
    params = {"user_id": 7}
    with collect_effects() as effects:
        mizan.invalidate("orders", params)
        params["user_id"] = 8
        mizan.invalidate("*", viewers="self")
        mizan.merge("user", "value", slot="profile", params=params)
        mizan.redirect("/orders")
    assert effects.invalidations == [
        Invalidation("orders", {"user_id": 7}),
        Invalidation("*", viewers="self"),
    ]
    assert effects.merges == [RuntimeMerge("user", "profile", "value", {"user_id": 8})]
    assert effects.redirect == "/orders"


def test_mutations_that_run_side_by_side_do_not_see_each_other() -> None:
    async def mutation(name: str) -> list[str]:
        with collect_effects() as effects:
            mizan.invalidate(name)
            await asyncio.sleep(0)
            await asyncio.to_thread(mizan.invalidate, f"{name}-thread")
        return [each.context for each in effects.invalidations]

    async def both() -> list[list[str]]:
        return list(await asyncio.gather(mutation("a"), mutation("b")))

    assert asyncio.run(both()) == [["a", "a-thread"], ["b", "b-thread"]]


def test_s8_an_invalidation_outside_a_mutation_reaches_whoever_listens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mizan.effects._listeners", [])
    heard: list[Invalidation] = []
    stop = listen(heard.append)
    mizan.invalidate("orders", {"user_id": 7})
    stop()
    assert heard == [Invalidation("orders", {"user_id": 7})]
    with pytest.raises(RuntimeError, match="outside a mutation"):
        mizan.invalidate("orders")


def test_merges_and_redirects_need_an_answer_to_be_part_of() -> None:
    with pytest.raises(RuntimeError, match="outside a mutation"):
        mizan.merge("user", 1, slot="profile")
    with pytest.raises(RuntimeError, match="outside a mutation"):
        mizan.redirect("/")


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example", ""])
def test_a_redirect_stays_on_the_site(path: str) -> None:
    with collect_effects(), pytest.raises(ValueError, match="a path of this site"):
        mizan.redirect(path)
