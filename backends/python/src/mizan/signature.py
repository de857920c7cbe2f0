"""Reads the annotations of a function."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from .declaration import Declaration
from .finding import Finding
from .function import MISSING
from .request import Request


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter that clients give. The annotation keeps its `Annotated` metadata."""

    name: str
    annotation: Any
    default: Any = MISSING


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes and returns."""

    arguments: tuple[Argument, ...]
    request_param: str | None
    returns: Any


def read_signature(declaration: Declaration) -> Signature | list[Finding]:
    """The signature, or what keeps it from being a contract."""
    function = declaration.callable
    faults: list[Finding] = []

    def fault(message: str, help: str) -> None:
        faults.append(
            Finding(message, place=declaration.place, function=declaration.name, help=help)
        )

    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        fault("is a generator, which cannot be answered as one value", "return a list instead")
        return faults
    try:
        hints = get_type_hints(
            inspect.unwrap(function), localns=dict(declaration.local_names), include_extras=True
        )
    except NameError as error:
        fault(
            f"the annotation {error.name!r} cannot be resolved",
            "import it for real, not under TYPE_CHECKING: types are read when the program runs",
        )
        return faults
    except TypeError as error:
        fault(f"an annotation is no type: {error}", "use types as annotations")
        return faults

    arguments: list[Argument] = []
    request_param: str | None = None
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            fault(
                f"takes {'*' if parameter.kind is parameter.VAR_POSITIONAL else '**'}{name}, which has no names to call it by",
                "name each argument",
            )
        elif parameter.kind is parameter.POSITIONAL_ONLY:
            fault(f'"{name}" can only be given by position', "take the / out of the signature")
        elif name not in hints:
            fault(
                f'"{name}" has no annotation',
                "say what it is: clients get their types from here"
                + ("" if name != "self" else "; methods cannot be declared, functions can"),
            )
        elif _is_request(hints[name]):
            if request_param is not None:
                fault(f'both "{request_param}" and "{name}" are the request', "take it once")
            request_param = name
        elif (alias := _alias(hints[name], parameter.default)) is not None:
            fault(
                f'"{name}" has the alias "{alias}"',
                "clients call an argument as the function does: take the alias out",
            )
        else:
            arguments.append(_argument(name, hints[name], parameter.default))
    if "return" not in hints:
        fault(
            "has no return annotation",
            "say what it returns, `-> None` where it returns nothing: clients get their types from here",
        )
    return faults or Signature(tuple(arguments), request_param, hints["return"])


def _is_request(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    annotation, _ = strip_optional(annotation)
    return isinstance(annotation, type) and issubclass(annotation, Request)


def _alias(annotation: Any, default: Any) -> Any:
    """The alias that a pydantic Field gives to an argument."""
    metadata = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    fields = [each for each in (*metadata, default) if isinstance(each, FieldInfo)]
    return next((alias for each in fields if (alias := each.validation_alias or each.alias)), None)


def _argument(name: str, annotation: Any, default: Any) -> Argument:
    """`page: int = Field(1, ge=1)` is `page: Annotated[int, Field(ge=1)] = 1`; `Annotated[int, Field(default=1)]` as well."""
    if isinstance(default, FieldInfo):
        annotation = Annotated[annotation, default]
        default = inspect.Parameter.empty
    if default is not inspect.Parameter.empty:
        return Argument(name, annotation, default)
    if get_origin(annotation) is Annotated:
        for metadata in get_args(annotation)[1:]:
            if not isinstance(metadata, FieldInfo) or metadata.is_required():
                continue
            if metadata.default is not PydanticUndefined:
                return Argument(name, annotation, metadata.default)
            if metadata.default_factory is not None:
                return Argument(name, annotation, metadata.get_default(call_default_factory=True))
    return Argument(name, annotation)


def split_docstring(text: str | None) -> tuple[str | None, str | None]:
    """Summary and description: the first line, and what follows it."""
    if not text:
        return None, None
    summary, _, rest = inspect.cleandoc(text).partition("\n")
    return summary.strip() or None, rest.strip() or None


def strip_optional(annotation: Any) -> tuple[Any, bool]:
    """`X | None` is `(X, True)`; anything else is left as it is."""
    arguments = get_args(annotation)
    rest = [each for each in arguments if each is not type(None)]
    if get_origin(annotation) is Annotated or len(rest) == len(arguments) or len(rest) != 1:
        return annotation, False
    return rest[0], True


def annotations_of(model: type[Any]) -> Mapping[str, Any]:
    """The members of a pydantic model with their full annotations."""
    fields: Mapping[str, FieldInfo] = model.model_fields
    return {
        field.alias or name: Annotated[field.annotation, *field.metadata]
        if field.metadata
        else field.annotation
        for name, field in fields.items()
    }
