"""What is wrong with a declaration, said so that it can be mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .function import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `code` is that of docs/diagnostics where the protocol has one."""

    message: str
    place: Place | None = None
    function: str | None = None
    code: str | None = None
    help: str | None = None
    related: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = " ".join(part for part in (self.code, self.function) if part)
        where = f" ({self.place})" if self.place is not None else ""
        lines = [f"{head}{where}: {self.message}" if head else f"{self.message}{where}"]
        lines += [f"    {line}" for line in self.related]
        if self.help is not None:
            lines.append(f"    help: {self.help}")
        return "\n".join(lines)


class RegistryError(Exception):
    """Everything that is wrong with a registry, at once. `findings` has the single ones."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        count = len(self.findings)
        title = f"{count} error{'' if count == 1 else 's'} in the declared functions"
        super().__init__("\n\n".join([title, *map(str, self.findings)]))


def nearest(name: str, names: Iterable[str]) -> str:
    """`; did you mean "user"?`, or nothing where no name is near."""
    close = get_close_matches(name, list(names), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def listed(names: Iterable[str], most: int = 8) -> str:
    """`"a", "b" and 3 more`."""
    all_names = [f'"{name}"' for name in names]
    more = len(all_names) - most
    return ", ".join(all_names[:most]) + (f" and {more} more" if more > 0 else "")
