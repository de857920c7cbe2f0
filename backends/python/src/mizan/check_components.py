"""Names of components that the document makes itself: types of the application must not have them (P5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .context import Context
from .document.paths import bundle_names
from .document.protocol_schemas import PREFIX
from .finding import Finding
from .schemas import Schemas


def check_components(schemas: Schemas, contexts: Iterable[Context]) -> Iterator[Finding]:
    """Types whose name is taken by the protocol or by the bundle of a context, and contexts whose bundles fall together."""
    taken: dict[str, str] = {}
    for context in contexts:
        for name in bundle_names(context.name):
            holder = taken.setdefault(name, context.name)
            if holder != context.name:
                yield Finding(
                    f'the contexts "{holder}" and "{context.name}" have the same component "{name}"',
                    code="E101",
                    help="rename one of them",
                )
    for name in schemas.components:
        if name in taken:
            yield Finding(
                f'the type "{name}" has the name of the bundle of the context "{taken[name]}"',
                help="rename the type",
            )
        elif name.startswith(PREFIX):
            yield Finding(
                f'the type "{name}" has a name of the protocol, which begins with "{PREFIX}"',
                help="rename the type",
            )
