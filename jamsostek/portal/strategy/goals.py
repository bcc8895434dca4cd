"""A region's own goals: how far they are, proposing one, confirming it, giving it up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cube
from jamsostek.coverage.denominators import DEFINITIONS
from jamsostek.outreach.actions import goals as actions
from jamsostek.outreach.actions.goals import NewGoal
from jamsostek.outreach.goals import DENOMINATORS, KINDS, MOST_WHY, SHARES, WHOLE, GoalState
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries import goals as queries
from jamsostek.outreach.queries.strategy import names, proofs_for
from jamsostek.portal.coverage.words import moment
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, status_tag, table, today
from jamsostek.portal.screens.forms import ShareField
from jamsostek.portal.screens.words import NOTHING, date, month
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy import goal_words as said
from jamsostek.portal.strategy.frame import HEADS, PLANNERS, SEERS, Deed, YesForm, deed, sent
from jamsostek.portal.templatetags.words import regions_name


@door(*SEERS)
@require_safe
def listing(request: HttpRequest, region: int) -> HttpResponseBase:
    """Goals that hold with their progress, what waits, what ended."""
    rows = list(queries.here(frame.seen(region)))
    hold = queries.progress([one for one in rows if one.state == GoalState.CONFIRMED])
    columns = [
        Column(_("Apa"), lambda one: Link(said.kind(one), reverse("strategy:goal", args=[one.code]))),
        Column(_("Sasaran"), lambda one: said.value(one, one.target), number=True),
        Column(_("Sampai Desember"), lambda one: str(one.year), number=True),
        Column(_("Keadaan"), said.state),
    ]
    others = [
        (_("Menunggu disahkan"), [one for one in rows if one.state == GoalState.PROPOSED]),
        (_("Ditarik atau diganti"), [one for one in rows if one.state in (GoalState.WITHDRAWN, GoalState.REPLACED)]),
    ]
    way = Link(_("Usulkan sasaran"), reverse("strategy:goal_new", args=[region]))
    may = frame.may(Can.PLAN_MOVEMENT, region)
    context = {
        "about": regions_name(region), "parts": frame.tabs(region, "goals"),
        "table": said.of_region(_("Sasaran yang berlaku"), hold),
        "tables": [table(caption, columns, found) for caption, found in others if found],
        "empty": Empty(
            _("Belum ada sasaran yang disahkan"),
            _("Sasaran diusulkan seorang petugas dan disahkan orang lain; sesudah itu siapa pun dapat membacanya."),
            way if may else None,
        ),
        "note": note(), "ways": [way] if may and hold else [],
    }  # fmt: skip
    return frame.screen(request, "list.html", context, title=_("Sasaran daerah"), crumbs=frame.above(request, region))


def note() -> str:
    """From when the figures are, and what the path is."""
    found = cube.latest()
    if found is None:
        return _("Belum ada potret malam, jadi kemajuannya belum diketahui.")
    text = _("Angka tepat menurut potret malam {day}, untuk yang bekerja bagi daerah ini; umum melihatnya dibulatkan ke puluhan.")
    return f"{text.format(day=date(found.as_of))} {path_note()}"


def path_note() -> str:
    """What the straight path is."""
    return _("Jalur lurus: dari angka ketika disahkan, tiap bulan sama banyak, sampai sasarannya pada Desember tahun itu.")


def _crumbs(request: HttpRequest, region: int, *more: Link) -> list[Link]:
    return frame.above(request, region, Link(_("Sasaran daerah"), reverse("strategy:goals", args=[region])), *more)


def _seen(number: int) -> RegionGoal:
    row = queries.goal(number)
    frame.seen(row.region_code)
    return row


@door(*SEERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """One of a region, with what may be done about it."""
    row = _seen(number)
    context = {
        "tag": said.state(row), "about": regions_name(row.region_code), "facts": [*facts_of(row), *_who(row)], "ways": _ways(row),
        "notice": _("Contoh untuk peragaan, bukan sasaran yang sungguh ada.") if row.invented else "", "note": path_note(),
    }  # fmt: skip
    return frame.screen(request, "thing.html", context, title=said.title(row), crumbs=_crumbs(request, row.region_code))


def facts_of(row: RegionGoal) -> list[Fact]:
    """What it says, from where it began, and how far it is."""
    [found] = queries.progress([row])
    facts = [
        Fact(_("Apa"), said.kind(row)),
        Fact(_("Sasaran"), f"{said.value(row, row.target)}, {_('sampai Desember {year}').format(year=row.year)}"),
        Fact(_("Alasan"), row.why),
    ]
    if row.regulation is not None:
        facts.append(Fact(_("Dasar"), said.basis(row)))
    if row.replaces is not None:
        facts.append(Fact(_("Mengganti"), Link(said.title(row.replaces), reverse("strategy:goal", args=[row.replaces.code]))))
    if found.start is not None and row.start_as_of is not None:
        told = _("{value}, {month}, potret {day}").format(
            value=said.measured(row, found.start), month=month(found.start.month), day=date(row.start_as_of)
        )
        facts.append(Fact(_("Angka awal"), told))
    if row.base_source:
        facts.append(Fact(_("Pembagi, tetap sampai akhir"), f"{format_number(row.start_base or 0)} ({_base(row)})"))
    if found.now is not None and found.path is not None:
        facts += [
            Fact(_("Sekarang"), f"{said.measured(row, found.now)}, {month(found.now.month)}"),
            Fact(_("Jalur lurus sekarang"), said.value(row, found.path)),
            Fact(_("Keadaan"), said.standing(found)),
        ]
    return facts


def _base(row: RegionGoal) -> str:
    told = f"{_(DEFINITIONS[row.denominator].title)}, {moment(row.base_as_of)}, {row.base_source}"
    return f"{told}: {status_tag(row.base_status).text}"


def _who(row: RegionGoal) -> list[Fact]:
    found = names([row.proposed_by, row.confirmed_by, row.ended_by])

    def by(user_id: int | None, day: Any) -> str:
        name = found.get(user_id or 0, "")
        return _("{day} oleh {name}").format(day=date(day), name=name) if name else date(day)

    facts = [Fact(_("Diusulkan"), by(row.proposed_by, row.proposed_on))]
    if row.confirmed_on is not None:
        facts.append(Fact(_("Disahkan"), by(row.confirmed_by, row.confirmed_on)))
    if row.ended_on is not None:
        facts.append(Fact(_("Berakhir"), by(row.ended_by, row.ended_on)))
    if row.reason:
        facts.append(Fact(_("Alasan ditarik"), row.reason))
    return facts


def _ways(row: RegionGoal) -> list[Link]:
    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"strategy:goal_{name}", args=[row.code]))

    plans, approves = frame.may(Can.PLAN_MOVEMENT, row.region_code), frame.may(Can.APPROVE_MOVEMENT, row.region_code)
    if row.state == GoalState.PROPOSED:
        first = [way(_("Sahkan"), "confirm")] if approves and row.proposed_by != current().user_id else []
        return [*first, *([way(_("Tarik"), "withdraw")] if plans else [])]
    public = Link(_("Halaman untuk umum"), f"{reverse('coverage:gaps')}#sasaran-daerah")
    if row.state != GoalState.CONFIRMED:
        return [public]
    again = Link(_("Usulkan penggantinya"), f"{reverse('strategy:goal_new', args=[row.region_code])}?ganti={row.code}")
    return [*([again] if plans else []), *([way(_("Tarik"), "withdraw")] if approves else []), public]


# --- writing ----------------------------------------------------------------------------------------------------------------


class GoalForm(Form):
    """What a region wants to reach: a per cent or people, by when, why."""

    kind = forms.ChoiceField(label=N_("Sasaran untuk"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    denominator = forms.ChoiceField(
        label=N_("Pembagi"), required=False, help_text=N_("Hanya untuk cakupan semua pekerja."),
        choices=[("", N_("Tidak ada")), *((name, DEFINITIONS[name].title) for name in DENOMINATORS)],
    )  # fmt: skip
    percent = ShareField(
        label=N_("Sasaran dalam persen"), required=False, help_text=N_("Untuk bagian perempuan dan cakupan, misalnya 43,9.")
    )
    persons = forms.RegexField(
        r"^(\d{1,9}|\d{1,3}(\.\d{3}){1,2})$", label=N_("Sasaran dalam orang"), required=False,
        help_text=N_("Untuk jumlah orang, misalnya 1.500."), error_messages={"invalid": N_("Tulis angkanya saja.")},
    )  # fmt: skip
    year = forms.IntegerField(label=N_("Sampai Desember tahun"), min_value=2015, max_value=2100)
    why = forms.CharField(label=N_("Alasan"), max_length=MOST_WHY, help_text=N_("Siapa pun dapat membacanya nanti."))
    regulation = forms.TypedChoiceField(label=N_("Peraturan yang mendasari"), coerce=int, empty_value=None, required=False)
    replaces = forms.TypedChoiceField(label=N_("Mengganti sasaran"), coerce=int, empty_value=None, required=False)

    def __init__(self, region: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].error_messages["invalid"] = _("Tulis angkanya saja.")
        rules, _programmes = proofs_for(region, today().year)
        goals = queries.here(region).filter(state=GoalState.CONFIRMED)
        for name, found in (
            ("regulation", [(one.code, f"{frame.kind_words(one)}: {one.title[:60]}") for one in rules]),
            ("replaces", [(one.code, said.title(one)) for one in goals]),
        ):
            self.fields[name].choices = [("", _("Tidak ada")), *found]  # type: ignore[attr-defined]


def _target(told: Any) -> int:
    """The goal in persons or hundredths of a per cent, from the box that belongs to its kind."""
    share = told["kind"] in SHARES
    given: Decimal | str | None = told["percent" if share else "persons"]
    if given in (None, ""):
        raise InputError(
            _("Isian ini belum diisi."), field="percent" if share else "persons", remedy=_("Tulis angka sasarannya.")
        )
    return round(given * WHOLE) if isinstance(given, Decimal) else int(str(given).replace(".", ""))


@door(*PLANNERS)
def propose(request: HttpRequest, region: int) -> HttpResponseBase:
    """A new one; another confirms it."""
    frame.seen(region)
    form = GoalForm(region, sent(request), initial={"replaces": request.GET.get("ganti", "")})

    def act(told: Any) -> RegionGoal:
        facts = {name: told[name] for name in ("kind", "denominator", "year", "why", "regulation", "replaces")}
        return actions.propose(goal=NewGoal(region_code=region, target=_target(told), **facts), today=today())

    return deed(request, form, Deed(
        _("Usulkan sasaran"), _crumbs(request, region), _("Simpan"), act,
        lambda made: reverse("strategy:goal", args=[made.code]), _("Tersimpan. Orang lain yang mengesahkannya."),
        about=regions_name(region),
    ))  # fmt: skip


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


def _deed(request: HttpRequest, row: RegionGoal, form: Form, title: str, act: Any, done: str, **more: Any) -> HttpResponseBase:
    here = reverse("strategy:goal", args=[row.code])
    crumbs = _crumbs(request, row.region_code, Link(said.title(row), here))
    about = regions_name(row.region_code)
    return deed(request, form, Deed(
        title, crumbs, title, act, lambda _made: here, done, about=about, facts=facts_of(row), **more
    ))  # fmt: skip


@door(*HEADS)
def confirm(request: HttpRequest, number: int) -> HttpResponseBase:
    """Public from now on, with the last night's figure as its start."""
    row = _seen(number)
    found = cube.latest()
    return _deed(
        request, row, YesForm(sent(request)), _("Sahkan"), lambda _told: actions.confirm(code=row.code, today=today()),
        _("Disahkan. Siapa pun dapat membacanya sekarang."),
        text=_("Angka awalnya dibekukan menurut potret malam {day}. Sesudah disahkan, isinya tidak berubah.").format(
            day=date(found.as_of) if found else NOTHING
        ),
    )  # fmt: skip


@door(*PLANNERS)
def withdraw(request: HttpRequest, number: int) -> HttpResponseBase:
    """Given up, with a reason; it stays to be read."""
    row = _seen(number)
    return _deed(
        request, row, ReasonForm(sent(request)), _("Tarik"),
        lambda told: actions.withdraw(code=row.code, reason=told["reason"], today=today()), _("Sasaran ini ditarik."),
        text=_("Yang sudah pernah disahkan tetap terbaca oleh umum, dengan alasan ini."), danger=True,
    )  # fmt: skip
