"""Runs one function."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from mizan.error import Error
from mizan.function import Function
from mizan.refused import Refused
from mizan.request import Request

from .host import Host
from .problem import Problem, declared_problem, internal_problem, refused_problem

log = logging.getLogger("mizan")


async def invoke(
    host: Host, function: Function, arguments: Mapping[str, Any], request: Request
) -> Any:
    """What the function returns. Blocking functions do not block others."""
    named = dict(arguments)
    if function.request_param is not None:
        named[function.request_param] = request
    if function.is_async:
        return await function.callable(**named)
    return await host.run_sync(lambda: function.callable(**named))


def problem_of(host: Host, error: Exception, at: str) -> Problem:
    """What the client is told of a failure. Unexpected ones go to the log, with the id that the client gets."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        return refused_problem(error)
    if isinstance(error, Error):
        return declared_problem(error)
    adopted = host.adopt_error(error)
    if adopted is not None:
        return adopted
    problem = internal_problem()
    log.error("%s failed (%s)", at, problem.members["instance"], exc_info=error)
    return problem
