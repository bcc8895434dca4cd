"""Addresses of villages; each names the village by its code of ten digits."""

from django.urls import path

from jamsostek.portal.uploads import converters  # noqa: F401  registers `npp` and `village`
from jamsostek.portal.village import add, cards, home

app_name = "village"
urlpatterns = [
    path("", home.choose, name="home"),
    path("<village:code>/", home.village, name="village"),
    path("<village:code>/tambah/", add.show, name="add"),
    path("<village:code>/kartu/", cards.sheet, name="cards"),
]
