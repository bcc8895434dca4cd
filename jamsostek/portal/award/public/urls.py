"""Addresses of the award: what everybody reads."""

from django.urls import path

from jamsostek.portal.award.public import archive, certificates, contests, converters, editions, home, profiles

converters.register()
app_name = "award"
urlpatterns = [
    path("", home.home, name="home"),
    path("arsip/", archive.home, name="archive"),
    path("arsip/pemenang/", archive.winners, name="winners"),
    path("arsip/<int:year>/", archive.past, name="past"),
    path("sertifikat/", certificates.asked, name="check"),
    path("sertifikat/<str:certificate_code>/", certificates.show, name="certificate"),
    path("sertifikat/<str:certificate_code>/sertifikat.pdf", certificates.pdf, name="certificate_pdf"),
    path("<slug:edition>/", editions.show, name="edition"),
    path("<slug:edition>/aturan/", editions.rules, name="rules"),
    path("<slug:edition>/calon/", editions.nominees, name="nominees"),
    path("<slug:edition>/penerima/", editions.honoured, name="honoured"),
    path("<slug:edition>/lomba/<award_category:category>/<slug:level>/<int:area>/", contests.show, name="contest"),
    path("<slug:edition>/lomba/<award_category:category>/<slug:level>/<int:area>/hasil.json", contests.raw, name="contest_raw"),
    path("<slug:edition>/<award_kind:kind>/<int:region>/", profiles.show, name="profile"),
]
