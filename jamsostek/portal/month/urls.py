"""Addresses of the month's billing."""

from django.urls import path

from jamsostek.portal.month import reassessments, runs

app_name = "month"
urlpatterns = [
    path("", runs.show, name="home"),
    path("penetapan-ulang/", reassessments.listing, name="reassessments"),
    path("penetapan-ulang/<int:reassessment_id>/", reassessments.show, name="reassessment"),
    path("penetapan-ulang/<int:reassessment_id>/putuskan/", reassessments.decide, name="reassessment_decide"),
    path("penetapan-ulang/<int:reassessment_id>/lanjutkan/", reassessments.go_on, name="reassessment_on"),
    path("<int:run_id>/", runs.run, name="run"),
    path("<int:run_id>/keadaan/", runs.state, name="state"),
    path("<int:run_id>/<int:region>/", runs.papers, name="papers"),
    path("tanpa-tagihan/<int:month>/", runs.without, name="without"),
]
