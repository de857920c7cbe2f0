"""`paths`: the same endpoints for plain OpenAPI tools. Nothing here depends on the extensions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..context import Context
from ..contract import Contract
from ..error import Error
from ..function import Function, Param
from ..names import pascal_case
from ..schemas import Schemas
from .entries import below, param_schema
from .meta import owner_of
from .protocol_schemas import reference

Json = dict[str, Any]

_PROBLEM_JSON = "application/problem+json"
_MEDIA_TYPES = {
    "json": "application/json",
    "multipart": "multipart/form-data",
    "form": "application/x-www-form-urlencoded",
}


def paths_of(contract: Contract) -> Json:
    """Contexts, calls, views, session, in that order."""
    paths: Json = {
        below(contract.base, context.path): {"get": _read(context, contract)}
        for context in contract.contexts.values()
    }
    for function in contract.mutations:
        paths[below(contract.base, f"/call/{function.name}")] = {"post": _call(function, contract)}
    for function in contract.views:
        path = paths.setdefault(below(contract.base, function.path or ""), {})
        path[(function.method or "GET").lower()] = _view(function, contract)
    if contract.session_path is not None:
        paths[below(contract.base, contract.session_path)] = {"get": _session()}
    return paths


def bundles_of(contract: Contract) -> Json:
    """Components that hold the answers of contexts."""
    components: Json = {}
    for context in contract.contexts.values():
        bundle, envelope = bundle_names(context.name)
        components[bundle] = {
            "type": "object",
            "properties": {
                each.slot: contract.schemas.of_output(each.name) for each in context.functions
            },
        }
        components[envelope] = {
            "type": "object",
            "required": ["mizan", "context", "data"],
            "properties": {
                "mizan": {"const": 1},
                "context": {"const": context.name},
                "params": reference("MizanParams"),
                "rev": {"type": "integer"},
                "data": reference(bundle),
                "errors": {
                    "type": "object",
                    "additionalProperties": reference("MizanProblem"),
                },
            },
        }
    return components


def bundle_names(context: str) -> tuple[str, str]:
    """`UserBundle`, `UserBundleEnvelope`."""
    name = f"{pascal_case(context)}Bundle"
    return name, f"{name}Envelope"


def security_schemes(contract: Contract) -> Json:
    """How a client says who it is: by the session's cookie, or by a token where there is no session."""
    if contract.session_path is None:
        return {"bearer": {"type": "http", "scheme": "bearer"}}
    cookie = contract.settings.session_cookie
    return {"session": {"type": "apiKey", "in": "cookie", "name": cookie}}


def _read(context: Context, contract: Contract) -> Json:
    errors = [error for each in context.functions for error in _declared(each, contract.schemas)]
    return {
        "operationId": f"ctx_{context.name}",
        "tags": ["mizan:context"],
        **_deprecation(context.deprecated),
        "x-mizan-context": context.name,
        "parameters": [
            _parameter(owner_of(context, each).name, each, contract.schemas)
            for each in context.params
        ],
        "responses": {
            "200": _answer("Bundle", reference(bundle_names(context.name)[1])),
            **_problems(errors),
        },
        "security": _security({each.auth.mode for each in context.functions}, contract),
    }


def _call(function: Function, contract: Contract) -> Json:
    output = contract.schemas.of_output(function.name)
    answer = {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {"type": "null"} if output is None else output,
            "invalidate": {"type": "array", "items": reference("MizanInvalidate")},
            "merge": {"type": "array", "items": reference("MizanMerge")},
            "redirect": {"type": "string"},
        },
    }
    return {
        "operationId": f"call_{function.name}",
        "tags": ["mizan:call"],
        **_deprecation(function.deprecated),
        "x-mizan-function": function.name,
        **_body(function, contract.schemas),
        "responses": {
            "200": _answer("Result", answer),
            **_problems(_declared(function, contract.schemas)),
        },
        "security": _security({function.auth.mode}, contract),
    }


def _view(function: Function, contract: Contract) -> Json:
    content = {
        media_type: {"schema": {"type": "string", "contentMediaType": media_type}}
        for media_type in function.produces
    }
    first = function.produces[0].partition("/")[2]
    return {
        "operationId": function.name,
        "tags": ["mizan:view"],
        **_deprecation(function.deprecated),
        "x-mizan-function": function.name,
        "parameters": [
            _parameter(function.name, each, contract.schemas) for each in function.params
        ],
        **_body(function, contract.schemas),
        "responses": {
            "200": {"description": first.upper(), "content": content},
            **_problems(_declared(function, contract.schemas)),
        },
        "security": _security({function.auth.mode}, contract),
    }


def _session() -> Json:
    return {
        "operationId": "session",
        "tags": ["mizan:session"],
        "responses": {"200": _answer("Session", reference("MizanSession"))},
        "security": [],
    }


def _deprecation(deprecated: object) -> Json:
    return {} if deprecated is False else {"deprecated": True}


def _body(function: Function, schemas: Schemas) -> Json:
    schema = schemas.of_input(function.name)
    if schema is None:
        return {}
    content = {_MEDIA_TYPES[function.encoding]: {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def _parameter(function: str, param: Param, schemas: Schemas) -> Json:
    parameter: Json = {"name": param.name, "in": param.location, "required": param.required}
    schema = param_schema(function, param, schemas)
    if param.encoding == "json":
        return {**parameter, "content": {"application/json": {"schema": schema}}}
    parameter["schema"] = schema
    if param.codec.endswith("[]"):
        parameter |= {"style": "form", "explode": True}
    return parameter


def _declared(function: Function, schemas: Schemas) -> list[tuple[type[Error], Json]]:
    """The errors of a function, each with the schema of its problem."""
    declared: list[tuple[type[Error], Json]] = []
    for code, error in function.errors.items():
        properties: Json = {"code": {"const": code}}
        data = schemas.of_error(function.name, code)
        if data is not None:
            properties["data"] = data
        problem = [reference("MizanProblem"), {"type": "object", "properties": properties}]
        declared.append((error, {"allOf": problem}))
    return declared


def _problems(declared: Iterable[tuple[type[Error], Json]]) -> Json:
    """Declared errors by status, those of one status side by side; and whatever else may go wrong."""
    by_status: dict[int, dict[str, Json]] = {}
    for error, schema in declared:
        by_status.setdefault(error.status, {})[error.code] = schema
    problems: Json = {}
    for status, schemas in sorted(by_status.items()):
        [*several] = schemas.values()
        schema = several[0] if len(several) == 1 else {"oneOf": several}
        problems[str(status)] = _problem(", ".join(schemas), schema)
    return {**problems, "default": _problem("Problem", reference("MizanProblem"))}


def _answer(description: str, schema: Any) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str, schema: Any) -> Json:
    return {"description": description, "content": {_PROBLEM_JSON: {"schema": schema}}}


def _security(modes: set[str], contract: Contract) -> list[Json]:
    """Empty: nobody is asked. With an empty item: a visitor may come too."""
    [scheme] = security_schemes(contract)
    if "required" in modes:
        return [{scheme: []}]
    return [{scheme: []}, {}] if "optional" in modes else []
