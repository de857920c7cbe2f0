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
from .entries import below, docs_of, param_schema
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
            "properties": {
                each.slot: contract.schemas.of_output(each.name) for each in context.functions
            },
            "type": "object",
        }
        components[envelope] = {
            "properties": {
                "mizan": {"const": 1},
                "context": {"const": context.name},
                "params": reference("MizanParams"),
                "rev": {"type": "integer"},
                "data": reference(bundle),
                "errors": {
                    "additionalProperties": reference("MizanProblem"),
                    "type": "object",
                },
            },
            "required": ["mizan", "context", "data"],
            "type": "object",
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
    operation: Json = {"operationId": f"ctx_{context.name}", "tags": ["mizan:context"]}
    if context.summary is not None:
        operation["summary"] = context.summary
    if context.description is not None:
        operation["description"] = context.description
    if context.deprecated is not False:
        operation["deprecated"] = True
    operation["x-mizan-context"] = context.name
    if context.params:
        operation["parameters"] = [
            _parameter(owner_of(context, each.name, each).name, each, contract.schemas)
            for each in context.params
        ]
    operation["responses"] = {
        "200": _answer("Bundle", reference(bundle_names(context.name)[1])),
        "default": _problem("Problem", reference("MizanProblem")),
    }
    modes = {each.auth.mode for each in context.functions}
    operation["security"] = _security(modes, contract)
    return operation


def _call(function: Function, contract: Contract) -> Json:
    operation = _operation(f"call_{function.name}", "mizan:call", function)
    body = contract.schemas.of_input(function.name)
    if body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {_MEDIA_TYPES[function.encoding]: {"schema": body}},
        }
    output = contract.schemas.of_output(function.name)
    answer = {
        "properties": {
            "result": {"type": "null"} if output is None else output,
            "invalidate": {"items": reference("MizanInvalidate"), "type": "array"},
            "merge": {"items": reference("MizanMerge"), "type": "array"},
            "redirect": {"type": "string"},
        },
        "required": ["result"],
        "type": "object",
    }
    operation["responses"] = {"200": _answer("Result", answer), **_problems(function, contract.schemas)}
    operation["security"] = _security({function.auth.mode}, contract)
    return operation


def _view(function: Function, contract: Contract) -> Json:
    operation = _operation(function.name, "mizan:view", function)
    if function.params:
        operation["parameters"] = [
            _parameter(function.name, each, contract.schemas) for each in function.params
        ]
    body = contract.schemas.of_input(function.name)
    if body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {_MEDIA_TYPES[function.encoding]: {"schema": body}},
        }
    content = {media_type: {"schema": _content(media_type)} for media_type in function.produces}
    operation["responses"] = {
        "200": {"description": "Content", "content": content},
        **_problems(function, contract.schemas),
    }
    operation["security"] = _security({function.auth.mode}, contract)
    return operation


def _content(media_type: str) -> Json:
    text = media_type.startswith("text/")
    return {"type": "string"} if text else {"contentMediaType": media_type, "type": "string"}


def _session() -> Json:
    return {
        "operationId": "session",
        "tags": ["mizan:session"],
        "responses": {"200": _answer("Session", reference("MizanSession"))},
        "security": [],
    }


def _operation(operation_id: str, tag: str, function: Function) -> Json:
    docs = docs_of(function)
    operation: Json = {"operationId": operation_id, "tags": [tag]}
    operation |= {key: docs[key] for key in ("summary", "description") if key in docs}
    if function.deprecated is not False:
        operation["deprecated"] = True
    operation["x-mizan-function"] = function.name
    return operation


def _parameter(function: str, param: Param, schemas: Schemas) -> Json:
    parameter: Json = {"name": param.name, "in": param.location, "required": param.required}
    schema = param_schema(function, param, schemas)
    if param.encoding == "json":
        return {**parameter, "content": {"application/json": {"schema": schema}}}
    parameter["schema"] = schema
    if param.codec.endswith("[]"):
        parameter |= {"style": "form", "explode": True}
    return parameter


def _problems(function: Function, schemas: Schemas) -> Json:
    """Declared errors by status, and whatever else may go wrong."""
    by_status: dict[int, list[type[Error]]] = {}
    for error in function.errors.values():
        by_status.setdefault(error.status, []).append(error)
    problems: Json = {}
    for status in sorted(by_status):
        errors = by_status[status]
        shapes = [_error(function, each, schemas) for each in errors]
        schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
        problems[str(status)] = _problem(", ".join(each.code for each in errors), schema)
    return {**problems, "default": _problem("Problem", reference("MizanProblem"))}


def _error(function: Function, error: type[Error], schemas: Schemas) -> Json:
    properties: Json = {"code": {"const": error.code}}
    data = schemas.of_error(function.name, error.code)
    if data is not None:
        properties["data"] = data
    return {"allOf": [reference("MizanProblem"), {"properties": properties, "type": "object"}]}


def _answer(description: str, schema: Any) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str, schema: Any) -> Json:
    return {"description": description, "content": {_PROBLEM_JSON: {"schema": schema}}}


def _security(modes: Iterable[str], contract: Contract) -> list[Json]:
    """Empty: nobody is asked. With an empty item: a visitor may come too."""
    wanted = set(modes)
    if wanted == {"none"}:
        return []
    [scheme] = security_schemes(contract)
    return [{scheme: []}] if wanted == {"required"} else [{}, {scheme: []}]
