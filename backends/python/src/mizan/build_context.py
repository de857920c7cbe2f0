"""From queries to contexts (protocol 2.3), without scopes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from .context import Cache, Context
from .declaration import ContextDeclaration
from .finding import Finding, listed, nearest
from .function import MISSING, Function, Param
from .names import TAG, is_context_name
from .schemas import Schemas
from .shape import Shapes

DEFAULT_TTL = 60
"""Seconds. A crash between commit and bump leaves an entry stale for that long, so there is always an end (S7)."""

Report = Callable[[Finding], None]


class ContextBuilder:
    """Groups queries by context; what is wrong goes to `report`, what is doubtful to `warn`."""

    def __init__(self, schemas: Schemas, shapes: Shapes, report: Report, warn: Report) -> None:
        self._schemas = schemas
        self._shapes = shapes
        self._report = report
        self._warn = warn

    def build(
        self, functions: Iterable[Function], declared: Iterable[ContextDeclaration]
    ) -> dict[str, Context]:
        groups: dict[str, list[Function]] = {}
        for function in functions:
            if function.context is not None:
                groups.setdefault(function.context, []).append(function)
        declarations = self._declarations(declared, groups)
        self._check_names(groups)
        return {
            name: self._context(name, queries, declarations.get(name))
            for name, queries in groups.items()
        }

    def _declarations(
        self, declared: Iterable[ContextDeclaration], groups: Mapping[str, Any]
    ) -> dict[str, ContextDeclaration]:
        found: dict[str, ContextDeclaration] = {}
        for each in declared:
            if each.name in found:
                self._report(
                    Finding(
                        f'the context "{each.name}" is declared twice',
                        each.place,
                        help="say everything in one place",
                        related=(f"first at {found[each.name].place}",),
                    )
                )
            if each.name not in groups:
                self._report(
                    Finding(
                        f'no query belongs to the context "{each.name}"{nearest(each.name, groups)}',
                        each.place,
                        help=f'declare one: @registry.client(context="{each.name}")',
                    )
                )
            found.setdefault(each.name, each)
        return found

    def _check_names(self, groups: Mapping[str, list[Function]]) -> None:
        folded: dict[str, str] = {}
        for name, queries in groups.items():
            first = queries[0]
            if not is_context_name(name):
                self._report(
                    Finding(
                        f'"{name}" cannot be the name of a context',
                        first.place,
                        first.name,
                        "E102",
                        "use letters, digits, _, - and ., beginning with a letter",
                    )
                )
            other = folded.setdefault(name.lower(), name)
            if other != name:
                self._report(
                    Finding(
                        f'the contexts "{other}" and "{name}" differ by case only',
                        first.place,
                        first.name,
                        "E101",
                        "use one spelling",
                    )
                )
            slots: dict[str | None, Function] = {}
            for query in queries:
                holder = slots.setdefault(query.slot, query)
                if holder is not query and query.slot is not None:
                    self._report(
                        Finding(
                            f'the context "{name}" has the slot "{query.slot}" already',
                            query.place,
                            query.name,
                            "E101",
                            "give one of them another slot",
                            (f"from {holder.name} ({holder.place})",),
                        )
                    )

    def _context(
        self, name: str, queries: list[Function], declared: ContextDeclaration | None
    ) -> Context:
        for query in queries:
            if query.pagination is not None and len(queries) > 1:
                others = [each.name for each in queries if each is not query]
                self._warn(
                    Finding(
                        f"each page of it fetches {listed(others)} again",
                        query.place,
                        query.name,
                        "W140",
                        "give the paged query a context of its own",
                    )
                )
        return Context(
            name=name,
            path=f"/ctx/{name}/",
            cache=self._cache(name, queries, declared),
            functions=tuple(queries),
            params=self._params(name, queries),
            scopes=(),
            summary=declared.summary if declared else None,
            description=declared.description if declared else None,
            deprecated=declared.deprecated if declared else False,
        )

    def _cache(
        self, name: str, queries: list[Function], declared: ContextDeclaration | None
    ) -> Cache:
        if declared is None:
            return Cache("private", ttl=0)
        if declared.cache == "none":
            if declared.ttl is not None or declared.swr is not None:
                self._fault(
                    declared,
                    'has times, but nothing is stored with cache="none"',
                    "leave ttl and swr out",
                )
            return Cache("none")
        for times in (declared.ttl, declared.swr):
            if times is not None and times < 0:
                self._fault(declared, f"is stored for {times} seconds", "give seconds, 0 or more")
        for vary in declared.vary:
            if vary != "Accept-Language":
                self._fault(
                    declared,
                    f'cannot vary by "{vary}"',
                    "vary by Accept-Language or by nothing",
                    "E131",
                )
        for tag in declared.tags:
            if not TAG.fullmatch(tag):
                self._fault(
                    declared, f'has the tag "{tag}"', "use lower-case letters, digits, ., _ and -"
                )
        asking = [each for each in queries if each.auth.mode != "none"]
        if declared.cache == "public" and asking:
            self._fault(
                declared,
                f"is public, but {listed(each.name for each in asking)} asks who is calling",
                'make it private, or declare what everybody may see with auth="none"',
                "E130",
            )
        return Cache(
            declared.cache,
            ttl=DEFAULT_TTL if declared.ttl is None else declared.ttl,
            swr=declared.swr,
            tags=tuple(declared.tags),
            vary=tuple(declared.vary),
        )

    def _params(self, context: str, queries: list[Function]) -> tuple[Param, ...]:
        """The union: a param that one function requires is required by the context."""
        union: dict[str, tuple[Param, Function]] = {}
        for query in queries:
            for param in query.params:
                known = union.get(param.name)
                if known is None:
                    union[param.name] = (param, query)
                    continue
                other, owner = known
                difference = self._difference(owner, query, other, param)
                if difference is not None:
                    self._report(
                        Finding(
                            f'its param "{param.name}" has another {difference} than in {owner.name}, which is in the context "{context}" too',
                            query.place,
                            query.name,
                            "E110",
                            "give it the same type in both functions, rename it in one, or move one to another context",
                            (f"{owner.name} ({owner.place})",),
                        )
                    )
                elif param.required and not other.required:
                    union[param.name] = (param, query)
        return tuple(param for param, _ in union.values())

    def _difference(self, owner: Function, query: Function, a: Param, b: Param) -> str | None:
        left = self._schemas.of_param(owner.name, a.name)
        right = self._schemas.of_param(query.name, b.name)
        if not self._shapes.same(left, right):
            return "schema"
        if MISSING not in (a.wire_default, b.wire_default) and a.wire_default != b.wire_default:
            return "default"
        return None if a.encoding == b.encoding else "encoding"

    def _fault(
        self, declared: ContextDeclaration, message: str, help: str, code: str | None = None
    ) -> None:
        self._report(
            Finding(
                f'the context "{declared.name}" {message}', declared.place, code=code, help=help
            )
        )


def with_scopes(context: Context, scopes: Iterable[Iterable[str]]) -> Context:
    """The scopes in one order: fewer params first, params as in the context."""
    order = {param.name: index for index, param in enumerate(context.params)}
    found = {tuple(sorted(set(scope), key=order.__getitem__)) for scope in scopes} or {()}
    return replace(context, scopes=tuple(sorted(found, key=lambda scope: (len(scope), scope))))
