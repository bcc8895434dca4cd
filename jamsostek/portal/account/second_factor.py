"""Setting up the second factor: an app or a passkey, then recovery codes on paper, then on to the page that was wanted."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme

from jamsostek.access.roles import STAFF
from jamsostek.core.text import N_
from jamsostek.portal.account.sign_in import Dressed
from jamsostek.portal.screens import url_of

WANTED = "after_second_factor"


class Overview(Dressed, IndexView):  # type: ignore[misc]
    """What is set up, and what can be."""

    title = N_("Pengaman kedua")
    template_name = "account/factors.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remembers the page that was wanted when the door sent somebody here."""
        wanted = request.GET.get("next", "")
        if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
            request.session[WANTED] = wanted
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it is compulsory here, and the way on once it is done."""
        found = super().get_context_data(**kwargs)
        scope = self.request.scope
        passkeys = found["authenticators"].get("webauthn", [])
        return {
            **found,
            "compulsory": bool(scope.roles & STAFF),
            "app": found["authenticators"].get("totp"),
            "passkeys": [one.instance for one in passkeys],
            "codes": found["authenticators"].get("recovery_codes"),
            "onward": onward(self.request) if found["is_mfa_enabled"] else "",
        }


def onward(request: HttpRequest) -> str:
    """The page wanted before the second factor came between, or one's account."""
    return request.session.get(WANTED) or url_of("account:home")


class App(Dressed, ActivateTOTPView):  # type: ignore[misc]
    """An app that makes codes: a picture to scan, the secret to type, the first code."""

    title = N_("Pasang aplikasi pembuat kode")
    template_name = "account/factor_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret in groups of four, as people type it."""
        found = super().get_context_data(**kwargs)
        secret = found["form"].secret
        return {**found, "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


class AppRemoved(Dressed, DeactivateTOTPView):  # type: ignore[misc]
    """Takes the app away."""

    title = N_("Lepas aplikasi pembuat kode")
    template_name = "account/factor_remove.html"


class Passkey(Dressed, AddWebAuthnView):  # type: ignore[misc]
    """A passkey: needs a script, as browsers speak of passkeys in no other way."""

    title = N_("Pasang kunci sandi")
    template_name = "account/factor_passkey.html"


class PasskeyRemoved(Dressed, RemoveWebAuthnView):  # type: ignore[misc]
    """Takes a passkey away."""

    title = N_("Lepas kunci sandi")
    template_name = "account/factor_remove.html"
    success_url = reverse_lazy("mfa_index")


class RecoveryCodes(Dressed, ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes for the day the telephone is lost: shown once, to be printed or copied."""

    title = N_("Kode cadangan")
    template_name = "account/recovery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And the way on."""
        return {**super().get_context_data(**kwargs), "onward": onward(self.request)}


class NewRecoveryCodes(Dressed, GenerateRecoveryCodesView):  # type: ignore[misc]
    """New codes in place of the old."""

    title = N_("Buat kode cadangan baru")
    template_name = "account/recovery_new.html"
