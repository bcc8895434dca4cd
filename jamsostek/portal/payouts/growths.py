"""Pensions grow once a year: the years, a proposal looked at before it is made, and the approval of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import growth as actions
from jamsostek.claims.models import Growth
from jamsostek.claims.queries import growing, payouts
from jamsostek.claims.queries.growing import Trial
from jamsostek.core.errors import InputError
from jamsostek.core.months import FIRST_MONTH, LAST_MONTH
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Answers, Ask, ask
from jamsostek.portal.payouts.frame import (
    PAYERS,
    READERS,
    above,
    base,
    may_approve,
    may_pay,
    name_of,
    screen,
    tabs,
)
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, ShareField, Tag, done, paged, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

ABOUT = N_(
    "Setiap pensiun naik sekali setahun menurut inflasi tahun sebelumnya. Satu mengusulkan, orang lain menyetujui."
)  # fmt: skip


class GrowthForm(Form):
    """By how much prices rose, and who published it."""

    year = forms.IntegerField(
        label=N_("Tahun kenaikan"), min_value=FIRST_MONTH // 100, max_value=LAST_MONTH // 100,
        help_text=N_("Pensiun naik mulai Maret tahun ini, menurut inflasi tahun sebelumnya."),
    )  # fmt: skip
    inflation = ShareField(
        label=N_("Inflasi tahun sebelumnya (persen)"), min_value=0, max_value=1, max_digits=8, decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), help_text=N_("Misalnya 2,92."),
    )  # fmt: skip
    source = forms.CharField(
        label=N_("Siapa yang mengumumkan"), max_length=200, help_text=N_("Lembaga, nomor, dan tanggal pengumumannya.")
    )


def crumbs(*more: Link) -> list[Link]:
    """The pages above one of a growth."""
    return above(Link(_("Kenaikan pensiun"), reverse("payouts:growths")), *more)


def tag(row: Growth) -> Tag:
    """Where it stands."""
    return Tag(_("Berlaku"), "good") if row.approved_on else Tag(_("Menunggu persetujuan"), "warn")


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first."""
    found = paged(request, growing.years())
    names = payouts.names_of(who for one in found.rows for who in (one.proposed_by, one.approved_by))
    columns = [
        Column(_("Tahun"), lambda one: Link(str(one.year), reverse("payouts:growth", args=[one.year]))),
        Column(_("Inflasi"), lambda one: format_percent(one.inflation_ppm), number=True),
        Column(_("Sumber"), lambda one: one.source),
        Column(_("Diusulkan"), lambda one: f"{name_of(names, one.proposed_by)}, {date(one.proposed_on)}"),
        Column(
            _("Disetujui"), lambda one: f"{name_of(names, one.approved_by)}, {date(one.approved_on)}" if one.approved_on else ""
        ),
        Column(_("Orang"), lambda one: format_number(one.people) if one.approved_on else "", number=True),
        Column(_("Sebulan sebelumnya"), lambda one: format_rupiah(one.was_rupiah) if one.approved_on else "", number=True),
        Column(_("Sebulan sesudahnya"), lambda one: format_rupiah(one.rupiah) if one.approved_on else "", number=True),
        Column(_("Keadaan"), tag),
    ]
    context = {
        "tabs": tabs("growths"),
        "about": _(ABOUT),
        "table": table(_("Kenaikan pensiun, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "ways": [Link(_("Usulkan kenaikan"), reverse("payouts:growth_propose"))] if may_pay() else [],
        "empty": Empty(_("Belum ada kenaikan"), _("Usulkan sesudah inflasi setahun diumumkan.")),
    }  # fmt: skip
    return screen(request, "payouts/list.html", context, title=_("Kenaikan pensiun"))


@door(*PAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponseBase:
    """Asked twice: the second time with what it would do to whom. A proposal that nobody approved is corrected the same way."""
    current().need(Can.PAY_CLAIMS)

    def act(told: Answers) -> Growth:
        try:
            return actions.propose(year=told["year"], inflation_ppm=_ppm(told), source=told["source"], today=today())
        except InputError as error:
            error.field = {"inflation_ppm": "inflation"}.get(error.field or "", error.field)
            raise

    def facts(told: Answers) -> list[Fact]:
        found = growing.trial(year=told["year"], inflation_ppm=_ppm(told))
        return [
            Fact(_("Tahun kenaikan"), str(told["year"])),
            Fact(_("Inflasi"), format_percent(_ppm(told))),
            Fact(_("Sumber"), told["source"]),
            Fact(_("Pensiun yang naik"), format_number(found.people)),
            Fact(_("Sebulan sebelumnya"), format_rupiah(found.was_rupiah)),
            Fact(_("Sebulan sesudahnya"), format_rupiah(found.rupiah)),
        ]

    asked = Ask(
        title=_("Usulkan kenaikan pensiun"), crumbs=crumbs(), yes=_("Usulkan"), act=act, facts=facts, base=base(),
        done=lambda made, _told: done(
            request, reverse("payouts:growth", args=[made.year]), _("Diusulkan. Orang lain menyetujuinya.")
        ),
        text=_("Pensiun baru berubah sesudah orang lain menyetujuinya."),
    )  # fmt: skip
    return ask(request, GrowthForm(request.POST if request.method == "POST" else None, initial=_initial(request)), asked)


def _ppm(told: Mapping[str, Any]) -> int:
    return int(told["inflation"] * 1_000_000)


def _initial(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("tahun", "")
    known = growing.years().filter(year=int(asked)).first() if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    if known is None:
        return {"year": today().year}
    return {"year": known.year, "inflation": format_percent(known.inflation_ppm).removesuffix(" %"), "source": known.source}


@door(*READERS)
@require_safe
def show(request: HttpRequest, year: int) -> HttpResponseBase:
    """One year: what it would do while it waits, what it did afterwards."""
    return _page(request, growing.year(year))


def _page(request: HttpRequest, row: Growth, *, problem: str = "", status: int = 200) -> HttpResponse:
    names = payouts.names_of([row.proposed_by, row.approved_by])
    own, waits = row.proposed_by == current().user_id, row.approved_on is None
    found = growing.trial(year=row.year, inflation_ppm=row.inflation_ppm) if waits else None
    facts = [
        Fact(_("Inflasi tahun sebelumnya"), format_percent(row.inflation_ppm)),
        Fact(_("Sumber"), row.source),
        Fact(_("Berlaku mulai"), month_words(row.year * 100 + actions.MONTH)),
        Fact(_("Diusulkan"), f"{name_of(names, row.proposed_by)}, {date(row.proposed_on)}"),
    ]
    if row.approved_on is not None:
        facts += [
            Fact(_("Disetujui"), f"{name_of(names, row.approved_by)}, {date(row.approved_on)}"),
            Fact(_("Pensiun yang naik"), format_number(row.people)),
            Fact(_("Sebulan sebelumnya"), format_rupiah(row.was_rupiah)),
            Fact(_("Sebulan sesudahnya"), format_rupiah(row.rupiah)),
        ]
    context: dict[str, Any] = {
        "tag": tag(row),
        "problem": problem,
        "facts": facts,
        "trial": _trial(found) if found is not None else None,
        "why_not": _why_not(own=own) if waits else "",
        "approve": reverse("payouts:growth_approve", args=[row.year]) if waits and may_approve() and not own else "",
        "correct": f"{reverse('payouts:growth_propose')}?tahun={row.year}" if waits and may_pay() else "",
    }
    title = _("Kenaikan pensiun {year}").format(year=row.year)
    return screen(request, "payouts/growth.html", context, title=title, crumbs=crumbs(), status=status)


def _why_not(*, own: bool) -> str:
    if not may_approve():
        return _("Menunggu penyetuju: Anda hanya dapat melihatnya.")
    return _("Anda yang mengusulkan kenaikan ini, jadi orang lain yang menyetujuinya.") if own else ""


def _trial(found: Trial) -> Table:
    columns = [
        Column(_("Jenis pensiun"), lambda one: one.title),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Sebulan sebelumnya"), lambda one: format_rupiah(one.was_rupiah), number=True),
        Column(_("Sebulan sesudahnya"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Bedanya"), lambda one: format_rupiah(one.rupiah - one.was_rupiah), number=True),
    ]
    added = found.rupiah - found.was_rupiah
    total = [_("Semua"), format_number(found.people), *map(format_rupiah, (found.was_rupiah, found.rupiah, added))]
    return table(_("Yang akan terjadi bila disetujui sekarang"), columns, found.lines, total=total)


@door(*PAYERS)
@require_POST
def approve(request: HttpRequest, year: int) -> HttpResponseBase:
    """Another person lets it hold; every pension grows at once."""
    row = growing.year(year)
    try:
        actions.approve(year=row.year, today=today())
    except Refused:
        raise
    except InputError as error:
        return _page(request, growing.year(year), problem=str(error), status=409)
    return done(request, reverse("payouts:growth", args=[row.year]), _("Disetujui. Setiap pensiun sudah naik."))
