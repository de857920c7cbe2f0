"""H14: which slot a merge lands in (protocol section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

import mizan
from mizan.function import MergeTarget

from .findings import error_of
from .models import Keyless, Name, Removed, Stranger, User, UserPage, Wrapped


def registry_of(
    slots: dict[str, Any], returns: Any, merge: mizan.Merge | str | Sequence[mizan.Merge | str]
) -> mizan.Registry:
    """A context `c` with slots of the given types, and a mutation `change` that merges into it."""
    registry = mizan.Registry()
    for name, output in slots.items():
        registry.client(context="c", name=name)(_returning(output))
    registry.client(merge=merge, name="change")(_returning(returns))
    return registry


def _returning(output: Any) -> Callable[[], Any]:
    def function() -> Any:
        raise AssertionError("never called")

    function.__annotations__["return"] = output
    return function


def merges_of(registry: mizan.Registry) -> tuple[MergeTarget, ...]:
    return registry.check().functions["change"].merge


@pytest.mark.parametrize(
    ("slots", "returns", "slot", "mode"),
    [
        pytest.param({"a": User}, User, "a", "replace", id="one object"),
        pytest.param({"a": User | None}, User, "a", "replace", id="a nullable slot"),
        pytest.param({"a": User}, User | None, "a", "replace", id="a nullable answer"),
        pytest.param({"a": list[User], "b": User}, User, "b", "replace", id="object and list"),
        pytest.param({"a": UserPage, "b": User}, User, "b", "replace", id="object and page"),
        pytest.param({"a": list[User]}, User, "a", "update", id="list"),
        pytest.param({"a": list[User | None]}, User, "a", "update", id="list of nullable"),
        pytest.param({"a": UserPage, "b": list[User]}, User, "b", "update", id="list and page"),
        pytest.param({"a": UserPage}, User, "a", "update", id="page"),
        pytest.param({"a": list[User]}, list[User], "a", "replace", id="list for list"),
        pytest.param({"a": UserPage}, UserPage, "a", "replace", id="page for page"),
        pytest.param({"a": User, "b": Stranger}, User, "a", "replace", id="another type beside"),
    ],
)
def test_h14_the_slot_is_found_by_type(
    slots: dict[str, Any], returns: Any, slot: str, mode: str
) -> None:
    [merge] = merges_of(registry_of(slots, returns, "c"))
    assert (merge.slot, merge.mode) == (slot, mode)
    assert merge.key == (("id",) if mode == "update" else ())


@pytest.mark.parametrize(
    ("slots", "returns", "merge", "code", "message"),
    [
        pytest.param(
            {"a": User, "b": User | None}, User, "c", "E201", "2 slots hold User", id="two objects"
        ),
        pytest.param(
            {"a": list[User], "b": list[User]}, User, "c", "E201", "2 slots", id="two lists"
        ),
        pytest.param({"a": Stranger}, User, "c", "E202", "no slot of the context", id="no slot"),
        pytest.param(
            {"a": list[User]}, UserPage, "c", "E202", "holds UserPage", id="page for a list"
        ),
        pytest.param({"a": User}, dict[str, int], "c", "E203", "not a named type", id="inline"),
        pytest.param({"a": int}, int, "c", "E203", "not a named type", id="primitive"),
        pytest.param({"a": User}, User | Stranger, "c", "E203", "not a named type", id="union"),
        pytest.param({"a": User}, None, "c", "E203", "returns nothing", id="no answer"),
        pytest.param(
            {"a": list[Keyless]}, Keyless, "c", "E204", "no key is declared", id="keyless"
        ),
        pytest.param({"a": User}, User, "d", "E200", 'no context "d"', id="unknown context"),
        pytest.param({"a": User}, User, "*", "E200", "needs one context", id="every context"),
        pytest.param(
            {"profile": User},
            User,
            mizan.Merge("c", "profil"),
            "E202",
            'did you mean "profile"',
            id="a slot misspelt",
        ),
        pytest.param(
            {"a": Stranger},
            User,
            mizan.Merge("c", "a"),
            "E205",
            "another shape",
            id="rank 0 of another shape",
        ),
        pytest.param(
            {"a": list[User]},
            User,
            mizan.Merge("c", "a", mode="replace"),
            "E205",
            "is one item",
            id="item replaces list",
        ),
        pytest.param(
            {"a": User},
            User,
            mizan.Merge("c", "a", mode="update"),
            "E205",
            "is the whole",
            id="update of an object",
        ),
        pytest.param(
            {"a": User},
            Removed,
            mizan.Merge("c", "a", mode="remove"),
            "E205",
            "neither",
            id="remove from an object",
        ),
        pytest.param(
            {"a": list[User]},
            Name,
            mizan.Merge("c", "a", mode="remove"),
            "E205",
            "which item",
            id="remove without key",
        ),
        pytest.param(
            {"a": list[User]},
            Name,
            mizan.Merge("c", "a", mode="patch"),
            "E205",
            "is a list",
            id="patch of a list",
        ),
        pytest.param(
            {"a": User},
            Stranger,
            mizan.Merge("c", "a", mode="patch"),
            "E206",
            "no part",
            id="patch with more",
        ),
        pytest.param(
            {"a": UserPage},
            User,
            mizan.Merge("c", mode="upsert"),
            "E207",
            "is a page",
            id="upsert into a page",
        ),
        pytest.param(
            {"a": User},
            Wrapped,
            mizan.Merge("c", value="usr"),
            "E205",
            'nothing at "usr"',
            id="no such part",
        ),
        pytest.param(
            {"a": list[User]},
            User,
            mizan.Merge("c", key="email"),
            "E204",
            '"email"',
            id="a key that is not there",
        ),
    ],
)
def test_h14_a_merge_that_cannot_be_right_is_refused(
    slots: dict[str, Any], returns: Any, merge: Any, code: str, message: str
) -> None:
    finding = error_of(registry_of(slots, returns, merge))
    assert finding.code == code
    assert message in finding.message
    assert finding.function == "change"
    assert finding.help
    assert finding.place is not None and finding.place.file == __file__


@pytest.mark.parametrize(
    ("slots", "returns", "merge", "slot", "mode"),
    [
        pytest.param(
            {"a": User, "b": list[User]},
            User,
            mizan.Merge("c", mode="update"),
            "b",
            "update",
            id="update means the list",
        ),
        pytest.param(
            {"a": User, "b": list[User]},
            User,
            mizan.Merge("c", mode="upsert", at="start"),
            "b",
            "upsert",
            id="upsert",
        ),
        pytest.param(
            {"a": User, "b": User}, User, mizan.Merge("c", "b"), "b", "replace", id="rank 0"
        ),
        pytest.param(
            {"a": User}, Name, mizan.Merge("c", "a", mode="patch"), "a", "patch", id="patch"
        ),
        pytest.param(
            {"a": list[User]},
            Removed,
            mizan.Merge("c", "a", mode="remove"),
            "a",
            "remove",
            id="remove",
        ),
        pytest.param(
            {"a": User}, Wrapped, mizan.Merge("c", value="user"), "a", "replace", id="a part"
        ),
        pytest.param(
            {"a": list[User]},
            Wrapped,
            mizan.Merge("c", value="users"),
            "a",
            "replace",
            id="a list in it",
        ),
        pytest.param(
            {"a": int},
            Wrapped,
            mizan.Merge("c", "a", value="count"),
            "a",
            "replace",
            id="equal structure",
        ),
    ],
)
def test_h14_what_is_declared_narrows_the_search(
    slots: dict[str, Any], returns: Any, merge: Any, slot: str, mode: str
) -> None:
    [found] = merges_of(registry_of(slots, returns, merge))
    assert (found.slot, found.mode) == (slot, mode)


def test_an_ambiguous_merge_lists_its_candidates_and_where_they_stand() -> None:
    text = str(error_of(registry_of({"a": User, "b": User}, User, "c")))
    assert text.startswith(f"E201 change ({__file__}:")
    assert text.count('candidate "') == 2
    assert 'help: name one: mizan.Merge("c", slot="a")' in text


def test_the_key_of_the_query_recognises_the_items() -> None:
    registry = mizan.Registry()

    @registry.client(context="c", key=["text"])
    def notes() -> list[Keyless]:
        return []

    @registry.client(merge="c")
    def change() -> Keyless:
        return Keyless(text="")

    assert merges_of(registry)[0].key == ("text",)


def test_w220_a_list_that_the_merge_leaves_untouched_is_a_warning() -> None:
    slots = {"profile": User, "friends": list[User]}
    [warning] = registry_of(slots, User, "c").check().warnings
    assert (warning.code, warning.function) == ("W220", "change")
    assert '"friends"' in warning.message
    both = [mizan.Merge("c"), mizan.Merge("c", mode="update")]
    assert registry_of(slots, User, both).check().warnings == ()


def test_e210_a_merge_that_leaves_a_param_of_its_slot_unbound_is_refused() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def profile(user_id: int, lang: str = "en") -> User:
        raise AssertionError

    @registry.client(merge="c")
    def change(user_id: int) -> User:
        raise AssertionError

    finding = error_of(registry)
    assert (finding.code, '"lang" of profile' in finding.message) == ("E210", True)


def test_e210_an_item_is_the_same_under_every_filter_and_on_every_page() -> None:
    registry = mizan.Registry()

    @registry.client(context="c", pagination=mizan.cursor_pages())
    def users(team_id: int, cursor: str | None = None, active: bool | None = None) -> UserPage:
        raise AssertionError

    @registry.client(merge="c")
    def change(team_id: int) -> User:
        raise AssertionError

    [merge] = merges_of(registry)
    assert (merge.mode, list(merge.params)) == ("update", ["team_id"])
