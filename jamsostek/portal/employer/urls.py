"""Addresses of employers; each names the company by its number (NPP)."""

from django.urls import path

from jamsostek.portal.employer import add, cards, changes, facts, home, projects, units, upload, worker, workers
from jamsostek.portal.uploads import converters  # noqa: F401  registers `npp` and `village`

app_name = "employer"
urlpatterns = [
    path("", home.choose, name="home"),
    path("<npp:npp>/", home.company, name="company"),
    path("<npp:npp>/pekerja/", workers.show, name="workers"),
    path("<npp:npp>/pekerja/unduh/", workers.download, name="download"),
    path("<npp:npp>/pekerja/tambah/", add.show, name="add"),
    path("<npp:npp>/pekerja/<int:employment_id>/", worker.show, name="worker"),
    path("<npp:npp>/pekerja/<int:employment_id>/upah/", changes.wage, name="wage"),
    path("<npp:npp>/pekerja/<int:employment_id>/keluar/", changes.leave, name="leave"),
    path("<npp:npp>/pekerja/<int:employment_id>/buka-lagi/", changes.reopen, name="reopen"),
    path("<npp:npp>/pekerja/<int:employment_id>/kartu/", cards.one, name="card"),
    path("<npp:npp>/kartu/", cards.sheet, name="cards"),
    path("<npp:npp>/unggah/", upload.send, name="upload"),
    path("<npp:npp>/unit/", units.show, name="units"),
    path("<npp:npp>/proyek/", projects.show, name="projects"),
    path("<npp:npp>/data/", facts.show, name="facts"),
    path("<npp:npp>/data/ubah/", facts.change, name="change_facts"),
]
