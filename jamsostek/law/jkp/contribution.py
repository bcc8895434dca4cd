"""JKP: no employer pays more; the state adds a share, JKK and JKM give up theirs (the second layer, allocation)."""

from __future__ import annotations

import numpy as np

from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Output, Outputs
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.programmes import Worker

ORDER = 5
OUTPUTS = (
    Output("jkp_government_rupiah"),
    Output("jkp_from_jkk_rupiah"),
    Output("jkp_from_jkm_rupiah"),
    Output("jkk_fund_rupiah"),
    Output("jkm_fund_rupiah"),
)
MEMBER = "jkp_member"


@step(N_("Jaminan kehilangan pekerjaan (JKP)"), unit="outputs")
def allocation(law: Law, worker: Worker, bill: Outputs) -> Outputs:
    """What the state adds, what moves out of JKK and JKM, what they keep; whole rupiah. PP 37/2021 Art 11; PP 6/2025."""
    joined = member(law, worker.scale, worker.jkp_member)
    base = base_rupiah(law, worker.wage_rupiah)
    moved_base = moved_base_rupiah(law, worker.wage_rupiah)
    from_jkk = moved_from_jkk(law, moved_base, joined, bill["jkk_employer_rupiah"])
    from_jkm = moved_from_jkm(law, moved_base, joined, bill["jkm_employer_rupiah"])
    return {
        "jkp_member": joined,
        "jkp_government_rupiah": government(law, base, joined),
        "jkp_from_jkk_rupiah": from_jkk,
        "jkp_from_jkm_rupiah": from_jkm,
        "jkk_fund_rupiah": jkk_fund(law, bill["jkk_employer_rupiah"], from_jkk),
        "jkm_fund_rupiah": jkm_fund(law, bill["jkm_employer_rupiah"], from_jkm),
    }


@step(N_("Peserta JKP"), N_("{jkp_member} dan {jkp.scale[scale]}"), unit="flag", article="PP 37/2021 Pasal 4")
def member(law: Law, scale: Array, jkp_member: Array) -> Array:
    """1 where the worker is a member, the scale allows it, and the programme runs in the month."""
    required: Array = law.flags("jkp.scale")[scale] * jkp_member * (law.rupiah("jkp.ceiling") > 0)
    return required


@step(N_("Upah dasar JKP"), "min({wage_rupiah}; {jkp.ceiling})", article="PP 37/2021 Pasal 11")
def base_rupiah(law: Law, wage_rupiah: Array) -> Array:
    """The monthly wage up to the ceiling."""
    return np.minimum(wage_rupiah, law.rupiah("jkp.ceiling"))


@step(N_("Upah dasar rekomposisi"), "min({wage_rupiah}; {jkp.moved_ceiling})", article="PP 37/2021 Pasal 11")
def moved_base_rupiah(law: Law, wage_rupiah: Array) -> Array:
    """The wage of which JKK and JKM give up a share: up to the ceiling (interpretation 2)."""
    return np.minimum(wage_rupiah, law.rupiah("jkp.moved_ceiling"))


@step(N_("Iuran JKP dari pemerintah"), "{base_rupiah} × {jkp.rate[#government]} × {member}", article="PP 37/2021 Pasal 11")
def government(law: Law, base_rupiah: Array, member: Array) -> Array:
    """The state's share; whole rupiah."""
    return law.share(base_rupiah, int(law.ppms("jkp.rate")[0])) * member


@step(
    N_("Rekomposisi dari JKK"), "min({moved_base_rupiah} × {jkp.rate[#from_jkk]} × {member}; {jkk_employer_rupiah})",
    article="PP 37/2021 Pasal 11",
)  # fmt: skip
def moved_from_jkk(law: Law, moved_base_rupiah: Array, member: Array, jkk_employer_rupiah: Array) -> Array:
    """The share moved from JKK, no more than JKK was paid (interpretation 4); whole rupiah."""
    moved = law.share(moved_base_rupiah, int(law.ppms("jkp.rate")[1])) * member
    return _limited(law, moved, jkk_employer_rupiah)


@step(
    N_("Rekomposisi dari JKM"), "min({moved_base_rupiah} × {jkp.rate[#from_jkm]} × {member}; {jkm_employer_rupiah})",
    article="PP 37/2021 Pasal 11",
)  # fmt: skip
def moved_from_jkm(law: Law, moved_base_rupiah: Array, member: Array, jkm_employer_rupiah: Array) -> Array:
    """The share moved from JKM, no more than JKM was paid; whole rupiah."""
    moved = law.share(moved_base_rupiah, int(law.ppms("jkp.rate")[2])) * member
    return _limited(law, moved, jkm_employer_rupiah)


def _limited(law: Law, moved: Array, paid: Array) -> Array:
    """`moved`, held to what was paid unless the other reading is chosen (then a fund may give more than it got)."""
    room = np.iinfo(np.int64).max * (1 - law.flag("jkp.moved_limited"))
    return np.minimum(moved, np.maximum(paid, room))


@step(N_("Dana JKK"), "{jkk_employer_rupiah} - {jkp_from_jkk_rupiah}")
def jkk_fund(law: Law, jkk_employer_rupiah: Array, jkp_from_jkk_rupiah: Array) -> Array:
    """What the JKK fund keeps; negative only under the other reading of interpretation 4."""
    return jkk_employer_rupiah - jkp_from_jkk_rupiah


@step(N_("Dana JKM"), "{jkm_employer_rupiah} - {jkp_from_jkm_rupiah}")
def jkm_fund(law: Law, jkm_employer_rupiah: Array, jkp_from_jkm_rupiah: Array) -> Array:
    """What the JKM fund keeps."""
    return jkm_employer_rupiah - jkp_from_jkm_rupiah
