"""Declared functions: what is read from annotations, and what is refused before the first request."""

from __future__ import annotations

import collections.abc
import dataclasses
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, SecretStr, ValidationError
from typing_extensions import TypedDict

import mizan
from mizan.function import MISSING, FileField

from .findings import error_of, errors_of
from .models import User

if TYPE_CHECKING:
    from collections.abc import Callable


class Colour(Enum):
    RED = "red"


class Point(NamedTuple):
    x: int
    y: int


class Box(TypedDict):
    width: int


@dataclass
class Shape:
    points: list[Point]
    colour: Colour = Colour.RED


class Upload(BaseModel):
    title: str
    cover: Annotated[mizan.File, mizan.FileLimits(max_bytes=10)]


class Row:
    """An ORM's row: attributes, no dict."""

    id = 7
    name = "Rumi"


def test_t12_h10_the_metadata_of_one_function_does_not_leak_into_another() -> None:
    first, second = mizan.Registry(), mizan.Registry()
    targets: list[mizan.Affects | str] = ["*"]

    def shared(user_id: int) -> None: ...

    first.client(affects=targets, summary="First")(shared)
    second.client(name="other")(shared)
    plain = first.client()(_named("plain"))
    targets.append("nowhere")
    one, two = first.check().functions["shared"], second.check().functions["other"]
    assert (one.affects[0].context, len(one.affects), one.summary) == ("*", 1, "First")
    assert (two.affects, two.summary) == ((), None)
    assert first.check().functions["plain"].affects == ()
    assert vars(shared) == {} and vars(plain) == {}
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.summary = "changed"  # type: ignore[misc]


def _named(name: str) -> Callable[[], None]:
    def function() -> None: ...

    function.__name__ = name
    return function


def test_a_declared_function_stays_what_it_was() -> None:
    registry = mizan.Registry()

    @registry.client()
    def add(a: int, b: int) -> int:
        return a + b

    assert add(1, 2) == 3


def test_sync_and_async_functions_are_told_apart() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    async def one() -> int:
        return 1

    @registry.client(context="c")
    def two() -> int:
        return 2

    functions = registry.check().functions
    assert (functions["one"].is_async, functions["two"].is_async) == (True, False)


def test_the_request_is_given_and_no_part_of_the_contract() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def query(request: mizan.Request, page: int = 1) -> int:
        return page

    @registry.client()
    def change(name: str, http: mizan.Request) -> None: ...

    functions = registry.check().functions
    assert functions["query"].request_param == "request"
    assert [each.name for each in functions["query"].params] == ["page"]
    assert functions["change"].request_param == "http"
    assert functions["change"].input_names == ("name",)


def test_types_of_every_kind_are_read_from_annotations() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def many(
        colour: Colour,
        at: datetime,
        id: UUID,
        price: Decimal,
        box: Box,
        shape: Shape,
        names: list[str] = [],  # noqa: B006
        page: int = Field(1, ge=1),
        size: Annotated[int, Field(le=100)] = 10,
        other: Annotated[int, Field(default=5)] = 5,
    ) -> dict[str, list[Point]]:
        return {}

    contract = registry.check()
    params = {each.name: each for each in contract.functions["many"].params}
    assert params["page"].default == 1
    assert params["colour"].default is MISSING and params["colour"].required
    assert contract.schemas.of_param("many", "size") == {"maximum": 100, "type": "integer"}
    assert contract.schemas.of_param("many", "page")["minimum"] == 1
    assert params["shape"].adapter.validate_python({"points": [[1, 2]]}) == Shape([Point(1, 2)])
    assert params["box"].adapter.validate_python({"width": 1}) == {"width": 1}
    assert contract.schemas.of_output("many") == {
        "additionalProperties": {
            "items": {"$ref": "#/components/schemas/Point"},
            "type": "array",
        },
        "type": "object",
    }


def test_classes_of_the_surrounding_function_may_be_named() -> None:
    registry = mizan.Registry()

    class Local(BaseModel):
        id: int

    @registry.client(context="c")
    def local() -> Local:
        return Local(id=1)

    assert registry.check().functions["local"].dump_output(Local(id=1)) == {"id": 1}


def test_h15_a_nullable_output_is_told_and_null_is_answered() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def maybe() -> User | None:
        return None

    @registry.client(context="c")
    def always() -> User:
        raise AssertionError

    functions = registry.check().functions
    assert functions["maybe"].output_nullable and not functions["always"].output_nullable
    assert functions["maybe"].dump_output(None) is None
    with pytest.raises(ValidationError):
        functions["always"].dump_output(None)


def test_m19_a_list_is_answered_as_a_bare_array() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def users() -> list[User]:
        return []

    contract = registry.check()
    assert contract.functions["users"].dump_output([Row()]) == [{"id": 7, "name": "Rumi"}]
    assert contract.schemas.of_output("users")["type"] == "array"


def test_m11_an_answer_that_is_not_what_the_annotation_says_is_an_error() -> None:
    registry = mizan.Registry()

    @registry.client()
    def count() -> int:
        return 1

    function = registry.check().functions["count"]
    assert function.dump_output(1) == 1
    with pytest.raises(ValidationError):
        function.dump_output("many")


@pytest.mark.parametrize("returns", [int, User, None, dict])
def test_m11_a_view_says_that_it_returns_text_bytes_or_a_response(returns: Any) -> None:
    registry = mizan.Registry()

    def page() -> Any: ...

    page.__annotations__["return"] = returns
    registry.view("/page", produces="text/html")(page)
    assert "a view returns str, bytes, mizan.Response" in error_of(registry).message


def test_m12_a_context_is_private_until_it_is_declared_public() -> None:
    registry = mizan.Registry()

    @registry.client(context="catalog", auth="none")
    def books() -> list[str]:
        return []

    @registry.client(context="user")
    def user(user_id: int) -> User:
        raise AssertionError

    registry.context("user", ttl=60)
    contexts = registry.check().contexts
    assert (contexts["catalog"].cache.scope, contexts["catalog"].cache.ttl) == ("private", 0)
    assert (contexts["user"].cache.scope, contexts["user"].cache.ttl) == ("private", 60)


def test_m12_e130_a_public_context_asks_nobody_who_they_are() -> None:
    registry = mizan.Registry()
    registry.context("catalog", cache="public", ttl=300)

    @registry.client(context="catalog")
    def books() -> list[str]:
        return []

    finding = error_of(registry)
    assert (finding.code, '"books" asks who is calling' in finding.message) == ("E130", True)


def test_functions_ask_for_a_user_unless_they_say_otherwise() -> None:
    registry = mizan.Registry()

    @registry.client()
    def one() -> None: ...

    @registry.client(auth=mizan.Auth("optional", permissions=("shop.buy",)))
    def two() -> None: ...

    functions = registry.check().functions
    assert functions["one"].auth.mode == "required"
    assert functions["two"].auth == mizan.Auth("optional", ("shop.buy",))


def test_files_are_found_with_their_limits_also_in_models_and_lists() -> None:
    registry = mizan.Registry()
    limits = mizan.FileLimits(max_bytes=5, max_count=2, accept=("image/png",))

    @registry.client()
    def send(
        image: mizan.File,
        pages: Annotated[list[mizan.File], limits],
        upload: Upload,
        extra: mizan.File | None = None,
    ) -> None: ...

    function = registry.check().functions["send"]
    assert function.encoding == "multipart"
    assert function.files == (
        FileField(("image",)),
        FileField(("pages",), True, 5, 2, ("image/png",)),
        FileField(("upload", "cover"), max_bytes=10),
        FileField(("extra",)),
    )


def test_arguments_may_have_the_names_of_pydantics_own_members() -> None:
    registry = mizan.Registry()

    @registry.client()
    def change(copy: int, schema: str, model_config: str = "x") -> None: ...

    function = registry.check().functions["change"]
    assert function.input_names == ("copy", "schema", "model_config")
    assert function.parse_input({"copy": "1", "schema": "s"}) == {
        "copy": 1,
        "schema": "s",
        "model_config": "x",
    }


def test_docs_come_from_the_docstring_unless_they_are_said() -> None:
    registry = mizan.Registry()

    @registry.client()
    def one() -> None:
        """Does one thing.

        And says how.
        """

    @registry.client(summary="Two.")
    def two() -> None:
        """Something else."""

    functions = registry.check().functions
    assert (functions["one"].summary, functions["one"].description) == (
        "Does one thing.",
        "And says how.",
    )
    assert functions["two"].summary == "Two."


def test_everything_that_is_wrong_is_said_at_once_with_place_cause_and_way_out() -> None:
    registry = mizan.Registry()

    @registry.client()
    def one(name) -> None: ...  # type: ignore[no-untyped-def]

    @registry.client()
    def two():  # type: ignore[no-untyped-def]
        ...

    @registry.client()
    def three(*names: str) -> None: ...

    findings = errors_of(registry)
    assert [each.function for each in findings] == ["one", "two", "three"]
    assert [each.message for each in findings] == [
        '"name" has no annotation',
        "has no return annotation",
        "takes *names, which has no names to call it by",
    ]
    for finding in findings:
        assert finding.place is not None and finding.place.file == __file__
        assert finding.help
    with pytest.raises(mizan.RegistryError, match="3 errors in the declared functions"):
        registry.check()


def _declare(function: Any, **options: Any) -> mizan.Registry:
    registry = mizan.Registry()
    registry.client(**options)(function)
    return registry


def _generator() -> Any:
    yield 1


def _positional(a: int, /) -> None: ...


def _callable_argument(call: Callable[[], None]) -> None: ...


def _unknown_type(a: object) -> complex:
    return 1j


def _file_answer() -> mizan.File:
    raise AssertionError


def _file_query(image: mizan.File) -> int:
    return 1


def _nothing(page: int) -> None: ...


def _ok(page: int) -> int:
    return page


def _self(self, page: int) -> int:  # type: ignore[no-untyped-def]
    return page


def _aliased(start: Annotated[int, Field(alias="from")]) -> None: ...


def _view(
    name: str, path: str = "/x", produces: Any = "text/csv", **options: Any
) -> mizan.Registry:
    registry = mizan.Registry()

    def function(request: mizan.Request | None) -> str:
        return ""

    registry.view(path, produces=produces, name=name, **options)(function)
    return registry


def then() -> None: ...


def test_a_type_without_a_schema_is_refused_with_the_place_of_its_function() -> None:
    registry = mizan.Registry()

    def change(call: Any) -> None: ...

    change.__annotations__["call"] = collections.abc.Callable[[], int]
    registry.client()(change)
    registry.client(context="c", name="fine")(_ok)
    finding = error_of(registry)
    assert finding.message.startswith("the input has no JSON Schema")
    assert finding.place is not None and finding.place.file == __file__


@pytest.mark.parametrize(
    ("registry", "message", "code"),
    [
        pytest.param(_declare(_generator), "is a generator", None, id="generator"),
        pytest.param(
            _declare(_positional), "only be given by position", None, id="positional only"
        ),
        pytest.param(
            _declare(_callable_argument), "annotation 'Callable'", None, id="TYPE_CHECKING"
        ),
        pytest.param(_declare(_file_answer), "answers with a file", None, id="file as answer"),
        pytest.param(_declare(_file_query, context="c"), "is a file", None, id="file in a query"),
        pytest.param(
            _declare(_nothing, context="c"),
            "a query returns something",
            None,
            id="query of nothing",
        ),
        pytest.param(_declare(_self), '"self" has no annotation', None, id="method"),
        pytest.param(_declare(then), '"then" cannot be the name', "E102", id="P8 then"),
        pytest.param(
            _declare(_ok, name="_x"), '"_x" cannot be the name', "E102", id="P8 underscore"
        ),
        pytest.param(
            _declare(_ok, name="ok", context="c d"), '"c d" cannot be', "E102", id="P8 context"
        ),
        pytest.param(
            _declare(_ok, name="ok", context="c", slot="toJSON"), "toJSON", "E102", id="P8 slot"
        ),
        pytest.param(
            _declare(_ok, name="ok", context="c", affects="*"),
            "changes nothing",
            None,
            id="query affects",
        ),
        pytest.param(
            _declare(_ok, name="ok", key="id"), 'has no "key"', None, id="mutation with key"
        ),
        pytest.param(_declare(_aliased), 'has the alias "from"', None, id="alias"),
        pytest.param(_view("ctx_user"), "an operation of the protocol", "E102", id="view ctx_"),
        pytest.param(_view("session"), "an operation of the protocol", "E102", id="view session"),
        pytest.param(_view("ok", "/ctx/x"), "belongs to the protocol", None, id="view below ctx"),
        pytest.param(_view("ok", "//x"), 'the path "//x" is none', None, id="view path"),
        pytest.param(_view("ok", produces=()), "what it produces", None, id="view produces"),
        pytest.param(_view("ok", affects="*"), "a GET changes nothing", None, id="view affects"),
        pytest.param(
            _declare(_ok, name="ok", context="c", pagination=mizan.cursor_pages()),
            'pages by the param "cursor"',
            "E140",
            id="no such page param",
        ),
    ],
)
def test_a_declaration_that_cannot_be_a_contract_is_refused(
    registry: mizan.Registry, message: str, code: str | None
) -> None:
    findings = errors_of(registry)
    assert any(message in each.message and each.code == code for each in findings), findings


def test_e231_a_form_names_what_is_there() -> None:
    registry = mizan.Registry()
    options = mizan.FormOptions(at="upload", fields={"titel": mizan.FormField()}, initial="nowhere")
    registry.client(form=options, name="upload")(_upload)
    findings = errors_of(registry)
    assert [each.code for each in findings] == ["E231", "E231"]
    assert 'did you mean "title"' in findings[0].message
    assert "no query" in findings[1].message
    assert error_of(_declare(_upload, name="upload", form="uplaod")).code == "E231"


def _upload(upload: Upload) -> None: ...


def test_e101_names_that_fall_together_in_typescript_are_refused() -> None:
    registry = mizan.Registry()
    registry.client(name="rename_user")(_named("a"))
    registry.client(name="renameUser")(_named("b"))
    registry.client(name="ping")(_named("c"))
    registry.client(name="ping")(_named("d"))
    assert [(each.code, each.function) for each in errors_of(registry)] == [
        ("E101", "renameUser"),
        ("E101", "ping"),
    ]


def test_e110_params_of_one_name_are_one_param() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def one(user_id: int) -> int:
        return 1

    @registry.client(context="c")
    def two(user_id: str) -> int:
        return 2

    finding = error_of(registry)
    assert (finding.code, "another schema than in one" in finding.message) == ("E110", True)


def test_a_param_that_one_function_requires_is_required_by_the_context() -> None:
    registry = mizan.Registry()

    @registry.client(context="c")
    def one(lang: str = "en") -> int:
        return 1

    @registry.client(context="c")
    def two(lang: str) -> int:
        return 2

    [context] = registry.check().contexts.values()
    assert [(each.name, each.required) for each in context.params] == [("lang", True)]
    assert context.arguments(context.functions[0], {"lang": "de", "more": 1}) == {"lang": "de"}


def test_p5_two_types_of_one_name_are_refused() -> None:
    registry = mizan.Registry()

    def again() -> Any: ...

    again.__annotations__["return"] = type("User", (BaseModel,), {"__annotations__": {"id": int}})
    registry.client(context="c")(again)

    @registry.client(context="c")
    def one() -> User:
        raise AssertionError

    finding = error_of(registry)
    assert finding.message == '2 different types would be the component "User"'
    assert "tests.models.User" in finding.related


def test_p5_the_bundle_of_a_context_and_the_protocol_have_their_names() -> None:
    registry = mizan.Registry()
    registry.client(context="user")(_returns("UserBundle"))
    registry.client(context="user")(_returns("MizanThing"))
    assert [each.message for each in errors_of(registry)] == [
        'the type "MizanThing" has a name of the protocol, which begins with "Mizan"',
        'the type "UserBundle" has the name of the bundle of the context "user"',
    ]


def _returns(name: str) -> Callable[[], Any]:
    function = _named(name.lower())
    function.__annotations__["return"] = type(name, (BaseModel,), {"__annotations__": {"id": int}})
    return function


def test_a_context_that_no_query_belongs_to_is_a_slip_of_the_pen() -> None:
    registry = mizan.Registry()
    registry.context("catalogue", cache="public")
    registry.client(context="catalog", auth="none", name="books")(_ok)
    finding = error_of(registry)
    assert 'no query belongs to the context "catalogue"; did you mean "catalog"?' in finding.message
    assert finding.place is not None and finding.place.file == __file__


def test_w140_a_paged_query_with_company_is_a_warning() -> None:
    registry = mizan.Registry()

    @registry.client(context="c", pagination=mizan.numbered_pages(items="rows", total=None))
    def rows(page: int = 1) -> dict[str, list[int]]:
        return {}

    @registry.client(context="c")
    def other() -> int:
        return 1

    assert [each.code for each in registry.check().warnings] == ["W140"]


def test_declaring_after_the_start_is_refused() -> None:
    registry = mizan.Registry()
    registry.client()(_named("one"))
    registry.freeze()
    with pytest.raises(RuntimeError, match="declared after the server has started"):
        registry.client()(_named("two"))


def test_a_module_that_is_loaded_again_declares_the_same_functions() -> None:
    registry = mizan.Registry()
    source = "@registry.client()\ndef ping() -> None: ...\n"
    for _ in range(2):
        exec(compile(source, "shop.py", "exec"), {"registry": registry})
    assert list(registry.check().functions) == ["ping"]


def test_the_default_registry_is_there_for_apps_that_need_only_one() -> None:
    assert mizan.client.__func__ is mizan.Registry.client  # type: ignore[attr-defined]
    assert mizan.client.__self__ is mizan.default_registry  # type: ignore[attr-defined]


def test_secrets_and_64_bit_integers_travel_as_text() -> None:
    registry = mizan.Registry()

    @registry.client()
    def change(id: mizan.Int64, password: SecretStr = SecretStr("default")) -> mizan.Int64:
        return id

    contract = registry.check()
    function = contract.functions["change"]
    arguments = function.parse_input({"id": "9223372036854775807", "password": "x"})
    assert arguments["id"] == 2**63 - 1
    assert function.dump_output(2**63 - 1) == "9223372036854775807"
    assert contract.schemas.components["ChangeInput"]["properties"] == {
        "id": {"format": "int64", "type": "string"},
        "password": {"format": "password", "type": "string"},
    }
