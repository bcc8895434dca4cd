"""The wage report's pages: a month written, checked, approved by another, billed; workbooks in and back; the office's part."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from desks import text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jamsostek.collection.actions import reports
from jamsostek.collection.models import Report, ReportChange, ReportFile
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.registry.models import Employment
from tests import cast

MONTH = month_of(timezone.localdate())
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.django_db


@dataclass
class Office:
    """A company with two browsers."""

    employer: Any
    clerk: Client
    boss: Client
    jobs: dict[str, int]

    def url(self, name: str, *more: object) -> str:
        return reverse(f"employer:{name}", args=[self.employer.npp, MONTH, *more])

    def begin(self) -> None:
        assert self.clerk.post(self.url("report")).status_code == 302

    def open(self, name: str = "report", *more: object, who: Client | None = None) -> str:
        return text_of((who or self.clerk).get(self.url(name, *more)))

    def submit(self) -> str:
        return text_of(self.clerk.post(self.url("report_check"), follow=True))

    def approve(self) -> str:
        return text_of(self.boss.post(self.url("report_approve"), follow=True))


@pytest.fixture
def office(db: Any) -> Office:
    with cast.everyone():
        employer = cast.employer("PT Contoh Makmur")
        clerk = cast.user("staf", "employer_clerk", "employer", employer.pk, name="Staf Contoh")
        boss = cast.user("bos", "employer_approver", "employer", employer.pk, name="Bos Contoh")
        jobs = {}
        for name in ("Siti Rahmawati", "Budi Santoso", "Wati Lestari"):
            jobs[name] = cast.works(cast.participant(name), employer, add_months(MONTH, -3), 5_000_000)
    return Office(employer, cast.signed_in(Client(), clerk), cast.signed_in(Client(), boss), jobs)


def newest() -> Report:
    with cast.everyone():
        return Report.objects.latest("pk")


def boxes(page: Any) -> dict[str, str]:
    return dict(re.findall(r'name="(upah-\d+)" value="([^"]*)"', page.content.decode()))


def test_a_month_from_the_first_page_to_the_bill(office: Office) -> None:
    first = text_of(office.clerk.get(reverse("employer:reports", args=[office.employer.npp])))
    assert "Belum dilaporkan" in first and "Laporkan" in first
    office.begin()
    shown = office.open()
    assert "Sedang disusun" in shown and "Siti Rahmawati" in shown
    siti = office.jobs["Siti Rahmawati"]
    saved = office.clerk.post(
        office.url("report_wages"), {f"upah-{siti}": "6 juta", f"upah-{office.jobs['Wati Lestari']}": "5.000.000"}
    )
    assert saved.status_code == 302
    assert "Dulu Rp5.000.000" in office.open()
    checked = office.open("report_check")
    assert "Rp16.000.000" in checked and "+Rp1.000.000" in checked
    assert "menunggu persetujuan" in office.submit()
    assert "Setujui" not in office.open().replace("Disetujui", "")
    looked = office.open(who=office.boss)
    assert "Setujui" in looked and "Diajukan Staf Contoh" in looked
    assert "Rp16.000.000" in office.open("report_approve", who=office.boss)
    told = office.approve()
    assert "Disetujui dan ditagihkan" in told and "Tagihan dari laporan ini" in told
    months = text_of(office.clerk.get(reverse("employer:reports", args=[office.employer.npp])))
    assert "Belum dibayar" in months and "Selesai" in months


def test_wrong_wages_come_back_and_right_ones_are_kept(office: Office) -> None:
    office.begin()
    siti, budi = office.jobs["Siti Rahmawati"], office.jobs["Budi Santoso"]
    answer = office.clerk.post(office.url("report_wages"), {f"upah-{siti}": "banyak", f"upah-{budi}": "0"})
    shown = text_of(answer)
    assert "banyak: tulis rupiah utuh" in shown and "Upah harus lebih dari nol" in shown
    assert boxes(answer)[f"upah-{siti}"] == "banyak"
    office.clerk.post(office.url("report_wages"), {f"upah-{siti}": "banyak", f"upah-{budi}": "5,5 juta"})
    with cast.everyone():
        assert [(one.employment_id, one.wage_rupiah) for one in ReportChange.objects.all()] == [(budi, 5_500_000)]


def test_one_worker_leaves_is_unpaid_and_it_is_taken_back(office: Office) -> None:
    office.begin()
    siti = office.jobs["Siti Rahmawati"]
    day = timezone.localdate()
    form = {"what": "keluar", "wage_rupiah": "5.000.000", "day-d": "1", "day-m": str(day.month), "day-y": str(day.year)}
    wrong = text_of(office.clerk.post(office.url("report_worker", siti), form))
    assert "Sebab keluar belum dipilih" in wrong
    assert office.clerk.post(office.url("report_worker", siti), {**form, "leaving": "resigned"}).status_code == 302
    budi = office.jobs["Budi Santoso"]
    office.clerk.post(office.url("report_worker", budi), {"what": "tanpa_upah", "note": "Cuti"})
    shown = text_of(office.clerk.get(office.url("report"), {"lihat": "changed"}))
    assert "Mengundurkan diri" in shown and "Tanpa upah" in shown
    with cast.everyone():
        row = ReportChange.objects.get(kind="leave")
    assert "Batalkan baris ini?" in office.open("report_undo", row.pk)
    office.clerk.post(office.url("report_undo", row.pk))
    office.clerk.post(office.url("report_worker", budi), {"what": "bekerja"})
    with cast.everyone():
        assert not ReportChange.objects.exists()


def test_a_joiner_is_looked_at_before_being_added_and_registered_at_approval(office: Office) -> None:
    office.begin()
    person = cast.person("Agus Wijaya", sex="m")
    day = timezone.localdate().replace(day=1)
    form = {
        "nik": person.nik, "name": person.name, "birth_date-d": str(person.birth_date.day),
        "birth_date-m": str(person.birth_date.month), "birth_date-y": str(person.birth_date.year), "sex": "m",
        "mother_name": person.mother_name, "regency_code": str(cast.SIDOARJO), "joined_on-d": str(day.day),
        "joined_on-m": str(day.month), "joined_on-y": str(day.year), "wage_rupiah": "4500000", "segment": "pu",
    }  # fmt: skip
    assert "Periksa jawaban Anda" in text_of(office.clerk.post(office.url("report_join"), form))
    added = office.clerk.post(office.url("report_join"), {**form, "langkah": "simpan"}, follow=True)
    assert "didaftarkan saat laporan disetujui" in text_of(added) and person.nik not in added.content.decode()
    office.submit()
    office.approve()
    with cast.everyone():
        assert Employment.objects.filter(participant__name="Agus Wijaya", employer=office.employer).count() == 1


def test_a_participant_joins_by_number_name_and_birth_date(office: Office) -> None:
    with cast.everyone():
        known = cast.participant("Joko Pratama", sex="m")
    office.begin()
    day, born = timezone.localdate().replace(day=1), known.birth_date
    form = {
        "kpj": known.kpj, "name": "Orang Berbeda", "birth_date-d": str(born.day), "birth_date-m": str(born.month),
        "birth_date-y": str(born.year), "joined_on-d": str(day.day), "joined_on-m": str(day.month), "joined_on-y": str(day.year),
        "wage_rupiah": "4500000",
    }  # fmt: skip
    refused = office.clerk.post(office.url("report_join_known"), form)
    assert "bukan milik orang" in text_of(refused) and "Joko" not in refused.content.decode()
    assert office.clerk.post(office.url("report_join_known"), {**form, "name": "Joko Pratama"}).status_code == 302


def test_a_report_goes_back_and_forth(office: Office) -> None:
    office.begin()
    office.submit()
    sent = office.boss.post(office.url("report_back"), {"reason": "Upah Siti naik"}, follow=True)
    assert "Dikembalikan untuk diperbaiki" in text_of(sent) and "Upah Siti naik" in text_of(sent)
    office.submit()
    assert "kembali menjadi draf" in text_of(office.clerk.post(office.url("report_recall"), follow=True))
    gone = text_of(office.clerk.post(office.url("report_withdraw"), {"reason": "Salah bulan"}, follow=True))
    assert "Tidak ada yang dicatat" in gone and "Belum dilaporkan" in gone
    assert "Ditarik" in office.open("report_history")


def test_who_prepared_has_no_button_and_is_refused(office: Office) -> None:
    office.begin()
    office.boss.post(office.url("report_check"))
    shown = office.open(who=office.boss)
    assert "Penyusun tidak menyetujui laporannya sendiri" in shown
    assert office.boss.post(office.url("report_approve")).status_code == 403
    assert office.clerk.get(office.url("report_approve")).status_code == 403
    assert newest().state == "prepared"


def test_the_second_of_two_approvals_is_told_who_was_first(office: Office) -> None:
    office.begin()
    office.submit()
    office.approve()
    again = office.boss.post(office.url("report_approve"))
    assert "sudah disetujui oleh Bos Contoh" in text_of(again, 409)


def test_an_amended_month_shows_the_difference_and_keeps_both_versions(office: Office) -> None:
    office.begin()
    office.submit()
    office.approve()
    assert office.clerk.post(office.url("report")).status_code == 302
    office.clerk.post(office.url("report_wages"), {f"upah-{office.jobs['Siti Rahmawati']}": "6000000"})
    checked = office.open("report_check")
    assert "Bulan ini sudah ditagih atau sudah ditutup" in checked and "Selisih iuran" in checked
    office.submit()
    office.approve()
    assert "versi 2" in office.open() and "versi 2" in office.open("report_history")
    assert "Selisih" in office.open() and "Rp15.000.000" in office.open("report_version", 1)


def test_the_workbook_goes_out_and_comes_back_as_exceptions(office: Office) -> None:
    office.begin()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(office.clerk.get(office.url("report_sheet")).streaming_content)))
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    assert titles[:7] == ["KPJ", "Nama", "Unit", "Upah", "Tanggal keluar", "Sebab keluar", "Tanpa upah"]
    rows = {row[1].value: row for row in page.iter_rows(min_row=2) if row[1].value}
    rows["Siti Rahmawati"][3].value = 6_500_000
    rows["Budi Santoso"][4].value = f"{timezone.localdate():%d-%m-%Y}"
    rows["Budi Santoso"][5].value = "Kontrak berakhir"
    rows["Wati Lestari"][6].value = "Ya"
    person = cast.person("Agus Wijaya", sex="m")
    column = {title: at for at, title in enumerate(titles, 1)}
    for title, value in {
        "NIK": person.nik, "Nama": person.name, "Tanggal lahir": f"{person.birth_date:%d-%m-%Y}", "Jenis kelamin": "L",
        "Nama ibu kandung": "Ibu Contoh", "Kode wilayah": "3515", "Tanggal masuk": f"{timezone.localdate():%d-%m-%Y}",
        "Upah": 4_700_000,
    }.items():  # fmt: skip
        page.cell(len(rows) + 2, column[title]).value = value
    page.append(["00000000000", "Tidak Dikenal", "", 5_000_000])
    target = io.BytesIO()
    book.save(target)
    sent = office.clerk.post(
        office.url("report_upload"), {"file": SimpleUploadedFile("bulan.xlsx", target.getvalue(), XLSX)}, follow=True
    )
    assert "sedang dibaca" in text_of(sent)
    with cast.everyone():
        file = ReportFile.objects.get()
    reports.read_file(file.pk, now=timezone.now())
    shown = office.open("report_file", file.pk)
    assert "Sudah dibaca" in shown and "Perlu diperbaiki" in shown
    with cast.everyone():
        found = {(one.kind, one.name) for one in ReportChange.objects.all()}
    assert found == {
        ("wage", "Siti Rahmawati"), ("leave", "Budi Santoso"), ("absent", "Wati Lestari"), ("join", "Agus Wijaya"),
    }  # fmt: skip
    kind = re.search(r"unggah/\d+/baris/([a-z_]+)/", office.clerk.get(office.url("report_file", file.pk)).content.decode())
    assert kind is not None and "Baris 6" in office.open("report_file_rows", file.pk, kind[1])
    back = office.clerk.get(office.url("report_file_back", file.pk))
    assert openpyxl.load_workbook(io.BytesIO(back.content)).worksheets[0].max_row >= 2
    office.submit()
    assert "Disetujui dan ditagihkan" in office.approve()


def test_the_csv_comes_back_unchanged_and_changes_nothing(office: Office) -> None:
    office.begin()
    content = b"".join(office.clerk.get(office.url("report_sheet"), {"bentuk": "csv"}).streaming_content)
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 5
    office.clerk.post(office.url("report_upload"), {"file": SimpleUploadedFile("bulan.csv", content, "text/csv")})
    with cast.everyone():
        file = ReportFile.objects.get()
    reports.read_file(file.pk, now=timezone.now())
    with cast.everyone():
        file.refresh_from_db()
        assert (file.state, file.rows_changed, file.error) == ("done", 0, ""), file.error
        assert not ReportChange.objects.exists()


def test_a_file_that_is_no_list_says_so(office: Office) -> None:
    office.begin()
    answer = office.clerk.post(office.url("report_upload"), {"file": SimpleUploadedFile("foto.xlsx", b"\x89PNG bukan", XLSX)})
    assert answer.status_code == 200 and "Perlu diperbaiki" in answer.content.decode()


def test_a_report_cannot_be_submitted_while_its_file_is_read(office: Office) -> None:
    office.begin()
    content = b"".join(office.clerk.get(office.url("report_sheet"), {"bentuk": "csv"}).streaming_content)
    office.clerk.post(office.url("report_upload"), {"file": SimpleUploadedFile("bulan.csv", content, "text/csv")})
    assert "masih dibaca" in text_of(office.clerk.post(office.url("report_check")), 409)


def test_the_only_person_of_a_shop_proves_again_to_be_themself(db: Any) -> None:
    with cast.everyone():
        shop = cast.employer("Warung Bu Contoh", scale="micro")
        owner = cast.user("warung", "employer_approver", "employer", shop.pk)
        cast.works(cast.participant("Sari Contoh"), shop, add_months(MONTH, -1), 1_500_000)
    client = cast.signed_in(Client(), owner)

    def url(name: str) -> str:
        return reverse(f"employer:{name}", args=[shop.npp, MONTH])

    client.post(url("report"))
    client.post(url("report_check"))
    assert "Anda satu-satunya pengguna" in text_of(client.get(url("report")))
    asked = client.post(url("report_alone"))
    assert asked.status_code == 302 and "ulangi" in asked.headers["Location"] and newest().state == "prepared"
    again = client.post(reverse("account_reauthenticate"), {"password": "kata-sandi-contoh", "next": url("report_alone")})
    assert again.status_code == 302
    assert "Disetujui dan ditagihkan" in text_of(client.post(url("report_alone"), follow=True))
    assert newest().alone


def test_the_supervisor_approves_for_a_firm_with_one_person(db: Any) -> None:
    with cast.everyone():
        firm = cast.employer("PT Seorang Diri", scale="medium")
        owner = cast.user("seorang", "employer_approver", "employer", firm.pk)
        cast.works(cast.participant("Sari Contoh"), firm, add_months(MONTH, -1), 1_000_000)
        supervisor = cast.signed_in(Client(), cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO))
        far = cast.signed_in(Client(), cast.user("jauh", "branch_supervisor", "region", cast.LUMAJANG))
        officer = cast.signed_in(Client(), cast.user("petugas", "branch_officer", "region", cast.SIDOARJO))
    with cast.as_user(owner):
        report = reports.begin(employer_id=firm.pk, month=MONTH, today=timezone.localdate())
        reports.prepare(report_id=report.pk, now=timezone.now())
    assert "PT Seorang Diri" in text_of(supervisor.get(reverse("officer:reports")))
    assert "PT Seorang Diri" not in text_of(far.get(reverse("officer:reports")))
    page = reverse("officer:report", args=[report.pk])
    shown = text_of(supervisor.get(page))
    assert "Upah di bawah upah minimum" in shown and "PP 86/2013" in shown
    assert far.get(page).status_code == 403
    assert officer.get(page).status_code == 200
    assert officer.post(reverse("officer:report_approve", args=[report.pk])).status_code == 403
    assert "Disetujui" in text_of(supervisor.post(reverse("officer:report_approve", args=[report.pk]), follow=True))
    assert "PT Seorang Diri" in text_of(supervisor.get(reverse("officer:reports_flagged")))


def test_nobody_sees_the_report_of_another(office: Office) -> None:
    office.begin()
    with cast.everyone():
        other = cast.employer("PT Lain")
        stranger = cast.signed_in(Client(), cast.user("lain", "employer_approver", "employer", other.pk))
    for name in ("report", "report_check", "report_sheet", "report_history", "report_join"):
        assert stranger.get(office.url(name)).status_code in (403, 404), name
    mine = reverse("employer:report_worker", args=[other.npp, MONTH, office.jobs["Siti Rahmawati"]])
    stranger.post(reverse("employer:report", args=[other.npp, MONTH]))
    assert stranger.get(mine).status_code == 404


def test_a_month_to_come_is_refused_and_nonsense_is_not_found(office: Office) -> None:
    ahead = reverse("employer:report", args=[office.employer.npp, add_months(MONTH, 2)])
    assert "belum tiba" in text_of(office.clerk.post(ahead), 409)
    assert office.clerk.get(ahead.replace(format_month(add_months(MONTH, 2)), "2026-13")).status_code == 404
