"""Protocol 3.8."""

from __future__ import annotations

import asyncio

import mizan
import pytest
from mizan.wire.idempotency import CallKey, MemoryIdempotency, Replay, payload_hash
from mizan.wire.problem import Problem
from tests.wire.stage import Stage

KEY = "0d7f6f0e-2a9b-4a57-9a63-6a1f6f7b0b11"


class Full(mizan.Error, code="full", status=409):
    pass


def counting_stage(**options: object) -> tuple[Stage, list[int]]:
    registry = mizan.Registry()
    runs: list[int] = []

    @registry.client(context="shelf", auth="none")
    def shelf() -> int:
        return len(runs)

    @registry.client(idempotent=True, affects="shelf", errors=[Full])
    async def put(amount: int) -> int:
        runs.append(amount)
        if amount == 409:
            raise Full()
        if amount == 500:
            raise RuntimeError("broken")
        await asyncio.sleep(0)
        return len(runs)

    return Stage(registry), runs


def test_a_call_without_a_key_is_400_and_is_not_made() -> None:
    stage, runs = counting_stage()
    assert stage.call("put", {"amount": 1}).problem == (400, "idempotency_key_missing")
    assert stage.call("put", {"amount": 1}, idempotency_key="a b").problem == (400, "malformed")
    assert runs == []


def test_the_same_call_again_is_replayed_byte_by_byte_and_not_made() -> None:
    stage, runs = counting_stage()
    first = stage.call("put", {"amount": 1}, idempotency_key=KEY)
    again = stage.call("put", {"amount": 1}, idempotency_key=KEY)
    assert first.status == again.status == 200
    assert first.body == again.body
    assert first.headers["X-Mizan-Invalidate"] == again.headers["X-Mizan-Invalidate"]
    assert "X-Mizan-Replay" not in first.headers
    assert again.headers["X-Mizan-Replay"] == "1"
    assert runs == [1]


def test_the_key_with_another_payload_is_422_whatever_the_order_of_members() -> None:
    stage, runs = counting_stage()
    stage.call("put", {"amount": 1}, idempotency_key=KEY)
    assert stage.call("put", {"amount": 2}, idempotency_key=KEY).problem == (
        422,
        "idempotency_key_reused",
    )
    assert payload_hash({"a": 1, "b": [{"c": 1, "d": 2}]}, {}) == payload_hash(
        {"b": [{"d": 2, "c": 1}], "a": 1}, {}
    )
    assert payload_hash([1, 2], {}) != payload_hash([2, 1], {})
    assert payload_hash({"a": None}, {"a": "x"}) != payload_hash({"a": None}, {"a": "y"})
    assert runs == [1]


def test_a_declared_error_is_an_answer_and_is_replayed() -> None:
    stage, runs = counting_stage()
    assert stage.call("put", {"amount": 409}, idempotency_key=KEY).problem == (409, "full")
    again = stage.call("put", {"amount": 409}, idempotency_key=KEY)
    assert again.problem == (409, "full") and again.headers["X-Mizan-Replay"] == "1"
    assert runs == [409]


def test_a_call_that_broke_or_was_invalid_may_be_made_anew_under_the_same_key() -> None:
    stage, runs = counting_stage()
    assert stage.call("put", {"amount": 500}, idempotency_key=KEY).problem == (500, "internal")
    assert stage.call("put", {"amount": "x"}, idempotency_key=KEY).problem == (422, "validation")
    assert stage.call("put", {"amount": 1}, idempotency_key=KEY).status == 200
    assert runs == [500, 1]


def test_while_a_call_runs_the_same_is_409_with_retry_after() -> None:
    stage, runs = counting_stage()

    async def both() -> None:
        inside, leave = asyncio.Event(), asyncio.Event()

        async def wait() -> None:
            inside.set()
            await leave.wait()

        stage.on_commit = wait
        first = asyncio.create_task(stage.acall("put", {"amount": 1}, idempotency_key=KEY))
        await inside.wait()
        second = await stage.acall("put", {"amount": 1}, idempotency_key=KEY)
        assert second.problem == (409, "idempotency_in_flight")
        assert second.headers["Retry-After"] == "1"
        leave.set()
        assert (await first).status == 200

    asyncio.run(both())
    assert runs == [1]


def test_a_client_that_hangs_up_and_asks_again_finds_the_answer_of_the_first_call() -> None:
    stage, runs = counting_stage()

    async def run() -> None:
        committing, go_on = asyncio.Event(), asyncio.Event()

        async def wait() -> None:
            committing.set()
            await go_on.wait()

        stage.on_commit = wait
        first = asyncio.create_task(stage.acall("put", {"amount": 1}, idempotency_key=KEY))
        await committing.wait()
        first.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await first
        again = await stage.acall("put", {"amount": 1}, idempotency_key=KEY)
        assert (again.status, again.headers["X-Mizan-Replay"]) == (200, "1")

    asyncio.run(run())
    assert runs == [1]


def test_nobody_meets_the_key_of_another_viewer() -> None:
    stage, runs = counting_stage()
    stage.call("put", {"amount": 1}, idempotency_key=KEY)
    stage.user = 8
    other = stage.call("put", {"amount": 2}, idempotency_key=KEY)
    assert other.status == 200 and "X-Mizan-Replay" not in other.headers
    assert runs == [1, 2]


def test_beyond_its_room_the_store_forgets_the_oldest_answer_and_no_running_call() -> None:
    async def run() -> None:
        store = MemoryIdempotency(max_answers=2)
        answer = Replay(200, {}, b"{}")
        running, old, new = (CallKey("-", "f", each) for each in ("running", "old", "new"))
        await store.begin(old, "p")
        await store.finish(old, answer)
        await store.begin(running, "p")
        await store.begin(new, "p")
        assert await store.begin(old, "p") is None
        with pytest.raises(Problem):
            await store.begin(running, "p")

    asyncio.run(run())
