"""Who has a pension: the member at pension age or disabled, then widow or widower, children, a parent; and whether it goes on.

A condition that is not required decides whether it is paid monthly or as one sum (`paid_as`); it refuses nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from jamsostek.core.rupiah import PPM
from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, Met, condition, months_after, told, years_after
from jamsostek.law.jp.ages import pension_reached
from jamsostek.law.jp.benefit import KINDS
from jamsostek.law.parameters import Law

SURVIVORS = ("widow", "child", "parent")
_EPOCH = dt.date(1970, 1, 1)
_MONTHLY = ("jp.months", "jp.density", "jp.membership")


class PaidAs(StrEnum):
    """How a pension that is due is paid."""

    MONTHLY = "monthly"
    LUMP_SUM = "lump_sum"
    UNSETTLED = "unsettled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pension:
    """What is known of a pension asked for; None is unknown.

    `kind` is one of `KINDS`. `event_on` is the day of pension age, disability or death; the birth date is the member's. Density
    is `density_ppm`, or contribution over membership months where it is not given; `density_in_time_ppm` counts only months paid
    in time. Of survivors: `related` (proven to be spouse, child or parent), `married` (the widow or widower again), `child_*`,
    `children_entitled` (children on the list that are entitled, this one too), `has_spouse` and `has_child` (entitled before a
    child or parent), `after_widow` (the child follows a widow or widower who had the pension).
    """

    kind: str
    event_on: dt.date | None
    claimed_on: dt.date
    birth_date: dt.date | None = None
    registered_on: dt.date | None = None
    contribution_months: int | None = None
    membership_months: int | None = None
    density_ppm: int | None = None
    density_in_time_ppm: int | None = None
    working: bool | None = None
    total_disability: bool | None = None
    known_dead: bool | None = None
    related: bool | None = None
    married: bool | None = None
    child_birth_date: dt.date | None = None
    child_working: bool | None = None
    child_married: bool | None = None
    children_entitled: int = 1
    has_spouse: bool | None = None
    has_child: bool | None = None
    after_widow: bool = False
    deferred_until: dt.date | None = None
    paid_before: bool = False


def conditions(law: Law, given: Pension) -> list[Condition]:
    """Every condition of a pension on the law of the day of the event."""
    kinds = {"old_age": _old_age, "disability": _disability, "widow": _widow, "child": _child, "parent": _parent}
    return [
        *_event(law, given),
        *(_died(law, given) if given.kind in SURVIVORS else []),
        *kinds[given.kind](law, given),
        _contributed(law, given),
        *_monthly(law, given),
        _once(law, given),
    ]


def paid_as(found: Sequence[Condition]) -> PaidAs:
    """Monthly where the months are enough, or density and membership make them count as enough; else one sum."""
    asked = {one.key: one for one in found if one.key in _MONTHLY}
    months = asked.pop("jp.months", None)
    if months is None or months.met == Met.UNKNOWN:
        return PaidAs.UNKNOWN
    if months.met == Met.MET:
        return PaidAs.MONTHLY
    if any(one.met == Met.NOT_MET and one.unsettled is None for one in asked.values()) or not asked:
        return PaidAs.LUMP_SUM
    if any(one.met == Met.UNKNOWN for one in asked.values()):
        return PaidAs.UNKNOWN
    return PaidAs.UNSETTLED if any(one.unsettled and one.other != one.met for one in asked.values()) else PaidAs.MONTHLY


# ---- the event


def _event(law: Law, given: Pension) -> list[Condition]:
    if given.kind == "old_age":
        return []
    day = given.event_on
    met = None if day is None else day <= given.claimed_on
    fact = told(met, N_("Terjadi pada {day}."), N_("Baru terjadi pada {day}."), N_("Hari kejadiannya belum diketahui."))
    return [
        condition(law, "jp.event", N_("Kejadiannya sudah terjadi"), met, fact, figure="jp.right_from", day=day or "",
                  remedy=N_("Isi hari kejadiannya."))
    ]  # fmt: skip


def _days(law: Law, born: dt.date) -> tuple[dt.date, int, dt.date]:
    """The day pension age is reached and that age; and the day by the other reading (42): a year earlier where it just rose."""
    birth_day = np.array([(born - _EPOCH).days], dtype=np.int64)
    day, age = (int(found[0]) for found in pension_reached(law, birth_day))
    reached = _EPOCH + dt.timedelta(days=day)
    for _first, last, years in law.series("jp.pension_age"):
        early = years_after(born, int(years))
        if early < reached and early.year == _year_after(last):
            return reached, age, early
    return reached, age, reached


def _year_after(last: int) -> int:
    """The calendar year in which the age has risen, where one row ends and the next begins."""
    return (_EPOCH + dt.timedelta(days=min(last + 1, 10**6))).year


def _old_age(law: Law, given: Pension) -> list[Condition]:
    title = N_("Sudah mencapai usia pensiun")
    if given.birth_date is None:
        return [
            condition(law, "jp.age", title, None, N_("Tanggal lahir belum diketahui."), figure="jp.pension_age",
                      remedy=N_("Kirim KTP atau akta kelahiran."))
        ]  # fmt: skip
    reached, age, early = _days(law, given.birth_date)
    on = given.event_on or given.claimed_on
    met = on >= reached
    return [
        condition(
            law, "jp.age", title, met, N_("Usia pensiun {age} tahun tercapai pada {reached}."), figure="jp.pension_age",
            unsettled=42 if not met and on >= early else None, other=True, age=age, reached=reached,
            remedy=N_("Ajukan mulai hari itu."),
        ),
        *_deferral(law, given, reached),
    ]  # fmt: skip


def _deferral(law: Law, given: Pension, reached: dt.date) -> list[Condition]:
    """Who is kept at work may put the pension off; never a reason to refuse it."""
    if not given.working and given.deferred_until is None:
        return []
    last = years_after(reached, law.number("jp.defer.years"))
    until = given.deferred_until
    met = True if until is None else until <= last
    fact = (
        N_("Masih bekerja: pensiun boleh ditunda paling lama sampai {last}.") if until is None
        else N_("Ditunda sampai {until}; paling lama sampai {last}.")
    )  # fmt: skip
    return [
        condition(
            law, "jp.deferral", N_("Penundaan dalam batas"), met, fact, figure="jp.defer.years", required=False, last=last,
            until=until or "", remedy=N_("Pensiun dimulai paling lambat hari itu."),
        )
    ]  # fmt: skip


def _disability(law: Law, given: Pension) -> list[Condition]:
    met = given.total_disability
    fact = told(
        met,
        N_("Dokter menyatakan cacat total tetap."),
        N_("Dokter tidak menyatakan cacat total tetap."),
        N_("Belum ada surat dokter."),
    )
    return [
        condition(law, "jp.disabled", N_("Cacat total tetap"), met, fact, figure="jp.disability.ends",
                  remedy=N_("Kirim surat keterangan dokter."))
    ]  # fmt: skip


def _died(law: Law, given: Pension) -> list[Condition]:
    met = given.known_dead
    fact = told(met, N_("Peserta sudah meninggal."), N_("Peserta tercatat masih hidup."), N_("Kematian belum terbukti."))
    return [
        condition(law, "jp.died", N_("Peserta meninggal dunia"), met, fact, figure="jp.membership.ends",
                  remedy=N_("Kirim akta kematian atau surat keterangan kematian.")),
        condition(
            law, "jp.related", N_("Hubungan keluarga dengan peserta terbukti"), given.related,
            told(given.related, N_("Hubungannya terbukti."), N_("Bukan keluarga yang berhak."),
                 N_("Hubungannya belum terbukti.")),
            figure="jp.share", remedy=N_("Kirim kartu keluarga, surat nikah, atau akta kelahiran."),
        ),
    ]  # fmt: skip


def _widow(law: Law, given: Pension) -> list[Condition]:
    return [_not_remarried(law, given.married)]


def _not_remarried(law: Law, remarried: bool | None) -> Condition:
    met = None if remarried is None else not remarried
    fact = told(met, N_("Tidak menikah lagi."), N_("Sudah menikah lagi."), N_("Belum diketahui apakah menikah lagi."))
    return condition(law, "jp.not_remarried", N_("Tidak menikah lagi"), met, fact, figure="jp.widow.ends")


# ---- children and parents


def _child(law: Law, given: Pension) -> list[Condition]:
    on = given.event_on or given.claimed_on
    most, count = law.number("jp.child.maximum"), given.children_entitled
    found = [
        *_child_itself(law, on, given.child_birth_date, given.child_working, given.child_married),
        *_posthumous(law, given),
        _no_spouse(law, given),
        condition(
            law, "jp.child_listed", N_("Jumlah anak dalam daftar"), count <= most,
            N_("{count} anak berhak; daftar memuat paling banyak {most}."), figure="jp.child.maximum", count=count, most=most,
            remedy=N_("Pilih anak yang didaftarkan."),
        ),
    ]  # fmt: skip
    if 1 < count <= most:
        found.append(
            condition(law, "jp.child_split", N_("Satu bagian untuk semua anak bersama"), True, N_("{count} anak berhak bersama."),
                      figure="jp.child.maximum", unsettled=40, other=False, count=count)
        )  # fmt: skip
    if given.after_widow:
        found.append(
            condition(law, "jp.child_share", N_("Separuh dari pensiun janda atau duda"), True,
                      N_("Anak meneruskan pensiun janda atau duda."), figure="jp.child.of_widow_share", unsettled=71, other=False)
        )  # fmt: skip
    return found


def _child_itself(law: Law, on: dt.date, born: dt.date | None, working: bool | None, married: bool | None) -> list[Condition]:
    below = law.number("jp.child.age_below")
    last = None if born is None else years_after(born, below)
    unworked, unmarried = (None if one is None else not one for one in (working, married))
    return [
        condition(
            law, "jp.child_young", N_("Anak belum mencapai batas umur"), None if last is None else on < last,
            N_("Berusia {below} tahun pada {last}.") if last else N_("Tanggal lahir anak belum diketahui."),
            figure="jp.child.age_below", below=below, last=last or "", remedy=N_("Kirim akta kelahiran."),
        ),
        condition(
            law, "jp.child_not_working", N_("Anak belum bekerja"), unworked,
            told(unworked, N_("Belum bekerja."), N_("Sudah bekerja."), N_("Belum diketahui apakah sudah bekerja.")),
            figure="jp.child.ends",
        ),
        condition(
            law, "jp.child_unmarried", N_("Anak belum menikah"), unmarried,
            told(unmarried, N_("Belum menikah."), N_("Sudah menikah."), N_("Belum diketahui apakah sudah menikah.")),
            figure="jp.child.ends",
        ),
    ]  # fmt: skip


def _posthumous(law: Law, given: Pension) -> list[Condition]:
    born, died = given.child_birth_date, given.event_on
    if born is None or died is None or born <= died:
        return []
    most = law.number("jp.beneficiaries.posthumous_child_days")
    days = (born - died).days
    return [
        condition(law, "jp.child_posthumous", N_("Lahir tidak lama setelah peserta meninggal"), days <= most,
                  N_("Lahir {days} hari setelah peserta meninggal; batasnya {most} hari."),
                  figure="jp.beneficiaries.posthumous_child_days", days=days, most=most)
    ]  # fmt: skip


def _no_spouse(law: Law, given: Pension) -> Condition:
    met = None if given.has_spouse is None else not given.has_spouse
    fact = told(
        met, N_("Tidak ada janda atau duda yang berhak."), N_("Ada janda atau duda yang berhak lebih dahulu."),
        N_("Belum diketahui apakah ada janda atau duda."),
    )  # fmt: skip
    return condition(law, "jp.no_spouse", N_("Tidak ada janda atau duda yang berhak"), met, fact, figure="jp.share")


def _parent(law: Law, given: Pension) -> list[Condition]:
    met = None if given.has_child is None else not given.has_child
    fact = told(
        met, N_("Tidak ada anak yang berhak."), N_("Ada anak yang berhak lebih dahulu."), N_("Belum diketahui apakah ada anak."),
    )  # fmt: skip
    return [
        _no_spouse(law, given),
        condition(law, "jp.no_child", N_("Tidak ada anak yang berhak"), met, fact, figure="jp.parent.maximum"),
    ]


# ---- months, density, membership: monthly or one sum


def _contributed(law: Law, given: Pension) -> Condition:
    months = given.contribution_months
    met = None if months is None else months > 0
    fact = told(met, N_("Masa iur {months} bulan."), N_("Belum ada iuran JP."), N_("Masa iur belum diketahui."))
    return condition(
        law, "jp.contributed", N_("Ada iuran JP"), met, fact, figure="jp.membership.starts", months=months or 0,
    )  # fmt: skip


def _monthly(law: Law, given: Pension) -> list[Condition]:
    months, full = given.contribution_months, law.number("jp.formula.minimum_months")
    met = None if months is None else months >= full
    fact = told(
        met, N_("Masa iur {months} bulan: dibayar setiap bulan."),
        N_("Masa iur {months} bulan, kurang dari {full} bulan."), N_("Masa iur belum diketahui."),
    )  # fmt: skip
    found = [
        condition(law, "jp.months", N_("Masa iur cukup untuk pensiun bulanan"), met, fact, figure="jp.formula.minimum_months",
                  required=False, months=months or 0, full=full)
    ]  # fmt: skip
    return found if met or given.kind == "old_age" else [*found, _density(law, given), _membership(law, given)]


def _density(law: Law, given: Pension) -> Condition:
    """Paid months over membership months; by the other reading only months paid in time count (36)."""
    least, found = law.ppm("jp.density.minimum"), _density_ppm(given)
    met = None if found is None else found >= least
    in_time = given.density_in_time_ppm
    strict = None if in_time is None else in_time >= least
    fact = N_("Kepadatan iuran {density_ppm}; paling rendah {least_ppm}.")
    return condition(
        law, "jp.density", N_("Iuran cukup padat untuk dihitung lima belas tahun"), met,
        N_("Kepadatan iuran belum diketahui.") if met is None else fact, figure="jp.density.minimum", required=False,
        unsettled=36 if met and strict is not True else None, other=strict, density_ppm=found or 0, least_ppm=least,
    )  # fmt: skip


def _density_ppm(given: Pension) -> int | None:
    if given.density_ppm is not None:
        return given.density_ppm
    if given.contribution_months is None or not given.membership_months:
        return None
    return given.contribution_months * PPM // given.membership_months


def _membership(law: Law, given: Pension) -> Condition:
    """Months from registration to the event; by the other reading density alone decides for survivors (70)."""
    disability, survivor = (int(one) for one in law.numbers("jp.membership.minimum_months"))
    least = disability if given.kind == "disability" else survivor
    since, on = given.registered_on, given.event_on
    first = None if since is None else months_after(since, least)
    if first is not None and on is not None:
        met: bool | None = on >= first
    else:
        met = None if given.membership_months is None else given.membership_months >= least
    fact = N_("Terdaftar pada {since}; {least} bulan tercapai pada {first}.") if first else told(
        met, N_("Masa kepesertaan {least} bulan atau lebih."), N_("Masa kepesertaan kurang dari {least} bulan."),
        N_("Masa kepesertaan belum diketahui."),
    )  # fmt: skip
    open_point = met is False and given.kind != "disability"
    return condition(
        law, "jp.membership", N_("Cukup lama menjadi peserta untuk dihitung lima belas tahun"), met, fact,
        figure="jp.membership.minimum_months", required=False, unsettled=70 if open_point else None, other=True,
        since=since or "", first=first or "", least=least,
    )  # fmt: skip


def _once(law: Law, given: Pension) -> Condition:
    fact = N_("Sudah pernah dibayar.") if given.paid_before else N_("Belum pernah dibayar.")
    return condition(law, "jp.once", N_("Belum pernah dibayar"), not given.paid_before, fact, figure="jp.membership.ends")


# ---- a pension in payment


def continues(
    law: Law,
    kind: str,
    on: dt.date,
    *,
    confirmed_on: dt.date | None = None,
    known_dead: bool | None = None,
    married: bool | None = None,
    birth_date: dt.date | None = None,
    working: bool | None = None,
    total_disability: bool | None = None,
) -> list[Condition]:
    """Whether a pension in payment goes on, on the law of the day `on`.

    The facts are the beneficiary's own and None is unknown; `married` is again for a widow or widower, `confirmed_on` the last
    proof of life.
    """
    found = [_alive(law, known_dead), *_confirmed(law, on, confirmed_on)]
    if kind == "disability":
        met = total_disability
        fact = told(met, N_("Masih cacat total tetap."), N_("Sudah tidak cacat total."), N_("Belum diperiksa lagi."))
        found.append(condition(law, "jp.still_disabled", N_("Masih cacat total tetap"), met, fact, figure="jp.disability.ends"))
    elif kind == "widow":
        found.append(_not_remarried(law, married))
    elif kind == "child":
        found += _child_itself(law, on, birth_date, working, married)
    return found


def _alive(law: Law, known_dead: bool | None) -> Condition:
    met = None if known_dead is None else not known_dead
    fact = told(
        met, N_("Penerima masih hidup."), N_("Penerima sudah meninggal."), N_("Belum diketahui apakah penerima masih hidup.")
    )
    return condition(law, "jp.alive", N_("Penerima masih hidup"), met, fact, figure="jp.widow.ends")


def _confirmed(law: Law, on: dt.date, confirmed_on: dt.date | None) -> list[Condition]:
    """Missed after three months it is suspended and paid back on confirmation; after ten years it stops."""
    months, years = law.number("jp.confirm.every_months"), law.number("jp.confirm.stop_after_years")
    last = None if confirmed_on is None else months_after(confirmed_on, months)
    end = None if confirmed_on is None else years_after(confirmed_on, years)
    unknown = N_("Belum pernah dikonfirmasi.")
    return [
        condition(
            law, "jp.confirmed", N_("Data penerima sudah dikonfirmasi"), None if last is None else on <= last,
            N_("Konfirmasi terakhir {confirmed}; berlaku sampai {last}.") if last else unknown, figure="jp.confirm.every_months",
            confirmed=confirmed_on or "", last=last or "",
            remedy=N_("Datang atau kirim foto diri; yang tertunda dibayar setelah konfirmasi."),
        ),
        condition(
            law, "jp.not_lapsed", N_("Tidak berhenti karena terlalu lama tanpa konfirmasi"), None if end is None else on <= end,
            N_("Tanpa konfirmasi berhenti setelah {end}.") if end else unknown, figure="jp.confirm.stop_after_years",
            end=end or "",
        ),
    ]  # fmt: skip


__all__ = ["KINDS", "SURVIVORS", "PaidAs", "Pension", "conditions", "continues", "paid_as"]
