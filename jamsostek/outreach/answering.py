"""Am I eligible, and who pays? Answers for one person from a few words, by the rules of today; nothing is kept. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pyarrow as pa

from jamsostek import law
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.labels import citation
from jamsostek.outreach.eligibility import EMPLOYED, FACTS, NOT_MEMBER, OWN_COVER, UNSURE, Condition, Programme, judge, reasons

WORKS = {
    "employee": N_("Ya, menerima upah dari perusahaan, kantor, toko, atau rumah tangga"),
    "own": N_("Ya, sendiri: petani, nelayan, pedagang, tukang, pekerja rumahan"),
    "driver": N_("Ya, sebagai pengemudi atau kurir"),
    "abroad": N_("Ya, di luar negeri, atau akan berangkat"),
    "asn": N_("Ya, sebagai ASN, TNI, atau Polri"),
    "none": N_("Tidak bekerja"),
}
COVERED = {
    "no": N_("Tidak, atau sudah berhenti"), "own": N_("Ya, saya bayar sendiri"), "paid": N_("Ya, dibayar orang lain"),
    "unknown": N_("Saya tidak tahu"),
}  # fmt: skip
_MEMBERSHIP = {"no": NOT_MEMBER, "own": OWN_COVER, "paid": EMPLOYED, "unknown": UNSURE}
RISK = "low"
"""The class that examples of an employer's share are told for."""
MIGRANT_MONTHS = 24
"""The contract that examples of a migrant's contribution are told for."""


@dataclass(frozen=True)
class Told:
    """What somebody said: whole years, what work, whole rupiah a month, whether somebody is paying."""

    age: int
    work: str
    income_rupiah: int
    covered: str


@dataclass(frozen=True)
class Payer:
    """Somebody who may or must pay, what a month costs them, and where that stands; None where no one figure can be told."""

    who: str
    rupiah: int | None
    note: str
    source: str


@dataclass(frozen=True)
class Answer:
    """`state` for being paid for by a region or village (eligible, refused, unclear; none where that is not the way), and why."""

    headline: str
    programmes: tuple[str, ...]
    payers: tuple[Payer, ...]
    state: str = ""
    refused: tuple[Condition, ...] = ()
    unclear: tuple[Condition, ...] = ()
    next_step: str = ""


def answer(told: Told, today: dt.date) -> Answer:
    """The answer for what was said, by the law of the day."""
    return {"employee": _employee, "abroad": _abroad, "asn": _servant, "none": _nobody}.get(told.work, _own)(told, today)


def cited(figure: str, day: dt.date) -> str:
    """Where a figure of the law stands: `PP 44/2015 Pasal 20 ayat (3)`; a weak source says so."""
    known = law.law_on(day)
    row = known.parameters.row_in_force(figure, known)
    if row is None:
        return ""
    text = citation(f"{row.regulation} {row.article}")
    return text if row.grade in ("gazette", "secondary") else _("{text} (sumbernya belum pasti)").format(text=text)


def bounds(day: dt.date) -> tuple[int, int]:
    """From which age, and below which, somebody may begin who works for themself."""
    least, below = law.law_on(day).numbers("bpu.age")
    return int(least), int(below)


def _own(told: Told, today: dt.date) -> Answer:
    least, below = bounds(today)
    sector = "transport" if told.work == "driver" else "other"
    judged = judge(_row(told, today), Programme(cited("bpu.age", today), least, below), today)
    refused, unclear = reasons(judged, 0)
    of_age = least <= told.age < below
    headline = _("Anda berhak atas JKK dan JKM.") if of_age else _("Anda belum dapat mendaftar sebagai pekerja mandiri.")
    if of_age and told.covered in ("own", "paid"):
        headline = _("Anda berhak, dan menurut jawaban Anda sudah terlindungi.")
    return Answer(
        headline,
        ("JKK", "JKM"),
        _own_payers(told, today, sector) if of_age else (),
        str(judged["state"][0].as_py()),
        tuple(refused),
        tuple(unclear),
        _("Daftar sendiri sekarang, atau tanyakan di kantor desa apakah daerah membayarkan.")
        if of_age
        else _("Tanyakan di kantor cabang."),
    )


def _own_payers(told: Told, today: dt.date, sector: str) -> tuple[Payer, ...]:
    def month(payer: str, *programmes: str) -> int:
        wanted = list(programmes or ("jkk", "jkm"))
        given = law.calculate(
            "contribution.bpu", month=month_of(today), income_rupiah=told.income_rupiah, sector=sector, payer=payer,
            programmes=wanted,
        )  # fmt: skip
        return int(given["total_rupiah"])

    source = " · ".join((cited("bpu.bands", today), cited("bpu.jkm", today)))
    eased = " · ".join((source, cited("bpu.relief.payers", today)))
    saving = format_rupiah(month("self", "jkk", "jkm", "jht"))
    plain = _plain(told.income_rupiah, today)

    def one(who: str, payer: str, note: str) -> Payer:
        now = month(payer)
        return Payer(who, now, note, source if now == plain else eased)

    return (
        one(_("Anda sendiri"), "self", _("JKK dan JKM. Dengan tabungan hari tua (JHT): {rupiah}.").format(rupiah=saving)),
        one(
            _("Pemerintah daerah (APBD)"),
            "apbd",
            _("Bila Anda masuk sasaran programnya: biasanya keluarga yang tercatat miskin."),
        ),
        one(_("Desa (APBDes)"), "village", _("Bila desa menganggarkannya.")),
        one(_("Donatur atau perusahaan"), "donor", _("Sebagai bantuan, misalnya dari dana sosial perusahaan.")),
    )


def _plain(income_rupiah: int, today: dt.date) -> int:
    """What a month costs without any relief: the band of the income, and the one amount of JKM."""
    known = law.law_on(today)
    bands = known.table("bpu.bands")
    at = max(n for n, least in enumerate(bands["from_rupiah"]) if least <= income_rupiah)
    return int(bands["jkk_rupiah"][at]) + int(known.rupiah("bpu.jkm"))


def _employee(told: Told, today: dt.date) -> Answer:
    given = law.calculate("contribution.pu", month=month_of(today), wage_rupiah=told.income_rupiah, risk_class=RISK)
    source = " · ".join(cited(one, today) for one in ("jkk.pu.rate", "jkm.pu.rate"))
    return Answer(
        _("Anda berhak. Pemberi kerja wajib mendaftarkan dan membayar."),
        tuple(str(one).upper() for one in given["programmes"]),
        (
            Payer(
                _("Pemberi kerja, wajib"), int(given["employer_rupiah"]),
                _("Contoh bagi perusahaan besar dengan risiko kerja rendah."), source,
            ),
            Payer(
                _("Anda, dipotong dari upah"), int(given["worker_rupiah"]), _("Hanya untuk tabungan hari tua dan pensiun."),
                " · ".join(cited(one, today) for one in ("jht.pu.rate", "jp.pu.rate")),
            ),
        ),
        next_step=_("Tanyakan nomor peserta Anda kepada pemberi kerja. Bila belum didaftarkan, laporkan ke kantor cabang."),
    )  # fmt: skip


def _abroad(told: Told, today: dt.date) -> Answer:
    given = law.calculate("contribution.migrant", month=month_of(today), route="agency", months=MIGRANT_MONTHS)
    return Answer(
        _("Anda berhak sebagai pekerja migran: sebelum, selama, dan sesudah bekerja."),
        ("JKK", "JKM"),
        (
            Payer(
                _("Anda sendiri, sebelum berangkat"), int(given["total_rupiah"]),
                _("Sekali bayar, untuk kontrak {months} bulan lewat perusahaan penempatan.").format(months=MIGRANT_MONTHS),
                cited("migrant.package", today),
            ),
        ),
        next_step=_("Bayar sebelum berangkat, lewat perusahaan penempatan atau kantor cabang."),
    )  # fmt: skip


def _servant(_told: Told, _today: dt.date) -> Answer:
    return Answer(
        _("ASN, TNI, dan Polri dilindungi lewat program sendiri, bukan lewat BPJS Ketenagakerjaan."), (), (),
        next_step=_("Tanyakan kepada bagian kepegawaian di tempat kerja Anda."),
    )  # fmt: skip


def _nobody(_told: Told, _today: dt.date) -> Answer:
    return Answer(
        _("JKK dan JKM melindungi orang yang bekerja. Begitu Anda bekerja, juga beberapa jam seminggu, Anda berhak."), (), (),
        next_step=_("Mengurus rumah dan membuat sesuatu untuk dijual? Itu bekerja: jawab lagi dengan Ya, sendiri."),
    )  # fmt: skip


def _row(told: Told, today: dt.date) -> pa.Table:
    """The list of one that the movement's own conditions are asked of; what nobody asked here is taken as met."""
    born = _years_before(today, told.age)
    known = {
        "birth_date": born, "works": True, "is_asn": False, "alive": True, "resident": True,
        "membership": _MEMBERSHIP[told.covered], "decile": None, "has_nik": True, "single": True,
    }  # fmt: skip
    return pa.table({name: pa.array([known[name]], kind) for name, kind in FACTS.items()})


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
