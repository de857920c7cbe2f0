"""Params of queries and views (protocol 3.2): from the text of a query, or from JSON, to checked values, and back to text."""

from __future__ import annotations

import math
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import unquote_to_bytes

from pydantic import ValidationError

from mizan.canonical import Codec, canonical_query
from mizan.function import Param
from mizan.json_text import MAX_INTEGER
from mizan.refused import FieldError

from .body import parse_body
from .limits import Limits
from .problem import Problem, validation_problem


@dataclass(frozen=True, slots=True)
class ParamValues:
    """Checked values, defaults applied."""

    python: Mapping[str, Any]
    """What functions get."""
    json: Mapping[str, Any]
    """What the client is told."""
    params: tuple[Param, ...]

    @property
    def query(self) -> str:
        """The canonical query of the resolved values: one text for every way of asking the same."""
        return params_query(self.params, self.json)


def split_query(query: str, limits: Limits) -> dict[str, list[str]]:
    """Names and their texts, in order. Raises `Problem` (400) for what is no UTF-8 and for too many names."""
    pairs: dict[str, list[str]] = {}
    for pair in query.split("&"):
        if pair:
            name, _, text = pair.partition("=")
            pairs.setdefault(_decode(name), []).append(_decode(text))
    if len(pairs) > limits.params:
        raise Problem("malformed", f"More than {limits.params} params")
    return pairs


def read_query_params(
    params: Iterable[Param], pairs: Mapping[str, Sequence[str]], limits: Limits
) -> ParamValues:
    """Values out of a query; names that are not declared are ignored.

    Raises `Problem`: 400 for a repeated scalar, NaN, and what has no canonical text; 413 for a long `json` param; 422 with all
    complaints of the schemas.
    """
    given = {
        param.name: _read_texts(param, pairs[param.name], limits)
        for param in params
        if param.name in pairs
    }
    return check_params(params, given, limits, from_text=True)


def read_json_params(params: Iterable[Param], body: Any, limits: Limits) -> ParamValues:
    """Values out of the body of a POST: `{"params": {...}}`."""
    given = body.get("params", {}) if isinstance(body, dict) else None
    if not isinstance(given, dict):
        raise Problem("malformed", 'Send {"params": {...}}')
    present = {
        param.name: given[param.name]
        for param in params
        if param.name in given and not (given[param.name] is None and param.encoding == "plain")
    }
    return check_params(params, present, limits)


def check_params(
    params: Iterable[Param], given: Mapping[str, Any], limits: Limits, *, from_text: bool = False
) -> ParamValues:
    """Values by the schemas of their params. `given` are JSON values; `from_text`: plain scalars are still texts."""
    python: dict[str, Any] = {}
    errors: list[FieldError] = []
    for param in params:
        name = param.name
        if name not in given:
            if param.required:
                errors.append(FieldError((name,), "missing", "Field required"))
            else:
                python[name] = param.default
            continue
        value = given[name]
        if isinstance(value, list) and len(value) > limits.array:
            errors.append(FieldError((name,), "too_long", f"At most {limits.array} items"))
            continue
        try:
            if from_text and param.encoding == "plain" and isinstance(value, str):
                python[name] = param.adapter.validate_strings(value)
            else:
                python[name] = param.adapter.validate_python(value)
        except ValidationError as error:
            errors.extend(validation_problem(error, value, under=(name,)).errors)
    if errors:
        raise Problem("validation", errors=errors)
    dumped = {
        param.name: param.adapter.dump_python(python[param.name], mode="json", by_alias=True)
        for param in params
    }
    for name, value in python.items():
        _check_canonical(name, value)
    return ParamValues(python, dumped, tuple(params))


def params_query(params: Iterable[Param], values: Mapping[str, Any]) -> str:
    """The canonical query of JSON values. Params whose name is not in `values` are left out."""
    known = {param.name: param for param in params}
    codecs: dict[str, str] = {name: param_codec(known[name]) for name in values if name in known}
    present = {
        name: value for name, value in values.items() if not (value == [] and codecs.get(name) != "json")
    }
    return canonical_query(present, {name: codec for name, codec in codecs.items() if codec != "plain"})


def param_codec(param: Param) -> Codec:
    if param.encoding == "json":
        return "json"
    return "date-time" if datetime in _members(param.annotation) else "plain"


def _members(annotation: Any) -> set[Any]:
    """The types that a plain param may hold: without null, list and `Annotated`."""
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType, list, tuple, set, frozenset):
        return set[Any]().union(*(_members(each) for each in get_args(annotation)))
    return {annotation}


def is_list(param: Param) -> bool:
    """Whether a plain param repeats its name."""

    def holds(annotation: Any) -> bool:
        origin = get_origin(annotation)
        if origin is Annotated:
            return holds(get_args(annotation)[0])
        if origin in (Union, types.UnionType):
            return any(holds(each) for each in get_args(annotation))
        plain = origin or annotation
        return isinstance(plain, type) and issubclass(plain, list | tuple | set | frozenset)

    return holds(param.annotation)


def _read_texts(param: Param, texts: Sequence[str], limits: Limits) -> Any:
    if param.encoding == "plain" and is_list(param):
        return list(texts)
    if len(texts) > 1:
        raise Problem("malformed", f"The param {param.name} is given more than once")
    text = texts[0]
    if param.encoding == "plain":
        return text
    if len(text.encode()) > limits.json_param_bytes:
        raise Problem("too_large", f"The param {param.name} has more than {limits.json_param_bytes} bytes")
    return parse_body(text, limits.depth)


def _decode(text: str) -> str:
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Problem("malformed", "The query is not UTF-8") from None


def _check_canonical(name: str, value: Any) -> None:
    """Refuses values that have no canonical text, before any function sees them."""
    if isinstance(value, float) and not math.isfinite(value):
        raise Problem("malformed", f"The param {name} is not a finite number")
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise Problem("malformed", f"The param {name} is beyond 2^53-1")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise Problem("malformed", f"The param {name} needs an offset, such as Z: it names no moment")
    if isinstance(value, list | tuple | set | frozenset):
        for each in value:
            _check_canonical(name, each)
