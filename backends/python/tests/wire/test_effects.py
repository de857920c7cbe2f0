"""Protocol 3.4: what an answer tells of, and its bounds."""

from __future__ import annotations

import mizan
import pytest
from pydantic import BaseModel

from mizan.wire.limits import Limits
from tests.wire.stage import Stage


class Item(BaseModel):
    id: int
    text: str = ""


class Moved(BaseModel):
    item: Item | None
    old: int


def stage_of(limits: Limits | None = None) -> Stage:
    registry = mizan.Registry()

    @registry.client(context="box", key="id")
    def items(box_id: int) -> list[Item]:
        return []

    @registry.client(context="best")
    def best(box_id: int) -> Item | None:
        return None

    @registry.client(context="quiet")
    def last() -> Item | None:
        return None

    @registry.client(affects="best")
    def many(count: int, size: int = 0) -> None:
        for each in range(count):
            mizan.merge("best", Item(id=each, text="x" * size), slot="best", params={"box_id": each})

    @registry.client(affects="best")
    def scatter() -> None:
        mizan.merge("best", Item(id=1), slot="best")

    @registry.client(affects="best")
    def touch(count: int) -> None:
        for each in range(count):
            mizan.invalidate("best", {"box_id": each})

    @registry.client(merge=[mizan.Merge("best"), mizan.Merge("quiet", on_null="null")])
    def clear(box_id: int) -> Item | None:
        return None

    @registry.client(merge=mizan.Merge("best", on_null="ignore"))
    def peek(box_id: int) -> Item | None:
        return None

    @registry.client(
        merge=mizan.Merge("best", value="item", params={"box_id": mizan.from_result("item.id")}),
        affects=mizan.Affects("box", params={"box_id": mizan.from_server()}),
    )
    def move(box_id: int, to: int, known: bool = True) -> Moved:
        if known:
            mizan.invalidate("box", {"box_id": 1})
            mizan.invalidate("box", {"box_id": to})
        return Moved(item=Item(id=to), old=box_id)

    @registry.client(merge=mizan.Merge("box", mode="upsert", at="start"))
    def add(box_id: int = 3) -> Item:
        return Item(id=1)

    @registry.client(affects="best")
    def go() -> None:
        mizan.redirect("/boxes")

    return Stage(registry, limits=limits or Limits())


def test_more_than_64_merges_are_sent_as_invalidates() -> None:
    body = stage_of().call("many", {"count": 70}).json
    assert len(body["merge"]) == 64
    stale = [item["params"]["box_id"] for item in body["invalidate"] if "params" in item]
    assert stale == [64, 65, 66, 67, 68, 69]


def test_merges_above_256_KiB_in_sum_are_sent_as_invalidates() -> None:
    body = stage_of().call("many", {"count": 4, "size": 100_000}).json
    assert [item["params"]["box_id"] for item in body["merge"]] == [0, 1]
    assert [item["params"] for item in body["invalidate"][:2]] == [{"box_id": 2}, {"box_id": 3}]


def test_a_runtime_merge_that_would_be_written_everywhere_is_refused_before_the_commit(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stage = stage_of()
    assert stage.call("scatter").problem == (500, "internal")
    assert "best.best needs params={'box_id': ...}" in caplog.text
    assert "rollback" in stage.record and "bump" not in stage.record


def test_more_than_64_invalidates_name_their_contexts_only() -> None:
    answer = stage_of().call("touch", {"count": 80})
    rev = answer.json["invalidate"][0]["rev"]
    assert answer.json["invalidate"] == [{"context": "best", "rev": rev}]
    assert answer.headers["X-Mizan-Invalidate"] == f"best;rev={rev}"


def test_a_null_invalidates_or_is_merged_or_is_left_out_as_declared() -> None:
    stage = stage_of()
    body = stage.call("clear", {"box_id": 5}).json
    assert [(item["context"], item["params"]) for item in body["invalidate"]] == [
        ("best", {"box_id": 5})
    ]
    assert [(item["context"], item["value"]) for item in body["merge"]] == [("quiet", None)]
    nothing = stage.call("peek", {"box_id": 5})
    assert nothing.json == {"result": None, "invalidate": [], "merge": []}
    assert "X-Mizan-Invalidate" not in nothing.headers


def test_a_target_can_be_bound_to_the_result_and_to_what_the_server_says() -> None:
    stage = stage_of()
    body = stage.call("move", {"box_id": 1, "to": 2}).json
    assert [(item["params"], item["value"]["id"]) for item in body["merge"]] == [({"box_id": 2}, 2)]
    assert [item["params"] for item in body["invalidate"]] == [{"box_id": 1}, {"box_id": 2}]


def test_a_target_that_the_server_leaves_unsaid_invalidates_the_whole_context() -> None:
    body = stage_of().call("move", {"box_id": 1, "to": 2, "known": False}).json
    assert [item for item in body["invalidate"] if "params" in item] == []
    assert [item["context"] for item in body["invalidate"]] == ["box"]


def test_an_input_that_is_left_out_binds_its_default() -> None:
    body = stage_of().call("add", {}).json
    (merge,) = body["merge"]
    assert merge["params"] == {"box_id": 3}
    assert (merge["mode"], merge["at"], merge["key"]) == ("upsert", "start", ["id"])


def test_a_redirect_stands_in_the_body_and_the_status_is_200() -> None:
    answer = stage_of().call("go")
    assert answer.status == 200 and answer.json["redirect"] == "/boxes"
