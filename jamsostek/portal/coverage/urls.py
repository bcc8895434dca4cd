"""Addresses of coverage, open to everybody."""

from django.urls import path

from jamsostek.portal.coverage import laboratory

app_name = "coverage"
urlpatterns = [
    path("kebijakan/", laboratory.index, name="lab"),
    path("kebijakan/<slug:name>/", laboratory.one, name="reform"),
    path("kebijakan/<slug:name>/reformasi.yaml", laboratory.reform_file, name="reform_file"),
]
