"""What the cube can be asked, and how a person's months are kept.

One row of a snapshot is a person in months in which nothing about their cover changes. Rows of a person follow each other without
a gap from the month they were registered to the month they died (or on), so that in any month a person is in one row, and people
add up. Ties that hold together (a job and own cover) are one row with several bits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from jamsostek.core.errors import InputError, nearest, unknown_name
from jamsostek.core.months import FIRST_MONTH, month_index, month_of_index, parse_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.registry import occupations

Basis = Literal["domicile", "office"]
BASES: tuple[Basis, ...] = ("domicile", "office")
STOCKS = ("registered", "ever", "active", "reported")
"""People in a month: with a number and alive; of them covered at some time; covered in it; reported for it, paid or not."""
FLOWS = ("joined", "returned", "lapsed", "died")
"""People who became active for the first time, or again; who were active the month before and are not, or died since."""
MEASURES = (*STOCKS, *FLOWS)
SEGMENTS = ("pu", "non_asn", "construction", "trainee", "bpu_self", "bpu_sponsored", "migrant")
PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")
PAYERS = ("employer", "self", "regional_government", "village", "csr", "private", "placement")
NEVER = "none"
"""The segment, programme, payer and occupation of somebody who was never covered."""
SEXES = ("m", "f")
AGES = ("0-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65+")
DISABILITIES = ("none", "physical", "intellectual", "mental", "sensory", "multiple")
SECTIONS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "mn", "o", "p", "q", "rstu")
"""Sections of KBLI 2020 as BPS tells 17 industries."""
OCCUPATIONS = (NEVER, *(f"kbli_{one}" for one in SECTIONS), *(kind.key for kind in occupations.KINDS), "other", "abroad")
"""Industry of the employer, or the kind of work of those who work for themselves."""
PLACES = ("province", "regency", "village")
DIMENSIONS = ("month", *PLACES, "segment", "programme", "sex", "age", "disability", "occupation", "payer")
LISTS: Mapping[str, tuple[str, ...]] = {
    "segment": SEGMENTS, "programme": PROGRAMMES, "payer": PAYERS, "sex": SEXES, "age": AGES, "disability": DISABILITIES,
    "occupation": OCCUPATIONS,
}  # fmt: skip
"""Values of a dimension, in the order of their numbers in the files."""
MASKS = ("segment", "programme", "payer")
"""Of these somebody can have several at once: such people are in the line of each, so the lines add to more than the people."""

COLUMNS = {
    "person": "INTEGER", "from_month": "SMALLINT", "to_month": "SMALLINT", "state": "UTINYINT", "entry": "UTINYINT",
    "died": "BOOLEAN", "segments": "UTINYINT", "declared": "UTINYINT", "programmes": "UTINYINT", "payers": "UTINYINT",
    "occupation": "UTINYINT", "sex": "UTINYINT", "birth": "SMALLINT", "disability": "UTINYINT", "regency": "USMALLINT",
    "village": "UINTEGER", "office": "USMALLINT",
}  # fmt: skip
"""Columns of the rows. Months count from January 2009, `birth` from January 1900; `village` is the last six digits of its code
(0: not known); `office` is a regency, or a province's number times 100 where a province is all that is known."""
OPEN = 9999
"""`to_month` of a row that has no end."""
NEVER_COVERED, ACTIVE, LAPSED = 0, 1, 2
"""`state` of a row. Of people who lapsed the row tells who and what covered them last."""
JOINED, RETURNED, LEFT = 1, 2, 3
"""`entry`: what happened in a row's first month; 0: nothing that is counted."""
_ZERO = month_index(FIRST_MONTH)
_BIRTH_ZERO = 1900 * 12
BIRTH_TO_MONTH = _ZERO - _BIRTH_ZERO
"""Add it to a month of the files to get it on the scale of `birth`."""


def at(month: int) -> int:
    """A month (YYYYMM) as the files count."""
    return month_index(month) - _ZERO


def month_at(index: int) -> int:
    """The inverse of `at`."""
    return month_of_index(index + _ZERO)


@dataclass(frozen=True)
class Question:
    """People by month and by what is told of them.

    `months` are YYYYMM. Stocks of several months are only told month by month (`by` has "month"); flows of several months add up.
    `where` keeps people with one of the values in each dimension. Regions are Kemendagri codes of today. `basis` says whether a
    person counts where they live, or at the place of who pays (employer's unit, sponsor's region; own cover: where they live).
    """

    months: tuple[int, ...]
    measures: tuple[str, ...] = ("active",)
    by: tuple[str, ...] = ()
    where: Mapping[str, Collection[int | str]] = field(default_factory=dict)
    basis: Basis = "domicile"

    def checked(self) -> Question:
        """The same in order, each thing once; raises `InputError` naming what cannot be asked."""
        found = replace(
            self,
            months=tuple(sorted({parse_month(one) for one in self.months})),
            measures=tuple(dict.fromkeys(self.measures)),
            by=tuple(dict.fromkeys(self.by)),
            where={name: tuple(dict.fromkeys(values)) for name, values in self.where.items() if name != "month"},
        )
        if "month" in self.where:
            wanted = {parse_month(one) for one in self.where["month"]}
            found = replace(found, months=tuple(one for one in found.months if one in wanted))
        _check(found)
        return found

    @property
    def dimensions(self) -> frozenset[str]:
        """All dimensions it needs, months left out."""
        return frozenset(self.by).union(self.where) - {"month"}


def _check(question: Question) -> None:
    if not question.months or not question.measures:
        raise InputError(_("Pertanyaan kubus memerlukan bulan dan ukuran."), field="months")
    for field_name, kind, names, known in (
        ("measures", _("Ukuran"), question.measures, MEASURES),
        ("by", _("Dimensi"), (*question.by, *question.where), DIMENSIONS),
        ("basis", _("Dasar wilayah"), (question.basis,), BASES),
    ):
        for name in names:
            if name not in known:
                error = unknown_name(kind, name, known)
                error.field = field_name
                raise error
    for name, values in question.where.items():
        _check_values(name, values)
    if len(question.months) > 1 and "month" not in question.by and not set(question.measures) <= set(FLOWS):
        raise InputError(
            _("Jumlah orang pada beberapa bulan tidak dapat dijumlahkan."),
            field="by",
            remedy=_("Rinci per bulan, atau pilih satu bulan."),
        )
    if question.basis == "office" and "village" in question.dimensions:
        raise InputError(_("Desa hanya dikenal menurut domisili."), field="basis", remedy=_("Pilih dasar domisili."))
    if "reported" in question.measures and question.dimensions & {"programme", "payer", "occupation"}:
        raise InputError(
            _("Peserta terlapor hanya dapat dirinci menurut segmen dan ciri orang."), field="by", remedy=_("Pilih ukuran lain.")
        )
    if "reported" in question.measures and "segment" in question.dimensions and len(question.measures) > 1:
        raise InputError(
            _("Peserta terlapor per segmen ditanyakan sendiri."), field="measures", remedy=_("Pisahkan pertanyaannya.")
        )


def _check_values(name: str, values: Collection[Any]) -> None:
    if name in PLACES:
        for value in values:
            if not isinstance(value, int):
                raise InputError(_("Kode wilayah {value!r} bukan angka.").format(value=value), field=name, value=value)
        return
    known = (*LISTS[name], NEVER) if name in MASKS else LISTS[name]
    for value in values:
        if value not in known:
            close = nearest(str(value), known)
            raise InputError(
                _("{kind} {name!r} tidak dikenal.").format(kind=name, name=str(value)), field=name, value=value,
                remedy=_("Maksud Anda {name}?").format(name=close) if close else None,
            )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """Lines of `columns`: values of the dimensions asked `by`, then persons by measure; None where it is not told.

    Lines without anybody are left out. A place is None where it is not known. `source`: "cells" counted in the night, or "rows"
    counted now; they agree. `as_of` is the day the snapshot was made: months after it are not known.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    as_of: dt.date
    source: Literal["cells", "rows"]
    seconds: float
    question: Question
    protected: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        """Lines by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Cancelled(InputError):
    """A question was given up because somebody asked for it."""

    def __init__(self) -> None:
        super().__init__(_("Pertanyaan dihentikan."))


class TooLong(InputError):
    """An answer has more lines than whoever asked takes."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Jawabannya lebih dari {most} baris.").format(most=format_number(most)),
            field="by",
            remedy=_("Kurangi rinciannya, persempit wilayahnya, atau kurangi bulannya."),
        )
