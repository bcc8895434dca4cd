"""Writing down issuers and instruments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import PPM
from jamsostek.core.text import N_, _
from jamsostek.fund.actions.securities import DAY_COUNTS, register_instrument, register_issuer
from jamsostek.fund.choices import CLASSES, ISSUER_KINDS, MEASURES
from jamsostek.fund.queries import catalogue
from jamsostek.portal.fund.frame import screen
from jamsostek.portal.fund.securities.words import COUPONS, INVENTED, KEEPERS, home
from jamsostek.portal.screens import DateField, Form, Link, MoneyField, ShareField, done

CHOOSE = ("", N_("Pilih"))


class IssuerForm(Form):
    """Who owes, issues or manages."""

    code = forms.CharField(label=N_("Kode"), max_length=20, help_text=N_("Huruf dan angka, misalnya BBRI atau NEGARA."))
    name = forms.CharField(label=N_("Nama"), max_length=200)
    kind = forms.ChoiceField(label=N_("Jenis"), choices=[CHOOSE, *ISSUER_KINDS.items()])
    corporate_group = forms.CharField(
        label=N_("Kelompok usaha"), required=False, max_length=200,
        help_text=N_("Sama untuk semua yang di bawah satu kendali; kosong bila berdiri sendiri."),
    )  # fmt: skip


class InstrumentForm(Form):
    """What can be bought; which facts are needed follows from the class."""

    code = forms.CharField(label=N_("Kode"), max_length=20, help_text=N_("Huruf dan angka, misalnya FR0098."))
    name = forms.CharField(label=N_("Nama"), max_length=200)
    asset_class = forms.ChoiceField(label=N_("Golongan"), choices=[CHOOSE, *CLASSES.items()])
    issuer = forms.ChoiceField(label=N_("Penerbit"))
    measured = forms.ChoiceField(
        label=N_("Cara mengukur"), required=False, choices=[("", N_("Seperti biasanya untuk golongan ini")), *MEASURES.items()]
    )
    isin = forms.CharField(label=N_("ISIN"), required=False, max_length=12)
    unit_rupiah = MoneyField(label=N_("Nilai nominal satu unit"), least=1, help_text=N_("1 bila tanpa nilai nominal."))
    coupon = ShareField(
        label=N_("Kupon atau bunga setahun, dalam persen"), required=False, max_digits=12, decimal_places=8,
        help_text=N_("Wajib untuk surat utang dan deposito; 0 bila tanpa kupon."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    coupons_a_year = forms.TypedChoiceField(
        label=N_("Kupon dibayar"), coerce=int, choices=[(str(times), words) for times, words in COUPONS.items()]
    )
    day_count = forms.ChoiceField(
        label=N_("Hitungan hari"), choices=[(one, one) for one in DAY_COUNTS], help_text=N_("Cara menghitung bunga berjalan.")
    )
    issued_on = DateField(label=N_("Tanggal terbit"), required=False)
    matures_on = DateField(label=N_("Tanggal jatuh tempo"), required=False)
    listed = forms.BooleanField(label=N_("Tercatat di bursa"), required=False)
    rating = forms.CharField(label=N_("Peringkat"), required=False, max_length=20, help_text=N_("Misalnya idAAA."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["issuer"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("Pilih")), *((one.code, f"{one.name} ({one.code})") for one in catalogue.issuers())]

    def clean_coupon(self) -> int | None:
        """In parts per million."""
        share = self.cleaned_data["coupon"]
        if share is None:
            return None
        ppm = share * PPM
        if ppm != int(ppm):
            raise forms.ValidationError(_("Paling banyak empat angka di belakang koma."))
        return int(ppm)

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        given["coupon_ppm"] = given.pop("coupon")
        return given

    def refuse(self, error: InputError) -> None:
        """The action calls the coupon by its unit."""
        if error.field == "coupon_ppm":
            error.field = "coupon"
        super().refuse(error)


@door(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_issuer(request: HttpRequest) -> HttpResponse:
    """Writes an issuer down; the same one again is the same row."""
    form = IssuerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_issuer(**form.cleaned_data, invented=takes_examples())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("securities:issuer", args=[made.pk]), _("Penerbit dicatat."))
    back = reverse("securities:issuers")
    context = {"form": form, "yes": _("Catat penerbit"), "back": back, "example": _(INVENTED) if takes_examples() else ""}
    above = [home(), Link(_("Penerbit"), back)]
    return screen(request, "securities/form.html", context, title=_("Catat penerbit"), above=above)


@door(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_instrument(request: HttpRequest) -> HttpResponse:
    """Writes an instrument down; the same one again is the same row."""
    initial = {"unit_rupiah": 1, "coupons_a_year": "0", "issuer": request.GET.get("penerbit", "")}
    form = InstrumentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_instrument(**form.facts(), invented=takes_examples())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("securities:instrument", args=[made.pk]), _("Efek dicatat."))
    context = {
        "form": form, "yes": _("Catat efek"), "back": reverse("securities:home"),
        "example": _(INVENTED) if takes_examples() else "",
        "before": Link(_("Penerbitnya belum ada? Catat dahulu."), reverse("securities:new_issuer")),
    }  # fmt: skip
    return screen(request, "securities/form.html", context, title=_("Catat efek"), above=[home()])


def takes_examples() -> bool:
    """Whether this installation is for demonstrations: what is written down by hand there is an example."""
    from jamsostek.accounts.actions.rates import takes_examples as demo

    return demo()
