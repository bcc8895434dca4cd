"""Addresses of agents."""

from django.urls import path

from jamsostek.portal.agent import home, people
from jamsostek.portal.bills import lists as bills
from jamsostek.portal.bills import own
from jamsostek.portal.officer import converters  # noqa: F401  registers `kpj`

app_name = "agent"
urlpatterns = [
    path("", home.home, name="home"),
    path("kartu/", home.cards, name="cards"),
    path("daftar/", people.register, name="register"),
    path("daftar/selesai/<kpj:kpj>/", people.registered, name="registered"),
    path("peserta/<kpj:kpj>/", people.show, name="person"),
    path("peserta/<kpj:kpj>/kartu/", people.issue_card, name="issue_card"),
    path("peserta/<kpj:kpj>/tagihan/", bills.of_registered, name="bills"),
    path("peserta/<kpj:kpj>/bayar/", own.at_agent, name="pay"),
]
