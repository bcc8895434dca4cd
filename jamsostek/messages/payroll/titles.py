"""Which column is which in a payroll: the titles people write above it, and what a bill needs."""

from __future__ import annotations

from jamsostek.messages.tables.titles import Vocabulary
from jamsostek.messages.tables.vocabulary import (
    PEOPLE,
    PEOPLE_PATTERNS,
    SEVERAL,
    WAGE_FIELDS,
    WAGE_PATTERNS,
    WAGES,
    WEIGHTS,
)

_TITLES: dict[str, str] = {
    **PEOPLE,
    **WAGES,
    "risk_class": (
        "kelas risiko; kelas jkk; tingkat risiko; kelompok risiko; risiko; risk class; risk; kelas risiko "
        "jkk; tingkat risiko lingkungan kerja; tingkat risiko jkk; risk level; jkk class; tarif jkk"
    ),
}
_NOT_THE_WORKERS: tuple[tuple[str, str], ...] = (
    ("", r"^(?!.*\b(tunjangan|allowance|dilaporkan)\b).*\b(ibu|bank|perusahaan|ahli waris|suami|istri|isteri|anak|ayah|"
         r"kesehatan|npwp|pajak|pph|potongan|iuran|premi bpjs|jht|jkk|jkm|jkp)\b"),
)  # fmt: skip

VOCABULARY = Vocabulary(
    titles=_TITLES,
    patterns=(*_NOT_THE_WORKERS, *WAGE_PATTERNS, *PEOPLE_PATTERNS),
    weights=WEIGHTS | {"risk_class": 1.0},
    several=SEVERAL,
    alternatives=WAGE_FIELDS,
    needed=(("name",), WAGE_FIELDS),
)
"""`unclear` is an allowance that may be fixed or not."""
