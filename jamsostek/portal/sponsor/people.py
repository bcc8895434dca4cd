"""The people a sponsor pays for: search, filters, pages, download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, Empty, Link, Tag, export, page, paged, table, today, with_query
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.sponsor.payer import OWNERS, crumbs, sponsor_of, tabs
from jamsostek.portal.uploads.asking import asked, shown, to_address, words
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.registry.models import Cover, Sponsor

STATES = (
    ("covered", N_("Terlindungi sekarang")),
    ("ending", N_("Segera berakhir")),
    ("ended", N_("Sudah berakhir")),
    ("all", N_("Semua")),
)


class _Rows:
    """The list asked for by the address, fetched a page at a time."""

    def __init__(self, request: HttpRequest, sponsor: Sponsor) -> None:
        self.sponsor, self.month = sponsor, month_of(today())
        self.text = words(request)
        state = asked(request, "keadaan", "covered")
        self.state = state if state in lists.COVER_STATES else "covered"

    def __getitem__(self, wanted: slice) -> list[Cover]:
        return self.fetch(wanted.start, wanted.stop - wanted.start)

    def fetch(self, skip: int = 0, take: int = lists.ALL) -> list[Cover]:
        return lists.covered(self.sponsor.pk, self.month, text=self.text, state=self.state, skip=skip, take=take)


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, number: str) -> HttpResponse:
    """A page of the list."""
    sponsor = sponsor_of(request, number)
    elsewhere = to_address(request, "keadaan")
    if elsewhere is not None:
        return elsewhere
    rows = _Rows(request, sponsor)
    found = paged(request, rows)
    audit.looked([one.participant_id for one in found.rows], ("name", "kpj"), "daftar orang yang dilindungi")
    url = reverse("sponsor:upload", args=[number])
    empty = Empty(_("Belum ada orang"), _("Kirim daftar orang yang iurannya Anda bayar."), Link(_("Kirim daftar orang"), url))
    context: dict[str, Any] = {
        "sponsor": sponsor,
        "tabs": tabs(sponsor, "people"),
        "asked": shown(request),
        "states": [(name, _(text), name == rows.state) for name, text in STATES],
        "table": table(_("Orang"), _columns(sponsor, rows.month), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang cocok"), _("Periksa ejaan namanya, atau pilih keadaan lain."))
        if rows.text or request.GET
        else empty,
        "export_url": f"{reverse('sponsor:download', args=[number])}{with_query(request, hal=None) if request.GET else '?'}",
    }
    return page(request, "sponsor/people.html", context, title=_("Orang yang dilindungi"), crumbs=crumbs(sponsor))


def _columns(sponsor: Sponsor, month: int) -> list[Column]:
    def end(one: Cover) -> Any:
        ended = one.to_month is not None and one.to_month < month
        return "" if ended else Link(_("Akhiri"), reverse("sponsor:end", args=[sponsor.number, one.pk]))

    return [
        Column(_("Nama"), lambda one: one.participant.name),
        Column(_("KPJ"), lambda one: format_public("kpj", one.participant.kpj)),
        Column(_("Pekerjaan"), lambda one: one.occupation),
        Column(_("Mulai"), lambda one: month_words(one.from_month)),
        Column(_("Sampai"), lambda one: month_words(one.to_month) if one.to_month else NOTHING),
        Column(_("Keadaan"), lambda one: state_tag(one, month)),
        Column(_("Tindakan"), end),
    ]


def state_tag(one: Cover, month: int) -> Tag:
    """Covered, ending soon, ended or to come, in a word."""
    if one.from_month > month:
        return Tag(_("Belum mulai"), "info")
    if one.to_month is not None and one.to_month < month:
        return Tag(_("Berakhir"), "plain")
    if one.to_month is not None and one.to_month <= add_months(month, 1):
        return Tag(_("Segera berakhir"), "warn")
    return Tag(_("Terlindungi"), "good")


@door(*OWNERS)
@require_safe
def download(request: HttpRequest, number: str) -> HttpResponse:
    """The whole list as asked for, as XLSX or CSV."""
    sponsor = sponsor_of(request, number)
    current().need(Can.EXPORT_PEOPLE, Place(sponsor=sponsor.pk))
    found = _Rows(request, sponsor).fetch()
    fields = ("name", "kpj", "birth_date", "village_code")
    audit.looked([one.participant_id for one in found], fields, "unduh daftar orang yang dilindungi", action="export")
    headings = [_("Nama"), _("KPJ"), _("Tanggal lahir"), _("Kode desa"), _("Pekerjaan"), _("Mulai"), _("Sampai")]
    return export(request, f"{_('terlindungi')}-{sponsor.number}", headings, (_line(one) for one in found))  # type: ignore[return-value]


def _line(one: Cover) -> list[Any]:
    person = one.participant
    return [
        person.name, person.kpj, person.birth_date, str(person.village_code or ""), one.occupation, format_month(one.from_month),
        format_month(one.to_month) if one.to_month else "",
    ]  # fmt: skip
