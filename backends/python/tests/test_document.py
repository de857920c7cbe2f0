"""The exported document: the strict form, true to the types, the same whoever writes it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import pytest
from openapi_spec_validator import validate as validate_openapi
from pydantic import Field

import mizan
from examples.bookshop.functions import bookshop
from mizan.document.build_document import build_document, contract_fingerprint, print_document
from mizan.document.reached_components import reached_components

from .kitchen_sink import kitchen_sink
from .models import User

ROOT = Path(__file__).parents[3]
STRICT_FORM = json.loads((ROOT / "docs/protocol/x-mizan-functions.schema.json").read_text())
BOOKSHOP = (ROOT / "backends/bookshop.openapi.json").read_text()
Json = dict[str, Any]


def bookshop_document() -> Json:
    shop: Any = None
    return build_document(bookshop(shop, producer="mizan-python").check())


def sink_document(**options: Any) -> Json:
    return build_document(kitchen_sink(**options).check())


DOCUMENTS = [
    pytest.param(bookshop_document, id="bookshop"),
    pytest.param(sink_document, id="kitchen sink"),
    pytest.param(
        lambda: sink_document(base="/", session_path=None), id="kitchen sink without session"
    ),
    pytest.param(lambda: build_document(mizan.Registry().check()), id="no function at all"),
]


@pytest.mark.parametrize("make", DOCUMENTS)
def test_the_document_has_the_strict_form_and_is_valid_openapi(make: Any) -> None:
    document = make()
    jsonschema.Draft202012Validator(STRICT_FORM).validate(document)
    validate_openapi(document)


@pytest.mark.parametrize("make", DOCUMENTS[:3])
def test_the_generator_has_nothing_to_say_about_it(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(print_document(make()))
    checked = subprocess.run(
        ["node", str(ROOT / "bin/mizan-gen.js"), "validate", "--strict", path.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout.partition(" (")[0]) == (
        0,
        "schema.json: no problems",
    ), checked.stdout + checked.stderr


def test_t10_the_bookshop_is_that_of_the_other_producers_but_for_its_producer() -> None:
    document = bookshop_document()
    assert document["x-mizan"]["producer"].startswith("mizan-python/")
    document["x-mizan"]["producer"] = json.loads(BOOKSHOP)["x-mizan"]["producer"]
    # As text: the order of members is the order of generated code.
    assert print_document(document) == BOOKSHOP


@pytest.mark.parametrize("make", DOCUMENTS)
def test_p1_everything_that_the_extensions_reach_is_reached_from_paths(make: Any) -> None:
    document = make()
    components = document["components"]["schemas"]
    of_extensions = reached_components(
        [document["x-mizan"], document["x-mizan-functions"]], components
    )
    assert of_extensions <= reached_components([document["paths"]], components)
    assert reached_components([document["paths"]], components) == set(components)


def test_p4_what_has_a_default_is_required_in_answers_only() -> None:
    schemas = sink_document()["components"]["schemas"]
    names = ["theme", "limit", "title", "parent"]
    assert schemas["Settings-Output"]["required"] == names
    assert "required" not in schemas["Settings-Input"]
    assert list(schemas["Settings-Output"]["properties"]) == names


def test_p7_no_secrets_no_paths_and_no_internal_functions() -> None:
    text = print_document(sink_document())
    assert "hunter2" not in text
    assert "secret_" not in text and "internal_only" not in text
    assert str(ROOT) not in text and "kitchen_sink.py" not in text
    [context] = [
        each
        for name, each in sink_document()["x-mizan"]["contexts"].items()
        if name == "user.settings"
    ]
    assert [each["name"] for each in context["params"]] == ["user_id", "at", "ids"]
    assert context["functions"] == ["settings", "age", "friends"]


def test_p2_p3_named_types_are_references_and_names_are_never_recased() -> None:
    entries = sink_document()["x-mizan-functions"]
    assert entries["save"]["input"] == {"$ref": "#/components/schemas/SaveInput"}
    assert entries["settings"]["params"][0]["name"] == "user_id"
    assert entries["settings"]["slot"] == "current"


def test_titles_that_only_repeat_a_name_are_left_out_and_others_kept() -> None:
    settings = sink_document()["components"]["schemas"]["Settings-Input"]
    assert "title" not in settings
    assert settings["description"] == "How a user wants it."
    assert settings["properties"]["title"] == {
        "default": "",
        "description": "Shown above.",
        "title": "The title",
        "type": "string",
    }


def test_paths_say_the_same_as_the_entries_below_the_base() -> None:
    document = sink_document()
    assert list(document["paths"]) == [
        "/api/ctx/catalog/",
        "/api/ctx/user.settings/",
        "/api/call/save",
        "/api/call/befriend",
        "/api/call/ban",
        "/api/call/login",
        "/api/call/send",
        "/api/report/{year}.pdf",
        "/api/report/{year}",
        "/api/session/",
    ]
    save = document["paths"]["/api/call/save"]["post"]
    assert [*save["responses"]] == ["200", "409", "default"]
    problem = save["responses"]["409"]["content"]["application/problem+json"]["schema"]
    assert len(problem["oneOf"]) == 2
    assert document["paths"]["/api/call/login"]["post"]["security"] == [{"session": []}, {}]
    send = document["paths"]["/api/call/send"]["post"]["requestBody"]["content"]
    assert list(send) == ["multipart/form-data"]
    upload = document["paths"]["/api/report/{year}"]["post"]["requestBody"]["content"]
    assert list(upload) == ["application/x-www-form-urlencoded"]
    filter_param = document["paths"]["/api/ctx/catalog/"]["get"]["parameters"][0]
    assert list(filter_param["content"]) == ["application/json"]


def test_m20_without_a_session_the_document_says_so() -> None:
    document = sink_document(session_path=None)
    assert document["x-mizan"]["session"] is None
    assert "/session/" not in document["paths"]
    assert list(document["components"]["securitySchemes"]) == ["bearer"]


def test_the_bytes_are_the_same_each_time() -> None:
    assert print_document(sink_document()) == print_document(sink_document())


def _fingerprint(**options: Any) -> str:
    registry = mizan.Registry(title="A", producer="x")

    @registry.client(context="user", **options)
    def user(id: int) -> User:
        raise AssertionError

    return contract_fingerprint(registry.check())


def test_p6_docs_do_not_change_the_fingerprint_and_the_contract_does() -> None:
    plain = _fingerprint()
    assert plain.startswith("sha256-") and len(plain) == len("sha256-") + 43
    assert _fingerprint(summary="Docs.", description="More.", tags=["a"], deprecated=True) == plain
    assert _fingerprint(optional=True) != plain
    assert _fingerprint(auth="none") != plain


def test_p6_the_order_of_functions_does_not_change_the_fingerprint() -> None:
    def registry(*names: str) -> mizan.Registry:
        made = mizan.Registry()
        for name in names:

            def query(user_id: int) -> User:
                raise AssertionError

            made.client(context="user", name=name)(query)
        return made

    one, two = registry("a", "b", "c"), registry("c", "a", "b")
    assert contract_fingerprint(one.check()) == contract_fingerprint(two.check())


def test_p6_a_member_that_is_called_title_is_no_documentation() -> None:
    one, two = mizan.Registry(), mizan.Registry()

    def by_title(title: int) -> None: ...

    def by_summary(summary: int) -> None: ...

    one.client(name="change")(by_title)
    two.client(name="change")(by_summary)
    assert contract_fingerprint(one.check()) != contract_fingerprint(two.check())


def test_internal_functions_do_not_change_the_fingerprint() -> None:
    registry = mizan.Registry()

    @registry.client(context="user")
    def user(id: int) -> User:
        raise AssertionError

    before = contract_fingerprint(registry.check())

    @registry.client(stability="internal", affects="user")
    def job() -> None: ...

    assert contract_fingerprint(registry.check()) == before


def test_p6_a_bound_beyond_what_a_double_holds_has_a_fingerprint_too() -> None:
    registry = mizan.Registry()

    @registry.client()
    def change(id: Annotated[int, Field(le=2**63 - 1)]) -> None: ...

    assert contract_fingerprint(registry.check()).startswith("sha256-")
