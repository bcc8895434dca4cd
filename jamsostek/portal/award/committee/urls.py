"""Addresses of the award: the work of committees."""

from django.urls import URLPattern, path

from jamsostek.portal.award.committee import contests, editions, home, snapshots

app_name = "award_committee"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("edisi/", editions.listing, name="editions"),
    path("edisi/baru/", editions.begin, name="edition_new"),
    path("edisi/<slug:edition>/", editions.show, name="edition"),
    path("edisi/<slug:edition>/isi/", editions.content, name="content"),
    path("edisi/<slug:edition>/lomba/", contests.listing, name="contests"),
    path("edisi/<slug:edition>/versi/", editions.versions, name="versions"),
    path("edisi/<slug:edition>/versi/<int:number>/", editions.version, name="version"),
    path("edisi/<slug:edition>/versi/<int:older>/<int:newer>/", editions.compare, name="compare"),
    path("edisi/<slug:edition>/ubah/", editions.edit, name="edit"),
    path("edisi/<slug:edition>/buka/", editions.open_it, name="open"),
    path("edisi/<slug:edition>/tutup/", editions.close, name="close"),
    path("edisi/<slug:edition>/batalkan/", editions.cancel, name="cancel"),
]
urlpatterns += [
    path("edisi/<slug:edition>/potret/", snapshots.listing, name="snapshots"),
    path("edisi/<slug:edition>/potret/ambil/", snapshots.take, name="snapshot_take"),
    path("edisi/<slug:edition>/potret/ambil/<int:number>/", snapshots.run, name="snapshot_run"),
    path("edisi/<slug:edition>/potret/<int:number>/", snapshots.show, name="snapshot"),
    path("edisi/<slug:edition>/potret/<int:number>/unduh/", snapshots.file, name="snapshot_file"),
    path("edisi/<slug:edition>/potret/<int:number>/ukuran/<slug:subject>/", snapshots.measured, name="snapshot_table"),
]
