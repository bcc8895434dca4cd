"""JKM: the employer pays one rate for every worker."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Output, Outputs
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.programmes import Worker
from jamsostek.law.relief import relieved

ORDER = 2
OUTPUTS = (Output("jkm_employer_rupiah"),)
MEMBER = "jkm_member"


@step(N_("Jaminan kematian (JKM)"), unit="outputs")
def bill(law: Law, worker: Worker) -> Outputs:
    """The employer's JKM for each worker; whole rupiah. PP 44/2015 Art 18; relief PP 49/2020."""
    return {"jkm_employer_rupiah": employer(law, worker.wage_rupiah), "jkm_member": member(law, worker.scale)}


@step(N_("Wajib JKM menurut skala usaha"), "{jkm.scale[scale]}", unit="flag")
def member(law: Law, scale: Array) -> Array:
    """1 where the programme is compulsory at the employer's scale. Perpres 109/2013 Art 6."""
    required: Array = law.flags("jkm.scale")[scale]
    return required


@step(N_("Iuran JKM pemberi kerja"), "{wage_rupiah} × {jkm.pu.rate} × {jkm.relief.covid}", article="PP 44/2015 Pasal 18")
def employer(law: Law, wage_rupiah: Array) -> Array:
    """Monthly wage x rate, without a ceiling; whole rupiah."""
    return law.share(wage_rupiah, int(relieved(law.ppm("jkm.pu.rate"), law.ppm("jkm.relief.covid"))))
