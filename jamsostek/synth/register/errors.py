"""What lists get wrong, in permille: worlds of errors to choose from or to make with `dataclasses.replace`. All is assumed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

_NAMES = (
    "spelling", "form", "title", "title_lost", "bin", "initial", "joined", "dropped", "reversed", "nick", "untidy",
)  # fmt: skip
_HABITS = frozenset(
    {"kk_missing", "birth_place_missing", "mother_missing", "phone_missing", "village_missing", "phone_shared", "phone_other"}
    | {"moved", "doubles", "upper_case"}
)
"""What a list is like rather than what its clerks do wrong: `scaled` leaves it."""


@dataclass(frozen=True)
class Errors:
    """Rates in permille of rows unless said otherwise; the defaults are the usual poverty register."""

    nik_missing: int = 130
    nik_typo: int = 40
    """A digit slips, two change places, one is doubled or left out."""
    nik_head: int = 35
    """The household head's NIK instead of one's own; drawn of all rows, and heads keep theirs."""
    nik_cut: int = 15
    """A spreadsheet kept fifteen digits; the last became 0."""
    nik_dummy: int = 10
    """Zeros, nines, or the district and zeros."""
    nik_reissued: int = 8
    """Another valid NIK of the same person, from another district."""

    kk_missing: int = 120
    kk_typo: int = 15
    kk_other: int = 30
    """Of an older or newer family card."""

    spelling: int = 120
    """Another spelling or a slip in typing."""
    form: int = 280
    """Of names that begin with Muhammad, Ahmad, Abdul or Siti: another form of that word."""
    title: int = 28
    """A title or form of address that is not on the card."""
    title_lost: int = 400
    """Of names with a title on the card: left out."""
    bin: int = 10
    """`bin` or `binti` and the father's name."""
    initial: int = 12
    """Of names of two words or more: one of them is a letter."""
    joined: int = 24
    """Two words written as one, or one as two."""
    dropped: int = 36
    """Of names of two words or more: one is left out."""
    reversed: int = 8
    """Of names of two words or more: the last word first."""
    nick: int = 16
    untidy: int = 40
    """Double spaces, spaces at the end, stray dots and commas."""
    upper_case: int = 650
    """Of villages: names are written in capitals."""

    date_missing: int = 10
    date_default: int = 60
    """Of people from 50 on, a fourth of it below: a clerk's default date, its year up to two off."""
    date_slip: int = 12
    date_swapped: int = 6
    """Day and month change places; drawn of all, and happens where the day is 12 or less."""
    date_year: int = 10
    """One or ten years off."""
    date_real: int = 120
    """Of people with a default date in the official record: the date the family goes by."""

    sex_missing: int = 10
    sex_wrong: int = 7
    birth_place_missing: int = 150
    birth_place_wrong: int = 40
    """Another place, or the same written otherwise."""
    mother_missing: int = 450
    phone_missing: int = 750
    phone_shared: int = 450
    """Of people who are not head: the head's number."""
    phone_other: int = 60
    """A number the person has no more, or does not have yet."""
    village_missing: int = 30
    moved: int = 0
    """In another village, half of them of the same regency."""
    doubles: int = 30
    """Rows that are a second entry of somebody."""

    def __post_init__(self) -> None:
        wrong = [field.name for field in fields(self) if not 0 <= getattr(self, field.name) <= 1_000]
        if wrong or sum(self.nik_rates) > 1_000 or sum(self.date_rates) > 1_000:
            raise ValueError(f"rates are permille: 0 to 1000, those of the NIK and of the date together too: {wrong}")

    @property
    def nik_rates(self) -> tuple[int, ...]:
        """Missing, typo, head, cut, dummy, reissued: at most one happens to a NIK."""
        return self.nik_missing, self.nik_typo, self.nik_head, self.nik_cut, self.nik_dummy, self.nik_reissued

    @property
    def date_rates(self) -> tuple[int, ...]:
        """Default, slip, swapped, year, missing: at most one happens to a date."""
        return self.date_default, self.date_slip, self.date_swapped, self.date_year, self.date_missing

    def scaled(self, factor: float) -> Errors:
        """All mistakes `factor` times as frequent; which columns a list has, its doubles and its movers stay."""
        return self._times(factor, [field.name for field in fields(self) if field.name not in _HABITS])

    def with_names(self, factor: float) -> Errors:
        """Mistakes in names alone, `factor` times as frequent."""
        return self._times(factor, _NAMES)

    def _times(self, factor: float, names: list[str] | tuple[str, ...]) -> Errors:
        return replace(self, **{name: min(round(getattr(self, name) * factor), 1_000) for name in names})


USUAL = Errors()
"""A poverty register as villages keep it."""

DIRTY = replace(USUAL.with_names(1.5), nik_missing=400, nik_typo=80, nik_head=80, date_default=USUAL.date_default * 3 // 2)
"""A register that nobody has compared with the population register yet."""

MEMBERS = replace(
    USUAL.scaled(1 / 3),
    nik_missing=10, nik_typo=10, nik_head=0, nik_cut=3, nik_dummy=2, nik_reissued=4,
    kk_missing=750, kk_other=60, birth_place_missing=400, mother_missing=400,
    phone_missing=300, phone_shared=30, phone_other=200,
    village_missing=100, moved=80, upper_case=850,
)  # fmt: skip
"""The participant registry: employers' clerks make a third of the mistakes and know less of where people live."""
