"""Sponsors of the region: the list, one of them, registering one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.authority import gives
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.months import add_months, month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.account.office import invite_url
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.officer.employers import uploads_table
from jamsostek.portal.officer.frame import OFFICERS, home, screen
from jamsostek.portal.officer.places import VillageFields, my_regency_choices, usual_regency
from jamsostek.portal.officer.shown import asked_in
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Form,
    Link,
    SearchBox,
    Tile,
    done,
    export,
    paged,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions.sponsors import register_sponsor
from jamsostek.registry.choices import TITLES, SponsorKind
from jamsostek.registry.models import Sponsor
from jamsostek.registry.queries import counts, lists, uploads
from jamsostek.registry.queries.counts import Paying

MONTHS_SHOWN = 12
_VILLAGE = 1_000_000


def place_words(sponsor: Sponsor, names: Mapping[int, str]) -> str:
    """Where a sponsor belongs: a province, a regency, or a village."""
    if sponsor.region_code < _VILLAGE:
        return regions_name(sponsor.region_code)
    village = names.get(sponsor.region_code, str(sponsor.region_code))
    return f"{village}, {regions_name(sponsor.region_code // _VILLAGE)}"


def sponsor_columns(page_name: str, paying: Mapping[int, Paying], names: Mapping[int, str]) -> list[Column]:
    """A list of sponsors with what each pays."""

    def link(one: Sponsor) -> Link | str:
        return Link(one.name, reverse(page_name, args=[one.number])) if page_name else one.name

    def figure(one: Sponsor, what: str) -> str:
        return format_number(getattr(paying[one.pk], what)) if one.pk in paying else "0"

    return [
        Column(_("Nama"), link),
        Column(_("Jenis"), lambda one: _(TITLES[SponsorKind][one.kind])),
        Column(_("Wilayah"), lambda one: place_words(one, names)),
        Column(_("Orang terlindungi"), lambda one: figure(one, "covered"), number=True),
        Column(_("Segera berakhir"), lambda one: figure(one, "ending"), number=True),
    ]


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """By name, with a search."""
    asked = asked_in(request.GET.get("cari", ""))
    found = paged(request, counts.sponsors(asked))
    paying = counts.paid_by([one.pk for one in found.rows], month_of(today()))
    names = counts.places([one.region_code for one in found.rows])
    register = Link(_("Daftarkan pembayar iuran"), reverse("officer:new_sponsor"))
    context = {
        "search": SearchBox(_("Cari pembayar iuran"), asked, _("Sebagian nama, atau nomornya."), url=request.path),
        "table": table(_("Daftar pembayar iuran"), sponsor_columns("officer:sponsor", paying, names), found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada pembayar iuran"), _("Pemerintah daerah, desa, perusahaan, atau perorangan."), register),
        "ways": [register] if current().may(Can.REGISTER_SPONSOR) else [],
        "export_url": f"{reverse('officer:sponsors_file')}{with_query(request, hal=None) if request.GET else '?'}",
    }
    return screen(request, "officer/list.html", context, title=_("Daftar pembayar iuran"))


@door(*OFFICERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The list as a file."""
    rows = counts.sponsors(asked_in(request.GET.get("cari", "")))
    audit.record("export", "sponsor", None, fields=("name", "number"), reason="unduh daftar pembayar iuran")
    return sponsors_file(request, list(rows))


def sponsors_file(request: HttpRequest, rows: list[Sponsor]) -> HttpResponseBase:
    """Sponsors as a file, with what each pays this month."""
    paying = counts.paid_by([one.pk for one in rows], month_of(today()))
    headings = [
        _("Nama"),
        _("Nomor"),
        _("Jenis"),
        _("Kode wilayah"),
        _("Orang terlindungi"),
        _("Segera berakhir"),
        _("Terdaftar"),
    ]
    lines = (
        [
            one.name, one.number, _(TITLES[SponsorKind][one.kind]), one.region_code,
            paying[one.pk].covered if one.pk in paying else 0, paying[one.pk].ending if one.pk in paying else 0,
            one.registered_on,
        ]
        for one in rows
    )  # fmt: skip
    return export(request, _("pembayar-iuran"), headings, lines)


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """One sponsor: facts, people by month, files."""
    sponsor, month = sponsor_of(number), month_of(today())
    paying = counts.paid_by([sponsor.pk], month).get(sponsor.pk, Paying(0, 0, None))
    names = counts.places([sponsor.region_code])
    by_month = lists.cover_by_month(sponsor.pk, [add_months(month, step) for step in range(-5, MONTHS_SHOWN - 5)])
    found = uploads.recent(sponsor_id=sponsor.pk)
    context = {
        "number": format_public("npp", sponsor.number),
        "tiles": [
            Tile(_("Orang terlindungi"), format_number(paying.covered), month_words(month), tone="good"),
            Tile(
                _("Segera berakhir"), format_number(paying.ending), _("bulan ini atau bulan depan"),
                tone="warn" if paying.ending else "good",
            ),
        ],
        "facts": [
            Fact(_("Jenis"), _(TITLES[SponsorKind][sponsor.kind])),
            Fact(_("Wilayah"), place_words(sponsor, names)),
            Fact(_("Terdaftar"), date(sponsor.registered_on)),
        ],
        "months": table(
            _("Orang terlindungi menurut bulan"),
            [
                Column(_("Bulan"), lambda row: month_words(row[0])),
                Column(_("Orang"), lambda row: format_number(row[1]), number=True),
            ],
            by_month,
        ),
        "uploads": uploads_table(found) if found else None,
        "bills": reverse("officer:sponsor_bills", args=[sponsor.number]),
        "arrears": reverse("arrears:sponsor", args=[sponsor.number]),
        "invite": invite_url(Role.SPONSOR_APPROVER, sponsor.number) if gives(current()) else "",
    }  # fmt: skip
    above = [Link(_("Pembayar iuran"), reverse("officer:sponsors"))]
    return screen(request, "officer/sponsor.html", context, title=sponsor.name, above=above)


def sponsor_of(number: str) -> Sponsor:
    """A sponsor in sight; raises `Refused`."""
    found = lists.sponsor_by_number(number)
    if found is None:
        raise not_yours(_("Pembayar iuran ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


# --- registering ------------------------------------------------------------------------------------------------------


class SponsorForm(VillageFields):
    """Who pays, and where."""

    name = forms.CharField(label=N_("Nama pembayar iuran"), help_text=N_("Nama lembaga atau orangnya."), max_length=160)
    kind = forms.ChoiceField(label=N_("Jenis"), choices=list(TITLES[SponsorKind].items()), widget=forms.RadioSelect)
    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), choices=my_regency_choices, coerce=int)
    field_order = ("name", "kind", "regency_code", "village_code")
    missing_village = N_("Pilih desanya.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("kind") != SponsorKind.VILLAGE:
            self.fields.pop("village_code", None)
        if current().everyone:
            places = [(str(code), one.name) for code, one in PROVINCES.items()]
            field = self.fields["regency_code"]
            field.choices = [*field.choices, (_("Provinsi"), places)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A village pays as that village."""
        told = super().clean()
        if told.get("kind") == SponsorKind.VILLAGE and not told.get("village_code") and "village_code" not in self.errors:
            name = "village_code" if "village_code" in self.fields else "regency_code"
            words = (
                _("Pilih desanya.") if name == "village_code" else _("Daftar desa di sini belum dimasukkan; minta kantor pusat.")
            )
            self.add_error(name, words)
        return told


@door(*OFFICERS)
def register(request: HttpRequest) -> HttpResponseBase:
    """A form, a look, done."""
    form: Form = SponsorForm(request.POST or None, initial={"regency_code": usual_regency()})

    def region(told: Mapping[str, Any]) -> int:
        return int(told["village_code"] or told["regency_code"])

    it = Ask(
        title=_("Daftarkan pembayar iuran"),
        crumbs=[home(), Link(_("Pembayar iuran"), reverse("officer:sponsors"))],
        yes=_("Daftarkan"),
        act=lambda told: register_sponsor(
            name=told["name"], kind=SponsorKind(told["kind"]), region_code=region(told), today=today()
        ),
        facts=lambda told: [
            Fact(_("Nama"), told["name"]),
            Fact(_("Jenis"), _(TITLES[SponsorKind][told["kind"]])),
            Fact(_("Wilayah"), place_words(Sponsor(region_code=region(told)), counts.places([region(told)]))),
        ],
        done=lambda made, _told: _done(request, made),
    )  # fmt: skip
    return ask(request, form, it)


def _done(request: HttpRequest, made: Sponsor) -> HttpResponseBase:
    told = (
        _("{name} terdaftar: nomor {number}. Beri hak akses kepada orangnya dengan Undang pengguna di halaman ini.")
        if gives(current())
        else _("{name} terdaftar: nomor {number}. Hak akses bagi orangnya diberikan oleh penyelia cabang.")
    )
    shown = told.format(name=made.name, number=format_public("npp", made.number))
    return done(request, reverse("officer:sponsor", args=[made.number]), shown)
