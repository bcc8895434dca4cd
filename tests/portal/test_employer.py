"""An employer's pages: workers one at a time and in files, units, facts, cards; nothing of another employer."""

from __future__ import annotations

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jamsostek.core.months import add_months, month_of
from jamsostek.registry.actions import uploads
from jamsostek.registry.models import Card, Employer, EmployerUnit, Employment, Participant, Project, Upload
from tests import cast
from tests.sheets import join, sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Desk:
    """A company with a clerk's browser."""

    def __init__(self, name: str = "PT Contoh Makmur", role: str = "employer_clerk", **given: Any) -> None:
        with cast.everyone():
            self.employer = cast.employer(name, **given)
            self.user = cast.user(f"{role}.{self.employer.npp}", role, "employer", self.employer.pk)
        self.client = cast.signed_in(Client(), self.user)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"employer:{name}", args=[self.employer.npp, *more])

    def hire(self, name: str, **given: Any) -> Employment:
        with cast.everyone():
            return Employment.objects.get(pk=cast.works(cast.participant(name), self.employer, **given))

    def get(self, name: str, *more: object, **query: str) -> str:
        answer = self.client.get(self.url(name, *more), query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def post(self, url: str, **data: Any) -> Any:
        return self.client.post(url, data, follow=True)

    def send_file(self, content: bytes, name: str = "daftar.xlsx", **more: Any) -> Any:
        month = month_of(timezone.localdate())
        data = {
            "file": SimpleUploadedFile(name, content, XLSX),
            "month-m": str(month % 100),
            "month-y": str(month // 100),
            **more,
        }
        return self.client.post(self.url("upload"), data, follow=True)


def newest_upload() -> Upload:
    with cast.everyone():
        return Upload.objects.latest("pk")


def worker_form(number: int = 1, **given: Any) -> dict[str, Any]:
    row = join(number)
    day, month, year = row["birth_date"].split("-")
    today = timezone.localdate()
    form = {
        "nik": row["nik"], "name": row["name"], "birth_date-d": day, "birth_date-m": month, "birth_date-y": year,
        "sex": "f" if row["sex"] == "P" else "m", "mother_name": row["mother_name"], "regency_code": str(cast.SIDOARJO),
        "phone": "0812 0000 0001", "joined_on-d": str(today.day), "joined_on-m": str(today.month), "joined_on-y": str(today.year),
        "wage_rupiah": "4,5 juta", "segment": "pu", "position": "Operator",
    }  # fmt: skip
    return form | given


@pytest.mark.django_db
def test_one_company_opens_at_once_and_several_are_chosen_from() -> None:
    desk = Desk()
    assert desk.client.get("/perusahaan/").headers["Location"] == desk.url("company")
    with cast.everyone():
        from jamsostek.access.models import Grant

        other = cast.employer("PT Kedua")
        Grant.objects.create(user=desk.user, role="employer_clerk", kind="employer", target=other.pk, from_month=202601)
    page = desk.client.get("/perusahaan/").content.decode()
    assert "PT Kedua" in page and "PT Contoh Makmur" in page


@pytest.mark.django_db
def test_the_first_page_tells_what_is_open() -> None:
    desk = Desk()
    job = desk.hire("Siti Rahmawati", from_month=202601)
    with cast.everyone():
        Employment.objects.filter(pk=job.pk).update(
            to_month=month_of(timezone.localdate()),
            left_on=timezone.localdate(),
            leaving="resigned",
            leaving_reported_by="worker",
        )
    desk.send_file(sheet([join(1)]))
    page = desk.get("company")
    assert "Dilaporkan keluar oleh pekerja" in page
    assert "daftar.xlsx" in page


@pytest.mark.django_db
def test_workers_are_searched_filtered_and_downloaded_and_the_look_is_remembered() -> None:
    desk = Desk()
    first, gone = desk.hire("Siti Rahmawati"), desk.hire("Budi Santoso")
    with cast.everyone():
        Employment.objects.filter(pk=gone.pk).update(to_month=202603, left_on=dt.date(2026, 3, 3), leaving="resigned")
        from jamsostek.registry.actions.changes import as_person

        kpj, nik = first.participant.kpj, as_person(first.participant).nik
    assert "Siti Rahmawati" in desk.get("workers") and "Budi Santoso" not in desk.get("workers")
    assert "Budi Santoso" in desk.get("workers", keadaan="left")
    assert "Siti Rahmawati" in desk.get("workers", cari="rahma") and "Siti Rahmawati" in desk.get("workers", cari=kpj)
    assert "Tidak ada yang cocok" in desk.get("workers", cari="zulkifli")
    posted = desk.client.post(desk.url("workers"), {"cari": nik, "keadaan": "working"})
    assert posted.status_code == 200 and "Siti Rahmawati" in posted.content.decode() and nik not in posted.content.decode()
    assert desk.client.post(desk.url("workers"), {"cari": "siti"}).headers["Location"].endswith("?cari=siti")
    csv = b"".join(desk.client.get(desk.url("download"), {"bentuk": "csv", "keadaan": "all"}).streaming_content).decode(
        "utf-8-sig"
    )
    assert "Siti Rahmawati" in csv and "Budi Santoso" in csv and "Diunduh oleh" in csv
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.client.get(desk.url("download")).streaming_content)))
    assert book.worksheets[0].max_row == 2
    with cast.everyone():
        from jamsostek.registry.queries.people import trail

        assert "export" in {look.action for look in trail(first.participant_id)}


@pytest.mark.django_db
def test_a_worker_page_masks_secrets_and_says_nothing_of_other_jobs() -> None:
    desk, other = Desk(), Desk("PT Rahasia Lain")
    job = desk.hire("Siti Rahmawati")
    with cast.everyone():
        from jamsostek.registry.actions.changes import as_person

        cast.works(job.participant, other.employer, wage_rupiah=7_654_321)
        whole = as_person(job.participant)
    page = desk.get("worker", job.pk)
    assert whole.nik not in page and whole.phone not in page
    assert "PT Rahasia Lain" not in page and "7.654.321" not in page
    assert "Rp5.000.000" in page


@pytest.mark.django_db
def test_wage_leaving_and_taking_it_back() -> None:
    desk = Desk()
    job = desk.hire("Siti Rahmawati", from_month=202601)
    now = month_of(timezone.localdate())
    answer = desk.post(
        desk.url("wage", job.pk),
        **{"wage_rupiah": "Rp 6.250.000,-", "from_month-m": str(now % 100), "from_month-y": str(now // 100)},
    )
    assert "Rp6.250.000" in answer.content.decode()
    early = desk.post(desk.url("wage", job.pk), **{"wage_rupiah": "1", "from_month-m": "1", "from_month-y": "2020"})
    assert "tidak bekerja di sini" in early.content.decode()
    today = timezone.localdate()
    leaving = {"left_on-d": str(today.day), "left_on-m": str(today.month), "left_on-y": str(today.year), "leaving": "resigned"}
    asked = desk.post(desk.url("leave", job.pk), **leaving).content.decode()
    assert "sudah keluar?" in asked and "Ya, catat keluar" in asked
    with cast.everyone():
        assert Employment.objects.get(pk=job.pk).to_month is None, "nothing yet"
    done = desk.post(desk.url("leave", job.pk), langkah="ya", **leaving).content.decode()
    assert "tercatat keluar" in done
    again = desk.post(desk.url("reopen", job.pk), reason="Salah orang").content.decode()
    assert "bekerja lagi di sini" in again
    with cast.everyone():
        assert Employment.objects.get(pk=job.pk).to_month is None


@pytest.mark.django_db
def test_adding_one_worker_asks_checks_and_keeps() -> None:
    desk = Desk()
    form = worker_form()
    wrong = desk.post(desk.url("add"), **worker_form(nik="123", phone="12")).content.decode()
    assert "NIK harus 16 angka" in wrong and "Nomor telepon tidak terbaca" in wrong, "all that is wrong at once"
    look = desk.post(desk.url("add"), langkah="periksa", **form).content.decode()
    assert "Periksa jawaban Anda" in look and "Rp4.500.000" in look
    with cast.everyone():
        assert not Participant.objects.exists()
    back = desk.post(desk.url("add"), langkah="ubah", **form).content.decode()
    assert form["name"] in back and "Periksa jawaban" not in back
    done = desk.post(desk.url("add"), langkah="simpan", **form).content.decode()
    assert "terdaftar: KPJ" in done
    again = desk.post(desk.url("add"), langkah="simpan", **form).content.decode()
    assert "sudah bekerja di sini" in again
    with cast.everyone():
        assert Employment.objects.count() == Participant.objects.count() == 1


@pytest.mark.django_db
def test_somebody_known_elsewhere_is_tied_and_another_name_is_refused() -> None:
    desk, other = Desk(), Desk("PT Lain")
    other.post(other.url("add"), langkah="simpan", **worker_form())
    look = desk.post(desk.url("add"), langkah="periksa", **worker_form()).content.decode()
    assert "sudah terdaftar sebagai peserta" in look
    assert "sudah peserta: KPJ" in desk.post(desk.url("add"), langkah="simpan", **worker_form()).content.decode()
    third = Desk("PT Ketiga")
    for step in ("periksa", "simpan"):
        refused = third.post(third.url("add"), langkah=step, **worker_form(name="Maria Goreti Kusuma")).content.decode()
        assert "milik peserta dengan nama lain" in refused
    with cast.everyone():
        assert not Employment.objects.filter(employer=third.employer).exists()


@pytest.mark.django_db
def test_a_file_from_form_to_result_and_its_mended_rows_again() -> None:
    desk = Desk()
    template = desk.client.get(reverse("uploads:template", args=["employer"]))
    titles = [
        cell.value for row in openpyxl.load_workbook(io.BytesIO(template.getvalue())).worksheets[0].iter_rows() for cell in row
    ]
    assert "NIK" in titles
    answer = desk.send_file(sheet([join(1), join(2, nik="99"), join(3)]))
    assert "Berkas sedang dibaca" in answer.content.decode()
    upload = newest_upload()
    uploads.read(upload.pk, now=timezone.now())
    url = reverse("uploads:upload", args=[upload.pk])
    page = desk.client.get(url).content.decode()
    assert "Yang akan terjadi" in page and "Catat 2 baris baik" in page and "NIK tidak 16 angka" in page
    details = desk.client.get(reverse("uploads:problems", args=[upload.pk, "nik_length"])).content.decode()
    assert "Baris 3" in details
    writing = desk.post(reverse("uploads:confirm", args=[upload.pk])).content.decode()
    assert "0 dari 2 baris" in writing and "<noscript><meta http-equiv=" in writing
    part = desk.client.get(reverse("uploads:state", args=[upload.pk]), {"dari": "writing"}, HTTP_HX_REQUEST="true")
    assert "HX-Refresh" not in part.headers and "0 dari 2 baris" in part.content.decode()
    uploads.write(upload.pk, today=timezone.localdate(), now=timezone.now())
    part = desk.client.get(reverse("uploads:state", args=[upload.pk]), {"dari": "writing"}, HTTP_HX_REQUEST="true")
    assert part.headers["HX-Refresh"] == "true"
    page = desk.client.get(url).content.decode()
    assert "Unduh baris yang perlu diperbaiki" in page
    returned = desk.client.get(reverse("uploads:to_mend", args=[upload.pk]))
    book = openpyxl.load_workbook(io.BytesIO(returned.getvalue()))
    cell = next(cell for row in book.worksheets[0].iter_rows() for cell in row if str(cell.value) == "99")
    cell.value = join(2)["nik"]
    mended = io.BytesIO()
    book.save(mended)
    desk.send_file(mended.getvalue(), "perbaikan.xlsx")
    second = newest_upload()
    uploads.read(second.pk, now=timezone.now())
    desk.post(reverse("uploads:confirm", args=[second.pk]))
    uploads.write(second.pk, today=timezone.localdate(), now=timezone.now())
    assert desk.get("workers").count("Bekerja</strong>") == 3
    assert desk.client.get(reverse("uploads:whole", args=[second.pk])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "kosong.xlsx", "kosong"),
        (b"%PDF-1.7", "daftar.xlsx", "bukan buku kerja"),
        (b"PK\x03\x04" + b"\0" * 400, "daftar.xlsx", "rusak"),
        (b"\x89PNG\r\n", "foto.png", "bukan buku kerja"),
    ],
)
def test_wrong_files_are_told_at_the_field(content: bytes, name: str, words: str) -> None:
    desk = Desk()
    answer = desk.send_file(content, name)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    with cast.everyone():
        assert not Upload.objects.exists()


@pytest.mark.django_db
def test_the_page_names_activities_as_the_form_it_offers_does() -> None:
    desk = Desk()
    for speak, words in (("id", "MASUK, KELUAR, UBAH UPAH"), ("en", "JOIN, LEAVE, WAGE CHANGE")):
        desk.client.cookies["jamsostek_language"] = speak
        assert words in desk.client.get(desk.url("upload")).content.decode()
        form = desk.client.get(reverse("uploads:template", args=["employer"])).content
        checks = openpyxl.load_workbook(io.BytesIO(form)).worksheets[0].data_validations.dataValidation
        assert any(words.replace(", ", ",") in str(check.formula1) for check in checks)


@pytest.mark.django_db
def test_a_bomb_is_refused_and_a_month_far_ahead_too() -> None:
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (80 << 20))
    desk = Desk()
    assert "mengembang" in desk.send_file(target.getvalue()).content.decode()
    later = add_months(month_of(timezone.localdate()), 3)
    far = desk.send_file(sheet([join(1)]), **{"month-m": str(later % 100), "month-y": str(later // 100)})
    assert "Paling jauh" in far.content.decode()


@pytest.mark.django_db
def test_the_same_file_twice_is_one_and_cancelling_leaves_nothing() -> None:
    desk = Desk()
    content = sheet([join(1)])
    desk.send_file(content)
    first = newest_upload()
    assert desk.send_file(content).redirect_chain[-1][0] == reverse("uploads:upload", args=[first.pk])
    cancelled = desk.post(reverse("uploads:cancel", args=[first.pk])).content.decode()
    assert "Tidak ada yang dicatat" in cancelled
    assert desk.client.post(reverse("uploads:confirm", args=[first.pk])).status_code == 409


@pytest.mark.django_db
def test_nothing_of_another_company_opens() -> None:
    desk, other = Desk(), Desk("PT Lain")
    job = other.hire("Siti Rahmawati")
    other.send_file(sheet([join(1)]))
    upload = newest_upload()
    names = ("company", "workers", "download", "add", "cards", "upload", "units", "projects", "facts", "change_facts")
    urls = [other.url(name) for name in names]
    urls += [other.url(name, job.pk) for name in ("worker", "wage", "leave", "reopen")]
    urls += [desk.url(name, job.pk) for name in ("worker", "wage", "leave", "reopen")]
    urls += [reverse(f"uploads:{name}", args=[upload.pk]) for name in ("upload", "state", "to_mend", "whole")]
    urls += [reverse("uploads:problems", args=[upload.pk, "nik_length"]), reverse("uploads:answers", args=[upload.pk, "known"])]
    assert {desk.client.get(url).status_code for url in urls} == {403}
    posts = [reverse(f"uploads:{name}", args=[upload.pk]) for name in ("confirm", "cancel")] + [
        other.url("card", job.pk),
        other.url("cards"),
    ]
    assert {desk.client.post(url).status_code for url in posts} == {403}


@pytest.mark.django_db
def test_units_projects_and_facts_are_for_the_approver_to_change() -> None:
    clerk = Desk()
    assert "Hanya penyetuju" in clerk.get("units")
    assert clerk.post(clerk.url("units"), code="A", name="Unit A", regency_code=str(cast.SIDOARJO)).status_code == 403
    desk = Desk("PT Bangun Jaya", "employer_approver", kind="construction")
    added = desk.post(desk.url("units"), code="PBR", name="Pabrik", regency_code=str(cast.SIDOARJO)).content.decode()
    assert "Unit Pabrik ditambahkan" in added
    twice = desk.post(desk.url("units"), code="PBR", name="Lain", regency_code=str(cast.SIDOARJO)).content.decode()
    assert "sudah dipakai" in twice
    day = {
        "starts_on-d": "1",
        "starts_on-m": "12",
        "starts_on-y": "2026",
        "ends_on-d": "30",
        "ends_on-m": "6",
        "ends_on-y": "2027",
    }
    project = {"name": "Jembatan Contoh", "owner": "Dinas PU", "contract_rupiah": "2 miliar", "regency_code": str(cast.SIDOARJO)}
    assert "terdaftar: nomor" in desk.post(desk.url("projects"), **project, **day).content.decode()
    facts = desk.get("facts")
    assert "Kelas risiko JKK" in facts and "PP 82/2019" in facts
    change = {
        "name": "PT Bangun Jaya", "industry": "5.1", "kbli": "41011", "scale": "large", "labour_intensive": "tidak",
        "regency_code": str(cast.SIDOARJO), "address": "Jl. Contoh 5",
    }  # fmt: skip
    assert "tersimpan" in desk.post(desk.url("change_facts"), **change).content.decode()
    with cast.everyone():
        assert EmployerUnit.objects.count() == Project.objects.count() == 1
        assert Employer.objects.get(pk=desk.employer.pk).risk_class == "very_high"


@pytest.mark.django_db
def test_cards_of_one_worker_and_of_all() -> None:
    desk = Desk()
    job = desk.hire("Siti Rahmawati")
    answer = desk.client.post(desk.url("card", job.pk))
    assert answer.getvalue().startswith(b"%PDF")
    desk.hire("Budi Santoso")
    assert "2 orang terlindungi" in desk.get("cards")
    assert desk.client.post(desk.url("cards")).getvalue().startswith(b"%PDF")
    with cast.everyone():
        assert Card.objects.count() == 3


# --- in the browser ---------------------------------------------------------------------------------------------------


class Browser:
    """Chromium in a thread of its own: its driver's loop and Django's connections do not mix."""

    def __init__(self, url: str, session: str) -> None:
        self.url, self.session = url, session
        self.thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Browser:
        self.run(self._start)
        return self

    def __exit__(self, *_error: object) -> None:
        self.run(lambda: (self.browser.close(), self.driver.stop()))
        self.thread.shutdown()

    def _start(self) -> None:
        import os

        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        self.browser = self.driver.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"])

    def run(self, do: Any) -> Any:
        return self.thread.submit(do).result()

    def open(self, **options: Any) -> Any:
        def go() -> Any:
            context = self.browser.new_context(viewport={"width": 360, "height": 640}, **options)
            context.add_cookies([{"name": "jamsostek_session", "value": self.session, "url": self.url}])
            return context.new_page()

        return self.run(go)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_clerk_sends_a_list_with_the_browser(portal_server: Any, scripts: bool) -> None:
    desk = Desk()
    session = desk.client.cookies["jamsostek_session"].value
    content = sheet([join(1), join(2, nik="99"), join(3)])
    with Browser(portal_server.url, session) as browser:
        page = browser.open(java_script_enabled=scripts)

        def send() -> None:
            page.goto(portal_server.url + "/perusahaan/")
            page.get_by_role("link", name="Kirim daftar pekerja").click()
            page.set_input_files("input[type=file]", {"name": "daftar.xlsx", "mimeType": XLSX, "buffer": content})
            page.get_by_role("button", name="Kirim dan periksa").click()
            page.get_by_text("Berkas sedang dibaca").wait_for()

        def look_again(words: str) -> Any:
            def go() -> None:
                if not scripts:
                    page.get_by_role("link", name="Lihat keadaan terbaru").click()
                page.get_by_text(words).first.wait_for(timeout=15_000)

            return go

        browser.run(send)
        upload = newest_upload()
        uploads.read(upload.pk, now=timezone.now())
        browser.run(look_again("Yang akan terjadi"))
        browser.run(lambda: page.get_by_role("button", name="Catat 2 baris baik").click())
        browser.run(lambda: page.get_by_text("0 dari 2 baris").wait_for())
        uploads.write(upload.pk, today=timezone.localdate(), now=timezone.now())
        browser.run(look_again("Baris yang baik sudah dicatat"))
        assert browser.run(lambda: page.get_by_role("link", name="Unduh baris yang perlu diperbaiki").is_visible())
