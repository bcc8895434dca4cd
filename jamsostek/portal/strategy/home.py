"""The first page, one region at a glance, and the duties that the law gives."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.law.labels import GRADES
from jamsostek.outreach.duties import EVIDENCE, PILLARS, WHO, Duty, duties, instruments, words
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.strategy import half_days, last_half
from jamsostek.portal.screens import Column, Empty, Link, Tile, page, table, today, url_of
from jamsostek.portal.screens.words import date
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy.frame import PLANNERS, SEERS
from jamsostek.portal.templatetags.words import regions_name


@door(*PLANNERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The region of who has one; a list for who has more."""
    mine = frame.mine()
    if len(mine) == 1:
        return _region(request, mine[0], crumbs=frame.above(request)[:1])
    year, day = today().year, today()
    columns = [
        Column(_("Daerah"), lambda code: Link(regions_name(code), reverse("strategy:region", args=[code]))),
        Column(_("Peraturan berlaku"), lambda code: format_number(queries.regulations_on(code, day).count()), number=True),
        Column(_("Butir selesai"), lambda code: _progress(queries.plan(code, year).progress(day)), number=True),
        Column(_("Terlambat"), lambda code: format_number(queries.plan(code, year).progress(day).late), number=True),
    ]
    context = {"table": table(_("Daerah Anda"), columns, mine), "empty": Empty(_("Belum ada daerah untuk akun ini"))}
    return frame.screen(request, "list.html", context, title=_("Strategi daerah"), crumbs=frame.above(request)[:1])


@door(*SEERS)
@require_safe
def region(request: HttpRequest, region: int) -> HttpResponseBase:
    """One region at a glance."""
    return _region(request, frame.seen(region), crumbs=frame.above(request))


def _progress(told: queries.Progress) -> str:
    return _("{done} dari {items}").format(done=format_number(told.done), items=format_number(told.items))


def _region(request: HttpRequest, code: int, *, crumbs: list[Link]) -> HttpResponseBase:
    day, (year, half) = today(), last_half(today())
    plan = queries.plan(code, day.year)
    whole = plan.progress(day)
    sent = queries.newest_sent(year, half, code)
    days = (day - half_days(year, half)[1]).days
    waiting = queries.regulations_here(code).filter(state="entered").count()
    context = {
        "about": regions_name(code),
        "parts": frame.tabs(code, "region"),
        "tiles": [
            Tile(
                _("Peraturan berlaku"), format_number(queries.regulations_on(code, day).count()),
                _("{count} menunggu disahkan").format(count=waiting) if waiting else "",
                reverse("strategy:regulations", args=[code]),
            ),
            Tile(
                _("Rencana selesai"), _progress(whole), str(day.year), reverse("strategy:plan", args=[code, day.year]),
                "good" if whole.items and whole.done == whole.items else "info",
            ),
            Tile(_("Terlambat"), format_number(whole.late), _("butir rencana"), tone="bad" if whole.late else "good"),
            Tile(
                frame.half_words(year, half), _("Terkirim") if sent else _("Belum dikirim"),
                date(sent.sent_on) if sent and sent.sent_on else _("{days} hari sejak semester berakhir").format(days=days),
                reverse("strategy:reports", args=[code]), "good" if sent else "warn",
            ),
        ],
        "tables": [_by_duty(plan)],
        "note": _("Pasal dan batas waktu yang tidak ditemukan di sumber kami ditulis apa adanya, tidak ditebak."),
        "ways": [Link(_("Kewajiban dan sumbernya"), reverse("strategy:duties"))],
    }  # fmt: skip
    return frame.screen(request, "thing.html", context, title=_("Strategi daerah"), crumbs=crumbs)


def _by_duty(plan: queries.Plan) -> object:
    found = {one.duty: one for items in plan.items.values() for one in items if one.duty}

    def planned(one: Duty) -> object:
        item = found.get(one.key)
        return _("Belum ada di rencana") if item is None else Link(
            str(frame.item_tag(item).text), reverse("strategy:item", args=[item.pk])
        )  # fmt: skip

    columns = [
        Column(_("Kewajiban"), lambda one: words(one.what)),
        Column(_("Dasar"), lambda one: one.instrument.name),
        Column(_("Bagian strategi"), lambda one: _(PILLARS[one.pillar])),
        Column(_("Di rencana tahun ini"), planned),
    ]
    return table(_("Kewajiban dan rencana"), columns, [one for one in duties() if one.of_region])


def unknown(told: str) -> str:
    """What the sources tell, or that they do not."""
    return told or _("tidak ditemukan")


@door(PUBLIC)
@require_safe
def duties_page(request: HttpRequest) -> HttpResponseBase:
    """Who must do what, by when, by which article, and how sure that is; nobody's data."""
    columns = [
        Column(_("Kewajiban"), lambda one: words(one.what)),
        Column(_("Dasar"), lambda one: one.instrument.name),
        Column(_("Pasal"), lambda one: unknown(one.article or "")),
        Column(_("Siapa"), lambda one: unknown(", ".join(_(WHO[name]) for name in one.who or ()))),
        Column(_("Kapan"), _when),
        Column(_("Bagian strategi"), lambda one: _(PILLARS[one.pillar])),
        Column(_("Bukti"), lambda one: _(GRADES[one.grade])),
    ]
    basis = [
        Column(_("Dasar"), lambda one: one.name),
        Column(_("Tentang"), lambda one: words(one.title)),
        Column(_("Ditujukan kepada"), lambda one: words(one.to)),
        Column(_("Tanggal"), lambda one: unknown(date(one.issued_on) if one.issued_on else "")),
        Column(_("Bukti"), lambda one: _(EVIDENCE[one.evidence])),
        Column(_("Sumber"), lambda one: f"{one.source}: {one.source_text}"),
    ]
    context = {
        "about": _("Siapa wajib melakukan apa, kapan, dan menurut pasal mana."),
        "notice": _("Dibaca dari berita dan halaman data, bukan dari naskah resminya. Yang tidak ditemukan ditulis begitu."),
        "tables": [table(_("Kewajiban"), columns, duties()), table(_("Dasarnya"), basis, instruments())],
        "ways": [Link(_("Peraturan daerah yang berlaku"), reverse("rules:list"))],
    }
    return page(
        request, "strategy/thing.html", context, title=_("Kewajiban gerakan perlindungan pekerja"),
        crumbs=[Link(_("Beranda"), url_of("public:home")), Link(_("Peraturan daerah"), reverse("rules:list"))],
    )  # fmt: skip


def _when(one: Duty) -> str:
    if one.every_months is not None:
        return f"{_('Setiap {months} bulan').format(months=one.every_months)}. {words(one.note)}"
    return f"{unknown(words(one.deadline))}. {words(one.note)}" if one.note is not None else unknown(words(one.deadline))
