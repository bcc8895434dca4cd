"""Addresses of villages; each names the village by its code of ten digits."""

from django.urls import path

from jamsostek.portal.bills import lists as bills
from jamsostek.portal.officer import converters  # noqa: F401  registers `kpj` and `village`
from jamsostek.portal.programmes import village as candidates
from jamsostek.portal.village import add, cards, ending, home, person, upload

app_name = "village"
urlpatterns = [
    path("", home.choose, name="home"),
    path("<village:code>/", home.village, name="village"),
    path("<village:code>/tambah/", add.show, name="add"),
    path("<village:code>/kartu/", cards.sheet, name="cards"),
    path("<village:code>/unggah/", upload.send, name="upload"),
    path("<village:code>/tagihan/", bills.of_village, name="bills"),
    path("<village:code>/segera-berakhir/", ending.show, name="ending"),
    path("<village:code>/calon/", candidates.listing, name="candidates"),
    path("<village:code>/calon/sahkan/", candidates.verify_all, name="candidate_verify_all"),
    path("<village:code>/calon/<int:candidate_id>/", candidates.person, name="candidate"),
    path("<village:code>/calon/<int:candidate_id>/jawab/", candidates.tell, name="candidate_tell"),
    path("<village:code>/calon/<int:candidate_id>/sahkan/", candidates.verify, name="candidate_verify"),
    path("<village:code>/calon/<int:candidate_id>/tolak/", candidates.refuse, name="candidate_refuse"),
    path("<village:code>/warga/<kpj:kpj>/", person.show, name="person"),
    path("<village:code>/warga/<kpj:kpj>/kartu/", person.card, name="card"),
    path("<village:code>/warga/<kpj:kpj>/lanjutkan/", person.extend, name="extend"),
]
