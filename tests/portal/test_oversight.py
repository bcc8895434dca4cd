"""Those who watch: figures without persons, the trail without values, and a hospital's one question."""

from __future__ import annotations

import ast
import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from desks import MONTH, REASON, TODAY, Town, day, text_of
from django.db import connection
from django.utils import timezone

import jamsostek
from jamsostek.access import audit
from jamsostek.access.queries import LISTED
from jamsostek.access.scope import acting, nobody, system_scope
from jamsostek.core.months import format_month
from jamsostek.portal.jobs import verify_trail
from jamsostek.portal.officer.person import REASONS as OFFICER_REASONS
from jamsostek.portal.officer.shown import FIELDS
from jamsostek.portal.oversight.figures import sum_words
from jamsostek.portal.screens.trail import REASONS
from jamsostek.portal.worker.card import LOST
from jamsostek.portal.worker.data import OWN_REASON
from jamsostek.portal.worker.family import WHY as FAMILY_WHY
from jamsostek.portal.worker.home import BY_HEIR
from jamsostek.portal.worker.work import REPORTED
from jamsostek.registry.queries.counts import Sum
from jamsostek.registry.queries.eligibility import WHY
from jamsostek.registry.queries.people import show
from jamsostek.registry.queries.trail import ACTIONS
from tests import cast

READERS = ("ministry", "actuary", "researcher", "jury", "auditor")


@pytest.fixture(scope="module")
def town(town: Town) -> Town:
    """The people and their users; six more who work, so that one cell is told."""
    with cast.everyone():
        for at in range(6):
            cast.works(cast.participant(f"Pekerja {'ABCDEF'[at]}", sex="m"), town.payers["firm"])
    return town


pytestmark = pytest.mark.usefixtures("town_undone")


def trail(where: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Entries of the trail."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(f"SELECT action, fields, reason, subject_id FROM access_auditentry WHERE {where} ORDER BY id DESC", values)
        return cursor.fetchall()


# --- figures ----------------------------------------------------------------------------------------------------------


def test_each_reader_of_figures_comes_in_and_meets_no_person(town: Town) -> None:
    for who in READERS:
        for path in ("/pantau/", "/pantau/?menurut=segmen", "/pantau/?provinsi=35", "/pantau/data/?bentuk=csv"):
            answer = town.client(who).get(path)
            body = b"".join(answer).decode() if answer.streaming else answer.content.decode()
            assert answer.status_code == 200, (who, path)
            assert "Siti" not in body and "Pekerja A" not in body
    for who in ("officer", "agent", "viewer", "worker", "clerk", "head"):
        assert town.client(who).get("/pantau/").status_code == 403, who


def test_cells_below_five_are_hidden_and_sums_leave_them_out(town: Town) -> None:
    told = text_of(town.client("researcher").get("/pantau/?menurut=segmen"))

    assert "Penerima upah 6 < 5 6+" in told
    text = b"".join(town.client("researcher").get("/pantau/data/?bentuk=csv")).decode("utf-8-sig")
    assert f"{format_month(MONTH)},3515,Kabupaten Sidoarjo,Penerima upah,Laki-laki,Tidak,6" in text
    assert ",Perempuan,Tidak,< 5" in text
    assert ",1\r" not in text and ",2\r" not in text


@pytest.mark.parametrize(("found", "words"), [(Sum(0, 1), "< 5"), (Sum(0, 3), "< 13"), (Sum(12, 0), "12"), (Sum(12, 2), "12+")])
def test_a_sum_of_hidden_cells_is_a_bound(found: Sum, words: str) -> None:
    assert sum_words(found) == words


def test_an_unknown_month_or_province_is_the_present_and_the_nation(town: Town) -> None:
    told = text_of(town.client("ministry").get("/pantau/?bulan=kemarin&provinsi=99&menurut=nama"))
    assert "Seluruh Indonesia" in told


# --- the trail --------------------------------------------------------------------------------------------------------


def test_the_trail_is_read_by_auditors_and_the_head_office_alone(town: Town) -> None:
    for path in ("/pantau/jejak/", "/pantau/jejak/dibuka/", "/pantau/jejak/rantai/", "/pantau/jejak/unduh/"):
        for who in ("auditor", "head"):
            assert town.client(who).get(path).status_code == 200, (who, path)
        for who in ("ministry", "researcher", "officer", "supervisor", "hospital", "viewer"):
            assert town.client(who).get(path).status_code == 403, (who, path)


def test_entries_are_found_by_action_actor_number_and_day(town: Town) -> None:
    client, siti = town.client("auditor"), town.people["siti"]
    today = {**day("first", TODAY), **day("last", TODAY)}

    def found(**asked: str) -> str:
        return text_of(client.get("/pantau/jejak/", {**today, **asked})).split("Alasan", 1)[-1]

    assert "Peserta didaftarkan" in found(number=siti.kpj)
    assert "Kartu diterbitkan" in found(action="card.issued") and "Peserta didaftarkan" not in found(action="card.issued")
    assert "Pak Penyelia" in found(actor="penyelia") and "Ibu Petugas" not in found(actor="penyelia")
    assert "Perusahaan didaftarkan" in found(number=town.payers["firm"].npp)
    yesterday = TODAY - dt.timedelta(days=1)
    none = text_of(client.get("/pantau/jejak/", {**day("first", yesterday), **day("last", yesterday)}))
    assert "Tidak ada yang cocok" in none
    wrong = text_of(client.get("/pantau/jejak/", {**day("first", TODAY), **day("last", yesterday)}))
    assert "sebelum tanggal pertama" in wrong


def test_the_trail_names_fields_and_never_a_value(town: Town) -> None:
    with cast.everyone():
        nik = show(participant_id=town.people["siti"].pk, field="nik", reason=REASON)
    client = town.client("auditor")
    pages = client.get("/pantau/jejak/").content + b"".join(client.get("/pantau/jejak/unduh/?bentuk=csv"))
    assert nik.encode() not in pages and b"Siti Rahmawati</td>" not in pages
    assert trail("action = 'trail.read'", []), "reading the trail is remembered too"


def test_every_value_shown_stands_in_a_list_of_its_own(town: Town) -> None:
    with cast.as_user(town.users["officer"]):
        show(participant_id=town.people["budi"].pk, field="phone", reason="Menghubungi peserta")
    told = text_of(town.client("auditor").get("/pantau/jejak/dibuka/"))
    assert "Ibu Petugas" in told and "Menghubungi peserta" in told and "telepon" in told


def test_every_action_has_words_for_auditors() -> None:
    said = set()
    for path in Path(jamsostek.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("record", "Entry", "_note") and isinstance(node.args[0].value, str):
                    said.add(node.args[0].value)
    assert len(said) > 40
    assert sorted(one for one in said - set(ACTIONS) if "." in one) == []


def test_reasons_and_actors_from_code_are_read_in_the_readers_language_and_typed_ones_as_typed(town: Town) -> None:
    budi = town.people["budi"].pk
    for scope, reason in ((nobody(), "NIK sudah terdaftar"), (system_scope("Berkas massal"), "unggahan 7")):
        with acting(scope):
            audit.record("look", "participant", budi, fields=("who", "told"), reason=reason)
    with cast.as_user(town.users["officer"]):
        audit.record("look", "participant", budi, reason="Keluarga datang ke loket")
        audit.record("look", "participant", budi, reason="Opened by an heir")
    asked = {**day("first", TODAY), **day("last", TODAY), "number": town.people["budi"].kpj}
    english = text_of(town.client("auditor", "en").get("/pantau/jejak/", asked))
    for words in ("NIK already registered", "uploaded file 7", "Visitor", "Bulk file", "name as written, the request"):
        assert words in english, words
    assert "Keluarga datang ke loket" in english
    indonesian = text_of(town.client("auditor").get("/pantau/jejak/", asked))
    assert "Pengunjung" in indonesian and "nama yang ditulis, isi permintaan" in indonesian
    assert "Dibuka ahli waris" in indonesian, "what was written in the language of an English page"


def test_every_reason_and_field_that_code_writes_has_words_for_readers() -> None:
    reasons, fields = set(), set()
    for path in Path(jamsostek.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ("record", "looked", "Entry"):
                keywords = {one.arg: one.value for one in node.keywords}
                reasons |= _texts(keywords.get("reason")) | _texts(node.args[2] if name == "looked" and node.args[2:] else None)
                fields |= _texts(keywords.get("fields")) | _texts(node.args[1] if name == "looked" and node.args[1:] else None)
                fields |= {text for one in getattr(keywords.get("values"), "keys", ()) for text in _texts(one)}
    assert len(reasons) > 25 and len(fields) > 30
    reasons |= {BY_HEIR, OWN_REASON, REPORTED, LISTED, WHY, *OFFICER_REASONS.values()}
    reasons |= {*dict(LOST).values(), *dict(FAMILY_WHY).values()}
    assert sorted(one for one in reasons - REASONS if one != "API" and not one.startswith("jamsostek ")) == []
    assert sorted(fields - set(FIELDS)) == []


def _texts(node: ast.AST | None) -> set[str]:
    """Texts that stand in an expression itself, not in calls within it."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) and node.value else set()
    if isinstance(node, ast.Tuple | ast.List | ast.BoolOp | ast.Starred | ast.IfExp):
        return {text for one in ast.iter_child_nodes(node) for text in _texts(one)}
    return set()


# --- the chain --------------------------------------------------------------------------------------------------------


def test_the_button_asks_for_a_check_and_its_result_is_shown(town: Town) -> None:
    client = town.client("auditor")
    assert "Belum pernah diperiksa" in text_of(client.get("/pantau/jejak/rantai/"))
    assert "Pemeriksaan berjalan" in text_of(client.post("/pantau/jejak/rantai/periksa/", follow=True))
    assert "sudah diminta" in text_of(client.post("/pantau/jejak/rantai/periksa/", follow=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'portal.verify_trail'")
        assert len(cursor.fetchall()) == 1, "one check at a time is enough"
    assert town.client("ministry").post("/pantau/jejak/rantai/periksa/").status_code == 403
    assert client.get("/pantau/jejak/rantai/periksa/").status_code == 405


def test_a_check_that_holds_and_one_that_does_not_are_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jamsostek.portal.jobs.close_old_connections", lambda: None)
    user, client = town.users["auditor"], town.client("auditor")
    assert verify_trail(user_id=user.pk) is True
    told = text_of(client.get("/pantau/jejak/rantai/"))
    assert "Utuh" in told and "oleh Orang Auditor" in told
    broken = audit.Verdict(3, 120, 0, "ab", 4, 77, "entry altered")
    monkeypatch.setattr(audit, "verify", lambda: broken)
    assert verify_trail(user_id=user.pk) is False
    told = text_of(client.get("/pantau/jejak/rantai/"))
    assert "Tidak cocok di blok 4" in told and "bernomor 77" in told


def test_sealed_blocks_are_counted(committed_trail: Any, town: Town) -> None:
    told = text_of(town.client("head").get("/pantau/jejak/rantai/"))
    assert "Blok yang ditutup 1" in told
    assert "Pemantauan" not in told.split("Keutuhan jejak")[0], "the head office comes from its own first page"


@pytest.fixture
def committed_trail(town: Town) -> None:
    """One closed block, as soon as no transaction of another test on the same server holds it back."""
    until = time.monotonic() + 180
    with cast.everyone():
        while not audit.seal(timezone.now()):
            assert time.monotonic() < until, "nothing to close"
            time.sleep(0.2)


# --- a hospital's desk ------------------------------------------------------------------------------------------------


def asked(town: Town, kpj: str, born: dt.date) -> str:
    """The answer to the question."""
    return text_of(town.client("hospital").post("/pantau/periksa/", {"kpj": kpj, **day("birth_date", born)}))


def test_a_desk_is_led_to_its_question_and_nowhere_else(town: Town) -> None:
    client = town.client("hospital")
    assert client.get("/pantau/")["Location"] == "/pantau/periksa/"
    for path in ("/pantau/data/", "/pantau/jejak/", "/kantor/", "/wilayah/", "/agen/"):
        assert client.get(path).status_code == 403, path
    for who in ("ministry", "officer", "auditor"):
        assert town.client(who).get("/pantau/periksa/").status_code == 403, who


def test_number_and_birth_date_get_yes_with_programmes_and_nothing_else(town: Town) -> None:
    siti = town.people["siti"]
    told = asked(town, siti.kpj, siti.birth_date)
    assert "Ya, terlindungi" in told and "JKK, JKM, JHT" in told
    for hidden in ("Siti", "Makmur", "Sidoarjo", "Rp4"):
        assert hidden not in told.replace(siti.kpj, "")
    assert trail("subject_id = %s AND reason = %s", [siti.pk, "rumah sakit menanyakan kepesertaan"])[0][:2] == (
        "look",
        "timeline",
    )


def test_who_is_not_covered_or_died_gets_no(town: Town) -> None:
    for who in ("idle", "dead"):
        person = town.people[who]
        assert "Tidak terlindungi bulan ini" in asked(town, person.kpj, person.birth_date), who


def test_a_wrong_birth_date_is_answered_as_a_number_that_is_nobodys(town: Town) -> None:
    siti = town.people["siti"]
    told = asked(town, siti.kpj, siti.birth_date + dt.timedelta(days=1))
    assert "Tidak ditemukan" in told
    assert trail("action = 'eligibility.asked'", [])[0][3] is None
    assert "angka pemeriksanya tidak cocok" in asked(town, "12345678901", siti.birth_date)


def test_questions_are_capped_by_the_hour(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.portal.oversight import eligibility

    monkeypatch.setattr(eligibility, "AN_HOUR", "2/h/user")
    siti = town.people["siti"]
    told = [asked(town, siti.kpj, siti.birth_date) for _time in range(3)]
    assert "Terlalu banyak pertanyaan" in told[2] and "Ya, terlindungi" not in told[2]
