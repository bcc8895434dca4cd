"""Coupons and repayments that are due, dividends that came, and what was recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import events
from jamsostek.fund.choices import EVENTS
from jamsostek.fund.models import Event
from jamsostek.fund.queries.due import Due, due_events
from jamsostek.fund.queries.positions import positions
from jamsostek.fund.queries.securities_held import securities
from jamsostek.portal.books.behind import shown_by
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.trading.frame import choose, group_link, lots_link, may_any, units
from jamsostek.portal.screens import (
    Column,
    Confirm,
    DateField,
    Empty,
    Fact,
    Form,
    Link,
    MoneyField,
    done,
    export,
    paged,
    table,
    today,
)
from jamsostek.portal.screens import Tag as StateTag
from jamsostek.portal.screens.words import date

AHEAD = dt.timedelta(days=90)


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """What is due, what is coming, and what came."""
    day = today()
    waiting = due_events(on=day, until=day + AHEAD)
    found = paged(request, Event.objects.select_related("instrument").order_by("-due_on", "-id"))
    tables = [table(_("Jatuh tempo, dan 90 hari ke depan"), _due_columns(day), waiting)] if waiting else []
    may = may_any(Can.SETTLE_TRADE)
    context = {
        "about": _("Kupon dan pelunasan mengikuti ketentuan efeknya. Dividen dicatat saat uangnya diterima."),
        "tables": tables,
        "table": table(_("Yang sudah dicatat, yang terbaru di atas"), _event_columns(found.rows), found.rows),
        "paged": found,
        "ways": [Link(_("Catat dividen"), reverse("trading:dividend"))] if may else [],
        "empty": Empty(_("Belum ada kupon, dividen, atau pelunasan"), _("Yang dicatat tampak di sini.")),
        "export_url": f"{reverse('trading:due_file')}?" if found.rows else "",
    }
    return screen(request, "list.html", context, title=_("Kupon dan jatuh tempo"), here="trading:due")


def _due_columns(day: dt.date) -> list[Column]:
    may = may_any(Can.SETTLE_TRADE)

    def state(one: Due) -> Any:
        if one.due_on > day:
            return StateTag(_("Akan datang"), "plain")
        if not may:
            return StateTag(_("Menunggu dicatat"), "warn")
        return Link(_("Catat"), reverse("trading:record", args=[one.fund, one.security.id, one.kind, one.due_on]))

    return [
        Column(_("Efek"), lambda one: lots_link(one.fund, one.security)),
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Jenis"), lambda one: _(EVENTS[one.kind])),
        Column(_("Jatuh tempo"), lambda one: date(one.due_on)),
        Column(_("Unit"), lambda one: units(one.quantity), number=True),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Keadaan"), state),
    ]


def _event_columns(rows: Any) -> list[Column]:
    known = securities({one.instrument_id for one in rows})
    return [
        Column(_("Efek"), lambda one: lots_link(one.fund, known[one.instrument_id])),
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Jenis"), lambda one: _(EVENTS[one.kind])),
        Column(_("Jatuh tempo"), lambda one: date(one.due_on)),
        Column(_("Unit"), lambda one: units(one.quantity), number=True),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Kelompok"), lambda one: group_link(one.group_id)),
    ]


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Everything that was recorded, as a file."""
    audit.record("fund.exported", "event", None, fields=("file",))
    headings = [_("Efek"), _("Dana"), _("Jenis"), _("Jatuh tempo"), _("Unit"), _("Rupiah")]
    rows = (
        [one.instrument.code, fund_title(one.fund), _(EVENTS[one.kind]), one.due_on, one.quantity, one.rupiah]
        for one in Event.objects.select_related("instrument").order_by("-due_on", "-id")
    )
    return export(request, _("kupon-dan-jatuh-tempo"), headings, rows)


@door(Role.SETTLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, fund: str, instrument_id: int, kind: str, due_on: dt.date) -> HttpResponseBase:
    """Books one that is due, after a yes."""
    paper = securities([instrument_id]).get(instrument_id)
    waiting = due_events(on=today(), fund=fund, instrument_id=instrument_id)
    found = next((one for one in waiting if (one.kind, one.due_on) == (kind, due_on)), None)
    back = reverse("trading:due")
    if paper is None or (found is None and request.method != "POST"):
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            events.record_due(fund=fund, instrument_id=instrument_id, kind=kind, due_on=due_on, today=today())
        except Refused:
            raise
        except InputError as error:
            problem = str(error)
        else:
            return done(request, back, _("Uangnya dibukukan."))
    facts = [
        Fact(_("Dana"), fund_title(fund)),
        Fact(_("Efek"), f"{paper.code} · {paper.name}"),
        Fact(_("Jenis"), _(EVENTS[kind])),
        Fact(_("Jatuh tempo"), date(due_on)),
    ]
    if found is not None:
        facts += [Fact(_("Unit"), units(found.quantity)), Fact(_("Rupiah"), format_rupiah(found.rupiah))]
    confirm = Confirm(
        _("Catat uang ini sebagai diterima?"), _("Bukukan sekarang"), Link(_("Batal"), back),
        _("Cocokkan dahulu dengan rekening kas dana. Yang sudah dibukukan tidak dapat diubah."), facts,
    )  # fmt: skip
    above = [Link(_("Kupon dan jatuh tempo"), back)]
    context = {"confirm": confirm, "problem": problem}
    return screen(request, "confirm.html", context, title=confirm.question, here="trading:due", above=above)


class DividendForm(Form):
    """What a holding distributed."""

    holding = forms.ChoiceField(label=N_("Dana dan efek"), choices=())
    due_on = DateField(label=N_("Tanggal diterima"), earliest=dt.date(2009, 1, 1))
    rupiah = MoneyField(label=N_("Jumlah diterima"), least=1, most=events.MOST_RUPIAH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [one for one in positions(on=today()) if one.security.matures_on is None]
        told = [(f"{one.fund}.{one.security.id}", f"{fund_title(one.fund)} · {one.security.code}") for one in held]
        choose(self, "holding", [("", _("Pilih")), *told])


@door(Role.SETTLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def dividend(request: HttpRequest) -> HttpResponseBase:
    """Books a dividend that was received."""
    form = DividendForm(request.POST or None, initial={"due_on": today()})
    if request.method == "POST" and form.is_valid():
        fund, _dot, paper = form.cleaned_data["holding"].partition(".")
        try:
            events.record_dividend(
                fund=fund, instrument_id=int(paper), due_on=form.cleaned_data["due_on"], rupiah=form.cleaned_data["rupiah"],
                today=today(),
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("trading:due"), _("Dividen dibukukan."))
    context = {
        "form": form, "yes": _("Bukukan dividen"), "back": reverse("trading:due"),
        "about": _("Cocokkan dahulu dengan rekening kas dana. Yang sudah dibukukan tidak dapat diubah."),
    }  # fmt: skip
    above = [Link(_("Kupon dan jatuh tempo"), reverse("trading:due"))]
    return screen(request, "trade.html", context, title=_("Catat dividen"), here="trading:due", above=above)


def _behind(reference: str) -> Link | None:
    _kind, fund, rest = reference.split("/", 2)
    code = rest.rpartition("/")[0]
    row = Event.objects.filter(fund=fund, instrument__code=code).values_list("instrument_id", flat=True).first()
    paper = securities([row]).get(row) if row else None
    return lots_link(fund, paper) if paper else None


for _kind in ("investment_coupon", "investment_dividend", "investment_maturity"):
    shown_by(_kind, _behind)
