"""Pages of arrears and accounts: an officer's way from figures to letters, and what payers and workers see of their own."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pypdfium2
import pytest
from desks import TODAY, Town
from django.urls import reverse

from jamsostek.collection.actions import arrears, bills, payments
from jamsostek.collection.actions.payments import Notice
from jamsostek.collection.choices import Channel
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Agreement, Bill, Case, Finding, Step
from jamsostek.core.months import add_months, month_of
from tests import cast

REASON = "Belum membayar sejak lama"


@pytest.fixture(scope="module")
def owing(town: Town) -> dict[str, Any]:
    """A firm of the town that paid one month and owes the next, a sponsor that owes, a worker with a user."""
    month = add_months(month_of(TODAY), -6)
    early = dt.date(month // 100, month % 100, 2)
    with cast.everyone():
        firm, sponsor = cast.employer("PT Lambat Bayar"), cast.sponsor("Dermawan Lupa")
        worker, helped = cast.participant("Karyawan Lambat"), cast.participant("Warga Terbantu")
        cast.works(worker, firm, month)
        cast.covered(helped, sponsor, month)
    with cast.everyone():
        paid = bills.bill_employer(employer_id=firm.pk, month=month, today=early + dt.timedelta(days=31))
        unpaid = bills.bill_employer(employer_id=firm.pk, month=add_months(month, 1), today=early + dt.timedelta(days=62))
        bills.bill_sponsor(sponsor_id=sponsor.pk, month=month, today=early)
    with cast.everyone():
        moment = dt.datetime.combine(early + dt.timedelta(days=100), dt.time(3), dt.UTC)
        payments.receive(
            Notice("1234567890", "TELAT1", code_of(paid.number), paid.total_rupiah, moment, Channel.WEBHOOK),
            today=early + dt.timedelta(days=100),
        )
    with cast.everyone():
        users = {
            "officer": cast.user("penagih", "branch_officer", "region", cast.SIDOARJO),
            "supervisor": cast.user("penandatangan", "branch_supervisor", "region", cast.SIDOARJO),
            "clerk": cast.user("staf.lambat", "employer_clerk", "employer", firm.pk),
            "payer": cast.user("staf.dermawan", "sponsor_clerk", "sponsor", sponsor.pk),
            "worker": cast.user("karyawan.lambat", "worker", "self", worker.pk),
            "viewer": cast.user("pemda.lihat", "regional_viewer", "region", cast.SIDOARJO),
        }
    return {"firm": firm, "sponsor": sponsor, "worker": worker, "unpaid": unpaid, "users": users, "month": month}


@pytest.fixture
def client(owing: dict[str, Any], town_undone: None) -> Any:
    from django.test import Client

    def make(who: str, language: str = "id") -> Client:
        found = cast.signed_in(Client(), owing["users"][who])
        found.cookies["jamsostek_language"] = language
        return found

    return make


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def pdf(answer: Any) -> str:
    assert answer.status_code == 200
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def sends(client: Any, url: str, **told: Any) -> Any:
    """Fills a form, looks at the answers, and says yes."""
    seen = client.post(url, told)
    assert "Periksa dahulu" in text(seen)
    return client.post(url, {**told, "langkah": "simpan"})


def test_from_the_figures_to_the_payer(owing: dict[str, Any], client: Any) -> None:
    officer = client("officer")
    figures = text(officer.get(reverse("arrears:home")))
    assert "Menurut program" in figures
    assert "Menurut wilayah" in figures
    listed = text(officer.get(reverse("arrears:debtors")))
    assert "PT Lambat Bayar" in listed
    assert "Dermawan Lupa" in listed
    assert "Dermawan Lupa" not in text(officer.get(reverse("arrears:debtors") + "?jenis=employer"))
    assert "PT Lambat Bayar" not in text(officer.get(reverse("arrears:debtors") + "?umur=5"))
    assert "PT Lambat Bayar" not in text(officer.get(reverse("arrears:debtors") + "?hari=2020-01-01"))
    assert text(officer.get(reverse("arrears:debtors") + "?umur=%C2%B2&wilayah=x&hari=kemarin"))
    one = text(officer.get(reverse("arrears:employer", args=[owing["firm"].npp])))
    assert "Denda sampai hari ini" in one
    assert "Belum dibayar" in text(officer.get(reverse("arrears:sponsor", args=[owing["sponsor"].number])))
    file = officer.get(reverse("arrears:debtors_file") + "?bentuk=csv")
    assert "PT Lambat Bayar" in b"".join(file.streaming_content).decode("utf-8-sig")


def test_a_fine_is_looked_at_and_then_billed_once(owing: dict[str, Any], client: Any) -> None:
    officer, url = client("officer"), reverse("arrears:assess", args=[owing["firm"].npp])
    assert "Jumlah denda" in text(officer.post(url, {"reason": REASON}))
    assert not Bill.objects.filter(kind=3).exists()
    assert officer.post(url, {"reason": REASON, "langkah": "simpan"}).status_code == 302
    with cast.everyone():
        assert Bill.objects.filter(kind=3, employer_id=owing["firm"].pk).count() == 1
    assert "Tidak ada: semua sudah ditetapkan" in text(officer.post(url, {"reason": REASON}))
    assert "Denda yang sudah ditetapkan" in text(officer.get(reverse("arrears:employer", args=[owing["firm"].npp])))


def test_instalments_from_proposal_to_letter(owing: dict[str, Any], client: Any) -> None:
    officer, supervisor = client("officer"), client("supervisor")
    first = TODAY + dt.timedelta(days=20)
    told = {
        "count": "3",
        "first_on-d": first.day,
        "first_on-m": first.month,
        "first_on-y": first.year,
        "reason": "Pesanan tertunda",
    }
    assert sends(officer, reverse("arrears:propose", args=[owing["firm"].npp]), **told).status_code == 302
    with cast.everyone():
        made = Agreement.objects.get()
    page = reverse("arrears:agreement", args=[made.pk])
    assert "Menunggu keputusan" in text(officer.get(page))
    assert reverse("arrears:decide_agreement", args=[made.pk]) not in text(officer.get(page))
    assert sends(supervisor, reverse("arrears:decide_agreement", args=[made.pk]), answer="ya", reason="").status_code == 302
    assert "Ditepati" in text(officer.get(page))
    letter = pdf(officer.get(reverse("arrears:agreement_letter", args=[made.pk])))
    assert "Kesepakatan angsuran tunggakan" in letter
    assert "Agreement to pay arrears by instalments" in letter
    assert "PT Lambat Bayar" in letter
    assert "sedang ditepati" in text(officer.post(reverse("arrears:open", args=[owing["firm"].npp]), {"reason": REASON}))
    assert "PT Lambat Bayar" in text(officer.get(reverse("arrears:agreements")))
    assert sends(officer, reverse("arrears:end_agreement", args=[made.pk]), reason="Dilanggar").status_code == 302
    assert "Diakhiri" in text(officer.get(page))


def test_a_case_from_opening_to_the_letter_of_a_warning(owing: dict[str, Any], client: Any) -> None:
    officer, supervisor = client("officer"), client("supervisor")
    assert sends(officer, reverse("arrears:open", args=[owing["firm"].npp]), reason=REASON).status_code == 302
    with cast.everyone():
        case = Case.objects.get()
    page = reverse("arrears:case", args=[case.pk])
    assert "Teguran tertulis pertama" in text(officer.get(page))
    assert REASON in text(officer.get(reverse("arrears:case", args=[case.pk]))), "the firm is told that it may read it"
    assert sends(officer, reverse("arrears:decide_step", args=[case.pk]), reason=REASON).status_code == 302
    with cast.everyone():
        step = Step.objects.get()
    assert officer.get(reverse("arrears:letter", args=[case.pk, step.pk])).status_code == 403
    sign = reverse("arrears:sign", args=[case.pk, step.pk])
    assert sign not in text(officer.get(page))
    assert sends(supervisor, sign, answer="ya", reason="").status_code == 302
    letter = pdf(officer.get(reverse("arrears:letter", args=[case.pk, step.pk])))
    for words in ("Teguran tertulis pertama", "First written warning", "PP 86/2013 Pasal 5, 6", "10 hari kerja"):
        assert words in letter
    told = {"on-d": TODAY.day, "on-m": TODAY.month, "on-y": TODAY.year, "how": "post"}
    assert sends(officer, reverse("arrears:deliver", args=[case.pk, step.pk]), **told).status_code == 302
    assert "Jangka waktu berjalan" in text(officer.get(page))
    assert "PT Lambat Bayar" in text(officer.get(reverse("arrears:cases")))
    assert "Teguran tertulis pertama" in text(client("clerk").get(reverse("employer:account", args=[owing["firm"].npp])))
    assert (
        sends(supervisor, reverse("arrears:close", args=[case.pk]), outcome="withdrawn", reason="Salah alamat").status_code == 302
    )
    assert "Salah alamat" in text(officer.get(page))


def test_compliance_from_a_list_to_its_outcome(owing: dict[str, Any], client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer = client("officer")
    stranger = cast.person("Pekerja Tersembunyi")
    content = f"Nama,NIK,Upah\n{stranger.name},{stranger.nik},5000000\n".encode()
    told = {"source": "tax", "month-m": owing["month"] % 100, "month-y": owing["month"] // 100, "declared": ""}
    url = reverse("arrears:compare", args=[owing["firm"].npp])
    file = SimpleUploadedFile("pajak.csv", content)
    assert officer.post(url, {**told, "file": file}).status_code == 302
    with cast.everyone():
        finding = Finding.objects.get(kind="workers")
    listed = text(officer.get(reverse("arrears:findings")))
    assert "Pekerja belum terdaftar" in listed
    one = text(officer.get(reverse("arrears:finding", args=[finding.pk])))
    assert "Pekerja Tersembunyi" in one
    assert stranger.nik not in one
    again = SimpleUploadedFile("pajak.csv", content)
    assert "sudah diperiksa" in text(officer.post(url, {**told, "file": again}))
    decide = reverse("arrears:decide_finding", args=[finding.pk])
    assert sends(officer, decide, outcome="explained", reason="Pekerja harian lepas").status_code == 302
    assert "Dijelaskan" in text(officer.get(reverse("arrears:finding", args=[finding.pk])))
    scan = {"month-m": owing["month"] % 100, "month-y": owing["month"] // 100, "region": cast.SIDOARJO}
    assert officer.post(reverse("arrears:scan"), scan).status_code == 302


def test_accounts_of_payers_add_up_for_them_and_for_the_office(owing: dict[str, Any], client: Any) -> None:
    year = f"?tahun={owing['month'] // 100}"
    own = text(client("clerk").get(reverse("employer:account", args=[owing["firm"].npp]) + year))
    office = text(client("officer").get(reverse("statements:employer", args=[owing["firm"].npp]) + year))
    for page in (own, office):
        assert "TELAT1" in page
        assert "Mutasi" in page
    sponsor = text(client("payer").get(reverse("sponsor:account", args=[owing["sponsor"].number]) + year))
    assert "Orang-bulan" in sponsor
    assert "Anggaran yang terpakai" in sponsor
    paper = pdf(client("clerk").get(reverse("employer:account_pdf", args=[owing["firm"].npp]) + year))
    assert "PT Lambat Bayar" in paper
    sheet = client("clerk").get(reverse("employer:account_file", args=[owing["firm"].npp]) + year + "&bentuk=csv")
    assert "TELAT1" in b"".join(sheet.streaming_content).decode("utf-8-sig")
    assert text(client("officer").get(reverse("statements:sponsor", args=[owing["sponsor"].number]) + "?tahun=1999"))
    assert client("clerk").get(reverse("statements:employer", args=[owing["firm"].npp])).status_code == 403


def test_a_worker_reads_what_was_reported_and_paid_and_what_is_missing(owing: dict[str, Any], client: Any) -> None:
    worker = client("worker")
    page = text(worker.get(reverse("worker:paid")))
    assert "PT Lambat Bayar" in page
    assert "Belum dibayar, jatuh tempo" in page
    assert "Jamsostek: iuran PT Lambat Bayar untuk" in page
    assert reverse("worker:ask", args=["upah"]) in page
    cover = text(worker.get(reverse("worker:cover")))
    assert "TELAT1" in cover
    assert "Perusahaan belum membayar" in cover
    assert "PT Lambat Bayar" in pdf(worker.get(reverse("worker:paid_pdf")))
    assert "PT Lambat Bayar" in b"".join(worker.get(reverse("worker:paid_file") + "?bentuk=csv").streaming_content).decode()
    office = text(client("officer").get(reverse("officer:person_paid", args=[owing["worker"].kpj])))
    assert "TELAT1" in office
    english = text(client("worker", "en").get(reverse("worker:paid")))
    assert "This is wrong" in english


def test_a_regional_government_sees_sums_and_no_payer(owing: dict[str, Any], client: Any) -> None:
    viewer = client("viewer")
    page = text(viewer.get(reverse("region:arrears")))
    assert "Menurut program" in page
    assert "PT Lambat Bayar" not in page
    for name in ("home", "debtors", "cases", "findings", "agreements"):
        assert viewer.get(reverse(f"arrears:{name}")).status_code == 403
    assert arrears.assess is not None
