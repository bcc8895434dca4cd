"""How tests sign in and read what is answered."""

from __future__ import annotations

import re
from typing import Any

from tests import cast

PASSWORD = "kata-sandi-contoh"


def sign_in(client: Any, username: str, password: str = PASSWORD, **more: Any) -> Any:
    """Posts the sign-in form."""
    return client.post("/masuk/", {"login": username, "password": password, **more})


def code_for(secret: str, step: int = 0) -> str:
    """What an app shows for a secret, now or `step` half minutes later."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1] + step))


def set_up_app(client: Any) -> str:
    """Sets up an app as its owner would, reading the secret off the page; returns the secret."""
    page = client.get("/akun/pengaman/aplikasi/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    answer = client.post("/akun/pengaman/aplikasi/", {"code": code_for(secret)})
    assert answer["Location"] == "/akun/pengaman/cadangan/", answer.content.decode()
    return secret


def text_of(answer: Any) -> str:
    """A page's body."""
    return answer.content.decode()


def actions_about(user: Any) -> list[str]:
    """What the trail tells of an account, the oldest first."""
    from jamsostek.access.models import AuditEntry

    with cast.everyone():
        rows = AuditEntry.objects.filter(subject_kind="user", subject_id=user.pk).order_by("id")
        return list(rows.values_list("action", flat=True))
