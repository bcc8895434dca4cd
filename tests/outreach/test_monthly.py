"""A region's month against a small region counted by hand, on the page, on paper, in files, and for those of elsewhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
from typing import Any

import pypdfium2
import pytest
from cast import LUMAJANG, MONTH, NOW, TODAY
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from movement import HOME, VILLAGES, enrolled, funded, linked, poor, programme, registered, taken
from test_registers import as_user, officer

from jamsostek.access.errors import Refused
from jamsostek.collection.actions import bills
from jamsostek.collection.models import Case, Finding
from jamsostek.collection.queries.visits import Firm
from jamsostek.core.text import speaking
from jamsostek.outreach.models import Candidate
from jamsostek.outreach.queries.monthly import Changes, Money, Monthly, Place, monthly
from jamsostek.portal.officer.shown import SEGMENTS
from jamsostek.portal.strategy.month_paper import brief
from jamsostek.portal.strategy.month_words import of_whom
from jamsostek.registry.actions import merging, regions
from jamsostek.registry.models import Participant, Region
from jamsostek.registry.queries.changed import Segment, Village
from tests import cast

FIRST, SECOND = VILLAGES
MONEY = 3 * 16_800 + 9_000
"""Of December 2026: three people, and too little for a fourth."""


@pytest.fixture(scope="module")
def region(module_db: Any) -> dict[str, Any]:
    """Nine people and four firms of Sidoarjo, one person of Lumajang, twelve on a list of whom three are enrolled."""
    with cast.everyone():
        map_ = ((351551, "Contoh"), (FIRST, "Sumberwaras"), (SECOND, "Karangsari"))
        regions.import_regions(places=[regions.Place(*one) for one in map_], invented=True)
        firm, second, home = (
            cast.employer("PT Lambat"),
            cast.employer("PT Tertutup"),
            cast.employer("Ibu Rumah", kind="household"),
        )
        sponsor, other = cast.sponsor(), cast.sponsor("Donatur Contoh", kind="csr")
        people = {
            name: cast.participant(name, sex=sex, village_code=village)
            for name, sex, village in (
                ("Ani", "f", FIRST), ("Beni", "m", FIRST), ("Cici", "f", SECOND), ("Dodi", "m", SECOND), ("Eni", "f", FIRST),
                ("Hana", "f", FIRST), ("Hana Dua", "f", FIRST), ("Juru Masak", "f", None),
            )
        }  # fmt: skip
        away = cast.participant("Wati", regency_code=LUMAJANG, village_code=3508012001)
        cast.works(people["Ani"], firm, 202501)
        cast.covered(people["Beni"], sponsor, 202601, 202611)
        cast.covered(people["Cici"], sponsor, 202611, 202612)
        cast.covered(people["Dodi"], sponsor, 202509, 202512)
        cast.covered(people["Dodi"], other, 202611)
        cast.covered(people["Eni"], sponsor, 202601, 202610)
        for name in ("Hana", "Hana Dua"):
            cast.works(people[name], firm, 202601)
        cast.works(people["Juru Masak"], home, 202608)
        cast.covered(away, sponsor, 202601)
        merging.merge(source_id=people["Hana"].pk, into_id=people["Hana Dua"].pk, reason="Orang yang sama menurut KTP")
        for payer in (firm, home):
            bills.bill_employer(employer_id=payer.pk, month=202608, today=dt.date(2026, 9, 1))
        Finding.objects.create(
            employer_id=second.pk,
            regency_code=HOME,
            kind="workers",
            month=202610,
            facts={"missing": 7},
            found_on=dt.date(2026, 11, 3),
        )
        Case.objects.create(
            employer_id=firm.pk, regency_code=HOME, cause="arrears", facts={}, opened_by=1, opened_on=dt.date(2026, 11, 2)
        )
    made = programme(MONEY, 202612, 202612, sponsor=sponsor)
    register = registered(*poor(12))
    linked(register)
    taken(made, register)
    funded(made)
    enrolled(made)
    users = {
        "head": officer(role="regional_head"), "far": officer(LUMAJANG, "regional_head"),
        "province": officer(35, "regional_head"), "empty": officer(1101, "regional_head"),
        "viewer": officer(role="regional_viewer"), "centre": cast.user("centre", "head_office"),
    }  # fmt: skip
    return {"firm": firm, "second": second, "home": home, "made": made, "users": users}


@pytest.fixture
def client(region: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("frame", "month"):
        monkeypatch.setattr(f"jamsostek.portal.strategy.{name}.today", lambda: TODAY)

    def make(who: str = "head", language: str = "id") -> Client:
        found = cast.signed_in(Client(), region["users"][who])
        found.cookies["jamsostek_language"] = language
        return found

    return make


def of(region: dict[str, Any], month: int = MONTH, who: str = "head", code: int = HOME) -> Monthly:
    cache.clear()
    with as_user(region["users"][who]):
        return monthly(code, month, today=TODAY, now=NOW)


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pages(answer: Any) -> list[str]:
    assert answer.status_code == 200
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def test_people_are_counted_once_now_before_and_a_year_ago(region: dict[str, Any]) -> None:
    found = of(region)
    assert found.count("now") == 6, "Ani, Beni, Cici, Dodi, Hana with two numbers, the cook"
    assert found.count("before") == 5, "Ani, Beni, Eni, Hana, the cook"
    assert found.count("year_ago") == 2, "Ani and Dodi"
    assert found.count("now", "f") == 4
    ways = {(one.segment, one.sex): (one.now, one.before, one.year_ago) for one in found.segments}
    assert ways == {
        ("pu", "f"): (3, 3, 1), ("bpu_sponsored", "m"): (2, 1, 1), ("bpu_sponsored", "f"): (1, 1, 0),
    }  # fmt: skip


def test_what_changed_is_who_joined_came_back_left_and_is_about_to(region: dict[str, Any]) -> None:
    it = of(region).changes
    assert (it.joined, it.returned, it.ended) == (1, 1, 1), "Cici, Dodi, Eni"
    assert (it.ends_now, it.ends_next) == (1, 1), "Beni after November, Cici after December"
    assert it.enrolled == 3
    before = of(region, 202610)
    assert (before.count("now"), before.changes.ended, before.changes.ends_now) == (5, 0, 1), "Eni's cover ended with October"
    assert before.changes.ends_next == 1, "Beni"
    assert before.changes.enrolled == 0


def test_villages_are_ranked_by_people_found_and_cover_that_ends(region: dict[str, Any]) -> None:
    with cast.everyone():
        left = Candidate.objects.filter(programme_id=region["made"].pk).exclude(state="enrolled")
        waiting = {code: left.filter(village_code=code).count() for code in VILLAGES}
    assert sum(waiting.values()) == 9
    found = {one.code: one for one in of(region).places}
    assert {code: one.found for code, one in found.items()} == waiting
    assert {code: one.ending for code, one in found.items()} == {FIRST: 1, SECOND: 1}, "Beni; Cici"
    assert (found[FIRST].now, found[FIRST].before) == (3, 4) and (found[SECOND].now, found[SECOND].before) == (2, 0)
    order = [one.code for one in of(region).places]
    assert order == sorted(order, key=lambda code: (-found[code].score, found[code].now, code))
    assert all(one.programme == region["made"].number for one in found.values())
    assert {one.code: one.found for one in of(region, 202610).places} == {FIRST: 0}, (
        "nobody was on the list in October; Eni's end"
    )


def test_a_person_on_two_lists_once_without_a_nik_is_one_and_nobody_without_a_village_is_left_out(region: dict[str, Any]) -> None:
    def copied(one: Candidate, key: bytes, **changed: Any) -> None:
        Candidate.objects.create(
            programme_id=one.programme_id, register_id=one.register_id, region_code=one.region_code, record_key=key,
            state="proposed", state_on=TODAY, participant_id=one.participant_id, **changed,
        )  # fmt: skip

    before = of(region)
    with cast.everyone(), transaction.atomic():
        rows = Candidate.objects.filter(programme_id=region["made"].pk)
        member = Participant.objects.get(name="Eni").pk
        waits, taken_in = rows.exclude(state="enrolled").order_by("pk")[0], rows.filter(state="enrolled").order_by("pk")[0]
        Candidate.objects.filter(pk=waits.pk).update(participant_id=member)
        waits.refresh_from_db()
        copied(waits, b"again, no nik 16", village_code=SECOND)
        copied(taken_in, b"enrolled already", village_code=FIRST)
        copied(waits, b"nowhere, no nik ", nik_index=None, village_code=None)
        found = of(region)
        assert found.found == before.found == 9, "whoever stands on three lines, or is enrolled on one of them"
        copied(Candidate(programme_id=waits.programme_id, register_id=waits.register_id, region_code=HOME), b"another, nowhere")
        whole = of(region)
        assert (whole.found, whole.found_elsewhere) == (10, 1)
        assert whole.changes.enrolled == 3
        transaction.set_rollback(True)


def test_firms_are_ranked_by_workers_at_risk_and_no_household_is_named(region: dict[str, Any]) -> None:
    second, firm = of(region).firms
    assert (second.name, second.unregistered, second.at_risk, second.case) == ("PT Tertutup", 7, 7, False)
    assert (firm.name, firm.workers, firm.months, firm.bills, firm.case) == ("PT Lambat", 3, 3, 1, True)
    (october,) = of(region, 202610).firms
    assert (october.name, october.months, october.case) == ("PT Lambat", 2, False), "neither finding nor case was there"


def test_money_says_what_is_left_and_that_december_is_an_edge(region: dict[str, Any]) -> None:
    found = of(region)
    assert found.money is not None
    (one,) = found.money
    assert (one.left_rupiah, one.people, one.more, one.to_month) == (9_000, 3, 0, 202612)
    assert found.year_end == 4, "three who were enrolled for December, and Cici, whom a sponsor pays for outside the programme"
    assert of(region, 202610).money is None


def test_another_region_is_refused_and_counts_only_its_own(region: dict[str, Any]) -> None:
    with as_user(region["users"]["far"]), pytest.raises(Refused):
        monthly(HOME, MONTH, today=TODAY, now=NOW)
    assert of(region, who="far", code=LUMAJANG).count("now") == 1
    assert of(region, who="province", code=35).count("now") == 7
    assert of(region, who="empty", code=1101).empty


def test_the_page_says_it_in_both_languages(region: dict[str, Any], client: Any) -> None:
    told = text(client().get(reverse("strategy:months")))
    for words in (
        "Kabupaten Sidoarjo, November 2026", "Orang terlindungi 6 +1 dari sebulan sebelumnya, +4 dari setahun sebelumnya",
        "Sisa dana Rp9.000", "Baru terlindungi 1 orang", "1. PT Tertutup", "Menurut daftar lain, 7 pekerja belum terdaftar",
        "Iuran terlambat 3 bulan, 1 tagihan. Kasus sanksinya terbuka", "kurang dari 5 orang dibayari hanya sampai Desember 2026",
        "Dari berapa pekerja", "Anggapan kami: angka provinsi dibagi",
        "Perlindungan kurang dari 5 orang berakhir dalam dua bulan",
    ):  # fmt: skip
        assert words in told, words
    assert "Ibu Rumah" not in told and not {"Ani", "Beni", "Cici"} & set(told.split())
    english = text(client(language="en").get(reverse("strategy:month", args=[HOME])))
    assert "Ten villages to visit" in english and "Newly covered 1 people" in english
    past = text(client().get(reverse("strategy:month", args=[HOME]) + "?bulan=202610"))
    assert "Oktober 2026" in past and "Sisa dana ketika itu tidak disimpan" in past and "Rp9.000" not in past
    for nonsense in ("209901", "202613", "abc", "201401"):
        assert "November 2026" in text(client().get(reverse("strategy:month", args=[HOME]) + f"?bulan={nonsense}"))


def test_of_how_many_is_what_was_published_there_and_else_our_assumption_in_so_many_words() -> None:
    def lines(region: int) -> list[list[str]]:
        return [[str(cell.value) for cell in line] for line in of_whom(region, 202611, 29_040).lines]

    (printed,) = lines(1971)
    assert printed[:4] == ["Pekerja layak seperti pernah dicetak (indikator daerah, UCJ)", "70.426", "41,2 %", "Mei 2025"]
    (ours,) = lines(HOME)
    assert ours[0] == "Angkatan kerja (Sakernas)" and "anggapan" in ours[4] and "Anggapan kami" in ours[6]
    labour, employed = lines(35)
    assert "Anggapan kami" not in labour[6] + employed[6] and labour[1] > employed[1]
    assert [line[0].split()[0] for line in lines(33)] == ["Pekerja", "Angkatan", "Penduduk"], (
        "all that was published, side by side"
    )
    assert of_whom(HOME, 202611, 6).lines[0][2].value == "< 0,1 %"


def test_a_region_without_anything_says_so(client: Any) -> None:
    assert "Belum ada yang tercatat" in text(client("empty").get(reverse("strategy:months")))
    listed = text(client("province").get(reverse("strategy:months")))
    assert "Kabupaten Sidoarjo" in listed and "Jawa Timur" in listed


def test_pages_files_and_letters_are_for_the_planners_of_the_region(region: dict[str, Any], client: Any) -> None:
    addresses = [
        reverse(f"strategy:{name}", args=args)
        for name, args in (
            ("month", [HOME]), ("month_paper", [HOME]), ("month_villages", [HOME]), ("month_firms", [HOME]),
            ("month_village", [HOME, FIRST]), ("month_firm", [HOME, region["firm"].npp]),
        )
    ]  # fmt: skip
    for address, (who, status) in itertools.product(addresses, (("head", 200), ("centre", 200), ("far", 403), ("viewer", 403))):
        assert client(who).get(address).status_code == status, (address, who)
    assert client().get(reverse("strategy:month_firm", args=[HOME, region["home"].npp])).status_code == 404
    assert client().get(reverse("strategy:month_village", args=[HOME, 3508012001])).status_code == 404


def test_the_brief_is_one_sheet(region: dict[str, Any], client: Any) -> None:
    for language in ("id", "en"):
        (page,) = pages(client(language=language).get(reverse("strategy:month_paper", args=[HOME])))
        assert "PT Tertutup" in page and "Karangsari" in page


def test_the_fullest_brief_is_one_sheet_still() -> None:
    names = {3515511000 + at: f"Kelurahan Dengan Nama Yang Panjang Sekali {at}" for at in range(12)}
    full = Monthly(
        HOME, MONTH, TODAY, NOW, [Segment(name, sex, 123_456, 123_456, 99_999) for name in SEGMENTS for sex in "mf"],
        [Village(code, "f", 999_999, 888_888, 777_777, 11_111, 22_222, 33_333, 44_444, 55_555, 66_666) for code in names],
        [Place(code, 9_999, 8_888, 99_999, 88_888, 10_001) for code in names],
        [Firm("12345678", f"PT Perusahaan Bernama Panjang Sekali Nomor {at}", HOME, 9_999, 24, 24, 999, True) for at in range(7)],
        Changes(11_111, 22_222, 33_333, 4_444, 55_555, 66_666),
        [Money(10_001, f"Anggaran Pendapatan dan Belanja {at}", "apbd", 10**12, 10**11, 202612, 9_999, 9_999) for at in range(5)],
        99_999,
    )  # fmt: skip
    with speaking("id"), pypdfium2.PdfDocument(io.BytesIO(brief(full, names))) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    assert "10. Kelurahan" in text and "5. PT" in text and "99.999 orang dibayari hanya sampai Desember 2026" in text


def test_a_kelurahan_has_a_lurah(region: dict[str, Any], client: Any) -> None:
    with cast.everyone():
        Region.objects.filter(code=SECOND).update(name="Kelurahan Karangsari")
    (letter,) = pages(client().get(reverse("strategy:month_village", args=[HOME, SECOND])))
    assert "Yth. Lurah Karangsari" in letter and "di kelurahan Saudara" in letter and "Desa" not in letter
    with cast.everyone():
        Region.objects.filter(code=SECOND).update(name="Karangsari")


def test_letters_are_drafts_with_the_figures_and_without_a_person(region: dict[str, Any], client: Any) -> None:
    (village,) = pages(client().get(reverse("strategy:month_village", args=[HOME, SECOND])))
    for words in ("BUPATI SIDOARJO", "Nomor :", "Hal : Perlindungan pekerja rentan di desa", "Bupati Sidoarjo,", "Tembusan"):
        assert words in village, village
    assert "Yth. Kepala Desa Karangsari" in village and "RANCANGAN untuk ditandatangani kepala daerah" in village
    assert "berakhir sesudah November 2026 atau Desember 2026" in village and "Rentan" not in village
    (firm,) = pages(client().get(reverse("strategy:month_firm", args=[HOME, region["firm"].npp])))
    assert "Yth. Pimpinan PT Lambat" in firm and "pada 21 November 2026, iuran perusahaan Saudara lewat jatuh tempo" in firm
    original, translation = pages(client(language="en").get(reverse("strategy:month_firm", args=[HOME, region["firm"].npp])))
    assert original == firm and "Regent of Sidoarjo" in translation and "the first page" in translation, "sent in Indonesian"
    assert "Bulan terlambat : 3" in firm and "Rp" not in firm and not {"Ani", "Hana"} & set(firm.split())


def test_the_lists_come_as_files_with_few_people_left_out(client: Any) -> None:
    answer = client().get(reverse("strategy:month_villages", args=[HOME]) + "?bentuk=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))[:2]
    assert {row["Desa"] for row in rows} == {"Sumberwaras", "Karangsari"}
    assert all(row["Segera berakhir"] == "" for row in rows), "one person each"
    answer = client().get(reverse("strategy:month_firms", args=[HOME]) + "?bentuk=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))[:2]
    assert [row["Perusahaan"] for row in rows] == ["PT Tertutup", "PT Lambat"]
