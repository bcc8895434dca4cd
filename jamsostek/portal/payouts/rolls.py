"""A month of rights paid at once: tried without writing, kept, approved by another, posted by a worker, then into batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import rolls as actions
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Roll
from jamsostek.claims.queries import payouts
from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day, month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.batches import batches_table
from jamsostek.portal.payouts.frame import (
    PAYERS,
    READERS,
    FilterForm,
    above,
    choices,
    claim_link,
    may_approve,
    may_pay,
    name_of,
    screen,
    tabs,
)
from jamsostek.portal.screens import (
    Column,
    DateField,
    Empty,
    Event,
    Fact,
    Form,
    Link,
    MonthField,
    Tile,
    done,
    paged,
    part,
    table,
    today,
    wants_part,
)
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date, inside, moment
from jamsostek.portal.screens.words import month as month_words

DIFFERENCES = {"new": N_("Baru"), "gone": N_("Tidak ada lagi"), "changed": N_("Jumlahnya berubah")}


class TrialForm(Form):
    """What to try."""

    jenis = forms.ChoiceField(label=N_("Yang dibayar"), choices=list(words.ROLL_KINDS.items()), widget=forms.RadioSelect)
    bulan = MonthField(label=N_("Bulan"))


class KeepForm(TrialForm):
    """And when it is to be paid."""

    pay_on = DateField(label=N_("Hari bayar"), help_text=N_("Paling cepat hari pertama bulan itu."))


class RollsForm(FilterForm):
    """What is shown."""

    jenis = forms.ChoiceField(label=N_("Yang dibayar"), choices=choices(words.ROLL_KINDS), required=False)


def crumbs(*more: Link) -> list[Link]:
    """The pages above one of a roll."""
    return above(Link(_("Daftar bulanan"), reverse("payouts:rolls")), *more)


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first."""
    form = RollsForm(request.GET)
    kind = form.asked()["jenis"]
    found = paged(request, payouts.all_rolls(kind=kind))
    names = payouts.names_of(who for one in found.rows for who in (one.prepared_by, one.approved_by))
    columns = [
        Column(_("Daftar"), lambda one: Link(words.roll_title(one), reverse("payouts:roll", args=[one.pk]))),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Hari bayar"), lambda one: date(one.pay_on)),
        Column(_("Keadaan"), words.roll_tag),
        Column(_("Disiapkan"), lambda one: name_of(names, one.prepared_by)),
        Column(_("Disetujui"), lambda one: name_of(names, one.approved_by) if one.approved_by else ""),
    ]
    context = {
        "tabs": tabs("rolls"),
        "filter": form,
        "narrowed": bool(kind),
        "everything": reverse("payouts:rolls"),
        "table": table(_("Daftar bulanan, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "ways": [Link(_("Coba daftar bulanan"), reverse("payouts:trial"))] if may_pay() else [],
        "empty": Empty(
            _("Belum ada daftar bulanan"), _("Pensiun, beasiswa, dan uang tunai JKP dibayar sebulan sekaligus lewat daftar.")
        ),
    }
    return screen(request, "payouts/list.html", context, title=_("Daftar bulanan"))


# --- tried --------------------------------------------------------------------------------------------------------------


@door(*PAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest) -> HttpResponseBase:
    """A look at a month; posted with the day of payment it is kept for another to approve."""
    current().need(Can.PAY_CLAIMS)
    keeping = request.method == "POST" and step_of(request) == "simpan"
    asked = request.POST if request.method == "POST" else None
    form: Form = (KeepForm if keeping else TrialForm)(asked, initial={"jenis": "pension", "bulan": month_of(today())})
    if asked is None or step_of(request) == "ubah" or not form.is_valid():
        if keeping:
            return _tried(request, form)
        return _form(request, form)
    if not keeping:
        return _tried(request, form)
    told = form.cleaned_data
    try:
        made = actions.prepare(kind=told["jenis"], month=told["bulan"], pay_on=told["pay_on"], now=timezone.now())
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return _tried(request, form)
    return done(request, reverse("payouts:roll", args=[made.pk]), _("Disimpan. Orang lain menyetujuinya."))


def _form(request: HttpRequest, form: Form) -> HttpResponse:
    context = {
        "form": form,
        "about": _("Mencoba tidak menulis apa pun: Anda melihat siapa yang akan dibayar dan apa bedanya dari bulan lalu."),
        "yes": _("Coba"),
        "back": reverse("payouts:rolls"),
    }
    return screen(request, "payouts/form.html", context, title=_("Coba daftar bulanan"), crumbs=crumbs())


def _tried(request: HttpRequest, form: Form) -> HttpResponse:
    kind, month = form.cleaned_data.get("jenis"), form.cleaned_data.get("bulan")
    if not kind or not month:
        return _form(request, TrialForm(request.POST))
    try:
        found = actions.trial(kind=kind, month=month)
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return _form(request, form)
    title = _("Percobaan: {kind}, {month}").format(kind=inside(_(words.ROLL_KINDS[kind])), month=month_words(month))
    wrong = isinstance(form, KeepForm)
    context = {
        "form": form if wrong else KeepForm(initial={"pay_on": max(today(), first_day(month))}),
        "day_only": True,
        "tiles": [
            Tile(_("Orang"), format_number(found.people)),
            Tile(_("Jumlah"), format_rupiah(found.rupiah)),
            *(Tile(words.fund(name), format_rupiah(rupiah)) for name, rupiah in found.told["funds"].items()),
        ],
        "differences": _differences(found.told),
        "named": _named(found.told),
        "nothing": not found.people,
        "jenis": kind,
        "month": (month % 100, month // 100),
        "back": reverse("payouts:rolls"),
    }
    return screen(request, "payouts/trial.html", context, title=title, crumbs=crumbs())


def _differences(told: Mapping[str, Any]) -> Table | None:
    rows = [(name, told[name]) for name in DIFFERENCES if name in told]
    if not rows:
        return None

    def by(one: Mapping[str, Any]) -> str:
        change = one["rupiah"] - one["before_rupiah"]
        return f"{'+' if change > 0 else '−' if change < 0 else ''}{format_rupiah(abs(change))}"

    columns = [
        Column(_("Perbedaan"), lambda one: _(DIFFERENCES[one[0]])),
        Column(_("Orang"), lambda one: format_number(one[1]["people"]), number=True),
        Column(_("Bulan lalu"), lambda one: format_rupiah(one[1]["before_rupiah"]), number=True),
        Column(_("Bulan ini"), lambda one: format_rupiah(one[1]["rupiah"]), number=True),
        Column(_("Bedanya"), lambda one: by(one[1]), number=True),
    ]
    return table(_("Bedanya dari bulan sebelumnya"), columns, rows)


def _named(told: Mapping[str, Any]) -> list[tuple[str, str, list[Any]]]:
    """The claims behind each difference, as far as they are named."""
    found = []
    for name, text in DIFFERENCES.items():
        if name in told:
            links = [claim_link(one) for one in payouts.claims_of(told[name]["claims"])]
            more = told[name]["people"] - len(links)
            found.append((_(text), _("dan {count} lagi").format(count=format_number(more)) if more > 0 else "", links))
    return found


# --- one ----------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def show(request: HttpRequest, roll_id: int) -> HttpResponseBase:
    """Where it stands."""
    return _page(request, payouts.roll(roll_id))


@door(*READERS)
@require_safe
def state(request: HttpRequest, roll_id: int) -> HttpResponseBase:
    """Where it stands, for a page that looks again by itself; a change of state loads the whole page."""
    row = payouts.roll(roll_id)
    if not wants_part(request):
        return _page(request, row)
    response = part(request, "payouts/roll_state.html", _state(row))
    if request.GET.get("dari") != row.state:
        response["HX-Refresh"] = "true"
    return response


def _state(row: Roll) -> dict[str, Any]:
    return {"roll": row, "tag": words.roll_tag(row), "running": row.state == "approved"}


def _page(request: HttpRequest, row: Roll, *, problem: str = "", status: int = 200) -> HttpResponse:
    names = payouts.names_of([row.prepared_by, row.approved_by])
    own = row.prepared_by == current().user_id
    stands = payouts.roll_funds(row) if row.state == "posted" else {}
    made = list(payouts.batches(roll_id=row.pk))
    ready = any(told.get(state, payouts.NONE).count for told in stands.values() for state in payouts.READY)
    context: dict[str, Any] = {
        **_state(row),
        "problem": problem,
        "why_not": _why_not(row, own=own),
        "approves": row.state == "tried" and may_approve() and not own,
        "cancels": row.state == "tried" and may_pay(),
        "again": reverse("payouts:trial") if row.problem and may_pay() else "",
        "prepare": reverse("payouts:roll_prepare", args=[row.pk]) if ready and may_pay() else "",
        "events": _steps(row, names),
        "tiles": [
            Tile(_("Orang"), format_number(row.people)),
            Tile(_("Jumlah"), format_rupiah(row.rupiah)),
            *(Tile(words.fund(name), format_rupiah(rupiah)) for name, rupiah in row.trial.get("funds", {}).items()),
        ],
        "differences": _differences(row.trial),
        "named": _named(row.trial),
        "stands": _stands(stands) if stands else None,
        "batches": batches_table(_("Berkas dari daftar ini"), made) if made else None,
        "facts": [Fact(_("Hari bayar"), date(row.pay_on)), Fact(_("Sidik hukum"), words.digest(row.law_digest[:16]))],
    }
    return screen(
        request, "payouts/roll.html", context, title=words.roll_title(row), crumbs=crumbs(), live=row.state == "approved",
        status=status,
    )  # fmt: skip


def _why_not(row: Roll, *, own: bool) -> str:
    if row.state != "tried":
        return ""
    if not may_approve():
        return _("Menunggu penyetuju: Anda hanya dapat melihatnya.")
    return _("Anda yang menyiapkan daftar ini, jadi orang lain yang menyetujuinya.") if own else ""


def _steps(row: Roll, names: Mapping[int, str]) -> list[Event]:
    prepared = Event(_("Dicoba dan disimpan"), f"{name_of(names, row.prepared_by)}, {moment(row.prepared_at)}")
    if row.state == "cancelled":
        because = _("Isinya berubah sejak dicoba") if row.problem else _("Tidak dipakai")
        return [prepared, Event(_("Dibatalkan"), "", because)]
    approved = f"{name_of(names, row.approved_by)}, {moment(row.approved_at)}" if row.approved_at else ""
    done_steps = (bool(approved) + bool(row.posted_at)) if approved else 0
    steps = [
        (_("Disetujui orang lain"), approved, _("Yang menyiapkan tidak menyetujui.")),
        (
            _("Dibukukan"), moment(row.posted_at) if row.posted_at else "",
            _("Dihitung sekali lagi; bila tidak lagi sama dengan yang disetujui, tidak ada yang ditulis."),
        ),
    ]  # fmt: skip
    return [prepared] + [
        Event(title, when) if at < done_steps else Event(title, "", text, "now" if at == done_steps else "next")
        for at, (title, when, text) in enumerate(steps)
    ]


def _stands(found: Mapping[str, Mapping[PayoutState, payouts.Sums]]) -> Table:
    rows = [(name, state, sums) for name, told in sorted(found.items()) for state, sums in sorted(told.items())]
    columns = [
        Column(_("Dana"), lambda one: words.fund(one[0])),
        Column(_("Keadaan"), lambda one: words.money_tag(one[1])),
        Column(_("Orang"), lambda one: format_number(one[2].count), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one[2].rupiah), number=True),
    ]
    return table(_("Di mana uangnya sekarang"), columns, rows)


@door(*PAYERS)
@require_POST
def approve(request: HttpRequest, roll_id: int) -> HttpResponseBase:
    """Another person lets it be posted."""
    try:
        actions.approve(roll_id=roll_id, now=timezone.now())
    except Refused:
        raise
    except InputError as error:
        return _page(request, payouts.roll(roll_id), problem=str(error), status=409)
    return done(
        request, reverse("payouts:roll", args=[roll_id]), _("Disetujui. Pembukuannya berjalan; halaman ini boleh ditutup.")
    )


@door(*PAYERS)
@require_POST
def cancel(request: HttpRequest, roll_id: int) -> HttpResponseBase:
    """Drops a trial that nobody approved."""
    try:
        actions.cancel(roll_id=roll_id)
    except Refused:
        raise
    except InputError as error:
        return _page(request, payouts.roll(roll_id), problem=str(error), status=409)
    return done(request, reverse("payouts:roll", args=[roll_id]), _("Daftar ini tidak dipakai."))
