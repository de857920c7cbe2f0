"""Which components something refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..schemas import REFERENCE


def reached_components(roots: Iterable[Any], components: Mapping[str, Any]) -> set[str]:
    """Names of the components that references in the roots lead to, over any number of steps."""
    reached: set[str] = set()
    pending = list(roots)
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, dict):
            pending += value.values()
            reference = value.get("$ref")
            name = reference.removeprefix(REFERENCE) if isinstance(reference, str) else ""
            if name in components and name not in reached:
                reached.add(name)
                pending.append(components[name])
    return reached
