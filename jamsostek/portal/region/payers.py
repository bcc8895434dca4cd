"""Employers and sponsors of the region, with a warning for cover that is about to end."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Kind
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.officer.employers import employer_columns, employers_file
from jamsostek.portal.officer.shown import asked_in
from jamsostek.portal.officer.sponsors import place_words, sponsors_file
from jamsostek.portal.region.frame import VIEWERS, crumbs, tabs
from jamsostek.portal.screens import Column, Empty, Link, SearchBox, Tag, page, paged, table, today, with_query
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.choices import TITLES, SponsorKind
from jamsostek.registry.models import Sponsor
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.counts import Paying


@door(*VIEWERS)
@require_safe
def employers(request: HttpRequest) -> HttpResponseBase:
    """Employers by name."""
    asked = asked_in(request.GET.get("cari", ""))
    found = paged(request, counts.employers(asked))
    context = {
        "tabs": tabs("employers"),
        "search": SearchBox(_("Cari perusahaan"), asked, _("Sebagian nama, atau NPP."), url=request.path),
        "table": table(_("Perusahaan di wilayah ini"), employer_columns(""), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ditemukan"), _("Periksa ejaannya, atau cari dengan NPP.")),
        "export_url": f"{reverse('region:employers_file')}{with_query(request, hal=None) if request.GET else '?'}",
    }
    return page(request, "region/list.html", context, title=_("Perusahaan"), crumbs=crumbs())


@door(*VIEWERS)
@require_safe
def employers_download(request: HttpRequest) -> HttpResponseBase:
    """The list as a file; employers are no persons."""
    audit.record("export", "employer", None, fields=("name", "npp"), reason="unduh daftar perusahaan wilayah")
    return employers_file(request, counts.employers(asked_in(request.GET.get("cari", ""))))


@door(*VIEWERS)
@require_safe
def sponsors(request: HttpRequest) -> HttpResponseBase:
    """Sponsors; first those whose people are about to lose their cover."""
    month = month_of(today())
    rows = list(counts.sponsors())
    paying = counts.paid_by([one.pk for one in rows], month)
    rows.sort(key=lambda one: (-paying[one.pk].ending if one.pk in paying else 0, one.name))
    found = paged(request, rows, total=len(rows))
    ending = sum(one.ending for one in paying.values())
    context = {
        "tabs": tabs("sponsors"),
        "warning": _warning(ending) if ending else "",
        "table": table(
            _("Pembayar iuran di wilayah ini"), _columns(paying, counts.places(one.region_code for one in rows)), found.rows
        ),
        "paged": found,
        "empty": Empty(_("Belum ada pembayar iuran"), _("Kantor cabang mendaftarkan pemerintah daerah, desa, atau perusahaan.")),
        "export_url": f"{reverse('region:sponsors_file')}?",
    }
    return page(request, "region/list.html", context, title=_("Pembayar iuran"), crumbs=crumbs())


def _warning(ending: int) -> str:
    if current().targets(Kind.SPONSOR):
        told = _(
            "Perlindungan {count} orang berakhir bulan ini atau bulan depan dan belum dilanjutkan. Kirim daftar baru sebelum itu."
        )
    else:
        told = _("Perlindungan {count} orang berakhir bulan ini atau bulan depan dan belum dilanjutkan. Ingatkan pembayarnya.")
    return told.format(count=format_number(ending))


def _columns(paying: dict[int, Paying], names: dict[int, str]) -> list[Column]:
    def people(one: Sponsor) -> Link | str:
        count = paying[one.pk].covered if one.pk in paying else 0
        return Link(format_number(count), f"{reverse('region:workers')}?pembayar={one.number}") if count else "0"

    def ending(one: Sponsor) -> Tag | str:
        mine = paying.get(one.pk)
        if mine is None or not mine.ending:
            return Tag(_("Tidak ada"), "good")
        first = month_words(mine.ends_first) if mine.ends_first else ""
        return Tag(_("{count} orang, mulai akhir {month}").format(count=format_number(mine.ending), month=first), "warn")

    return [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Jenis"), lambda one: _(TITLES[SponsorKind][one.kind])),
        Column(_("Wilayah"), lambda one: place_words(one, names)),
        Column(_("Orang terlindungi"), people, number=True),
        Column(_("Segera berakhir"), ending),
    ]


@door(*VIEWERS)
@require_safe
def sponsors_download(request: HttpRequest) -> HttpResponseBase:
    """The list as a file."""
    audit.record("export", "sponsor", None, fields=("name", "number"), reason="unduh daftar pembayar iuran wilayah")
    return sponsors_file(request, list(counts.sponsors()))
