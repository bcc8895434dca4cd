"""Public numbers of people, employers and cards: random, without meaning, the last digit a check.

The check digit is Damm's: one table, a totally anti-symmetric quasigroup, catches every single wrong digit and every swap
of two neighbours. It is the one digit that brings the chain back to 0.
Source: H. M. Damm, Total anti-symmetrische Quasigruppen, dissertation, Marburg 2004.

A number never begins with 0, so that a spreadsheet that takes it for a quantity loses nothing. Randomness comes from the
caller as bytes: `os.urandom`, or `random.Random(seed).randbytes` where the same numbers are wanted twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from jamsostek.core.errors import InputError
from jamsostek.core.nik import DIGITS as NIK_DIGITS
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import N_, _

RandomBytes: TypeAlias = Callable[[int], bytes]
"""Gives as many random bytes as asked for."""


@dataclass(frozen=True)
class Kind:
    """One kind of public number: how many digits, the check digit among them, and how they are grouped to be read aloud."""

    title: str
    groups: tuple[int, ...]

    @property
    def digits(self) -> int:
        """Digits, with the check digit."""
        return sum(self.groups)


KINDS = {
    "kpj": Kind(N_("Nomor peserta (KPJ)"), (4, 4, 3)),
    "npp": Kind(N_("Nomor pemberi kerja (NPP)"), (4, 4)),
    "card": Kind(N_("Nomor kartu"), (4, 4, 5)),
    "ticket": Kind(N_("Nomor tiket"), (4, 4)),
    "bill": Kind(N_("Kode bayar"), (5, 5, 5)),
    "claim": Kind(N_("Nomor klaim"), (4, 4, 4)),
}

_DAMM = np.array(
    [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ],
    dtype=np.uint8,
)
_ROWS = _DAMM.tolist()
_SEPARATORS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]+")
"""What people and programs put between digits: spaces of every width, hyphens, dashes, the minus sign."""


def make(kind: str, random: RandomBytes) -> str:
    """A new number of a kind."""
    return make_many(kind, 1, random)[0]


def make_many(kind: str, count: int, random: RandomBytes) -> list[str]:
    """`count` new numbers of a kind, all different, in random order.

    They may collide with numbers given out before: the table that keeps them is unique, and its owner asks again.
    Raises ValueError when more than half of all numbers of the kind are wanted at once.
    """
    length = KINDS[kind].digits - 1
    lowest = 10 ** (length - 1)
    if count > 9 * lowest // 2:
        raise ValueError(f"{count} numbers of kind {kind} cannot be made at once")
    found = np.empty(0, dtype=np.uint64)
    while len(found) < count:
        drawn = _draw(count - len(found), lowest, random)
        joined = np.concatenate([found, drawn])
        first = np.unique(joined, return_index=True)[1]
        found = joined[np.sort(first)]
    return _with_check(found, length)


def _draw(count: int, lowest: int, random: RandomBytes) -> npt.NDArray[np.uint64]:
    """Numbers from `lowest` to ten times as much. 64 bits against at most 40: the remainder's bias is below 10^-6."""
    bits = np.frombuffer(random(8 * count), dtype="<u8")
    return np.asarray(bits % np.uint64(9 * lowest) + np.uint64(lowest), dtype=np.uint64)


def _with_check(numbers: npt.NDArray[np.uint64], length: int) -> list[str]:
    """The numbers as text with their check digit behind."""
    codes = np.empty((len(numbers), length + 1), dtype="<u4")
    rest = numbers.astype(np.int64)
    for place in range(length - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        codes[:, place] = digit
    codes[:, length] = _chain(codes[:, :length])
    return (codes + np.uint32(ord("0"))).view(f"<U{length + 1}").ravel().tolist()


def _chain(digits: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Where Damm's chain ends for each row of digits. The diagonal of the table is 0: that end is the check digit too."""
    end = np.zeros(len(digits), dtype=np.uint8)
    for column in digits.T:
        end = _DAMM[end, column]
    return end


def holds(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it; takes ASCII digits only."""
    end = 0
    for digit in digits:
        end = _ROWS[end][ord(digit) - 48]
    return end == 0


def check_digit(digits: str) -> str:
    """The digit to put behind these; takes ASCII digits only."""
    end = 0
    for digit in digits:
        end = _ROWS[end][ord(digit) - 48]
    return str(end)


def check(kind: str, text: str) -> str:
    """The number somebody wrote or read aloud, without spaces and dashes; raises `InputError` that says what is wrong."""
    digits = _SEPARATORS.sub("", text)
    title = _(KINDS[kind].title)
    if not digits:
        raise _wrong(kind, text, _("{title} kosong.").format(title=title), _example(kind))
    strange = sorted({sign for sign in digits if sign not in "0123456789"})
    if strange:
        told = _("{title} hanya berisi angka; ditemukan {signs}.").format(title=title, signs=" ".join(strange[:5]))
        raise _wrong(kind, text, told, _("Ketik angkanya saja: huruf O bukan angka 0, huruf l bukan angka 1."))
    if len(digits) != KINDS[kind].digits:
        raise _wrong(kind, text, _length(kind, len(digits)), _nik_or_example(kind, len(digits)))
    if digits[0] == "0" or not holds(digits):
        told = _("{title} {number} tidak ada: angka pemeriksanya tidak cocok.").format(
            title=title, number=format_number(kind, digits)
        )
        raise _wrong(kind, text, told, _("Baca ulang angka demi angka; sering kali satu angka salah atau dua angka tertukar."))
    return digits


def _wrong(kind: str, text: str, message: str, remedy: str) -> InputError:
    """The error. What was typed may be a NIK, so a long number is not repeated whole."""
    digits = _SEPARATORS.sub("", text)
    return InputError(message, field=kind, value=mask_nik(digits) if len(digits) >= NIK_DIGITS else text, remedy=remedy)


def _length(kind: str, count: int) -> str:
    return _("{title} terdiri dari {expected} angka; yang tertulis {count}.").format(
        title=_(KINDS[kind].title), expected=KINDS[kind].digits, count=count
    )


def _nik_or_example(kind: str, count: int) -> str:
    if count == NIK_DIGITS:
        return _("Enam belas angka adalah NIK, bukan nomor ini. {example}").format(example=_example(kind))
    return _example(kind)


def _example(kind: str) -> str:
    groups = " ".join("0" * size for size in KINDS[kind].groups)
    return _("Tulis semua angkanya, bentuknya {groups}.").format(groups=groups)


def format_number(kind: str, digits: str) -> str:
    """A number in groups, to be read aloud and typed: `4821 5093 776`."""
    return " ".join(digits[start:end] for start, end in pairwise(accumulate(KINDS[kind].groups, initial=0)))
