"""Addresses of coverage, open to everybody."""

from django.urls import path

from jamsostek.portal.coverage import synthetic

app_name = "coverage"
urlpatterns = [
    path("negeri-tiruan/", synthetic.show, name="nation"),
    path("negeri-tiruan/unduh/", synthetic.file, name="nation_file"),
]
