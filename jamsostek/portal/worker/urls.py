"""Addresses of participants and heirs. Whom a page is about stands in the session."""

from django.urls import path

from jamsostek.portal.bills import lists as bills
from jamsostek.portal.bills import own
from jamsostek.portal.statements import worker as paid
from jamsostek.portal.training import own as training
from jamsostek.portal.worker import asking, card, claim, data, family, home, savings, trail, whatif, who, work

app_name = "worker"
urlpatterns = [
    path("", home.home, name="home"),
    path("pilih/", who.choose, name="choose"),
    path("kartu/", card.card, name="card"),
    path("kartu/terbitkan/", card.issue, name="issue"),
    path("kartu/hilang/", card.lost, name="lost"),
    path("kartu/kartu.pdf", card.pdf, name="pdf"),
    path("kartu/kartu.png", card.png, name="png"),
    path("data/", data.data, name="data"),
    path("data/unduh/", data.export, name="export"),
    path("data/<slug:what>/", data.change, name="change"),
    path("minta/<slug:what>/", asking.ask, name="ask"),
    path("keluarga/", family.family, name="family"),
    path("keluarga/tambah/", family.add, name="add_relative"),
    path("keluarga/<int:relative_id>/akhiri/", family.end, name="end_relative"),
    path("pekerjaan/", work.work, name="work"),
    path("pekerjaan/<int:employment_id>/keluar/", work.left, name="left"),
    path("saldo/", savings.home, name="savings"),
    path("saldo/<int:number>/", savings.year, name="savings_year"),
    path("saldo/<int:number>/rincian.pdf", savings.pdf, name="savings_pdf"),
    path("saldo/<int:number>/unduh/", savings.file, name="savings_file"),
    path("saldo/bulan/<slug:number>/", savings.month, name="savings_month"),
    path("andai/", whatif.home, name="whatif"),
    path("andai/<slug:event>/", whatif.event, name="whatif_event"),
    path("jejak/", trail.trail, name="trail"),
    path("klaim/", claim.claim, name="claim"),
    path("tagihan/", bills.mine, name="bills"),
    path("iuran/", paid.mine, name="paid"),
    path("iuran/unduh/", paid.mine_file, name="paid_file"),
    path("iuran/iuran.pdf", paid.mine_pdf, name="paid_pdf"),
    path("perlindungan/", paid.mine_cover, name="cover"),
    path("bayar/", own.by_self, name="pay"),
    path("pelatihan/", training.mine, name="training"),
    path("pelatihan/<int:trainee_id>/ikut/", training.accept, name="training_accept"),
    path("pelatihan/<int:trainee_id>/tidak/", training.decline, name="training_decline"),
    path("pelatihan/buka/<int:number>/", training.join, name="training_join"),
]
