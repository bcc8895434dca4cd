"""Who has a right to JKM: death not caused by work, of somebody who was working and paying on that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, condition, full_months, years_after
from jamsostek.law.facts import BPU, Covered, Heirs, covered_on, heirs
from jamsostek.law.parameters import Law

ARTICLE = "PP 44/2015 Pasal 34"
CAUSES = ("illness", "accident_outside_work", "work", "other")
_WAIT_DAYS = 90
"""The other reading of the three months (interpretation 25)."""
_JKK_YEARS = "jkk.expiry.years"


@dataclass(frozen=True)
class Death:
    """What is known of a death. `cause` is one of `CAUSES`, empty where nobody said; `known_dead` whether a register says it."""

    died_on: dt.date | None
    claimed_on: dt.date
    known_dead: bool | None
    cause: str
    cover: Covered
    heirs: Heirs = field(default_factory=Heirs)
    paid_before: bool = False


def conditions(law: Law, given: Death) -> list[Condition]:
    """Every condition of the death benefit on the law of the day of death."""
    if given.died_on is None:
        return [_dead(law, given)]
    return [
        _dead(law, given),
        _cause(law, given),
        *covered_on(law, given.died_on, given.cover, programme="jkm", article=f"{ARTICLE} ayat (1)"),
        *_wait(law, given),
        *_employers(law, given),
        _in_time(law, given),
        _once(law, given),
        *heirs(law, given.heirs, programme="jkm"),
    ]


def _dead(law: Law, given: Death) -> Condition:
    met = given.known_dead if given.died_on else None
    fact = (
        N_("Meninggal pada {day}.")
        if met
        else N_("Peserta tercatat masih hidup.")
        if met is False
        else N_("Kematian belum terbukti.")
    )
    return condition(
        law, "jkm.died", N_("Peserta meninggal dunia"), met, fact, article=ARTICLE, day=given.died_on or "",
        remedy=N_("Kirim akta kematian atau surat keterangan kematian."),
    )  # fmt: skip


def _cause(law: Law, given: Death) -> Condition:
    met = None if given.cause in ("", "other") else given.cause != "work"
    facts = {True: N_("Sebab: {cause}."), False: N_("Sebab: kecelakaan kerja."), None: N_("Sebab kematian belum jelas.")}
    return condition(
        law, "jkm.not_by_work", N_("Bukan karena kecelakaan kerja"), met, facts[met], figure="jkm.death", cause=given.cause,
        remedy=N_("Bila karena kecelakaan kerja, ajukan klaim JKK: santunannya lebih besar."),
    )  # fmt: skip


def _wait(law: Law, given: Death) -> list[Condition]:
    """The three months of new members: our reading binds BPU alone (24), counts completed months (25); it lowers the amount."""
    months, wait = given.cover.membership_months, law.number("jkm.bpu_wait.months")
    if not wait or months is None or months >= wait or given.died_on is None:
        return []
    title = N_("Masa kepesertaan melewati masa tunggu (menentukan jumlah)")
    fact = N_("Anggota {months} bulan; masa tunggu {wait} bulan.")
    if given.cover.segment != BPU:
        return [
            condition(law, "jkm.wait", title, True, fact, figure="jkm.bpu_wait.months", unsettled=24, other=False,
                      months=months, wait=wait)
        ]  # fmt: skip
    since = given.cover.registered_on
    by_days = since is not None and (given.died_on - since).days >= _WAIT_DAYS
    return [
        condition(law, "jkm.wait", title, False, fact, figure="jkm.bpu_wait.months", required=by_days,
                  unsettled=25 if by_days else None, other=True if by_days else None, months=months, wait=wait)
    ]  # fmt: skip


def _employers(law: Law, given: Death) -> list[Condition]:
    if given.cover.employers < 2:
        return []
    return [
        condition(
            law, "jkm.one_benefit", N_("Satu kematian, satu santunan"), True,
            N_("{employers} pemberi kerja membayar iuran bulan itu."), article="Permenaker 1/2025; PP 44/2015 Pasal 15 ayat (3)",
            unsettled=44, other=False, employers=given.cover.employers,
        )
    ]  # fmt: skip


def _in_time(law: Law, given: Death) -> Condition:
    """No lapse was found for JKM; beyond JKK's years the other reading would refuse (43)."""
    assert given.died_on is not None
    last = years_after(given.died_on, law.number(_JKK_YEARS))
    late = given.claimed_on > last
    return condition(
        law, "jkm.in_time", N_("Diajukan sebelum gugur"), True, N_("Diajukan {months} bulan setelah kematian."), article=ARTICLE,
        unsettled=43 if late else None, other=False if late else None, months=full_months(given.died_on, given.claimed_on),
    )  # fmt: skip


def _once(law: Law, given: Death) -> Condition:
    fact = N_("Sudah ada klaim kematian yang dibayar.") if given.paid_before else N_("Belum ada klaim kematian yang dibayar.")
    return condition(law, "jkm.once", N_("Belum pernah dibayar"), not given.paid_before, fact, article=ARTICLE)
