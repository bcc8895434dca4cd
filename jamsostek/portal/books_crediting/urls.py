"""Addresses of crediting."""

from django.urls import path

from jamsostek.portal.books_crediting import pages, rates

app_name = "crediting"
urlpatterns = [
    path("", pages.home, name="home"),
    path("mulai/", pages.begin, name="begin"),
    path("tingkat/", rates.listing, name="rates"),
    path("tingkat/catat/", rates.declare, name="declare"),
    path("tingkat/<int:rate_id>/", rates.one, name="rate"),
    path("<int:month>/", pages.run, name="run"),
    path("<int:month>/keadaan/", pages.state, name="state"),
    path("<int:month>/lanjutkan/", pages.go_on, name="go_on"),
]
