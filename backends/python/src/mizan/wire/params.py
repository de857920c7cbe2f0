"""Params of queries and views (protocol 3.2): from the text of a query, or from JSON, to checked values, and back to text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from pydantic import ValidationError

from mizan.canonical import canonical_query
from mizan.function import Param
from mizan.json_text import MAX_INTEGER
from mizan.refused import FieldError

from .body import parse_body
from .limits import Limits
from .problem import Problem, validation_problem

_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,16})?")


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
                # A copy: what one request does to a list is nobody else's default.
                python[name] = deepcopy(param.default)
            continue
        value = given[name]
        if isinstance(value, list) and len(value) > limits.array:
            errors.append(FieldError((name,), "too_long", f"At most {limits.array} items"))
            continue
        try:
            python[name] = _check(param, value, from_text)
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
    return canonical_query(values, {param.name: param.codec for param in params})


def _check(param: Param, value: Any, from_text: bool) -> Any:
    if not from_text or param.encoding == "json":
        return param.adapter.validate_python(value)
    try:
        if isinstance(value, str):
            return param.adapter.validate_strings(value)
        return param.adapter.validate_python(value)
    except ValidationError:
        # Numbers that are listed (`Literal[1, 2]`, an IntEnum) are compared, not read.
        if not param.codec.startswith("number"):
            raise
        listed = [_number(each) for each in value] if isinstance(value, list) else _number(value)
        return param.adapter.validate_python(listed)


def _number(text: str) -> Any:
    if _NUMBER.fullmatch(text) is None:
        return text
    return float(text) if "." in text else int(text)


def _read_texts(param: Param, texts: Sequence[str], limits: Limits) -> Any:
    if param.codec.endswith("[]"):
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
