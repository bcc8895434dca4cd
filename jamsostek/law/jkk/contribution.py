"""JKK: the employer pays by the risk class of the line of business."""

from __future__ import annotations

import numpy as np

from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Output, Outputs
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.programmes import Worker
from jamsostek.law.relief import relieved

ORDER = 1
OUTPUTS = (Output("jkk_employer_rupiah"),)
MEMBER = "jkk_member"


@step(N_("Jaminan kecelakaan kerja (JKK)"), unit="outputs")
def bill(law: Law, worker: Worker) -> Outputs:
    """The employer's JKK for each worker; whole rupiah. PP 44/2015 Art 16; reliefs PP 49/2020, PP 7/2025, PP 36/2025."""
    rate = rate_ppm(law, worker.risk_class, worker.labour_intensive)
    return {"jkk_employer_rupiah": employer(law, worker.wage_rupiah, rate), "jkk_member": member(law, worker.scale)}


@step(N_("Wajib JKK menurut skala usaha"), "{jkk.scale[scale]}", unit="flag")
def member(law: Law, scale: Array) -> Array:
    """1 where the programme is compulsory at the employer's scale. Perpres 109/2013 Art 6."""
    required: Array = law.flags("jkk.scale")[scale]
    return required


@step(
    N_("Tarif JKK yang berlaku"),
    "{jkk.pu.rate[risk_class]} × {jkk.relief.covid} × {jkk.relief.labour_intensive?labour_intensive}",
    unit="ppm",
)
def rate_ppm(law: Law, risk_class: Array, labour_intensive: Array) -> Array:
    """The rate of each worker's class in ppm after the month's reliefs, the second for labour-intensive firms only."""
    rates = relieved(law.ppms("jkk.pu.rate"), law.ppm("jkk.relief.covid"))
    both = np.concatenate([rates, relieved(rates, law.ppm("jkk.relief.labour_intensive"))])
    found: Array = both.take(risk_class + labour_intensive * len(rates))
    return found


@step(N_("Iuran JKK pemberi kerja"), "{wage_rupiah} × {rate_ppm}", article="PP 44/2015 Pasal 16")
def employer(law: Law, wage_rupiah: Array, rate_ppm: Array) -> Array:
    """Monthly wage x rate, without a ceiling; whole rupiah."""
    return law.share(wage_rupiah, rate_ppm)
