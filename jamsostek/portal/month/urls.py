"""Addresses of the month's billing."""

from django.urls import path

from jamsostek.portal.month import runs

app_name = "month"
urlpatterns = [
    path("", runs.show, name="home"),
    path("<int:run_id>/", runs.run, name="run"),
    path("<int:run_id>/keadaan/", runs.state, name="state"),
    path("<int:run_id>/<int:region>/", runs.papers, name="papers"),
    path("tanpa-tagihan/<int:month>/", runs.without, name="without"),
]
