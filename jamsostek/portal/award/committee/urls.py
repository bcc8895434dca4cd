"""Addresses of the award: the work of committees."""

from django.urls import URLPattern, path

from jamsostek.portal.award.committee import (
    contests,
    editions,
    entries,
    home,
    interests,
    interviews,
    juries,
    revealing,
    snapshots,
    steps,
)
from jamsostek.portal.award.committee.results_urls import patterns as result_patterns

app_name = "award_committee"
urlpatterns: list[URLPattern] = [
    *result_patterns,
    *entries.ADDRESSES,
    path("", home.home, name="home"),
    path("edisi/", editions.listing, name="editions"),
    path("edisi/baru/", editions.begin, name="edition_new"),
    path("edisi/<slug:edition>/", editions.show, name="edition"),
    path("edisi/<slug:edition>/isi/", editions.content, name="content"),
    path("edisi/<slug:edition>/lomba/", contests.listing, name="contests"),
    path("kepentingan/", interests.listing, name="interests"),
    path("edisi/<slug:edition>/juri/", juries.listing, name="juries"),
    path("edisi/<slug:edition>/juri/angkat/", juries.appoint, name="appoint"),
    path("edisi/<slug:edition>/juri/<slug:juror>/", juries.show, name="juror"),
    path("edisi/<slug:edition>/juri/<slug:juror>/ganti/", juries.replace, name="replace_juror"),
    path("edisi/<slug:edition>/nilai/<slug:category>/<slug:level>/<int:area>/", revealing.show, name="marks"),
    path("edisi/<slug:edition>/nilai/<slug:category>/<slug:level>/<int:area>/buka/", revealing.reveal, name="reveal"),
    path("edisi/<slug:edition>/bahas/<slug:entry>/<slug:criterion>/", revealing.discuss, name="discuss"),
    path("edisi/<slug:edition>/wawancara/", interviews.listing, name="interviews"),
    path("edisi/<slug:edition>/wawancara/kalender/", interviews.calendar, name="interview_calendar"),
    path("edisi/<slug:edition>/wawancara/jadwalkan/", interviews.schedule, name="schedule"),
    path("edisi/<slug:edition>/wawancara/<slug:interview>/", interviews.show, name="interview"),
    path("edisi/<slug:edition>/wawancara/<slug:interview>/pindah/", interviews.move, name="move_interview"),
    path("edisi/<slug:edition>/wawancara/<slug:interview>/batal/", interviews.cancel, name="cancel_interview"),
    path("edisi/<slug:edition>/wawancara/<slug:interview>/hadir/", interviews.hold, name="hold_interview"),
    path("edisi/<slug:edition>/versi/", editions.versions, name="versions"),
    path("edisi/<slug:edition>/versi/<int:number>/", editions.version, name="version"),
    path("edisi/<slug:edition>/versi/<int:older>/<int:newer>/", editions.compare, name="compare"),
    path("edisi/<slug:edition>/ubah/", editions.edit, name="edit"),
    path("edisi/<slug:edition>/buka/", steps.open_it, name="open"),
    path("edisi/<slug:edition>/tutup/", steps.close, name="close"),
    path("edisi/<slug:edition>/batalkan/", steps.cancel, name="cancel"),
]
urlpatterns += [
    path("edisi/<slug:edition>/potret/", snapshots.listing, name="snapshots"),
    path("edisi/<slug:edition>/potret/ambil/", snapshots.take, name="snapshot_take"),
    path("edisi/<slug:edition>/potret/ambil/<int:number>/", snapshots.run, name="snapshot_run"),
    path("edisi/<slug:edition>/potret/<int:number>/", snapshots.show, name="snapshot"),
    path("edisi/<slug:edition>/potret/<int:number>/unduh/", snapshots.file, name="snapshot_file"),
    path("edisi/<slug:edition>/potret/<int:number>/ukuran/<slug:subject>/", snapshots.measured, name="snapshot_table"),
]
