"""Partial registration: workers, wages and programmes that an employer seems to leave out, found by holding registers together.

A list from the tax or manpower office is read in the limited child, held against who is registered there (by blind index), and
kept sealed; its file is not. A finding is something to ask about, with its facts and article; a person decides what it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, regencies_below
from jamsostek.access.vault import blind_indexes, house_key
from jamsostek.collection.actions.arrears.agreements import _user
from jamsostek.collection.actions.arrears.cases import open_case
from jamsostek.collection.billing.writing import bill_id
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.minimum import minimum_wage
from jamsostek.collection.models import Finding, ForeignList
from jamsostek.collection.queries.compliance import SEAL
from jamsostek.core.errors import InputError
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import N_, _
from jamsostek.law import calculate_many, law_at
from jamsostek.messages import guards
from jamsostek.messages.payroll.reader import parse_upload
from jamsostek.messages.payroll.records import PayrollRow
from jamsostek.registry.models import Employer
from jamsostek.registry.queries.timeline import programmes_of_worker

FAR_BELOW_PPM = 800_000
"""Registered fewer than eight in ten of those declared elsewhere is a finding; below that people come and go."""
SOURCES = {
    "tax": N_("Kantor pajak"), "manpower": N_("Dinas ketenagakerjaan"), "payroll": N_("Daftar gaji perusahaan"),
    "other": N_("Sumber lain"),
}  # fmt: skip
KINDS = {
    "workers": N_("Pekerja belum terdaftar"),
    "head_count": N_("Jumlah pekerja jauh di bawah yang dinyatakan"),
    "wage_list": N_("Upah dilaporkan lebih rendah dari daftar"),
    "wage_minimum": N_("Upah di bawah upah minimum"),
    "programmes": N_("Program wajib tidak diikuti"),
}
ARTICLES = {
    "workers": "UU 24/2011 Pasal 15 ayat (1); PP 86/2013 Pasal 3 ayat (1) huruf a",
    "head_count": "UU 24/2011 Pasal 15 ayat (1); PP 86/2013 Pasal 3 ayat (2) huruf a",
    "wage_list": "PP 86/2013 Pasal 3 ayat (2) huruf b; PP 44/2015 Pasal 26",
    "wage_minimum": "PP 86/2013 Pasal 3 ayat (2) huruf b",
    "programmes": "Perpres 109/2013 Pasal 6; UU 24/2011 Pasal 15 ayat (1)",
}
OUTCOMES = {"explained": N_("Dijelaskan"), "mended": N_("Sudah diperbaiki"), "case": N_("Menjadi kasus sanksi")}


@dataclass(frozen=True)
class Compared:
    """What holding a list against the register found."""

    list: ForeignList
    counts: dict[str, int]
    """Rows by verdict: same, missing, lower, left."""
    findings: Sequence[Finding]


def compare(
    *,
    employer_id: int,
    content: bytes,
    file_name: str,
    source: str,
    month: int,
    today: dt.date,
    declared: int | None = None,
) -> Compared:
    """Holds a list of an employer's workers (XLSX, XLS, ODS, CSV) against who is registered there in a month.

    `declared` is the head count the source itself states. The same file for the same month again is refused. Raises
    `FileUnreadable`, `InputError`, `Refused`.
    """
    employer = _employer(employer_id)
    current().need(Can.CHASE_ARREARS, Place(employer=employer.pk, regency=employer.regency_code))
    if source not in SOURCES:
        raise InputError(_("Sumber ini tidak dikenal."), field="source", value=source, remedy=_("Pilih salah satu."))
    upload = guards.check_upload(content, file_name)
    digest = hashlib.sha256(content).digest()
    if ForeignList.objects.filter(employer_id=employer_id, month=month, digest=digest).exists():
        raise InputError(_("Berkas yang sama sudah diperiksa."), field="file", remedy=_("Buka hasilnya di halaman kepatuhan."))
    read = parse_upload(upload, month=month)
    if not read.rows:
        raise InputError(_("Tidak ada pekerja yang dapat dibaca."), field="file", remedy=_("Periksa judul kolomnya."))
    made = ForeignList.objects.create(
        employer_id=employer_id, regency_code=employer.regency_code, source=source, name=file_name[-160:], digest=digest,
        month=month, people=len(read.rows), declared=declared, refused=read.rows_refused, received_by=_user(), received_on=today,
    )  # fmt: skip
    rows = _held_against(employer_id, month, read.rows)
    _keep(made, read.rows, rows)
    counts = {verdict: sum(one.verdict == verdict for one in rows) for verdict in ("same", "missing", "lower", "left")}
    audit.record("compliance.compared", "employer", employer_id, fields=("file",))
    return Compared(made, counts, _found_in(employer, made, rows, counts, today))


@dataclass(frozen=True)
class _Held:
    verdict: str
    participant_id: int | None
    nik_index: bytes | None
    wage: int | None
    reported: int | None


def _held_against(employer_id: int, month: int, rows: Sequence[PayrollRow]) -> list[_Held]:
    """Each row beside the person registered there by NIK, or by the number of the card."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT participant_id, nik_index, kpj, working, wage FROM collection_staff(%s, %s)", [employer_id, month])
        staff = cursor.fetchall()
    by_nik = {bytes(nik): told for told in staff if (nik := told[1]) is not None}
    by_kpj = {told[2]: told for told in staff}
    indexes = iter(blind_indexes("nik", [one.nik for one in rows if one.nik]))
    found = []
    for one in rows:
        index = next(indexes) if one.nik else None
        told = (by_nik.get(index) if index else None) or (by_kpj.get(one.kpj) if one.kpj else None)
        wage = one.wage_rupiah if one.wage_rupiah is not None else _monthly(one, month)
        if told is None:
            found.append(_Held("missing", None, index, wage, None))
        elif not told[3]:
            found.append(_Held("left", told[0], index, wage, None))
        else:
            lower = wage is not None and told[4] is not None and told[4] < wage
            found.append(_Held("lower" if lower else "same", told[0], index, wage, told[4]))
    return found


def _monthly(one: PayrollRow, month: int) -> int | None:
    """A day's wage as the month's, by the law's own rule (times 25)."""
    if one.daily_wage_rupiah is None:
        return None
    return one.daily_wage_rupiah * law_at(month).number("wage.daily_multiplier")


def _keep(made: ForeignList, sent: Sequence[PayrollRow], rows: Sequence[_Held]) -> None:
    key = house_key(SEAL)
    sealed = [
        key.seal(f"{made.pk}:{one.row}", json.dumps([one.name, mask_nik(one.nik) if one.nik else ""], ensure_ascii=False))
        for one in sent
    ]
    insert_rows(
        "collection_listed",
        {
            "list_id": ("bigint", [made.pk] * len(rows)),
            "row": ("int", [one.row for one in sent]),
            "verdict": ("text", [one.verdict for one in rows]),
            "participant_id": ("bigint", [one.participant_id for one in rows]),
            "name_sealed": ("bytea", sealed),
            "nik_index": ("bytea", [one.nik_index for one in rows]),
            "wage_rupiah": ("bigint", [one.wage for one in rows]),
            "reported_rupiah": ("bigint", [one.reported for one in rows]),
        },
    )


def _found_in(
    employer: Employer, made: ForeignList, rows: Sequence[_Held], counts: dict[str, int], today: dt.date
) -> list[Finding]:
    found = []
    missing = counts["missing"] + counts["left"]
    if missing:
        facts = {
            "missing": missing,
            "people": made.people,
            "left": counts["left"],
            "rupiah": _unpaid(employer, made, rows),
        }
        found.append(_find(employer, "workers", made.month, facts, today, made))
    registered = _registered(employer.pk, made.month)
    stated = made.declared or 0
    if stated and registered * 1_000_000 < stated * FAR_BELOW_PPM:
        found.append(_find(employer, "head_count", made.month, {"declared": stated, "registered": registered}, today, made))
    if counts["lower"]:
        short = sum((one.wage or 0) - (one.reported or 0) for one in rows if one.verdict == "lower")
        facts = {"people": counts["lower"], "short_rupiah": short}
        found.append(_find(employer, "wage_list", made.month, facts, today, made))
    return [one for one in found if one is not None]


def _unpaid(employer: Employer, made: ForeignList, rows: Sequence[_Held]) -> int:
    """What a month of those not registered would cost, by the law of the month; what their wage does not say is left out."""
    wages = [one.wage for one in rows if one.verdict in ("missing", "left") and one.wage]
    if not wages:
        return 0
    told = calculate_many(
        "contribution.pu", month=made.month, wage_rupiah=np.array(wages), risk_class=employer.risk_class, scale=employer.scale
    )
    return int(told["total_rupiah"].sum())


def _registered(employer_id: int, month: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM collection_staff(%s, %s) WHERE working", [employer_id, month])
        return int(cursor.fetchone()[0])


def _find(
    employer: Employer, kind: str, month: int, facts: dict[str, Any], today: dt.date, made: ForeignList | None = None
) -> Finding | None:
    """Writes a finding down once; None where it stands already."""
    known = Finding.objects.filter(employer_id=employer.pk, kind=kind, month=month, list=made)
    if known.exists():
        return None
    return Finding.objects.create(
        employer_id=employer.pk, regency_code=employer.regency_code, kind=kind, month=month, list=made,
        facts={**facts, "article": ARTICLES[kind]}, found_by=current().user_id, found_on=today,
    )  # fmt: skip


# --- what the bills themselves show -------------------------------------------------------------------------------------

_OF_BILLS = """
    SELECT b.id, b.employer_id, b.people, b.jht_rupiah, b.jp_rupiah,
           l.under, l.lowest
    FROM collection_bill b
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE wage_rupiah < %s) AS under, min(wage_rupiah) AS lowest
                        FROM collection_line x WHERE x.bill_id = b.id AND x.month = b.month AND x.part = b.part) AS l
    WHERE b.id >= %s AND b.id < %s AND b.kind = 1 AND b.regency_code = %s AND b.rule = 'contribution.pu' AND b.people > 0
"""


def scan(*, region: int, month: int, today: dt.date) -> int:
    """Looks at a month's bills of a region for wages under the minimum and programmes left out; how many new findings."""
    current().need(Can.CHASE_ARREARS, Place(regency=region))
    made = 0
    for regency in sorted({region, *regencies_below(region)}):
        made += _scan(regency, month, today)
    audit.record("compliance.scanned", "region", region, fields=("month",))
    return made


def _scan(regency: int, month: int, today: dt.date) -> int:
    least = minimum_wage(regency, month)
    with connection.cursor() as cursor:
        cursor.execute(
            _OF_BILLS,
            [
                least.rupiah if least else 0,
                bill_id(month, PayerKind.EMPLOYER, 0),
                bill_id(month, PayerKind.EMPLOYER + 1, 0),
                regency,
            ],
        )
        rows = cursor.fetchall()
    employers = Employer.objects.in_bulk([row[1] for row in rows])
    made = 0
    for _bill, number, people, jht, jp, under, lowest in rows:
        employer = employers.get(number)
        if employer is None:
            continue
        if least is not None and under and employer.scale in ("medium", "large"):  # micro and small may lawfully pay less
            facts = {"people": under, "minimum_rupiah": least.rupiah, "lowest_rupiah": lowest, "place": least.place}
            made += _find(employer, "wage_minimum", month, facts, today) is not None
        lacking = [
            name for name, rupiah in (("jht", jht), ("jp", jp)) if rupiah == 0 and name in _obliged(employer, month)
        ]  # fmt: skip
        if lacking:
            facts = {"programmes": lacking, "people": people, "scale": employer.scale}
            made += _find(employer, "programmes", month, facts, today) is not None
    return made


def _obliged(employer: Employer, month: int) -> tuple[str, ...]:
    return programmes_of_worker(month, employer.scale, "pu")


# --- deciding -------------------------------------------------------------------------------------------------------------


def decide_finding(*, finding_id: int, outcome: str, note: str, today: dt.date) -> Finding:
    """Says what a finding was: explained, mended, or a sanction case, which is opened. Decided once."""
    found = Finding.objects.select_for_update().filter(pk=finding_id).first()
    if found is None:
        raise not_yours(_("Temuan ini tidak ada, atau di luar wilayah kerja Anda."))
    current().need(Can.CHASE_ARREARS, Place(employer=found.employer_id, regency=found.regency_code))
    if found.outcome is not None:
        raise InputError(_("Temuan ini sudah diputuskan."), remedy=_("Tidak ada yang perlu dilakukan."))
    if outcome not in OUTCOMES:
        raise InputError(_("Hasil ini tidak dikenal."), field="outcome", value=outcome, remedy=_("Pilih salah satu."))
    if not note.strip():
        raise InputError(_("Keterangannya belum diisi."), field="reason", remedy=_("Tulis apa yang dijawab perusahaan."))
    found.outcome, found.note, found.decided_by, found.decided_on = outcome, note.strip(), _user(), today
    found.save(update_fields=["outcome", "note", "decided_by", "decided_on"])
    if outcome == "case":
        open_case(employer_id=found.employer_id, today=today, finding_id=found.pk)
    audit.record("compliance.decided", "employer", found.employer_id, fields=("outcome",), reason=note.strip())
    return found


def _employer(employer_id: int) -> Employer:
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is None:
        raise InputError(_("Perusahaan ini tidak ditemukan."), remedy=_("Periksa NPP, atau hak akses Anda."))
    return employer
