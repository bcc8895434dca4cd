"""Addresses of the movement."""

from django.urls import path

from jamsostek.portal.movement import home
from jamsostek.portal.movement.registers import add, cards, columns, ending, listing, out, problems, register, runs, villages

app_name = "movement"
urlpatterns = [
    path("", home.home, name="home"),
    path("daftar/", listing.listing, name="registers"),
    path("daftar/tambah/", add.add, name="register_add"),
    path("daftar/<int:number>/", register.show, name="register"),
    path("daftar/<int:number>/keadaan/", register.state, name="register_state"),
    path("daftar/<int:number>/kolom/", columns.choose, name="register_columns"),
    path("daftar/<int:number>/batal/", ending.cancel, name="register_cancel"),
    path("daftar/<int:number>/hapus/", ending.delete, name="register_delete"),
    path("daftar/<int:number>/masalah/<slug:kind>/", problems.problems, name="register_problems"),
    path("daftar/<int:number>/perbaikan/", out.mendable, name="register_mendable"),
    path("daftar/<int:number>/ambil/", out.export, name="register_export"),
    path("daftar/<int:number>/padankan/", runs.start, name="register_link"),
    path("padanan/<int:run_id>/", runs.show, name="run"),
    path("padanan/<int:run_id>/keadaan/", runs.state, name="run_state"),
    path("padanan/<int:run_id>/nilai/", cards.following, name="review"),
    path("padanan/<int:run_id>/jawaban/", cards.mine, name="my_answers"),
    path("padanan/<int:run_id>/orang/<int:person_id>/", cards.card, name="card"),
    path("padanan/<int:run_id>/orang/<int:person_id>/tarik/", cards.withdraw, name="withdraw"),
    path("desa/", villages.asked, name="village_asked"),
]
