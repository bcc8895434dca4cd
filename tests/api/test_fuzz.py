"""Whatever is sent, the API answers as its own description says, and never with a fault of ours."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
EXAMPLES = 30 if PROOF else 3
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
RUNS = [("supervisor", POSITIVE), ("clerk_a", POSITIVE), ("worker", POSITIVE), ("supervisor", NEGATIVE)]
if PROOF:
    RUNS += [("payer", POSITIVE), ("head", POSITIVE), ("researcher", POSITIVE), ("clerk_a", NEGATIVE), ("worker", NEGATIVE)]
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.unsupported_method,
    checks.negative_data_rejection,
    checks.ignored_auth,
]


@pytest.fixture(scope="module")
def described(town: Any, unlimited: None) -> Any:
    """The description, as the running application gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def real_numbers(town: Any) -> dict[str, str]:
    """Numbers that are there, so that what lies behind a 404 is tried too."""
    people = {"kpj": town.ani.kpj, "into": town.budi.kpj}
    return {**people, "npp": town.a.npp, "number": town.payer.number, "rule": "contribution.pu", "code": "3515"}


@pytest.mark.parametrize(("role", "mode"), RUNS, ids=str)
def test_every_answer_is_as_described(described: Any, town: Any, role: str, mode: GenerationMode) -> None:
    real = real_numbers(town)
    headers = {"Authorization": f"Bearer {getattr(town, f'as_{role}').token}", "Accept-Encoding": "identity"}
    for found in described.get_all_operations():
        operation = found.ok()

        @seed(7)
        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
        @given(operation.as_strategy(generation_mode=mode), st.booleans())
        def answers(case: Any, is_there: bool) -> None:
            if is_there and mode is POSITIVE:
                case.path_parameters = {name: real.get(name, value) for name, value in (case.path_parameters or {}).items()}
                if isinstance(case.body, dict) and case.media_type == "application/json":  # a file put in anew counts as wrong
                    case.body = {name: real.get(name, value) for name, value in case.body.items()}
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            answers()
        except (InvalidArgument, Unsatisfiable):  # nothing about this operation can be wrong in shape
            assert mode is NEGATIVE
