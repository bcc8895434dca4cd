"""Evidence: in time by the database's clock whatever the application believes, once, of one's own, seen by few, proven to all."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jamsostek.access.errors import Refused
from jamsostek.access.scope import acting, nobody
from jamsostek.awards.actions import entries, evidence
from jamsostek.awards.models import Evidence
from jamsostek.awards.queries import entries as competing
from jamsostek.awards.queries import evidence as queries
from jamsostek.core.errors import InputError
from jamsostek.messages.limited import FileUnreadable
from tests import cast
from tests.awards.competing import (
    EDITION,
    HOUR,
    JATENG,
    JATIM,
    committee,
    edition,
    entered,
    moved,
    officer,
    pdf,
    photo,
    regulation,
    send,
)

COPIED = "entry_id, criterion, kind, form, title, digest, size, media"
"""Columns of a row that somebody writes past the application, after one that is there."""


@pytest.fixture
def running(db: Any) -> Any:
    with cast.everyone():
        made = edition()
        yield made


@pytest.fixture
def dinas(running: Any) -> Any:
    return officer()


@pytest.fixture
def mine(dinas: Any) -> str:
    return str(entered(dinas).code)


def accepted(code: str, name: str = "penerima") -> None:
    with cast.as_user(committee(name)):
        entries.accept(code=code)


# --- files ------------------------------------------------------------------------------------------------------------------


def test_a_file_is_received_once_however_often_it_is_sent(running: Any, dinas: Any, mine: str) -> None:
    content = pdf()
    first, again = send(dinas, mine, content), send(dinas, mine, content)
    assert first.code == again.code and len(queries.manifest(running.pk, "province")) == 1
    assert first.sent_digest == hashlib.sha256(content).hexdigest() and first.media == "application/pdf"
    told = queries.receipt(first.code)
    assert told is not None and (told.digest, told.size, told.withdrawn_at) == (first.digest, first.size, None)
    assert abs(told.received_at - competing.database_now()) < dt.timedelta(minutes=1)
    with cast.as_user(dinas):
        held, media, name = queries.content(first.code)
    assert hashlib.sha256(held).hexdigest() == first.digest and media == "application/pdf" and name.endswith(".pdf")


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"budget_rupiah": 4_500_000_000}, "jumlah anggaran"), ({"budget_year": 2027}, "tahun anggaran"),
        ({"title": "DPA perubahan"}, "judul"), ({"summary": "Lain"}, "uraian"),
    ],
)  # fmt: skip
def test_the_same_file_with_other_data_is_refused_naming_the_piece_that_is_there(
    running: Any, dinas: Any, mine: str, other: dict[str, Any], word: str
) -> None:
    content = pdf()
    facts: dict[str, Any] = {"kind": "budget", "title": "DPA 2026", "budget_year": 2026, "budget_rupiah": 1, "summary": ""}
    first = send(dinas, mine, content, **facts)
    with pytest.raises(evidence.AlreadySent) as told:
        send(dinas, mine, content, **facts | other)
    assert f"DPA 2026, nomor tanda terima {first.code}, dengan {word} yang lain" in told.value.message
    assert told.value.value == first.code and "Tarik dahulu" in (told.value.remedy or "")
    with cast.as_user(dinas):
        evidence.withdraw(code=first.code)
    second = send(dinas, mine, content, **facts | other)
    assert second.code != first.code and [one.code for one in queries.manifest(running.pk, "province")] == [second.code]


def test_the_same_file_of_another_kind_is_another_piece(running: Any, dinas: Any, mine: str) -> None:
    content, budget = pdf(), {"kind": "budget", "budget_year": 2026, "budget_rupiah": 45}
    first, second = send(dinas, mine, content), send(dinas, mine, content, **budget)
    assert first.sent_digest == second.sent_digest and len(queries.manifest(running.pk, "province")) == 2
    assert send(dinas, mine, content).code == first.code and send(dinas, mine, content, **budget).code == second.code
    with cast.as_user(dinas):
        evidence.withdraw(code=first.code)
    assert send(dinas, mine, content, **budget).code == second.code, "taking one back leaves the other"
    assert send(dinas, mine, content).code not in (first.code, second.code)


def test_the_table_itself_takes_a_piece_once_and_no_budget_of_nothing(dinas: Any, mine: str) -> None:
    content = pdf()
    first = send(dinas, mine, content)
    made = send(dinas, mine, content, kind="budget", budget_year=2026, budget_rupiah=45)
    with cast.as_user(dinas):
        evidence.withdraw(code=first.code)
    copied = (
        f"INSERT INTO awards_evidence ({COPIED}, code, sent_digest, again, budget_year, budget_rupiah)"
        f" SELECT {COPIED}, 'ABCDEFGHJKMN', %s, %s, 2026, %s FROM awards_evidence WHERE code = %s"
    )
    for values, words in (([made.sent_digest, 1, 45], "has this already"), (["a" * 64, 0, 0], "awards_evidence_amount")):
        with cast.as_user(dinas), pytest.raises(DatabaseError, match=words), transaction.atomic():
            connection.cursor().execute(copied, [*values, made.code])


def test_what_was_taken_back_can_be_sent_again_with_another_receipt(running: Any, dinas: Any, mine: str) -> None:
    first = send(dinas, mine)
    with cast.as_user(dinas):
        evidence.withdraw(code=first.code)
        evidence.withdraw(code=first.code)
    told = queries.receipt(first.code)
    assert told is not None and told.withdrawn_at is not None and queries.manifest(running.pk, "province") == []
    second = send(dinas, mine)
    assert second.code != first.code and [one.code for one in queries.manifest(running.pk, "province")] == [second.code]


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("innovation", photo(), "harus PDF"), ("photo", pdf(), "harus JPEG, PNG"), ("innovation", b"", "Berkas kosong"),
        ("innovation", b"MZ\x90\0", "program Windows"), ("innovation", b"%PDF-1.7 " + b"x" * 4_000, "rusak atau terpotong"),
        ("photo", b"\0" * ((8 << 20) + 1), "lebih besar dari 8 MB"), ("photo", photo(form="PNG")[:400], "rusak atau terpotong"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_named_with_the_way_out(
    running: Any, dinas: Any, mine: str, kind: str, content: bytes, words: str
) -> None:
    with pytest.raises(FileUnreadable, match=words) as told:
        send(dinas, mine, content, kind=kind)
    assert told.value.remedy and queries.manifest(running.pk, "province") == []


def test_a_photo_is_kept_without_what_tells_about_it(running: Any, dinas: Any, mine: str) -> None:
    made = send(dinas, mine, photo(form="PNG"), kind="photo", file_name="foto.png")
    assert made.media == "image/jpeg" and made.digest != made.sent_digest


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"), ({"summary": ""}, "summary"), ({"kind": "budget"}, "budget_year"),
        ({"kind": "budget", "budget_year": 2026}, "budget_rupiah"), ({"criterion": "coverage_pu"}, "criterion"),
        ({"kind": "budget", "budget_year": 2026, "budget_rupiah": -1}, "budget_rupiah"), ({"kind": "regulation"}, "kind"),
        ({"kind": "budget", "budget_year": 2026, "budget_rupiah": 0}, "budget_rupiah"),
        ({"kind": "budget", "budget_year": 1999, "budget_rupiah": 1}, "budget_year"), ({"kind": "firm_policy"}, "kind"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_field(dinas: Any, mine: str, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as told:
        send(dinas, mine, **given)
    assert told.value.field == field and told.value.remedy


def test_a_budget_keeps_its_figure(dinas: Any, mine: str) -> None:
    made = send(dinas, mine, kind="budget", budget_year=2026, budget_rupiah=4_500_000_000, title="DPA 2026")
    assert (made.budget_year, made.budget_rupiah) == (2026, 4_500_000_000)


# --- in time ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-2, 2])
def test_the_deadline_is_the_databases_whatever_clock_the_application_has(
    running: Any, dinas: Any, mine: str, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + hours * HOUR)
    moved(running, nominate_until=-2 * HOUR, evidence_until=HOUR)
    made = send(dinas, mine)
    assert abs(made.received_at - competing.database_now()) < dt.timedelta(minutes=1)
    moved(running, evidence_until=-HOUR)
    with pytest.raises(InputError, match=r"Batas waktu bukti .* sudah lewat"):
        send(dinas, mine, pdf("Susulan"))
    with cast.as_user(dinas), pytest.raises(InputError, match="sudah lewat"):
        evidence.withdraw(code=made.code)
    told = queries.receipt(made.code)
    assert told is not None and told.withdrawn_at is None


def test_the_table_itself_refuses_what_comes_late(running: Any, dinas: Any, mine: str) -> None:
    made = send(dinas, mine)
    moved(running, nominate_until=-2 * HOUR, evidence_until=-HOUR)
    copied = (
        f"INSERT INTO awards_evidence ({COPIED}, code, sent_digest, received_at)"
        f" SELECT {COPIED}, 'ABCDEFGHJKMN', repeat('a', 64), now() - interval '1 day' FROM awards_evidence WHERE code = %s"
    )
    for user in (dinas, None):
        with (
            cast.as_user(user) if user else cast.everyone(),
            pytest.raises(DatabaseError, match="is closed"),
            transaction.atomic(),
        ):
            connection.cursor().execute(copied, [made.code])
    with cast.everyone(), pytest.raises(DatabaseError, match="is closed"), transaction.atomic():
        connection.cursor().execute("INSERT INTO awards_evidencestep (evidence_id, step) VALUES (%s, 'withdrawn')", [made.pk])
    for statement in ("UPDATE awards_evidence SET title = 'lain'", "DELETE FROM awards_evidence", "TRUNCATE awards_evidencestep"):
        with cast.everyone(), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_an_upload_that_began_in_time_and_ended_late_is_told_both_moments(
    running: Any, dinas: Any, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deadline passes while the file is read: the early look said yes, the database says no."""
    began, real = competing.database_now(), evidence.clean

    def slow(*given: Any) -> Any:
        found = real(*given)
        with cast.everyone():
            moved(running, nominate_until=-2 * HOUR, evidence_until=dt.timedelta(milliseconds=1))
            connection.cursor().execute("SELECT pg_sleep(0.05)")
        return found

    monkeypatch.setattr(evidence, "clean", slow)
    with pytest.raises(InputError, match=r"Pengiriman dimulai .* dan selesai .*; batas waktunya .*") as told:
        send(dinas, mine, began_at=began)
    assert "diterima utuh" in (told.value.remedy or "")
    with cast.everyone():
        assert not Evidence.objects.exists()
    from jamsostek.files.models import StoredFile

    assert not StoredFile.objects.filter(retention=evidence.RETENTION).exists(), "what came late leaves no file behind"


@pytest.mark.usefixtures("committed_db")
def test_twenty_who_send_the_same_file_get_one_receipt() -> None:
    with cast.everyone():
        made, dinas = edition(), officer()
    code, content = entered(dinas).code, pdf()

    def once(_at: int) -> str:
        try:
            return str(send(dinas, code, content).code)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        codes = set(pool.map(once, range(20)))
    with cast.everyone():
        rows = queries.manifest(made.pk, "province")
        assert [one.code for one in rows] == list(codes) and queries.altered(made.pk, "province") == []


# --- regulations ------------------------------------------------------------------------------------------------------------


def refer(user: Any, entry: str, code: int) -> Any:
    with cast.as_user(user):
        return evidence.refer(entry=entry, criterion="regulation", kind="regulation", regulation=code)


def test_a_regulation_of_ones_region_or_province_is_referred_to(running: Any, dinas: Any, mine: str) -> None:
    own, province = regulation(), regulation(JATIM, "7")
    first = refer(dinas, mine, own.code)
    assert refer(dinas, mine, own.code).code == first.code and first.digest == own.file_digest
    refer(dinas, mine, province.code)
    rows = queries.manifest(running.pk, "province")
    assert {one.digest for one in rows} == {own.file_digest, province.file_digest} and {one.checked for one in rows} == {
        "checked"
    }


def test_what_is_not_ones_own_or_not_confirmed_or_not_in_force_is_refused(dinas: Any, mine: str) -> None:
    others = [
        regulation(cast.LUMAJANG, "1"), regulation(number="2", confirmed=False),
        regulation(number="3", year=2019, in_force_until=dt.date(2024, 1, 1)), regulation(JATENG, "4"),
    ]  # fmt: skip
    for one in others:
        with pytest.raises(InputError, match="bukan peraturan daerah ini") as told:
            refer(dinas, mine, one.code)
        assert told.value.value == one.code
    with pytest.raises(InputError):
        refer(dinas, mine, 1)


def test_the_table_itself_ties_a_regulation_to_its_region(dinas: Any, mine: str) -> None:
    other = regulation(cast.LUMAJANG, "1")
    own = refer(dinas, mine, regulation().code)
    with cast.everyone(), pytest.raises(DatabaseError, match="is not of entry"), transaction.atomic():
        connection.cursor().execute(
            f"INSERT INTO awards_evidence ({COPIED}, code, sent_digest, regulation_id)"
            f" SELECT {COPIED}, 'ABCDEFGHJKMN', repeat('a', 64), %s FROM awards_evidence WHERE code = %s",
            [other.pk, own.code],
        )


# --- who sees what ----------------------------------------------------------------------------------------------------------


def juror(name: str, level: str = "province") -> Any:
    """Somebody in a seat of the jury who declared that they have no interest."""
    from jamsostek.awards.actions import juries

    area = 0 if level == "nation" else JATIM
    user = cast.user(name, "jury", "region" if area else "nation", area)
    with cast.everyone():
        seat = juries.appoint(
            edition=EDITION, level=level, area=area, seat="chair", username=name, home_regency=1101, today=cast.TODAY
        ).code
    with cast.as_user(user):
        juries.declare(juror=seat, kind="none")
    return user


def test_only_those_who_compete_and_those_who_judge_read_evidence(running: Any, dinas: Any, mine: str) -> None:
    made = send(dinas, mine)
    readers = {
        "dinas": dinas, "panitia pusat": committee("pusat"), "panitia provinsi": committee("jatim", JATIM),
        "juri pusat": juror("juri1", level="nation"), "juri provinsi": juror("juri2"),
        "auditor": cast.user("auditor", "auditor"),
    }  # fmt: skip
    strangers = {
        "daerah lain": officer("lain", cast.LUMAJANG), "gubernur": officer("gubernur", JATIM),
        "panitia lain": committee("jateng", JATENG), "juri lain": cast.user("juri3", "jury", "region", JATENG),
        "kantor pusat": cast.user("kp", "head_office"), "kementerian": cast.user("kem", "ministry"),
        "juri tanpa kursi": cast.user("juri4", "jury"), "cabang": cast.user("cabang", "branch_officer", "region", cast.SIDOARJO),
    }  # fmt: skip
    for name, user in readers.items():
        with cast.as_user(user):
            assert queries.content(made.code)[1] == "application/pdf", name
    for name, user in strangers.items():
        with cast.as_user(user):
            assert name == "juri tanpa kursi" or not Evidence.objects.exists(), name
            with pytest.raises(Refused):
                queries.content(made.code)
    with acting(nobody()):
        assert not Evidence.objects.exists()
        assert [one.code for one in queries.manifest(running.pk, "province")] == [made.code], "everybody knows that it is there"
    with cast.everyone():
        from jamsostek.access.models import AuditEntry

        assert AuditEntry.objects.filter(action="award.evidence_read", subject_id=made.pk).count() == len(readers)


def test_nobody_sends_or_takes_back_for_others(running: Any, dinas: Any, mine: str) -> None:
    made = send(dinas, mine)
    other, panitia = officer("lain", cast.LUMAJANG), committee("pusat")
    for user in (other, panitia):
        with pytest.raises(Refused):
            send(user, mine, pdf("Lain"))
        with cast.as_user(user), pytest.raises(Refused):
            evidence.withdraw(code=made.code)
    with cast.as_user(panitia), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(
            f"INSERT INTO awards_evidence ({COPIED}, code, sent_digest)"
            f" SELECT {COPIED}, 'ABCDEFGHJKMN', repeat('a', 64) FROM awards_evidence WHERE code = %s",
            [made.code],
        )


def test_evidence_goes_up_with_who_won(running: Any, dinas: Any, mine: str) -> None:
    made = send(dinas, mine)
    accepted(mine)
    with cast.as_user(committee("pemutus")):
        up = entries.promote(code=mine)
    rows = queries.manifest(running.pk, "nation")
    assert [(one.code, one.entry_code) for one in rows] == [(made.code, up.code)]
    with cast.as_user(cast.user("juri1", "jury")):
        assert [one.row.code for one in queries.of_entry(up)] == [made.code]


def test_who_competes_no_more_sends_nothing_more(dinas: Any, mine: str) -> None:
    with cast.as_user(dinas):
        entries.withdraw(code=mine, reason="Mundur")
    with pytest.raises(InputError):
        send(dinas, mine)


# --- checked by two -----------------------------------------------------------------------------------------------------------


def test_one_of_the_committee_checks_and_another_confirms(running: Any, dinas: Any, mine: str) -> None:
    made, one, two = send(dinas, mine), committee("satu", JATIM), committee("dua")

    def told() -> str:
        return queries.manifest(running.pk, "province")[0].checked

    with cast.as_user(one):
        with pytest.raises(InputError, match="Alasan belum diisi"):
            evidence.check(code=made.code, good=False)
        evidence.check(code=made.code, good=False, reason="Bukan uraian inovasi")
        with pytest.raises(Refused, match="Anda sendiri yang memeriksa"):
            evidence.confirm(code=made.code)
    assert told() == ""
    with cast.as_user(two):
        evidence.send_back(code=made.code, reason="Halaman dua cukup jelas")
        evidence.check(code=made.code, good=True)
    with cast.as_user(one):
        evidence.confirm(code=made.code)
        evidence.confirm(code=made.code)
    assert told() == "checked"
    with cast.as_user(committee("jateng", JATENG)), pytest.raises(Refused):
        evidence.check(code=made.code, good=True)


def test_the_database_itself_lets_nobody_confirm_the_own_check(dinas: Any, mine: str) -> None:
    made, one = send(dinas, mine), committee("satu")
    with cast.as_user(one):
        evidence.check(code=made.code, good=True)
        for told in (one.pk, None, 999_999):
            with pytest.raises(DatabaseError, match="confirmed by another"), transaction.atomic():
                connection.cursor().execute(
                    "INSERT INTO awards_evidencestep (evidence_id, step, by_id) VALUES (%s, 'confirmed', %s)", [made.pk, told]
                )


def test_one_changed_bit_is_named(running: Any, dinas: Any, mine: str) -> None:
    from django.conf import settings

    first, second = send(dinas, mine, pdf(f"Bit {secrets.token_hex(8)}")), send(dinas, mine, pdf("Kedua"))
    assert queries.altered(running.pk, "province") == []
    kept = next((settings.JAMSOSTEK_DATA / "files" / first.digest[:2]).glob(f"{first.digest}.*"))
    sealed = bytearray(kept.read_bytes())
    sealed[40] ^= 1
    kept.write_bytes(sealed)
    assert queries.altered(running.pk, "province") == [first.code] and second.code != first.code
    kept.unlink()
