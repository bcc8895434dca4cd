"""Pages of results: what everybody reads once it is announced, what the committee does, and what is a nominee's alone."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
import results_made as made
from django.test import Client

from tests import cast

pytestmark = pytest.mark.usefixtures("db")
EDITION = "/paritrana/peragaan-2026/"
CONTEST = f"{EDITION}lomba/regency_coverage/province/35/"
DESK = "/paritrana/panitia/edisi/peragaan-2026/hasil/"


def _in(user: Any) -> Client:
    return cast.signed_in(Client(), user)


def _text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_announced_is_everybodys_in_both_languages(language: str) -> None:
    made.announced()
    client = Client()
    client.cookies["jamsostek_language"] = language
    words = {"id": "Rekaan untuk peragaan", "en": "Invented for demonstration"}[language]
    for path in (EDITION, f"{EDITION}aturan/", f"{EDITION}calon/", f"{EDITION}penerima/", CONTEST, f"{EDITION}kabupaten/3515/"):
        assert words in _text(client.get(path)), path
    page = _text(client.get(CONTEST))
    assert "Kabupaten Sidoarjo" in page and "10.000" in page.replace(",", ".")


def test_nothing_of_a_result_is_seen_before_it_is_announced() -> None:
    of = made.edition()
    entries = made.entered(of)
    made.reveal(entries.values())
    row = made.computed(made.committee("satu"), made.final(of, entries.values(), made.SHARES))
    client = Client()
    assert client.get(CONTEST).status_code == 404
    assert client.get(f"{EDITION}kabupaten/3515/").status_code == 404
    made.decided(made.committee("dua"), row)
    assert client.get(CONTEST).status_code == 404
    assert "Hasil belum diumumkan" in _text(client.get(EDITION))


def test_the_download_has_the_digest_that_the_page_tells() -> None:
    _of, _entries, row = made.announced()
    content = Client().get(f"{CONTEST}hasil.json").content
    assert hashlib.sha256(content).hexdigest() == row.digest
    assert row.digest in _text(Client().get(CONTEST))
    assert json.loads(content)["invented"] is True


def test_files_say_that_all_is_invented() -> None:
    made.announced()
    for path in (f"{CONTEST}?bentuk=csv", f"{EDITION}penerima/?bentuk=csv"):
        body = b"".join(Client().get(path).streaming_content).decode("utf-8-sig")
        assert body.count("dikarang untuk peragaan") >= 3, path


def test_a_profile_tells_strengths_weaknesses_and_the_cheapest_steps_with_their_source() -> None:
    made.announced({**made.SHARES, made.LUMAJANG: 79})
    page = _text(Client().get(f"{EDITION}kabupaten/3508/"))
    assert "Tiga langkah termurah ke peringkat 1" in page and "Rp16.800 x 12" in page and "perkiraan" in page.lower()
    assert Client().get(f"{EDITION}kabupaten/3578/").status_code == 404


def test_firms_are_public_by_name_and_rank_where_they_are_honoured_alone() -> None:
    import juries_made as juries

    of = made.edition()
    names = {901: "PT Rekaan Unggul", 902: "PT Rekaan Kedua", 903: "PT Rekaan Ketiga", 904: "PT Rekaan Tersisih"}
    entries = [
        juries.entry(of, key, category=made.LARGE, subject="employer", name=name, regency=made.SIDOARJO)
        for key, name in names.items()
    ]
    seats = [juries.juror(f"juri-{seat}", seat) for seat in ("chair", "labour", "union")]
    for user, seat in seats:
        for one in entries:
            from jamsostek.awards.actions.marks import Given, give

            with cast.as_user(user):
                give(juror=seat.code, entry=one.code, marks={"firm_innovation": Given(70), "understanding": Given(70)})
        juries.frozen(user, seat, made.LARGE)
    juries.revealed(made.LARGE)
    firms = [made.firm(key, name, 95 - 5 * at) for at, (key, name) in enumerate(names.items())]
    shares = dict.fromkeys(names, 70)
    snapshot = made.final(of, entries, {made.SIDOARJO: 10}, marks=shares, firms=firms)
    row = made.decided(made.committee("dua"), made.computed(made.committee("satu"), snapshot, category=made.LARGE))
    made.published(made.committee("tiga"))
    page = _text(Client().get(f"{EDITION}lomba/employer_large/province/35/"))
    losers = [place["name"] for place in row.said["rows"] if not place["honoured"]]
    winners = [place["name"] for place in row.said["rows"] if place["honoured"]]
    assert len(losers) == 1 and not any(name in page for name in losers)
    assert all(name in page for name in winners)
    raw = f"{EDITION}lomba/employer_large/province/35/hasil.json"
    assert Client().get(raw).status_code == 404 and raw not in page
    assert _in(made.committee("jateng", made.JATENG)).get(raw).status_code == 404
    for user in (made.committee("satu"), made.committee("jatim", made.JATIM)):
        told = _in(user).get(raw)
        assert hashlib.sha256(told.content).hexdigest() == row.digest and told["Cache-Control"] == "no-store"
        assert raw in _text(_in(user).get(f"{EDITION}lomba/employer_large/province/35/"))
    body = b"".join(Client().get(f"{EDITION}lomba/employer_large/province/35/?bentuk=csv").streaming_content).decode("utf-8-sig")
    assert losers[0] not in body and str(row.said["rows"][0]["score"]) not in body


def test_the_committee_computes_decides_and_announces_on_its_pages() -> None:
    from jamsostek.awards.queries import results

    of = made.edition()
    entries = made.entered(of)
    made.reveal(entries.values())
    snapshot = made.final(of, entries.values(), made.SHARES)
    one, two = _in(made.committee("satu")), _in(made.committee("dua"))
    _text(one.get(DESK))
    asked = f"{DESK}hitung/?kategori=regency_coverage&tingkat=province&wilayah=35"
    _text(one.get(asked))
    there = one.post(asked, {"snapshot": str(snapshot.number), "reason": ""})
    assert there.status_code == 302
    assert "orang lain memutuskannya" in _text(one.get(there.url))
    assert two.post(there.url, {"answer": "ya", "decision": ""}).status_code == 302
    sure = f"{DESK}umumkan/?tingkat=province&wilayah=35"
    _text(two.get(sure))
    assert two.post(sure, {"sure": "on"}).status_code == 302
    assert "Kabupaten Sidoarjo" in _text(Client().get(CONTEST))
    for path in (f"{DESK}acara/", DESK):
        assert "Kabupaten Sidoarjo" in _text(two.get(path))
    assert two.get(f"{DESK}acara/acara.pdf").content.startswith(b"%PDF")
    with cast.everyone():
        row = results.decided(of.pk)[0]
    assert one.post(f"{DESK}{row.code}/batalkan/", {"reason": "Ukuran keliru"}).status_code == 302
    assert one.post(f"{DESK}{row.code}/pembatalan/", {"answer": "ya", "decision": ""}).status_code in (200, 403)
    assert two.post(f"{DESK}{row.code}/pembatalan/", {"answer": "ya", "decision": ""}).status_code == 302
    assert "Hasil ini dibatalkan" in _text(Client().get(CONTEST))
    assert _in(made.committee("jateng", made.JATENG)).get(f"{DESK}{row.code}/").status_code == 404


def test_who_decides_is_told_how_many_files_two_have_not_agreed_on() -> None:
    of = made.edition()
    entries = made.entered(of)
    with cast.everyone():
        from jamsostek.awards.models import Evidence

        Evidence.objects.create(
            code="ABCDEFGHJKMN", entry=entries[made.MALANG], criterion="innovation", kind="innovation", form="file",
            title="Kader", digest="a" * 64, sent_digest="a" * 64, size=5, media="application/pdf",
        )  # fmt: skip
    made.reveal(entries.values())
    row = made.computed(made.committee("satu"), made.final(of, entries.values(), made.SHARES))
    client = _in(made.committee("dua"))
    for path in (f"{DESK}hitung/?kategori=regency_coverage&tingkat=province&wilayah=35", f"{DESK}{row.code}/"):
        assert "Berkas belum diperiksa dua orang" in _text(client.get(path)), path
    assert client.post(f"{DESK}{row.code}/", {"answer": "ya", "decision": ""}).status_code == 302, "it warns, it does not hold up"


def test_who_went_on_is_counted_once_among_the_nominees() -> None:
    _of, entries, _row = made.announced()
    from jamsostek.awards.models import Entry

    assert Entry.objects.count() > len(entries)
    page = " ".join(_text(Client().get(EDITION)).split())
    after, before = r"Calon yang diterima.{0,120}?>\s*(\d+)\s*<", r">\s*(\d+)\s*<.{0,120}?Calon yang diterima"
    tile = re.search(after, page) or re.search(before, page)
    assert tile is not None and tile[1] == str(len(entries)), page[:4_000]
    assert f"Calon yang diterima: {len(entries)}" in _text(Client().get(f"{EDITION}calon/"))


def test_one_nominee_and_one_contest_stand_under_a_singular_heading() -> None:
    made.announced()
    client = Client()
    client.cookies["jamsostek_language"] = "en"
    heads = [re.findall(r"<th[^>]*>(.*?)</th>", _text(client.get(path)), re.S) for path in (EDITION, CONTEST, f"{EDITION}calon/")]
    told = [{re.sub("<[^>]+>", "", one).strip() for one in found} for found in heads]
    assert "Contest" in told[0] and "Contests" not in told[0]
    assert all("Nominee" in one and "Candidates" not in one for one in told[1:])


def test_a_certificate_is_a_page_and_a_sheet_that_is_the_same_again() -> None:
    from jamsostek.awards.models import Certificate

    made.announced()
    with cast.everyone():
        one = Certificate.objects.order_by("rank").first()
    assert one is not None
    page = _text(Client().get(f"/paritrana/sertifikat/{one.code}/"))
    assert "Sertifikat asli" in page and "Kabupaten Sidoarjo" in page and "dikarang untuk peragaan" in page
    assert "Bukan sertifikat kami" in _text(Client().get("/paritrana/sertifikat/?kode=ABCDEFGHJKLM"))
    assert "tidak cocok" in _text(Client().get(f"/paritrana/sertifikat/{one.code}/?d=0000000000000000"))
    sheets = [Client().get(f"/paritrana/sertifikat/{one.code}/sertifikat.pdf").content for _at in range(2)]
    assert sheets[0] == sheets[1] and sheets[0].startswith(b"%PDF")
    assert Client().get("/paritrana/sertifikat/ABCDEFGHJKLM/sertifikat.pdf").status_code == 404


def test_feedback_is_for_the_own_people_and_the_committee_alone() -> None:
    _of, entries, _row = made.announced()
    path = f"/paritrana/calon/ikut/{entries[made.LUMAJANG].code}/umpan-balik/"
    own = cast.user("dinas-lumajang", "regional_officer", "region", made.LUMAJANG)
    other = cast.user("dinas-malang", "regional_officer", "region", made.MALANG)
    page = _text(_in(own).get(path))
    assert "Catatan juri" in page and "Rekaan" in page and "juri-" not in page
    assert _in(other).get(path).status_code == 404
    assert Client().get(path).status_code in (302, 403, 404)
    assert "Catatan juri" in _text(_in(made.committee("panitia")).get(path))


def _annulled(row: Any, why: str = "Ukuran Gresik keliru") -> None:
    from jamsostek.awards.actions import results as actions

    with cast.as_user(made.committee("satu")):
        actions.ask_annulment(code=row.code, reason=why)
    with cast.as_user(made.committee("dua")):
        actions.answer_annulment(code=row.code, confirmed=True)


def test_an_annulled_result_is_told_with_its_reason_wherever_it_stood() -> None:
    _of, entries, row = made.announced()
    _annulled(row)
    own = cast.user("dinas-lumajang", "regional_officer", "region", made.LUMAJANG)
    feedback = f"/paritrana/calon/ikut/{entries[made.LUMAJANG].code}/umpan-balik/"
    for client, path in (
        (Client(), CONTEST), (Client(), EDITION), (Client(), f"{EDITION}kabupaten/3508/"), (_in(own), feedback),
        (_in(made.committee("satu")), DESK),
    ):  # fmt: skip
        page = _text(client.get(path))
        assert "ibatalkan" in page and "Hasil belum diumumkan" not in page, path
        assert "Ukuran Gresik keliru" in page or path == DESK, path
    assert "Kabupaten Sidoarjo" not in _text(Client().get(f"{EDITION}penerima/"))
    assert "Umpan balik" in _text(_in(own).get(f"/paritrana/calon/ikut/{entries[made.LUMAJANG].code}/"))


def test_after_an_annulment_the_desk_offers_to_compute_and_the_decision_is_public_at_once() -> None:
    of, entries, row = made.announced()
    _annulled(row)
    one, two = _in(made.committee("satu")), _in(made.committee("dua"))
    asked = f"{DESK}hitung/?kategori=regency_coverage&tingkat=province&wilayah=35"
    assert "Hitung lagi" in _text(one.get(DESK))
    same = one.post(asked, {"snapshot": str(row.snapshot), "reason": "Lagi"})
    assert "sudah dibatalkan: Ukuran Gresik keliru" in _text(same)
    other = made.final(of, entries.values(), {**made.SHARES, made.GRESIK: 30})
    there = one.post(asked, {"snapshot": str(other.number), "reason": "Ukuran Gresik diperbaiki"})
    assert there.status_code == 302
    assert "Hasil ini dibatalkan" in _text(Client().get(CONTEST))
    assert "Hasil ini dibatalkan" in _text(one.get(CONTEST)) and "Hasil dibatalkan" in _text(one.get(EDITION))
    assert "begitu diputuskan, hasil ini dibaca semua orang" in _text(two.get(there.url))
    sure = f"{DESK}umumkan/?tingkat=province&wilayah=35"
    assert "Belum diputuskan: " in _text(two.post(sure, {"sure": "on"}, follow=True))
    assert "langsung diumumkan" in _text(two.post(there.url, {"answer": "ya", "decision": ""}, follow=True))
    assert "Hasil ini dibatalkan" not in _text(Client().get(CONTEST))
    again = _text(two.post(sure, {"sure": "on"}, follow=True))
    assert "Tingkat ini sudah diumumkan pada" in again and "Belum diputuskan: " not in again
    assert "sertifikat diterbitkan" not in again


def test_a_proposal_on_older_rules_leads_to_computing_anew_and_old_snapshots_are_not_offered() -> None:
    import datetime as dt

    import juries_made as juries

    of = made.edition()
    entries = made.entered(of)
    juries.closed()
    before = made.final(of, entries.values(), made.SHARES, unmarked=True)
    made.reveal(entries.values())
    one, two = _in(made.committee("satu")), _in(made.committee("dua"))
    asked = f"{DESK}hitung/?kategori=regency_coverage&tingkat=province&wilayah=35"
    assert "sebelum nilai juri lomba ini dibuka" in _text(one.get(asked))
    after = made.final(of, entries.values(), made.SHARES)
    page = _text(one.get(asked))
    assert f'value="{after.number}"' in page and f'value="{before.number}"' not in page
    row = made.computed(made.committee("satu"), after)
    juries.moved(of, dt.timedelta(hours=5))
    page = _text(two.get(f"{DESK}{row.code}/"))
    assert "dari aturan versi 2; yang berlaku versi 3" in page and "Hitung lagi" in page
    refused = _text(two.post(f"{DESK}{row.code}/", {"answer": "ya", "decision": ""}))
    assert "Aturan edisi ini berubah" in refused and "Muat ulang" not in refused


def test_feedback_of_a_firm_among_few_tells_neither_the_middle_nor_the_best() -> None:
    import juries_made as juries

    from jamsostek.awards.actions.marks import Given, give

    of = made.edition()
    entry = juries.entry(of, 901, category=made.LARGE, subject="employer", name="PT Rekaan", regency=made.SIDOARJO)
    for user, seat in [juries.juror(f"juri-{seat}", seat) for seat in ("chair", "labour", "union")]:
        with cast.as_user(user):
            give(juror=seat.code, entry=entry.code, marks={"firm_innovation": Given(70), "understanding": Given(70)})
        juries.frozen(user, seat, made.LARGE)
    juries.revealed(made.LARGE)
    firms = [made.firm(901, "PT Rekaan", 80), made.firm(990, "PT Tidak Ikut", 99)]
    row = made.computed(made.committee("satu"), made.final(of, [entry], {made.SIDOARJO: 10}, firms=firms), category=made.LARGE)
    made.decided(made.committee("dua"), row)
    made.published(made.committee("tiga"))
    page = _text(_in(made.committee("panitia")).get(f"/paritrana/calon/ikut/{entry.code}/umpan-balik/"))
    assert "Kurang dari 5 perusahaan bersaing" in page and "Terbaik" not in page and "99,00" not in page
