"""Reads an equation of an explanation back and computes it: `Rp6.000.000 × 0,89 % = Rp53.400` must hold."""

from __future__ import annotations

import re
from fractions import Fraction

FUNCTIONS = {"terkecil dari (": "min(", "the lesser of (": "min(", "terbesar dari (": "max(", "the greater of (": "max("}
UNITS = r"(bulan|hari kerja|hari|tahun|months?|days?|years?|working days)"
NUMBER = r"\d[\d.,]*"
ARITHMETIC = re.compile(r"(Fraction\(\d+, \d+\)|min|max|[\s()+\-*/,])*")


def exact(number: str, language: str) -> Fraction:
    """`1.234,5` (Indonesian) or `1,234.5` (English) as a fraction."""
    plain = number.replace(",", "") if language == "en" else number.replace(".", "").replace(",", ".")
    return Fraction(plain.rstrip("."))


def amount(text: str, language: str) -> Fraction | None:
    """A result: rupiah, per cent, a length of time or a bare number; None for anything else."""
    found = re.fullmatch(rf"-?Rp({NUMBER})|({NUMBER}) %|({NUMBER}) {UNITS}|({NUMBER})", text)
    if found is None:
        return None
    rupiah, percent, length, _unit, bare = found.groups()
    if percent:
        return exact(percent, language) / 100
    return exact(rupiah or length or bare, language) * (-1 if text.startswith("-") else 1)


def computed(text: str, language: str) -> Fraction | None:
    """What the left side of an equation comes to; None where it says something in words."""
    text = re.sub(r"^\d+\. ", "", text)
    for words, name in FUNCTIONS.items():
        text = text.replace(words, name)
    text = re.sub(r"^(jumlah|sum of) ", "", text)

    def fraction(found: re.Match[str]) -> str:
        value = exact(found[1], language) / (100 if found[2] else 1)
        return f"Fraction({value.numerator}, {value.denominator})"

    text = re.sub(rf"(?:Rp)?({NUMBER})( %)?(?: {UNITS}\b)?", fraction, text)
    text = text.translate(str.maketrans({"×": "*", "÷": "/", ";": ","}))
    if not ARITHMETIC.fullmatch(text):
        return None
    return Fraction(eval(text, {"Fraction": Fraction, "min": min, "max": max, "__builtins__": {}}))
