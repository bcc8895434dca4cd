"""Asking for a report: of a fund's month, or of all funds' year for members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import reports as actions
from jamsostek.ledger.chart import FUND_TITLES
from jamsostek.portal.fund.frame import FUNDS, screen
from jamsostek.portal.fund.fund_reports.reports import home_link
from jamsostek.portal.screens import Form, MonthField, done, today

ASKERS = (Role.HEAD_OFFICE, Role.RISK, Role.ACTUARY, Role.CHIEF)
ANNUAL = "all"


class AskForm(Form):
    """Of which fund, of which month or year."""

    dana = forms.ChoiceField(
        label=N_("Laporan"),
        choices=[*((fund, FUND_TITLES[fund]) for fund in FUNDS), (ANNUAL, N_("Semua dana, tahunan kepada peserta"))],
    )
    bulan = MonthField(label=N_("Bulan"), help_text=N_("Laporan tahunan memakai tahunnya saja."))
    catatan = forms.CharField(
        label=N_("Mengapa perlu edisi baru"), required=False, max_length=actions.NOTE_MOST,
        help_text=N_("Hanya bila laporan masa ini sudah pernah diputuskan."),
    )  # fmt: skip


@door(*ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """The form; then the report, which is made at once or by a job."""
    day = today()
    form = AskForm(request.POST or None, initial={"bulan": add_months(month_of(day), -1)})
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        yearly = told["dana"] == ANNUAL
        period = told["bulan"] // 100 if yearly else told["bulan"]
        try:
            made = actions.ask(
                kind="annual" if yearly else "monthly", fund=told["dana"], period=period, today=day, note=told["catatan"],
                invented=bool(getattr(settings, "JAMSOSTEK_DEMO", False)),
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            error.field = {"period": "bulan", "fund": "dana", "note": "catatan"}.get(error.field or "", "")
            form.refuse(error)
        else:
            return done(request, reverse("fund_reports:one", args=[made.pk]))
    return screen(request, "fund_reports/ask.html", {"form": form}, title=_("Minta laporan"), above=[home_link()])
