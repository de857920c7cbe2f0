"""Which slot a merge lands in, how, and by which key (protocol section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .bindings import Binder
from .context import Context
from .finding import Finding, listed, nearest
from .function import Function, MergeTarget, Mode, Source
from .merge_mode import ModeResolver
from .schemas import Schemas
from .shape import Absent, Core, Member, Outline, Shapes
from .slot import Slot, declared_key
from .targets import Merge, segments

Report = Callable[[Finding], None]


class SlotResolver:
    """Resolves merges; what is wrong goes to `report`."""

    def __init__(self, schemas: Schemas, shapes: Shapes, binder: Binder, report: Report) -> None:
        self._schemas = schemas
        self._shapes = shapes
        self._binder = binder
        self._modes = ModeResolver(shapes, report)
        self._report = report

    def slots(self, context: Context) -> list[Slot]:
        return [self._slot(query) for query in context.functions]

    def resolve(self, function: Function, merge: Merge, context: Context) -> MergeTarget | None:
        value = self._value(function, merge)
        if value is None:
            return None
        outline = self._shapes.outline(value)
        params = self._binder.bind(function, context, merge.params)
        slots = self.slots(context)
        slot = (
            self._find(function, merge, context, slots, outline)
            if merge.slot is None
            else self._named(function, merge.slot, context, slots)
        )
        if slot is None:
            return None
        mode = self._modes.resolve(function, merge, slot, value, outline)
        if mode is None:
            return None
        key = () if mode in ("replace", "patch") else self._key(function, merge, slot)
        if key is None or not self._all_bound(function, merge, slot, mode, params):
            return None
        return MergeTarget(
            context=context.name,
            slot=slot.name,
            mode=mode,
            key=key,
            at=merge.at,
            value=() if merge.value is None else segments(merge.value),
            params=params,
            on_null=merge.on_null,
        )

    def held(self, slot: Slot) -> str | None:
        """The named type that a slot holds: itself, its items, or those of its page."""
        return (slot.outline.element or slot.page or slot.outline.core).identity

    def _slot(self, query: Function) -> Slot:
        output = self._schemas.of_output(query.name)
        outline = self._shapes.outline(output)
        page: Core | None = None
        if outline.element is None:
            path = query.pagination.items if query.pagination else ("items",)
            found = self._shapes.follow(outline.core.schema, path)
            page = self._shapes.element(found.schema) if isinstance(found, Member) else None
        return Slot(query, output, outline, page)

    def _value(self, function: Function, merge: Merge) -> Any:
        output = self._schemas.of_output(function.name)
        if output is None:
            self._fault(
                function,
                "E203",
                "returns nothing that could be merged",
                'let it return something, or use "affects"',
            )
            return None
        if merge.value is None:
            return output
        found = self._shapes.follow(output, segments(merge.value))
        if isinstance(found, Member):
            return found.schema
        members = self._shapes.members(output)
        self._fault(
            function,
            "E205",
            f'its answer has nothing at "{".".join(map(str, segments(merge.value)))}"',
            f"it has {listed(members)}" if members else "merge the whole answer",
        )
        return None

    def _named(
        self, function: Function, name: str, context: Context, slots: Sequence[Slot]
    ) -> Slot | None:
        names = [slot.name for slot in slots]
        if name in names:
            return slots[names.index(name)]
        self._fault(
            function,
            "E202",
            f'the context "{context.name}" has no slot "{name}"{nearest(name, names)}',
            f"its slots: {listed(names)}",
        )
        return None

    def _find(
        self,
        function: Function,
        merge: Merge,
        context: Context,
        slots: Sequence[Slot],
        value: Outline,
    ) -> Slot | None:
        """Ranks 1 to 3: the type itself, a list of it, a page of it. A lower rank is looked at only if the higher is empty."""
        type_name = value.core.identity
        element = value.element.identity if value.element else None
        if type_name is None and element is None:
            self._fault(
                function,
                "E203",
                "what it returns is not a named type, so its slot cannot be found",
                f'name it: mizan.Merge("{context.name}", slot="{slots[0].name}")',
            )
            return None
        whole = merge.mode in (None, "replace", "patch")
        items = merge.mode is None or not whole
        same = (
            [
                slot
                for slot in slots
                if slot.outline.element and slot.outline.element.identity == element
            ]
            if element is not None
            else [slot for slot in slots if slot.outline.core.identity == type_name]
        )
        of_item = items and type_name is not None
        lists = [
            slot
            for slot in slots
            if slot.outline.element and slot.outline.element.identity == type_name
        ]
        pages = [slot for slot in slots if slot.page and slot.page.identity == type_name]
        ranks = [same if whole else [], lists if of_item else [], pages if of_item else []]
        candidates = next((rank for rank in ranks if rank), [])
        if len(candidates) == 1:
            return candidates[0]
        held = f"lists of {element}" if type_name is None else type_name
        if candidates:
            self._fault(
                function,
                "E201",
                f'merge into the context "{context.name}" is ambiguous: {len(candidates)} slots hold {held}',
                f'name one: mizan.Merge("{context.name}", slot="{candidates[0].name}")',
                tuple(f'candidate "{slot.name}" ({slot.query.place})' for slot in candidates[:8]),
            )
        else:
            self._fault(
                function,
                "E202",
                f'no slot of the context "{context.name}" holds {held}',
                f'use affects=["{context.name}"], or let the query and the mutation share one type',
                tuple(
                    f'slot "{slot.name}": {self.held(slot) or "no named type"}'
                    for slot in slots[:8]
                ),
            )
        return None

    def _key(self, function: Function, merge: Merge, slot: Slot) -> tuple[str, ...] | None:
        item = slot.outline.element or slot.page
        if item is None:
            return ()
        declared = declared_key(merge, slot)
        for name in declared or ("id",):
            found = self._shapes.member(item.schema, name)
            usable = not isinstance(found, Member) or (
                self._shapes.is_scalar(found.schema) and (found.required or bool(declared))
            )
            if usable and not isinstance(found, Absent):
                continue
            self._fault(
                function,
                "E204",
                f'the items of "{slot.name}" cannot be recognised by "{name}"'
                + (
                    ""
                    if declared
                    else ": no key is declared, and they have no required scalar of that name"
                ),
                f'declare what identifies an item: key="..." at {slot.query.name} ({slot.query.place})',
            )
            return None
        return declared or ("id",)

    def _all_bound(
        self, function: Function, merge: Merge, slot: Slot, mode: Mode, params: dict[str, Source]
    ) -> bool:
        """E210. An item that is recognised by its key is the same under every filter and on every page, so for `update` and `remove` only
        required params count, and not those that page."""
        keyed = mode in ("update", "remove")
        paging = set(slot.query.pagination.params.values()) if slot.query.pagination else set[str]()
        # A binding that failed its check is reported already.
        declared = set(merge.params or ())
        unbound = [
            param.name
            for param in slot.query.params
            if param.name not in params
            and param.name not in declared
            and not (keyed and (not param.required or param.name in paging))
        ]
        if not unbound:
            return True
        self._fault(
            function,
            "E210",
            f"the merge leaves {listed(unbound)} of {slot.query.name} unbound, so the answer would be written where it does not belong",
            f'bind it: mizan.Merge("{merge.context}", params={{"{unbound[0]}": "..."}}), or use "affects"',
            (f"{slot.query.name} ({slot.query.place})",),
        )
        return False

    def _fault(
        self, function: Function, code: str, message: str, help: str, related: tuple[str, ...] = ()
    ) -> None:
        self._report(Finding(message, function.place, function.name, code, help, related))
