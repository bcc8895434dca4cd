"""The pages of participants and heirs: whose cover, whose data, and what nobody else sees."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from serving import pointed_at, served

import jamsostek
from jamsostek.access.errors import Refused
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import speaking
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.worker.words import ACTIONS, FIELDS
from jamsostek.registry.actions import cards, changes, family, merging, sponsors
from jamsostek.registry.models import Employment
from jamsostek.registry.queries import people as found
from tests import cast

TODAY = timezone.localdate()
MONTH = month_of(TODAY)
REASON = "Mencocokkan KTP di loket"


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    assert answer.status_code == 200, (answer.status_code, answer.get("Location"))
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def worker(name: str = "Siti Rahmawati", username: str = "siti", **given: Any) -> tuple[Any, Client]:
    """A participant with an account, and their browser."""
    with cast.everyone():
        person = cast.participant(name, **given)
        user = cast.user(username, "worker", "self", person.pk, name=name)
    return person, cast.signed_in(Client(), user)


def promise(person: Any) -> None:
    """Cover that somebody means to pay themself."""
    with cast.everyone():
        sponsors.cover_oneself(sponsors.Covering(person.pk, MONTH, 1_000_000, "Petani"))


# --- cover ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_timeline_tells_who_pays_the_gap_and_the_end_that_comes() -> None:
    person, client = worker()
    with cast.everyone():
        payer = cast.sponsor("Desa Contoh Jaya")
        cast.covered(person, payer, add_months(MONTH, -8), add_months(MONTH, -4))
        cast.covered(person, payer, add_months(MONTH, -2), add_months(MONTH, 1))
    told = text_of(client.get("/peserta/"))
    assert f"Terlindungi bulan ini, {month_words(MONTH)}" in told
    assert (
        f"{month_words(add_months(MONTH, -2))} sampai {month_words(add_months(MONTH, 1))} Berlaku Dibayarkan Desa Contoh Jaya"
        in told
    )
    assert f"{month_words(add_months(MONTH, -3))} Celah Tidak ada yang membayar iuran." in told
    assert f"Belum ada yang akan membayar mulai {month_words(add_months(MONTH, 2))}" in told


@pytest.mark.django_db
def test_cover_of_an_employer_has_no_end_and_no_warning() -> None:
    person, client = worker()
    with cast.everyone():
        cast.works(person, cast.employer("PT Contoh Makmur"), add_months(MONTH, -3))
    told = text_of(client.get("/peserta/"))
    assert "Bekerja di PT Contoh Makmur (penerima upah)" in told
    assert "Perlindungan berakhir" not in told
    assert "Jaminan Pensiun" in told, "a large employer's worker has a pension"


@pytest.mark.django_db
def test_a_promise_to_pay_oneself_covers_nothing_and_gives_no_card() -> None:
    person, client = worker()
    promise(person)
    assert "Belum dibayar" in text_of(client.get("/peserta/"))
    card = text_of(client.get("/peserta/kartu/"))
    assert "Kartu terbit begitu iuran pertama tercatat" in card
    assert "Terbitkan kartu baru" not in card
    assert client.post("/peserta/kartu/terbitkan/").status_code == 409
    with cast.everyone():
        assert cards.issue_cards(participant_ids=[person.pk], today=TODAY) == []


@pytest.mark.django_db
def test_nobody_covered_is_told_so() -> None:
    _person, client = worker()
    assert f"Tidak terlindungi bulan ini, {month_words(MONTH)}" in text_of(client.get("/peserta/"))


def test_merged_numbers_are_one_history(committed_db: Any) -> None:
    with cast.everyone():
        kept, other = cast.participant("Hasan Basri", sex="m"), cast.participant("Hasan Basri", sex="m")
        old = cast.user("hasan.lama", "worker", "self", other.pk)
        officer = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO, name="Ibu Petugas")
        cast.covered(other, cast.sponsor("Desa Contoh Jaya"), add_months(MONTH, -2), add_months(MONTH, 6))
        cast.works(kept, cast.employer("PT Contoh Makmur"), add_months(MONTH, -20), 3_000_000)
    with cast.as_user(officer):
        found.show(participant_id=other.pk, field="nik", reason=REASON)
    with cast.everyone():
        merging.merge(source_id=other.pk, into_id=kept.pk, reason="KTP sama")
    client = cast.signed_in(Client(), old)
    told = text_of(client.get("/peserta/"))
    assert "Desa Contoh Jaya" in told and "PT Contoh Makmur" in told
    assert "Ganti orang" not in told
    assert REASON in text_of(client.get("/peserta/jejak/")), "the trail of the old number goes along"
    assert "PT Contoh Makmur" in text_of(client.get("/peserta/pekerjaan/"))
    client.post("/peserta/kartu/terbitkan/")
    assert b"".join(client.get("/peserta/kartu/kartu.pdf").streaming_content)[:5] == b"%PDF-"


# --- the card ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_card_is_issued_shown_kept_and_revoked_when_lost() -> None:
    from jamsostek.registry.queries.cards import card_status

    person, client = worker()
    with cast.everyone():
        cast.covered(person, cast.sponsor(), MONTH, add_months(MONTH, 4))
    assert "Anda terlindungi, tetapi belum punya kartu" in text_of(client.get("/peserta/kartu/"))
    client.post("/peserta/kartu/terbitkan/")
    page = client.get("/peserta/kartu/")
    assert b"<svg" in page.content and person.kpj[:4] in text_of(page)
    picture, paper = client.get("/peserta/kartu/kartu.png"), client.get("/peserta/kartu/kartu.pdf")
    assert b"".join(picture.streaming_content)[:4] == b"\x89PNG"
    assert b"".join(paper.streaming_content)[:5] == b"%PDF-"
    assert {picture["Cache-Control"], paper["Cache-Control"], page["Cache-Control"]} == {"no-store"}
    serial = re.search(r"Nomor kartu (\d{4} \d{4} \d{5})", text_of(page))
    assert serial is not None
    assert "Pilih satu jawaban" in text_of(client.post("/peserta/kartu/hilang/", {}))
    client.post("/peserta/kartu/hilang/", {"reason": "hilang"})
    assert card_status(serial[1].replace(" ", ""), MONTH) == "revoked"
    assert "Anda terlindungi, tetapi belum punya kartu" in text_of(client.get("/peserta/kartu/"))


# --- one's own data ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_data_is_masked_until_a_button_shows_it_whole() -> None:
    person, client = worker()
    with cast.everyone():
        whole = changes.as_person(person)
    masked = text_of(client.get("/peserta/data/"))
    shown = text_of(client.post("/peserta/data/", {"tampil": "utuh"}))
    grouped = " ".join((whole.nik or "")[at : at + 4] for at in range(0, 16, 4))
    for secret in (grouped, whole.phone, whole.bank_account, whole.mother_name):
        assert secret in shown
        assert secret not in masked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "wrong", "problem", "right"),
    [
        ("telepon", {"phone": "12"}, "Nomor telepon tidak terbaca", {"phone": "+6281322223333"}),
        ("rekening", {"bank_code": "BRI", "bank_account": "x"}, "rekening 5", {"bank_code": "BNI", "bank_account": "123456789"}),
        ("disabilitas", None, "", {"disability_type": "sensory"}),
        ("alamat", None, "", {"address": "Kampung Contoh RT 1"}),
    ],
)  # fmt: skip
def test_a_change_is_checked_kept_and_remembered(
    what: str, wrong: dict[str, str] | None, problem: str, right: dict[str, str]
) -> None:
    person, client = worker()
    if wrong is not None:
        refused = client.post(f"/peserta/data/{what}/", wrong)
        assert problem in text_of(refused)
        assert b'aria-invalid="true"' in refused.content
    answer = client.post(f"/peserta/data/{what}/", right, follow=True)
    assert "Perubahan tersimpan" in text_of(answer)
    person.refresh_from_db()
    with cast.everyone():
        after = changes.as_person(person)
    assert {name: getattr(after, name) for name in right} == right
    newest = text_of(client.get("/peserta/jejak/"))
    assert "Anda sendiri Mengubah data Anda" in newest
    assert "Diubah sendiri" in newest


@pytest.mark.django_db
def test_an_account_can_be_taken_away_again() -> None:
    person, client = worker()
    client.post("/peserta/data/rekening/", {"bank_code": "", "bank_account": ""})
    with cast.everyone():
        assert changes.as_person(person).bank_account == ""


@pytest.mark.django_db
def test_the_download_holds_all_and_is_remembered() -> None:
    person, client = worker()
    with cast.everyone():
        whole = changes.as_person(person)
        cast.works(person, cast.employer("PT Contoh Makmur"), MONTH, 4_100_000)
        family.add_relative(participant_id=person.pk, kinsman=family.Kinsman("child", "Anak Contoh", "m"), today=TODAY)
    assert client.get("/peserta/data/unduh/").status_code == 405
    answer = client.post("/peserta/data/unduh/")
    told = json.loads(answer.content)
    assert told["person"]["nik"] == whole.nik
    assert told["work"][0]["wages"] == [{"from_month": MONTH, "wage_rupiah": 4_100_000}]
    assert told["family"][0]["name"] == "Anak Contoh"
    assert {one["action"] for one in told["trail"]} >= {"participant.registered", "employment.begun", "data.exported"}
    assert whole.nik not in answer["Content-Disposition"]
    assert "Mengunduh semua data" in text_of(client.get("/peserta/jejak/"))


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["pembetulan", "upah", "penghapusan"])
def test_what_an_office_does_becomes_a_ticket(what: str) -> None:
    from jamsostek.access.queries import tickets

    person, client = worker()
    assert "belum diisi" in text_of(client.post(f"/peserta/minta/{what}/", {"told": ""}))
    answer = client.post(f"/peserta/minta/{what}/", {"told": "Nama saya salah satu huruf"})
    assert answer.status_code == 302
    number = answer["Location"].rstrip("/").split("/")[-1]
    with cast.everyone():
        waiting = {one.number: one.regency_code for one in tickets()}
    assert waiting[number] == person.regency_code
    assert "Anda sendiri Me" in text_of(client.get("/peserta/jejak/"))


# --- family and work --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_family_is_told_and_stands_in_the_order_of_law() -> None:
    _person, client = worker(sex="f")
    client.post("/peserta/keluarga/tambah/", {"kin": "parent", "name": "Mbah Contoh", "sex": "f"})
    client.post("/peserta/keluarga/tambah/", {"kin": "spouse", "name": "Pak Contoh", "sex": "m"})
    told = text_of(client.get("/peserta/keluarga/"))
    assert "Janda, duda, atau anak Pak Contoh Berhak lebih dahulu" in told
    assert "PP 44/2015 Pasal 37" in told
    link = re.findall(r"/peserta/keluarga/(\d+)/akhiri/", client.get("/peserta/keluarga/").content.decode())
    day = {"on-d": str(TODAY.day), "on-m": str(TODAY.month), "on-y": str(TODAY.year)}
    client.post(f"/peserta/keluarga/{link[1]}/akhiri/", {"why": "cerai", **day})
    told = text_of(client.get("/peserta/keluarga/"))
    assert "derajat kedua Mbah Contoh Berhak lebih dahulu" in told
    assert "Berakhir" in told, "who was family stays in sight"


@pytest.mark.django_db
def test_the_worker_reports_leaving_and_the_employer_sees_who_did() -> None:
    person, client = worker()
    with cast.everyone():
        job = cast.works(person, cast.employer("PT Contoh Makmur"), add_months(MONTH, -5), 3_900_000)
    told = text_of(client.get("/peserta/pekerjaan/"))
    assert "Rp3.900.000" in told
    ahead = TODAY + dt.timedelta(days=40)
    late = {"left_on-d": str(ahead.day), "left_on-m": str(ahead.month), "left_on-y": str(ahead.year), "leaving": "resigned"}
    assert "Tanggal ini belum tiba" in text_of(client.post(f"/peserta/pekerjaan/{job}/keluar/", late))
    on = {"left_on-d": str(TODAY.day), "left_on-m": str(TODAY.month), "left_on-y": str(TODAY.year), "leaving": "resigned"}
    assert client.post(f"/peserta/pekerjaan/{job}/keluar/", on).status_code == 302
    with cast.everyone():
        spell = Employment.objects.get(pk=job)
    assert (spell.to_month, spell.leaving, spell.leaving_reported_by) == (MONTH, "resigned", "worker")
    assert "sudah berakhir" in text_of(client.post(f"/peserta/pekerjaan/{job}/keluar/", on))
    assert "dilaporkan Anda sendiri" in text_of(client.get("/peserta/pekerjaan/"))


# --- who sees what ----------------------------------------------------------------------------------------------------


def test_a_worker_sees_who_looked_and_nothing_of_anybody_else(committed_db: Any) -> None:
    person, client = worker()
    other, stranger = worker("Orang Lain", "orang.lain")
    with cast.everyone():
        firm = cast.employer("PT Contoh Makmur")
        job, relative = cast.works(other, firm, MONTH), None
        relative = family.add_relative(participant_id=other.pk, kinsman=family.Kinsman("child", "Anak Orang", "m"), today=TODAY)
        officer = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO, name="Ibu Petugas")
    with cast.as_user(officer):
        found.show(participant_id=person.pk, field="nik", reason=REASON)
    told = text_of(client.get("/peserta/jejak/"))
    assert f"Ibu Petugas Membuka data yang tertutup NIK {REASON}" in told
    assert REASON not in text_of(stranger.get("/peserta/jejak/"))
    for path in (f"/peserta/pekerjaan/{job}/keluar/", f"/peserta/keluarga/{relative.pk}/akhiri/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {}).status_code == 403
    session = client.session
    session["about"] = other.pk
    session.save()
    assert "Orang Lain" not in text_of(client.get("/peserta/"))
    client.post("/peserta/pilih/", {"who": str(other.pk)})
    assert "Orang Lain" not in text_of(client.get("/peserta/"))


def test_heirs_see_cover_papers_and_order_but_no_secret(committed_db: Any) -> None:
    with cast.everyone():
        dead = cast.participant("Almarhum Contoh", sex="m")
        cast.covered(dead, cast.sponsor("Desa Contoh Jaya"), add_months(MONTH, -6), None)
        family.add_relative(participant_id=dead.pk, kinsman=family.Kinsman("spouse", "Ibu Contoh", "f"), today=TODAY)
        whole = changes.as_person(dead)
        changes.record_death(participant_id=dead.pk, died_on=TODAY - dt.timedelta(days=3), today=TODAY, reason="Akta kematian")
        heir = cast.user("ahli.waris", "heir", "self", dead.pk)
        cards.issue_cards(participant_ids=[dead.pk], today=TODAY)
    client = cast.signed_in(Client(), heir)
    home, claim = text_of(client.get("/peserta/")), text_of(client.get("/peserta/klaim/"))
    assert "Keluarga Almarhum Contoh" in home and "Terlindungi pada hari meninggal" in home
    assert "Akta kematian" in claim and "Ibu Contoh Berhak lebih dahulu" in claim
    for path in ("data/", "data/telepon/", "kartu/", "jejak/", "keluarga/", "pekerjaan/", "minta/upah/", "kartu/kartu.png"):
        assert client.get(f"/peserta/{path}").status_code == 403, path
    assert client.post("/peserta/data/", {"tampil": "utuh"}).status_code == 403
    assert client.post("/peserta/data/unduh/").status_code == 403
    for secret in (whole.nik, whole.phone[-8:], whole.bank_account, whole.mother_name):
        assert secret not in home + claim
    with cast.everyone():
        assert [one.reason for one in found.trail(dead.pk)][:2] == ["Dibuka ahli waris"] * 2, "who looks is remembered"


def test_an_heir_writes_and_opens_nothing_of_the_dead_whatever_the_door(committed_db: Any) -> None:
    with cast.everyone():
        dead = cast.participant("Almarhum Contoh", sex="m")
        cast.covered(dead, cast.sponsor(), MONTH, None)
        (card,) = cards.issue_cards(participant_ids=[dead.pk], today=TODAY)
        heir = cast.user("ahli.waris", "heir", "self", dead.pk)
    kinsman = family.Kinsman("spouse", "Mengaku Istri", "f")
    for act in (
        lambda: found.show(participant_id=dead.pk, field="nik", reason=REASON),
        lambda: family.add_relative(participant_id=dead.pk, kinsman=kinsman, today=TODAY),
        lambda: changes.change_person(
            participant_id=dead.pk, changes={"bank_account": "123456789"}, today=TODAY, now=timezone.now(), reason="-"
        ),
        lambda: cards.revoke_card(card_id=card.pk, now=timezone.now(), reason="-"),
    ):
        with cast.as_user(heir), pytest.raises(Refused):
            act()


def test_an_heir_who_is_a_worker_too_chooses_and_gets_no_secret_of_the_dead(committed_db: Any) -> None:
    person, _client = worker()
    with cast.everyone():
        dead = cast.participant("Almarhum Contoh", sex="m")
        from jamsostek.access.models import Grant, User

        user = User.objects.get(username="siti")
        Grant.objects.create(user=user, role="heir", kind="self", target=dead.pk, from_month=202601)
    client = cast.signed_in(Client(), user)
    assert client.get("/peserta/")["Location"].startswith("/peserta/pilih/")
    told = text_of(client.get("/peserta/pilih/"))
    assert "Siti Rahmawati" in told and "Almarhum Contoh" in told
    client.post("/peserta/pilih/", {"who": str(dead.pk)})
    assert "Keluarga Almarhum Contoh" in text_of(client.get("/peserta/"))
    for path in ("data/", "jejak/", "kartu/"):
        assert client.get(f"/peserta/{path}")["Location"] == "/peserta/", path
    assert client.post("/peserta/data/unduh/")["Location"] == "/peserta/"
    client.post("/peserta/pilih/", {"who": str(person.pk)})
    assert "Siti Rahmawati" in text_of(client.get("/peserta/data/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "kind", "target", "home"),
    [
        ("worker", "self", 0, "worker:home"), ("employer_clerk", "employer", 1, "employer:home"),
        ("sponsor_approver", "sponsor", 1, "sponsor:home"), ("village_operator", "village", 3515012001, "village:home"),
        ("branch_officer", "region", cast.SIDOARJO, "officer:home"), ("head_office", "nation", 0, "officer:home"),
        ("agent", "office", 1, "agent:home"), ("regional_viewer", "region", cast.SIDOARJO, "region:home"),
        ("auditor", "nation", 0, "oversight:home"), ("award_committee", "nation", 0, "award_committee:home"),
        ("hospital_desk", "office", 1, "oversight:home"),
    ],
)  # fmt: skip
def test_signing_in_leads_to_the_pages_of_ones_role(role: str, kind: str, target: int, home: str) -> None:
    from jamsostek.portal.screens import url_of

    with cast.everyone():
        person = cast.participant()
        user = cast.user("seseorang", role, kind, person.pk if kind == "self" else target)
    answer = cast.signed_in(Client(), user).get("/beranda/")
    assert answer.status_code == 302
    assert answer["Location"] == url_of(home)


@pytest.mark.django_db
def test_a_juror_chooses_between_marking_and_the_figures() -> None:
    with cast.everyone():
        user = cast.user("juri.satu", "jury", "nation", 0)
    answer = cast.signed_in(Client(), user).get("/beranda/")
    assert answer.status_code == 200
    assert {'href="/paritrana/juri/"', 'href="/pantau/"'} <= set(re.findall(r'href="/[a-z/]+"', answer.content.decode()))


@pytest.mark.django_db
def test_who_has_several_roles_chooses_and_who_has_none_is_told_where_to_ask() -> None:
    with cast.everyone():
        person = cast.participant()
        from jamsostek.access.models import Grant

        both = cast.user("dua.peran", "worker", "self", person.pk)
        Grant.objects.create(user=both, role="employer_clerk", kind="employer", target=1, from_month=202601)
        none = cast.user("tanpa.peran")
    told = text_of(cast.signed_in(Client(), both).get("/beranda/"))
    assert "Kepesertaan saya" in told and "Perusahaan" in told
    assert "belum ada peran" in text_of(cast.signed_in(Client(), none).get("/beranda/"))


def test_every_action_about_a_person_has_words_for_them() -> None:
    package = Path(jamsostek.__file__).parent
    said = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                name, kind = node.args[0], node.args[1].value
                if kind == "participant" and isinstance(name, ast.Constant) and "." in str(name.value):
                    said.add(str(name.value))
    assert len(said) > 15
    assert sorted(said - set(ACTIONS)) == []
    with speaking("en"):
        assert FIELDS["nik"] == "NIK"


# --- in a browser -----------------------------------------------------------------------------------------------------

SIGNED_IN: dict[str, str] = {}
"""Session keys by username, of the people of the running site."""


def fill() -> None:
    """People of whom every page has something to show."""
    with cast.everyone():
        person = cast.participant("Siti Rahmawati")
        village, firm = cast.sponsor("Desa Contoh Jaya"), cast.employer("PT Contoh Makmur Sejahtera")
        cast.covered(person, village, add_months(MONTH, -14), add_months(MONTH, -8))
        cast.covered(person, village, add_months(MONTH, -5), add_months(MONTH, 1))
        job = cast.works(person, firm, add_months(MONTH, -30), 2_500_000)
        from jamsostek.registry.actions import employ

        employ.change_wage(employment_id=job, from_month=add_months(MONTH, -20), wage_rupiah=2_750_000)
        left = dt.date(add_months(MONTH, -15) // 100, add_months(MONTH, -15) % 100, 20)
        employ.leave(employment_id=job, left_on=left, leaving="contract_ended")
        cast.works(person, cast.employer("Toko Contoh"), add_months(MONTH, -1), 1_900_000)
        for kin, name, sex in (("spouse", "Budi Santoso", "m"), ("child", "Ayu Lestari", "f"), ("parent", "Painem", "f")):
            family.add_relative(
                participant_id=person.pk, kinsman=family.Kinsman(kin, name, sex, dt.date(1988, 2, 3)), today=TODAY
            )
        cards.issue_cards(participant_ids=[person.pk], today=TODAY)
        promised = cast.participant("Wagiman", sex="m")
        dead = cast.participant("Slamet Riyadi", sex="m")
        cast.covered(dead, village, add_months(MONTH, -6), None)
        family.add_relative(participant_id=dead.pk, kinsman=family.Kinsman("spouse", "Sri Lestari", "f"), today=TODAY)
        changes.record_death(participant_id=dead.pk, died_on=TODAY - dt.timedelta(days=9), today=TODAY, reason="Akta kematian")
        users = {
            "siti": cast.user("siti", "worker", "self", person.pk, name="Siti Rahmawati"),
            "wagiman": cast.user("wagiman", "worker", "self", promised.pk, name="Wagiman"),
            "ahli": cast.user("ahli", "heir", "self", dead.pk, name="Sri Lestari"),
            "dua": cast.user("dua", "worker", "self", promised.pk, name="Wagiman"),
        }
        from jamsostek.access.models import Grant

        Grant.objects.create(user=users["dua"], role="heir", kind="self", target=dead.pk, from_month=202601)
        officer = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO, name="Ibu Petugas")
    promise(promised)
    with cast.as_user(officer):
        found.show(participant_id=person.pk, field="nik", reason=REASON)
    for name, user in users.items():
        SIGNED_IN[name] = cast.signed_in(Client(), user).cookies["jamsostek_session"].value


@pytest.fixture(scope="module")
def site(fresh_database: Callable[[], Any], django_db_blocker: Any) -> Iterator[str]:
    """A running site with people in it."""
    with fresh_database() as mine:
        with django_db_blocker.unblock(), pointed_at(mine.name):
            fill()
        with served(mine) as address:
            yield address


PAGES = (
    ("siti", "/peserta/"), ("siti", "/peserta/kartu/"), ("siti", "/peserta/kartu/hilang/"), ("siti", "/peserta/data/"),
    ("siti", "/peserta/data/telepon/"), ("siti", "/peserta/data/rekening/"), ("siti", "/peserta/data/disabilitas/"),
    ("siti", "/peserta/keluarga/"), ("siti", "/peserta/keluarga/tambah/"), ("siti", "/peserta/pekerjaan/"),
    ("siti", "/peserta/jejak/"), ("siti", "/peserta/klaim/"), ("siti", "/peserta/minta/penghapusan/"),
    ("wagiman", "/peserta/"), ("wagiman", "/peserta/kartu/"), ("wagiman", "/peserta/pekerjaan/"),
    ("wagiman", "/peserta/keluarga/"),
    ("ahli", "/peserta/"), ("ahli", "/peserta/klaim/"), ("dua", "/peserta/pilih/"),
)  # fmt: skip
Go = Callable[..., Visit]


def opened(visit: Go, site: str, who: str, path: str, language: str = "id", size: str = "phone", **options: Any) -> Visit:
    """A page as one of the people."""
    cookie = {"name": "jamsostek_session", "value": SIGNED_IN[who], "domain": "127.0.0.1", "path": "/", "expires": -1}
    return visit(
        path,
        language,
        size,
        storage_state={"cookies": [{**cookie, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []},
        **options,
    )


@pytest.mark.parametrize(("language", "size"), [("id", "phone"), ("en", "desk")])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_is_sound(visit: Go, site: str, who: str, path: str, language: str, size: str) -> None:
    seen = opened(visit, site, who, path, language, size)
    page = seen.page
    assert page.url.endswith(path)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]] == []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    assert seen.weight() <= 150_000
    assert [text for text in seen.complaints if "404" not in text] == []
    assert not [one.url for one in seen.responses if one.url.endswith(".js")]


def test_the_code_on_the_screen_is_the_card(visit: Go, site: str) -> None:
    import io

    import zxingcpp
    from PIL import Image

    page = opened(visit, site, "siti", "/peserta/kartu/", "id", "phone", device_scale_factor=2).page
    picture = Image.open(io.BytesIO(page.locator(".narrow svg").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text.startswith(f"{site}/kartu/periksa/#JK1:")
    expect(page.get_by_alt_text("Kartu Siti Rahmawati")).to_be_visible()
