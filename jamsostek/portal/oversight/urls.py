"""Addresses of those who watch over the system."""

from django.urls import path

from jamsostek.portal.oversight import eligibility, figures, home, question, trail
from jamsostek.portal.training import results as training

app_name = "oversight"
urlpatterns = [
    path("", home.home, name="home"),
    path("data/", figures.download, name="cells"),
    path("tanya/", question.show, name="ask"),
    path("tanya/hitung/", question.rows, name="ask_rows"),
    path("pelatihan/", training.watch, name="training"),
    path("pelatihan/unduh/", training.watch_file, name="training_file"),
    path("periksa/", eligibility.show, name="eligibility"),
    path("jejak/", trail.entries, name="trail"),
    path("jejak/unduh/", trail.download, name="trail_file"),
    path("jejak/dibuka/", trail.shown, name="shown"),
    path("jejak/rantai/", trail.state, name="chain"),
    path("jejak/rantai/periksa/", trail.verify, name="verify"),
]
