"""Vulnerable workers of the region for whom somebody pays: who, by whom, until when. Secrets stay starred."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.text import _
from jamsostek.portal.officer.places import village_choices
from jamsostek.portal.officer.shown import kpj_words, months_words
from jamsostek.portal.region.frame import VIEWERS, crumbs, regencies_of, tabs
from jamsostek.portal.screens import Column, Empty, Tag, export, page, paged, table, today, with_query
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.choices import TITLES, Sex
from jamsostek.registry.models import Cover
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.people import Masked, masked

EXPORTED_AT_MOST = 100_000


class _Asked:
    """What the address asks for: a sponsor, a village, those about to end."""

    def __init__(self, request: HttpRequest) -> None:
        self.month = month_of(today())
        self.sponsors = sorted(counts.sponsors(), key=lambda one: one.name)
        number, village = request.GET.get("pembayar", ""), request.GET.get("desa", "")
        self.sponsor = next((one for one in self.sponsors if one.number == number), None)
        self.village = int(village) if village.isascii() and village.isdecimal() and len(village) == 10 else None
        self.ending = request.GET.get("keadaan") == "berakhir"

    def rows(self) -> QuerySet[Cover]:
        sponsor = self.sponsor.pk if self.sponsor else None
        return counts.sponsored(self.month, sponsor_id=sponsor, village_code=self.village, ending=self.ending)


@door(*VIEWERS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A page of the list."""
    asked, mine = _Asked(request), regencies_of(request)
    found = paged(request, asked.rows())
    ids = [one.participant_id for one in found.rows]
    audit.looked(ids, ("name", "kpj", "timeline"), "daftar pekerja yang dibayarkan")
    columns = _columns(masked(ids), counts.names_of_sponsors(one.sponsor_id for one in found.rows), asked.month, found.rows)
    context: dict[str, Any] = {
        "tabs": tabs("workers"),
        "sponsors": [(one.number, one.name, one == asked.sponsor) for one in asked.sponsors],
        "villages": _village_options(mine, asked.village),
        "ending": asked.ending,
        "table": table(_("Pekerja yang iurannya dibayarkan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang cocok"), _("Pilih pembayar atau desa lain.")),
        "export_url": _export_url(request) if current().may(Can.EXPORT_PEOPLE) else "",
    }
    return page(request, "region/workers.html", context, title=_("Pekerja yang dibayarkan"), crumbs=crumbs())


def _export_url(request: HttpRequest) -> str:
    return f"{reverse('region:workers_file')}{with_query(request, hal=None) if request.GET else '?'}"


def _village_options(mine: list[int], chosen: int | None) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Villages under their districts, for a region of one regency."""
    groups = village_choices(mine[0])[1:] if len(mine) == 1 else []
    return [(name, [(code, text, code == str(chosen)) for code, text in places]) for name, places in groups]


def _columns(secrets: Mapping[int, Masked], payers: Mapping[int, str], month: int, rows: Any) -> list[Column]:
    villages = counts.places(one.participant.village_code for one in rows if one.participant.village_code)

    def place(one: Cover) -> str:
        person = one.participant
        return villages.get(person.village_code or 0) or regions_name(person.regency_code)

    def state(one: Cover) -> Tag:
        soon = one.to_month is not None and one.to_month <= add_months(month, 1)
        return Tag(_("Segera berakhir"), "warn") if soon else Tag(_("Terlindungi"), "good")

    return [
        Column(_("Nama"), lambda one: one.participant.name),
        Column(_("KPJ"), lambda one: kpj_words(one.participant.kpj)),
        Column(_("NIK"), lambda one: secrets[one.participant_id].nik if one.participant_id in secrets else NOTHING),
        Column(_("Desa"), place),
        Column(_("Pekerjaan"), lambda one: one.occupation),
        Column(_("Pembayar"), lambda one: payers.get(one.sponsor_id or 0, NOTHING)),
        Column(_("Bulan"), lambda one: months_words(one.from_month, one.to_month)),
        Column(_("Keadaan"), state),
    ]


@door(*VIEWERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The list as a file; for those who may take lists of people away. Each person on it can see that it was taken."""
    if not current().may(Can.EXPORT_PEOPLE):
        raise not_yours(_("Peran Anda tidak mengunduh daftar orang."))
    asked = _Asked(request)
    rows = list(asked.rows()[:EXPORTED_AT_MOST])
    ids = [one.participant_id for one in rows]
    audit.looked(ids, ("name", "kpj", "timeline"), "unduh daftar pekerja yang dibayarkan", action="export")
    secrets, payers = masked(ids), counts.names_of_sponsors(one.sponsor_id for one in rows)
    villages = counts.places(one.participant.village_code for one in rows if one.participant.village_code)
    headings = [
        _("Nama"), _("KPJ"), _("NIK"), _("Jenis kelamin"), _("Kabupaten atau kota"), _("Desa"), _("Pekerjaan"), _("Pembayar"),
        _("Mulai"), _("Sampai"),
    ]  # fmt: skip
    lines = (
        [
            one.participant.name, one.participant.kpj,
            secrets[one.participant_id].nik if one.participant_id in secrets else NOTHING,
            _(TITLES[Sex][one.participant.sex]), regions_name(one.participant.regency_code),
            villages.get(one.participant.village_code or 0, ""), one.occupation, payers.get(one.sponsor_id or 0, ""),
            format_month(one.from_month), format_month(one.to_month) if one.to_month else "",
        ]
        for one in rows
    )  # fmt: skip
    return export(request, _("pekerja-dibayarkan"), headings, lines)
