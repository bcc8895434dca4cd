"""Exceptions of a draft: who, what, the new value and the one before. Nothing here touches the registry.

`edit` and `join_many` take many at once and answer each; `edit_one` and `add_joiner` are one, and raise what is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.access.vault import blind_index, house_key
from jamsostek.collection.actions.reports.states import editable, place_of
from jamsostek.collection.models import Report, ReportChange
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import last_day, month_of
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH
from jamsostek.core.text import N_, _
from jamsostek.registry.actions.people import match
from jamsostek.registry.actions.uploads.finding import likely_same, names_of
from jamsostek.registry.choices import Segment
from jamsostek.registry.identity import Person
from jamsostek.registry.models import EmployerUnit

SEAL = "report"
TAKEN, SAME = "taken", "same"
"""Answers beside those of PROBLEMS: the exception stands; nothing differs from the registry, so there is none."""


@dataclass(frozen=True)
class Problem:
    """Why an exception was not taken, in words: what is wrong, in which field, how to mend it."""

    text: str
    field: str
    remedy: str


PROBLEMS: dict[str, Problem] = {
    "not_here": Problem(
        N_("Orang ini tidak tercatat bekerja di perusahaan Anda"),
        "kpj",
        N_("Periksa KPJ-nya, atau laporkan sebagai pekerja masuk."),
    ),
    "not_then": Problem(
        N_("Orang ini tidak bekerja di sini pada bulan laporan"), "kpj", N_("Laporkan pada bulan di dalam masa kerjanya.")
    ),
    "project": Problem(
        N_("Orang ini bekerja pada proyek konstruksi, yang iurannya dibayar menurut nilai proyek"),
        "kpj",
        N_("Ubah di halaman pekerja, bukan di laporan upah."),
    ),
    "wage_zero": Problem(
        N_("Upah harus lebih dari nol"), "wage_rupiah", N_("Bila bulan ini tidak diupah, tandai Tanpa upah dan biarkan upahnya.")
    ),
    "wage_too_large": Problem(
        N_("Upah ini melampaui batas yang dapat dihitung"), "wage_rupiah", N_("Periksa jumlah nolnya.")
    ),
    "wage_of_trainee": Problem(
        N_("Iuran pekerja magang tidak mengikuti upah"), "wage_rupiah", N_("Tidak perlu diubah.")
    ),
    "day_missing": Problem(N_("Tanggalnya belum diisi"), "day", N_("Isi hari-bulan-tahun.")),
    "day_early": Problem(
        N_("Tanggal keluar sebelum mulai bekerja"), "day", N_("Periksa tanggal keluar dan tanggal masuknya.")
    ),
    "day_late": Problem(
        N_("Tanggal ini sesudah bulan laporan"), "day", N_("Laporkan pada bulan kejadiannya.")
    ),
    "leaving_missing": Problem(
        N_("Sebab keluar belum dipilih"), "leaving", N_("Pilih sebabnya: hak JHT dan JKP pekerja bergantung padanya.")
    ),
    "already_left": Problem(
        N_("Orang ini sudah tercatat keluar"), "day", N_("Bila keliru, batalkan keluarnya dalam laporan ini.")
    ),
    "not_left": Problem(N_("Orang ini belum tercatat keluar"), "kpj", N_("Tidak ada yang perlu dibatalkan.")),
    "works_here": Problem(
        N_("Orang ini sudah bekerja di sini"), "kpj", N_("Ubah upahnya; bila tercatat keluar padahal tidak, batalkan keluarnya.")
    ),
    "twice": Problem(N_("Orang ini sudah ada dalam laporan ini"), "kpj", N_("Batalkan dahulu baris yang lama.")),
    "died": Problem(
        N_("Orang ini tercatat sudah meninggal"), "nik", N_("Periksa NIK-nya, atau laporkan ke kantor cabang.")
    ),
    "kpj_differs": Problem(
        N_("KPJ ini bukan milik orang dengan nama dan tanggal lahir itu"),
        "kpj",
        N_("Cocokkan KPJ dengan kartu peserta, atau daftarkan dengan NIK-nya."),
    ),
    "name_differs": Problem(
        N_("NIK ini milik peserta dengan nama lain"),
        "nik",
        N_("Cocokkan NIK dan nama dengan KTP. Bila keduanya benar, laporkan ke kantor cabang."),
    ),
    "construction": Problem(
        N_("Pekerja proyek konstruksi tidak masuk lewat laporan upah"), "segment", N_("Daftarkan pada proyeknya.")
    ),
    "unit_unknown": Problem(N_("Unit ini bukan milik perusahaan ini"), "unit_id", N_("Pilih unit dari daftar, atau kosongkan.")),
}  # fmt: skip


def refusal(kind: str) -> InputError:
    """A problem as an error."""
    told = PROBLEMS[kind]
    return InputError(f"{_(told.text)}.", field=told.field, remedy=_(told.remedy))


@dataclass(frozen=True)
class Edit:
    """An exception about somebody who works there. `kind`: wage, leave, absent, present (absence taken back), stay (leaving)."""

    kind: str
    employment_id: int
    wage_rupiah: int | None = None
    day: dt.date | None = None
    leaving: str = ""
    note: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Job:
    """A spell of work as a report of its month sees it."""

    id: int
    participant_id: int
    name: str
    birth_date: dt.date
    segment: str
    from_month: int
    to_month: int | None
    left_on: dt.date | None
    project_id: int | None
    wage_rupiah: int | None
    absent: bool


def jobs_of(employer_id: int, ids: Sequence[int], month: int) -> dict[int, Job]:
    """Spells of an employer by id, each with the wage in force in a month."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, [month, month, employer_id, list(ids)])
        return {row[0]: Job(*row) for row in cursor.fetchall()}


_JOBS = """
    SELECT e.id, e.participant_id, p.name, p.birth_date, e.segment, e.from_month, e.to_month, e.left_on, e.project_id,
           (SELECT w.wage_rupiah FROM registry_wage w WHERE w.employment_id = e.id AND w.from_month <= %s
            ORDER BY w.from_month DESC LIMIT 1),
           EXISTS (SELECT FROM collection_absence a WHERE a.employment_id = e.id AND a.month = %s AND a.ended_at IS NULL)
    FROM registry_employment e JOIN registry_participant p ON p.id = e.participant_id
    WHERE e.employer_id = %s AND e.id = ANY (%s)
"""


def edit_one(*, report_id: int, change: Edit) -> str:
    """One exception; `taken` or `same`. Raises `InputError`."""
    (answer,) = edit(report_id=report_id, changes=[change])
    if answer in PROBLEMS:
        raise refusal(answer)
    return answer


def edit(*, report_id: int, changes: Sequence[Edit], file_id: int | None = None) -> list[str]:
    """Exceptions about people who work there, in order: `taken`, `same`, or what is wrong (PROBLEMS). The last of a kind counts.

    What says the same as the registry takes an earlier exception of its kind away.
    """
    report = editable(report_id)
    jobs = jobs_of(report.employer_id, [one.employment_id for one in changes], report.month)
    answers = [_answer(report.month, one, jobs.get(one.employment_id)) for one in changes]
    last = {(one.employment_id, one.kind): at for at, one in enumerate(changes) if answers[at] in (TAKEN, SAME)}
    kept = [at for at in sorted(last.values()) if answers[at] == TAKEN]
    _clear(report, [changes[at] for at in last.values()])
    _write(report, [_row(changes[at], jobs[changes[at].employment_id]) for at in kept], file_id)
    if last:
        audit.record("report.changed", "report", report.pk, fields=("changes",))
    return answers


def edit_all(*, report_id: int, changes: Sequence[Edit], drop: Sequence[str] = ()) -> None:
    """Exceptions about one spell, all or none; kinds in `drop` are taken back. Raises `InputError`."""
    with transaction.atomic():
        report = editable(report_id)
        jobs = {one.employment_id for one in changes}
        ReportChange.objects.filter(report=report, employment_id__in=jobs, kind__in=drop).delete()
        for answer in edit(report_id=report_id, changes=changes):
            if answer in PROBLEMS:
                raise refusal(answer)


def _answer(month: int, one: Edit, job: Job | None) -> str:
    if job is None:
        return "not_here"
    if job.project_id is not None or job.segment == Segment.CONSTRUCTION:
        return "project"
    look = {"wage": _of_wage, "leave": _of_leaving, "absent": _of_absence, "present": _of_absence, "stay": _of_staying}[one.kind]
    return look(month, one, job)


def _then(month: int, job: Job) -> bool:
    return job.from_month <= month and (job.to_month is None or job.to_month >= month)


def _of_wage(month: int, one: Edit, job: Job) -> str:
    if not _then(month, job):
        return "not_then"
    if job.segment == Segment.TRAINEE:
        return "wage_of_trainee"
    if not one.wage_rupiah or one.wage_rupiah < 0:
        return "wage_zero"
    if one.wage_rupiah > MAX_MONTHLY_RUPIAH:
        return "wage_too_large"
    return SAME if one.wage_rupiah == job.wage_rupiah else TAKEN


def _of_leaving(month: int, one: Edit, job: Job) -> str:
    if job.to_month is not None:
        return SAME if job.left_on == one.day else "already_left"
    if one.day is None:
        return "day_missing"
    if month_of(one.day) < job.from_month:
        return "day_early"
    if one.day > last_day(month):
        return "day_late"
    return TAKEN if one.leaving else "leaving_missing"


def _of_absence(month: int, one: Edit, job: Job) -> str:
    if not _then(month, job):
        return "not_then"
    return SAME if job.absent == (one.kind == "absent") else TAKEN


def _of_staying(_month: int, _one: Edit, job: Job) -> str:
    return "not_left" if job.to_month is None else TAKEN


_OPPOSITE = {"absent": "present", "present": "absent"}


def _clear(report: Report, changes: Sequence[Edit]) -> None:
    """Takes away what stands of the same kind, and what a kind takes back."""
    pairs = [(one.employment_id, kind) for one in changes for kind in (one.kind, _OPPOSITE.get(one.kind)) if kind]
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM collection_reportchange c USING unnest(%s::bigint[], %s::text[]) AS g (job, kind)"
            " WHERE c.report_id = %s AND c.employment_id = g.job AND c.kind = g.kind",
            [[job for job, _kind in pairs], [kind for _job, kind in pairs], report.pk],
        )


def _row(one: Edit, job: Job) -> dict[str, Any]:
    """An exception's row."""
    return {
        "kind": one.kind, "employment_id": job.id, "participant_id": job.participant_id, "name": job.name,
        "birth_date": job.birth_date, "wage_rupiah": one.wage_rupiah if one.kind == "wage" else None,
        "before_rupiah": job.wage_rupiah,
        "day": _day_of(one, job),
        "leaving": one.leaving if one.kind == "leave" else "", "segment": job.segment, "note": one.note[:200], "row": one.row,
    }  # fmt: skip


def _day_of(one: Edit, job: Job) -> dt.date | None:
    """`stay` keeps the day that is taken back."""
    if one.kind == "stay":
        return job.left_on or last_day(job.to_month or 0)
    return one.day if one.kind == "leave" else None


_TYPES = {
    "kind": "text", "employment_id": "bigint", "participant_id": "bigint", "name": "text", "birth_date": "date",
    "wage_rupiah": "bigint", "before_rupiah": "bigint", "day": "date", "leaving": "text", "segment": "text", "unit_id": "bigint",
    "position": "text", "note": "text", "nik_index": "bytea", "sealed": "bytea", "row": "int",
}  # fmt: skip
_EMPTY = {"leaving": "", "segment": "pu", "position": "", "note": ""}


def _write(report: Report, rows: Sequence[Mapping[str, Any]], file_id: int | None) -> None:
    columns: dict[str, tuple[str, list[Any]]] = {
        name: (sort, [row.get(name, _EMPTY.get(name)) for row in rows]) for name, sort in _TYPES.items()
    }
    columns["report_id"] = ("bigint", [report.pk] * len(rows))
    columns["file_id"] = ("bigint", [file_id] * len(rows))
    columns["made_by"] = ("bigint", [current().user_id] * len(rows))
    insert_rows("collection_reportchange", columns)


# --- those who join ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Joiner:
    """Somebody who begins to work: by KPJ with name and birth date, or a checked person with a NIK."""

    joined_on: dt.date
    wage_rupiah: int
    person: Person | None = None
    kpj: str = ""
    name: str = ""
    birth_date: dt.date | None = None
    segment: str = Segment.PU
    unit_id: int | None = None
    position: str = ""


@dataclass(frozen=True)
class Coming:
    """A joiner who was looked up: `participant_id` where the registry knows them, else the person, to be sealed."""

    participant_id: int | None
    person: Person | None
    name: str
    birth_date: dt.date
    joined_on: dt.date | None
    wage_rupiah: int
    segment: str = Segment.PU
    unit_id: int | None = None
    position: str = ""
    row: int | None = None


def add_joiner(*, report_id: int, joiner: Joiner) -> None:
    """One who joins; raises `InputError`."""
    report = editable(report_id)
    current().need(Can.REGISTER_PERSON, place_of(report.employer))
    coming = _looked_up(joiner)
    (answer,) = join_many(report_id=report.pk, people=[coming])
    if answer in PROBLEMS:
        raise refusal(answer)


def _looked_up(joiner: Joiner) -> Coming:
    """Who a joiner is; a KPJ counts only with the name and the birth date of its owner."""
    same = (joiner.joined_on, joiner.wage_rupiah, str(joiner.segment), joiner.unit_id, joiner.position)
    if joiner.person is not None:
        known = match([blind_index("nik", joiner.person.nik)]) if joiner.person.nik else {}
        if not known:
            return Coming(None, joiner.person, joiner.person.name, joiner.person.birth_date, *same)
        ((who, died),) = known.values()
        if not likely_same(joiner.person.name, names_of([who]).get(who, "")):
            raise refusal("name_differs")
        if died:
            raise refusal("died")
        return Coming(who, None, joiner.person.name, births([who])[who], *same)
    kpj = numbers.check("kpj", joiner.kpj)
    with connection.cursor() as cursor:
        cursor.execute("SELECT participant_id, name_key, birth_date, died FROM registry_by_kpj(%s)", [[kpj]])
        row = cursor.fetchone()
    if row is None or joiner.birth_date != row[2] or not joiner.name.strip() or not likely_same(joiner.name, row[1]):
        raise refusal("kpj_differs")
    if row[3]:
        raise refusal("died")
    return Coming(row[0], None, joiner.name.strip(), row[2], *same)


def births(people: Sequence[int]) -> dict[int, dt.date]:
    """Birth dates of people who were named by number and name; in sight or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, birth_date FROM collection_births(%s)", [list(people)])
        return dict(cursor.fetchall())


def join_many(*, report_id: int, people: Sequence[Coming], file_id: int | None = None) -> list[str]:
    """Those who join, in order: `taken`, or what is wrong (PROBLEMS)."""
    report = editable(report_id)
    units = set(EmployerUnit.objects.filter(employer_id=report.employer_id).values_list("pk", flat=True))
    there = _there(report.employer_id, [one for one in people if one.participant_id is not None])
    known = set(report.changes.filter(kind="join").values_list("participant_id", flat=True)) - {None}
    niks = {bytes(one) for one in report.changes.filter(nik_index__isnull=False).values_list("nik_index", flat=True) if one}
    answers, rows = [], []
    for one in people:
        index = blind_index("nik", one.person.nik) if one.person is not None and one.person.nik else None
        answer = _of_joining(report.month, one, there, units)
        if answer == TAKEN and (one.participant_id in known or index in niks):
            answer = "twice"
        answers.append(answer)
        if answer == TAKEN:
            known.add(one.participant_id) if one.participant_id is not None else None
            niks.add(index) if index is not None else None
            rows.append(_joining(one, index))
    _write(report, rows, file_id)
    if rows:
        audit.record("report.changed", "report", report.pk, fields=("changes",))
    return answers


def _there(employer_id: int, people: Sequence[Coming]) -> dict[int, list[tuple[int, int | None]]]:
    """Spells without a project that people have there: first and last month."""
    found: dict[int, list[tuple[int, int | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT same.asked, e.from_month, e.to_month FROM registry_one_person(%s) same"
            " JOIN registry_employment e ON e.participant_id = same.person AND e.employer_id = %s AND e.project_id IS NULL",
            [[one.participant_id for one in people], employer_id],
        )
        for person, first, last in cursor.fetchall():
            found.setdefault(person, []).append((first, last))
    return found


def _of_joining(month: int, one: Coming, there: Mapping[int, Sequence[tuple[int, int | None]]], units: set[int]) -> str:
    if one.segment == Segment.CONSTRUCTION:
        return "construction"
    if one.joined_on is None:
        return "day_missing"
    if one.joined_on > last_day(month):
        return "day_late"
    if one.wage_rupiah <= 0:
        return "wage_zero"
    if one.wage_rupiah > MAX_MONTHLY_RUPIAH:
        return "wage_too_large"
    if one.unit_id is not None and one.unit_id not in units:
        return "unit_unknown"
    first = month_of(one.joined_on)
    spells = there.get(one.participant_id or 0, ())
    return "works_here" if any(last is None or last >= first for _from, last in spells) else TAKEN


def _joining(one: Coming, index: bytes | None) -> dict[str, Any]:
    sealed = house_key(SEAL).seal("person", json.dumps(asdict(one.person), default=str)) if one.person is not None else None
    return {
        "kind": "join", "participant_id": one.participant_id, "name": one.name[:120], "birth_date": one.birth_date,
        "wage_rupiah": one.wage_rupiah, "day": one.joined_on, "segment": str(one.segment), "unit_id": one.unit_id,
        "position": one.position[:80], "nik_index": index, "sealed": sealed, "row": one.row,
    }  # fmt: skip


def person_in(change: ReportChange) -> Person:
    """The person a joiner's row keeps sealed."""
    told = json.loads(house_key(SEAL).open("person", change.sealed or b""))
    return Person(**{**told, "birth_date": dt.date.fromisoformat(told["birth_date"])})


# --- taking back ------------------------------------------------------------------------------------------------------


def undo(*, report_id: int, change_id: int) -> ReportChange:
    """Takes one exception out of a draft; the row as it was."""
    report = editable(report_id)
    found = ReportChange.objects.filter(report=report, pk=change_id).first()
    if found is None:
        raise InputError(_("Baris ini sudah tidak ada dalam laporan."), remedy=_("Muat ulang halamannya."))
    ReportChange.objects.filter(pk=found.pk).delete()
    audit.record("report.changed", "report", report.pk, fields=("changes",))
    return found


def undo_all(*, report_id: int) -> int:
    """Takes every exception out of a draft."""
    report = editable(report_id)
    count, _each = ReportChange.objects.filter(report=report).delete()
    if count:
        audit.record("report.changed", "report", report.pk, fields=("changes",))
    return count
