"""Addresses under /dana/transaksi/."""

from __future__ import annotations

from django.urls import path

from jamsostek.portal.fund.trading import due, frame, holdings, listing, months, planning, steps  # noqa: F401  frame: converters

app_name = "trading"
urlpatterns = [
    path("", listing.home, name="home"),
    path("unduh/", listing.download, name="file"),
    path("rencana/", planning.plan, name="plan"),
    path("<int:trade_id>/", steps.show, name="trade"),
    path("<int:trade_id>/periksa/", steps.check, name="check"),
    path("<int:trade_id>/setujui/", steps.approve, name="approve"),
    path("<int:trade_id>/selesaikan/", steps.settle, name="settle"),
    path("<int:trade_id>/batalkan/", steps.withdraw, name="withdraw"),
    path("dimiliki/", holdings.show, name="holdings"),
    path("dimiliki/unduh/", holdings.download, name="holdings_file"),
    path("dimiliki/<trade_fund:fund>/<int:instrument_id>/", holdings.lots, name="lots"),
    path("jatuh-tempo/", due.show, name="due"),
    path("jatuh-tempo/unduh/", due.download, name="due_file"),
    path("jatuh-tempo/<trade_fund:fund>/<int:instrument_id>/<trade_due:kind>/<trade_day:due_on>/", due.record, name="record"),
    path("dividen/", due.dividend, name="dividend"),
    path("akhir-bulan/", months.show, name="months"),
    path("akhir-bulan/<trade_fund:fund>/<trade_month:month>/", months.one, name="month"),
    path("akhir-bulan/<trade_fund:fund>/<trade_month:month>/unduh/", months.download, name="month_file"),
]
