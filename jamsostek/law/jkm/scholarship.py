"""Which child has a scholarship for this school year: asked anew every year after a JKK or JKM event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, condition, holds, law_of, told, years_after
from jamsostek.law.jkm.benefit import LEVELS
from jamsostek.law.parameters import Law

CAUSES = ("jkk_death", "jkk_total_disability", "jkm_death")
SCHOOL_AGE = 7
"""Before it a child that is at no school yet waits and is not refused (interpretation 99)."""


@dataclass(frozen=True)
class Scholar:
    """What is known of one child and one school year; None is unknown.

    `cause` is one of `CAUSES`, `level` one of `LEVELS` or empty, `place` the child's place in the family's order, from 1.
    `job_months` is how many months in a row the child worked for a wage; `bpu_or_intern` that it is no wage earner's job.
    `membership_months` of the member matters only where the contribution months are too few.
    """

    cause: str
    event_on: dt.date | None
    claimed_on: dt.date
    contribution_months: int | None
    child_birth_date: dt.date | None
    is_child: bool | None
    married: bool | None
    working: bool | None
    job_months: int | None = None
    bpu_or_intern: bool | None = None
    at_school: bool | None = None
    level: str = ""
    years_paid_of_level: int = 0
    paid_this_school_year: bool = False
    place: int = 1
    membership_months: int | None = None


def conditions(law: Law, given: Scholar) -> list[Condition]:
    """Every condition of a scholarship, on the law of the day of the member's event; work is judged by that of the claim (98)."""
    found = [_cause(law, given), *_months(law, given), _child(law, given), _place(law, given)]
    if not holds(law, "scholarship.age_below"):
        return [*found, _not_again(law, given)]
    return [
        *found,
        _young(law, given),
        _unmarried(law, given),
        _not_working(law, given),
        _at_school(law, given),
        *_years_left(law, given),
        _not_again(law, given),
    ]


def _cause(law: Law, given: Scholar) -> Condition:
    known = given.cause in CAUSES and given.event_on is not None
    met = given.event_on <= given.claimed_on if known and given.event_on is not None else None
    fact = told(
        met, N_("Sebab: {cause}, {day}."), N_("Baru terjadi pada {day}."), N_("Sebab atau hari kejadiannya belum diketahui.")
    )
    own = "scholarship.causes" if holds(law, "scholarship.causes") else "scholarship.once"
    return condition(
        law, "scholarship.cause", N_("Sebabnya memberi hak beasiswa"), met, fact, figure=own, cause=given.cause,
        day=given.event_on or "",
    )  # fmt: skip


def _months(law: Law, given: Scholar) -> list[Condition]:
    """Only after a death of another cause; months paid, not years of membership (62)."""
    if given.cause != "jkm_death":
        return []
    least, paid = law.number("scholarship.jkm_minimum_months"), given.contribution_months
    met = None if paid is None else paid >= least
    member = given.membership_months
    other = None if member is None else member >= least
    return [
        condition(
            law, "scholarship.months", N_("Peserta sudah cukup lama mengiur"), met,
            N_("Masa iur belum diketahui.") if paid is None else N_("Masa iur {paid} bulan; paling sedikit {least} bulan."),
            figure="scholarship.jkm_minimum_months", unsettled=62 if met is False and other is not False else None, other=other,
            paid=paid or 0, least=least,
        )
    ]  # fmt: skip


def _child(law: Law, given: Scholar) -> Condition:
    fact = told(
        given.is_child, N_("Anak sah dari peserta."), N_("Bukan anak sah dari peserta."),
        N_("Hubungan dengan peserta belum terbukti."),
    )  # fmt: skip
    own = "scholarship.age_below" if holds(law, "scholarship.age_below") else "scholarship.once"
    return condition(
        law, "scholarship.child", N_("Anak sah dari peserta"), given.is_child, fact, figure=own,
        remedy=N_("Kirim akta kelahiran dan kartu keluarga."),
    )  # fmt: skip


def _place(law: Law, given: Scholar) -> Condition:
    """The first two children of the family's order (63); before December 2019 one sum, for the first."""
    once = not law.number("scholarship.max_children")
    most = law.number("scholarship.max_children") or 1
    met = given.place <= most
    return condition(
        law, "scholarship.place", N_("Termasuk anak yang mendapat beasiswa"), met,
        N_("Anak ke-{place}; paling banyak {most} anak."),
        figure="scholarship.once" if once else "scholarship.max_children", unsettled=None if met or once else 63, other=None,
        place=given.place, most=most, remedy=N_("Keluarga boleh memilih urutan anak sebelum beasiswa pertama dibayar."),
    )  # fmt: skip


def _young(law: Law, given: Scholar) -> Condition:
    below, born = law.number("scholarship.age_below"), given.child_birth_date
    last = None if born is None else years_after(born, below)
    met = None if last is None else given.claimed_on < last
    fact = N_("Berusia {below} tahun pada {last}.") if last else N_("Tanggal lahir anak belum diketahui.")
    return condition(
        law, "scholarship.young", N_("Belum mencapai batas umur"), met, fact, figure="scholarship.age_below", below=below,
        last=last or "", remedy=N_("Kirim akta kelahiran."),
    )  # fmt: skip


def _unmarried(law: Law, given: Scholar) -> Condition:
    met = None if given.married is None else not given.married
    fact = told(met, N_("Belum menikah."), N_("Sudah menikah."), N_("Belum diketahui apakah sudah menikah."))
    return condition(law, "scholarship.unmarried", N_("Belum menikah"), met, fact, figure="scholarship.ends")


def _not_working(law: Law, given: Scholar) -> Condition:
    """Since Permenaker 1/2025 a short job, own work or an internship of a child at school does not end it."""
    title = N_("Belum bekerja")
    if not given.working:
        met = None if given.working is None else True
        fact = told(met, N_("Belum bekerja."), "", N_("Belum diketahui apakah sudah bekerja."))
        return condition(law, "scholarship.not_working", title, met, fact, figure="scholarship.ends")
    today = law_of(law, given.claimed_on)
    if not holds(today, "scholarship.short_job_months"):
        return condition(law, "scholarship.not_working", title, False, N_("Sudah bekerja."), figure="scholarship.ends")
    most = today.number("scholarship.short_job_months")
    short = _short(given, most)
    then = holds(law, "scholarship.short_job_months")
    fact = told(
        short, N_("Bekerja singkat, magang, atau usaha sendiri sambil sekolah: hak tetap."),
        N_("Bekerja {job} bulan berturut-turut; batasnya {most} bulan."),
        N_("Lama bekerja atau jenis pekerjaannya belum diketahui."),
    )  # fmt: skip
    return condition(
        today, "scholarship.not_working", title, short, fact, figure="scholarship.short_job_months",
        unsettled=98 if short and not then else None, other=False, job=given.job_months or 0, most=most,
        remedy=N_("Sebut jenis pekerjaan dan lamanya."),
    )  # fmt: skip


def _short(given: Scholar, most: int) -> bool | None:
    if given.at_school is not True:
        return given.at_school
    if given.bpu_or_intern:
        return True
    if given.job_months is None:
        return None
    return True if given.job_months <= most else None if given.bpu_or_intern is None else False


def _at_school(law: Law, given: Scholar) -> Condition:
    """A child below school age starts when it enters school; the age is our reading (99)."""
    born, met = given.child_birth_date, given.at_school
    entry = None if born is None else years_after(born, SCHOOL_AGE)
    waits = met is False and entry is not None and given.claimed_on < entry
    fact = (
        N_("Belum usia sekolah: beasiswa mulai saat anak masuk sekolah.") if waits
        else told(met, N_("Masih sekolah."), N_("Tidak bersekolah."), N_("Surat sekolah belum ada."))
    )  # fmt: skip
    return condition(
        law, "scholarship.at_school", N_("Bersekolah tahun ini"), None if waits else met, fact, figure="scholarship.age_below",
        remedy=N_("Ajukan saat anak masuk sekolah.") if waits else N_("Kirim surat dari sekolah atau kampus."),
    )  # fmt: skip


def _years_left(law: Law, given: Scholar) -> list[Condition]:
    title = N_("Masih ada tahun beasiswa pada jenjang ini")
    if given.level not in LEVELS:
        if given.at_school is False:
            return []
        return [
            condition(law, "scholarship.years_left", title, None, N_("Jenjang sekolah belum diketahui."),
                      figure="scholarship.years_max", remedy=N_("Kirim surat dari sekolah atau kampus."))
        ]  # fmt: skip
    most = int(law.numbers("scholarship.years_max")[LEVELS.index(given.level)])
    paid = given.years_paid_of_level
    return [
        condition(
            law, "scholarship.years_left", title, paid < most, N_("{level}: sudah dibayar {paid} dari {most} tahun."),
            figure="scholarship.years_max", level=given.level, paid=paid, most=most,
        )
    ]  # fmt: skip


def _not_again(law: Law, given: Scholar) -> Condition:
    paid = given.paid_this_school_year
    fact = N_("Tahun sekolah ini sudah dibayar.") if paid else N_("Tahun sekolah ini belum dibayar.")
    own = "scholarship.age_below" if holds(law, "scholarship.age_below") else "scholarship.once"
    return condition(law, "scholarship.not_again", N_("Belum dibayar untuk tahun sekolah ini"), not paid, fact, figure=own)


__all__ = ["CAUSES", "LEVELS", "SCHOOL_AGE", "Scholar", "conditions"]
