"""A register taken in, read, taken up again, and deleted; who sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import Error, connection
from django.utils import timezone

from jamsostek.access.errors import Refused
from jamsostek.access.scope import acting, scope_of
from jamsostek.core.errors import InputError
from jamsostek.messages.guards import check_upload
from jamsostek.messages.register.looked import look
from jamsostek.outreach.actions import registers
from jamsostek.outreach.actions.registers import reading
from jamsostek.outreach.models import Person, Problem, Register
from tests import cast

TODAY = dt.date(2026, 11, 21)
HOME = 3515


def csv(*rows: str) -> bytes:
    return ("Nama,NIK,JK,Tanggal Lahir,Kode Desa,Desil\n" + "\n".join(rows) + "\n").encode()


SITI = "Siti Aminah,3515515203800001,P,12-03-1980,3515511001,1"
BUDI = "Budi Santoso,3515510105850002,L,01-05-1985,3515511001,2"
WRONG = "123,3515510105850003,L,01-05-1985,3515511001,2"


def officer(region: int = HOME, role: str = "regional_officer") -> Any:
    from jamsostek.access.models import User

    known = User.objects.filter(username=f"{role}{region}").first()
    return known or cast.user(f"{role}{region}", role, "region", region)


def as_user(user: Any) -> Any:
    return acting(scope_of(user, 202611))


def sent(content: bytes, **more: Any) -> Register:
    columns = more["columns"] if "columns" in more else look(check_upload(content, "daftar.csv")).mapping
    given = {
        "content": content, "file_name": "daftar.csv", "region_code": HOME, "kind": "dtsen", "title": "DTSEN Oktober",
        "snapshot_on": dt.date(2026, 10, 31), "legal_basis": "Perjanjian contoh 1/2026", "purpose": "Mencari pekerja rentan",
        "keep_until": dt.date(2027, 10, 31), "columns": columns, "today": TODAY,
    }  # fmt: skip
    return registers.receive(**(given | more))


def read(register: Register) -> Register:
    registers.read(register.pk, now=timezone.now())
    with cast.everyone():
        return Register.objects.get(pk=register.pk)


def test_good_rows_are_kept_and_wrong_ones_told(committed_db: Any) -> None:
    with as_user(officer()):
        register = sent(csv(SITI, BUDI, WRONG))
        assert sent(csv(SITI, BUDI, WRONG)).pk == register.pk
    done = read(register)
    assert (done.state, done.rows_seen, done.rows_kept, done.rows_refused) == ("ready", 3, 2, 1), done.error
    with as_user(officer(role="regional_head")):
        people = list(Person.objects.order_by("row_number"))
        assert [(one.name, one.sex, one.decile, one.village_code) for one in people] == [
            ("Siti Aminah", "f", 1, 3515511001), ("Budi Santoso", "m", 2, 3515511001),
        ]  # fmt: skip
        assert b"3515515203800001" not in bytes(people[0].nik)
        assert Problem.objects.filter(kind__startswith="name").count() >= 1


def test_other_regions_see_nothing(committed_db: Any) -> None:
    with as_user(officer()):
        read(sent(csv(SITI)))
    for who in (officer(3516), cast.user("viewer", "regional_viewer", "region", HOME), cast.user("ministry", "ministry")):
        with as_user(who):
            assert Register.objects.count() == Person.objects.count() == 0
    with as_user(cast.user("village", "village_operator", "village", 3515511001)):
        assert (Person.objects.count(), Register.objects.count()) == (1, 0)
    with as_user(cast.user("province", "regional_officer", "region", 35)):
        assert Person.objects.count() == 1
    with as_user(officer(3516)), pytest.raises(Refused):
        sent(csv(BUDI))


def test_deletion_leaves_counts_and_no_people(committed_db: Any) -> None:
    with as_user(officer()):
        register = sent(csv(SITI, BUDI))
    read(register)
    with as_user(officer()):
        with pytest.raises(InputError):
            registers.delete(register_id=register.pk, reason=" ", now=timezone.now())
        gone = registers.delete(register_id=register.pk, reason="Perjanjian berakhir", now=timezone.now())
        assert (gone.state, gone.rows_kept, gone.wrapped) == ("deleted", 2, None)
        assert Person.objects.count() == Problem.objects.count() == 0
        again = sent(csv(SITI, BUDI))
        assert again.pk != register.pk


def test_the_database_keeps_what_a_register_is(committed_db: Any) -> None:
    with as_user(officer()):
        register = sent(csv(SITI, BUDI))
    read(register)
    for statement in (
        "UPDATE outreach_register SET legal_basis = 'lain'",
        "UPDATE outreach_register SET keep_until = keep_until + 1",
        "UPDATE outreach_register SET state = 'received'",
        "UPDATE outreach_person SET name = 'lain'",
        "DELETE FROM outreach_person",
        "DELETE FROM outreach_register",
        "UPDATE outreach_register SET state = 'deleted', deleted_at = now(), wrapped = NULL, deleted_reason = 'x'",
        "INSERT INTO outreach_person (register_id, row_number, regency_code, name, nik_state)"
        " SELECT id, 9, 3515, 'x', 'ok' FROM outreach_register",
    ):
        with as_user(officer()), pytest.raises(Error), connection.cursor() as cursor:
            cursor.execute(statement)


def test_reading_goes_on_where_it_was(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        f"Orang Contoh {'abcdefghij'[n % 10]}{'abcdefghij'[n // 10]},,L,01-05-19{60 + n % 40},3515511001,2" for n in range(100)
    ]
    with as_user(officer()):
        register = sent(csv(*rows))
    true_read = reading.read_register
    monkeypatch.setattr(reading, "read_register", lambda *a, **k: true_read(*a, chunk_rows=30, **k))
    written, calls = reading._written, []

    def killed(register: Register, chunk: Any) -> bool:
        calls.append(chunk.first_row)
        if len(calls) == 3:
            raise RuntimeError("killed")
        return written(register, chunk)

    monkeypatch.setattr(reading, "_written", killed)
    with pytest.raises(RuntimeError):
        registers.read(register.pk, now=timezone.now())
    with cast.everyone():
        half = Register.objects.get(pk=register.pk)
        assert (half.state, half.rows_kept, Person.objects.count()) == ("reading", 60, 60)
    monkeypatch.setattr(reading, "_written", written)
    done = read(register)
    assert (done.state, done.rows_kept, done.failures) == ("ready", 100, 1)
    with cast.everyone():
        assert Person.objects.count() == 100
        assert len(set(Person.objects.values_list("row_number", flat=True))) == 100


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "apa"}, {"title": " "}, {"legal_basis": ""}, {"purpose": ""}, {"snapshot_on": dt.date(2027, 1, 1)},
        {"keep_until": dt.date(2026, 1, 1)}, {"keep_until": dt.date(2050, 1, 1)},
    ],
)  # fmt: skip
def test_a_register_needs_its_right_and_purpose(db: Any, change: dict[str, Any]) -> None:
    with as_user(officer()), pytest.raises(InputError) as refused:
        sent(csv(SITI), **change)
    assert refused.value.remedy
