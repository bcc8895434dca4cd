"""Addresses under /dana/batas/."""

from __future__ import annotations

from django.urls import path

from jamsostek.portal.fund.limits import board, breaches, converters, one, overview, trying  # noqa: F401  converters

app_name = "limits"
urlpatterns = [
    path("", overview.home, name="home"),
    path("coba/", trying.show, name="try"),
    path("pelampauan/", breaches.listing, name="breaches"),
    path("pelampauan/usul/", breaches.propose, name="propose"),
    path("pelampauan/<int:breach_id>/", breaches.plan, name="plan"),
    path("internal/", board.listing, name="board"),
    path("internal/catat/", board.record, name="record"),
    path("internal/<int:board_limit_id>/", board.decide, name="board_limit"),
    path("<limit_fund:fund>/", overview.fund, name="fund"),
    path("<limit_fund:fund>/unduh/", overview.download, name="file"),
    path("<limit_fund:fund>/<limit_rule:rule>/", one.show, name="limit"),
]
