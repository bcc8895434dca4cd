"""Addresses of bulk files."""

from django.urls import path

from jamsostek.portal.uploads import details, downloads, upload

app_name = "uploads"
urlpatterns = [
    path("<int:upload_id>/", upload.show, name="upload"),
    path("<int:upload_id>/keadaan/", upload.state, name="state"),
    path("<int:upload_id>/konfirmasi/", upload.confirm, name="confirm"),
    path("<int:upload_id>/batal/", upload.cancel, name="cancel"),
    path("<int:upload_id>/masalah/<slug:kind>/", details.problems, name="problems"),
    path("<int:upload_id>/jawaban/<slug:kind>/", details.answers, name="answers"),
    path("<int:upload_id>/perbaikan/", downloads.to_mend, name="to_mend"),
    path("<int:upload_id>/hasil/", downloads.whole, name="whole"),
    path("templat/<slug:layout>/", downloads.template, name="template"),
]
