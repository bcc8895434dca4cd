"""Addresses of money out at the head office."""

from django.urls import path

from jamsostek.portal.payouts import answers, batches, debtors, growths, home, owed, preparing, rolls, taxes

app_name = "payouts"
urlpatterns = [
    path("", home.home, name="home"),
    path("daftar/", owed.listing, name="owed"),
    path("daftar/unduh/", owed.download, name="owed_file"),
    path("gagal/", owed.failed, name="failed"),
    path("gagal/unduh/", owed.failed_file, name="failed_file"),
    path("terlambat/", owed.late, name="late"),
    path("siapkan/", preparing.prepare, name="prepare"),
    path("berkas/", batches.listing, name="batches"),
    path("berkas/unduh/", batches.download, name="batches_file"),
    path("berkas/<int:batch_id>/", batches.show, name="batch"),
    path("berkas/<int:batch_id>/keadaan/", batches.state, name="batch_state"),
    path("berkas/<int:batch_id>/setujui/", batches.approve, name="approve"),
    path("berkas/<int:batch_id>/batalkan/", batches.cancel, name="cancel"),
    path("berkas/<int:batch_id>/pain001.xml", batches.xml, name="xml"),
    path("berkas/<int:batch_id>/bank.csv", batches.csv, name="csv"),
    path("berkas/<int:batch_id>/unduh/", batches.transfers_file, name="transfers_file"),
    path("jawaban/", answers.listing, name="answers"),
    path("jawaban/<int:answer_id>/", answers.show, name="answer"),
    path("rekening/", debtors.listing, name="debtors"),
    path("rekening/<slug:fund>/", debtors.change, name="debtor"),
    path("kenaikan/", growths.listing, name="growths"),
    path("kenaikan/usulkan/", growths.propose, name="growth_propose"),
    path("kenaikan/<int:year>/", growths.show, name="growth"),
    path("kenaikan/<int:year>/setujui/", growths.approve, name="growth_approve"),
    path("pajak/", taxes.listing, name="taxes"),
    path("pajak/<slug:month>/", taxes.show, name="tax_month"),
    path("pajak/<slug:month>/unduh/", taxes.download, name="tax_file"),
    path("bulanan/", rolls.listing, name="rolls"),
    path("bulanan/coba/", rolls.trial, name="trial"),
    path("bulanan/<int:roll_id>/", rolls.show, name="roll"),
    path("bulanan/<int:roll_id>/keadaan/", rolls.state, name="roll_state"),
    path("bulanan/<int:roll_id>/setujui/", rolls.approve, name="roll_approve"),
    path("bulanan/<int:roll_id>/batalkan/", rolls.cancel, name="roll_cancel"),
    path("bulanan/<int:roll_id>/siapkan/", preparing.of_roll, name="roll_prepare"),
]
