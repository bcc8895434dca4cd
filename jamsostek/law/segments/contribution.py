"""Who pays what, segment by segment: wage earners, non-ASN, BPU, construction, migrants.

Each rule returns two layers: the bill (what the payer owes) and, for wage earners, the allocation (which fund receives it).
"""

from __future__ import annotations

import numpy as np

from jamsostek.core.rupiah import MAX_CONTRACT_RUPIAH, PPM
from jamsostek.core.text import N_
from jamsostek.law.engine import (
    NO_DATE,
    NONE,
    RISK_CLASSES,
    SCALES,
    Array,
    Choice,
    Choices,
    Date,
    Flag,
    Money,
    Output,
    Outputs,
    Share,
    Whole,
    rule,
)
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.programmes import Programme, Worker, programmes
from jamsostek.law.relief import relieved
from jamsostek.law.totals import added, total, total_of_employer, total_of_worker
from jamsostek.law.wage import monthly_wage

SECTORS = ("transport", "other")
PAYERS = ("self", "apbn", "apbd", "village", "donor")
ROUTES = ("agency", "individual")
BPU_PROGRAMMES = ("jkk", "jkm", "jht")


# ---- wage earners

TOTALS = (Output("employer_rupiah"), Output("worker_rupiah"), Output("total_rupiah"))
PU_OUTPUTS = (
    Output("wage_rupiah"),
    Output("programmes", "choices", tuple(p.name for p in programmes())),
    *(output for p in programmes() for output in p.outputs),
    *TOTALS,
)


@rule(
    "contribution.pu",
    N_("Iuran pekerja penerima upah"),
    when="month",
    inputs=(
        Money("wage_rupiah", required=False),
        Money("daily_wage_rupiah", required=False, most=10**9),
        Choice("risk_class", options=RISK_CLASSES),
        Choice("scale", default="large", required=False, options=SCALES),
        Flag("labour_intensive"),
        Date("birth_date", required=False),
        Flag("jkp_member", default=True),
    ),
    outputs=PU_OUTPUTS,
    source="PP 44/2015 Pasal 16, 18, 19; PP 46/2015 Pasal 16; PP 45/2015 Pasal 28-29; PP 37/2021 Pasal 11; "
    "Perpres 109/2013 Pasal 6",
    one_of=(("wage_rupiah", "daily_wage_rupiah"),),
    at_dates=True,
)
def pu(
    law: Law,
    *,
    when: Array,
    wage_rupiah: Array,
    daily_wage_rupiah: Array,
    risk_class: Array,
    scale: Array,
    labour_intensive: Array,
    birth_date: Array,
    jkp_member: Array,
) -> Outputs:
    """Contributions of wage earners for a month: the bill by programme, then the allocation; whole rupiah, one row a worker.

    Not modelled: the wage of piece workers (give the mean the law asks for); JKP's age at registration (say `jkp_member`).
    """
    wage = monthly_wage(law, wage_rupiah, daily_wage_rupiah)
    worker = Worker(when, wage, risk_class, scale, labour_intensive, birth_date, jkp_member)
    return {"wage_rupiah": wage} | with_programmes(wage_earner(law, worker))


def wage_earner(law: Law, worker: Worker) -> Outputs:
    """Bill, then allocation, of every programme in order, and the totals."""
    owed = bill_layer(law, worker, programmes())
    return owed | allocation_layer(law, worker, owed)


@step(N_("Lapis pertama: tagihan, yang wajib dibayar"), unit="outputs")
def bill_layer(law: Law, worker: Worker, among: tuple[Programme, ...]) -> Outputs:
    """What employer and worker owe, programme by programme, and the totals."""
    found: Outputs = {}
    for programme in among:
        found |= programme.bill(law, worker)
    return found | totals(law, found)


@step(N_("Lapis kedua: alokasi, dana yang menerima"), unit="outputs")
def allocation_layer(law: Law, worker: Worker, owed: Outputs) -> Outputs:
    """Which fund receives what is owed; never changes what is owed."""
    found: Outputs = {}
    for programme in programmes():
        found |= programme.allocation(law, worker, owed)
    return found


def totals(law: Law, bill: Outputs) -> Outputs:
    """What employer, worker and both owe: sums of the rounded parts."""
    of_employer = total_of_employer(law, *_parts(bill, "_employer_rupiah"))
    of_worker = total_of_worker(law, *_parts(bill, "_worker_rupiah"))
    return {"employer_rupiah": of_employer, "worker_rupiah": of_worker, "total_rupiah": total(law, of_employer, of_worker)}


def _parts(bill: Outputs, payer: str) -> list[Array]:
    """The columns a payer owes; a zero for all where there is none."""
    found = [v for k, v in bill.items() if k.endswith(payer)]
    return found or [np.zeros(1, dtype=np.int64)]


def with_programmes(found: Outputs) -> Outputs:
    """Adds the list of programmes each worker is in (bit i: programme i)."""
    bits = [found[p.member] << i for i, p in enumerate(programmes())]
    return found | {"programmes": added(*np.broadcast_arrays(*bits, found["total_rupiah"])[:-1])}


@rule(
    "contribution.construction_wage",
    N_("Iuran pekerja konstruksi yang upahnya diketahui"),
    when="month",
    inputs=(Money("wage_rupiah"),),
    outputs=(Output("jkk_rupiah"), Output("jkm_rupiah"), Output("total_rupiah")),
    source="PP 44/2015 Pasal 54 ayat (1), 55 ayat (1)",
)
def construction_wage(law: Law, *, wage_rupiah: Array) -> Outputs:
    """JKK and JKM of daily, piece-rate and fixed-term construction workers whose wage is known; whole rupiah."""
    jkk = construction_wage_jkk(law, wage_rupiah)
    jkm = construction_wage_jkm(law, wage_rupiah)
    return {"jkk_rupiah": jkk, "jkm_rupiah": jkm, "total_rupiah": total(law, jkk, jkm)}


@step(N_("Iuran JKK konstruksi"), "{wage_rupiah} × {construction.wage_rate[#jkk]} × {jkk.relief.covid}")
def construction_wage_jkk(law: Law, wage_rupiah: Array) -> Array:
    """Wage x rate; whole rupiah."""
    return law.share(wage_rupiah, int(relieved(law.ppms("construction.wage_rate")[0], law.ppm("jkk.relief.covid"))))


@step(N_("Iuran JKM konstruksi"), "{wage_rupiah} × {construction.wage_rate[#jkm]} × {jkm.relief.covid}")
def construction_wage_jkm(law: Law, wage_rupiah: Array) -> Array:
    """Wage x rate; whole rupiah."""
    return law.share(wage_rupiah, int(relieved(law.ppms("construction.wage_rate")[1], law.ppm("jkm.relief.covid"))))


# ---- non-ASN


@rule(
    "contribution.non_asn",
    N_("Iuran pegawai non-ASN"),
    when="month",
    inputs=(Money("wage_rupiah"),),
    outputs=PU_OUTPUTS,
    source="Permenaker 1/2025 Pasal 3A; PP 49/2023; PP 44/2015 Pasal 16, 18; PP 46/2015 Pasal 16",
    at_dates=True,
)
def non_asn(law: Law, *, when: Array, wage_rupiah: Array) -> Outputs:
    """Contributions of government workers without civil-servant status: the lowest risk class, their own programmes only."""
    zero = np.zeros_like(wage_rupiah)
    scale = zero + SCALES.index("large")
    worker = Worker(when, wage_rupiah, non_asn_class(law, zero), scale, zero, zero + NO_DATE, zero)
    owed = bill_layer(law, worker, _kept(law))
    nothing = {o.name: zero for o in PU_OUTPUTS} | {p.member: zero for p in programmes()}
    found = nothing | owed | {"wage_rupiah": wage_rupiah}
    funds = {"jkk_fund_rupiah": found["jkk_employer_rupiah"], "jkm_fund_rupiah": found["jkm_employer_rupiah"]}
    return with_programmes(found | funds)


def _kept(law: Law) -> tuple[Programme, ...]:
    """The programmes that government workers are in under this law."""
    kept = dict(zip(("jkk", "jkm", "jht"), law.flags("non_asn.programmes").tolist(), strict=True))
    return tuple(p for p in programmes() if kept.get(p.name))


@step(N_("Kelas risiko instansi pemerintah"), "{non_asn.risk_class}", unit="risk_class")
def non_asn_class(law: Law, zero: Array) -> Array:
    """Government services are in the lowest class (group I no. 11 of the industry list)."""
    return zero + RISK_CLASSES.index(law.text("non_asn.risk_class"))


# ---- BPU


@rule(
    "contribution.bpu",
    N_("Iuran pekerja bukan penerima upah"),
    when="month",
    inputs=(
        Money("income_rupiah"),
        Choices("programmes", default=["jkk", "jkm"], required=False, options=BPU_PROGRAMMES),
        Choice("sector", default="other", required=False, options=SECTORS),
        Choice("payer", default="self", required=False, options=PAYERS),
    ),
    outputs=(
        Output("base_rupiah"),
        Output("jkk_rupiah"),
        Output("jkm_rupiah"),
        Output("jht_rupiah"),
        Output("total_rupiah"),
    ),
    source="PP 44/2015 Pasal 20, Lampiran II; PP 46/2015 Pasal 18; PP 50/2025",
)
def bpu(law: Law, *, income_rupiah: Array, programmes: Array, sector: Array, payer: Array) -> Outputs:
    """Monthly contributions of people outside an employment relation, by the income band chosen; whole rupiah."""
    band = income_band(law, income_rupiah)
    factor = bpu_relief(law, sector, payer)
    jkk = bpu_jkk(law, band, factor) * (programmes & 1)
    jkm = bpu_jkm(law, factor) * (programmes >> 1 & 1)
    jht = bpu_jht(law, band) * (programmes >> 2 & 1)
    base = law.table("bpu.bands")["base_rupiah"][band]
    return {
        "base_rupiah": base,
        "jkk_rupiah": jkk,
        "jkm_rupiah": jkm,
        "jht_rupiah": jht,
        "total_rupiah": total(law, jkk, jkm, jht),
    }


@step(
    N_("Golongan penghasilan"),
    "{bpu.bands.from_rupiah@income_rupiah} ≤ {income_rupiah}",
    unit="index",
    article="PP 44/2015 Lampiran II",
)
def income_band(law: Law, income_rupiah: Array) -> Array:
    """The band (0 = first) whose lower bound the income has reached and the next it has not."""
    found: Array = np.searchsorted(law.table("bpu.bands")["from_rupiah"], income_rupiah, side="right") - 1
    return found


@step(
    N_("Bagian iuran JKK dan JKM yang tetap dibayar"),
    N_("⟨pembayar {payer} mendapat keringanan: {bpu.relief.payers[payer]}; jika ya {bpu.relief[sector]}, jika tidak 100 %⟩"),
    unit="ppm",
)
def bpu_relief(law: Law, sector: Array, payer: Array) -> Array:
    """The factor on JKK and JKM in ppm; 1,000,000 where a state budget pays (village budgets keep the relief)."""
    factor: Array = np.where(law.flags("bpu.relief.payers")[payer] == 1, law.ppms("bpu.relief")[sector], PPM)
    return factor


@step(
    N_("Iuran JKK BPU"),
    "{bpu.bands[band].jkk_rupiah} × {relief_ppm} × {jkk.relief.covid}",
    article="PP 44/2015 Pasal 20",
)
def bpu_jkk(law: Law, band: Array, relief_ppm: Array) -> Array:
    """The band's JKK after the reliefs; whole rupiah."""
    return law.share(law.table("bpu.bands")["jkk_rupiah"][band], relieved(relief_ppm, law.ppm("jkk.relief.covid")))


@step(N_("Iuran JKM BPU"), "{bpu.jkm} × {relief_ppm} × {jkm.relief.covid}", article="PP 44/2015 Pasal 20 ayat (3)")
def bpu_jkm(law: Law, relief_ppm: Array) -> Array:
    """The flat JKM after the reliefs; whole rupiah."""
    return law.share(np.full_like(relief_ppm, law.rupiah("bpu.jkm")), relieved(relief_ppm, law.ppm("jkm.relief.covid")))


@step(N_("Iuran JHT BPU"), "{bpu.bands[band].jht_rupiah}", article="PP 46/2015 Pasal 18")
def bpu_jht(law: Law, band: Array) -> Array:
    """The band's JHT, never relieved; whole rupiah."""
    found: Array = law.table("bpu.bands")["jht_rupiah"][band]
    return found


# ---- construction


@rule(
    "contribution.construction",
    N_("Iuran proyek jasa konstruksi"),
    when="month",
    inputs=(
        Money("contract_value_rupiah", required=False, most=MAX_CONTRACT_RUPIAH),
        Money("contract_value_with_vat_rupiah", required=False, most=MAX_CONTRACT_RUPIAH),
        Share("vat_rate", default=0, required=False),
    ),
    outputs=(Output("base_rupiah"), Output("jkk_rupiah"), Output("jkm_rupiah"), Output("total_rupiah")),
    source="PP 44/2015 Pasal 54 ayat (2), 55 ayat (2)",
    one_of=(("contract_value_rupiah", "contract_value_with_vat_rupiah"),),
)
def construction(law: Law, *, contract_value_rupiah: Array, contract_value_with_vat_rupiah: Array, vat_rate: Array) -> Outputs:
    """JKK and JKM of a construction project by its contract value, slice by slice, once per project; whole rupiah."""
    base = contract_base(law, contract_value_rupiah, contract_value_with_vat_rupiah, vat_rate)
    jkk = construction_jkk(law, base)
    jkm = construction_jkm(law, base)
    return {"base_rupiah": base, "jkk_rupiah": jkk, "jkm_rupiah": jkm, "total_rupiah": total(law, jkk, jkm)}


@step(
    N_("Nilai kontrak tanpa PPN"), "{contract_value_rupiah|contract_value_with_vat_rupiah ÷ (1 + vat_rate)}",
    article="PP 44/2015 Pasal 54 ayat (2)",
)  # fmt: skip
def contract_base(law: Law, contract_value_rupiah: Array, contract_value_with_vat_rupiah: Array, vat_rate: Array) -> Array:
    """The contract value; one given with VAT is divided by 1 + rate (practice: interpretation 56), half up."""
    divisor = PPM + vat_rate
    whole, rest = np.divmod(contract_value_with_vat_rupiah, divisor)
    without = whole * PPM + (rest * PPM + divisor // 2) // divisor
    return np.where(contract_value_with_vat_rupiah == NONE, contract_value_rupiah, without)


@step(N_("Iuran JKK proyek"), "({Σ construction.slices.jkk_ppm: base_rupiah}) × {jkk.relief.covid}")
def construction_jkk(law: Law, base_rupiah: Array) -> Array:
    """Each slice of the contract at its own rate, rounded once; whole rupiah."""
    return _sliced(law, base_rupiah, "jkk_ppm", int(law.ppm("jkk.relief.covid")))


@step(N_("Iuran JKM proyek"), "({Σ construction.slices.jkm_ppm: base_rupiah}) × {jkm.relief.covid}")
def construction_jkm(law: Law, base_rupiah: Array) -> Array:
    """Each slice of the contract at its own rate, rounded once; whole rupiah."""
    return _sliced(law, base_rupiah, "jkm_ppm", int(law.ppm("jkm.relief.covid")))


def _sliced(law: Law, base_rupiah: Array, column: str, factor_ppm: int) -> Array:
    slices = law.table("construction.slices")
    rates = relieved(slices[column], factor_ppm)
    bounds = [*slices["above_rupiah"][1:].tolist(), MAX_CONTRACT_RUPIAH]
    exact = np.zeros_like(base_rupiah)
    for lower, upper, rate in zip(slices["above_rupiah"].tolist(), bounds, rates.tolist(), strict=True):
        exact += np.clip(base_rupiah - lower, 0, upper - lower) * rate
    return law.scale(exact, 1, PPM)


# ---- migrants


@rule(
    "contribution.migrant",
    N_("Iuran pekerja migran Indonesia"),
    when="month",
    inputs=(Choice("route", options=ROUTES), Whole("months", least=1, most=600)),
    outputs=(Output("before_departure_rupiah"), Output("during_after_rupiah"), Output("total_rupiah")),
    source="Permenaker 4/2023 Pasal 18; Permenaker 18/2018 Pasal 12-14",
)
def migrant(law: Law, *, route: Array, months: Array) -> Outputs:
    """JKK and JKM of a migrant worker for a whole contract; whole rupiah. Voluntary JHT is not in it."""
    before = migrant_before(law, route)
    during = migrant_during(law, months)
    return {"before_departure_rupiah": before, "during_after_rupiah": during, "total_rupiah": total(law, before, during)}


@step(N_("Sebelum berangkat"), N_("⟨!route: {migrant.before_departure}⟩⟨route: hanya yang lewat perusahaan penempatan⟩"))
def migrant_before(law: Law, route: Array) -> Array:
    """The part before departure, for those sent by an agency."""
    found: Array = law.rupiah("migrant.before_departure") * (route == ROUTES.index("agency"))
    return found


@step(
    N_("Selama dan setelah bekerja"),
    "{migrant.package.rupiah@months} + max({months} - {migrant.package.months@months}; 0) × {migrant.extra_month}",
)
def migrant_during(law: Law, months: Array) -> Array:
    """The largest package that fits, then a sum for each further month; a shorter stay pays the smallest."""
    packages = law.table("migrant.package")
    fits = np.maximum(np.searchsorted(packages["months"], months, side="right") - 1, 0)
    further = np.maximum(months - packages["months"][fits], 0)
    found: Array = packages["rupiah"][fits] + further * law.rupiah("migrant.extra_month")
    return found
