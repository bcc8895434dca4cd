"""Employers of the region: the list, one of them, and changing its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.authority import gives
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.collection.queries.offers import projects_billed
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.labels import citation
from jamsostek.portal.account.office import invite_url
from jamsostek.portal.bills.links import project_link
from jamsostek.portal.employer.facts import RISKS, SCALES, FactsForm
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, home, may, screen
from jamsostek.portal.officer.shown import asked_in, field_label
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Link,
    SearchBox,
    Tag,
    Tile,
    done,
    export,
    paged,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date, moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.uploads.who import state_tag
from jamsostek.registry.actions.employers import change_employer
from jamsostek.registry.choices import TITLES, EmployerKind
from jamsostek.registry.industries import Industry, industries
from jamsostek.registry.models import Employer
from jamsostek.registry.queries import counts, lists, uploads


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """By name, with a search."""
    asked = asked_in(request.GET.get("cari", ""))
    found = paged(request, counts.employers(asked))
    register = reverse("officer:new_employer")
    empty = Empty(_("Tidak ditemukan"), _("Periksa ejaannya, atau cari dengan NPP."), Link(_("Daftarkan perusahaan"), register))
    context = {
        "search": SearchBox(_("Cari perusahaan"), asked, _("Sebagian nama, atau NPP."), url=request.path),
        "table": table(_("Daftar perusahaan"), employer_columns("officer:employer"), found.rows),
        "paged": found,
        "empty": empty,
        "ways": [Link(_("Daftarkan perusahaan"), register)] if current().may(Can.REGISTER_EMPLOYER) else [],
        "export_url": f"{reverse('officer:employers_file')}{with_query(request, hal=None) if request.GET else '?'}",
    }
    return screen(request, "officer/list.html", context, title=_("Daftar perusahaan"))


def employer_columns(page_name: str) -> list[Column]:
    """A list of employers."""

    def link(one: Employer) -> Link | str:
        return Link(one.name, reverse(page_name, args=[one.npp])) if page_name else one.name

    return [
        Column(_("Nama"), link),
        Column(_("NPP"), lambda one: format_public("npp", one.npp)),
        Column(_("Jenis"), lambda one: _(TITLES[EmployerKind][one.kind])),
        Column(_("Skala"), lambda one: scale_words(one.scale)),
        Column(_("Risiko JKK"), lambda one: risk_words(one.risk_class)),
        Column(_("Wilayah"), lambda one: regions_name(one.regency_code)),
    ]


@door(*OFFICERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The list as a file."""
    rows = counts.employers(asked_in(request.GET.get("cari", "")))
    audit.record("export", "employer", None, fields=("name", "npp"), reason="unduh daftar perusahaan")
    return employers_file(request, rows)


def employers_file(request: HttpRequest, rows: Any) -> HttpResponseBase:
    """Employers as a file, under their public numbers."""
    headings = [
        _("Nama"), _("NPP"), _("Jenis"), _("Skala"), _("Risiko JKK"), _("Kode wilayah"), _("Wilayah"), _("Alamat"),
        _("Terdaftar"),
    ]  # fmt: skip
    lines = (
        [
            one.name, one.npp, _(TITLES[EmployerKind][one.kind]), scale_words(one.scale), risk_words(one.risk_class),
            one.regency_code, regions_name(one.regency_code), one.address, one.registered_on,
        ]
        for one in rows.iterator(chunk_size=2_000)
    )  # fmt: skip
    return export(request, _("perusahaan"), headings, lines)


def employer_of(npp: str) -> Employer:
    """An employer in sight; raises `Refused`."""
    found = lists.employer_by_npp(npp)
    if found is None:
        raise not_yours(_("Perusahaan ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def industry_of(employer: Employer) -> Industry | None:
    """Its line of the annex."""
    return next((one for one in industries() if one.code == employer.industry), None)


def scale_words(scale: str) -> str:
    """A scale, as an answer by itself."""
    return _(SCALES[scale]).capitalize()


def risk_words(risk_class: str, industry: Industry | None = None) -> str:
    """The class, with where it is written where its line of the annex is told."""
    told = _(RISKS[risk_class]).capitalize()
    return f"{told} ({citation(industry.regulation)}, {_('lampiran')})" if industry else told


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, npp: str) -> HttpResponseBase:
    """One employer: facts, workers in figures, units, projects, files."""
    employer, month = employer_of(npp), month_of(today())
    edits = may(Can.EDIT_EMPLOYER, Place(employer=employer.pk, regency=employer.regency_code))
    context = {
        "employer": employer,
        "npp": format_public("npp", employer.npp),
        "tag": Tag(_("Ditutup {day}").format(day=date(employer.closed_on)), "plain") if employer.closed_on else "",
        "tiles": [Tile(_("Pekerja aktif"), format_number(counts.workers_at(employer.pk, month)), month_words(month))],
        "facts": _facts(employer),
        "units": _units(employer),
        "projects": _projects(employer),
        "uploads": _uploads(employer),
        "change": reverse("officer:change_employer", args=[npp]) if edits else "",
        "invite": invite_url(Role.EMPLOYER_APPROVER, employer.npp) if gives(current()) else "",
        "bills": reverse("officer:employer_bills", args=[npp]),
        "arrears": reverse("arrears:employer", args=[npp]),
    }
    above = [Link(_("Perusahaan"), reverse("officer:employers"))]
    return screen(request, "officer/employer.html", context, title=employer.name, above=above)


def _facts(employer: Employer) -> list[Fact]:
    industry = industry_of(employer)
    return [
        Fact(_("Jenis pemberi kerja"), _(TITLES[EmployerKind][employer.kind])),
        Fact(_("Jenis usaha"), industry.title if industry else NOTHING),
        Fact(_("Kelas risiko JKK"), risk_words(employer.risk_class, industry)),
        Fact(_("Skala usaha"), scale_words(employer.scale)),
        Fact(_("Padat karya"), _("Ya") if employer.labour_intensive else _("Tidak")),
        Fact(_("Kode KBLI"), employer.kbli or NOTHING),
        Fact(_("NPWP"), _("Tercatat") if employer.npwp_index else _("Belum ada")),
        Fact(_("Kabupaten atau kota"), regions_name(employer.regency_code)),
        Fact(_("Alamat"), employer.address or NOTHING),
        Fact(_("Terdaftar"), date(employer.registered_on)),
    ]


def _units(employer: Employer) -> Table | None:
    found = lists.units(employer.pk)
    columns = [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Kode"), lambda one: one.code),
        Column(_("Wilayah"), lambda one: regions_name(one.regency_code)),
    ]
    return table(_("Cabang dan unit"), columns, found) if found else None


def _projects(employer: Employer) -> Table | None:
    found = lists.projects(employer.pk)
    billed = projects_billed(found)
    columns = [
        Column(_("Proyek"), lambda one: one.name),
        Column(_("Nomor"), lambda one: format_public("npp", one.number)),
        Column(_("Nilai kontrak"), lambda one: format_rupiah(one.contract_rupiah), number=True),
        Column(_("Masa"), lambda one: _("{first} sampai {last}").format(first=date(one.starts_on), last=date(one.ends_on))),
        Column(_("Tagihan"), lambda one: project_link(one, billed)),
    ]
    return table(_("Proyek konstruksi"), columns, found) if found else None


def _uploads(employer: Employer) -> Table | None:
    found = uploads.recent(employer_id=employer.pk)
    return uploads_table(found) if found else None


def uploads_table(found: Any) -> Table:
    """Bulk files, the newest first."""
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, reverse("uploads:upload", args=[one.pk]))),
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Keadaan"), state_tag),
        Column(_("Dikirim"), lambda one: moment(one.created_at)),
    ]
    return table(_("Berkas yang pernah dikirim"), columns, found)


# --- changing ---------------------------------------------------------------------------------------------------------


class ChangeForm(FactsForm, ReasonForm):
    """Facts, and why."""

    field_order = ("name", "industry", "kbli", "scale", "labour_intensive", "regency_code", "address", "reason")


@door(*OFFICERS)
def change(request: HttpRequest, npp: str) -> HttpResponseBase:
    """A new industry gives a new risk class."""
    employer = employer_of(npp)
    names = [name for name in ChangeForm.base_fields if name != "reason"]
    initial = {name: getattr(employer, name) for name in names}
    url = reverse("officer:employer", args=[npp])

    def changes(told: Mapping[str, Any]) -> dict[str, Any]:
        return {name: told[name] for name in names if told[name] != initial[name]}

    def act(told: Mapping[str, Any]) -> Employer:
        if not changes(told):
            raise InputError(_("Tidak ada yang diubah."), remedy=_("Ubah isiannya, atau pilih Batal."))
        return change_employer(employer_id=employer.pk, changes=changes(told), today=today(), reason=told["reason"])

    it = Ask(
        title=_("Ubah data perusahaan"),
        crumbs=[home(), Link(_("Perusahaan"), reverse("officer:employers")), Link(employer.name, url)],
        yes=_("Simpan"),
        about=employer.name,
        act=act,
        facts=lambda told: [
            *(Fact(field_label(name), _words(name, value)) for name, value in changes(told).items()),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _employer, _told: done(request, url, _("Perubahan disimpan.")),
    )
    form = ChangeForm(request.POST or None, initial=initial)
    form.fields["reason"].help_text = _("Misalnya nomor surat permohonan.")
    return ask(request, form, it)


def _words(name: str, value: Any) -> str:
    if name == "scale":
        return scale_words(value)
    if name == "regency_code":
        return regions_name(value)
    if name == "labour_intensive":
        return _("Ya") if value else _("Tidak")
    if name == "industry":
        found = next((one for one in industries() if one.code == value), None)
        return f"{found.title}: {risk_words(found.risk_class, found)}" if found else NOTHING
    return str(value) or NOTHING
