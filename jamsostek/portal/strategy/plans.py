"""A region's plan of a year: what is to be done, by whom, how far it is; begun from duties or from last year; taken away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import LANGUAGES, N_, _, speaking
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.outreach.actions import plans as actions
from jamsostek.outreach.actions.plans import YEARS_AHEAD, Item
from jamsostek.outreach.duties import PILLARS, duties, duty, words
from jamsostek.outreach.models import PlanItem
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.queries.strategy import Plan, item_title
from jamsostek.outreach.strategy import ITEM_STATES, ItemState
from jamsostek.portal.screens import Column, DateField, Empty, Form, Link, Tile, export, table, today
from jamsostek.portal.screens.tables import Table as Shown
from jamsostek.portal.screens.words import date
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy.frame import PLANNERS, SEERS, Deed, YesForm, deed, sent
from jamsostek.portal.templatetags.words import regions_name


@door(*SEERS)
@require_safe
def show(request: HttpRequest, region: int, year: int) -> HttpResponseBase:
    """A plan by its parts, and how far it is."""
    plan = queries.plan(frame.seen(region), frame.year_of(year))
    whole, begun = plan.progress(today()), any(plan.items.values())
    may = frame.may(Can.PLAN_MOVEMENT, region)
    ways = _ways(region, year, plan) if may else []
    context = {
        "about": f"{regions_name(region)}, {year}",
        "parts": frame.tabs(region, "plan"),
        "selects": [_years(region, year)],
        "tiles": [
            Tile(_("Selesai"), _share(whole), tone="good" if whole.items and whole.done == whole.items else "info"),
            *(Tile(_(title), _share(plan.progress(today(), name))) for name, title in PILLARS.items() if begun),
            Tile(_("Terlambat"), format_number(whole.late), tone="bad" if whole.late else "good"),
        ],
        "table": None,
        "tables": [_table(name, plan) for name in PILLARS if plan.items[name]],
        "empty": Empty(
            _("Belum ada rencana tahun ini"), _("Mulai dari usulan menurut kewajiban, salin tahun lalu, atau tulis sendiri."),
        ),
        "begun": begun,
        "ways": ways,
        "files": _files(region, year) if begun else [],
    }  # fmt: skip
    return frame.screen(request, "plan.html", context, title=_("Rencana"), crumbs=frame.above(request, region))


def _share(told: queries.Progress) -> str:
    return _("{done} dari {items}").format(done=format_number(told.done), items=format_number(told.items))


def _years(region: int, year: int) -> dict[str, Any]:
    years = sorted({*queries.plan_years(region), today().year, today().year + 1, year}, reverse=True)
    here = [(one, reverse("strategy:plan", args=[region, one]), one == year) for one in years]
    return {"label": _("Tahun"), "years": here}


def _ways(region: int, year: int, plan: Plan) -> list[Link]:
    if year > today().year + YEARS_AHEAD:
        return []
    ways = [Link(_("Tambah butir"), reverse("strategy:item_new", args=[region, year]))]
    known = {one.duty for items in plan.items.values() for one in items}
    if any(one.of_region and one.key not in known for one in duties()):
        ways.append(Link(_("Isi dari kewajiban"), reverse("strategy:suggest", args=[region, year])))
    if any(one < year for one in queries.plan_years(region)):
        ways.append(Link(_("Salin rencana sebelumnya"), reverse("strategy:copy", args=[region, year])))
    return ways


def _files(region: int, year: int) -> list[Link]:
    file = reverse("strategy:plan_file", args=[region, year])
    return [
        Link(_("Unduh PDF"), reverse("strategy:plan_paper", args=[region, year])),
        Link(_("Unduh Excel"), f"{file}?bentuk=xlsx"), Link(_("Unduh CSV"), f"{file}?bentuk=csv"),
    ]  # fmt: skip


def _table(pillar: str, plan: Plan) -> Shown:
    columns = [
        Column(_("Butir"), lambda one: Link(item_title(one), reverse("strategy:item", args=[one.pk]))),
        Column(_("Dasar"), lambda one: basis_words(one)),
        Column(_("Kantor"), lambda one: one.office or _("Belum ditentukan")),
        Column(_("Paling lambat"), lambda one: date(one.due_on)),
        Column(_("Keadaan"), frame.item_tag),
    ]
    return table(_(PILLARS[pillar]), columns, plan.items[pillar])


def basis_words(one: PlanItem) -> str:
    """The instrument of the duty that an item is of."""
    found = duty(one.duty) if one.duty else None
    return found.instrument.name if found is not None else _("Kehendak daerah sendiri")


def proof_words(one: PlanItem) -> str:
    """What shows that it is done, in words."""
    found = [
        *([frame.kind_words(one.regulation)] if one.regulation is not None else []),
        *([one.programme.title] if one.programme is not None else []),
        *([one.file_name] if one.file_name else []),
    ]
    return "; ".join(found)


# --- taken away -----------------------------------------------------------------------------------------------------------------


@door(*SEERS)
@require_safe
def file(request: HttpRequest, region: int, year: int) -> HttpResponseBase:
    """The plan as a file."""
    plan = queries.plan(frame.seen(region), frame.year_of(year))
    headings = [
        _("Bagian strategi"), _("Butir"), _("Dasar"), _("Kantor"), _("Penanggung jawab"), _("Paling lambat"), _("Keadaan"),
        _("Sejak"), _("Alasan"), _("Bukti"),
    ]  # fmt: skip
    rows = (
        [
            _(PILLARS[pillar]), item_title(one), basis_words(one), one.office, one.officer, one.due_on.isoformat(),
            _(ITEM_STATES[ItemState(one.state)]), one.state_on.isoformat(), one.reason, proof_words(one),
        ]
        for pillar, items in plan.items.items() for one in items
    )  # fmt: skip
    return export(request, f"{_('rencana')}-{region}-{year}", headings, rows)


@door(*SEERS)
@require_safe
def paper(request: HttpRequest, region: int, year: int) -> HttpResponse:
    """The plan on paper, in both languages."""
    plan, day = queries.plan(frame.seen(region), frame.year_of(year)), today()
    parts = []
    for language in LANGUAGES:
        with speaking(language):
            parts.append(_part(language, plan, day))
    with speaking("id"):
        made, where = date(day), regions_name(region)
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    content = draw_letter_pdf(Letter(f"R-{region}-{year}", day, made, [where], parts, sample=sample))
    return as_pdf(content, f"rencana-{region}-{year}.pdf")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, "application/pdf", headers=headers)


def _told(one: PlanItem) -> str:
    """An item in a cell: what, by which office, with what proof."""
    return "\n".join(text for text in (item_title(one), one.office, proof_words(one)) if text)


def _part(language: str, plan: Plan, day: dt.date) -> Part:
    whole = plan.progress(day)
    heads = [_("Butir"), _("Paling lambat"), _("Keadaan")]
    tables = [
        Table(
            _(title), heads,
            [[_told(one), date(one.due_on), frame.item_tag(one).text] for one in items], 2,
        )
        for name, title in PILLARS.items() if (items := plan.items[name])
    ]  # fmt: skip
    return Part(
        language, _("Rencana jaminan sosial ketenagakerjaan {year}").format(year=plan.year), regions_name(plan.region_code), [],
        [(_("Selesai"), _share(whole)), (_("Terlambat"), format_number(whole.late))], tables,
    )  # fmt: skip


# --- begun ---------------------------------------------------------------------------------------------------------------------


class ItemForm(Form):
    """One thing to be done."""

    pillar = forms.ChoiceField(label=N_("Bagian strategi"), choices=list(PILLARS.items()), widget=forms.RadioSelect)
    title = forms.CharField(label=N_("Apa yang dikerjakan?"), max_length=200)
    duty = forms.ChoiceField(label=N_("Kewajiban yang dipenuhi"), required=False)
    office = forms.CharField(label=N_("Kantor yang mengerjakan"), max_length=120, help_text=N_("Misalnya Dinas Tenaga Kerja."))
    officer = forms.CharField(label=N_("Penanggung jawab"), max_length=120, required=False)
    due_on = DateField(label=N_("Paling lambat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.key, f"{words(one.what)} ({one.instrument.name})") for one in duties() if one.of_region]
        self.fields["duty"].choices = [("", _("Tidak ada")), *listed]  # type: ignore[attr-defined]


def plan_link(region: int, year: int) -> Link:
    """The plan's page."""
    return Link(_("Rencana {year}").format(year=year), reverse("strategy:plan", args=[region, year]))


@door(*PLANNERS)
def add(request: HttpRequest, region: int, year: int) -> HttpResponseBase:
    """Another item."""
    link = plan_link(frame.seen(region), frame.year_of(year))
    form = ItemForm(sent(request), initial={"due_on": dt.date(year, 12, 31)})
    return deed(request, form, Deed(
        _("Tambah butir"), frame.above(request, region, link), _("Simpan"),
        lambda told: actions.add(region_code=region, year=year, item=Item(**told), today=today()), lambda _made: link.url,
        _("Tersimpan."), about=f"{regions_name(region)}, {year}",
    ))  # fmt: skip


@door(*PLANNERS)
def suggest(request: HttpRequest, region: int, year: int) -> HttpResponseBase:
    """Items from the duties."""
    link = plan_link(frame.seen(region), frame.year_of(year))
    return deed(request, YesForm(sent(request)), Deed(
        _("Isi dari kewajiban"), frame.above(request, region, link), _("Isi rencana"),
        lambda _told: actions.suggest(region_code=region, year=year, today=today()), lambda _made: link.url,
        _("Rencana diisi. Tentukan kantor dan tanggal setiap butir."), about=f"{regions_name(region)}, {year}",
        text=_("Setiap kewajiban daerah menjadi satu butir; yang sudah ada tidak diulang. Tanggalnya usulan kami, akhir tahun."),
    ))  # fmt: skip


@door(*PLANNERS)
def copy(request: HttpRequest, region: int, year: int) -> HttpResponseBase:
    """Items of the last plan before."""
    link = plan_link(frame.seen(region), frame.year_of(year))
    return deed(request, YesForm(sent(request)), Deed(
        _("Salin rencana sebelumnya"), frame.above(request, region, link), _("Salin"),
        lambda _told: actions.copy_from_last(region_code=region, year=year, today=today()), lambda _made: link.url,
        _("Rencana sebelumnya disalin."), about=f"{regions_name(region)}, {year}",
        text=_("Butir yang tidak dibatalkan disalin dengan tanggal tahun ini. Yang sudah ada tidak diulang."),
    ))  # fmt: skip
