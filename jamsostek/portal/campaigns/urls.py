"""Addresses of outreach."""

from django.urls import path

from jamsostek.portal.campaigns import agents, consents, enter, home, mailings, meetings, results, texts

app_name = "campaigns"
urlpatterns = [
    path("", home.home, name="home"),
    path("buat/", home.make, name="make"),
    path("hasil/", results.funnel, name="funnel"),
    path("hasil/unduh/", results.funnel_file, name="funnel_file"),
    path("izin/", consents.consents, name="consents"),
    path("izin/catat/", consents.agree, name="agree"),
    path("izin/tarik/", consents.withdraw, name="withdraw"),
    path("izin/<int:consent_id>/tarik/", consents.withdraw_one, name="withdraw_one"),
    path("teks/", texts.templates, name="templates"),
    path("teks/<int:template_id>/", texts.template, name="template"),
    path("teks/usul/<slug:kind>/<slug:language>/", texts.propose, name="propose"),
    path("pengingat/", mailings.mailings, name="mailings"),
    path("pengingat/siapkan/", mailings.prepare, name="prepare"),
    path("pengingat/<int:mailing_id>/", mailings.mailing, name="mailing"),
    path("pengingat/<int:mailing_id>/unduh/", mailings.mailing_file, name="mailing_file"),
    path("agen/", agents.agents, name="agents"),
    path("agen/beri/", agents.give_code, name="give_code"),
    path("agen/kematian/", agents.deaths, name="deaths"),
    path("agen/<slug:code>/", agents.agent, name="agent"),
    path("agen/<slug:code>/akhiri/", agents.end_code, name="end_code"),
    path("kode-saya/", agents.own, name="own"),
    path("<int:number>/", home.campaign, name="campaign"),
    path("<int:number>/ubah/", home.change, name="change"),
    path("<int:number>/pertemuan/", meetings.add, name="add"),
    path("pertemuan/<int:number>/", meetings.meeting, name="meeting"),
    path("pertemuan/<int:number>/lembar/", meetings.sheet, name="sheet"),
    path("pertemuan/<int:number>/catat/", enter.enter, name="enter"),
    path("pertemuan/<int:number>/hitung/", meetings.count, name="count"),
    path("pertemuan/<int:number>/batalkan/", meetings.cancel, name="cancel"),
    path("pertemuan/<int:number>/ingatkan/", meetings.remind, name="remind"),
    path("pertemuan/<int:number>/hapus/<int:attendee_id>/", meetings.forget, name="forget"),
]
