"""What mutations and views change, with nothing left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .bindings import Binder
from .context import Context
from .declaration import Declaration
from .finding import Finding, listed, nearest
from .function import AffectTarget, Function, MergeTarget
from .slot import Slot
from .slots import SlotResolver
from .targets import Affects, Merge

Report = Callable[[Finding], None]


class TargetResolver:
    """Resolves the targets of one function after another."""

    def __init__(
        self,
        contexts: Mapping[str, Context],
        slots: SlotResolver,
        binder: Binder,
        report: Report,
        warn: Report,
    ) -> None:
        self._contexts = contexts
        self._slots = slots
        self._binder = binder
        self._report = report
        self._warn = warn

    def merges(self, function: Function, declaration: Declaration) -> tuple[MergeTarget, ...]:
        found: list[MergeTarget] = []
        for each in declaration.merge:
            merge = Merge(each) if isinstance(each, str) else each
            context = self._context(function, merge.context, "E200")
            resolved = context and self._slots.resolve(function, merge, context)
            if resolved:
                found.append(resolved)
        self._warn_of_untouched_lists(function, declaration, found)
        return tuple(found)

    def affects(self, function: Function, declaration: Declaration) -> tuple[AffectTarget, ...]:
        return tuple(self._affects(function, declaration))

    def _affects(self, function: Function, declaration: Declaration) -> Iterator[AffectTarget]:
        for each in declaration.affects:
            affect = Affects(each) if isinstance(each, str) else each
            if affect.context == "*":
                yield AffectTarget("*", viewers=affect.viewers)
                continue
            context = self._context(function, affect.context, "E220")
            if context is not None:
                params = self._binder.bind(function, context, affect.params)
                yield AffectTarget(context.name, params, affect.viewers)

    def _context(self, function: Function, name: str, code: str) -> Context | None:
        context = self._contexts.get(name)
        if context is not None:
            return context
        if name == "*":
            message = 'a merge needs one context, not "*"'
            help = 'use affects=["*"] to have everything fetched again'
        else:
            message = f'there is no context "{name}"{nearest(name, self._contexts)}'
            help = (
                f"contexts: {listed(self._contexts)}"
                if self._contexts
                else "no query names a context"
            )
        self._report(Finding(message, function.place, function.name, code, help))
        return None

    def _warn_of_untouched_lists(
        self, function: Function, declaration: Declaration, merges: list[MergeTarget]
    ) -> None:
        """W220: the merged slot is up to date, a list of the same type beside it is not."""
        refetched = {
            each if isinstance(each, str) else each.context for each in declaration.affects
        }
        merged = {(each.context, each.slot) for each in merges}
        for merge in merges:
            if merge.mode == "remove" or refetched & {"*", merge.context}:
                continue
            slots = {slot.name: slot for slot in self._slots.slots(self._contexts[merge.context])}
            held = self._slots.held(slots[merge.slot])
            untouched = [
                name
                for name, slot in slots.items()
                if (merge.context, name) not in merged and held is not None and _lists(slot) == held
            ]
            if untouched:
                self._warn(
                    Finding(
                        f"its merge leaves {listed(untouched)} untouched, which holds the same type",
                        function.place,
                        function.name,
                        "W220",
                        f'add mizan.Merge("{merge.context}", slot="{untouched[0]}", mode="update"), or affects=["{merge.context}"]',
                    )
                )


def _lists(slot: Slot) -> str | None:
    """The named type that a slot has several of."""
    item = slot.outline.element or slot.page
    return None if item is None else item.identity
