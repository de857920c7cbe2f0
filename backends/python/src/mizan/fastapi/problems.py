"""Problem documents for the rest of an app."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request as StarletteRequest
from starlette.responses import Response as StarletteResponse

from mizan.refused import FieldError
from mizan.wire.problem import Problem, internal_problem
from mizan.wire.status_problem import status_problem

from .route import write_response


def answer_problems(app: FastAPI) -> None:
    """Lets the app's other routes, and its router, answer errors as the contract's do: application/problem+json."""

    async def answer_http(request: StarletteRequest, error: Exception) -> StarletteResponse:
        assert isinstance(error, HTTPException)
        return write_response(
            status_problem(error.status_code, str(error.detail), error.headers).respond()
        )

    async def answer_invalid(request: StarletteRequest, error: Exception) -> StarletteResponse:
        assert isinstance(error, RequestValidationError)
        errors = [
            FieldError(tuple(each["loc"][1:]), each["type"], each["msg"]) for each in error.errors()
        ]
        return write_response(Problem("validation", errors=errors).respond())

    async def answer_unexpected(request: StarletteRequest, error: Exception) -> StarletteResponse:
        return write_response(internal_problem().respond())

    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(Exception, answer_unexpected)
