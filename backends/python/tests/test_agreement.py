"""H14, T10: what this package resolves is what the generator resolves by itself, on random contexts with a fixed seed.

The generator gets a document that leaves everything open, as older producers wrote it, and finds slot, mode, key and params on its own.
"""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import mizan
from mizan.document.build_document import build_document, print_document

from .models import Keyless, Name, Removed, Stranger, User, UserPage

ROOT = Path(__file__).parents[3]
CASES = 500

TYPES: list[Any] = [
    User,
    User | None,
    list[User],
    list[User | None],
    UserPage,
    Stranger,
    list[Stranger],
    Keyless,
    list[Keyless],
    Name,
    Removed,
    list[Removed],
    int,
    list[int],
    dict[str, int],
    User | Stranger,
]
PARAMS: list[tuple[str, Any, Any]] = [
    ("user_id", int, ...),
    ("user_id", str, ...),
    ("lang", str | None, None),
    ("id", int, ...),
    ("page", int, 1),
    ("team_id", int, ...),
]
MODES = [None, None, None, "replace", "patch", "update", "upsert", "remove"]


@dataclass
class Case:
    slots: list[tuple[Any, list[tuple[str, Any, Any]]]]
    returns: Any
    arguments: list[tuple[str, Any, Any]]
    mode: Any
    slot: int | None
    codes: set[str | None] = field(default_factory=set[str | None])
    merge: dict[str, Any] | None = None


def random_cases(count: int) -> list[Case]:
    rng = random.Random(20_261_129)
    cases = []
    for _ in range(count):
        # One type of each name in one context, or the context is wrong before any merge is.
        shared = _some_params(rng)
        slots = [
            (rng.choice(TYPES), [each for each in shared if rng.random() < 0.7])
            for _ in range(rng.randint(1, 3))
        ]
        # Half of the answers are of a type that some slot has to do with.
        returns = rng.choice([rng.choice(slots)[0], rng.choice(TYPES)])
        slot = rng.randrange(len(slots)) if rng.random() < 0.4 else None
        arguments = [each for each in [*shared, *_some_params(rng)] if rng.random() < 0.8]
        named = {name: (name, annotation, default) for name, annotation, default in arguments}
        cases.append(Case(slots, returns, list(named.values()), rng.choice(MODES), slot))
    return cases


def _some_params(rng: random.Random) -> list[tuple[str, Any, Any]]:
    chosen = rng.sample(PARAMS, rng.choice([0, 0, 1, 1, 2, 3]))
    return list({each[0]: each for each in chosen}.values())


def _function(name: str, params: list[tuple[str, Any, Any]], returns: Any) -> Any:
    # Those without a default come first, as Python wants it.
    ordered = sorted(params, key=lambda each: each[2] is not ...)
    head = ", ".join(
        each if default is ... else f"{each}={default!r}" for each, _, default in ordered
    )
    names: dict[str, Any] = {}
    exec(f"def {name}({head}): ...", names)
    function = names[name]
    function.__annotations__ = {each: annotation for each, annotation, _ in ordered} | {
        "return": returns
    }
    return function


def declare(registry: mizan.Registry, case: Case, number: int, *, merge: bool) -> None:
    for index, (output, params) in enumerate(case.slots):
        registry.client(context=f"c{number}")(_function(f"s{number}_{index}", params, output))
    target = mizan.Merge(
        f"c{number}", mode=case.mode, slot=None if case.slot is None else f"s{number}_{case.slot}"
    )
    change = _function(f"m{number}", case.arguments, case.returns)
    registry.client(merge=target if merge else ())(change)


def resolve(case: Case, number: int) -> None:
    registry = mizan.Registry()
    declare(registry, case, number, merge=True)
    try:
        [merge] = registry.check().functions[f"m{number}"].merge
    except mizan.RegistryError as error:
        case.codes = {each.code for each in error.findings}
        return
    case.merge = {
        "slot": merge.slot,
        "mode": merge.mode,
        "key": list(merge.key),
        "params": {name: list(source.path) for name, source in merge.params.items()},
    }


def open_document(cases: list[Case]) -> dict[str, Any]:
    """All cases in one document that resolves nothing."""
    registry = mizan.Registry()
    for number, case in enumerate(cases):
        declare(registry, case, number, merge=False)
    document = build_document(registry.check())
    del document["x-mizan"]
    for number, case in enumerate(cases):
        target: dict[str, Any] = {"context": f"c{number}"}
        if case.mode is not None:
            target["mode"] = case.mode
        if case.slot is not None:
            target["slot"] = f"s{number}_{case.slot}"
        document["x-mizan-functions"][f"m{number}"]["merge"] = [target]
    return document


def mizan_gen(*arguments: str) -> Any:
    done = subprocess.run(
        ["node", str(ROOT / "bin/mizan-gen.js"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    made = random_cases(CASES)
    for number, case in enumerate(made):
        resolve(case, number)
    return made


def test_h14_the_generator_refuses_the_same_merges_for_the_same_reasons(
    cases: list[Case], tmp_path: Path
) -> None:
    path = tmp_path / "schema.json"
    path.write_text(print_document(open_document(cases)))
    report = mizan_gen("validate", str(path), "--format", "json")
    theirs: dict[int, set[str]] = {number: set() for number in range(CASES)}
    for each in report["diagnostics"]:
        if each["severity"] == "error":
            theirs[int(each["pointer"].split("/")[2].removeprefix("m"))].add(each["code"])
    ours = {number: case.codes for number, case in enumerate(cases)}
    assert {number: codes for number, codes in ours.items() if codes != theirs[number]} == {}
    seen = {code for codes in ours.values() for code in codes}
    assert seen == {"E201", "E202", "E203", "E204", "E205", "E206", "E207", "E210"}


def test_h14_the_generator_finds_the_same_slots_modes_keys_and_params(
    cases: list[Case], tmp_path: Path
) -> None:
    document = open_document(cases)
    for number, case in enumerate(cases):
        if case.merge is None:
            del document["x-mizan-functions"][f"m{number}"]["merge"]
    path = tmp_path / "schema.json"
    path.write_text(print_document(document))
    found = {
        each["name"]: [
            {
                "slot": merge["slot"],
                "mode": merge["mode"],
                "key": merge["key"],
                "params": {name: source["path"] for name, source in merge["params"].items()},
            }
            for merge in each["merges"]
        ]
        for each in mizan_gen("inspect", str(path))["mutations"]
    }
    resolved = {f"m{number}": case.merge for number, case in enumerate(cases) if case.merge}
    assert len(resolved) > CASES / 10
    assert {name: found[name] for name in resolved} == {
        name: [merge] for name, merge in resolved.items()
    }
