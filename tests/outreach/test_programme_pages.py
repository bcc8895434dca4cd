"""A programme through its pages: rule, money, register, a village's answers, funding, a list, enrolment, what came of it."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from typing import Any

import cast
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from movement import HOME, VILLAGES, Poor, head, linked, officer, poor, registered

from jamsostek.outreach.actions import candidates, decrees
from jamsostek.outreach.models import Candidate, Decree, Intake, Programme, Quota, Reconciliation, Rule, Source
from jamsostek.registry.models import Region

TODAY = timezone.localdate()
YEAR_RUPIAH = 12 * 16_800
LIST = [
    *poor(12),
    Poor("Terlalu Tua", dt.date(1955, 2, 3)),
    Poor("Sudah Kaya", dt.date(1991, 2, 3), decile=8),
    Poor("Tanpa Nomor", dt.date(1994, 2, 3), nik=""),
    Poor("Difabel Kuat", dt.date(1996, 2, 3), decile=2, disability="fisik"),
]


class Desk:
    """The browsers of those who work on a programme."""

    def __init__(self) -> None:
        with cast.everyone():
            users = {
                "officer": officer(), "head": head(), "far": officer(3516),
                "village": cast.user("desa", "village_operator", "village", VILLAGES[0]),
                "far_village": cast.user("desa2", "village_operator", "village", VILLAGES[1]),
                "branch": cast.user("cabang", "branch_officer", "region", HOME),
                "pusat": cast.user("pusat", "head_office"),
            }  # fmt: skip
        self.clients = {name: self._client(user) for name, user in users.items()}

    def _client(self, user: Any) -> Client:
        client = cast.signed_in(Client(), user)
        client.cookies["jamsostek_language"] = "id"
        return client

    def read(self, who: str, url: str, status: int = 200) -> str:
        """What a page says."""
        return text(self.clients[who].get(url), status)

    def does(self, who: str, url: str, **told: Any) -> str:
        """A form filled in, looked at, done; where that leads, as a page."""
        look = self.clients[who].post(url, told or {"x": "1"})
        assert "Periksa dahulu" in text(look), text(look)
        done = self.clients[who].post(url, {**told, "langkah": "simpan"})
        assert done.status_code == 302, text(done)
        return self.read(who, done["Location"])


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def months(name: str, month: int) -> dict[str, str]:
    return {f"{name}-m": str(month % 100), f"{name}-y": str(month // 100)}


def rule_told(**more: str) -> dict[str, str]:
    return {
        "region_code": str(HOME), "name": "Contoh", "regulation": "contoh", "sample": "on", "decile_1": "40", "decile_2": "30",
        "disability": "15", "children_each": "5", "children_most": "15", "occupation": "Nelayan 20\nPetani 5",
    } | more  # fmt: skip


def programme_told(sponsor: int, rule: int, **more: Any) -> dict[str, Any]:
    return {
        "region_code": str(HOME), "title": "Pekerja rentan 2027", "year": "2027", "sponsor_id": str(sponsor),
        "rule_id": str(rule),
        "regulation": "Perbup contoh", "least_age": "18", "below_age": "65", "deciles": ["1", "2", "3", "4"],
        "package": "jkk,jkm",
        "income_rupiah": "1.000.000",
    } | more  # fmt: skip


def source_told(at: int, title: str, rupiah: int, kind: str = "apbd", **more: Any) -> dict[str, Any]:
    told = {f"title_{at}": title, f"kind_{at}": kind, f"rupiah_{at}": str(rupiah), f"regulation_{at}": "Perda contoh"}
    return (
        told | months(f"from_{at}", 202701) | months(f"to_{at}", 202712) | {f"{name}_{at}": value for name, value in more.items()}
    )


@pytest.fixture
def desk(committed_db: Any) -> Desk:
    return Desk()


def only(model: Any, **where: Any) -> Any:
    with cast.everyone():
        return model.objects.get(**where)


def made_programme(desk: Desk, people: int = 6) -> Programme:
    """Rule, programme and money through pages, opened by the head."""
    with cast.everyone():
        sponsor = cast.sponsor()
    desk.does("officer", reverse("programmes:rule_write"), **rule_told())
    rule = only(Rule)
    desk.does("head", reverse("programmes:rule_adopt", args=[rule.pk]))
    desk.does("officer", reverse("programmes:make"), **programme_told(sponsor.pk, rule.pk))
    made = only(Programme)
    assert b"<h2>Sumber 1</h2>" in desk.clients["officer"].get(at(made, "sources")).content
    page = desk.does("officer", at(made, "sources"), **source_told(0, "APBD 2027", people * YEAR_RUPIAH))
    assert "Sumber dana disimpan" in page
    desk.does("head", at(made, "open"))
    return only(Programme)


def at(programme: Programme, name: str = "programme") -> str:
    return reverse(f"programmes:{name}", args=[programme.number])


def taken_in(desk: Desk, made: Programme, *people: Poor) -> None:
    register = registered(*people)
    with cast.everyone():
        for one in poor(40, 200):
            cast.participant(one.name, birth_date=one.born, sex="f", nik=one.number, village_code=None)
    assert "Daftar belum dipadankan" in desk.read("officer", at(made, "take"))
    linked(register)
    page = desk.does("officer", at(made, "take"), register_id=str(register.pk))
    assert "Menunggu giliran" in page
    intake = only(Intake)
    candidates.take(intake.pk, now=timezone.now())
    assert "Selesai" in desk.read("officer", reverse("programmes:intake", args=[intake.pk]))


def test_from_a_rule_to_people_who_are_covered(desk: Desk) -> None:
    empty = desk.read("officer", reverse("programmes:home"))
    assert "Belum ada program" in empty and "1. Masukkan daftar orang" in empty
    made = made_programme(desk)
    with cast.everyone():
        source = Source.objects.get()
        assert (source.rupiah, source.from_month, source.to_month) == (6 * YEAR_RUPIAH, 202701, 202712)
        rule = Rule.objects.get()
        assert {one["field"] for one in rule.rule["criteria"]} == {"decile", "disability", "children_school", "occupation"}
    assert "Aturan ini contoh yang dikarang" in desk.read("officer", at(made))
    taken_in(desk, made, *LIST)
    page = desk.read("officer", at(made))
    assert "Umurnya di luar batas program. 1" in page and "Desilnya di luar sasaran program. 1" in page
    assert "sahkan 13 orang yang memenuhi semua syarat" in page
    _the_village_answers(desk)
    assert "6 orang disahkan" in desk.does("officer", at(made, "verify_all"))
    _funded(desk, made)
    _listed(desk, made)
    with cast.everyone():
        assert Candidate.objects.filter(state="enrolled").count() == 6
    results = desk.read("head", at(made, "results") + "?cetak=1")
    assert "Terdaftar lewat program 6" in results and "Klaim yang diajukan 0" in results


def _the_village_answers(desk: Desk) -> None:
    """Who has no number is asked of the village; it completes one, and verifies who is ready."""
    here = reverse("village:candidates", args=[VILLAGES[0]])
    page = desk.read("village", here)
    assert "Tanpa Nomor" in page and "NIK sendiri" in page and "Siap disahkan (7)" in page
    assert "Calon penerima" in desk.read("village", reverse("village:village", args=[VILLAGES[0]]))
    row = only(Candidate, person__name__icontains="Tanpa")
    url = reverse("village:candidate_tell", args=[VILLAGES[0], row.pk])
    assert desk.clients["far_village"].get(url).status_code == 403
    assert desk.clients["far_village"].get(reverse("village:candidate_tell", args=[VILLAGES[1], row.pk])).status_code == 403
    wrong = text(desk.clients["village"].post(url, {"nik": "3515511231990001", "reason": "KTP dilihat"}))
    assert "NIK ini bukan milik orang ini" in wrong
    good = cast.nik(dt.date(1994, 2, 3), "f", HOME, 51)[:-1] + "7"
    desk.does("village", url, nik=good, reason="KTP dilihat")
    known = desk.read("village", reverse("village:candidate", args=[VILLAGES[0], row.pk]))
    assert good not in known and "Sahkan" in known
    desk.does("village", reverse("village:candidate_verify", args=[VILLAGES[0], row.pk]))
    assert "7 orang disahkan" in desk.does("village", reverse("village:candidate_verify_all", args=[VILLAGES[0]]))


def _funded(desk: Desk, made: Programme) -> None:
    look = desk.read("officer", at(made, "fund"))
    assert "Didanai 6" in look and "Menunggu dana atau kuota 8" in look
    with cast.everyone():
        assert not Candidate.objects.filter(state="funded").exists()
    changed = desk.clients["officer"].post(at(made, "fund"), {"langkah": "simpan", "dilihat": "", **months("from_month", 202702)})
    assert "Bulannya berubah" in text(changed, 409)
    done = desk.clients["officer"].post(at(made, "fund"), {"langkah": "simpan", "dilihat": ""})
    page = desk.read("officer", done["Location"])
    assert "6 orang didanai dengan Rp1.209.600; 8 orang menunggu." in page
    line = desk.read("officer", at(made, "waiting"))
    assert "Menunggu: dana atau kuota desanya sudah habis." in line
    what_if = desk.read("officer", at(made, "what_if") + "?persen=200&bulan=6&garis=2.803.590")
    assert "Pertanyaan Anda 14" in what_if and "Sembilan bulan 8" in what_if and "Dana 150 persen dari sekarang 9" in what_if
    assert (
        "Keluarga yang terjaga dari kemiskinan" in what_if and "14 bulan, bila keluarga tidak punya penghasilan lain" in what_if
    )
    ahead = desk.read("officer", at(made, "ahead") + "?keluar=10&ganti=tidak")
    assert "Januari 2027" in ahead and "10 %" in ahead
    plain = desk.clients["officer"].get(at(made, "results")).content.decode()
    printed = desk.clients["officer"].get(at(made, "results") + "?cetak=1").content.decode()
    assert '<body class="printing">' in printed and '<body class="printing">' not in plain
    first = only(Candidate, person__name__icontains="Difabel")
    page = desk.read("officer", reverse("programmes:candidate", args=[first.pk]))
    assert "Disabilitas Ya 15" in page and "Petani" in page


def _listed(desk: Desk, made: Programme) -> None:
    desk.does("officer", at(made, "decree_prepare"), title="Lampiran I")
    decree = only(Decree)
    own = desk.clients["officer"].post(reverse("programmes:decree_approve", args=[decree.code]), {"number": "188/1"})
    assert own.status_code == 403
    listed = desk.read("head", reverse("programmes:decree_village", args=[decree.code, VILLAGES[0]]))
    assert re.search(r"Rentan[aceg] Ujia|Difabel Kuat", listed)  # the lot says which of them
    assert not re.search(r"\d{16}", listed)
    desk.does("head", reverse("programmes:decree_approve", args=[decree.code]), number="188/1/2027")
    decrees.enrol(decree.pk, now=timezone.now(), today=TODAY)
    page = desk.read("officer", reverse("programmes:decree", args=[decree.code]))
    assert "Sudah didaftarkan" in page and "Terdaftar 6" in page
    paper, book = (reverse(f"programmes:decree_{name}", args=[decree.code]) for name in ("paper", "book"))
    assert desk.clients["officer"].get(paper).content.startswith(b"%PDF")
    assert desk.clients["head"].get(book).content.startswith(b"PK")
    assert desk.clients["branch"].get(book).status_code == desk.clients["far"].get(book).status_code == 403


def test_who_may_not_plan_is_refused(desk: Desk) -> None:
    made = made_programme(desk)
    for who in ("branch", "pusat"):
        assert "Pekerja rentan 2027" in desk.read(who, at(made))
        for name in ("sources", "quotas", "fund", "take", "open", "decree_prepare", "check_now"):
            assert desk.clients[who].get(at(made, name)).status_code == 403, name
    assert desk.clients["far"].get(at(made)).status_code == 403
    assert desk.clients["far"].get(at(made, "fund")).status_code == 403
    assert desk.clients["village"].get(at(made)).status_code == 403
    rule = only(Rule)
    page = text(
        desk.clients["officer"].post(reverse("programmes:rule_write"), rule_told(decile_1="", decile_2="", disability="x"))
    )
    assert "Ada yang perlu diperbaiki" in page
    desk.does("officer", reverse("programmes:rule_write"), **rule_told(decile_1="50"))
    second = only(Rule, version=2)
    assert desk.clients["officer"].post(reverse("programmes:rule_adopt", args=[second.pk]), {"x": "1"}).status_code == 403
    assert "Akibatnya pada Pekerja rentan 2027" in desk.read("officer", reverse("programmes:rule", args=[second.pk]))
    assert rule.version == 1


def test_quotas_are_pasted_and_counted_by_village(desk: Desk) -> None:
    made = made_programme(desk)
    wrong = text(desk.clients["officer"].post(at(made, "quotas"), {"quotas": "3515511001"}))
    assert "baris 1: Jumlah orangnya belum diisi. Tulis angka dari 0." in wrong
    elsewhere = text(desk.clients["officer"].post(at(made, "quotas"), {"quotas": "3516011001 3"}))
    assert "Desa 3516011001 bukan di daerah program ini. Kode desa di daerah ini mulai dengan 3515." in elsewhere
    desk.does("officer", at(made, "quotas"), quotas=f"{VILLAGES[0]}\t3\n{VILLAGES[1]}\t0")
    taken_in(desk, made, *poor(8))
    desk.does("officer", at(made, "verify_all"))
    look = desk.read("officer", at(made, "fund"))
    assert "Didanai 3" in look and "Menunggu dana atau kuota 5" in look
    table = desk.read("officer", at(made, "villages") + "?urut=-kuota")
    assert table.index(str(VILLAGES[0])) < table.index(str(VILLAGES[1]))
    file = desk.clients["officer"].get(at(made, "villages_file") + "?bentuk=csv")
    assert f"{VILLAGES[0]},{VILLAGES[0]},3,0,4" in b"".join(file.streaming_content).decode("utf-8-sig")


def sheet(name: str, *lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def test_quotas_come_in_as_a_file_and_wrong_rows_are_mended_in_place(desk: Desk) -> None:
    with cast.everyone():
        for code, name in ((VILLAGES[0], "Sukamaju"), (VILLAGES[1], "Mekar Sari"), (3515512001, "Mekar Sari")):
            Region.objects.create(code=code, level=4, name=name)
    made = made_programme(desk)
    url, client = at(made, "quotas"), desk.clients["officer"]
    blank = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(at(made, "quotas_form")).streaming_content)))
    rows = [[cell.value for cell in row] for row in blank.worksheets[0].iter_rows()]
    assert rows[:2] == [["Kode desa", "Desa", "Kuota orang"], [str(VILLAGES[0]), "Sukamaju", None]] and len(rows) == 4
    assert at(made, "quotas_form") in client.get(url).content.decode()

    answer = client.post(url, {"quotas": "", "file": sheet(
        "kuota.csv", "Kode desa;Desa;Kuota orang", f"{VILLAGES[0]};Sukamaju;3", ";Mekar Sari;4", ";Sukamajo;x", "351;;1",
        "35.15.51.1001;;9", f"{VILLAGES[1]};;tiga",
    )})  # fmt: skip
    page = text(answer)
    for told in (
        f"baris 3: Ada 2 desa bernama Mekar Sari di daerah ini. Tulis kodenya: {VILLAGES[1]}, 3515512001.",
        "baris 4: Desa Sukamajo tidak ditemukan di daerah ini. Maksud Anda Sukamaju?",
        "baris 5: Kode desa 351 keliru. Kode desa terdiri dari sepuluh angka.",
        "baris 6: Desa 35.15.51.1001 sudah tertulis di baris 2. Hapus salah satu barisnya.",
        "baris 7: Jumlah orang tiga tidak dapat dipakai. Tulis angka bulat dari 0 sampai 1.000.000.",
    ):
        assert told in page
    assert f"{VILLAGES[0]}\tSukamaju\t3" in answer.content.decode(), "the good row stands there still"
    with cast.everyone():
        assert not Quota.objects.exists()

    sheet_of = blank.worksheets[0]
    sheet_of["C2"], sheet_of["C3"] = 3, 0
    book = io.BytesIO()
    blank.save(book)
    sent = client.post(url, {"quotas": "apa saja", "file": SimpleUploadedFile("kuota.xlsx", book.getvalue())})
    assert "Periksa dahulu" in text(sent) and "Desa tanpa angka, jadi tanpa tempat 1" in text(sent)
    kept = html.unescape(re.findall(r'name="quotas" value="([^"]*)"', sent.content.decode())[0])
    assert client.post(url, {"quotas": kept, "langkah": "simpan"}).status_code == 302
    with cast.everyone():
        assert dict(Quota.objects.values_list("village_code", "people")) == {VILLAGES[0]: 3, VILLAGES[1]: 0}


def test_a_file_of_quotas_that_cannot_be_read_says_so(desk: Desk) -> None:
    made = made_programme(desk)
    for content, told in ((b"", "Berkas kosong"), (b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04 x", "rusak")):
        answer = desk.clients["officer"].post(at(made, "quotas"), {"file": SimpleUploadedFile("kuota.xlsx", content)})
        assert told in text(answer), told
    assert desk.clients["far"].get(at(made, "quotas_form")).status_code == 403
    assert desk.clients["branch"].get(at(made, "quotas_form")).status_code == 403


def test_a_list_of_candidates_is_narrowed_and_taken_away_with_reasons(desk: Desk) -> None:
    made = made_programme(desk)
    taken_in(desk, made, *LIST)
    here = at(made, "candidates")
    assert "Tanpa Nomor" in desk.read("officer", here + "?belum=has_nik")
    assert "Terlalu Tua" in desk.read("officer", here + "?keadaan=refused&sebab=age")
    assert "Terlalu Tua" not in desk.read("officer", here + "?keadaan=proposed&cari=rentan")
    assert "Tidak ada yang cocok" in desk.read("officer", here + "?kelamin=m")
    file = desk.clients["officer"].get(at(made, "candidates_file") + "?keadaan=refused&bentuk=csv")
    told = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "Umurnya di luar batas program." in told and "Rentana" not in told and not re.search(r"\d{16}", told)
    old = only(Candidate, person__name__icontains="Tua")
    page = desk.does("officer", reverse("programmes:propose", args=[old.pk]), reason="KTP baru dilihat")
    assert "Diusulkan" in page
    page = desk.does("officer", reverse("programmes:refuse", args=[old.pk]), reason="Memang terlalu tua")
    assert "Memang terlalu tua" in page
    assert "Memang terlalu tua" in desk.read("officer", here + "?keadaan=refused&cari=tua")
    english = desk.clients["officer"]
    english.cookies["jamsostek_language"] = "en"
    assert "The decile is outside the programme's target." in text(english.get(here + "?keadaan=refused"))


def test_reconciling_gives_back_what_nobody_needs(desk: Desk) -> None:
    made = made_programme(desk)
    taken_in(desk, made, *poor(8))
    desk.does("officer", at(made, "verify_all"))
    desk.clients["officer"].post(at(made, "fund"), {"langkah": "simpan", "dilihat": ""})
    _listed(desk, made)
    page = desk.does("officer", at(made, "check_now"))
    assert "Dana kembali" in page
    assert only(Reconciliation).looked == 6
    row = candidate_enrolled()
    page = desk.does("officer", reverse("programmes:lapse", args=[row.pk]), reason="Pindah", **months("last_month", 202703))
    assert "Berhenti" in page and "Pindah" in page
    assert "Rp50.400" in page


def candidate_enrolled() -> Candidate:
    with cast.everyone():
        row = Candidate.objects.filter(state="enrolled").order_by("pk").first()
        assert row is not None
        return row


def test_few_claims_are_not_told() -> None:
    from jamsostek.claims.queries.families import Received
    from jamsostek.outreach.queries.outcomes import Outcome
    from jamsostek.portal.programmes.results import _families

    few = _families(Outcome(9, 9, 9, [], Received(3, 1, 42_000_000, 0)))
    assert [one.figure for one in few.tiles] == ["< 5", "< 5", "0"] and "42" not in str(few.facts[0].value)
    many = _families(Outcome(90, 90, 90, [], Received(8, 6, 252_000_000, 5)))
    assert [one.figure for one in many.tiles] == ["8", "6", "5"] and many.facts[0].value == "Rp252.000.000"
