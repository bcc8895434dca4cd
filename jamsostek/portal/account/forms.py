"""Forms of signing in: those of the library in our words, and our own."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from jamsostek.access.usernames import tidy
from jamsostek.core.text import LANGUAGES, N_, _
from jamsostek.portal.account.shown import languages, offer
from jamsostek.portal.screens import Form

RULES = N_("Sedikitnya 10 karakter. Kalimat pendek lebih mudah diingat dan lebih sukar ditebak.")


class Dressed:
    """A form of the library with our labels: `words` is label and hint by field."""

    words: dict[str, tuple[str, str]] = {}  # noqa: RUF012
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.help_text = _(label), _(hint) if hint else ""
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = _("{label} belum diisi.").format(label=field.label)


class SignInForm(Dressed, LoginForm):  # type: ignore[misc]
    """Username and password."""

    words = {  # noqa: RUF012
        "login": (N_("Nama pengguna"), N_("Atau nomor peserta (KPJ) bila Anda mendaftar sendiri.")),
        "password": (N_("Kata sandi"), ""),
    }

    def clean_login(self) -> str:
        """A participant's number may be typed as it stands on the card."""
        return tidy(super().clean_login())


class PasswordAgainForm(Dressed, ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    words = {"password": (N_("Kata sandi"), "")}  # noqa: RUF012


_CODE = (N_("Kode"), N_("Enam angka dari aplikasi, atau satu kode cadangan."))


class FactorForm(Dressed, AuthenticateForm):  # type: ignore[misc]
    """The second factor as a code."""

    words = {"code": _CODE}  # noqa: RUF012


class FactorAgainForm(Dressed, FactorReauthenticateForm):  # type: ignore[misc]
    """The second factor once more."""

    words = {"code": _CODE}  # noqa: RUF012


class AppForm(Dressed, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that makes codes."""

    words = {"code": (N_("Kode dari aplikasi"), N_("Enam angka yang sekarang tampak di aplikasi."))}  # noqa: RUF012


class PasskeyForm(Dressed, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. It always replaces the password too where the device can."""

    words = {  # noqa: RUF012
        "name": (N_("Nama untuk kunci ini"), N_("Misalnya: telepon saya, kunci USB kantor.")),
        "passwordless": (
            N_("Masuk dengan kunci ini saja, tanpa kata sandi"),
            N_("Perangkat akan meminta sidik jari, wajah, atau PIN-nya."),
        ),
    }


class CodeForm(Form):
    """A code from an office or a mail, and the password to come."""

    username = forms.CharField(label=N_("Nama pengguna"), max_length=60, widget=forms.TextInput({"autocomplete": "username"}))
    code = forms.CharField(
        label=N_("Kode"),
        help_text=N_("Sepuluh huruf dan angka, dari kertas atau surel."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "class": "w-20", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=N_("Kata sandi baru"),
        help_text=RULES,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class FactorCodeForm(Form):
    """A code of an office against a lost second factor, with the password that still holds."""

    username = forms.CharField(label=N_("Nama pengguna"), max_length=60, widget=forms.TextInput({"autocomplete": "username"}))
    code = forms.CharField(
        label=N_("Kode"),
        help_text=N_("Sepuluh huruf dan angka, dari kertas atau surel."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "class": "w-20", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=N_("Kata sandi"), max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class ForgotForm(Form):
    """Whose code shall be mailed."""

    username = forms.CharField(label=N_("Nama pengguna"), max_length=60, widget=forms.TextInput({"autocomplete": "username"}))


class PasswordForm(Form):
    """One's own password, changed."""

    old = forms.CharField(
        label=N_("Kata sandi sekarang"), max_length=200, strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip
    new = forms.CharField(
        label=N_("Kata sandi baru"), help_text=RULES, max_length=200, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip


class NewAccountForm(Form):
    """Who somebody is that gets an account: the part that every invitation has."""

    name = forms.CharField(label=N_("Nama orangnya"), max_length=120)
    username = forms.CharField(
        label=N_("Nama pengguna"), help_text=N_("Huruf kecil, angka, titik; misalnya siti.upah. Bukan NIK atau nomor telepon."),
        max_length=40,
    )  # fmt: skip
    email = forms.EmailField(label=N_("Surel"), help_text=N_("Untuk kode bila ia lupa kata sandinya."), required=False)
    language = forms.ChoiceField(label=N_("Bahasa"), widget=forms.RadioSelect, initial=LANGUAGES[0])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "language", languages())
