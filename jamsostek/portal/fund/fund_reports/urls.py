"""Addresses under /dana/laporan/."""

from __future__ import annotations

from django.urls import path

from jamsostek.portal.fund.fund_reports import asking, published, reports

app_name = "fund_reports"
urlpatterns = [
    path("", reports.home, name="home"),
    path("minta/", asking.ask, name="ask"),
    path("terbitan/", published.show, name="published"),
    path("<int:fund_report_id>/", reports.one, name="one"),
    path("<int:fund_report_id>/keadaan/", reports.state, name="state"),
    path("<int:fund_report_id>/laporan.pdf", reports.pdf, name="pdf"),
    path("<int:fund_report_id>/laporan.xlsx", reports.xlsx, name="xlsx"),
]
