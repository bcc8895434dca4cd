"""Facts that several programmes hold their conditions against: cover on a day, and where a claimant stands among the heirs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition, condition
from jamsostek.law.parameters import Law

PU, BPU = "pu", "bpu"


@dataclass(frozen=True)
class Covered:
    """What is known of a member's cover on the day of the event (rule `cover.status`).

    `pays_first` is bpjs, employer or nobody; `why` says so in words; `employers` counts those who owed contributions that month.
    """

    protected: bool | None
    pays_first: str
    why: str
    segment: str = PU
    arrears_months: int = 0
    registered_on: dt.date | None = None
    membership_months: int | None = None
    employers: int = 1


@dataclass(frozen=True)
class Heirs:
    """Where the claimant stands in the law's order of heirs.

    `claimant` and `entitled` are names of steps of `jkm.heirs` or `jht.heirs` (empty: unknown). `spouses` and `disputed` tell of
    several who may not both be right; `minors` is how many entitled are under age and have no guardian named.
    """

    claimant: str = ""
    entitled: str = ""
    spouses: int = 0
    disputed: bool = False
    minors: int = 0


def covered_on(law: Law, day: dt.date, cover: Covered, *, programme: str, article: str) -> list[Condition]:
    """Registered before the day, and protected on it; who pays first where an employer is late."""
    since = cover.registered_on
    found = [
        condition(
            law, f"{programme}.registered", N_("Terdaftar sebelum hari kejadian"), None if since is None else since <= day,
            N_("Terdaftar pada {since}; kejadian pada {day}.") if since else N_("Hari pendaftaran belum diketahui."),
            article=article, since=since or "", day=day,
        ),
        condition(
            law, f"{programme}.covered", N_("Terlindungi pada hari kejadian"), cover.protected, cover.why, article=article,
            remedy=N_("Bila iuran hari itu sebenarnya sudah dibayar, kirim buktinya; petugas mencocokkannya."),
        ),
    ]  # fmt: skip
    if cover.protected and cover.pays_first == "employer":
        found.append(
            condition(
                law, f"{programme}.employer_pays_first", N_("BPJS yang membayar lebih dahulu"), False,
                N_("Perusahaan menunggak {months} bulan: perusahaan membayar dahulu, lalu menagih ke BPJS setelah lunas."),
                article=article, required=False, months=cover.arrears_months,
            )
        )  # fmt: skip
    if cover.segment == BPU and cover.arrears_months and cover.protected is not False:
        found.append(
            condition(
                law, f"{programme}.arrears_settled", N_("Tunggakan sudah dilunasi"), False,
                N_("Menunggak {months} bulan: sebagian dibayar sekarang, sisanya setelah tunggakan dilunasi."),
                article=article, required=False, months=cover.arrears_months,
            )
        )  # fmt: skip
    return found


def heirs(law: Law, given: Heirs, *, programme: str, figure: str = "") -> list[Condition]:
    """The claimant stands in the first step that has anybody; nobody disputes it; whoever is under age has a guardian.

    `figure` is the order of heirs, where it is another programme's (JKK has that of JKM).
    """
    figure = figure or f"{programme}.heirs"
    known = bool(given.claimant and given.entitled)
    return [
        condition(
            law, f"{programme}.heir", N_("Pemohon adalah ahli waris yang berhak menurut urutan"),
            given.claimant == given.entitled if known else None,
            N_("Pemohon: {claimant}. Yang berhak lebih dahulu: {entitled}.") if known
            else N_("Hubungan pemohon dengan peserta belum terbukti."),
            figure=figure, claimant=given.claimant, entitled=given.entitled,
            remedy=N_("Kirim surat keterangan ahli waris."),
        ),
        condition(
            law, f"{programme}.undisputed", N_("Tidak ada ahli waris yang saling menyangkal"),
            None if given.disputed or given.spouses > 1 else True,
            N_("Tercatat {spouses} pasangan, atau ada keberatan dari ahli waris lain.") if given.disputed or given.spouses > 1
            else N_("Tidak ada keberatan yang tercatat."),
            figure=figure, spouses=given.spouses,
            remedy=N_("Kirim penetapan pengadilan atau kesepakatan tertulis semua ahli waris."),
        ),
        condition(
            law, f"{programme}.guardian", N_("Ahli waris di bawah umur diwakili wali"), None if given.minors else True,
            N_("{minors} ahli waris di bawah umur belum punya wali.") if given.minors
            else N_("Tidak ada ahli waris di bawah umur tanpa wali."),
            article="UU 1/1974 Pasal 50 (naskah tidak dibaca)", minors=given.minors,
            remedy=N_("Sebut walinya dan kirim tanda pengenalnya."),
        ),
    ]  # fmt: skip
