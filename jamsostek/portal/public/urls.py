"""Addresses for everyone."""

from django.urls import path, re_path

from jamsostek.portal.public import calculators, entitled, home, language, material, offices, showcase, texts, verify_card

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("bahasa/", language.choose, name="language"),
    path("hitung/", calculators.choose, name="calculators"),
    path("hitung/<slug:slug>/", calculators.calculate, name="calculator"),
    path("periksa-hak/", entitled.entitled, name="entitled"),
    path("materi/", material.index, name="material"),
    path("materi/<slug:slug>/", material.leaflet, name="leaflet"),
    path("kantor-cabang/", offices.offices, name="offices"),
    path("kartu/periksa/", verify_card.verify_card, name="verify_card"),
    path("kartu/periksa/pekerja.js", verify_card.worker, name="card_worker"),
    path("kartu/kunci.json", verify_card.keys, name="card_keys"),
    re_path(r"^kartu/status/(?P<serial>\d{13})/$", verify_card.status, name="card_status"),
    path("bantuan/", texts.help_page, name="help"),
    path("privasi/", texts.privacy, name="privacy"),
    path("aksesibilitas/", texts.accessibility, name="access"),
    path("ragam/", showcase.showcase, name="parts"),
    path("robots.txt", texts.robots, name="robots"),
]
