"""How a value goes into its slot: the mode that was declared, if the shapes allow it, or the one that they ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from .finding import Finding, listed
from .function import Function, Mode
from .shape import Absent, Core, Member, Outline, Shapes
from .slot import Slot, declared_key
from .targets import Merge

Report = Callable[[Finding], None]
Relation = Literal["same", "item", "other"]


class ModeResolver:
    """What is wrong goes to `report`: E205, E206, E207."""

    def __init__(self, shapes: Shapes, report: Report) -> None:
        self._shapes = shapes
        self._report = report

    def _relation(self, value: Any, outline: Outline, slot: Slot) -> Relation:
        if outline.element and slot.outline.element:
            if self._same(outline.element, slot.outline.element):
                return "same"
        elif self._same(outline.core, slot.outline.core):
            return "same"
        item = slot.outline.element or slot.page
        return "item" if item is not None and self._same(outline.core, item) else "other"

    def _same(self, left: Core, right: Core) -> bool:
        if left.identity is not None and left.identity == right.identity:
            return True
        return self._shapes.same(left.schema, right.schema)

    def resolve(
        self, function: Function, merge: Merge, slot: Slot, value: Any, outline: Outline
    ) -> Mode | None:
        relation = self._relation(value, outline, slot)
        mode: Mode = merge.mode or ("update" if relation == "item" else "replace")
        if mode == "upsert" and slot.page is not None and relation != "same":
            self._fault(
                function,
                "E207",
                f'"upsert" cannot insert into "{slot.name}", which is a page',
                'use mode="update", and "affects" to have the pages fetched again',
            )
            return None
        if mode == "patch":
            return mode if self._fits_patch(function, slot, value) else None
        if mode == "remove":
            return mode if self._names_item(function, merge, slot, outline) else None
        if relation == ("same" if mode == "replace" else "item"):
            return mode
        why, way = {
            "item": (
                f'is one item of the slot "{slot.name}", so the mode "{mode}" does not fit',
                'use mode="update"',
            ),
            "same": (
                f'is the whole of the slot "{slot.name}", so the mode "{mode}" does not fit',
                'use mode="replace"',
            ),
            "other": (
                f'has another shape than the slot "{slot.name}" of the context "{merge.context}"',
                'return the slot\'s type, pick a part of the answer with value="...", or use "affects"',
            ),
        }[relation]
        self._fault(
            function,
            "E205",
            f"what it returns {why}",
            way,
            (f'slot "{slot.name}" ({slot.query.place})',),
        )
        return None

    def _fits_patch(self, function: Function, slot: Slot, value: Any) -> bool:
        members = self._shapes.members(value)
        if slot.outline.element is not None or not members:
            why = (
                f'the slot "{slot.name}" is a list'
                if slot.outline.element
                else "what it returns declares no members"
            )
            self._fault(
                function,
                "E205",
                f'"patch" changes an object, but {why}',
                'use another mode, or "affects"',
            )
            return False
        wrong: list[str] = []
        for name, schema in members.items():
            found = self._shapes.member(slot.output, name)
            if isinstance(found, Absent):
                wrong.append(f'the slot has no "{name}"')
            elif isinstance(found, Member) and not self._shapes.same(schema, found.schema):
                wrong.append(f'"{name}" has another type in the slot')
        if wrong:
            self._fault(
                function,
                "E206",
                f'what it returns is no part of the slot "{slot.name}"',
                'return a part of the slot\'s type only, use mode="replace" with the whole of it, or "affects"',
                tuple(wrong),
            )
        return not wrong

    def _names_item(self, function: Function, merge: Merge, slot: Slot, value: Outline) -> bool:
        """What is removed is named by its key: the answer needs the members of the key, not the whole item."""
        if slot.outline.element is None and slot.page is None:
            self._fault(
                function,
                "E205",
                f'"remove" needs a list or a page, and "{slot.name}" is neither',
                'use mode="replace"',
            )
            return False
        key = declared_key(merge, slot) or ("id",)
        missing = [
            name for name in key if isinstance(self._shapes.member(value.core.schema, name), Absent)
        ]
        if missing:
            self._fault(
                function,
                "E205",
                f"what it returns does not say which item to remove: it has no {listed(missing)}",
                "return the members of the key",
            )
        return not missing

    def _fault(
        self, function: Function, code: str, message: str, help: str, related: tuple[str, ...] = ()
    ) -> None:
        self._report(Finding(message, function.place, function.name, code, help, related))
