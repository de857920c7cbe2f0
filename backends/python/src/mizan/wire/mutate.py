"""Runs a mutation: transaction, commit, bump, in this order (protocol 5.3 and 5.4)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mizan.effects import collect_effects
from mizan.function import Function

from .completion import complete
from .effects import EffectPlan, Settled, plan_effects
from .exchange import Exchange
from .invoke import invoke
from .response import encode_json
from .session import Session

_NOTHING = Settled((), (), "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A committed mutation. `output` is the answer as JSON, `returned` what the function gave."""

    returned: Any
    output: Any
    settled: Settled
    redirect: str | None


async def run_mutation(
    exchange: Exchange,
    session: Session,
    function: Function,
    given: Any,
    arguments: Mapping[str, Any],
) -> Outcome:
    """Raises whatever the function raises; then nothing is committed, and nothing is bumped (S7)."""
    server = exchange.server
    began = await server.revisions.current()
    seen = await exchange.open_request()
    transaction = server.host.transaction(seen, function)
    seen.db = await transaction.__aenter__()
    try:
        with collect_effects() as runtime:
            returned = await invoke(server.host, function, arguments, seen)
        # What cannot be written, or names a target that does not exist, must not be committed.
        output = function.dump_output(returned)
        encode_json(output)
        plan = plan_effects(server.contract, function, given, arguments, output, runtime)
    except BaseException:
        await transaction.__aexit__(*sys.exc_info())
        await session.undo()
        raise
    try:
        await transaction.__aexit__(None, None, None)
    except asyncio.CancelledError:
        # Nobody knows whether it was committed. To bump for nothing costs a fetch, not to bump would leave caches wrong.
        await complete(_settle(exchange, session, plan, began))
        raise
    except Exception:
        await session.undo()
        raise
    settled = await complete(_settle(exchange, session, plan, began))
    if function.session == "change":
        await session.renew()
    return Outcome(returned, output, settled, runtime.redirect)


async def _settle(exchange: Exchange, session: Session, plan: EffectPlan, began: int) -> Settled:
    targets = plan.bump_targets(session.viewer)
    if not targets:
        return _NOTHING
    bump = await exchange.server.revisions.bump(targets, began)
    return plan.settle(bump, exchange.server.limits)
