"""What all exchanges of one deployment share."""

from __future__ import annotations

from dataclasses import dataclass, field

from mizan.contract import Contract

from .csrf import CsrfPolicy
from .host import Host
from .idempotency import IdempotencyStore, MemoryIdempotency
from .limits import Limits
from .revisions import MemoryRevisions, RevisionStore

@dataclass(frozen=True, slots=True, weakref_slot=True)
class Server:
    """A contract and everything that serves it."""

    contract: Contract
    fingerprint: str
    host: Host
    csrf: CsrfPolicy = field(default_factory=CsrfPolicy)
    revisions: RevisionStore = field(default_factory=MemoryRevisions)
    idempotency: IdempotencyStore = field(default_factory=MemoryIdempotency)
    limits: Limits = field(default_factory=Limits)
