"""Which values narrow a target: auto-scoping by name, and explicit sources (protocol 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .context import Context
from .finding import Finding, listed, nearest
from .function import Function, Source
from .names import GENERIC
from .schemas import Schemas
from .shape import ABSENT, Absent, Found, Member, Shapes
from .targets import ParamSources, sources

Report = Callable[[Finding], None]


class Binder:
    """Binds the params of target contexts to what a function takes and answers."""

    def __init__(self, schemas: Schemas, shapes: Shapes, report: Report, warn: Report) -> None:
        self._schemas = schemas
        self._shapes = shapes
        self._report = report
        self._warn = warn

    def bind(
        self, function: Function, context: Context, declared: ParamSources | None
    ) -> dict[str, Source]:
        """In the order of the context's params. Bindings that fail their check are reported and left out."""
        bound = (
            self._by_name(function, context)
            if declared is None
            else {
                name: source
                for name, source in sources(declared).items()
                if self._check(function, context, name, source)
            }
        )
        return {param.name: bound[param.name] for param in context.params if param.name in bound}

    def _by_name(self, function: Function, context: Context) -> dict[str, Source]:
        given = self._given(function)
        bound: dict[str, Source] = {}
        for param in context.params:
            name = param.name
            if name not in given or not self._shapes.same(
                self._param_schema(context, name), given[name]
            ):
                continue
            if name not in GENERIC:
                bound[name] = Source("input", (name,))
                continue
            self._warn(
                Finding(
                    f'the param "{name}" of the context "{context.name}" is not bound to its own "{name}": the name is generic',
                    function.place,
                    function.name,
                    "W310",
                    f'bind it where it is the same thing: params=["{name}"]; params=[] says that it is not',
                )
            )
        return bound

    def _given(self, function: Function) -> dict[str, Any]:
        """What the function takes, by name: params, then the members of its input."""
        given = {
            param.name: self._schemas.of_param(function.name, param.name)
            for param in function.params
        }
        body = self._schemas.of_input(function.name)
        return given if body is None else {**given, **self._shapes.members(body)}

    def _param_schema(self, context: Context, name: str) -> Any:
        owner = next(
            each for each in context.functions if any(param.name == name for param in each.params)
        )
        return self._schemas.of_param(owner.name, name)

    def _check(self, function: Function, context: Context, name: str, source: Source) -> bool:
        names = [param.name for param in context.params]
        if name not in names:
            return self._fault(
                function,
                f'the context "{context.name}" has no param "{name}"{nearest(name, names)}',
                f"its params: {listed(names)}" if names else "it has no params",
            )
        asked = self._param_schema(context, name)
        if source.origin == "server":
            return True
        if source.origin == "const":
            return self._shapes.fits_value(asked, source.value) or self._fault(
                function,
                f'the constant {source.value!r} is no value of the param "{name}"',
                "give one of its type",
            )
        dotted = ".".join(map(str, source.path))
        found = self._at(function, source)
        if isinstance(found, Absent):
            given = (
                self._given(function)
                if source.origin == "input"
                else self._result_members(function)
            )
            return self._fault(
                function,
                f'its {source.origin} has nothing at "{dotted}"{nearest(dotted, given)}',
                f"it has {listed(given)}" if given else "bind the param to something else",
            )
        if isinstance(found, Member) and not self._shapes.fits(found.schema, asked):
            return self._fault(
                function,
                f'"{dotted}" of its {source.origin} has another type than the param "{name}" of the context "{context.name}"',
                "bind the param to a value of its type",
            )
        return True

    def _at(self, function: Function, source: Source) -> Found:
        if source.origin == "result":
            output = self._schemas.of_output(function.name)
            return ABSENT if output is None else self._shapes.follow(output, source.path)
        given = self._given(function)
        first, *rest = source.path
        return self._shapes.follow(given[str(first)], tuple(rest)) if first in given else ABSENT

    def _result_members(self, function: Function) -> Mapping[str, Any]:
        output = self._schemas.of_output(function.name)
        return {} if output is None else self._shapes.members(output)

    def _fault(self, function: Function, message: str, help: str) -> bool:
        self._report(Finding(message, function.place, function.name, "E211", help))
        return False
