"""Addresses of sponsors; each names the sponsor by its number."""

from django.urls import path

from jamsostek.portal.sponsor import cards, cover, home, people, upload
from jamsostek.portal.uploads import converters  # noqa: F401  registers `npp` and `village`

app_name = "sponsor"
urlpatterns = [
    path("", home.choose, name="home"),
    path("<npp:number>/", home.sponsor, name="sponsor"),
    path("<npp:number>/orang/", people.show, name="people"),
    path("<npp:number>/orang/unduh/", people.download, name="download"),
    path("<npp:number>/orang/<int:cover_id>/akhiri/", cover.end, name="end"),
    path("<npp:number>/unggah/", upload.send, name="upload"),
    path("<npp:number>/kartu/", cards.sheet, name="cards"),
]
