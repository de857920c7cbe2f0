"""A member of a bundle as a merge sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .function import Function
from .shape import Core, Outline
from .targets import Merge


@dataclass(frozen=True, slots=True)
class Slot:
    """A member of a bundle as a merge sees it."""

    query: Function
    output: Any
    outline: Outline
    page: Core | None
    """The item type of a page: of its pagination, or of a member `items`."""

    @property
    def name(self) -> str:
        return self.query.slot or self.query.name


def declared_key(merge: Merge, slot: Slot) -> tuple[str, ...]:
    """What identifies an item: as the merge says it, or the slot's query."""
    if merge.key is None:
        return slot.query.key
    return (merge.key,) if isinstance(merge.key, str) else tuple(merge.key)
