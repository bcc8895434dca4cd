"""A total adds parts that are already whole rupiah: nothing is rounded twice."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.law.engine import Array
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law

_FORMULA = N_(
    "jumlah {first_rupiah}⟨second_rupiah:  + {second_rupiah}⟩⟨third_rupiah:  + {third_rupiah}⟩"
    "⟨fourth_rupiah:  + {fourth_rupiah}⟩⟨fifth_rupiah:  + {fifth_rupiah}⟩⟨sixth_rupiah:  + {sixth_rupiah}⟩"
)


def _total(
    law: Law,
    first_rupiah: Array,
    second_rupiah: Array | None = None,
    third_rupiah: Array | None = None,
    fourth_rupiah: Array | None = None,
    fifth_rupiah: Array | None = None,
    sixth_rupiah: Array | None = None,
    *more: Array,
) -> Array:
    """The sum of columns of whole rupiah; the explanation names the first six."""
    return added(first_rupiah, second_rupiah, third_rupiah, fourth_rupiah, fifth_rupiah, sixth_rupiah, *more)


total = step(N_("Jumlah"), _FORMULA)(_total)
total_of_employer = step(N_("Jumlah bagian pemberi kerja"), _FORMULA)(_total)
total_of_worker = step(N_("Jumlah bagian pekerja"), _FORMULA)(_total)


def added(first: Array, *others: Array | None) -> Array:
    """The sum of the columns that are there, added in place into one new column."""
    found: Array = first.copy()
    for other in others:
        if other is not None:
            found += other
    return found
