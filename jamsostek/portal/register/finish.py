"""The last page before registering, which asks how somebody will sign in; and what happens next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.models import User
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _, language
from jamsostek.outreach.actions import agents
from jamsostek.portal.register import limits
from jamsostek.portal.register.holder import held
from jamsostek.portal.register.steps import BY_SLUG, first_open
from jamsostek.portal.register.views import crumbs, private, too_often, with_draft
from jamsostek.portal.screens import Fact, Form, page, today
from jamsostek.registry.actions import drafts
from jamsostek.registry.actions.drafts import AlreadyRegistered, Begun
from jamsostek.registry.identity import Problems

HELPED = "dibantu"
FIELDS = {
    "name": "nama", "nik": "nik", "sex": "lahir", "birth_date": "lahir", "regency_code": "kabupaten", "village_code": "desa",
    "phone": "telepon", "bank_code": "rekening", "bank_account": "rekening", "disability_type": "disabilitas",
    "disability_degree": "disabilitas",
}  # fmt: skip
"""The question that mends a field."""


class SignInForm(Form):
    """How somebody will sign in; without a username the member number is one."""

    username = forms.CharField(
        label=N_("Nama pengguna"), help_text=N_("Kosongkan bila ingin masuk dengan nomor peserta. Jangan memakai NIK."),
        max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label=N_("Kata sandi baru"),
        help_text=N_("Sedikitnya 10 karakter. Kalimat pendek lebih mudah diingat dan lebih sukar ditebak."),
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


@door(PUBLIC)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def sign_in(request: HttpRequest, secret: str, draft: Begun) -> HttpResponse:
    """A password, or an officer's help; either button registers."""
    if first_open(draft.answers, today()):
        return HttpResponseRedirect(reverse("register:start"))
    helped = HELPED in request.POST
    form = SignInForm(request.POST if request.method == "POST" and not helped else None)
    if helped or (form.is_bound and form.is_valid()):
        if limits.used_up(request, limits.REGISTERED):
            return too_often(request)
        try:
            return _finish(
                request,
                secret,
                draft.answers.referral_code or "",
                "" if helped else form.cleaned_data["username"],
                _password(form, helped),
            )
        except AlreadyRegistered:
            return HttpResponseRedirect(reverse("register:known"))
        except Problems as problems:
            return HttpResponseRedirect(_mend(problems))
        except InputError as error:
            if helped:
                messages.error(request, str(error))
                return HttpResponseRedirect(reverse("register:start"))
            form.refuse(error)
    context = {"form": form, "back": reverse("register:check")}
    return page(request, "register/sign_in.html", context, title=_("Bagaimana Anda akan masuk?"), crumbs=crumbs())


def _password(form: SignInForm, helped: bool) -> str:
    return "" if helped else form.cleaned_data["password"]


def _mend(problems: Problems) -> str:
    """The question whose answer is wrong by now (a birthday has passed since the draft was begun)."""
    slug = next((FIELDS[one.field] for one in problems.found if one.field in FIELDS), next(iter(BY_SLUG)))
    return f"{reverse('register:question', args=[slug])}?ubah=1"


def _finish(request: HttpRequest, secret: str, code: str, username: str, password: str) -> HttpResponse:
    ended, user = drafts.finish_registration(
        secret=secret, username=username, password=password, language=language(), today=today(), now=timezone.now()
    )
    agents.refer_visitor(participant_id=ended.participant_id, code=code, today=today())
    limits.count(request, limits.REGISTERED)
    if user is not None:
        _sign_in(request, user)
    return HttpResponseRedirect(reverse("register:done"))


def _sign_in(request: HttpRequest, user: User) -> None:
    """They have just chosen the password on this very page."""
    from allauth.account.utils import perform_login

    perform_login(request, user, email_verification="none", redirect_url="/")


@door(PUBLIC)
@require_safe
@private
def finished(request: HttpRequest) -> HttpResponse:
    """The number, what it is good for, and what happens next; can be opened again for an hour."""
    _secret, draft = held(request)
    if draft is None or draft.finished is None:
        return HttpResponseRedirect(reverse("register:start"))
    ended = draft.finished
    facts: list[Fact] = [Fact(_("Nomor peserta (KPJ)"), format_number("kpj", ended.kpj))]
    if ended.username:
        facts.append(Fact(_("Nama pengguna"), ended.username))
    if ended.ticket:
        facts.append(Fact(_("Nomor tiket bantuan"), format_number("ticket", ended.ticket)))
    context: dict[str, Any] = {"facts": facts, "ended": ended, "steps": _next_steps(ended)}
    return page(request, "register/done.html", context, title=_("Anda sudah terdaftar"), crumbs=crumbs()[:1])


def _next_steps(ended: drafts.Finished) -> list[dict[str, str]]:
    sign_in = _("Lihat perlindungan dan keluarga yang tercatat, ubah telepon dan alamat, dan lihat siapa yang membuka data Anda.")
    if ended.ticket:
        sign_in = _("Petugas akan menghubungi nomor telepon Anda untuk membuatkan akun. Sebutkan nomor tiketnya.")
    return [
        {"title": _("Catat nomor peserta"), "text": _("Nomor ini milik Anda seumur hidup, apa pun pekerjaannya.")},
        {
            "title": _("Bayar iuran pertama"),
            "text": _("Perlindungan berlaku sesudah iuran pertama dibayar. Petugas membuatkan kode bayarnya.")
            if ended.ticket
            else _("Buat kode bayar untuk 1, 3, 6, atau 12 bulan, lalu bayar di bank. Perlindungan berlaku sesudah dibayar."),
        },
        {"title": _("Kartu terbit"), "text": _("Begitu iuran tercatat, kartu dapat diunduh dan dicetak.")},
        {"title": _("Masuk kapan saja"), "text": sign_in},
    ]
