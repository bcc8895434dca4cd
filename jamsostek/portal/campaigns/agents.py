"""Agents: their codes, how long nobody came, what they earned and how; deaths to look at; an agent's own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.coverage.dated import DatedFigure
from jamsostek.messages.card.qr import link_svg
from jamsostek.outreach.actions import agents as actions
from jamsostek.outreach.incentives import figures
from jamsostek.outreach.models import Code
from jamsostek.outreach.queries import agents as queries
from jamsostek.outreach.queries.agents import EARLY_DAYS, Earned, Working
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import DECIDERS, OFFICERS, RUNNERS, WATCHES
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.officer.frame import home as office_home
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, page, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.training.offers import sent


def crumbs(*more: Link) -> list[Link]:
    """A region's way back, or an office's."""
    if current().roles & set(RUNNERS):
        return frame.above(*more)
    return [office_home(), *more]


def agents_link() -> Link:
    """The list."""
    return Link(_("Agen"), reverse("campaigns:agents"))


@door(*WATCHES)
@require_safe
def agents(request: HttpRequest) -> HttpResponseBase:
    """Agents in sight, those who work first; how long nobody came."""
    found = paged(request, queries.codes())
    people = bool(current().roles & set(OFFICERS))

    def name(one: Working) -> object:
        return Link(one.row.agent_name, reverse("campaigns:agent", args=[one.row.code])) if people else one.row.agent_name

    columns = [
        Column(_("Agen"), name),
        Column(_("Badan hukum"), lambda one: one.row.body),
        Column(_("Wilayah"), lambda one: regions_name(one.row.region_code)),
        Column(_("Peserta baru terakhir"), lambda one: date(one.last_on) if one.last_on else NOTHING),
        Column(_("Bulan kosong"), lambda one: format_number(one.idle_months), number=True),
        Column(_("Keadaan"), state_tag),
    ]
    ways = [Link(_("Beri kode"), reverse("campaigns:give_code"))] if current().roles & set(DECIDERS) else []
    ways += [Link(_("Kematian untuk diperiksa"), reverse("campaigns:deaths"))] if people else []
    context = {
        "tabs": frame.tabs("agents") if current().roles & set(RUNNERS) else [],
        "table": table(_("Agen di wilayah ini"), columns, queries.working(found.rows, today())),
        "paged": found,
        "empty": Empty(_("Belum ada agen dengan kode"), _("Cabang memberi kode kepada agen yang bekerja di bawah badan hukum.")),
        "ways": ways,
    }
    above = crumbs()
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Agen"), crumbs=above)


def state_tag(one: Working) -> Tag:
    """Where an agent stands."""
    if one.row.ended_on is not None:
        return Tag(_("Berakhir"), "plain")
    if one.over:
        return Tag(_("Kosong melewati batas"), "bad")
    return Tag(_("Bekerja"), "good") if not one.idle_months else Tag(_("Kosong"), "warn")


@door(*OFFICERS)
@require_safe
def agent(request: HttpRequest, code: str) -> HttpResponseBase:
    """One agent's months and how each was counted."""
    row = queries.by_code(code)
    ends = row.ended_on is None and current().may(Can.GIVE_GRANT, Place(regency=row.region_code))
    context = {
        **_months(row),
        "facts": _facts(row),
        "ways": [Link(_("Akhiri kode"), reverse("campaigns:end_code", args=[code]))] if ends else [],
    }
    above = crumbs(agents_link())
    return frame.outreach_page(request, "campaigns/agent.html", context, title=row.agent_name, crumbs=above)


def _facts(row: Code) -> list[Fact]:
    (one,) = queries.working([row], today())
    told = [
        Fact(_("Kode rujukan"), row.code),
        Fact(_("Badan hukum"), row.body),
        Fact(_("Wilayah"), regions_name(row.region_code)),
        Fact(_("Diberikan"), date(row.given_on)),
        Fact(_("Keadaan"), state_tag(one)),
        Fact(_("Bulan kosong"), format_number(one.idle_months)),
    ]
    return [*told, *([Fact(_("Alasan"), row.ended_reason)] if row.ended_on else [])]


def _months(row: Code) -> dict[str, Any]:
    earned = queries.earned(row, today())
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Didaftarkan"), lambda one: format_number(one.registered), number=True),
        Column(_("Peserta baru"), lambda one: format_number(one.incentive.joined), number=True),
        Column(_("Iuran terkumpul"), lambda one: format_rupiah(one.incentive.collected_rupiah), number=True),
        Column(_("Untuk agen"), lambda one: format_rupiah(one.incentive.agent_rupiah), number=True),
    ]
    return {
        "table": table(_("Enam bulan terakhir"), columns, earned),
        "steps": _steps(earned),
        "figures": _figures(list(figures(today()).values())),
    }


def _steps(earned: Sequence[Earned]) -> Any:
    if not earned:
        return None
    columns = [
        Column(_("Langkah"), lambda one: one.title),
        Column(_("Hitungannya"), lambda one: one.formula),
        Column(_("Hasil"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Catatan"), lambda one: _("tafsiran {number}").format(number=one.interpretation)),
    ]
    title = _("Hitungan {month}").format(month=month_words(earned[0].month))
    return table(title, columns, earned[0].incentive.steps)


def _figures(known: Sequence[DatedFigure]) -> Any:
    def value(one: DatedFigure) -> str:
        if one.id.endswith("_ppm"):
            return f"{one.value / 10_000:g} %".replace(".", ",")
        return format_rupiah(one.value) if one.id.endswith("_rupiah") else format_number(one.value)

    columns = [
        Column(_("Angka"), lambda one: one.title),
        Column(_("Nilai"), value, number=True),
        Column(_("Sejak"), lambda one: date(one.since)),
        Column(_("Sumber"), lambda one: one.source),
    ]
    return table(_("Dari mana angkanya"), columns, known)


class GiveForm(Form):
    """To whom, under which body."""

    username = forms.CharField(
        label=N_("Nama pengguna agen"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    body = forms.CharField(
        label=N_("Badan hukum tempat agen bekerja"), max_length=160, help_text=N_("Misalnya nama koperasi atau yayasan.")
    )


@door(*DECIDERS)
def give_code(request: HttpRequest) -> HttpResponseBase:
    """A code for an agent."""
    it: Ask[Code] = Ask(
        title=_("Beri kode"), crumbs=crumbs(agents_link()), yes=_("Beri kode"),
        act=lambda told: actions.give_code(**told, today=today()),
        facts=lambda told: [Fact(_("Nama pengguna agen"), told["username"]), Fact(_("Badan hukum"), told["body"])],
        done=lambda made, _t: done(
            request, reverse("campaigns:agent", args=[made.code]), _("Kodenya {code}.").format(code=made.code)
        ),
    )  # fmt: skip
    return ask(request, GiveForm(sent(request)), it)


class EndForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


@door(*DECIDERS)
def end_code(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ends an agent's code."""
    row = queries.by_code(code)
    it: Ask[Code] = Ask(
        title=_("Akhiri kode"), crumbs=crumbs(agents_link(), Link(row.agent_name, reverse("campaigns:agent", args=[code]))),
        yes=_("Akhiri"), danger=True, about=row.agent_name,
        act=lambda told: actions.end_code(code_id=row.pk, reason=told["reason"], today=today()),
        facts=lambda told: [*_facts(row), Fact(_("Alasan"), told["reason"])],
        done=lambda _m, _t: done(request, reverse("campaigns:agent", args=[code]), _("Kode berakhir.")),
        text=_("Yang sudah mendaftar lewat kode ini tetap tercatat."),
    )  # fmt: skip
    return ask(request, EndForm(sent(request)), it)


@door(*OFFICERS)
@require_safe
def deaths(request: HttpRequest) -> HttpResponseBase:
    """Deaths soon after enrolment, by agent and village, for a human to look at."""
    rows = queries.early_deaths(today())
    found = paged(request, rows, total=len(rows))
    audit.looked([one.person.pk for one in found.rows], ("name", "died_on"), _("kematian sesudah pendaftaran lewat agen"))
    columns = [
        Column(_("Agen"), lambda one: Link(one.code.agent_name, reverse("campaigns:agent", args=[one.code.code]))),
        Column(_("Desa"), lambda one: frame.village_name(one.person.village_code) if one.person.village_code else NOTHING),
        Column(_("Nama"), lambda one: Link(one.person.name, reverse("officer:person", args=[one.person.kpj]))),
        Column(_("Terdaftar"), lambda one: date(one.person.registered_on)),
        Column(_("Meninggal"), lambda one: date(one.person.died_on)),
        Column(_("Selang hari"), lambda one: format_number(one.days), number=True),
    ]
    context = {
        "text": _(
            "Meninggal dalam {days} hari sesudah didaftarkan agen, dua tahun terakhir. Hampir selalu wajar; pola yang sama di "
            "satu agen atau desa perlu dilihat manusia. Tidak ada yang ditolak karena daftar ini."
        ).format(days=EARLY_DAYS),
        "table": table(_("Kematian untuk diperiksa"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada"), _("Tidak ada kematian sesudah pendaftaran lewat agen di wilayah ini.")),
    }
    above = crumbs(agents_link())
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Kematian untuk diperiksa"), crumbs=above)


@door(Role.AGENT)
@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """An agent's own code, months and what they earn."""
    row = queries.own_code()
    context: dict[str, Any] = {"base": frame.BASE, "code": ""}
    if row is not None:
        register = request.build_absolute_uri(f"{reverse('register:start')}?kode={row.code}")
        context |= {
            **_months(row), "facts": _facts(row), "code": "" if row.ended_on else row.code,
            "qr": link_svg(register, _("Kode QR untuk mendaftar")),
        }  # fmt: skip
    above = [Link(_("Keagenan"), reverse("agent:home"))]
    return page(request, "campaigns/agent.html", context, title=_("Kode dan insentif"), crumbs=above)
