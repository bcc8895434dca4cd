"""Addresses of sponsors; each names the sponsor by its number."""

from django.urls import path

from jamsostek.portal.bills import lists as bills
from jamsostek.portal.bills import making
from jamsostek.portal.sponsor import cards, cover, home, people, upload
from jamsostek.portal.statements import payer as accounts
from jamsostek.portal.uploads import converters  # noqa: F401  registers `npp` and `village`

app_name = "sponsor"
urlpatterns = [
    path("", home.choose, name="home"),
    path("<npp:number>/", home.sponsor, name="sponsor"),
    path("<npp:number>/orang/", people.show, name="people"),
    path("<npp:number>/orang/unduh/", people.download, name="download"),
    path("<npp:number>/orang/<int:cover_id>/akhiri/", cover.end, name="end"),
    path("<npp:number>/unggah/", upload.send, name="upload"),
    path("<npp:number>/tagihan/", bills.of_my_sponsor, name="bills"),
    path("<npp:number>/rekening/", accounts.my_sponsor, name="account"),
    path("<npp:number>/rekening/unduh/", accounts.my_sponsor_file, name="account_file"),
    path("<npp:number>/rekening/rekening.pdf", accounts.my_sponsor_pdf, name="account_pdf"),
    path("<npp:number>/tagihan/buat/", making.own_sponsor, name="make_bill"),
    path("<npp:number>/kartu/", cards.sheet, name="cards"),
]
