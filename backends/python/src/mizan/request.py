"""The request as a function sees it, whatever the framework."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Request:
    """Injected into a parameter annotated `mizan.Request`; no part of the contract.

    Functions of a public context get one without user, session and raw request: what they answer is shared by everyone.
    """

    user: Any = None
    """The signed-in user as the framework knows it; None for a visitor."""
    session: MutableMapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names in lower case."""
    raw: Any = None
    """The framework's own request."""
    db: Any = None
    """What the host's `transaction=` opened for this call, such as a database session; None without one."""
