"""Protocol 5.3 and 5.4: run, commit, bump, answer."""

from __future__ import annotations

import asyncio

import mizan
import pytest
from pydantic import BaseModel

from mizan.wire.limits import Limits
from tests.wire.stage import Answer, Stage


class User(BaseModel):
    id: int
    name: str


class Refused(mizan.Error, code="refused", status=409):
    """Refused by the shop."""


def shop(limits: Limits | None = None) -> tuple[Stage, dict[int, User]]:
    registry = mizan.Registry()
    users = {7: User(id=7, name="Rumi"), 8: User(id=8, name="Shams")}

    @registry.client(context="user")
    def profile(user_id: int) -> User:
        return users[user_id]

    @registry.client(context="names")
    def names(prefix: str = "") -> list[str]:
        return sorted(user.name for user in users.values())

    @registry.client(merge="user", affects="names", errors=[Refused])
    async def rename(user_id: int, name: str) -> User:
        if name == "refused":
            raise Refused()
        if name == "broken":
            raise RuntimeError("secret of the server")
        stage.record.append(f"run {name}")
        users[user_id] = User(id=user_id, name=name)
        return users[user_id]

    @registry.client(affects="names")
    def rename_blocking(user_id: int, name: str) -> None:
        mizan.invalidate("user", {"user_id": user_id})
        stage.record.append(f"run {name}")

    @registry.client(affects="names")
    def wrong_target() -> None:
        mizan.invalidate("nowhere")

    @registry.client(affects="names")
    def infinite() -> float:
        return float("inf")

    @registry.client(affects="names")
    def lies() -> User:
        return {"id": "x"}  # type: ignore[return-value]

    @registry.client(affects="names")
    def nothing_found() -> None:
        raise LookupError("a row of the table users")

    stage = Stage(registry, limits=limits or Limits())
    return stage, users


def test_a_mutation_is_committed_before_it_is_bumped_and_bumped_before_it_is_answered() -> None:
    stage, _ = shop()
    answer = stage.call("rename", {"user_id": 7, "name": "Jalal"})
    assert answer.status == 200
    assert stage.record == ["begin", "run Jalal", "commit", "bump"]


def test_H14_the_answer_is_spliced_into_its_slot_and_everything_carries_one_revision() -> None:
    stage, _ = shop()
    body = stage.call("rename", {"user_id": 7, "name": "Jalal"}).json
    (merge,) = body["merge"]
    (invalidate,) = body["invalidate"]
    rev = merge.pop("rev")
    assert merge == {
        "context": "user",
        "slot": "profile",
        "mode": "replace",
        "params": {"user_id": 7},
        "value": {"id": 7, "name": "Jalal"},
    }
    assert invalidate == {"context": "names", "rev": rev}
    after = stage.get("/ctx/user/?user_id=7").json
    assert after["data"]["profile"] == merge["value"] and after["rev"] == rev


def test_a_blocking_function_reports_its_runtime_targets_too() -> None:
    stage, _ = shop()
    answer = stage.call("rename_blocking", {"user_id": 7, "name": "x"})
    assert [item["context"] for item in answer.json["invalidate"]] == ["names", "user"]
    assert answer.json["invalidate"][1]["params"] == {"user_id": 7}
    rev = answer.json["invalidate"][0]["rev"]
    assert answer.headers["X-Mizan-Invalidate"] == f'names;rev={rev}, user;p="user_id=7";rev={rev}'


@pytest.mark.parametrize(
    ("function", "given", "problem"),
    [
        ("rename", {"user_id": 7, "name": "refused"}, (409, "refused")),
        ("rename", {"user_id": 7, "name": "broken"}, (500, "internal")),
        ("wrong_target", None, (500, "internal")),
        ("infinite", None, (500, "internal")),
        ("lies", None, (500, "internal")),
        ("nothing_found", None, (404, "not_found")),
    ],
)
def test_S7_what_fails_is_rolled_back_and_bumps_nothing(
    function: str, given: object, problem: tuple[int, str]
) -> None:
    stage, _ = shop()
    before = asyncio.run(stage.revisions.current())
    answer = stage.call(function, given)
    assert answer.problem == problem
    assert stage.record == ["begin", "rollback", "undo session"]
    assert asyncio.run(stage.revisions.current()) == before
    assert "X-Mizan-Invalidate" not in answer.headers


def test_S7_a_commit_that_fails_bumps_nothing() -> None:
    stage, _ = shop()

    async def fail() -> None:
        raise RuntimeError("a constraint that is checked late")

    stage.on_commit = fail
    answer = stage.call("rename", {"user_id": 7, "name": "x"})
    assert answer.problem == (500, "internal")
    assert stage.record == ["begin", "run x", "undo session"]


def test_a_500_says_nothing_of_its_cause_but_an_id_under_which_the_log_has_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stage, _ = shop()
    answer = stage.call("rename", {"user_id": 7, "name": "broken"})
    assert b"secret" not in answer.body and b"RuntimeError" not in answer.body
    assert answer.json["title"] == "Internal error"
    assert answer.json["instance"] in caplog.text and "secret of the server" in caplog.text


def test_a_declared_error_says_its_docstring() -> None:
    stage, _ = shop()
    answer = stage.call("rename", {"user_id": 7, "name": "refused"})
    assert answer.json["title"] == "Refused by the shop."


def test_S2_a_merge_whose_scope_somebody_else_changed_meanwhile_becomes_an_invalidate() -> None:
    stage, _ = shop()

    async def run(other: int) -> Answer:
        async def meanwhile() -> None:
            stage.on_commit = None
            await stage.acall("rename", {"user_id": other, "name": "second"})

        stage.on_commit = meanwhile
        return await stage.acall("rename", {"user_id": 7, "name": "first"})

    body = asyncio.run(run(7)).json
    assert body["merge"] == []
    assert {item["context"] for item in body["invalidate"]} == {"user", "names"}
    untouched = asyncio.run(run(8)).json
    assert [merge["slot"] for merge in untouched["merge"]] == ["profile"]


def test_a_commit_that_is_cancelled_is_bumped_as_nobody_knows_whether_it_took_place() -> None:
    stage, _ = shop()

    async def run() -> None:
        committing = asyncio.Event()

        async def wait() -> None:
            committing.set()
            await asyncio.Event().wait()

        stage.on_commit = wait
        call = asyncio.create_task(stage.acall("rename", {"user_id": 7, "name": "x"}))
        await committing.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(run())
    assert stage.record == ["begin", "run x", "bump"]


def test_validation_only_runs_nothing_and_moves_nothing() -> None:
    stage, _ = shop()
    before = asyncio.run(stage.revisions.current())

    def validate(body: bytes) -> Answer:
        return asyncio.run(
            stage.send("POST", "/call/rename?_validate=1", body, stage.browser_headers())
        )

    good = validate(b'{"user_id": 7, "name": "x"}')
    assert (good.status, good.body) == (204, b"")
    bad = validate(b'{"user_id": "x"}')
    assert bad.problem == (422, "validation")
    assert [error["path"] for error in bad.json["errors"]] == [["user_id"], ["name"]]
    assert stage.record == []
    assert asyncio.run(stage.revisions.current()) == before


def test_S8_an_invalidation_outside_of_mutations_takes_effect_at_once() -> None:
    stage, _ = shop()
    before = stage.get("/ctx/user/?user_id=7").json["rev"]
    mizan.invalidate("user", {"user_id": 7})
    assert stage.get("/ctx/user/?user_id=7").json["rev"] > before
    assert stage.get("/ctx/user/?user_id=8").json["rev"] == before
