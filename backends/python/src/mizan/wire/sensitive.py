"""Which parts of an input are never echoed (protocol, section 6: error leakage)."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, SecretBytes, SecretStr

from mizan.function import Function


def sensitive_names(function: Function) -> frozenset[str]:
    """Names of members, at any depth, that hold a secret by their type or are declared `sensitive` in the form."""
    declared = () if function.form is None else function.form.fields.items()
    names = {name for name, field in declared if field.sensitive}
    if function.input is not None:
        _collect(function.input, names, set())
    return frozenset(names)


def _collect(model: type[BaseModel], names: set[str], seen: set[type[BaseModel]]) -> None:
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        for part in _parts(field.annotation):
            if not isinstance(part, type):
                continue
            if issubclass(part, SecretStr | SecretBytes):
                names.update(each for each in (name, field.alias) if each is not None)
            elif issubclass(part, BaseModel):
                _collect(part, names, seen)


def _parts(annotation: Any) -> list[Any]:
    """An annotation and everything it is made of."""
    return [annotation, *(part for each in get_args(annotation) for part in _parts(each))]
