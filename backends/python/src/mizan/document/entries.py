"""`x-mizan-functions`: one entry for each function (protocol 2.2). What has its default value is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..contract import Contract
from ..function import (
    MISSING,
    AffectTarget,
    Auth,
    Deprecated,
    FileField,
    Form,
    Function,
    MergeTarget,
    Pagination,
    Param,
    Source,
)
from ..schema_generator import is_secret
from ..schemas import Schemas
from ..shape import Member, Shapes

Json = dict[str, Any]


def entries_of(contract: Contract) -> Json:
    """Entries by wire name, in the order of declaration."""
    shapes = Shapes(contract.schemas.components)
    return {
        name: _entry(function, contract, shapes) for name, function in contract.functions.items()
    }


def _entry(function: Function, contract: Contract, shapes: Shapes) -> Json:
    schemas = contract.schemas
    entry: Json = {"kind": function.kind}
    if function.kind == "query":
        entry["context"] = function.context
        if function.slot != function.name:
            entry["slot"] = function.slot
    if function.kind == "view":
        entry["method"] = function.method
        entry["path"] = below(contract.base, function.path or "")
    if function.kind != "mutation":
        entry["params"] = [param_entry(function.name, param, schemas) for param in function.params]
    if function.kind == "mutation" or function.input is not None:
        entry["input"] = schemas.of_input(function.name)
    if function.kind == "view":
        if function.input is not None:
            entry["encoding"] = function.encoding
        entry["produces"] = list(function.produces)
    else:
        entry["output"] = schemas.of_output(function.name)
    return {
        **entry,
        **_common(function, schemas),
        **_query_options(function),
        **_mutation_options(function, contract, shapes),
    }


def _common(function: Function, schemas: Schemas) -> Json:
    """Who may call, what may go wrong, and what people read."""
    common: Json = {"auth": _auth(function.auth)}
    if function.errors:
        common["errors"] = {
            code: _present(
                status=error.status,
                schema=schemas.of_error(function.name, code),
                description=error.detail,
            )
            for code, error in function.errors.items()
        }
    common |= _present(
        module=function.module, summary=function.summary, description=function.description
    )
    if function.tags:
        common["tags"] = list(function.tags)
    if function.deprecated is not False:
        common["deprecated"] = deprecated_entry(function.deprecated)
    if function.stability != "stable":
        common["stability"] = function.stability
    return common


def _query_options(function: Function) -> Json:
    options: Json = {}
    if function.key:
        options["key"] = list(function.key)
    if function.optional:
        options["optional"] = True
    if function.pagination is not None:
        options["pagination"] = _pagination(function.pagination)
    return options


def _mutation_options(function: Function, contract: Contract, shapes: Shapes) -> Json:
    options: Json = {}
    if function.files and function.kind == "mutation":
        options["encoding"] = function.encoding
        options["files"] = [_file(each) for each in function.files]
    if function.form is not None:
        options["form"] = _form(function, function.form, contract, shapes)
    if function.merge:
        options["merge"] = [_merge(each) for each in function.merge]
    if function.affects:
        options["affects"] = [_affect(each) for each in function.affects]
    if function.idempotent:
        options["idempotent"] = True
    if not function.csrf:
        options["csrf"] = False
    if function.session != "keep":
        options["session"] = function.session
    if function.concurrency != "parallel":
        options["concurrency"] = function.concurrency
    return options


def param_entry(function: str, param: Param, schemas: Schemas) -> Json:
    """A param of a function or of a context."""
    entry: Json = {
        "name": param.name,
        "required": param.required,
        "schema": param_schema(function, param, schemas),
        "encoding": param.encoding,
    }
    if param.location == "path":
        entry["in"] = "path"
    return entry


def param_schema(function: str, param: Param, schemas: Schemas) -> Any:
    """The schema with the default that absence stands for."""
    schema = schemas.of_param(function, param.name)
    if param.wire_default is MISSING or is_secret(schema):
        return schema
    return dict(sorted({**schema, "default": param.wire_default}.items()))


def deprecated_entry(deprecated: Deprecated | bool) -> Any:
    if isinstance(deprecated, bool):
        return deprecated
    return _present(
        since=deprecated.since,
        sunset=deprecated.sunset,
        replacedBy=deprecated.replaced_by,
        message=deprecated.message,
    )


def below(base: str, path: str) -> str:
    """A path below the base: `/api/` and `/ctx/user/` are `/api/ctx/user/`."""
    return base.rstrip("/") + path


def _auth(auth: Auth) -> Json:
    entry: Json = {"mode": auth.mode}
    if auth.permissions:
        entry["permissions"] = list(auth.permissions)
    if auth.schemes:
        entry["schemes"] = list(auth.schemes)
    return entry


def _file(file: FileField) -> Json:
    entry: Json = {"path": list(file.path), "multiple": file.multiple}
    entry |= _present(maxBytes=file.max_bytes, maxCount=file.max_count)
    if file.accept:
        entry["accept"] = list(file.accept)
    return entry


def _form(function: Function, form: Form, contract: Contract, shapes: Shapes) -> Json:
    found = shapes.follow(contract.schemas.of_input(function.name), form.at)
    entry: Json = {"schema": found.schema if isinstance(found, Member) else {}}
    if form.at:
        entry["at"] = list(form.at)
    if form.fields:
        entry["fields"] = {
            name: {
                each.name: _choices(value) if each.name == "choices" else value
                for each in fields(field)
                if (value := getattr(field, each.name)) not in (None, ())
            }
            for name, field in form.fields.items()
        }
    if form.initial is not None:
        entry["initial"] = form.initial
    entry["validate"] = below(contract.base, f"/call/{function.name}?_validate=1")
    return entry


def _choices(choices: tuple[tuple[Any, str], ...]) -> list[Json]:
    return [{"value": value, "label": label} for value, label in choices]


def _merge(merge: MergeTarget) -> Json:
    entry: Json = {"context": merge.context, "slot": merge.slot, "mode": merge.mode}
    if merge.key:
        entry["key"] = list(merge.key)
    if merge.at is not None:
        entry["at"] = merge.at
    if merge.value:
        entry["value"] = list(merge.value)
    if merge.params:
        entry["params"] = _sources(merge.params)
    if merge.on_null != "invalidate":
        entry["onNull"] = merge.on_null
    return entry


def _affect(affect: AffectTarget) -> Json:
    entry: Json = {"context": affect.context}
    if affect.params:
        entry["params"] = _sources(affect.params)
    if affect.viewers != "all":
        entry["viewers"] = affect.viewers
    return entry


def _sources(params: Mapping[str, Source]) -> Json:
    return {name: _source(source) for name, source in params.items()}


def _source(source: Source) -> Json:
    if source.origin == "const":
        return {"const": source.value}
    if source.origin == "server":
        return {"from": "server"}
    return {"from": source.origin, "path": list(source.path)}


def _pagination(pagination: Pagination) -> Json:
    entry: Json = {"style": pagination.style, "params": dict(pagination.params)}
    for role in ("items", "next", "prev", "total"):
        path = getattr(pagination, role)
        if path:
            entry[role] = list(path)
    return entry


def _present(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value is not None}
