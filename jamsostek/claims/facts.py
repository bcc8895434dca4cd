"""Facts of a claim: what each kind asks for, in which unit, of whom; and reading a value back in its unit.

A fact is told by records of ours, stated by who files, or found by an officer from a paper; what was found holds before what
our records say, and that before what was stated. Everything that money stands on is one of these, and says where it is from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import parse_date
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_, _, one_line


class Source(StrEnum):
    """Where a fact is from."""

    STATED = "stated"
    RECORD = "record"
    FOUND = "found"


SOURCES = {
    Source.STATED: N_("menurut pemohon"),
    Source.RECORD: N_("menurut catatan kami"),
    Source.FOUND: N_("ditemukan petugas"),
}


class Unit(StrEnum):
    """How a value is written and read."""

    DATE = "date"
    RUPIAH = "rupiah"
    COUNT = "count"
    PPM = "ppm"
    FLAG = "flag"
    CHOICE = "choice"
    TEXT = "text"
    RECORDS = "records"


FILER, OFFICER, RECORD = "filer", "officer", "record"


@dataclass(frozen=True)
class Spec:
    """One fact that a kind of claim wants. `of` says who tells it first; an officer may find another value than any of them."""

    name: str
    title: str
    unit: Unit
    of: str = FILER
    required: bool = True
    options: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    proven: bool = False
    """Whether it holds only once an officer has found it: what the family says of a cause, what a firm says of a wage."""


@dataclass(frozen=True)
class Known:
    """A value with where it is from; `stated` keeps what who files said where something else holds."""

    value: Any
    source: Source
    stated: Any = None

    @property
    def plain(self) -> dict[str, Any]:
        """As it is stored with an assessment."""
        told: dict[str, Any] = {"value": stored(self.value), "source": str(self.source)}
        return told if self.stated is None else told | {"stated": stored(self.stated)}


def stored(value: Any) -> Any:
    """A value as JSON has it."""
    return value.isoformat() if isinstance(value, dt.date) else value


@dataclass(frozen=True)
class Facts:
    """All that is known of a claim, by name; what nobody told is None."""

    known: Mapping[str, Known]

    def get(self, name: str) -> Any:
        """The value that holds."""
        found = self.known.get(name)
        return None if found is None else found.value

    def date(self, name: str) -> dt.date | None:
        """A day."""
        value = self.get(name)
        return dt.date.fromisoformat(value) if isinstance(value, str) else value

    def flag(self, name: str) -> bool | None:
        """Yes, no, or not known."""
        value = self.get(name)
        return None if value is None else bool(value)

    def number(self, name: str, otherwise: int | None = None) -> int | None:
        """A count, rupiah or parts per million."""
        value = self.get(name)
        return otherwise if value is None else int(value)

    def text(self, name: str) -> str:
        """A choice or words; empty where nobody told."""
        return str(self.get(name) or "")

    def records(self, name: str) -> list[dict[str, Any]]:
        """Lines of a list."""
        return list(self.get(name) or ())

    @property
    def plain(self) -> dict[str, Any]:
        """As it is stored with an assessment."""
        return {name: one.plain for name, one in sorted(self.known.items())}

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Facts:
        """What was stored, again."""
        return cls({n: Known(v["value"], Source(v["source"]), v.get("stated")) for n, v in told.items()})


def checked(specs: Sequence[Spec], name: str, value: Any) -> Any:
    """A value of one fact in the form it is stored; raises `InputError` that names the fact, the value and the remedy."""
    by_name = {one.name: one for one in specs}
    if name not in by_name:
        raise unknown_name(_("Fakta"), name, by_name)
    spec = by_name[name]
    if value is None or value == "":
        return None
    return _READ[spec.unit](spec, value)


def _wrong(spec: Spec, value: Any, remedy: str) -> InputError:
    return InputError(_("{title} tidak dapat dibaca.").format(title=_(spec.title)), field=spec.name, value=value, remedy=remedy)


def _day(spec: Spec, value: Any) -> str:
    try:
        return parse_date(value).isoformat()
    except InputError:
        raise _wrong(spec, value, _("Tulis tanggal seperti 2025-11-03.")) from None


_NUMBER = re.compile(r"(?:Rp)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,18})")
"""Points stand between thousands alone: `5.5` and `5000000.0` are no whole numbers."""


def _whole(most: int, remedy: str) -> Any:
    def read(spec: Spec, value: Any) -> int:
        found = _NUMBER.fullmatch(str(value)[:60].replace(" ", ""))
        number = int(found[1].replace(".", "")) if found is not None else -1
        if not 0 <= number <= most:
            raise _wrong(spec, str(value)[:60], _(remedy))
        return number

    return read


def _flag(spec: Spec, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value) in ("1", "true", "yes", "ya", "True"):
        return True
    if str(value) in ("0", "false", "no", "tidak", "False"):
        return False
    raise _wrong(spec, value, _("Jawab ya atau tidak."))


def _choice(spec: Spec, value: Any) -> str:
    if str(value) not in spec.options:
        raise _wrong(spec, value, _("Pilihan: {names}.").format(names=", ".join(_(text) for text in spec.options.values())))
    return str(value)


def _text(spec: Spec, value: Any) -> str:
    text = one_line(str(value))
    if len(text) > 2000:
        raise _wrong(spec, f"{text[:20]}…", _("Paling panjang 2.000 huruf."))
    return text


def _records(spec: Spec, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or len(value) > 100:
        raise _wrong(spec, "", _("Kirim daftar, paling banyak 100 baris."))
    if any(not _storable(one) or not _years(one.get("levels", {})) for one in value):
        raise _wrong(spec, "", _("Untuk tiap anak tulis jenjang dan banyaknya tahun, bilangan bulat."))
    return value


def _storable(value: Any) -> bool:
    """Whether JSON can hold it: no NUL, no halves of letters."""
    if isinstance(value, dict):
        return all(_storable(name) and _storable(one) for name, one in value.items())
    if isinstance(value, list):
        return all(map(_storable, value))
    return not isinstance(value, str) or not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value)


def _years(levels: Any) -> bool:
    """Whether these are years of school, by level."""
    return isinstance(levels, dict) and all(type(one) is int and 0 <= one <= 100 for one in levels.values())


_READ: Mapping[Unit, Any] = {
    Unit.DATE: _day,
    Unit.RUPIAH: _whole(MAX_RUPIAH, N_("Tulis rupiah penuh, tanpa sen.")),
    Unit.COUNT: _whole(100_000, N_("Tulis bilangan bulat.")),
    Unit.PPM: _whole(10_000_000, N_("Tulis bagian per sejuta.")),
    Unit.FLAG: _flag,
    Unit.CHOICE: _choice,
    Unit.TEXT: _text,
    Unit.RECORDS: _records,
}
