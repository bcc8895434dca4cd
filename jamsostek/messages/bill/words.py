"""Whole rupiah in words: `16.800` -> `enam belas ribu delapan ratus rupiah`, `sixteen thousand eight hundred rupiah`."""

from __future__ import annotations

from jamsostek.core.text import language

_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SIZES = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
_ENGLISH = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_SIZES = ("", "thousand", "million", "billion", "trillion", "quadrillion")
LARGEST = 10**18 - 1


def spelled(rupiah: int) -> str:
    """Rupiah in words, in the reader's language; raises ValueError beyond a quintillion."""
    if abs(rupiah) > LARGEST:
        raise ValueError(f"{rupiah} is not spelled")
    lang = language()
    told = ("minus " if rupiah < 0 else "") + (_number(abs(rupiah), lang) or ("nol" if lang == "id" else "zero"))
    return f"{told} rupiah"


def _number(number: int, lang: str) -> str:
    groups = []
    while number:
        number, group = divmod(number, 1_000)
        groups.append(group)
    sizes, three = (_SIZES, _indonesian) if lang == "id" else (_ENGLISH_SIZES, _english)
    told = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place] == 1 and place == 1 and lang == "id":
            told.append("seribu")
        elif place == 0 and told and lang == "en" and 0 < groups[0] < 100:
            told.append(f"and {three(groups[0])}")
        elif groups[place]:
            told.append(f"{three(groups[place])} {sizes[place]}".strip())
    return " ".join(told)


def _indonesian(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    told = [] if not hundreds else ["seratus"] if hundreds == 1 else [f"{_ONES[hundreds]} ratus"]
    tens, ones = divmod(rest, 10)
    if rest == 10:
        told.append("sepuluh")
    elif rest == 11:
        told.append("sebelas")
    elif tens == 1:
        told.append(f"{_ONES[ones]} belas")
    else:
        told += [f"{_ONES[tens]} puluh"] if tens else []
        told += [_ONES[ones]] if ones else []
    return " ".join(told)


def _english(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    told = [f"{_ENGLISH[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        small = _ENGLISH[rest] if rest < 20 else f"{_TENS[tens]}-{_ENGLISH[ones]}" if ones else _TENS[tens]
        told.append(f"and {small}" if hundreds else small)
    return " ".join(told)
