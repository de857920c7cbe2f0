"""Where functions are declared."""

from __future__ import annotations

import inspect
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from importlib.metadata import version as _version
from threading import RLock
from types import FrameType
from typing import Any, Literal, TypeVar

from .check_contract import check_contract
from .contract import Contract, Settings
from .declaration import ContextDeclaration, Declaration, FormOptions
from .error import Error
from .function import Auth, AuthMode, Deprecated, Pagination, Place
from .targets import Affects, Merge

F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D", Declaration, ContextDeclaration)

_log = logging.getLogger("mizan")


class Registry:
    """Declared functions, in order. `check()` resolves them and raises everything that is wrong at once.

    `auth` is what functions ask for that do not say it themselves.
    """

    def __init__(
        self,
        *,
        title: str = "API",
        version: str = "0.0.0",
        base: str = "/",
        session_path: str | None = "/session/",
        session_cookie: str = "sessionid",
        auth: AuthMode = "required",
        producer: str = "mizan-python",
    ) -> None:
        self.settings = Settings(
            title=title,
            version=version,
            base=base,
            session_path=session_path,
            session_cookie=session_cookie,
            producer=f"{producer}/{_version('mizan')}",
        )
        self._auth: AuthMode = auth
        self._declarations: list[Declaration] = []
        self._contexts: list[ContextDeclaration] = []
        self._contract: Contract | None = None
        self._frozen = False
        self._lock = RLock()

    def context(
        self,
        name: str,
        *,
        cache: Literal["none", "private", "public"] = "private",
        ttl: int | None = None,
        swr: int | None = None,
        tags: Sequence[str] = (),
        vary: Sequence[Literal["Accept-Language"]] = (),
        scopes: Sequence[Sequence[str]] = (),
        summary: str | None = None,
        description: str | None = None,
        deprecated: Deprecated | bool = False,
    ) -> str:
        """Says who may share what a context answers, and for how long (seconds). Returns the name, for `context=`.

        A context that is never declared is private and stored nowhere. `public` is never guessed (M12): its functions run without user
        and session, and need `auth="none"`. `scopes` are param sets that `mizan.invalidate` is called with, beyond those that
        declarations show.
        """
        self._add(
            self._contexts,
            ContextDeclaration(
                name,
                _place_of(sys._getframe(1)),
                cache,
                ttl,
                swr,
                tags,
                vary,
                scopes,
                summary,
                description,
                deprecated,
            ),
        )
        return name

    def client(
        self,
        *,
        context: str | None = None,
        merge: Sequence[Merge | str] | Merge | str = (),
        affects: Sequence[Affects | str] | Affects | str = (),
        auth: Auth | AuthMode | None = None,
        name: str | None = None,
        slot: str | None = None,
        key: str | Sequence[str] = (),
        optional: bool = False,
        pagination: Pagination | None = None,
        form: FormOptions | str | bool = False,
        errors: Sequence[type[Error]] = (),
        idempotent: bool = False,
        csrf: bool = True,
        session: Literal["keep", "change"] = "keep",
        concurrency: Literal["parallel", "serial", "latest"] = "parallel",
        module: str | None = None,
        summary: str | None = None,
        description: str | None = None,
        tags: Sequence[str] = (),
        deprecated: Deprecated | bool = False,
        stability: Literal["stable", "experimental", "internal"] = "stable",
    ) -> Callable[[F], F]:
        """Declares a query (with `context`) or a mutation. Types come from the annotations; the function itself is returned unchanged."""

        def declare(function: F) -> F:
            frame = sys._getframe(1)
            self._add(
                self._declarations,
                Declaration(
                    callable=function,
                    name=name or function.__name__,
                    place=_place_of_function(function, frame),
                    local_names=_local_names(frame),
                    auth=self._auth if auth is None else auth,
                    context=context,
                    slot=slot,
                    merge=_own(merge, Merge),
                    affects=_own(affects, Affects),
                    key=_own(key),
                    optional=optional,
                    pagination=deepcopy(pagination),
                    form=deepcopy(form),
                    errors=tuple(errors),
                    idempotent=idempotent,
                    csrf=csrf,
                    session=session,
                    concurrency=concurrency,
                    module=module,
                    summary=summary,
                    description=description,
                    tags=tuple(tags),
                    deprecated=deprecated,
                    stability=stability,
                ),
            )
            return function

        return declare

    def view(
        self,
        path: str,
        *,
        produces: str | Sequence[str],
        method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET",
        affects: Sequence[Affects | str] | Affects | str = (),
        auth: Auth | AuthMode | None = None,
        name: str | None = None,
        encoding: Literal["json", "multipart", "form"] | None = None,
        errors: Sequence[type[Error]] = (),
        module: str | None = None,
        summary: str | None = None,
        description: str | None = None,
        tags: Sequence[str] = (),
        deprecated: Deprecated | bool = False,
        stability: Literal["stable", "experimental", "internal"] = "stable",
    ) -> Callable[[F], F]:
        """Declares a route that answers with something else than JSON. `path` is below the base: `/orders/{order_id}/invoice.pdf`."""

        def declare(function: F) -> F:
            frame = sys._getframe(1)
            self._add(
                self._declarations,
                Declaration(
                    callable=function,
                    name=name or function.__name__,
                    place=_place_of_function(function, frame),
                    local_names=_local_names(frame),
                    auth=self._auth if auth is None else auth,
                    affects=_own(affects, Affects),
                    errors=tuple(errors),
                    method=method,
                    path=path,
                    produces=_own(produces),
                    encoding=encoding,
                    module=module,
                    summary=summary,
                    description=description,
                    tags=tuple(tags),
                    deprecated=deprecated,
                    stability=stability,
                ),
            )
            return function

        return declare

    def check(self) -> Contract:
        """Everything resolved. Raises `RegistryError` with all that is wrong; warnings go to the log `mizan` and into the contract."""
        with self._lock:
            if self._contract is None:
                self._contract = check_contract(self.settings, self._declarations, self._contexts)
                for warning in self._contract.warnings:
                    _log.warning("%s", warning)
            return self._contract

    def freeze(self) -> Contract:
        """`check()`, and no more declarations after it. Servers call this when they start."""
        with self._lock:
            contract = self.check()
            self._frozen = True
            return contract

    def _add(self, declared: list[D], item: D) -> None:
        with self._lock:
            if self._frozen:
                raise RuntimeError(
                    f'"{item.name}" ({item.place}) is declared after the server has started. Import its module before that.'
                )
            for each in [each for each in declared if _is_loaded_again(each, item)]:
                declared.remove(each)
            declared.append(item)
            self._contract = None


def _is_loaded_again(
    old: Declaration | ContextDeclaration, new: Declaration | ContextDeclaration
) -> bool:
    """A module that is loaded again declares the same things at the same places, from new code."""
    if old.name != new.name or old.place != new.place:
        return False
    if isinstance(old, Declaration) and isinstance(new, Declaration):
        code = getattr(old.callable, "__code__", None)
        return code is None or code is not getattr(new.callable, "__code__", None)
    return True


def _own(items: Any, kind: type[Any] = str) -> tuple[Any, ...]:
    """A declaration's own copy, whatever happens to the list it was made of (H10). One item may stand without a list."""
    return deepcopy((items,) if isinstance(items, str | kind) else tuple(items))


def _place_of(frame: FrameType) -> Place:
    return Place(frame.f_code.co_filename, frame.f_lineno)


def _place_of_function(function: Callable[..., Any], frame: FrameType) -> Place:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return _place_of(frame) if code is None else Place(code.co_filename, code.co_firstlineno)


def _local_names(frame: FrameType) -> Mapping[str, Any]:
    """Names of the function that a declaration stands in. At module level there are none besides the module's, which live on."""
    return {} if frame.f_locals is frame.f_globals else dict(frame.f_locals)
