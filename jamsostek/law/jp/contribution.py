"""JP: employer and worker pay on the wage up to the year's ceiling, until pension age."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from jamsostek.core.months import first_day
from jamsostek.core.text import N_
from jamsostek.law.engine import NO_DATE, Array, Output, Outputs
from jamsostek.law.explain import step
from jamsostek.law.jp.ages import pension_reached
from jamsostek.law.parameters import Law
from jamsostek.law.programmes import Worker
from jamsostek.law.relief import relieved

ORDER = 4
OUTPUTS = (
    Output("jp_employer_rupiah"),
    Output("jp_worker_rupiah"),
    Output("jp_deferred_rupiah"),
    Output("jp_ceiling_rupiah"),
)
MEMBER = "jp_member"


@step(N_("Jaminan pensiun (JP)"), unit="outputs")
def bill(law: Law, worker: Worker) -> Outputs:
    """Employer's and worker's JP due now, and what a relief puts off; whole rupiah. PP 45/2015 Art 28-29; PP 49/2020."""
    joined = member(law, worker.scale, worker.birth_day, worker.month)
    base = base_rupiah(law, worker.wage_rupiah)
    of_employer = employer(law, base, joined)
    by_worker = of_worker(law, base, joined)
    return {
        "jp_member": joined,
        "jp_ceiling_rupiah": np.full(worker.wage_rupiah.shape, law.rupiah("jp.ceiling"), dtype=np.int64),
        "jp_employer_rupiah": of_employer,
        "jp_worker_rupiah": by_worker,
        "jp_deferred_rupiah": deferred(law, base, joined, of_employer, by_worker),
    }


@step(N_("Wajib JP menurut skala usaha, belum mencapai usia pensiun"), "{jp.scale[scale]}", unit="flag")
def member(law: Law, scale: Array, birth_day: Array, month: Array) -> Array:
    """1 where the scale requires JP and pension age is not reached by the first day of the month (no birth date: not reached)."""
    under = (birth_day == NO_DATE) | (birth_day > _last_pensioner(law, month)) | (law.flag("jp.after_pension_age") > 0)
    required: Array = law.flags("jp.scale")[scale] * under
    return required


def _last_pensioner(law: Law, month: Array) -> Array:
    """For each month the latest birth day that has reached pension age on its first day."""
    law.uses("jp.pension_age")
    known = tuple(law.readings.items())
    if len(month) == 1:  # one person, or a population of one month
        return np.array([_last_pensioner_of(law.parameters, law.known_on, known, int(month[0]))], dtype=np.int64)
    months, where = np.unique(month, return_inverse=True)
    found = [_last_pensioner_of(law.parameters, law.known_on, known, int(m)) for m in months]
    return np.array(found, dtype=np.int64)[where]


@lru_cache(maxsize=4096)
def _last_pensioner_of(parameters: object, known_on: object, readings: object, month: int) -> int:
    from jamsostek.law.parameters import Parameters

    assert isinstance(parameters, Parameters)
    day = first_day(month)
    law = parameters.law_on(day, known_on, dict(readings))  # type: ignore[arg-type,call-overload]
    first = np.datetime64(day, "D").astype(np.int64)
    low, high = -50_000, int(first)
    while low < high:  # the latest birth day that is not later than the day asked
        middle = (low + high + 1) // 2
        reached, _age = pension_reached(law, np.array([middle], dtype=np.int64))
        low, high = (middle, high) if reached[0] <= first else (low, middle - 1)
    return low


@step(N_("Upah dasar JP"), "min({wage_rupiah}; {jp.ceiling})", article="PP 45/2015 Pasal 29")
def base_rupiah(law: Law, wage_rupiah: Array) -> Array:
    """The monthly wage up to the ceiling of the month."""
    return np.minimum(wage_rupiah, law.rupiah("jp.ceiling"))


@step(
    N_("Iuran JP pemberi kerja"),
    "{base_rupiah} × {jp.pu.rate[#employer]} × {jp.relief.due_now} × {member}",
    article="PP 45/2015 Pasal 28",
)
def employer(law: Law, base_rupiah: Array, member: Array) -> Array:
    """Base x the employer's rate, the part due now; whole rupiah."""
    return law.share(base_rupiah, int(relieved(law.ppms("jp.pu.rate")[0], law.ppm("jp.relief.due_now")))) * member


@step(
    N_("Iuran JP pekerja"),
    "{base_rupiah} × {jp.pu.rate[#worker]} × {jp.relief.due_now} × {member}",
    article="PP 45/2015 Pasal 28",
)
def of_worker(law: Law, base_rupiah: Array, member: Array) -> Array:
    """Base x the worker's rate, the part due now; whole rupiah."""
    return law.share(base_rupiah, int(relieved(law.ppms("jp.pu.rate")[1], law.ppm("jp.relief.due_now")))) * member


@step(
    N_("Iuran JP yang ditunda"),
    "{base_rupiah} × ({jp.pu.rate[#employer]} + {jp.pu.rate[#worker]}) × {member} - {employer_rupiah} - {worker_rupiah}",
)
def deferred(law: Law, base_rupiah: Array, member: Array, employer_rupiah: Array, worker_rupiah: Array) -> Array:
    """The full JP, rounded once, less what is due now; 0 outside a relief."""
    put_off = int(law.ppm("jp.relief.due_now")) < 1_000_000
    full = law.share(base_rupiah, int(law.ppms("jp.pu.rate").sum())) * member
    return (full - employer_rupiah - worker_rupiah) * put_off
