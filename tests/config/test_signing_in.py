"""Signing in as the settings put it together: by username, case aside, locked after ten failures, nothing typed is kept."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from jamsostek.access.models import User

PASSWORD = "kata sandi yang panjang"
NIK = "3273015708900000"


def sign_in(client: Client, username: str, password: str, address: str = "192.0.2.1") -> int:
    """The status of the answer: 302 is in, 200 is the form again, 429 is locked."""
    return client.post(reverse("account_login"), {"login": username, "password": password}, REMOTE_ADDR=address).status_code


@pytest.mark.usefixtures("db")
def test_a_username_is_accepted_whatever_its_capitals() -> None:
    User.objects.create_user("siti", PASSWORD, name="Siti")
    assert sign_in(Client(), "SiTi", "wrong") == 200
    assert sign_in(Client(), "SiTi", PASSWORD) == 302


@pytest.mark.usefixtures("db")
def test_ten_failures_lock_an_account_for_that_address_and_nobody_else() -> None:
    User.objects.create_user("siti", PASSWORD, name="Siti")
    User.objects.create_user("budi", PASSWORD, name="Budi")
    told = [sign_in(Client(), "siti", f"wrong {turn}") for turn in range(10)]
    assert (told[:9], told[9]) == ([200] * 9, 429)
    assert sign_in(Client(), "siti", PASSWORD) == 429
    assert sign_in(Client(), "siti", PASSWORD, "192.0.2.2") == 302
    assert sign_in(Client(), "budi", PASSWORD) == 302


@pytest.mark.usefixtures("db")
def test_what_was_typed_into_the_boxes_is_not_kept() -> None:
    sign_in(Client(), NIK, "rahasia sekali")
    kept = " ".join(str(value) for attempt in AccessAttempt.objects.values() for value in attempt.values())
    assert AccessAttempt.objects.count() == 1
    assert NIK not in kept
    assert "rahasia" not in kept
