"""Addresses of arrears at an office. Payers are named by their public numbers."""

from django.urls import path

from jamsostek.portal.arrears import agreements, cases, findings, home, payer
from jamsostek.portal.officer import converters  # noqa: F401  registers `npp`

app_name = "arrears"
urlpatterns = [
    path("", home.home, name="home"),
    path("penunggak/", home.debtors, name="debtors"),
    path("penunggak/unduh/", home.debtors_file, name="debtors_file"),
    path("perusahaan/<npp:npp>/", payer.employer, name="employer"),
    path("perusahaan/<npp:npp>/denda/", payer.assess, name="assess"),
    path("perusahaan/<npp:npp>/angsuran/", agreements.propose, name="propose"),
    path("perusahaan/<npp:npp>/kasus/", cases.open_case, name="open"),
    path("perusahaan/<npp:npp>/bandingkan/", findings.compare, name="compare"),
    path("pembayar/<npp:number>/", payer.sponsor, name="sponsor"),
    path("pembayar/<npp:number>/angsuran/", agreements.propose_sponsor, name="propose_sponsor"),
    path("angsuran/", agreements.listing, name="agreements"),
    path("angsuran/<int:agreement_id>/", agreements.show, name="agreement"),
    path("angsuran/<int:agreement_id>/putuskan/", agreements.decide, name="decide_agreement"),
    path("angsuran/<int:agreement_id>/akhiri/", agreements.end, name="end_agreement"),
    path("angsuran/<int:agreement_id>/surat.pdf", agreements.letter, name="agreement_letter"),
    path("kasus/", cases.listing, name="cases"),
    path("kasus/<int:case_id>/", cases.show, name="case"),
    path("kasus/<int:case_id>/putuskan/", cases.decide_step, name="decide_step"),
    path("kasus/<int:case_id>/tutup/", cases.close, name="close"),
    path("kasus/<int:case_id>/<int:step_id>/tanda-tangan/", cases.sign, name="sign"),
    path("kasus/<int:case_id>/<int:step_id>/penyampaian/", cases.deliver, name="deliver"),
    path("kasus/<int:case_id>/<int:step_id>/surat.pdf", cases.letter, name="letter"),
    path("kepatuhan/", findings.listing, name="findings"),
    path("kepatuhan/periksa/", findings.scan, name="scan"),
    path("kepatuhan/<int:finding_id>/", findings.show, name="finding"),
    path("kepatuhan/<int:finding_id>/putuskan/", findings.decide, name="decide_finding"),
]
