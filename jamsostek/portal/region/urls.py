"""Addresses of regional governments."""

from django.urls import path

from jamsostek.portal.arrears import home as arrears
from jamsostek.portal.region import home, payers, workers
from jamsostek.portal.training import results as training

app_name = "region"
urlpatterns = [
    path("", home.home, name="home"),
    path("angka/", home.figures, name="figures"),
    path("kabupaten/<int:code>/", home.regency, name="regency"),
    path("pekerja/", workers.show, name="workers"),
    path("pekerja/unduh/", workers.download, name="workers_file"),
    path("perusahaan/", payers.employers, name="employers"),
    path("perusahaan/unduh/", payers.employers_download, name="employers_file"),
    path("tunggakan/", arrears.region, name="arrears"),
    path("pelatihan/", training.region, name="training"),
    path("pelatihan/unduh/", training.region_file, name="training_file"),
    path("sponsor/", payers.sponsors, name="sponsors"),
    path("sponsor/unduh/", payers.sponsors_download, name="sponsors_file"),
]
