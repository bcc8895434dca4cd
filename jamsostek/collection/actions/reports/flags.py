"""What compliance should look at in a report. Nothing is refused: a wage that is what it is, is paid for as it is.

Every threshold is a constant with its reason. `title` is what the employer reads, kindly; `meaning` is for the officer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.collection.actions.reports.overlay import PROVISIONAL, Exceptions, due_with, exceptions_of
from jamsostek.collection.billing import reading
from jamsostek.collection.billing.computing import PU, RULES, Int64, Lines
from jamsostek.collection.minimum import minimum_wage
from jamsostek.collection.models import Report, ReportFlag
from jamsostek.core.months import add_months
from jamsostek.core.text import N_
from jamsostek.registry.models import Employer

FALL_PPM = 100_000
"""A tenth fewer people than last month: more than people come and go by themselves."""
FALL_LEAST = 5
"""Fewer people than this leave small firms in any month."""
SAME_LEAST = 5
"""Among fewer, one wage for all is ordinary."""
ALIKE_LEAST, ALIKE_PPM = 20, 600_000
"""Where six in ten of at least twenty earn exactly the same, a real pay list is rare."""
MINIMUM_LEAST, MINIMUM_PPM = 10, 500_000
"""Half of at least ten at exactly the minimum: allowances, length of service and rank usually show."""
ROUND_TO, ROUND_LEAST, ROUND_PPM = 500_000, 20, 800_000
"""Eight in ten wages in half millions look estimated, not read from a pay list."""
WAGE_FELL_PPM = 200_000
"""Wages seldom fall, and by a fifth hardly ever."""
LEAVING_FELL_PPM, LEAVING_MONTHS = 100_000, 6
"""A tenth less within half a year before leaving: benefits by the last wage are smaller for it."""
MOST_NAMED = 200
"""So many people of a kind are named; the first row of the kind counts all."""
_PPM = 1_000_000


@dataclass(frozen=True)
class FlagKind:
    """A kind of flag in words."""

    title: str
    meaning: str
    article: str = ""


FLAGS: dict[str, FlagKind] = {
    "under_minimum": FlagKind(
        N_("Ada upah di bawah upah minimum daerah. Mungkin ini pekerja paruh waktu; bila salah ketik, perbaiki sekarang."),
        N_("Upah di bawah upah minimum: cocokkan dengan daftar gaji. Iuran tetap dihitung dari upah yang dilaporkan."),
        "PP 86/2013 Pasal 3 ayat (2) huruf b",
    ),
    "fewer": FlagKind(
        N_("Jumlah pekerja turun cukup banyak dari bulan lalu. Pastikan tidak ada yang tertinggal dari laporan."),
        N_("Jumlah pekerja turun lebih dari sepersepuluh: tanyakan siapa yang berhenti dan apakah haknya sudah dijelaskan."),
        "PP 86/2013 Pasal 3 ayat (2)",
    ),
    "left_unexplained": FlagKind(
        N_("Ada yang keluar tanpa sebab yang jelas. Sebab keluar menentukan hak JHT dan JKP mereka; isilah bila tahu."),
        N_("Keluar tanpa sebab: hubungi pekerjanya bila perlu, karena hak JKP bergantung pada sebab ini."),
        "PP 37/2021 Pasal 20",
    ),
    "same_wage": FlagKind(
        N_("Semua pekerja dilaporkan dengan upah yang sama. Bila memang begitu, tidak apa-apa."),
        N_("Satu upah untuk semua orang: bandingkan dengan daftar gaji."),
        "PP 86/2013 Pasal 3 ayat (2) huruf b",
    ),
    "alike_wages": FlagKind(
        N_("Sebagian besar pekerja dilaporkan dengan upah yang persis sama. Bila memang begitu, tidak apa-apa."),
        N_("Banyak upah yang persis sama: periksa apakah yang dilaporkan upah sebenarnya."),
        "PP 86/2013 Pasal 3 ayat (2) huruf b",
    ),
    "at_minimum": FlagKind(
        N_("Banyak upah persis sebesar upah minimum. Tunjangan tetap juga termasuk upah yang dilaporkan."),
        N_("Banyak upah tepat di upah minimum: periksa apakah tunjangan tetap ikut dilaporkan."),
        "PP 44/2015 Pasal 19",
    ),
    "round_wages": FlagKind(
        N_("Hampir semua upah berupa angka bulat. Pakai angka dari daftar gaji bila ada."),
        N_("Upah tampak dikira-kira: minta daftar gaji bila memeriksa."),
        "PP 86/2013 Pasal 3 ayat (2) huruf b",
    ),
    "wage_fell": FlagKind(
        N_("Ada upah yang turun banyak dari bulan lalu. Periksa apakah angkanya benar."),
        N_("Upah turun seperlima atau lebih: santunan berdasarkan upah ikut turun."),
        "PP 44/2015 Pasal 32",
    ),
    "fell_before_leaving": FlagKind(
        N_("Ada yang keluar tak lama sesudah upahnya turun. Periksa apakah upah terakhirnya benar."),
        N_("Upah turun menjelang keluar: bandingkan dengan upah yang sebenarnya dibayar."),
        "PP 44/2015 Pasal 32",
    ),
    "one_person": FlagKind(
        N_("Laporan ini disusun dan disetujui oleh satu orang, karena perusahaan Anda hanya mempunyai satu pengguna."),
        N_("Tanpa orang kedua: masuk daftar pemeriksaan berkala."),
    ),
}


@dataclass(frozen=True)
class Found:
    """A flag: of a person, or of the employer (`participant_id` None)."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    participant_id: int | None = None


@dataclass(frozen=True)
class Seen:
    """A report as the flags look at it: its month and the one before."""

    employer: Employer
    month: int
    now: Lines
    before: Lines
    exceptions: Exceptions
    leaving: tuple[tuple[int, int, str], ...]
    """Participant, employment and reason of those whose leaving is reported."""


def look(report: Report) -> list[Found]:
    """All flags of a report as it stands."""
    seen = _seen(report)
    return [
        one
        for find in (
            _under_minimum,
            _fewer,
            _left_unexplained,
            _wages_alike,
            _at_minimum,
            _round,
            _wage_fell,
            _fell_before_leaving,
        )
        for one in find(seen)
    ]


def keep(report: Report, found: Sequence[Found]) -> None:
    """Stores a draft's flags in place of those of an earlier look."""
    ReportFlag.objects.filter(report=report).delete()
    ReportFlag.objects.bulk_create(
        ReportFlag(
            report=report,
            kind=one.kind,
            participant_id=one.participant_id,
            facts=dict(one.facts),
            article=FLAGS[one.kind].article,
        )
        for one in found
    )


def _seen(report: Report) -> Seen:
    exceptions = exceptions_of(report.pk, report.month)
    leaving = report.changes.filter(kind="leave").values_list("participant_id", "employment_id", "leaving")
    return Seen(
        report.employer, report.month, due_with(report.employer_id, report.month, exceptions).lines,
        reading.due_of_employer(report.employer_id, add_months(report.month, -1)).lines, exceptions, tuple(leaving),
    )  # fmt: skip


def _waged(lines: Lines) -> tuple[Int64, Int64]:
    """Participants and wages of those paid a wage of the firm's own making."""
    mine = lines.rule == RULES.index(PU)
    return lines.participant[mine], lines.wage[mine]


def _of_people(kind: str, people: Sequence[int], facts: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> Iterator[Found]:
    """One row for the employer that counts them all, then those named; who has no number yet is counted alone."""
    if not people:
        return
    yield Found(kind, {**whole, "count": len(people)})
    named = [(one, told) for one, told in zip(people, facts, strict=True) if one < PROVISIONAL]
    for person, told in named[:MOST_NAMED]:
        yield Found(kind, told, person)


def _under_minimum(seen: Seen) -> Iterator[Found]:
    """Micro and small firms may lawfully pay less (docs/law/interpretations.md, 18); so may households."""
    least = minimum_wage(seen.employer.regency_code, seen.month)
    if least is None or seen.employer.scale in ("micro", "small") or seen.employer.kind == "household":
        return
    people, wages = _waged(seen.now)
    below = np.flatnonzero(wages < least.rupiah)
    whole = {"minimum_rupiah": least.rupiah, "place": least.place, "year": least.year, "of_regency": least.of_regency}
    facts = [{"wage_rupiah": int(wages[at]), "minimum_rupiah": least.rupiah} for at in below]
    yield from _of_people("under_minimum", people[below].tolist(), facts, {**whole, "source": least.source})


def _fewer(seen: Seen) -> Iterator[Found]:
    unpaid = int(np.isin(seen.before.participant, np.array(seen.exceptions.absent, np.int64)).sum())
    before, now = len(seen.before), len(seen.now) + unpaid
    if before - now >= FALL_LEAST and (before - now) * _PPM > before * FALL_PPM:
        yield Found("fewer", {"before": before, "now": now})


def _left_unexplained(seen: Seen) -> Iterator[Found]:
    told = {person: why for person, _job, why in seen.leaving}
    gone = np.setdiff1d(
        seen.before.participant, np.concatenate([seen.now.participant, np.array(seen.exceptions.absent, np.int64)])
    )
    unsaid = [person for person, why in told.items() if why == "other"]
    silent = [one for one in gone.tolist() if one not in told]
    unsaid += sorted(_without_reason(seen.employer.pk, silent))
    yield from _of_people("left_unexplained", unsaid, [{}] * len(unsaid), {})


def _without_reason(employer_id: int, people: Sequence[int]) -> set[int]:
    """Of those who are gone, whose last spell says no reason; who died has one, and so has who took an unpaid month."""
    if not people:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (e.participant_id) e.participant_id,"
            " e.to_month IS NOT NULL AND coalesce(e.leaving, 'other') = 'other'"
            " FROM registry_employment e JOIN registry_participant p ON p.id = e.participant_id"
            " WHERE e.employer_id = %s AND e.participant_id = ANY (%s) AND e.project_id IS NULL AND p.died_on IS NULL"
            " ORDER BY e.participant_id, e.from_month DESC",
            [employer_id, list(people)],
        )
        return {person for person, silent in cursor.fetchall() if silent}


def _wages_alike(seen: Seen) -> Iterator[Found]:
    _people, wages = _waged(seen.now)
    if len(wages) < SAME_LEAST:
        return
    values, counts = np.unique(wages, return_counts=True)
    most = int(counts.max())
    facts = {"wage_rupiah": int(values[counts.argmax()]), "count": most, "people": len(wages)}
    if len(values) == 1:
        yield Found("same_wage", facts)
    elif len(wages) >= ALIKE_LEAST and most * _PPM >= len(wages) * ALIKE_PPM:
        yield Found("alike_wages", facts)


def _at_minimum(seen: Seen) -> Iterator[Found]:
    least = minimum_wage(seen.employer.regency_code, seen.month)
    _people, wages = _waged(seen.now)
    if least is None or len(wages) < MINIMUM_LEAST:
        return
    exactly = int((wages == least.rupiah).sum())
    if exactly * _PPM >= len(wages) * MINIMUM_PPM:
        yield Found("at_minimum", {"count": exactly, "people": len(wages), "minimum_rupiah": least.rupiah, "place": least.place})


def _round(seen: Seen) -> Iterator[Found]:
    _people, wages = _waged(seen.now)
    if len(wages) < ROUND_LEAST or len(np.unique(wages)) == 1:
        return
    whole = int((wages % ROUND_TO == 0).sum())
    if whole * _PPM >= len(wages) * ROUND_PPM:
        yield Found("round_wages", {"count": whole, "people": len(wages), "round_to": ROUND_TO})


def _wage_fell(seen: Seen) -> Iterator[Found]:
    people, wages = _waged(seen.now)
    earlier, former = _waged(seen.before)
    both, here, there = np.intersect1d(people, earlier, return_indices=True)
    fell = np.flatnonzero((former[there] - wages[here]) * _PPM >= former[there] * WAGE_FELL_PPM)
    facts = [{"wage_rupiah": int(wages[here[at]]), "before_rupiah": int(former[there[at]])} for at in fell]
    yield from _of_people("wage_fell", both[fell].tolist(), facts, {})


def _fell_before_leaving(seen: Seen) -> Iterator[Found]:
    if not seen.leaving:
        return
    jobs = {job: person for person, job, _why in seen.leaving}
    told = {person: wage for person, wage, _later in seen.exceptions.wages}
    with connection.cursor() as cursor:
        cursor.execute(_WAGES_BEFORE, [seen.month, add_months(seen.month, -LEAVING_MONTHS), list(jobs), seen.month])
        rows = [(jobs[job], last, highest) for job, last, highest in cursor.fetchall()]
    fell = [(one, told.get(one, last), most) for one, last, most in rows]
    fell = [(one, last, most) for one, last, most in fell if (most - last) * _PPM >= most * LEAVING_FELL_PPM]
    facts = [{"wage_rupiah": last, "before_rupiah": most} for _one, last, most in fell]
    yield from _of_people("fell_before_leaving", [one for one, _last, _most in fell], facts, {"months": LEAVING_MONTHS})


# The wage in force when leaving, and the highest in force at any time since some months before.
_WAGES_BEFORE = """
    SELECT w.employment_id, (array_agg(w.wage_rupiah ORDER BY w.from_month DESC) FILTER (WHERE w.from_month <= %s))[1],
           max(w.wage_rupiah) FILTER (WHERE w.until >= %s)
    FROM (SELECT employment_id, from_month, wage_rupiah,
                 coalesce(lead(from_month) OVER (PARTITION BY employment_id ORDER BY from_month) - 1, 999912) AS until
          FROM registry_wage WHERE employment_id = ANY (%s)) AS w
    WHERE w.from_month <= %s GROUP BY 1
"""
