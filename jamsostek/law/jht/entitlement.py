"""Who may take JHT: all of it at an event of the law and after its wait, or once a part while still a member."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, condition, holds, law_of, months_after, told, years_after
from jamsostek.law.facts import Covered, Heirs, heirs
from jamsostek.law.parameters import Law

CAUSES = (
    "age_56", "retired", "resigned", "dismissed", "contract_ended", "bpu_stopped", "leaving_indonesia", "total_disability",
    "death",
)  # fmt: skip
STOPPED = ("retired", "resigned", "dismissed", "contract_ended", "bpu_stopped")
"""Causes that are an end of work: they need that work has ended."""
PURPOSES = ("housing", "other")


@dataclass(frozen=True)
class Full:
    """What is known where all is asked for. `cause` is one of `CAUSES`, empty where nobody said; None is unknown throughout.

    `event_on` is the day work ended, of death, of disability, of leaving; for age 56 it is not needed. `letter_on` is the day of
    the employer's letter of resignation, from which that wait runs (the event itself where not given). `working` is whether the
    member works on the day of the claim. `heirs` is asked only after a death.
    """

    cause: str
    event_on: dt.date | None
    claimed_on: dt.date
    birth_date: dt.date | None = None
    working: bool | None = None
    balance_rupiah: int | None = None
    cover: Covered | None = None
    foreigner: bool | None = None
    left_for_good: bool | None = None
    total_disability: bool | None = None
    letter_on: dt.date | None = None
    heirs: Heirs | None = None
    known_dead: bool | None = None
    paid_before: bool = False


@dataclass(frozen=True)
class Partial:
    """What is known where a part is asked for; `purpose` is one of `PURPOSES`."""

    purpose: str
    claimed_on: dt.date
    member_since: dt.date | None
    working: bool | None
    amount_asked_rupiah: int | None
    balance_rupiah: int | None
    taken_before: bool = False


def conditions(law: Law, given: Full | Partial) -> list[Condition]:
    """Every condition: of the whole balance on the law of the day of the event, of a part on that of the day of the claim."""
    if isinstance(given, Partial):
        return _partial(law, given)
    return [
        *_cause(law, given),
        *_work_ended(law, given),
        *_registered(law, given),
        _balance(law, given.balance_rupiah),
        _once(law, given),
        *(heirs(law, given.heirs or Heirs(), programme="jht") if given.cause == "death" else []),
    ]


def _cause(law: Law, given: Full) -> list[Condition]:
    if given.cause not in CAUSES:
        return [
            condition(
                law, "jht.cause", N_("Alasan pengambilan sudah jelas"), None, N_("Alasan pengambilan belum disebut."),
                figure="jht.full_events", remedy=N_("Pilih alasan pengambilan."),
            )
        ]  # fmt: skip
    if given.cause == "age_56":
        return [_age(law, given), *_may_go_on(law, given)]
    own = {"leaving_indonesia": _leaving, "total_disability": _disabled, "death": _dead}.get(given.cause)
    return [_event(law, given), *(own(law, given) if own else [])]


def _event(law: Law, given: Full) -> Condition:
    day = given.event_on
    met = None if day is None else day <= given.claimed_on
    fact = told(met, N_("Alasan: {cause}, {day}."), N_("Baru terjadi pada {day}."), N_("Hari peristiwanya belum diketahui."))
    return condition(
        law, "jht.event", N_("Peristiwanya sudah terjadi"), met, fact, figure="jht.full_events", cause=given.cause, day=day or "",
        remedy=N_("Ajukan setelah hari itu, atau isi harinya."),
    )  # fmt: skip


def _reached(law: Law, given: Full) -> dt.date | None:
    """The day of the age at which all is paid."""
    return None if given.birth_date is None else years_after(given.birth_date, law.number("jht.full_age"))


def _old_enough(law: Law, given: Full) -> bool:
    day = _reached(law, given)
    return day is not None and given.claimed_on >= day


def _age(law: Law, given: Full) -> Condition:
    day = _reached(law, given)
    met = None if day is None else given.claimed_on >= day
    fact = told(
        met,
        N_("Berusia {age} tahun sejak {day}."),
        N_("Baru berusia {age} tahun pada {day}."),
        N_("Tanggal lahir belum diketahui."),
    )
    return condition(
        law, "jht.age", N_("Sudah mencapai usia pensiun JHT"), met, fact, figure="jht.full_age",
        age=law.number("jht.full_age"), day=day or "", remedy=N_("Ajukan mulai hari itu."),
    )  # fmt: skip


def _may_go_on(law: Law, given: Full) -> list[Condition]:
    if not given.working:
        return []
    return [
        condition(
            law, "jht.may_go_on", N_("Boleh tetap mengiur selama masih bekerja"), True,
            N_("Masih bekerja: JHT boleh diambil sekarang, atau nanti saat berhenti bekerja."),
            figure="jht.after_56.may_contribute", required=False,
        )
    ]  # fmt: skip


def _leaving(law: Law, given: Full) -> list[Condition]:
    """Leaving for good; since Permenaker 4/2022 the words may mean foreigners alone (91)."""
    met = given.left_for_good
    fact = told(
        met, N_("Meninggalkan Indonesia selamanya."), N_("Tidak meninggalkan Indonesia selamanya."), N_("Belum ada buktinya.")
    )
    found = [
        condition(
            law, "jht.left", N_("Meninggalkan Indonesia untuk selamanya"), met, fact, figure="jht.full_events",
            remedy=N_("Kirim paspor dan surat pernyataan tidak bekerja lagi di Indonesia."),
        )
    ]  # fmt: skip
    if given.foreigner or not holds(law, "jht.foreigner_leaving.wait_months"):
        return found
    fact = N_("Pemohon warga negara Indonesia.") if given.foreigner is False else N_("Kewarganegaraan pemohon belum diketahui.")
    return [
        *found,
        condition(
            law, "jht.leaver", N_("Warga negara Indonesia pun boleh"), True, fact, figure="jht.foreigner_leaving.wait_months",
            unsettled=91, other=given.foreigner,
        ),
    ]  # fmt: skip


def _disabled(law: Law, given: Full) -> list[Condition]:
    met = given.total_disability
    fact = told(
        met,
        N_("Dokter menyatakan cacat total tetap."),
        N_("Dokter tidak menyatakan cacat total tetap."),
        N_("Belum ada surat dokter."),
    )
    return [
        condition(
            law, "jht.disabled", N_("Cacat total tetap"), met, fact, figure="jht.full_events",
            remedy=N_("Kirim surat keterangan dokter."),
        )
    ]  # fmt: skip


def _dead(law: Law, given: Full) -> list[Condition]:
    met = given.known_dead
    fact = told(met, N_("Peserta sudah meninggal."), N_("Peserta tercatat masih hidup."), N_("Kematian belum terbukti."))
    return [
        condition(
            law, "jht.died", N_("Peserta meninggal dunia"), met, fact, figure="jht.full_events",
            remedy=N_("Kirim akta kematian atau surat keterangan kematian."),
        )
    ]  # fmt: skip


def _work_ended(law: Law, given: Full) -> list[Condition]:
    if given.cause not in STOPPED:
        return []
    met = None if given.working is None else not given.working
    fact = told(met, N_("Sudah tidak bekerja."), N_("Tercatat masih bekerja."), N_("Belum diketahui apakah masih bekerja."))
    return [
        condition(
            law, "jht.stopped", N_("Sudah berhenti bekerja"), met, fact, figure="jht.early_exit.before_56",
            remedy=N_(
                "Bila sudah berhenti, minta perusahaan melaporkannya, atau laporkan sendiri; "
                "bila sudah bekerja lagi, JHT diteruskan."
            ),
        ),
        _before_56(law, given),
        *_wait(law, given),
    ]  # fmt: skip


def _before_56(law: Law, given: Full) -> Condition:
    """Before 12 August 2015 who left was paid at 56; whether that day's law goes with the old leavers is number 90."""
    old = _old_enough(law, given)
    met = bool(law.flag("jht.early_exit.before_56")) or old
    later = not met and bool(law_of(law, given.claimed_on).flag("jht.early_exit.before_56"))
    fact = (
        N_("Usia {age} tahun sudah tercapai.") if old
        else N_("Boleh diambil sebelum usia {age} tahun.") if met
        else N_("Menurut hukum hari berhenti bekerja, dibayar pada usia {age} tahun.")
    )  # fmt: skip
    return condition(
        law, "jht.before_56", N_("Boleh diambil setelah berhenti bekerja"), met, fact, figure="jht.early_exit.before_56",
        unsettled=90 if later else None, other=True, age=law.number("jht.full_age"),
    )  # fmt: skip


def wait_months(law: Law, cause: str) -> tuple[int, bool]:
    """Months to wait after work ended for a cause, and whether the law says so (False: our reading, number 89)."""
    resignation, dismissal = (int(months) for months in law.numbers("jht.early_exit.wait_months"))
    if cause == "resigned":
        return resignation, True
    if cause == "contract_ended" and holds(law, "jht.contract_end.wait_months"):
        return law.number("jht.contract_end.wait_months"), True
    if cause == "bpu_stopped" and holds(law, "jht.bpu_stop.wait_months"):
        return law.number("jht.bpu_stop.wait_months"), True
    if cause == "retired" and holds(law, "jht.company_pension.wait_months"):
        return law.number("jht.company_pension.wait_months"), True
    return dismissal, cause == "dismissed"


_WAITS = {
    "contract_ended": "jht.contract_end.wait_months",
    "bpu_stopped": "jht.bpu_stop.wait_months",
    "retired": "jht.company_pension.wait_months",
}


def _wait(law: Law, given: Full) -> list[Condition]:
    since = given.letter_on if given.cause == "resigned" and given.letter_on else given.event_on
    if since is None or not holds(law, "jht.early_exit.wait_months"):
        return []
    months, settled = wait_months(law, given.cause)
    own = _WAITS.get(given.cause, "")
    first = months_after(since, months)
    met = given.claimed_on >= first or _old_enough(law, given)
    return [
        condition(
            law, "jht.wait", N_("Masa tunggu sudah lewat"), met,
            N_("Boleh diambil mulai {first}, {months} bulan setelah {since}.") if months
            else N_("Tanpa masa tunggu sejak {since}."),
            figure=own if own and settled else "jht.early_exit.wait_months", unsettled=None if met or settled else 89, other=True,
            months=months, since=since, first=first, remedy=N_("Ajukan lagi mulai {first}."),
        )
    ]  # fmt: skip


def _registered(law: Law, given: Full) -> list[Condition]:
    """Membership is told where cover was looked at; an employer's arrears leave the balance that was paid."""
    cover = given.cover
    if cover is None:
        return []
    since, on = cover.registered_on, given.event_on or given.claimed_on
    met = None if since is None else since <= on
    found = [
        condition(
            law, "jht.registered", N_("Terdaftar sebelum hari kejadian"), met,
            N_("Terdaftar pada {since}; kejadian pada {day}.") if since else N_("Hari pendaftaran belum diketahui."),
            article="PP 46/2015 Pasal 22", since=since or "", day=on,
        )
    ]  # fmt: skip
    if cover.arrears_months:
        found.append(
            condition(
                law, "jht.arrears", N_("Iuran sudah dibayar penuh"), False,
                N_("Menunggak {months} bulan: saldo yang sudah ada tetap dapat diambil, iuran yang menyusul dibayar kemudian."),
                article="Permenaker 4/2022 (naskah tidak dibaca)", required=False, months=cover.arrears_months,
            )
        )  # fmt: skip
    return found


def _balance(law: Law, balance_rupiah: int | None) -> Condition:
    met = None if balance_rupiah is None else balance_rupiah > 0
    fact = told(met, N_("Saldo {balance_rupiah}."), N_("Saldo kosong."), N_("Saldo belum diketahui."))
    return condition(
        law, "jht.balance", N_("Ada saldo"), met, fact, article="PP 46/2015 Pasal 22", balance_rupiah=balance_rupiah or 0,
    )  # fmt: skip


def _once(law: Law, given: Full) -> Condition:
    fact = N_("Peristiwa ini sudah pernah dibayar.") if given.paid_before else N_("Peristiwa ini belum pernah dibayar.")
    return condition(law, "jht.once", N_("Belum pernah dibayar"), not given.paid_before, fact, article="PP 46/2015 Pasal 22")


# ---- a part


def partial_ceiling(law: Law, purpose: str, balance_rupiah: int) -> int:
    """The most that may be taken of a balance for a purpose; whole rupiah, rounded once."""
    share = int(law.ppms("jht.partial.share")[PURPOSES.index(purpose)])
    return int(law.share(np.array([balance_rupiah], dtype=np.int64), share)[0])


def _partial(law: Law, given: Partial) -> list[Condition]:
    return [
        _member_for_years(law, given),
        _still_member(law, given),
        _within_share(law, given),
        _taken_once(law, given),
        condition(
            law, "jht.partial_tax", N_("Pembayaran sebagian memulai masa pajak dua tahun kalender"), True,
            N_("Sisa yang dibayar setelah masa itu dikenai tarif pajak biasa."), figure="jht.tax.partial", required=False,
            unsettled=34, other=False,
        ),
    ]  # fmt: skip


def _member_for_years(law: Law, given: Partial) -> Condition:
    years = law.number("jht.partial.membership_years")
    since = given.member_since
    first = None if since is None else years_after(since, years)
    met = None if first is None else given.claimed_on >= first
    fact = (
        N_("Peserta sejak {since}; {years} tahun tercapai pada {first}.")
        if since
        else N_("Hari mulai menjadi peserta belum diketahui.")
    )
    return condition(
        law, "jht.partial_years", N_("Sudah menjadi peserta cukup lama"), met, fact, figure="jht.partial.membership_years",
        since=since or "", years=years, first=first or "", remedy=N_("Ajukan mulai hari itu."),
    )  # fmt: skip


def _still_member(law: Law, given: Partial) -> Condition:
    """For who is still a member at work; the list of papers also names a letter of having left (92)."""
    fact = told(
        given.working,
        N_("Masih bekerja sebagai peserta."),
        N_("Sudah berhenti bekerja."),
        N_("Belum diketahui apakah masih bekerja."),
    )
    return condition(
        law, "jht.partial_working", N_("Masih bekerja sebagai peserta"), given.working, fact, figure="jht.partial.share",
        unsettled=92 if given.working is False else None, other=True,
        remedy=N_("Bila sudah berhenti bekerja, seluruh JHT dapat diambil."),
    )  # fmt: skip


def _within_share(law: Law, given: Partial) -> Condition:
    known = given.purpose in PURPOSES and given.balance_rupiah is not None
    most = partial_ceiling(law, given.purpose, given.balance_rupiah) if known and given.balance_rupiah is not None else 0
    asked = given.amount_asked_rupiah
    met = None if asked is None or not known else 0 < asked <= most
    fact = N_("Diminta {asked_rupiah}; paling banyak {most_rupiah} untuk {purpose}.")
    missing = N_("Jumlah, keperluan, atau saldo belum diketahui.")
    return condition(
        law, "jht.partial_share", N_("Jumlahnya dalam batas"), met, missing if met is None else fact, figure="jht.partial.share",
        asked_rupiah=asked or 0, most_rupiah=most, purpose=given.purpose,
        remedy=N_("Isi keperluan dan jumlah yang tidak melewati batas."),
    )  # fmt: skip


def _taken_once(law: Law, given: Partial) -> Condition:
    fact = N_("Sudah pernah mengambil sebagian.") if given.taken_before else N_("Belum pernah mengambil sebagian.")
    return condition(
        law, "jht.partial_once", N_("Sekali selama menjadi peserta"), not given.taken_before, fact, figure="jht.partial.times",
    )  # fmt: skip


__all__ = ["CAUSES", "PURPOSES", "STOPPED", "Full", "Partial", "conditions", "partial_ceiling", "wait_months"]
