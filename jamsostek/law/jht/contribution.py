"""JHT: employer and worker pay on the whole wage."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Output, Outputs
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.programmes import Worker

ORDER = 3
OUTPUTS = (Output("jht_employer_rupiah"), Output("jht_worker_rupiah"))
MEMBER = "jht_member"


@step(N_("Jaminan hari tua (JHT)"), unit="outputs")
def bill(law: Law, worker: Worker) -> Outputs:
    """Employer's and worker's JHT; whole rupiah, 0 where the scale does not require it. PP 46/2015 Art 16."""
    joined = member(law, worker.scale)
    return {
        "jht_member": joined,
        "jht_employer_rupiah": employer(law, worker.wage_rupiah, joined),
        "jht_worker_rupiah": of_worker(law, worker.wage_rupiah, joined),
    }


@step(N_("Wajib JHT menurut skala usaha"), "{jht.scale[scale]}", unit="flag")
def member(law: Law, scale: Array) -> Array:
    """1 where the programme is compulsory at the employer's scale. Perpres 109/2013 Art 6."""
    required: Array = law.flags("jht.scale")[scale]
    return required


@step(N_("Iuran JHT pemberi kerja"), "{wage_rupiah} × {jht.pu.rate[#employer]} × {member}", article="PP 46/2015 Pasal 16")
def employer(law: Law, wage_rupiah: Array, member: Array) -> Array:
    """Monthly wage x the employer's rate, without a ceiling; whole rupiah."""
    return law.share(wage_rupiah, int(law.ppms("jht.pu.rate")[0])) * member


@step(N_("Iuran JHT pekerja"), "{wage_rupiah} × {jht.pu.rate[#worker]} × {member}", article="PP 46/2015 Pasal 16")
def of_worker(law: Law, wage_rupiah: Array, member: Array) -> Array:
    """Monthly wage x the worker's rate, without a ceiling; whole rupiah."""
    return law.share(wage_rupiah, int(law.ppms("jht.pu.rate")[1])) * member
