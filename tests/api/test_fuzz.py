"""Whatever is sent, the API answers as its own description says, and never with a fault of ours."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from jamsostek.api import limits

EXAMPLES = 500 if os.environ.get("JAMSOSTEK_PROOF") else 6
ROLES = ("clerk_a", "payer", "supervisor", "worker", "researcher", "head")
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.unsupported_method,
]


@pytest.fixture(scope="module")
def described(town: Any) -> Any:
    """The description, as the running application gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture(scope="module", autouse=True)
def unlimited() -> Any:
    """Limits out of the way: they are tried elsewhere, and would hide what lies behind them."""
    names = [name for name, value in vars(limits).items() if isinstance(value, limits.Limit)]
    before = {name: getattr(limits, name).most for name in names}
    for name in names:
        object.__setattr__(getattr(limits, name), "most", 10**9)
    yield
    for name, most in before.items():
        object.__setattr__(getattr(limits, name), "most", most)


def real_numbers(town: Any) -> dict[str, str]:
    """Numbers that are there, so that what lies behind a 404 is tried too."""
    numbers = {"kpj": town.ani.kpj, "npp": town.a.npp, "rule": "contribution.pu", "code": "3515"}
    return {**numbers, "number": town.payer.number}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_as_described(described: Any, town: Any, role: str, mode: GenerationMode) -> None:
    real = real_numbers(town)
    headers = {"Authorization": f"Bearer {getattr(town, f'as_{role}').token}", "Accept-Encoding": "identity"}
    for found in described.get_all_operations():
        operation = found.ok()

        @seed(7)
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(operation.as_strategy(generation_mode=mode), st.booleans())
        def answers(case: Any, is_there: bool) -> None:
            if is_there:
                case.path_parameters = {name: real.get(name, value) for name, value in (case.path_parameters or {}).items()}
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            answers()
        except InvalidArgument:  # nothing about this operation can be wrong in shape
            assert mode is GenerationMode.NEGATIVE
