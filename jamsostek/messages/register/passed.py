"""Which rows of a chunk are no people: empty rows, totals, titles again, column numbers, section titles, signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow.compute as pc

from jamsostek.messages.register.frame import Bools, Frame, where
from jamsostek.messages.tables.titles import normal

_LABEL = re.compile(r"(sub[\s\-]*(total|jumlah)|grand[\s\-]*total|total|jumlah|jml|jlh)\b", re.IGNORECASE)
_ODD_NAME = r"(?i)^\(?[0-9]{1,3}\)?$|^(sub|grand|total|jumlah|jml|jlh)\b"
_SECTION = re.compile(
    r"(dusun|dukuh|desa|kelurahan|kecamatan|kabupaten|kota|rt|rw|blok|lingkungan|kelompok|poktan|pasar|"
    r"pangkalan|mengetahui|kepala "
    r"desa|lurah|camat|kepala dinas|ketua|sekretaris|dibuat oleh|petugas|ttd|tanda tangan|keterangan|catatan|sumber|nip|lampiran|"
    r"daftar|data|periode|tahun)\b|.*,\s*\d{1,2} [a-z]+ (19|20)\d\d$",
    re.IGNORECASE,
)
FEW_CELLS = 2


@dataclass(frozen=True)
class Sorted:
    """Rows that are people, and the places of each kind that are not."""

    people: Bools
    passed: Mapping[str, list[int]]


def sort_rows(frame: Frame, titles: Sequence[str]) -> Sorted:
    """Only rows that do not look like a person's are looked at one by one."""
    filled = _filled(frame, len(titles))
    people = filled > 0
    passed: dict[str, list[int]] = {"rows_empty": np.flatnonzero(~people).tolist()}
    known_titles = {normal(title) for title in titles if title}
    for place in np.flatnonzero(people & _is_weak(frame, filled, titles)).tolist():
        texts = [frame.clean(at)[place].as_py() for at in range(len(titles))]
        kind = _kind(frame, [text or "" for text in texts], known_titles)
        if kind:
            people[place] = False
            passed.setdefault(kind, []).append(place)
    return Sorted(people, {kind: places for kind, places in passed.items() if places})


def _filled(frame: Frame, width: int) -> np.ndarray:
    """How many cells of each row hold anything."""
    filled = np.zeros(frame.size, dtype=np.int64)
    for at in range(width):
        filled += where(frame.clean(at).is_valid())
    return filled


def _is_weak(frame: Frame, filled: np.ndarray, titles: Sequence[str]) -> Bools:
    name = frame.texts("name")
    weak: Bools = where(name.is_null()) | (filled <= FEW_CELLS) | where(pc.match_substring_regex(name, _ODD_NAME))
    at = frame.position("name")
    if at is not None and titles[at]:
        weak |= where(pc.equal(pc.utf8_lower(name), titles[at].lower()))
        weak |= where(pc.match_substring_regex(name, r"(?i)^nama\b"))
    return weak


def _kind(frame: Frame, texts: Sequence[str], titles: set[str]) -> str:
    """What a weak row is; '' where it may be a person."""
    filled = [text for text in texts if text]
    nik = frame.position("nik")
    digits = sum(mark.isdigit() for mark in texts[nik]) if nik is not None else 0
    if digits < 8:
        if len(filled[0]) <= 60 and _LABEL.match(filled[0]):
            return "rows_total"
        same = sum(normal(text) in titles for text in filled)
        if same >= 2 and 2 * same > len(filled):
            return "header_repeated"
    if _counts_columns(filled):
        return "column_numbers"
    if digits >= 8:
        return ""
    return "rows_other" if len(filled) <= FEW_CELLS and not _tells_somebody(frame, texts) else ""


def _tells_somebody(frame: Frame, texts: Sequence[str]) -> bool:
    """True where a birth date stands, or a name that is no section title and no signature."""
    born, named = frame.position("birth_date"), frame.position("name")
    if born is not None and texts[frame.origins.get(born, born)]:
        return True
    return named is not None and bool(texts[named]) and not _SECTION.match(texts[named])


def _counts_columns(texts: Sequence[str]) -> bool:
    """True for the row `1 2 3 4 …` (or `(1) (2) …`) that forms have under their titles."""
    numbers = [text.strip("() ").removesuffix(".0") for text in texts]
    if len(numbers) < 3 or not all(number.isdigit() and len(number) <= 2 for number in numbers):
        return False
    return all(int(b) - int(a) == 1 for a, b in pairwise(numbers)) and int(numbers[0]) <= 2
