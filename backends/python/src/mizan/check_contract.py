"""From declarations to a contract: everything resolved, everything that is wrong said at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .bindings import Binder
from .build_context import ContextBuilder, with_scopes
from .build_function import FunctionBuilder
from .check_components import check_components
from .contract import Contract, Settings
from .declaration import ContextDeclaration, Declaration
from .draft import Draft, draft
from .error import PROTOCOL_CODES, Forbidden, NotFound, Unauthenticated
from .finding import Finding, RegistryError, listed, nearest
from .function import AffectTarget, Function, MergeTarget
from .names import camel_case
from .resolve_targets import TargetResolver
from .schemas import make_schemas
from .shape import Shapes
from .slots import SlotResolver


def check_contract(
    settings: Settings,
    declarations: Sequence[Declaration],
    contexts: Sequence[ContextDeclaration],
) -> Contract:
    """Raises `RegistryError` with every error; warnings stand in the contract."""
    return _Check(settings, declarations, contexts).run()


def _targets(function: Function) -> list[MergeTarget | AffectTarget]:
    return [*function.merge, *function.affects]


class _Check:
    def __init__(
        self,
        settings: Settings,
        declarations: Sequence[Declaration],
        contexts: Sequence[ContextDeclaration],
    ) -> None:
        self._settings = settings
        self._declarations = declarations
        self._contexts = contexts
        self._errors: list[Finding] = []
        self._warnings: list[Finding] = []

    def run(self) -> Contract:
        self._check_settings()
        self._check_function_names()
        for declaration in self._declarations:
            self._check_options(declaration)
        drafts: list[Draft] = []
        for declaration in self._declarations:
            drafted = draft(declaration)
            if isinstance(drafted, list):
                self._errors += drafted
            else:
                drafts.append(drafted)
        # With a name missing, all that refers to it would be reported too.
        self._raise()
        schemas, faults = make_schemas(each for drafted in drafts for each in drafted.types())
        places = {each.name: each.place for each in self._declarations}
        self._errors += [replace(each, place=places.get(each.function or "")) for each in faults]
        self._raise()
        shapes = Shapes(schemas.components)
        builder = FunctionBuilder(schemas, shapes, self._errors.append)
        functions = [builder.build(each) for each in drafts]
        grouped = ContextBuilder(schemas, shapes, self._errors.append, self._warnings.append).build(
            functions, self._contexts
        )
        self._errors += check_components(schemas, grouped.values())
        self._check_forms(functions)
        binder = Binder(schemas, shapes, self._errors.append, self._warnings.append)
        targets = TargetResolver(
            grouped,
            SlotResolver(schemas, shapes, binder, self._errors.append),
            binder,
            self._errors.append,
            self._warnings.append,
        )
        resolved = [
            replace(
                function,
                merge=targets.merges(function, each.declaration),
                affects=targets.affects(function, each.declaration),
            )
            for function, each in zip(functions, drafts, strict=True)
        ]
        self._raise()
        self._warn_of_silence(resolved)
        by_name = {function.name: function for function in resolved}
        return Contract(
            self._settings,
            by_name,
            {
                name: replace(
                    with_scopes(context, self._scopes(name, resolved)),
                    functions=tuple(by_name[each.name] for each in context.functions),
                )
                for name, context in grouped.items()
            },
            schemas,
            tuple(self._warnings),
        )

    def _scopes(self, context: str, functions: Sequence[Function]) -> list[Sequence[str]]:
        targets = [target for each in functions for target in _targets(each)]
        used: list[Sequence[str]] = [
            tuple(each.params) for each in targets if each.context == context
        ]
        declared = [
            scope for each in self._contexts if each.name == context for scope in each.scopes
        ]
        return [*used, *declared]

    def _raise(self) -> None:
        if self._errors:
            raise RegistryError(self._errors)

    def _check_settings(self) -> None:
        for name, path in (
            ("base", self._settings.base),
            ("session_path", self._settings.session_path),
        ):
            if path is not None and not re.fullmatch(r"/|/[^/?#\s\\{}][^?#\s\\{}]*/", path):
                self._errors.append(
                    Finding(
                        f'{name} is "{path}"',
                        help="give a path that begins and ends with a slash: /api/",
                    )
                )

    def _check_function_names(self) -> None:
        taken: dict[str, Declaration] = {}
        for declaration in self._declarations:
            other = taken.setdefault(camel_case(declaration.name), declaration)
            if other is declaration:
                continue
            same = other.name == declaration.name
            self._fault(
                declaration,
                "the name is taken"
                if same
                else f'"{other.name}" has the same name in TypeScript: {camel_case(other.name)}',
                'rename one of them, or give it another with name="..."',
                "E101",
                (f"{other.name} ({other.place})",),
            )

    def _check_options(self, declaration: Declaration) -> None:
        if declaration.kind == "query":
            for option in ("merge", "affects", "form", "idempotent"):
                if getattr(declaration, option):
                    self._fault(
                        declaration,
                        f'a query changes nothing, so it has no "{option}"',
                        "leave out the context of a mutation",
                    )
        if declaration.kind == "mutation":
            for option in ("slot", "key", "pagination", "optional"):
                if getattr(declaration, option):
                    self._fault(
                        declaration,
                        f'a mutation has no "{option}"',
                        'say context="..." for a query',
                    )
        if declaration.kind == "view":
            self._check_view(declaration)
        self._check_errors(declaration)

    def _check_view(self, declaration: Declaration) -> None:
        path = declaration.path or ""
        if not re.fullmatch(r"/[^/?#\s\\][^?#\s\\]*", path):
            self._fault(
                declaration,
                f'the path "{path}" is none',
                "give one below the base: /orders/{order_id}/invoice.pdf",
            )
        for each in self._declarations:
            same = re.sub(r"{[^}]*}", "{}", each.path or "") == re.sub(r"{[^}]*}", "{}", path)
            if each is declaration:
                break
            if each.kind == "view" and same and each.method == declaration.method:
                self._fault(
                    declaration,
                    f"{each.name} ({each.place}) answers {each.method} {each.path} already",
                    "give it another path",
                )
        session = self._settings.session_path
        if path.startswith(("/ctx/", "/call/")) or path == session:
            self._fault(
                declaration,
                f'the path "{path}" belongs to the protocol',
                "use one outside /ctx/, /call/ and the session's",
            )
        if declaration.name == "session" or declaration.name.startswith(("ctx_", "call_")):
            self._fault(
                declaration,
                f'"{declaration.name}" is the name of an operation of the protocol',
                'give the view another name: name="..."',
                "E102",
            )
        if not declaration.produces:
            self._fault(declaration, "does not say what it produces", 'produces="application/pdf"')
        if declaration.affects and declaration.method == "GET":
            self._fault(declaration, "a GET changes nothing", 'say method="POST"')

    def _check_errors(self, declaration: Declaration) -> None:
        seen: dict[str, type[Exception]] = {}
        for error in declaration.errors:
            other = seen.setdefault(error.code, error)
            if other is not error:
                self._fault(
                    declaration,
                    f'{other.__name__} and {error.__name__} have the same code "{error.code}"',
                    "give each its own code",
                )
            if error.code in PROTOCOL_CODES and not issubclass(
                error, (Unauthenticated, Forbidden, NotFound)
            ):
                self._fault(
                    declaration,
                    f'the code "{error.code}" of {error.__name__} belongs to the protocol',
                    "use a word of your own domain",
                )

    def _check_forms(self, functions: Sequence[Function]) -> None:
        queries = [each.name for each in functions if each.kind == "query"]
        for function in functions:
            initial = function.form.initial if function.form else None
            if initial is not None and initial not in queries:
                self._errors.append(
                    Finding(
                        f'its form begins with the answer of "{initial}", which is no query{nearest(initial, queries)}',
                        function.place,
                        function.name,
                        "E231",
                        f"queries: {listed(queries)}" if queries else "declare the query",
                    )
                )

    def _warn_of_silence(self, functions: Sequence[Function]) -> None:
        """W221: an answer that changes nothing on the screen."""
        for function in functions:
            silent = not function.merge and not function.affects and function.session == "keep"
            if function.kind == "mutation" and function.output is not None and silent:
                self._warnings.append(
                    Finding(
                        'has neither "merge" nor "affects", so nothing is brought up to date by it',
                        function.place,
                        function.name,
                        "W221",
                        'declare what it changes: affects=["..."]',
                    )
                )

    def _fault(
        self,
        declaration: Declaration,
        message: str,
        help: str,
        code: str | None = None,
        related: tuple[str, ...] = (),
    ) -> None:
        self._errors.append(
            Finding(message, declaration.place, declaration.name, code, help, related)
        )
