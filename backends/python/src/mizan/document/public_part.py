"""What of a contract is for everybody: no `internal` functions, and nothing that only they have (P7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..build_context import with_scopes
from ..context import Context
from ..contract import Contract
from ..function import Function, Param


def public_part(contract: Contract) -> Contract:
    """The contract without internal functions. Targets in contexts that only they belong to are left out."""
    functions = {
        name: function
        for name, function in contract.functions.items()
        if function.stability != "internal"
    }
    if len(functions) == len(contract.functions):
        return contract
    contexts = {
        name: replace(
            context,
            functions=kept,
            params=_union(kept),
        )
        for name, context in contract.contexts.items()
        if (kept := tuple(each for each in context.functions if each.name in functions))
    }
    reduced = {name: _without_targets(function, contexts) for name, function in functions.items()}
    return replace(
        contract,
        functions=reduced,
        contexts={
            name: with_scopes(
                replace(context, functions=tuple(reduced[each.name] for each in context.functions)),
                _scopes(context),
            )
            for name, context in contexts.items()
        },
    )


def _union(functions: Iterable[Function]) -> tuple[Param, ...]:
    union: dict[str, Param] = {}
    for param in (param for function in functions for param in function.params):
        if param.name not in union or (param.required and not union[param.name].required):
            union[param.name] = param
    return tuple(union.values())


def _without_targets(function: Function, contexts: dict[str, Context]) -> Function:
    slots = {(name, each.slot) for name, context in contexts.items() for each in context.functions}
    return replace(
        function,
        merge=tuple(each for each in function.merge if (each.context, each.slot) in slots),
        affects=tuple(
            each for each in function.affects if each.context == "*" or each.context in contexts
        ),
    )


def _scopes(context: Context) -> list[tuple[str, ...]]:
    """The scopes that were there, as far as their params still are."""
    names = {param.name for param in context.params}
    return [scope for scope in context.scopes if names.issuperset(scope)]
