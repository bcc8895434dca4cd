"""Who has a right to JKP after a dismissal, and to each of its six months.

A claim made since 7 February 2025 goes by the new conditions whenever the dismissal was (jkp.transition, number 96).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, condition, holds, law_of, months_after, told, years_after
from jamsostek.law.parameters import Law

REASONS = ("dismissed", "resigned", "contract_ended", "retired", "died", "total_disability")
EXCLUDED = {
    "resigned": "resignation",
    "contract_ended": "fixed_term_contract_ended_on_its_date",
    "retired": "pension",
    "died": "death",
    "total_disability": "total_permanent_disability",
}
"""What the law's list of exclusions calls each reason."""
SCALES = ("large", "medium", "small", "micro")
FIXED, PERMANENT = "fixed", "permanent"
MONTHS = range(1, 7)


@dataclass(frozen=True)
class Dismissal:
    """What is known of a dismissal; None is unknown.

    `programmes` are those the person was in on that day, `jkn` where a wage earner's health insurance and `jkn_other` another
    segment of it. `contribution_months_24` are the months paid in the law's window before the dismissal, `consecutive_6` the
    longest row of them. `contract` is `FIXED` or `PERMANENT`, `arrears_months` the employer's.
    `claims_before` counts earlier JKP benefits; `contribution_years_since_last` full contribution years since the last of them.
    """

    left_on: dt.date | None
    claimed_on: dt.date
    reason: str
    citizen: bool | None
    birth_date: dt.date | None
    registered_on: dt.date | None
    programmes: tuple[str, ...] | None
    scale: str
    contribution_months_24: int | None
    consecutive_6: int | None = None
    working_again: bool | None = None
    willing: bool | None = None
    proof: bool | None = None
    claims_before: int = 0
    contribution_years_since_last: int | None = None
    contract: str | None = None
    contract_end_on: dt.date | None = None
    arrears_months: int = 0
    employer_closed: bool | None = None


def conditions(law: Law, given: Dismissal) -> list[Condition]:
    """Every condition of JKP; `law` is that of the day of the dismissal."""
    if given.left_on is None:
        return [
            condition(law, "jkp.dismissed", N_("Terkena PHK"), None, N_("Hari PHK belum diketahui."), figure="jkp.exclusions",
                      remedy=N_("Isi hari PHK."))
        ]  # fmt: skip
    now = rules(law, given.claimed_on)
    return [
        _dismissed(now, given),
        *_who(now, given),
        _programmes(now, given),
        *_micro(now, given),
        *_contributions(law, now, given),
        _not_working(now, given.working_again),
        _willing(now, given),
        _proven(now, given),
        *_times(now, given),
        _in_time(law, now, given),
        *_employer_first(now, given),
    ]


def rules(law: Law, claimed_on: dt.date) -> Law:
    """The law whose conditions a claim goes by: that of the dismissal, or of the claim where it is made under the new law."""
    later = law_of(law, claimed_on)
    return later if holds(later, "jkp.transition") and not holds(law, "jkp.transition") else law


# ---- the dismissal and the person


def _dismissed(law: Law, given: Dismissal) -> Condition:
    met = _by_reason(given)
    if given.reason in EXCLUDED:
        assert EXCLUDED[given.reason] in law.names("jkp.exclusions")
    fact = told(
        met, N_("Terkena PHK pada {left}."), N_("Alasan berhenti: {reason}; tidak termasuk PHK yang dijamin."),
        N_("Alasan berhenti atau hari akhir kontrak belum diketahui."),
    )  # fmt: skip
    reason = "contract_ended" if given.reason == "dismissed" else given.reason
    return condition(
        law, "jkp.dismissed", N_("Berhenti karena PHK yang dijamin"), met, fact, figure="jkp.exclusions",
        left=given.left_on or "", reason=reason, remedy=N_("Kirim bukti PHK dan kontrak kerja."),
    )  # fmt: skip


def _by_reason(given: Dismissal) -> bool | None:
    """A fixed contract that ran to its day is no dismissal, one cut short is."""
    if given.reason not in REASONS:
        return None
    if given.reason in EXCLUDED and given.reason != "contract_ended":
        return False
    ends = given.contract == FIXED or (given.contract is None and given.contract_end_on is not None)
    if given.reason != "contract_ended" and not ends:
        return True
    if given.contract_end_on is None or given.left_on is None:
        return None
    return given.left_on < given.contract_end_on


def _who(law: Law, given: Dismissal) -> list[Condition]:
    below, born, since = law.number("jkp.eligibility.age_below"), given.birth_date, given.registered_on
    last = None if born is None else years_after(born, below)
    young = None if last is None or since is None else since < last
    citizen = given.citizen
    return [
        condition(
            law, "jkp.citizen", N_("Warga negara Indonesia"), citizen,
            told(citizen, N_("Warga negara Indonesia."), N_("Bukan warga negara Indonesia."),
                 N_("Kewarganegaraan belum diketahui.")),
            figure="jkp.eligibility.citizen",
        ),
        condition(
            law, "jkp.age", N_("Mendaftar sebelum batas umur"), young,
            N_("Tanggal lahir atau hari pendaftaran belum diketahui.") if young is None
            else N_("Terdaftar pada {since}; berusia {below} tahun pada {last}."),
            figure="jkp.eligibility.age_below", since=since or "", below=below, last=last or "",
        ),
    ]  # fmt: skip


def _programmes(law: Law, given: Dismissal) -> Condition:
    large = given.scale in ("large", "medium")
    figure = "jkp.eligibility.large_medium" if large else "jkp.eligibility.small_micro"
    asked = law.names("jkp.eligibility.large_medium") if large else law.names("jkp.eligibility.small_micro")
    have = set(given.programmes or ())
    if law.flag("jkp.eligibility.any_jkn_segment") and "jkn_other" in have:
        have.add("jkn")
    missing = [name for name in asked if name not in have]
    met = None if given.programmes is None or given.scale not in SCALES else not missing
    fact = told(
        met, N_("Ikut semua program yang disyaratkan."), N_("Belum ikut: {missing}."),
        N_("Program yang diikuti atau skala usaha belum diketahui."),
    )  # fmt: skip
    return condition(
        law, "jkp.programmes", N_("Ikut semua program yang disyaratkan"), met, fact, figure=figure, missing=missing,
        remedy=N_("Kirim bukti kepesertaan program itu."),
    )  # fmt: skip


def _micro(law: Law, given: Dismissal) -> list[Condition]:
    """A micro business at its minimum is outside by our reading (59)."""
    if given.scale != "micro":
        return []
    return [
        condition(law, "jkp.scale", N_("Skala usaha termasuk JKP"), False, N_("Pemberi kerja: {scale}."), figure="jkp.scale",
                  unsettled=59, other=True, scale=given.scale)
    ]  # fmt: skip


def _contributions(law: Law, now: Law, given: Dismissal) -> list[Condition]:
    """Months paid in the window; six in a row were asked until 6 February 2025 (whether of older dismissals still: 96)."""
    least, window, row = (int(one) for one in now.numbers("jkp.eligibility.contribution_months"))
    paid, longest = given.contribution_months_24, given.consecutive_6
    met = None if paid is None else paid >= least
    found = [
        condition(
            now, "jkp.contributions", N_("Iuran cukup sebelum PHK"), met,
            N_("Iuran belum diketahui.") if paid is None
            else N_("{paid} bulan iuran dalam {window} bulan; paling sedikit {least} bulan."),
            figure="jkp.eligibility.contribution_months", paid=paid or 0, window=window, least=least,
        )
    ]  # fmt: skip
    before = int(law.numbers("jkp.eligibility.contribution_months")[2])
    if not before:
        return found
    enough = None if longest is None else longest >= before
    abolished = not row
    fact = told(
        enough, N_("{longest} bulan iuran berturut-turut."),
        N_("Hanya {longest} bulan iuran berturut-turut; dahulu disyaratkan {before} bulan."),
        N_("Bulan iuran berturut-turut belum diketahui."),
    )  # fmt: skip
    unsettled = abolished and enough is not True
    return [
        *found,
        condition(
            law, "jkp.consecutive", N_("Iuran berturut-turut sebelum PHK"), True if abolished else enough, fact,
            figure="jkp.eligibility.contribution_months", unsettled=96 if unsettled else None, other=enough,
            longest=longest or 0, before=before,
        ),
    ]  # fmt: skip


def _not_working(law: Law, working_again: bool | None) -> Condition:
    met = None if working_again is None else not working_again
    fact = told(met, N_("Belum bekerja lagi."), N_("Sudah bekerja lagi."), N_("Belum diketahui apakah sudah bekerja lagi."))
    return condition(law, "jkp.not_working", N_("Belum bekerja lagi"), met, fact, figure="jkp.ends")


def _willing(law: Law, given: Dismissal) -> Condition:
    fact = told(
        given.willing, N_("Bersedia bekerja kembali."), N_("Tidak bersedia bekerja kembali."), N_("Kesediaan belum dinyatakan."),
    )  # fmt: skip
    return condition(
        law, "jkp.willing", N_("Bersedia bekerja kembali"), given.willing, fact,
        article="PP 37/2021 Pasal 19 (naskah tidak dibaca)",
        remedy=N_("Nyatakan kesediaan bekerja kembali dalam formulir."),
    )  # fmt: skip


def _proven(law: Law, given: Dismissal) -> Condition:
    fact = told(given.proof, N_("Ada bukti PHK."), N_("Bukti PHK tidak sah."), N_("Belum ada bukti PHK."))
    return condition(
        law, "jkp.proof", N_("PHK terbukti"), given.proof, fact, figure="jkp.documents", remedy=N_("Kirim salah satu bukti PHK."),
    )  # fmt: skip


# ---- how often, how late


def _times(law: Law, given: Dismissal) -> list[Condition]:
    most, before = law.number("jkp.times.maximum"), given.claims_before
    found = [
        condition(
            law, "jkp.times", N_("Belum melewati jumlah klaim"), before < most,
            N_("Sudah {before} kali menerima JKP; paling banyak {most} kali selama bekerja."), figure="jkp.times.maximum",
            before=before, most=most,
        )
    ]  # fmt: skip
    if not 0 < before < most:
        return found
    years = int(law.numbers("jkp.times.years_between")[before - 1])
    paid = given.contribution_years_since_last
    met = None if paid is None else paid >= years
    return [
        *found,
        condition(
            law, "jkp.years_between", N_("Cukup lama mengiur sejak JKP sebelumnya"), met,
            N_("Masa iur sejak JKP sebelumnya belum diketahui.") if paid is None
            else N_("Mengiur {paid} tahun sejak JKP sebelumnya; paling sedikit {years} tahun."),
            figure="jkp.times.years_between", paid=paid or 0, years=years,
        ),
    ]  # fmt: skip


def _in_time(law: Law, now: Law, given: Dismissal) -> Condition:
    """Months after the dismissal; three that were over before 7 February 2025 are not made six again by our reading (96)."""
    assert given.left_on is not None
    old, months = law.number("jkp.claim.months"), now.number("jkp.claim.months")
    last, lapsed = months_after(given.left_on, months), months_after(given.left_on, old)
    start = now.in_force("jkp.claim.months").row
    dead = months != old and start is not None and start.start is not None and lapsed < start.start
    in_new, in_old = given.claimed_on <= last, given.claimed_on <= lapsed
    met = in_new and not dead
    unsettled = in_new and not in_old
    return condition(
        now, "jkp.in_time", N_("Diajukan sebelum lewat waktu"), met,
        N_("Diajukan pada {claimed}; batasnya {last}, {months} bulan setelah PHK."), figure="jkp.claim.months",
        unsettled=96 if unsettled else None, other=dead, claimed=given.claimed_on, last=lapsed if dead else last,
        months=old if dead else months,
    )  # fmt: skip


def _employer_first(law: Law, given: Dismissal) -> list[Condition]:
    """Beyond the months in arrears the employer pays first; longer where it is closed or bankrupt."""
    most = law.number("jkp.arrears.months")
    figure = "jkp.arrears.months"
    if given.employer_closed and holds(law, "jkp.arrears.closed_employer_months"):
        most, figure = law.number("jkp.arrears.closed_employer_months"), "jkp.arrears.closed_employer_months"
    if given.arrears_months <= most:
        return []
    return [
        condition(
            law, "jkp.employer_pays_first", N_("BPJS yang membayar lebih dahulu"), False,
            N_("Perusahaan menunggak {arrears} bulan, lebih dari {most}: perusahaan membayar dahulu, lalu menagih ke BPJS."),
            figure=figure, required=False, arrears=given.arrears_months, most=most,
        )
    ]  # fmt: skip


# ---- month by month


def month_conditions(
    law: Law,
    month_number: int,
    *,
    applications: int | None = None,
    interviews: int | None = None,
    attendance_ppm: int | None = None,
    working_again: bool | None = None,
    confirmed_in_time: bool | None = None,
) -> list[Condition]:
    """The conditions of one of the six months, on the law of the day it is paid.

    Months 2 to 6 ask for job search or training since 7 February 2025, and for a confirmation in time before it (97).
    """
    if month_number not in MONTHS:
        raise ValueError(f"month {month_number} is none of 1 to 6")
    found = [_not_working(law, working_again)]
    if month_number == 1:
        return found
    if holds(law, "jkp.activity.applications"):
        return [*found, _active(law, applications, interviews, attendance_ppm)]
    return [*found, _confirmed(law, month_number, confirmed_in_time)]


def _active(law: Law, applications: int | None, interviews: int | None, attendance_ppm: int | None) -> Condition:
    """Enough applications, or an interview, or attendance of the training."""
    asked = (
        (applications, law.number("jkp.activity.applications")),
        (interviews, law.number("jkp.activity.interviews")),
        (attendance_ppm, law.ppm("jkp.activity.training_attendance")),
    )
    enough = any(done is not None and done >= least for done, least in asked)
    met = True if enough else None if all(done is None for done, _least in asked) else False
    fact = N_("{applications} lamaran, {interviews} wawancara, hadir pelatihan {attendance_ppm}.")
    return condition(
        law, "jkp.active", N_("Aktif mencari kerja atau berlatih bulan sebelumnya"), met,
        N_("Belum ada bukti mencari kerja.") if met is None else fact, figure="jkp.activity.applications",
        applications=applications or 0, interviews=interviews or 0, attendance_ppm=attendance_ppm or 0, least=asked[0][1],
        wanted=asked[1][1], present_ppm=asked[2][1],
        remedy=N_("Kirim bukti {least} lamaran, atau {wanted} wawancara, atau hadir pelatihan {present_ppm}."),
    )  # fmt: skip


def _confirmed(law: Law, month_number: int, confirmed_in_time: bool | None) -> Condition:
    """The procedure of 2022, known at second hand; what lateness cost is number 97."""
    fact = told(
        confirmed_in_time, N_("Bulan ke-{number} dikonfirmasi pada waktunya."), N_("Bulan ke-{number} terlambat dikonfirmasi."),
        N_("Bulan ke-{number} belum dikonfirmasi."),
    )  # fmt: skip
    return condition(
        law, "jkp.confirmed", N_("Dikonfirmasi pada waktunya"), confirmed_in_time, fact,
        article="Permenaker 15/2021 (naskah tidak dibaca)", unsettled=97 if confirmed_in_time is False else None, other=True,
        number=month_number,
    )  # fmt: skip


__all__ = ["EXCLUDED", "FIXED", "MONTHS", "PERMANENT", "REASONS", "Dismissal", "conditions", "month_conditions", "rules"]
