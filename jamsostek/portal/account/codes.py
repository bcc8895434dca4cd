"""The ways back in: a code from an office or a mail, and a mail asked for."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jamsostek.access.actions import codes
from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.jobs import mail_code
from jamsostek.access.queries import user_named
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.account.forms import CodeForm, FactorCodeForm, ForgotForm
from jamsostek.portal.screens import Link, done, page, url_of


@door(PUBLIC)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest) -> HttpResponse:
    """Username, code, new password. What was wrong about a refused code is not told."""
    form = CodeForm(request.POST or None)
    if form.is_valid() and not _too_often(request, form):
        told = form.cleaned_data
        try:
            codes.check_typed(told["code"])
            good = codes.use_code(username=told["username"], code=told["code"], password=told["password"], now=timezone.now())
        except InputError as error:
            form.refuse(error)
        else:
            if good:
                return done(request, "account_login", _("Kata sandi baru tersimpan. Silakan masuk."))
            form.add_error(None, _refused())
    return page(request, "account/code.html", {"form": form}, title=_("Masuk dengan kode"), crumbs=_crumbs())


@door(PUBLIC)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def use_factor(request: HttpRequest) -> HttpResponse:
    """Takes away a lost second factor: username, code and the password."""
    form = FactorCodeForm(request.POST or None)
    if form.is_valid() and not _too_often(request, form):
        told = form.cleaned_data
        try:
            codes.check_typed(told["code"])
        except InputError as error:
            form.refuse(error)
        else:
            if codes.use_factor_code(now=timezone.now(), **told):
                text = _("Pengaman kedua dilepas. Silakan masuk, lalu pasang yang baru.")
                return done(request, "account_login", text)
            form.add_error(None, _refused())
    return page(request, "account/factor_code.html", {"form": form}, title=_("Telepon hilang atau rusak"), crumbs=_crumbs())


@door(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """Has a code mailed. The answer is the same whether there is such an account, and whether it takes mail."""
    form = ForgotForm(request.POST or None)
    if form.is_valid():
        if ratelimit.consume(request, action="mail"):
            user = user_named(form.cleaned_data["username"])
            if user is not None:
                mail_code.defer(user_id=user.pk)
            return page(request, "account/forgot_sent.html", title=_("Periksa surel Anda"), crumbs=_crumbs())
        form.add_error(None, _waits())
    return page(request, "account/forgot.html", {"form": form}, title=_("Lupa kata sandi"), crumbs=_crumbs())


def _crumbs() -> list[Link]:
    return [Link(_("Masuk"), url_of("account_login"))]


def _too_often(request: HttpRequest, form: CodeForm | FactorCodeForm) -> bool:
    if ratelimit.consume(request, action="code"):
        return False
    form.add_error(None, _waits())
    return True


def _refused() -> str:
    return _("Kode salah, sudah dipakai, atau habis masanya. Periksa nama pengguna dan kodenya; petugas dapat membuat kode baru.")


def _waits() -> str:
    return _("Terlalu banyak percobaan dari sini. Tunggu seperempat jam, atau minta bantuan petugas.")
