"""Bills as everybody sees them: lists, one bill, its lines down to the article, own cover, sponsors, contracts, taking back."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from bill_desks import bill_all, read_pdf
from desks import MONTH, VILLAGE, text_of, undone

from jamsostek.core.months import add_months
from jamsostek.core.rupiah import format_rupiah
from jamsostek.portal.screens.words import month as month_words
from tests import cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bill_desks import Bills
    from desks import Town

BEFORE = add_months(MONTH, -1)


@pytest.fixture(scope="module")
def billed(town: Town) -> Bills:
    """The town with its bills of the month before."""
    return bill_all(town)


@pytest.fixture(autouse=True)
def taken_back(billed: Bills) -> Iterator[None]:
    """What a test does is taken back."""
    with undone():
        yield


def looks(reason: str) -> int:
    from jamsostek.access.models import AuditEntry

    with cast.everyone():
        return AuditEntry.objects.filter(reason=reason).count()


# --- seeing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_opens_for_those_it_is_for(billed: Bills, language: str) -> None:
    for who, url in billed.urls:
        answer = billed.town.client(who, language).get(url)
        assert answer.status_code == 200, (who, url, answer.status_code)


def test_a_bill_of_somebody_else_is_as_if_it_were_not_there(billed: Bills) -> None:
    for who, name in (
        ("clerk", "regency"), ("clerk", "own"), ("sponsor", "firm"), ("sponsor", "village"), ("village", "regency"),
        ("fisher", "agented"), ("worker", "firm"), ("other_agent", "agented"), ("far_officer", "firm"), ("officer", "far"),
    ):  # fmt: skip
        for page in ("bill", "lines", "why", "pdf", "download"):
            assert billed.town.client(who).get(billed.url(name, page)).status_code == 403, (who, name, page)
    for who in ("ministry", "researcher", "viewer", "hospital", "jury"):
        assert billed.town.client(who).get(billed.url("firm")).status_code == 403, who
    address = billed.url("firm")
    wrong = f"{address[:-2]}{(int(address[-2]) + 1) % 10}/"
    assert billed.town.client("clerk").get(wrong).status_code == 404, "no code at all"


def test_a_bill_says_how_much_by_when_how_and_what_follows(billed: Bills) -> None:
    from jamsostek.collection.codes import code_of

    bill = billed.bills["firm"]
    told = text_of(billed.town.client("clerk").get(billed.url("firm")))
    code = code_of(bill.number)
    assert format_rupiah(bill.total_rupiah) in told and f"{code[:5]} {code[5:10]} {code[10:]}" in told
    assert format_rupiah(bill.worker_rupiah) in told and "Denda 2 %" in told and "Pekerja tetap terlindungi" in told
    assert "Jaminan Pensiun (JP)" in told
    own = text_of(billed.town.client("fisher").get(billed.url("own")))
    assert "Tidak ada denda" in own and "3 bulan berturut-turut" in own
    assert "Jaminan Pensiun" not in own, "programmes that ask nothing are not told"
    assert not re.search(r"\d{16}", told + own)


def test_the_lines_are_searched_paged_downloaded_and_the_look_is_remembered(billed: Bills) -> None:
    town = billed.town
    clerk, before = town.client("clerk"), looks("rincian tagihan")
    told = text_of(clerk.get(billed.url("firm", "lines")))
    assert "Siti Rahmawati" in told and "Ni Luh Baru" in told and looks("rincian tagihan") > before
    answer = clerk.post(billed.url("firm", "lines"), {"cari": "rahma"}, follow=True)
    assert "Siti Rahmawati" in text_of(answer) and "Ni Luh Baru" not in text_of(answer)
    with cast.everyone():
        from jamsostek.registry.actions.changes import as_person

        nik = as_person(town.people["siti"]).nik
    found = clerk.post(billed.url("firm", "lines"), {"cari": nik})
    assert found.status_code == 200 and "Siti Rahmawati" in text_of(found) and nik not in found.content.decode()
    answer = clerk.get(f"{billed.url('firm', 'download')}?bentuk=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    named = {row[0]: row for row in rows[1:-1]}
    assert named["Siti Rahmawati"][3] == "4500000" and named["Siti Rahmawati"][1] == town.people["siti"].kpj
    assert sum(int(row[10]) for row in rows[1:-1]) == billed.bills["firm"].total_rupiah
    assert "Diunduh oleh" in rows[-1][0] and looks("unduh rincian tagihan")
    assert town.client("village").get(billed.url("village", "download")).status_code == 403, "lists leave with the right only"


def test_a_line_explains_itself_down_to_the_article(billed: Bills) -> None:
    siti = billed.town.people["siti"]
    told = text_of(billed.town.client("clerk").get(billed.url("firm", "line", siti.kpj, BEFORE)))
    assert "hasilnya sama, sampai ke rupiahnya" in told and "PP 44/2015 Pasal 16" in told
    assert "Rp4.500.000 × 0,24 %" in told and "Dipotong dari upah" in told
    english = text_of(billed.town.client("clerk", "en").get(billed.url("firm", "line", siti.kpj, BEFORE)))
    assert "the same, to the rupiah" in english and "Article 16" in english
    nobody = billed.url("firm", "line", billed.town.people["budi"].kpj, BEFORE)
    assert billed.town.client("clerk").get(nobody).status_code == 404


def test_a_law_that_changed_since_is_named_on_the_page(billed: Bills, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from jamsostek.collection.queries import explaining
    from jamsostek.law.parameters import law_at

    path = tmp_path / "reform.yaml"
    path.write_text(
        "parameters:\n- id: jkm.pu.rate\n  rows:\n  - from: 2025-03-01\n    to: null\n    value: 4000\n"
        "    regulation: PP 99/2025\n    article: Pasal 1\n    grade: unsourced\n    source: []\n",
        encoding="utf-8",
    )
    line, check = explaining.line, explaining.verify_lines

    def reformed(month: int) -> Any:
        return law_at(month, reforms=(path,))

    monkeypatch.setattr(explaining, "line", lambda bill, row: line(bill, row, reformed))
    monkeypatch.setattr(explaining, "verify_lines", lambda bill: check(bill, reformed))
    siti = billed.town.people["siti"]
    told = text_of(billed.town.client("clerk").get(billed.url("firm", "line", siti.kpj, BEFORE)))
    assert "Hukum berubah sejak tagihan ini dibuat" in told and "0,3 % → 0,4 %" in told
    assert "Rp13.500" in told and "Rp18.000" in told, "what stands there, and what the law gives now"
    audit = text_of(billed.town.client("auditor").get(billed.url("firm", "check")))
    assert "0,3 % → 0,4 %" in audit and "Siti Rahmawati" in audit


def test_reliefs_due_days_and_the_law_stand_on_the_page_of_reasons(billed: Bills) -> None:
    told = text_of(billed.town.client("sponsor").get(billed.url("regency", "why")))
    assert "PP 44/2015 Pasal 21" in told and "contribution.bpu" in told
    if 202604 <= BEFORE <= 202612:
        assert "tidak mengenai tagihan ini" in told and "tidak terpenuhi" in told, "a public budget is shut out"
    project = text_of(billed.town.client("officer").get(billed.url("project", "why")))
    assert "Rp2.640.000" in project and "Permenaker 44/2015" in project


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_paper_has_code_amount_words_and_articles(billed: Bills, language: str) -> None:
    bill = billed.bills["firm"]
    answer = billed.town.client("clerk", language).get(billed.url("firm", "pdf"))
    told = read_pdf(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf" and "Content-Disposition" in answer.headers
    from jamsostek.collection.codes import code_of
    from jamsostek.core.text import speaking
    from jamsostek.messages.bill.words import spelled

    code = code_of(bill.number)
    with speaking(language):
        assert format_rupiah(bill.total_rupiah) in told and spelled(bill.total_rupiah) in told
    assert all(part in told for part in (code[:5], code[5:10], code[10:])) and "PT Contoh Makmur Sentosa" in told
    assert ("Pasal 16" if language == "id" else "Article 16") in told


def test_a_code_read_aloud_leads_to_its_bill(billed: Bills) -> None:
    from jamsostek.collection.codes import code_of

    code = code_of(billed.bills["own"].number)
    officer = billed.town.client("officer")
    answer = officer.post("/tagihan/", {"code": f"{code[:5]} {code[5:10]}-{code[10:]}"})
    assert answer.headers["Location"] == billed.url("own")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert "angka pemeriksanya tidak cocok" in text_of(officer.post("/tagihan/", {"code": wrong}))
    assert "bukan milik Anda" in text_of(officer.post("/tagihan/", {"code": code_of(billed.bills["far"].number)}))


# --- making -----------------------------------------------------------------------------------------------------------


def test_own_cover_is_priced_looked_at_and_made_on_a_phone(billed: Bills) -> None:
    from jamsostek.collection.models import Bill

    fisher, first = billed.town.client("fisher"), add_months(MONTH, 2)
    told = text_of(fisher.get(f"/peserta/bayar/?mulai={first}"))
    assert "Sudah ada tagihan untuk" in told, "three months are billed already"
    fisher.post(billed.url("own", "void"), {"reason": "Ganti bulan", "langkah": "simpan"})
    told = text_of(fisher.get(f"/peserta/bayar/?mulai={MONTH}"))
    with cast.everyone():
        from jamsostek.collection.queries.offers import offers

        priced = {one.months: one.total_rupiah for one in offers(billed.town.people["nelayan"].pk, MONTH)}
    assert all(format_rupiah(rupiah) in told for rupiah in priced.values())
    look = fisher.post("/peserta/bayar/", {"mulai": str(MONTH), "bulan": "6"})
    assert "Periksa dahulu" in text_of(look) and format_rupiah(priced[6]) in text_of(look)
    made = fisher.post("/peserta/bayar/", {"mulai": str(MONTH), "bulan": "6", "langkah": "simpan"}, follow=True)
    assert "Tagihan dibuat" in text_of(made) and "Untuk dikirim atau dibacakan" in text_of(made)
    with cast.everyone():
        newest = Bill.objects.filter(participant_id=billed.town.people["nelayan"].pk).latest("recorded_at")
    assert (newest.months, newest.total_rupiah) == (6, priced[6])


def test_nothing_chosen_is_told(billed: Bills) -> None:
    agent = billed.town.client("agent")
    url = f"/agen/peserta/{billed.town.people['agented'].kpj}/bayar/"
    agent.post(billed.url("agented", "void"), {"reason": "Salah", "langkah": "simpan"})
    assert "Pilih untuk berapa bulan." in text_of(agent.post(url, {"mulai": str(MONTH)}))
    assert "Pilih untuk berapa bulan." in text_of(agent.post(url, {"mulai": str(MONTH), "bulan": "7"}))


def test_an_office_and_an_agent_make_the_code_and_others_do_not(billed: Bills) -> None:
    town = billed.town
    kpj = town.people["agented"].kpj
    for who, url in (("agent", f"/agen/peserta/{kpj}/bayar/"), ("officer", f"/kantor/peserta/{kpj}/bayar/")):
        with undone():
            town.client("agent").post(billed.url("agented", "void"), {"reason": "Salah", "langkah": "simpan"})
            answer = town.client(who).post(url, {"mulai": str(MONTH), "bulan": "12", "langkah": "simpan"}, follow=True)
            assert "Tagihan dibuat" in text_of(answer), who
    assert town.client("other_agent").get(f"/agen/peserta/{kpj}/bayar/").status_code == 403
    assert town.client("far_officer").get(f"/kantor/peserta/{kpj}/bayar/").status_code == 403
    budi = text_of(town.client("officer").get(f"/kantor/peserta/{town.people['budi'].kpj}/bayar/"))
    assert "Belum ada perlindungan mandiri" in budi and "Mulai perlindungan mandiri" in budi


def test_a_sponsor_sees_what_a_bill_would_ask_and_makes_it_once(billed: Bills) -> None:
    number = billed.town.payers["regency"].number
    client, url = billed.town.client("sponsor"), f"/sponsor/{number}/tagihan/buat/"
    told = text_of(client.get(f"{url}?bulan={MONTH}"))
    assert "Rp16.800" in told and f"Buat tagihan {month_words(MONTH)}" in told
    assert "Tagihan bulan ini sudah dibuat." in text_of(client.get(f"{url}?bulan={BEFORE}"))
    made = client.post(url, {"bulan": str(MONTH)}, follow=True)
    assert "dibuat" in text_of(made) and made.redirect_chain[-1][0].startswith("/tagihan/")
    again = client.post(url, {"bulan": str(MONTH)}, follow=True)
    assert "sudah dibuat" in text_of(again) and again.redirect_chain == made.redirect_chain
    assert "Tidak ada orang yang ditagih" in text_of(client.get(f"{url}?bulan={add_months(MONTH, -11)}"))
    assert billed.town.client("clerk").get(url).status_code == 403


def test_an_office_bills_an_employer_and_a_sponsor_of_its_region_only(billed: Bills) -> None:
    payers = billed.town.payers
    officer = billed.town.client("officer")
    firm = f"/kantor/perusahaan/{payers['firm'].npp}/tagihan/buat/"
    told = text_of(officer.get(f"{firm}?bulan={MONTH}"))
    assert "Bagian pekerja, dipotong dari upah" in told
    assert "dibuat" in text_of(officer.post(firm, {"bulan": str(MONTH)}, follow=True))
    far = f"/kantor/perusahaan/{payers['far_firm'].npp}/tagihan/buat/"
    assert officer.get(far).status_code == 403
    assert officer.get(f"/kantor/pembayar/{payers['far_sponsor'].number}/tagihan/buat/").status_code == 403


def test_a_village_sees_its_bills_and_makes_none(billed: Bills) -> None:
    client = billed.town.client("village")
    told = text_of(client.get(f"/desa/{VILLAGE}/tagihan/"))
    assert month_words(BEFORE) in told and "Tagihan desa" in text_of(client.get(f"/desa/{VILLAGE}/"))
    assert "Buat tagihan" not in told
    assert client.get(f"/sponsor/{billed.town.payers['village'].number}/tagihan/buat/").status_code == 403


def test_a_project_and_a_contract_abroad_are_billed_once(billed: Bills) -> None:
    from jamsostek.registry.models import Placement, Project

    officer = billed.town.client("officer")
    with cast.everyone():
        project, trip = Project.objects.get(), Placement.objects.get()
    assert officer.get(f"/tagihan/proyek/{project.number}/").headers["Location"] == billed.url("project")
    assert officer.get(f"/tagihan/penempatan/{trip.pk}/").headers["Location"] == billed.url("trip")
    supervisor = billed.town.client("supervisor")
    supervisor.post(billed.url("project", "void"), {"reason": "Nilai kontrak keliru", "langkah": "simpan"})
    told = text_of(officer.get(f"/tagihan/proyek/{project.number}/"))
    assert "Buat tagihan proyek?" in told and "Rp2.950.000" in told
    assert "Tagihan dibuat" in text_of(officer.post(f"/tagihan/proyek/{project.number}/", follow=True))


# --- taking back ------------------------------------------------------------------------------------------------------


def test_taking_back_asks_why_shows_it_first_and_the_code_is_dead(billed: Bills) -> None:
    fisher, url = billed.town.client("fisher"), billed.url("own", "void")
    assert "belum diisi" in text_of(fisher.post(url, {"reason": ""}))
    look = text_of(fisher.post(url, {"reason": "Salah bulan"}))
    assert "Periksa dahulu" in look and "Salah bulan" in look
    assert "Tagihan ini dibatalkan" not in text_of(fisher.get(billed.url("own"))), "a look is not the deed"
    told = text_of(fisher.post(url, {"reason": "Salah bulan", "langkah": "simpan"}, follow=True))
    assert "Tagihan ini dibatalkan" in told and "Salah bulan" in told and "Jangan dibayar" in told
    assert fisher.get(url).status_code == 403, "not twice"


def test_who_may_take_back_what(billed: Bills) -> None:
    town = billed.town
    for who, name in (
        ("clerk", "firm"),
        ("sponsor", "regency"),
        ("village", "village"),
        ("officer", "firm"),
        ("auditor", "firm"),
    ):
        assert town.client(who).get(billed.url(name, "void")).status_code == 403, (who, name)
    for name in ("firm", "regency"):
        told = town.client("supervisor").post(billed.url(name, "void"), {"reason": "Salah", "langkah": "simpan"}, follow=True)
        assert "Tagihan ini dibatalkan" in text_of(told)


# --- the month's run --------------------------------------------------------------------------------------------------


def test_a_supervisor_starts_the_month_and_sees_what_it_made(billed: Bills) -> None:
    from django.utils import timezone

    from jamsostek.collection.actions import runs
    from jamsostek.collection.models import Run

    supervisor = billed.town.client("supervisor")
    told = text_of(supervisor.get("/bulan/"))
    assert "Kabupaten Sidoarjo" in told and "Seluruh Indonesia" not in told
    begun = supervisor.post("/bulan/", {"bulan": str(MONTH), "wilayah": str(cast.SIDOARJO)}, follow=True)
    assert "boleh ditutup" in text_of(begun) and "0 dari 1 wilayah selesai" in text_of(begun)
    again = text_of(supervisor.post("/bulan/", {"bulan": str(MONTH), "wilayah": str(cast.SIDOARJO)}))
    assert "sedang berjalan" in again
    with cast.everyone():
        run = Run.objects.get()
    part = supervisor.get(f"/bulan/{run.pk}/keadaan/?dari=waiting", headers={"HX-Request": "true"})
    assert part.status_code == 200 and "<html" not in part.content.decode() and "HX-Refresh" not in part.headers
    runs.work(run.pk, now=timezone.now)
    part = supervisor.get(f"/bulan/{run.pk}/keadaan/?dari=waiting", headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
    told = text_of(supervisor.get(f"/bulan/{run.pk}/"))
    assert "Selesai" in told and "Ditagih" in told
    papers = supervisor.get(f"/bulan/{run.pk}/{cast.SIDOARJO}/")
    assert "(PDF)" in text_of(papers)
    pdf = supervisor.get(f"/bulan/{run.pk}/{cast.SIDOARJO}/?mulai=1")
    assert pdf.content.startswith(b"%PDF") and "PT Contoh Makmur Sentosa" in read_pdf(pdf.content)
    assert supervisor.get(f"/bulan/tanpa-tagihan/{MONTH}/").status_code == 200
    for who in ("officer", "clerk", "auditor", "viewer"):
        assert billed.town.client(who).get("/bulan/").status_code == 403, who
    assert "Seluruh Indonesia" in text_of(billed.town.client("head").get("/bulan/"))


def test_the_way_to_the_bill_stands_where_the_first_contribution_is_asked_for(billed: Bills) -> None:
    town = billed.town
    assert "/peserta/bayar/" in town.client("fisher").get("/peserta/").content.decode()
    done = town.client("officer").get(f"/kantor/daftar/selesai/{town.people['nelayan'].kpj}/").content.decode()
    assert f"/kantor/peserta/{town.people['nelayan'].kpj}/bayar/" in done
    agented = town.people["agented"].kpj
    assert f"/agen/peserta/{agented}/bayar/" in town.client("agent").get(f"/agen/peserta/{agented}/").content.decode()
