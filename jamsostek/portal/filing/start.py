"""The way in without an account: what happened, whom it is about and who is asking, the code to come back by."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.roles import Role
from jamsostek.claims.actions import intake
from jamsostek.claims.actions.intake import Begun
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import KIN, KINDS, Channel, Kind
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import filing
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _, language
from jamsostek.portal.filing import limits
from jamsostek.portal.filing.asking import capital
from jamsostek.portal.filing.channels import SELF, kin_of
from jamsostek.portal.filing.frame import screen
from jamsostek.portal.filing.holder import forget_code, new_code, of_claim, open_with_code, url
from jamsostek.portal.filing.words import home_crumbs, number_words, whatsapp
from jamsostek.portal.register.views import private
from jamsostek.portal.screens import DateField, Form, done, page, today

OLDEST = dt.date(1900, 1, 1)


@door(PUBLIC)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What happened, in plain words; to go on with what was begun; to see where a claim stands."""
    scope = request.scope  # type: ignore[attr-defined]
    own = scope.roles & {Role.WORKER, Role.HEIR}
    context = {
        "kinds": [(reverse("filing:begin", args=[one]), *words_of(one)) for one in filing.kinds_for(Channel.HEIR)],
        "own": reverse("filing:mine") if own else "",
    }
    return page(request, "filing/start.html", context, title=_("Ajukan klaim"), crumbs=home_crumbs()[:1])


def words_of(kind: Kind) -> tuple[str, str]:
    """What a kind is called, and when it is the right one."""
    return _(KINDS[kind].title), _(KINDS[kind].line)


def kind_of(slug: str, allowed: tuple[Kind, ...]) -> Kind:
    """The kind of an address; raises 404 for what may not be begun there."""
    found = next((one for one in allowed if one == slug), None)
    if found is None:
        raise Http404
    return found


class VisitorForm(Form):
    """Whom it is about, and who is asking. Number and birth date together are what a stranger would not know."""

    number = forms.CharField(
        label=N_("Nomor peserta (KPJ) atau NIK"), help_text=N_("Dari kartu peserta (11 angka), atau dari KTP (16 angka)."),
        max_length=25, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    birth_date = DateField(label=N_("Tanggal lahir peserta"), earliest=OLDEST)
    kin = forms.ChoiceField(
        label=N_("Siapa Anda?"), widget=forms.RadioSelect,
        help_text=N_("Bila peserta masih hidup, uangnya hak peserta: pilih peserta sendiri. Anda boleh membantunya mengisi."),
    )  # fmt: skip
    name = forms.CharField(
        label=N_("Nama Anda, seperti di KTP"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def __init__(self, kind: Kind, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        names = kin_of(kind)
        self.fields["kin"].choices = [(one, _(KIN[one])) for one in names]  # type: ignore[attr-defined]
        capital(self, "kin")
        if len(names) == 1:
            del self.fields["kin"]
        elif SELF not in names:
            self.fields["kin"].label, self.fields["kin"].help_text = _("Anda siapanya peserta?"), ""

    def someone(self) -> Someone:
        """Who is asking; of the participant the birth date is known."""
        told = self.cleaned_data
        kin = told.get("kin", SELF)
        return Someone(told["name"], kin, told["birth_date"] if kin == SELF else None)


@door(PUBLIC)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@private
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Begins a claim; a wrong number and a wrong birth date are told alike, and counted."""
    about = kind_of(kind, filing.kinds_for(Channel.HEIR))
    scope = request.scope  # type: ignore[attr-defined]
    form = VisitorForm(about, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"]
        if limits.used_up(request, limits.MEMBER, number):
            return limits.too_often(request)
        limits.asked(request, limits.MEMBER)
        try:
            made = _begun(about, form)
        except InputError as error:
            if error.field == "number":
                limits.wrong(request, limits.MEMBER, number)
            form.refuse(error)
        else:
            open_with_code(request, made.claim, made.code)
            return HttpResponseRedirect(url("code", made.claim))
    title, line = words_of(about)
    context = {
        "form": form,
        "kind": title,
        "line": line,
        "own": reverse("filing:mine") if scope.roles & {Role.WORKER, Role.HEIR} else "",
        "death": about in filing.OF_DEATH,
    }
    return page(request, "filing/begin.html", context, title=_("Siapa pesertanya, dan siapa Anda?"), crumbs=home_crumbs())


def _begun(kind: Kind, form: VisitorForm) -> Begun:
    told = form.cleaned_data
    return intake.begin_as_visitor(
        kind=kind, number=told["number"], birth_date=told["birth_date"], claimant=form.someone(), today=today(),
        language=language(),
    )  # fmt: skip


# --- the code -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def _code(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    """Shown till its holder says that it is written down; a phone that reloads the page must not lose it."""
    shown = new_code(request, claim)
    if request.method == "POST" or not shown:
        forget_code(request, claim)
        return HttpResponseRedirect(url("show", claim))
    back = request.build_absolute_uri(reverse("filing:resume"))
    words = _("Kode klaim Jamsostek saya: {code}. Lanjutkan di {address}").format(code=shown, address=back)
    context = {"shown": shown, "address": back.split("://")[-1], "whatsapp": whatsapp(words), "days": intake.DRAFT_DAYS}
    return screen(request, "filing/code.html", claim, context, title=_("Catat kode ini"))


code = of_claim()(_code)


class CodeForm(Form):
    """What was written down."""

    code = forms.CharField(
        label=N_("Kode klaim"), help_text=N_("Sepuluh huruf dan angka, misalnya ABCDE-23456. Huruf kecil juga boleh."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-20"}
        ),
    )  # fmt: skip


@door(PUBLIC)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@private
def resume(request: HttpRequest) -> HttpResponse:
    """Goes on with a claim by its code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if limits.used_up(request, limits.CODE):
            return limits.too_often(request)
        limits.asked(request, limits.CODE)
        found = filing.by_code(form.cleaned_data["code"])
        if found is not None:
            open_with_code(request, found)
            return done(request, url("show", found), _("Klaim {number} terbuka.").format(number=number_words(found)))
        limits.wrong(request, limits.CODE)
        form.refuse(
            InputError(
                _("Tidak ada klaim dengan kode ini."), field="code",
                remedy=_("Periksa lagi tulisannya. Klaim yang tidak dikirim ditutup sesudah {days} hari.").format(
                    days=intake.DRAFT_DAYS
                ),
            )
        )  # fmt: skip
    return page(request, "filing/resume.html", {"form": form}, title=_("Lanjutkan klaim"), crumbs=home_crumbs())
