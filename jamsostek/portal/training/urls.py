"""Addresses of training at an office. An offer is named by its number."""

from django.urls import path

from jamsostek.portal.training import home, offers, people, results, sheet

app_name = "training"
urlpatterns = [
    path("", home.home, name="home"),
    path("belum-dijawab/", home.unanswered, name="unanswered"),
    path("ditanyakan/", home.due, name="due"),
    path("hasil/", results.office, name="results"),
    path("hasil/unduh/", results.office_file, name="results_file"),
    path("baru/", offers.make, name="make"),
    path("<int:number>/", offers.show, name="training"),
    path("<int:number>/ubah/", offers.change, name="change"),
    path("<int:number>/buka/", offers.open_it, name="open"),
    path("<int:number>/undang/", offers.invite, name="invite"),
    path("<int:number>/tutup/", offers.close, name="close"),
    path("<int:number>/selesai/", offers.complete, name="complete"),
    path("<int:number>/daftarkan/", people.enrol, name="enrol"),
    path("<int:number>/hadir/<int:session>/", sheet.sheet, name="sheet"),
    path("<int:number>/unduh/", offers.file, name="file"),
    path("peserta/<int:trainee_id>/", people.show, name="person"),
    path("peserta/<int:trainee_id>/ikut/", people.accept, name="accept"),
    path("peserta/<int:trainee_id>/tidak/", people.decline, name="decline"),
    path("peserta/<int:trainee_id>/setuju/", people.agree, name="agree"),
    path("peserta/<int:trainee_id>/sebelum/", people.before, name="before"),
    path("peserta/<int:trainee_id>/selesai/", people.finish, name="finish"),
    path("peserta/<int:trainee_id>/berhenti/", people.leave, name="leave"),
    path("peserta/<int:trainee_id>/hasil/<int:outcome_month>/", people.outcome, name="outcome"),
]
