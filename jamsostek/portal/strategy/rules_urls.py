"""Addresses of regulations for everybody. A regulation is named by our own number."""

from django.urls import path

from jamsostek.portal.strategy import rules

app_name = "rules"
urlpatterns = [
    path("", rules.listing, name="list"),
    path("unduh/", rules.file, name="file"),
    path("<int:number>/", rules.show, name="show"),
    path("<int:number>/naskah/", rules.paper, name="paper"),
]
