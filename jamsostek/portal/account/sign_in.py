"""Signing in and out, and what is shown when it fails too often."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as FactorReauthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse

from jamsostek.access import guesses
from jamsostek.access.sessions import ENDED
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import page


class Dressed:
    """A view of the library under our frame."""

    title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The frame's title; what a refused form calls for is said there too."""
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        title, form = _(self.title), found.get("form")
        wrong = form is not None and form.is_bound and form.errors
        return {**found, "title": title, "head_title": _("Perlu diperbaiki: {title}").format(title=title) if wrong else title}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Never kept by a browser."""
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store"
        return response


class SignIn(Dressed, LoginView):  # type: ignore[misc]
    """Username and password, or a passkey."""

    title = N_("Masuk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """After three failures the way to a person is shown first."""
        found = super().get_context_data(**kwargs)
        failed = guesses.failures(self.request)
        found["offer_help"] = failed >= guesses.OFFER_HELP_AFTER
        found["idled"] = self.request.session.pop(ENDED, False)
        return found


class SignOut(Dressed, LogoutView):  # type: ignore[misc]
    """A question first, then out."""

    title = N_("Keluar")
    template_name = "account/sign_out.html"


class SecondFactor(Dressed, AuthenticateView):  # type: ignore[misc]
    """The code or the passkey that follows the password."""

    title = N_("Pengaman kedua")
    template_name = "account/factor.html"


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """Takes what the passkey signed."""


class PasswordAgain(Dressed, ReauthenticateView):  # type: ignore[misc]
    """Before something delicate."""

    title = N_("Pastikan ini Anda")
    template_name = "account/again.html"


class FactorAgain(Dressed, FactorReauthenticateView):  # type: ignore[misc]
    """The same, by a code."""

    title = N_("Pastikan ini Anda")
    template_name = "account/again.html"


class PasskeyAgain(Dressed, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The same, by a passkey."""

    title = N_("Pastikan ini Anda")
    template_name = "account/again_passkey.html"


def locked(request: HttpRequest, *_given: Any) -> HttpResponse:
    """What stands in place of the answer once sign-in is locked: how long, and the ways on."""
    return page(request, "account/locked.html", title=_("Masuk dikunci sementara"), status=429)
