"""How far people came: to a meeting, to a registration, to a first and a third month paid; sums, nobody's name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach.queries import campaigns as queries
from jamsostek.outreach.queries.campaigns import Came
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.screens import Column, Empty, export, table, today, with_query
from jamsostek.portal.screens.words import NOTHING

VIEWS = (
    ("semua", "", N_("Semua")), ("kampanye", "campaign", N_("Kampanye")), ("pertemuan", "meeting", N_("Pertemuan desa")),
    ("agen", "agent", N_("Agen")), ("desa", "village", N_("Desa")), ("jenis-kelamin", "sex", N_("Jenis kelamin")),
    ("disabilitas", "disability", N_("Disabilitas")), ("tahun", "year", N_("Tahun")),
)  # fmt: skip
FIXED = {"m": N_("Laki-laki"), "f": N_("Perempuan"), "yes": N_("Ya"), "no": N_("Tidak"), "unknown": N_("Tidak diketahui")}
FIRST_YEAR = 2015


def _asked(request: HttpRequest) -> tuple[str, str, int]:
    view, year = request.GET.get("menurut", ""), request.GET.get("tahun", "")
    name, by = next(((name, by) for name, by, _t in VIEWS if name == view), VIEWS[0][:2])
    known = year.isascii() and year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= today().year + 1
    return name, by, int(year) if known else 0


@door(*RUNNERS)
@require_safe
def funnel(request: HttpRequest) -> HttpResponseBase:
    """By one thing at a time; of one year by `?tahun=`."""
    view, by, year = _asked(request)
    rows = queries.funnel(by, year=year, today=today())
    names = queries.names_of(by, [one.name for one in rows])

    def figure(name: str) -> Any:
        return lambda one: _number(one, getattr(one, name))

    columns = [
        Column(_(next(title for name, _b, title in VIEWS if name == view)), lambda one: _name(by, one, names)),
        Column(_("Hadir"), figure("attended"), number=True),
        Column(_("Mendaftar"), figure("registered"), number=True),
        Column(_("Bulan pertama dibayar"), figure("first_paid"), number=True),
        Column(_("Bulan ketiga dibayar"), figure("third_paid"), number=True),
    ]
    hidden = any(one.hidden for one in rows)
    context = {
        "tabs": frame.tabs("funnel"),
        "choices_label": _("Menurut"),
        "choices": [(_(title), with_query(request, menurut=name), name == view) for name, _b, title in VIEWS],
        "table": table(_("Dari hadir sampai membayar"), columns, rows),
        "empty": Empty(_("Belum ada yang dihitung"), _("Catat yang hadir di sebuah pertemuan, atau beri agen kodenya.")),
        "note": _(
            "Bagian dari satu sampai empat orang tidak disebut dan tidak ikut dijumlahkan; jumlah yang memuatnya bertanda +."
        )
        if hidden
        else "",
        "export_url": f"{reverse('campaigns:funnel_file')}?menurut={view}&tahun={year or ''}" if rows else "",
    }
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Hasil"), crumbs=frame.above())


def _number(one: Came, value: int) -> str:
    return format_number(value) + ("+" if one.hidden else "")


def _name(by: str, one: Came, names: dict[str, str]) -> str:
    if by == "":
        return _("Semua")
    return names.get(one.name) or (_(FIXED[one.name]) if one.name in FIXED else one.name or NOTHING)


@door(*RUNNERS)
@require_safe
def funnel_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    view, by, year = _asked(request)
    rows = queries.funnel(by, year=year, today=today())
    names = queries.names_of(by, [one.name for one in rows])
    headings = [
        _("Menurut"), _("Bagian yang tidak disebut"), _("Hadir"), _("Mendaftar"), _("Bulan pertama dibayar"),
        _("Bulan ketiga dibayar"),
    ]  # fmt: skip
    told = ([_name(by, one, names), one.hidden, one.attended, one.registered, one.first_paid, one.third_paid] for one in rows)
    return export(request, f"{_('sosialisasi')}-{view}", headings, told)
