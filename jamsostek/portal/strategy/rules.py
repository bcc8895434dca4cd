"""Regulations for everybody: a list to search and take away, one regulation, its paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.files.actions import FileGone
from jamsostek.outreach.models import Regulation
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.strategy import KINDS, SETTLES, RegulationState
from jamsostek.portal.screens import Column, Empty, Fact, Link, SearchBox, export, page, paged, table, today, url_of, with_query
from jamsostek.portal.screens.words import date
from jamsostek.portal.strategy import frame
from jamsostek.portal.templatetags.words import regions_name

MOST = 5_000
FIRST_YEAR = 1992


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for; nonsense narrows nothing."""
    year, region = request.GET.get("tahun", ""), request.GET.get("daerah", "")
    code = int(region) if region.isascii() and region.isdecimal() and len(region) in (2, 4) else 0
    kind, settles = request.GET.get("jenis", ""), request.GET.get("mengatur", "")
    known = year.isascii() and year.isdecimal() and len(year) == 4
    return {
        "search": request.GET.get("cari", "").replace("\0", "").strip()[:60],
        "kind": kind if kind in KINDS else "",
        "settles": settles if settles in SETTLES else "",
        "region": code if code in PROVINCES or code in REGENCIES else None,
        "year": int(year) if known else None,
    }


@door(PUBLIC)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Confirmed regulations, the newest first."""
    asked = asked_for(request)
    found = paged(request, queries.public_regulations(**asked))
    columns = [
        Column(_("Peraturan"), lambda one: Link(frame.kind_words(one), reverse("rules:show", args=[one.code]))),
        Column(_("Tentang"), lambda one: one.title),
        Column(_("Daerah"), frame.where_words),
        Column(_("Mengatur"), lambda one: frame.settles_words(one.settles)),
        Column(_("Berlaku"), frame.force_words),
    ]
    here = asked["region"]
    context = {
        "about": regions_name(here) if here else _("Peraturan daerah tentang jaminan sosial ketenagakerjaan, dengan naskahnya."),
        "search": SearchBox(_("Nomor atau judul"), asked["search"]),
        "selects": _selects(asked),
        "table": table(_("Peraturan, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada peraturan yang cocok"), _("Ubah pencariannya, atau pilih semua daerah.")),
        "export_url": f"{reverse('rules:file')}{with_query(request, hal=None)}" if found.rows else "",
        "ways": [Link(_("Kewajiban menurut hukum"), reverse("strategy:duties"))],
    }
    return page(request, "strategy/list.html", context, title=_("Peraturan daerah"), crumbs=_crumbs())


def _crumbs(*more: Link) -> list[Link]:
    return [Link(_("Beranda"), url_of("public:home")), *more]


def _selects(asked: dict[str, Any]) -> list[dict[str, Any]]:
    def select(name: str, label: str, every: str, options: list[tuple[str, str]], chosen: Any) -> dict[str, Any]:
        told = [("", every, False), *((value, text, value == str(chosen or "")) for value, text in options)]
        return {"name": name, "label": label, "options": told}

    places = [(str(code), one.name) for code, one in PROVINCES.items()]
    if asked["region"] and asked["region"] not in PROVINCES:
        places.append((str(asked["region"]), regions_name(asked["region"])))
    years = [(str(year), str(year)) for year in range(today().year, FIRST_YEAR - 1, -1)]
    return [
        select("daerah", _("Daerah"), _("Semua daerah"), places, asked["region"]),
        select("jenis", _("Jenis"), _("Semua jenis"), [(name, _(text)) for name, text in KINDS.items()], asked["kind"]),
        select("mengatur", _("Mengatur"), _("Semua"), [(name, _(text)) for name, text in SETTLES.items()], asked["settles"]),
        select("tahun", _("Tahun"), _("Semua tahun"), years, asked["year"]),
    ]


def public_one(code: int) -> Regulation:
    """A confirmed one; there is no other page here, also not for who sees more."""
    row = queries.public_regulations().select_related("replaces").filter(code=code).first()
    if row is None:
        raise Http404
    return row


def facts_of(row: Regulation) -> list[Fact]:
    """What is known of it, as everybody may read it."""
    after = queries.replaced_by(row)
    facts = [
        Fact(_("Daerah"), frame.where_words(row)),
        Fact(_("Mengatur"), frame.settles_words(row.settles)),
        Fact(_("Ditandatangani"), date(row.signed_on)),
        Fact(_("Berlaku"), frame.force_words(row)),
    ]
    if row.replaces is not None:
        facts.append(Fact(_("Mengganti"), _link(row.replaces)))
    if after is not None:
        facts.append(Fact(_("Diganti oleh"), _link(after)))
    size = _("PDF, {pages} halaman").format(pages=row.file_pages)
    paper = row.state == RegulationState.CONFIRMED
    facts.append(Fact(_("Naskah"), Link(size, reverse("rules:paper", args=[row.code])) if paper else size))
    return facts


def _link(row: Regulation) -> Link | str:
    public = row.state == RegulationState.CONFIRMED
    return Link(frame.kind_words(row), reverse("rules:show", args=[row.code])) if public else frame.kind_words(row)


@door(PUBLIC)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """One regulation."""
    row = public_one(number)
    context = {
        "tag": frame.regulation_tag(row), "about": row.title, "facts": facts_of(row),
        "note": _("Contoh untuk peragaan, bukan peraturan yang sungguh ada.") if row.invented else "",
    }  # fmt: skip
    crumbs = _crumbs(Link(_("Peraturan daerah"), reverse("rules:list")))
    return page(request, "strategy/thing.html", context, title=frame.kind_words(row), crumbs=crumbs)


@door(PUBLIC)
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Its paper, as PDF."""
    return paper_of(public_one(number))


def paper_of(row: Regulation) -> HttpResponse:
    """The PDF of a regulation in sight, to be saved."""
    try:
        content = queries.paper(row)
    except FileGone as error:
        raise Http404(str(error)) from error
    headers = {"Content-Disposition": f'attachment; filename="{row.kind}-{row.code}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, "application/pdf", headers=headers)


@door(PUBLIC)
@require_safe
def file(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, to its end or the first five thousand."""
    headings = [
        _("Kode"), _("Jenis"), _("Nomor"), _("Tahun"), _("Tentang"), _("Kode wilayah"), _("Daerah"), _("Mengatur"),
        _("Ditandatangani"), _("Berlaku sejak"), _("Berlaku sampai"), _("Mengganti"),
    ]  # fmt: skip
    found = queries.public_regulations(**asked_for(request)).select_related("replaces")[:MOST]
    rows = (
        [
            one.code, _(KINDS[one.kind]), one.number, one.year, one.title, one.village_code or one.region_code,
            regions_name(one.region_code), frame.settles_words(one.settles), one.signed_on.isoformat(),
            one.in_force_from.isoformat(), one.in_force_until.isoformat() if one.in_force_until else None,
            one.replaces.code if one.replaces else None,
        ]
        for one in found
    )  # fmt: skip
    return export(request, _("peraturan-daerah"), headings, rows)
