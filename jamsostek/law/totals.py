"""A total adds parts that are already whole rupiah: nothing is rounded twice."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.law.engine import Array
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law

_TITLE = N_("Jumlah")
_FORMULA = N_(
    "jumlah {first_rupiah}⟨second_rupiah:  + {second_rupiah}⟩⟨third_rupiah:  + {third_rupiah}⟩"
    "⟨fourth_rupiah:  + {fourth_rupiah}⟩⟨fifth_rupiah:  + {fifth_rupiah}⟩⟨sixth_rupiah:  + {sixth_rupiah}⟩"
)


@step(_TITLE, _FORMULA)
def total(
    law: Law,
    first_rupiah: Array,
    second_rupiah: Array | None = None,
    third_rupiah: Array | None = None,
    fourth_rupiah: Array | None = None,
    fifth_rupiah: Array | None = None,
    sixth_rupiah: Array | None = None,
) -> Array:
    """The sum of up to six columns of whole rupiah, explained as one step."""
    return added(first_rupiah, second_rupiah, third_rupiah, fourth_rupiah, fifth_rupiah, sixth_rupiah)


def added(first: Array, *others: Array | None) -> Array:
    """The sum of the columns that are there, added in place into one new column."""
    found: Array = first.copy()
    for other in others:
        if other is not None:
            found += other
    return found
