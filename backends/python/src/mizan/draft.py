"""A declaration whose types are read, and whose targets are not resolved yet."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter, create_model
from pydantic.errors import (
    PydanticSchemaGenerationError,
    PydanticUndefinedAnnotation,
    PydanticUserError,
)

from .declaration import Declaration
from .file_fields import find_files, holds_file
from .finding import Finding
from .function import MISSING, FileField
from .names import pascal_case
from .response import Response
from .schemas import Typed
from .signature import Argument, Signature, read_signature, strip_optional


@dataclass(frozen=True, slots=True)
class DraftParam:
    """A param of a query or a view."""

    argument: Argument
    adapter: TypeAdapter[Any]
    in_path: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What follows from a declaration alone."""

    declaration: Declaration
    signature: Signature
    params: tuple[DraftParam, ...]
    input: type[BaseModel] | None
    files: tuple[FileField, ...]
    output: TypeAdapter[Any] | None
    output_nullable: bool

    @property
    def name(self) -> str:
        return self.declaration.name

    def types(self) -> Iterator[Typed]:
        """Everything of it that needs a schema."""
        for param in self.params:
            yield Typed((self.name, "param", param.argument.name), "in", param.adapter)
        if self.input is not None:
            yield Typed((self.name, "input", ""), "in", TypeAdapter(self.input))
        if self.output is not None:
            yield Typed((self.name, "output", ""), "out", self.output)
        for error in self.declaration.errors:
            model = error.data_model()
            if model is not None:
                yield Typed((self.name, "error", error.code), "out", TypeAdapter(model))


def draft(declaration: Declaration) -> Draft | list[Finding]:
    """Reads the types of one declaration, or says what is wrong with them."""
    signature = read_signature(declaration)
    if isinstance(signature, list):
        return signature
    return _Reader(declaration, signature).read()


class _Reader:
    def __init__(self, declaration: Declaration, signature: Signature) -> None:
        self._declaration = declaration
        self._signature = signature
        self._faults: list[Finding] = []

    def read(self) -> Draft | list[Finding]:
        params, inputs = self._split()
        drafted = tuple(
            DraftParam(argument, adapter, in_path)
            for argument, in_path in params
            if (adapter := self._adapter(argument.annotation, f'"{argument.name}"')) is not None
        )
        output, nullable = self._output()
        made = Draft(
            self._declaration,
            self._signature,
            drafted,
            self._input_model(inputs),
            find_files(tuple(inputs)),
            output,
            nullable,
        )
        return self._faults or made

    def _split(self) -> tuple[list[tuple[Argument, bool]], list[Argument]]:
        """Which arguments are params and which are the body."""
        declaration, arguments = self._declaration, self._signature.arguments
        if declaration.kind == "mutation":
            return [], list(arguments)
        names = path_names(declaration.path or "")
        for name in names:
            if not any(argument.name == name for argument in arguments):
                self._fault(
                    f'the path names "{name}", which is no argument',
                    "add the argument, or correct the path",
                )
        has_body = declaration.kind == "view" and declaration.method != "GET"
        params = [
            (each, each.name in names) for each in arguments if each.name in names or not has_body
        ]
        for argument, _ in params:
            if holds_file(argument.annotation):
                self._fault(
                    f'"{argument.name}" is a file, which an address cannot carry',
                    "files are for mutations",
                )
        return params, [each for each in arguments if has_body and each.name not in names]

    def _input_model(self, arguments: list[Argument]) -> type[BaseModel] | None:
        if not arguments or any(
            self._adapter(each.annotation, f'"{each.name}"') is None for each in arguments
        ):
            return None
        fields: dict[str, Any] = {}
        for argument in arguments:
            default = ... if argument.default is MISSING else argument.default
            # A name that pydantic's own models have as well stands under another one inside.
            taken = hasattr(BaseModel, argument.name) or argument.name.startswith("model_")
            fields[f"{argument.name}_" if taken else argument.name] = (
                argument.annotation,
                Field(default, alias=argument.name) if taken else default,
            )
        return create_model(
            f"{pascal_case(self._declaration.name)}Input",
            __module__=getattr(self._declaration.callable, "__module__", __name__),
            **fields,
        )

    def _output(self) -> tuple[TypeAdapter[Any] | None, bool]:
        declaration, returns = self._declaration, self._signature.returns
        if declaration.kind == "view":
            if returns not in (str, bytes, Response) and not _is_framework_response(returns):
                self._fault(
                    f"a view returns str, bytes, mizan.Response or a response of the framework, not {inspect.formatannotation(returns)}",
                    "for JSON declare a query or a mutation",
                )
            return None, False
        if returns is None or returns is type(None):
            if declaration.kind == "query":
                self._fault("a query returns something", "say what, or declare a mutation")
            return None, False
        if holds_file(returns) or returns is Response:
            self._fault(
                "answers with a file, which JSON cannot carry",
                "declare a view: registry.view(path, produces=...)",
            )
            return None, False
        _, nullable = strip_optional(returns)
        return self._adapter(returns, "what it returns"), nullable

    def _adapter(self, annotation: Any, what: str) -> TypeAdapter[Any] | None:
        try:
            return TypeAdapter(annotation)
        except PydanticUndefinedAnnotation as error:
            self._fault(
                f"{what}: the name {error.name!r} is not defined",
                "define or import it before the registry is checked",
            )
        except (PydanticSchemaGenerationError, PydanticUserError) as error:
            self._fault(
                f"{what}: {error.message.splitlines()[0]}", "use types that pydantic can check"
            )
        return None

    def _fault(self, message: str, help: str) -> None:
        finding = Finding(
            message, place=self._declaration.place, function=self._declaration.name, help=help
        )
        if finding not in self._faults:
            self._faults.append(finding)


def path_names(path: str) -> list[str]:
    """`/orders/{order_id}/invoice.pdf` names `order_id`."""
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def _is_framework_response(returns: Any) -> bool:
    """Told by its name, as no framework is imported here: the classes of Starlette, FastAPI and Django all end so."""
    return isinstance(returns, type) and any(
        each.__name__ in ("Response", "HttpResponseBase")
        and each.__module__.partition(".")[0] != "mizan"
        for each in returns.__mro__
    )
