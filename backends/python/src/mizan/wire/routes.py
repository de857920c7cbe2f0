"""Which address is answered by what (protocol 3.1)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

from mizan.contract import Contract
from mizan.function import Function

from .bundle import answer_bundle
from .call import answer_call
from .exchange import Exchange
from .problem import Problem
from .response import WireResponse
from .session_answer import answer_session
from .view import answer_view

Answer = Callable[[Exchange], Awaitable[WireResponse]]

_CONTEXTS = "/ctx/"
_CALLS = "/call/"
_READ = ("GET", "HEAD")
_PARAM = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Route:
    """What an address takes, and what answers it."""

    methods: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class _View:
    pattern: re.Pattern[str]
    function: Function

    @property
    def methods(self) -> tuple[str, ...]:
        return _READ if self.function.method in (None, "GET") else (self.function.method,)


class Routes:
    """The addresses of a contract, each with and without a slash at its end."""

    def __init__(self, contract: Contract) -> None:
        self._routes: dict[str, Route] = {}
        for context in contract.contexts.values():
            self._add(context.path, (*_READ, "POST"), partial(answer_bundle, context=context))
        for function in contract.mutations:
            self._add(f"{_CALLS}{function.name}", ("POST",), partial(answer_call, function=function))
        if contract.session_path is not None:
            self._add(contract.session_path, _READ, answer_session)
        self._templates = [each.path or "" for each in contract.views]
        if contract.session_path is not None:
            self._templates.append(contract.session_path)
        self._views = [_View(_compile(each.path or ""), each) for each in contract.views]

    @property
    def paths(self) -> list[str]:
        """Path templates of everything that is answered here, unknown contexts and functions included."""
        fixed = [_bare(each) for each in self._templates]
        both = [form for each in fixed for form in (each, f"{each}/")]
        return [f"{_CONTEXTS}{{rest:path}}", f"{_CALLS}{{rest:path}}", *both]

    def find(self, path: str, method: str) -> Route:
        """What answers a method at a path; for OPTIONS, what the path takes. Raises `Problem`: 404 or 405."""
        found = [route for route in [self._routes.get(_bare(path))] if route is not None]
        found.extend(self._match_views(_bare(path)))
        if not found:
            raise Problem(_unknown(path))
        allowed = tuple(dict.fromkeys(each for route in found for each in route.methods))
        if method == "OPTIONS":
            return Route(allowed, partial(_allow, allowed=allowed))
        for route in found:
            if method in route.methods:
                return route
        raise Problem("method", headers={"Allow": ", ".join(allowed)})

    def _add(self, path: str, methods: tuple[str, ...], answer: Answer) -> None:
        self._routes[_bare(path)] = Route(methods, answer)

    def _match_views(self, path: str) -> Iterator[Route]:
        for view in self._views:
            match = view.pattern.fullmatch(path)
            if match is not None:
                answer = partial(answer_view, function=view.function, path_params=match.groupdict())
                yield Route(view.methods, answer)


async def _allow(exchange: Exchange, allowed: tuple[str, ...]) -> WireResponse:
    return WireResponse(204, {"Allow": ", ".join(allowed), "Cache-Control": "no-store"})


def _unknown(path: str) -> str:
    if path.startswith(_CONTEXTS):
        return "unknown_context"
    return "unknown_function" if path.startswith(_CALLS) else "not_found"


def _bare(path: str) -> str:
    return path[:-1] if path.endswith("/") and len(path) > 1 else path


def _compile(path: str) -> re.Pattern[str]:
    parts = _PARAM.split(_bare(path))
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    )
