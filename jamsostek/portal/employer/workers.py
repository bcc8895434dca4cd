"""The workers of a company: search, filters, pages, download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.months import format_month, month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, tabs
from jamsostek.portal.screens import Column, Empty, Link, Tag, export, page, paged, table, today, with_query
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.asking import asked, shown, to_address, words
from jamsostek.registry.choices import TITLES, Segment
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer, Employment

STATES = (
    ("working", N_("Bekerja sekarang")), ("joined", N_("Masuk bulan ini")), ("leaving", N_("Keluar bulan ini")),
    ("left", N_("Sudah keluar")), ("reported", N_("Dilaporkan keluar oleh pekerja")), ("all", N_("Semua")),
)  # fmt: skip


class _Rows:
    """The list asked for by the address, fetched a page at a time."""

    def __init__(self, request: HttpRequest, company: Employer) -> None:
        self.company, self.month = company, month_of(today())
        self.text = words(request)
        state = asked(request, "keadaan", "working")
        self.state = state if state in lists.WORKER_STATES else "working"
        unit = asked(request, "unit")
        self.unit_id = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 18 else None

    def __getitem__(self, wanted: slice) -> list[Employment]:
        return self.fetch(wanted.start, wanted.stop - wanted.start)

    def fetch(self, skip: int = 0, take: int = lists.ALL) -> list[Employment]:
        return lists.staff(
            self.company.pk, self.month, text=self.text, state=self.state, unit_id=self.unit_id, skip=skip, take=take
        )


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, npp: str) -> HttpResponse:
    """A page of the list."""
    company = company_of(request, npp)
    elsewhere = to_address(request, "keadaan", "unit")
    if elsewhere is not None:
        return elsewhere
    rows = _Rows(request, company)
    found = paged(request, rows)
    audit.looked([one.participant_id for one in found.rows], ("name", "kpj", "wage_rupiah"), "daftar pekerja")
    units = lists.units(company.pk)
    context: dict[str, Any] = {
        "company": company,
        "tabs": tabs(company, "workers"),
        "asked": shown(request),
        "states": [(name, _(text), name == rows.state) for name, text in STATES],
        "units": [(unit.pk, unit.name, unit.pk == rows.unit_id) for unit in units],
        "table": table(_("Daftar pekerja"), _columns(company, rows.month, bool(units)), found.rows),
        "paged": found,
        "empty": _empty(rows),
        "export_url": f"{reverse('employer:download', args=[npp])}{with_query(request, hal=None) if request.GET else '?'}",
    }
    return page(request, "employer/workers.html", context, title=_("Daftar pekerja"), crumbs=crumbs(company))


def _empty(rows: _Rows) -> Empty:
    if rows.text or rows.unit_id or rows.state != "working":
        return Empty(_("Tidak ada yang cocok"), _("Periksa ejaan namanya, atau pilih keadaan lain."))
    url = reverse("employer:upload", args=[rows.company.npp])
    return Empty(
        _("Belum ada pekerja"), _("Tambahkan satu per satu, atau unggah daftarnya."), Link(_("Kirim daftar pekerja"), url)
    )


def _columns(company: Employer, month: int, has_units: bool) -> list[Column]:
    def link(one: Employment) -> Link:
        return Link(one.participant.name, reverse("employer:worker", args=[company.npp, one.pk]))

    return [
        Column(_("Nama"), link),
        Column(_("KPJ"), lambda one: format_public("kpj", one.participant.kpj)),
        *([Column(_("Unit"), lambda one: one.unit.name if one.unit else "")] if has_units else []),
        Column(_("Jabatan"), lambda one: one.position),
        Column(_("Upah"), lambda one: _wage(one), number=True),
        Column(_("Mulai"), lambda one: month_words(one.from_month)),
        Column(_("Keadaan"), lambda one: state_tag(one, month)),
    ]


def _wage(one: Employment) -> str:
    rupiah = lists.wage_of(one)
    return format_rupiah(rupiah) if rupiah else ""


def state_tag(one: Employment, month: int) -> Tag:
    """Working, to come, or gone, in a word."""
    if one.from_month > month:
        return Tag(_("Mulai {month}").format(month=month_words(one.from_month)), "info")
    if one.to_month is None or one.to_month > month:
        return Tag(_("Bekerja"), "good")
    if one.leaving_reported_by == "worker":
        return Tag(_("Keluar, kata pekerja"), "warn")
    return Tag(_("Keluar {month}").format(month=month_words(one.to_month)), "plain")


@door(*OWNERS)
@require_safe
def download(request: HttpRequest, npp: str) -> HttpResponse:
    """The whole list as asked for, as XLSX or CSV."""
    company = company_of(request, npp)
    current().need(Can.EXPORT_PEOPLE, Place(employer=company.pk))
    rows = _Rows(request, company)
    found = rows.fetch()
    fields = ("name", "kpj", "birth_date", "wage_rupiah")
    audit.looked([one.participant_id for one in found], fields, "unduh daftar pekerja", action="export")
    headings = [
        _("Nama"), _("KPJ"), _("Tanggal lahir"), _("Jenis pekerja"), _("Unit"), _("Jabatan"), _("Upah"), _("Mulai"), _("Sampai"),
    ]  # fmt: skip
    return export(request, f"{_('pekerja')}-{company.npp}", headings, (_line(one) for one in found))  # type: ignore[return-value]


def _line(one: Employment) -> list[Any]:
    person = one.participant
    return [
        person.name, person.kpj, person.birth_date, _(TITLES[Segment][one.segment]), one.unit.name if one.unit else "",
        one.position, lists.wage_of(one), format_month(one.from_month), format_month(one.to_month) if one.to_month else "",
    ]  # fmt: skip
