"""Revisions (protocol 5.3): which mutations a value is known to reflect."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Stamp = str
"""Names a scope of a context, and the values of its params."""


@dataclass(frozen=True, slots=True)
class BumpTarget:
    """A scope that changes."""

    stamp: Stamp
    coarser: tuple[Stamp, ...] = ()
    """The scopes that contain it, without itself."""
    crossing: tuple[Stamp, ...] = ()
    """Scopes of which a part may overlap with it: a change of any part counts as a conflict."""


@dataclass(frozen=True, slots=True)
class Bump:
    """The new revision, and for each target whether anything it contains, or is contained in, has changed since."""

    rev: int
    conflicts: tuple[bool, ...]


class RevisionStore(Protocol):
    """The sequence and the stamps of one deployment. Every process that serves it must share one store."""

    async def current(self) -> int:
        """The last revision given."""
        ...

    async def entry(self, stamps: Sequence[Stamp]) -> int:
        """The revision of an entry: the highest of the scopes it matches, read at once."""
        ...

    async def bump(self, targets: Sequence[BumpTarget], since: int) -> Bump:
        """Takes the next revision and sets all targets to it, in one atomic step. Conflicts are changes after `since`."""
        ...

    def bump_blocking(self, targets: Sequence[BumpTarget]) -> int:
        """The same for code that is not part of a mutation (S8). Returns the new revision."""
        ...


def _ticks() -> int:
    """Unix time in units of 10 microseconds: 15 digits, so that it fits a double and an sf-integer."""
    return time.time_ns() // 10_000


class MemoryRevisions:
    """Revisions of a deployment that is one process.

    A stamp that was never set, or was dropped for space, reads as `floor`, the highest revision that any of those may have: too
    high costs a fetch, too low would be staleness.
    """

    def __init__(self, max_stamps: int = 100_000) -> None:
        self._lock = threading.Lock()
        self._sequence = _ticks()
        self._floor = self._sequence
        self._max_stamps = max_stamps
        self._set: OrderedDict[Stamp, int] = OrderedDict()
        """`s` of the protocol: when the scope itself changed."""
        self._below: OrderedDict[Stamp, int] = OrderedDict()
        """`b` of the protocol: when a finer scope changed."""

    async def current(self) -> int:
        with self._lock:
            return self._sequence

    async def entry(self, stamps: Sequence[Stamp]) -> int:
        with self._lock:
            return max((self._read(self._set, stamp) for stamp in stamps), default=self._floor)

    async def bump(self, targets: Sequence[BumpTarget], since: int) -> Bump:
        with self._lock:
            conflicts = tuple(self._last_change(target) > since for target in targets)
            return Bump(self._advance(targets), conflicts)

    def bump_blocking(self, targets: Sequence[BumpTarget]) -> int:
        with self._lock:
            return self._advance(targets)

    def _advance(self, targets: Sequence[BumpTarget]) -> int:
        self._sequence = max(self._sequence + 1, _ticks())
        for target in targets:
            self._write(self._set, target.stamp)
            for stamp in target.coarser:
                self._write(self._below, stamp)
        return self._sequence

    def _last_change(self, target: BumpTarget) -> int:
        return max(
            *(self._read(self._set, stamp) for stamp in (target.stamp, *target.coarser)),
            *(self._read(self._below, stamp) for stamp in (target.stamp, *target.crossing)),
        )

    def _read(self, stamps: OrderedDict[Stamp, int], stamp: Stamp) -> int:
        return max(stamps.get(stamp, 0), self._floor)

    def _write(self, stamps: OrderedDict[Stamp, int], stamp: Stamp) -> None:
        stamps[stamp] = self._sequence
        stamps.move_to_end(stamp)
        if len(stamps) > self._max_stamps:
            _, dropped = stamps.popitem(last=False)
            self._floor = max(self._floor, dropped)
