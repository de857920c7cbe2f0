"""Auto-scoping, explicit sources and scopes (protocol 2.4)."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, Field

import mizan
from mizan.function import AffectTarget, Source
from mizan.names import GENERIC

from .findings import error_of
from .models import User


class Owner(BaseModel):
    id: int


class Ticket(BaseModel):
    owner: Owner
    kind: Literal["open", "closed"]


class TransferForm(BaseModel):
    user_id: int


def with_orders() -> mizan.Registry:
    registry = mizan.Registry()

    @registry.client(context="orders")
    def orders(user_id: int, lang: str | None = None, page: int = 1) -> list[User]:
        raise AssertionError

    return registry


def affects_of(registry: mizan.Registry) -> tuple[AffectTarget, ...]:
    return registry.check().functions["change"].affects


def test_a_param_is_bound_where_name_and_schema_are_equal() -> None:
    registry = with_orders()

    @registry.client(affects="orders")
    def change(user_id: int, lang: str, other: int) -> None: ...

    [affect] = affects_of(registry)
    # `lang` is of another schema here, so it narrows nothing: the invalidation is wider, and right.
    assert affect.params == {"user_id": Source("input", ("user_id",))}


def test_docs_and_defaults_do_not_make_two_schemas_different_but_bounds_do() -> None:
    registry = with_orders()

    @registry.client(affects="orders")
    def change(user_id: Annotated[int, Field(description="Whose?", title="User")]) -> None: ...

    assert "user_id" in affects_of(registry)[0].params
    registry = with_orders()

    @registry.client(affects="orders", name="change")
    def bounded(user_id: Annotated[int, Field(ge=1)]) -> None: ...

    assert affects_of(registry)[0].params == {}


def test_w310_a_generic_name_is_not_bound_and_the_warning_says_how() -> None:
    registry = with_orders()

    @registry.client(affects="orders")
    def change(user_id: int, page: int) -> None: ...

    [affect] = affects_of(registry)
    [warning] = registry.check().warnings
    assert list(affect.params) == ["user_id"]
    assert (warning.code, warning.function) == ("W310", "change")
    assert 'params=["page"]' in str(warning)


def test_w310_is_quiet_where_the_params_are_said() -> None:
    registry = with_orders()

    @registry.client(affects=mizan.Affects("orders", params=["page", "user_id"]))
    def change(user_id: int, page: int) -> None: ...

    # In the order of the context's params: that of the bindings has no meaning.
    assert list(affects_of(registry)[0].params) == ["user_id", "page"]
    assert registry.check().warnings == ()


def test_no_params_at_all_is_the_whole_context() -> None:
    registry = with_orders()

    @registry.client(affects=mizan.Affects("orders", params=[]))
    def change(user_id: int) -> None: ...

    assert affects_of(registry) == (AffectTarget("orders"),)


def test_the_generic_names_are_those_of_the_generator(generator_names: frozenset[str]) -> None:
    assert GENERIC == generator_names


@pytest.fixture
def generator_names() -> frozenset[str]:
    import re
    from pathlib import Path

    source = Path(__file__).parents[3] / "src" / "ir" / "verify" / "generic-names.ts"
    return frozenset(re.findall(r'^  "(\w+)",$', source.read_text(), re.MULTILINE))


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        pytest.param(
            "form.user_id", Source("input", ("form", "user_id")), id="a path in the input"
        ),
        pytest.param(
            mizan.from_input(["form", "user_id"]),
            Source("input", ("form", "user_id")),
            id="a list of steps",
        ),
        pytest.param(
            mizan.from_result("owner.id"), Source("result", ("owner", "id")), id="of the result"
        ),
        pytest.param(mizan.const(7), Source("const", value=7), id="a constant"),
        pytest.param(mizan.from_server(), Source("server"), id="known to the server"),
    ],
)
def test_a_source_may_be_said(source: Any, bound: Source) -> None:
    registry = with_orders()

    @registry.client(affects=mizan.Affects("orders", params={"user_id": source}))
    def change(form: TransferForm) -> Ticket:
        raise AssertionError

    assert affects_of(registry)[0].params == {"user_id": bound}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        pytest.param({"usr_id": "form.user_id"}, 'did you mean "user_id"', id="no such param"),
        pytest.param({"user_id": "form.usr_id"}, 'nothing at "form.usr_id"', id="no such input"),
        pytest.param(
            {"user_id": mizan.from_result("owner.name")}, "nothing at", id="no such result"
        ),
        pytest.param({"user_id": mizan.from_result("kind")}, "another type", id="another type"),
        pytest.param(
            {"user_id": mizan.const("7")}, "no value of the param", id="a constant of another type"
        ),
        pytest.param({"user_id": mizan.const(None)}, "no value of the param", id="a constant null"),
        pytest.param(["user_id"], 'nothing at "user_id"', id="not at the top of the input"),
    ],
)
def test_e211_a_source_that_does_not_fit_is_refused(params: Any, message: str) -> None:
    registry = with_orders()

    @registry.client(affects=mizan.Affects("orders", params=params))
    def change(form: TransferForm) -> Ticket:
        raise AssertionError

    finding = error_of(registry)
    assert finding.code == "E211"
    assert message in finding.message


def test_e211_compares_types_not_bounds() -> None:
    registry = with_orders()

    @registry.client(affects=mizan.Affects("orders", params=["user_id", "lang"]))
    def change(user_id: Annotated[int, Field(ge=1)], lang: Literal["en", "de"]) -> None: ...

    assert list(affects_of(registry)[0].params) == ["user_id", "lang"]


def test_e220_affects_names_a_context_that_is_there() -> None:
    registry = with_orders()

    @registry.client(affects="order")
    def change() -> None: ...

    finding = error_of(registry)
    assert (finding.code, 'did you mean "orders"' in finding.message) == ("E220", True)


def test_the_params_of_a_view_bind_like_an_input() -> None:
    registry = with_orders()

    @registry.view("/users/{user_id}/archive", method="POST", produces="text/csv", affects="orders")
    def change(user_id: int) -> str:
        return ""

    assert list(affects_of(registry)[0].params) == ["user_id"]


def test_scopes_are_the_sets_of_params_that_targets_use() -> None:
    registry = with_orders()
    registry.context("orders", scopes=[["lang"]])

    @registry.client(context="books")
    def book(book_id: UUID) -> User:
        raise AssertionError

    @registry.client(affects=["orders", "books", "*"])
    def change(user_id: int) -> None: ...

    @registry.client(affects="orders")
    def change_all() -> None: ...

    contexts = registry.check().contexts
    assert contexts["orders"].scopes == ((), ("lang",), ("user_id",))
    assert contexts["books"].scopes == ((),)


def test_w221_a_mutation_that_changes_nothing_on_the_screen_is_a_warning() -> None:
    registry = with_orders()

    @registry.client()
    def rename() -> User:
        raise AssertionError

    @registry.client()
    def ping() -> None: ...

    @registry.client(session="change")
    def login() -> User:
        raise AssertionError

    assert [(each.code, each.function) for each in registry.check().warnings] == [
        ("W221", "rename")
    ]
