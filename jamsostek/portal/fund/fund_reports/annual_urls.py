"""Addresses under /dana/laporan-tahunan/: for everybody."""

from __future__ import annotations

from django.urls import path

from jamsostek.portal.fund.fund_reports import annual

app_name = "annual_report"
urlpatterns = [
    path("", annual.listing, name="home"),
    path("<int:report_year>/", annual.one, name="one"),
    path("<int:report_year>/laporan.pdf", annual.pdf, name="pdf"),
]
