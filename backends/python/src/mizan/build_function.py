"""From a draft and its schemas to a function without targets."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Literal

from .declaration import FormOptions
from .draft import Draft, DraftParam
from .encoding import text_of
from .finding import Finding, listed, nearest
from .function import MISSING, Auth, Form, Function, Pagination, Param, Segments
from .names import MODULE, is_name, name_help
from .schemas import Schemas
from .shape import Absent, Member, Shapes
from .signature import split_docstring
from .targets import segments

Report = Callable[[Finding], None]


class FunctionBuilder:
    """Builds one function after another; what is wrong goes to `report`."""

    def __init__(self, schemas: Schemas, shapes: Shapes, report: Report) -> None:
        self._schemas = schemas
        self._shapes = shapes
        self._report = report

    def build(self, draft: Draft) -> Function:
        declaration, signature = draft.declaration, draft.signature
        summary, description = split_docstring(declaration.callable.__doc__)
        self._check_names(draft)
        return Function(
            name=draft.name,
            kind=declaration.kind,
            callable=declaration.callable,
            is_async=inspect.iscoroutinefunction(declaration.callable),
            auth=declaration.auth if isinstance(declaration.auth, Auth) else Auth(declaration.auth),
            place=declaration.place,
            request_param=signature.request_param,
            context=declaration.context,
            slot=(declaration.slot or draft.name) if declaration.kind == "query" else None,
            params=tuple(self._param(draft, each) for each in draft.params),
            key=_names(declaration.key),
            optional=declaration.optional,
            pagination=self._pagination(draft),
            input=draft.input,
            output=draft.output,
            output_annotation=signature.returns,
            output_nullable=draft.output_nullable,
            form=self._form(draft),
            encoding=self._encoding(draft),
            files=draft.files,
            idempotent=declaration.idempotent,
            csrf=declaration.csrf,
            session=declaration.session,
            concurrency=declaration.concurrency,
            method=declaration.method,
            path=declaration.path,
            produces=tuple(declaration.produces),
            errors={each.code: each for each in declaration.errors},
            module=declaration.module,
            summary=declaration.summary or summary,
            description=declaration.description or description,
            tags=tuple(declaration.tags),
            deprecated=declaration.deprecated,
            stability=declaration.stability,
        )

    def _param(self, draft: Draft, param: DraftParam) -> Param:
        argument = param.argument
        schema = self._schemas.of_param(draft.name, argument.name)
        default: Any = MISSING
        if argument.default is not MISSING:
            default = param.adapter.dump_python(argument.default, mode="json", by_alias=True)
        text = text_of(self._shapes, schema, default)
        if param.in_path and (text.codec == "json" or text.is_list):
            self._fault(
                draft,
                f'the param "{argument.name}" stands in the path, which holds one plain value',
                "use a number, a text or an enum, or take it out of the path",
            )
        return Param(
            name=argument.name,
            annotation=argument.annotation,
            adapter=param.adapter,
            default=argument.default,
            encoding="json" if text.codec == "json" else "plain",
            codec=text.codec,
            wire_default=default,
            location="path" if param.in_path else "query",
        )

    def _check_names(self, draft: Draft) -> None:
        declaration = draft.declaration
        named = [("function", draft.name)]
        named += [("slot", declaration.slot)] if declaration.slot else []
        named += [("argument", each.name) for each in draft.signature.arguments]
        for noun, name in named:
            if not is_name(name):
                self._fault(
                    draft, f'"{name}" cannot be the name of a {noun}', name_help(name), "E102"
                )
        if declaration.module is not None and not MODULE.fullmatch(declaration.module):
            self._fault(
                draft,
                f'"{declaration.module}" cannot be a module',
                "use names with dots between them: shop.orders",
            )

    def _pagination(self, draft: Draft) -> Pagination | None:
        pagination = draft.declaration.pagination
        if pagination is None:
            return None
        names = [each.argument.name for each in draft.params]
        for name in pagination.params.values():
            if name not in names:
                self._fault(
                    draft,
                    f'pages by the param "{name}", which it does not have{nearest(name, names)}',
                    f"its params: {listed(names)}" if names else "it has no params",
                    "E140",
                )
        output = self._schemas.of_output(draft.name)
        for path in (pagination.items, pagination.next, pagination.prev, pagination.total):
            if path and isinstance(self._shapes.follow(output, path), Absent):
                self._fault(
                    draft,
                    f'its answer has nothing at "{_dotted(path)}", which its pagination names',
                    "give the path from the root of the answer",
                    "E140",
                )
        return pagination

    def _encoding(self, draft: Draft) -> Literal["json", "multipart", "form"]:
        declaration = draft.declaration
        if draft.files:
            if declaration.encoding not in (None, "multipart"):
                self._fault(
                    draft,
                    f"takes files, which {declaration.encoding} cannot carry",
                    'leave "encoding" out',
                    "E230",
                )
            return "multipart"
        return declaration.encoding or (
            "form" if declaration.kind == "view" and draft.input else "json"
        )

    def _form(self, draft: Draft) -> Form | None:
        options = draft.declaration.form
        if options is False:
            return None
        if not isinstance(options, FormOptions):
            options = FormOptions(at=options if isinstance(options, str) else None)
        at = () if options.at is None else segments(options.at)
        schema = self.form_schema(draft.name, at)
        if schema is None:
            self._fault(
                draft,
                f'its arguments have nothing at "{_dotted(at)}"'
                if at
                else "has a form, but takes nothing",
                "name the argument that the form fills",
                "E231",
            )
            return None
        members = self._shapes.members(schema)
        for name in options.fields:
            if isinstance(self._shapes.follow(schema, segments(name)), Absent):
                self._fault(
                    draft,
                    f'its form has no field "{name}"{nearest(name, members)}',
                    f"its fields: {listed(members)}",
                    "E231",
                )
        return Form(at, dict(options.fields), options.initial)

    def form_schema(self, function: str, at: Segments) -> Any:
        """The schema of the value that a form fills; None where there is none."""
        schema = self._schemas.of_input(function)
        if schema is None:
            return None
        found = self._shapes.follow(schema, at)
        return found.schema if isinstance(found, Member) else None

    def _fault(self, draft: Draft, message: str, help: str, code: str | None = None) -> None:
        self._report(Finding(message, draft.declaration.place, draft.name, code, help))


def _names(key: Any) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)


def _dotted(path: Segments) -> str:
    return ".".join(map(str, path))
