"""Addresses of claims at an office. A claim is named by its public number."""

from django.urls import path

from jamsostek.portal.claims import (
    amounts,
    case,
    converters,  # noqa: F401  registers `klaim`
    counted,
    deciding,
    facts,
    home,
    letters,
    objecting,
    paper,
    parties,
    reading,
    signals,
    work,
)

app_name = "claims"
urlpatterns = [
    path("", home.home, name="home"),
    path("unduh/", home.download, name="file"),
    path("cari/", home.find, name="find"),
    path("berikutnya/", home.following, name="next"),
    path("mendahului/", home.passed, name="passed"),
    path("tanda/", signals.listing, name="signals"),
    path("tafsir/<int:point>/", reading.show, name="reading"),
    path("<klaim:number>/", case.show, name="case"),
    path("<klaim:number>/riwayat/", case.history, name="history"),
    path("<klaim:number>/hitungan/", counted.at_office, name="counted"),
    path("<klaim:number>/uang/<slug:amount>/", amounts.at_office, name="amount"),
    path("<klaim:number>/uang/<slug:amount>/rincian.pdf", amounts.pdf_at_office, name="amount_pdf"),
    path("<klaim:number>/surat.pdf", letters.at_office, name="letter"),
    path("<klaim:number>/kerjakan/", work.serve, name="serve"),
    path("<klaim:number>/minta/", work.ask_papers, name="ask"),
    path("<klaim:number>/terjawab/", work.answered, name="answered"),
    path("<klaim:number>/pesan/", work.message, name="message"),
    path("<klaim:number>/hitung/", work.assess, name="assess"),
    path("<klaim:number>/fakta/sesuai/", facts.confirm, name="confirm"),
    path("<klaim:number>/fakta/<slug:fact>/", facts.find, name="fact"),
    path("<klaim:number>/berkas/<int:document_id>/", paper.show, name="paper"),
    path("<klaim:number>/berkas/<int:document_id>/<int:sheet>.jpg", paper.picture, name="picture"),
    path("<klaim:number>/berkas/<int:document_id>/asli/", paper.whole, name="whole"),
    path("<klaim:number>/orang/tambah/", parties.add, name="add_party"),
    path("<klaim:number>/orang/<int:party_id>/keluarkan/", parties.remove, name="remove_party"),
    path("<klaim:number>/orang/<int:party_id>/rekening/", parties.check, name="account"),
    path("<klaim:number>/orang/<int:party_id>/rekening/ganti/", parties.replace, name="put_account"),
    path("<klaim:number>/orang/<int:party_id>/rekening/tampilkan/", parties.show_account, name="show_account"),
    path("<klaim:number>/usulkan/", deciding.propose, name="propose"),
    path("<klaim:number>/putuskan/", deciding.decide, name="decide"),
    path("<klaim:number>/buka-lagi/", deciding.reopen, name="reopen"),
    path("<klaim:number>/keberatan/", objecting.object_to, name="object"),
    path("<klaim:number>/keberatan/<int:objection_id>/", objecting.judge, name="judge"),
]
