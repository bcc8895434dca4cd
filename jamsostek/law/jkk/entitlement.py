"""Who has a right to JKK: an accident or illness that came of work, of somebody covered that day, claimed before it lapsed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, condition, holds, told, years_after
from jamsostek.law.facts import BPU, Covered, Heirs, covered_on, heirs
from jamsostek.law.parameters import Law

KINDS = ("accident", "commute", "disease", "violence", "sudden_death")
RESULTS = ("healing", "healed", "partial", "total", "dead")
ARTICLE = "PP 44/2015 Pasal 25"
_DAY_HOURS = 24
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Accident:
    """What is known of an accident at work or an occupational disease; None is unknown.

    `kind` is one of `KINDS`, `result` one of `RESULTS` or empty. `by_work` is the officer's conclusion on the doctor's letter.
    `reported_on` is report phase I, `concluded_on` the doctor's day of healed, disabled or dead, `second_report_on` phase II.
    `work_ended_on` is None while the person works. `cover` is that of the day of the event; for a disease found after the end of
    work, that of the last day of work. `heirs` is asked only where the person died.
    """

    happened_on: dt.date | None
    claimed_on: dt.date
    kind: str
    by_work: bool | None
    cover: Covered
    reported_on: dt.date | None = None
    concluded_on: dt.date | None = None
    second_report_on: dt.date | None = None
    work_ended_on: dt.date | None = None
    diagnosed_on: dt.date | None = None
    hours_to_death: int | None = None
    heirs: Heirs | None = None
    result: str = ""
    paid_before: bool = False
    listed_disease: bool | None = None


def conditions(law: Law, given: Accident) -> list[Condition]:
    """Every condition of JKK on the law of the day of the accident or, for a disease, of the diagnosis."""
    return [
        _happened(law, given),
        _by_work(law, given),
        *_kind(law, given),
        *_covered(law, given),
        *_reports(law, given),
        *_suspected(law, given),
        *_in_time(law, given),
        _result(law, given),
        _once(law, given),
        *(heirs(law, given.heirs or Heirs(), programme="jkk", figure="jkm.heirs") if given.result == "dead" else []),
    ]


def _happened(law: Law, given: Accident) -> Condition:
    day = given.happened_on
    met = None if day is None or given.kind not in KINDS else day <= given.claimed_on
    fact = told(
        met,
        N_("Kejadian: {accident}, {day}."),
        N_("Baru terjadi pada {day}."),
        N_("Jenis atau hari kejadiannya belum diketahui."),
    )
    return condition(
        law, "jkk.happened", N_("Kecelakaan atau penyakitnya sudah terjadi"), met, fact, article=ARTICLE,
        accident=given.kind, day=day or "", remedy=N_("Isi jenis dan hari kejadiannya."),
    )  # fmt: skip


def _by_work(law: Law, given: Accident) -> Condition:
    fact = told(
        given.by_work, N_("Disimpulkan karena kerja menurut surat dokter."), N_("Disimpulkan bukan karena kerja."),
        N_("Belum disimpulkan."),
    )  # fmt: skip
    return condition(
        law, "jkk.by_work", N_("Berhubungan dengan kerja"), given.by_work, fact, figure="jkk.dispute.order",
        remedy=N_("Kirim surat dokter dan kronologi; bila tidak setuju, minta penetapan pengawas ketenagakerjaan."),
    )  # fmt: skip


def _kind(law: Law, given: Accident) -> list[Condition]:
    if given.kind == "disease":
        return [_listed(law, given), *_after_work(law, given)]
    if given.kind == "violence":
        return _violence(law)
    return [_sudden(law, given)] if given.kind == "sudden_death" else []


def _listed(law: Law, given: Accident) -> Condition:
    """Off the list a disease counts where the doctor proves it, which is the conclusion above: noted, no refusal."""
    met = given.listed_disease
    fact = told(
        met, N_("Penyakitnya ada dalam daftar."),
        N_("Tidak ada dalam daftar: dokter harus membuktikan hubungannya dengan pekerjaan."), N_("Daftar belum diperiksa."),
    )  # fmt: skip
    own = "jkk.occupational_disease.list" if holds(law, "jkk.occupational_disease.list") else ""
    return condition(
        law, "jkk.disease_listed", N_("Penyakit ada dalam daftar penyakit akibat kerja"), met, fact, figure=own,
        article="Keppres 22/1993 (naskah tidak dibaca)", required=False,
        remedy=N_("Minta dokter menjelaskan hubungan penyakit dengan pekerjaan."),
    )  # fmt: skip


def _after_work(law: Law, given: Accident) -> list[Condition]:
    ended = given.work_ended_on
    if ended is None:
        return []
    years = law.number("jkk.occupational_disease.years")
    last, found = years_after(ended, years), given.diagnosed_on
    met = None if found is None else found <= last
    fact = N_("Didiagnosis pada {found}; batasnya {last}, {years} tahun setelah berhenti bekerja.")
    return [
        condition(
            law, "jkk.disease_in_time", N_("Penyakit timbul dalam jangka waktu setelah berhenti bekerja"), met,
            N_("Hari diagnosis belum diketahui.") if met is None else fact, figure="jkk.occupational_disease.years",
            found=found or "", last=last, years=years, remedy=N_("Kirim surat dokter yang menyebut hari diagnosis."),
        )
    ]  # fmt: skip


def _violence(law: Law) -> list[Condition]:
    """Named since Permenaker 1/2025; what it was before is number 93."""
    title = N_("Kekerasan di tempat kerja termasuk kecelakaan kerja")
    if holds(law, "jkk.violence_counts"):
        return [
            condition(law, "jkk.violence", title, True, N_("Hukum hari itu menyebut kekerasan di tempat kerja."),
                      figure="jkk.violence_counts")
        ]  # fmt: skip
    return [
        condition(
            law, "jkk.violence", title, False, N_("Hukum hari itu belum menyebut kekerasan di tempat kerja."),
            article="Permenaker 1/2025 (naskah tidak dibaca)", unsettled=93, other=True,
        )
    ]  # fmt: skip


def _sudden(law: Law, given: Accident) -> Condition:
    most, hours = law.number("jkk.sudden_death.hours"), given.hours_to_death
    met = None if hours is None else hours <= most
    fact = N_("Meninggal {hours} jam setelah dibawa dari tempat kerja; batasnya {most} jam.")
    return condition(
        law, "jkk.sudden_death", N_("Meninggal di tempat kerja atau dalam batas jam"), met,
        N_("Jam dibawa dari tempat kerja atau jam meninggal belum diketahui.") if met is None else fact,
        figure="jkk.sudden_death.hours", hours=hours or 0, most=most, remedy=N_("Kirim keterangan jam dari fasilitas kesehatan."),
    )  # fmt: skip


def _covered(law: Law, given: Accident) -> list[Condition]:
    day = given.happened_on
    if day is None:
        return []
    if given.kind == "disease" and given.work_ended_on and given.work_ended_on < day:
        day = given.work_ended_on
    return covered_on(law, day, given.cover, programme="jkk", article=ARTICLE)


# ---- reports


def _start(given: Accident) -> dt.date | None:
    """The day from which reports and the lapse run: the accident, or the diagnosis of a disease."""
    return given.diagnosed_on if given.kind == "disease" else given.happened_on


def _reports(law: Law, given: Accident) -> list[Condition]:
    """Late reports are noted and refuse nobody; since 2025 a late first one may be the employer's cost (46)."""
    first = _report(
        law, "jkk.report_first", N_("Laporan tahap I tepat waktu"), _start(given), given.reported_on,
        figure="jkk.report.first_hours",
    )  # fmt: skip
    second = _report(
        law, "jkk.report_second", N_("Laporan tahap II tepat waktu"), given.concluded_on, given.second_report_on,
        figure="jkk.report.second_hours",
    )  # fmt: skip
    late = first.met.value == "not_met"
    return [first, second, *(_late_cost(law, given) if late and holds(law, "jkk.report.late_may_cost_employer") else [])]


def _report(law: Law, key: str, title: str, since: dt.date | None, day: dt.date | None, *, figure: str) -> Condition:
    """Within the hours, counted in whole days because no hour is known (95)."""
    hours = law.number(figure)
    met = None if since is None or day is None else (day - since).days * _DAY_HOURS <= hours
    fact = N_("Dilaporkan pada {day}; batasnya {hours} jam sejak {since}.")
    return condition(
        law, key, title, met, N_("Hari laporan atau hari mulainya belum diketahui.") if met is None else fact, figure=figure,
        required=False, day=day or "", since=since or "", hours=hours,
    )  # fmt: skip


def _late_cost(law: Law, given: Accident) -> list[Condition]:
    own = given.cover.segment == BPU
    fact = (
        N_("Laporan tahap I terlambat; peserta tidak punya pemberi kerja.") if own
        else N_("Laporan tahap I terlambat: manfaatnya mungkin menjadi beban pemberi kerja.")
    )  # fmt: skip
    return [
        condition(
            law, "jkk.late_report", N_("BPJS yang menanggung manfaat"), True, fact,
            figure="jkk.report.late_may_cost_employer", required=not own, unsettled=94 if own else 46, other=False,
        )
    ]  # fmt: skip


def _suspected(law: Law, given: Accident) -> list[Condition]:
    """While nothing is concluded BPJS pays for care; how long that may take for a disease is number 45."""
    since = given.reported_on
    if given.by_work is not None or since is None or not holds(law, "jkk.suspected.days"):
        return []
    days = law.number("jkk.suspected.days")
    disease = given.kind == "disease"
    return [
        condition(
            law, "jkk.suspected", N_("Dugaan disimpulkan pada waktunya"), None,
            N_("Baru dugaan: biaya perawatan dibayar BPJS dahulu; kesimpulan paling lambat {last}."),
            figure="jkk.suspected.days", required=False, unsettled=45 if disease else None, last=since + dt.timedelta(days=days),
            remedy=N_("Kirim surat dokter supaya dapat disimpulkan."),
        )
    ]  # fmt: skip


# ---- lapse, result, once


def _in_time(law: Law, given: Accident) -> list[Condition]:
    """Before the years of the day of the event are over; two years still running on 2 December 2019 may be five (78)."""
    if given.happened_on is None:
        return []
    start, years = _start(given), law.number("jkk.expiry.years")
    title = N_("Diajukan sebelum gugur")
    if start is None:
        return [
            condition(law, "jkk.in_time", title, None, N_("Hari diagnosis belum diketahui."), figure="jkk.expiry.years",
                      remedy=N_("Kirim surat dokter yang menyebut hari diagnosis."))
        ]  # fmt: skip
    last = years_after(start, years)
    met = given.claimed_on <= last
    longer = None if met else _longer(law, last)
    revived = longer is not None and given.claimed_on <= years_after(start, longer)
    return [
        condition(
            law, "jkk.in_time", title, met, N_("Diajukan pada {claimed}; gugur setelah {last}, {years} tahun sejak {start}."),
            figure="jkk.expiry.years", unsettled=78 if revived else None, other=True, claimed=given.claimed_on, last=last,
            years=years, start=start,
        )
    ]  # fmt: skip


def _longer(law: Law, last: dt.date) -> int | None:
    """The years of a later law that began while the right was still alive on `last`."""
    today = (law.day - _EPOCH).days
    later = [int(years) for first, _end, years in law.series("jkk.expiry.years") if today < first <= (last - _EPOCH).days]
    return max(later, default=None)


def _result(law: Law, given: Accident) -> Condition:
    met = True if given.result in RESULTS and given.result != "healing" else None
    fact = (
        N_("Hasil akhir: {result}.") if met
        else N_("Masih dirawat: manfaat dihitung setelah dokter menyimpulkan.") if given.result == "healing"
        else N_("Hasil akhir belum diketahui.")
    )  # fmt: skip
    return condition(  # while somebody is treated, costs and lost wages are paid all the same (PP 44/2015 Pasal 30)
        law, "jkk.result", N_("Hasil akhir sudah disimpulkan dokter"), met, fact, figure="jkk.report.second_hours",
        required=given.result != "healing", result=given.result, remedy=N_("Kirim surat dokter tahap II."),
    )  # fmt: skip


def _once(law: Law, given: Accident) -> Condition:
    fact = N_("Kejadian ini sudah pernah dibayar.") if given.paid_before else N_("Kejadian ini belum pernah dibayar.")
    return condition(law, "jkk.once", N_("Belum pernah dibayar"), not given.paid_before, fact, article=ARTICLE)


__all__ = ["KINDS", "RESULTS", "Accident", "conditions"]
