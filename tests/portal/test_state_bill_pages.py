"""The state's bill on its pages: it has no lines, no region and no public number, and every page of it says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jamsostek.collection.actions import bills
from jamsostek.collection.actions.state import bill_state
from jamsostek.collection.codes import code_of
from tests import cast

MONTH = 202610


@pytest.mark.parametrize("page", ["bill", "why", "pdf", "check"])
def test_the_head_office_opens_the_states_bill(committed_db: Any, page: str) -> None:
    with cast.everyone():
        employer = cast.employer()
        cast.works(cast.participant("Budi Contoh"), employer, wage_rupiah=5_000_000)
        bills.bill_employer(employer_id=employer.pk, month=MONTH, today=cast.TODAY)
        made = bill_state(month=MONTH, today=cast.TODAY)
        user = cast.user("pusat", "head_office")
    assert made is not None
    answer = cast.signed_in(Client(), user).get(reverse(f"bills:{page}", args=[code_of(made.number)]))
    assert answer.status_code == (404 if page == "check" else 200)
