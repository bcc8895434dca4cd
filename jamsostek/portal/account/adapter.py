"""What django-allauth asks us: which words, where to after sign-in, how second factors are kept."""

from __future__ import annotations

import base64
import io
import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from jamsostek.access.vault import house_key
from jamsostek.core.text import N_, _

ERRORS = {
    "account_inactive": N_("Akun ini tidak aktif."),
    "incorrect_code": N_("Kode ini salah. Tunggu kode berikutnya, lalu ketik lagi."),
    "incorrect_password": N_("Kata sandi salah."),
    "invalid_login": N_("Nama pengguna atau kata sandi salah."),
    "too_many_login_attempts": N_("Terlalu banyak percobaan. Tunggu lima belas menit, atau minta bantuan petugas."),
    "username_password_mismatch": N_("Nama pengguna atau kata sandi salah."),
    "rate_limited": N_("Terlalu banyak percobaan. Tunggu sebentar."),
    "unverified_email": N_("Kode ini salah. Tunggu kode berikutnya, lalu ketik lagi."),
    "cannot_delete_authenticator": N_("Pengaman ini tidak dapat dilepas."),
    "cannot_generate_recovery_codes": N_("Pasang pengaman kedua dahulu, kemudian buat kode cadangan."),
}
MESSAGES = {
    "mfa/messages/totp_activated.txt": N_("Aplikasi pembuat kode terpasang."),
    "mfa/messages/totp_deactivated.txt": N_("Aplikasi pembuat kode dilepas."),
    "mfa/messages/webauthn_added.txt": N_("Kunci sandi terpasang."),
    "mfa/messages/webauthn_removed.txt": N_("Kunci sandi dilepas."),
    "account/messages/logged_out.txt": N_("Anda sudah keluar."),
}
"""Messages worth showing; the page itself says the rest."""


class Words:
    """Errors in the reader's language."""

    @property
    def error_messages(self) -> dict[str, str]:
        """By the library's names for them."""
        return {name: _(text) for name, text in ERRORS.items()}


class AccountAdapter(Words, DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from registering oneself, or from somebody who gives a role."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page that knows where each role begins."""
        return reverse("landing")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only messages of ours."""
        text = message or (_(MESSAGES[message_template]) if message_template in MESSAGES else "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the lock against guessing sees it."""
        return get_client_ip_address(request) or "0.0.0.0"  # noqa: S104

    def is_reauthentication_required(self, *, app: str, **_given: Any) -> bool:
        """Whoever has just signed in is not asked again at once."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not fresh


class SecondFactorAdapter(Words, DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are sealed under the installation's key, outside the database."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return base64.b64encode(house_key("second_factor").seal("secret", text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return house_key("second_factor").open("secret", base64.b64decode(encrypted_text))

    def build_totp_svg(self, url: str) -> str:
        """The secret as a code for a telephone's camera."""
        drawn = io.BytesIO()
        segno.make_qr(url, error="m").save(drawn, kind="svg", xmldecl=False, scale=5, border=3, light="#fff")
        return drawn.getvalue().decode()

    def get_totp_label(self, user: Any) -> str:
        """What the app on the telephone calls the account."""
        return str(user.get_username())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new passkey is called unless its owner says."""
        return _("Kunci sandi")
