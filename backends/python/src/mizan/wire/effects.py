"""What the answer to a mutation changes (protocol 2.4, 3.4 and 5.3): from declared and runtime targets to merges and invalidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from mizan.context import Context
from mizan.contract import Contract
from mizan.effects import Effects, Invalidation, RuntimeMerge
from mizan.function import Function, MergeTarget, Param, Segments, Source

from .invalidate_header import HeaderItem, invalidate_header
from .limits import Limits
from .params import params_query
from .response import encode_json
from .revisions import Bump, BumpTarget
from .stamps import bump_target

_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Target:
    """Entries of a context, or of all (None), narrowed by JSON values."""

    context: Context | None
    values: Mapping[str, Any]
    own: bool = False
    """Only the entries of the viewer who called."""

    @property
    def cq(self) -> str:
        return "" if self.context is None else params_query(self.context.params, self.values)

    @property
    def name(self) -> str:
        return "*" if self.context is None else self.context.name

    def item(self, rev: int) -> dict[str, Any]:
        """An invalidate, or the first half of a merge."""
        params = {"params": dict(self.values)} if self.values else {}
        return {"context": self.name, **params, "rev": rev}


@dataclass(frozen=True, slots=True)
class Merge:
    """A value for a slot of the target's entries."""

    target: Target
    slot: str
    mode: str
    key: tuple[str, ...]
    at: str | None
    value: Any

    def item(self, rev: int) -> dict[str, Any]:
        item: dict[str, Any] = {
            "context": self.target.name,
            "slot": self.slot,
            "mode": self.mode,
        }
        if self.key:
            item["key"] = list(self.key)
        if self.at is not None:
            item["at"] = self.at
        return item | self.target.item(rev) | {"value": self.value}


@dataclass(frozen=True, slots=True)
class Settled:
    """The effects of one answer, as they are sent."""

    merges: Sequence[Mapping[str, Any]]
    invalidates: Sequence[Mapping[str, Any]]
    header: str


@dataclass(frozen=True, slots=True)
class EffectPlan:
    """What a mutation will change once it is committed."""

    merges: tuple[Merge, ...] = ()
    invalidates: tuple[Target, ...] = ()

    def bump_targets(self, viewer: str) -> list[BumpTarget]:
        """In the order of `merges`, then of `invalidates`."""
        targets = [*(merge.target for merge in self.merges), *self.invalidates]
        return [
            bump_target(each.context, each.values, viewer if each.own else None) for each in targets
        ]

    def settle(self, bump: Bump, limits: Limits) -> Settled:
        """Merges whose target nobody else has changed, within bounds; the rest become invalidates (S3)."""
        merges: list[Merge] = []
        stale: list[Target] = []
        size = 0
        for merge, conflict in zip(self.merges, bump.conflicts, strict=False):
            grown = size + len(encode_json(merge.value))
            if conflict or grown > limits.merge_bytes or len(merges) == limits.merges:
                stale.append(merge.target)
            else:
                merges.append(merge)
                size = grown
        stale = _bounded([*stale, *self.invalidates], limits.invalidates)
        told = [*(merge.target for merge in merges), *stale]
        header = invalidate_header(
            (HeaderItem(each.name, each.cq, bump.rev) for each in told), limits.header_bytes
        )
        return Settled(
            [merge.item(bump.rev) for merge in merges],
            [each.item(bump.rev) for each in stale],
            header,
        )


def _bounded(targets: Sequence[Target], count: int) -> list[Target]:
    """Each once. Too many name their contexts only, and too many contexts mean all."""
    unique = list({(each.name, each.cq): each for each in targets}.values())
    if len(unique) > count:
        unique = list({each.name: Target(each.context, {}) for each in unique}.values())
    return unique if len(unique) <= count else [Target(None, {})]


def plan_effects(
    contract: Contract,
    function: Function,
    given: Any,
    arguments: Mapping[str, Any],
    result: Any,
    runtime: Effects,
) -> EffectPlan:
    """The effects of one run.

    `given` is the input as JSON, `arguments` the same checked, `result` the answer as JSON. Raises ValueError where the function
    names a context, slot or param that does not exist, so that the mistake is seen before anything is committed.
    """
    sources = _Sources(given, arguments, result)
    merges: list[Merge] = []
    invalidates: list[Target] = []
    named = {(each.context, each.slot) for each in runtime.merges}
    narrowed = {each.context for each in runtime.invalidations}
    for merge in function.merge:
        context = contract.contexts[merge.context]
        if _is_given_at_run_time(merge.params) and (merge.context, merge.slot) in named:
            continue
        target, complete = _bind(context, merge.params, sources)
        value = _walk(result, merge.value)
        if value is _ABSENT:
            value = None
        if value is None and merge.on_null == "ignore":
            continue
        if complete and not (value is None and merge.on_null == "invalidate"):
            merges.append(_declared(target, merge, value))
        else:
            invalidates.append(target)
    for each in runtime.merges:
        merges.append(_runtime_merge(contract, each))
    for affect in function.affects:
        if affect.context == "*":
            invalidates.append(Target(None, {}))
            continue
        if _is_given_at_run_time(affect.params) and affect.context in narrowed:
            continue
        target, _ = _bind(contract.contexts[affect.context], affect.params, sources)
        invalidates.append(Target(target.context, target.values, affect.viewers == "self"))
    invalidates.extend(runtime_target(contract, each) for each in runtime.invalidations)
    return EffectPlan(tuple(merges), tuple(invalidates))


def runtime_target(contract: Contract, item: Invalidation) -> Target:
    """The target of `mizan.invalidate()`. Raises ValueError for names that the contract does not have."""
    if item.context == "*":
        return Target(None, {})
    context = _context(contract, item.context, "mizan.invalidate")
    return Target(
        context, _runtime_values(context, item.params, "mizan.invalidate"), item.viewers == "self"
    )


def _runtime_merge(contract: Contract, item: RuntimeMerge) -> Merge:
    context = _context(contract, item.context, "mizan.merge")
    slot = next((each for each in context.functions if each.slot == item.slot), None)
    if slot is None:
        known = ", ".join(str(each.slot) for each in context.functions)
        raise ValueError(f"mizan.merge: {item.context} has no slot {item.slot!r}, only {known}")
    value = slot.dump_output(item.value) if item.mode == "replace" else _jsonable(item.value)
    target = Target(context, _runtime_values(context, item.params, "mizan.merge"))
    # The rule of E210: else the value would be written where it does not belong. An item of a list is recognised by its key.
    by_key = item.mode in ("update", "remove")
    unbound = [
        param.name
        for param in slot.params
        if param.name not in target.values and (param.required or not by_key)
    ]
    if unbound:
        raise ValueError(
            f"mizan.merge: {item.context}.{item.slot} needs params={{{', '.join(f'{name!r}: ...' for name in unbound)}}}, or the value "
            "would be written where it does not belong"
        )
    key = item.key or (slot.key if item.mode in ("update", "upsert", "remove") else ())
    return Merge(target, item.slot, item.mode, key, item.at, value)


def _jsonable(value: Any) -> Any:
    """A JSON value of what pydantic can write: models, dataclasses, dates, decimals."""
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value, by_alias=True)


def _context(contract: Contract, name: str, caller: str) -> Context:
    if name not in contract.contexts:
        raise ValueError(f"{caller}: no context {name!r}, only {', '.join(contract.contexts)}")
    return contract.contexts[name]


def _runtime_values(context: Context, params: Mapping[str, Any], caller: str) -> dict[str, Any]:
    known = {param.name: param for param in context.params}
    values: dict[str, Any] = {}
    for name, value in params.items():
        if name not in known:
            names = ", ".join(known) or "no params"
            raise ValueError(f"{caller}: {context.name} has no param {name!r}, only {names}")
        if value is not None:
            values[name] = _wire_value(known[name], value)
    return values


def _wire_value(param: Param, value: Any) -> Any:
    """A value as the param's entries have it. Raises `pydantic.ValidationError`."""
    return param.adapter.dump_python(
        param.adapter.validate_python(value), mode="json", by_alias=True
    )


def _declared(target: Target, merge: MergeTarget, value: Any) -> Merge:
    return Merge(target, merge.slot, merge.mode, merge.key, merge.at, value)


def _is_given_at_run_time(params: Mapping[str, Source]) -> bool:
    return any(source.origin == "server" for source in params.values())


@dataclass(frozen=True, slots=True)
class _Sources:
    given: Any
    arguments: Mapping[str, Any]
    result: Any

    def candidates(self, source: Source) -> Iterator[Any]:
        if source.origin == "const":
            yield source.value
        elif source.origin == "result":
            yield _walk(self.result, source.path)
        elif source.origin == "input":
            yield _walk(self.given, source.path)
            # A default, which the client need not send.
            yield _walk(self.arguments, source.path)


def _bind(
    context: Context, params: Mapping[str, Source], sources: _Sources
) -> tuple[Target, bool]:
    """The target, and whether all of its params are bound. A null binds nothing, nor does a value that does not fit."""
    known = {param.name: param for param in context.params}
    values: dict[str, Any] = {}
    for name, source in params.items():
        value = next((each for each in sources.candidates(source) if each is not _ABSENT), None)
        if value is None:
            continue
        try:
            values[name] = _wire_value(known[name], value)
        except ValidationError:
            continue
    return Target(context, values), values.keys() == params.keys()


def _walk(value: Any, path: Segments) -> Any:
    for step in path:
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif isinstance(step, str) and not isinstance(value, Mapping) and hasattr(value, step):
            value = getattr(value, step)
        else:
            return _ABSENT
    return value
