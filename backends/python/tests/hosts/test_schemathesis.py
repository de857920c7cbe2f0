"""Whatever fits the document, and whatever does not, is answered as the document says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .visitor import Visitor

EXAMPLES = 8
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_answers_to_generated_requests_are_those_of_the_document(
    rumi: Visitor, mode: GenerationMode
) -> None:
    base = str(rumi.http.base_url).rstrip("/")
    document = rumi.http.get("/openapi.json").json()
    # Signing out would leave the rest of the requests to a visitor.
    schema = schemathesis.openapi.from_dict(document).exclude(path="/call/logout")
    asked: set[str] = set()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
            ],
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            answer = case.call(
                base_url=base,
                headers={**rumi.headers(), "Idempotency-Key": f"{mode.value}-{len(asked)}"},
                cookies=dict(rumi.http.cookies),
                allow_redirects=False,
            )
            asked.add(f"{case.method} {case.path}")
            case.validate_response(answer, checks=CHECKS)

        # Functions without an input have nothing to get wrong.
        if mode is GenerationMode.POSITIVE or operation.body or operation.query:
            ask()
    assert len(asked) == (18 if mode is GenerationMode.POSITIVE else 13)
