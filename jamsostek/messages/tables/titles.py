"""Which column is which: the titles people write above their tables, in Indonesian or English.

A title is normalised (lower case, brackets and signs dropped, `tgl` -> `tanggal`, `tunj` -> `tunjangan` ...) and looked
up in a `Vocabulary`: first whole, then as a set of words, then by pattern. The header is the row (or two rows, for merged
titles) among the first `HEADER_ROWS` of a sheet that names most of what the vocabulary knows.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jamsostek.messages.tables.cells import text_of

HEADER_ROWS = 30
HEADER_COLUMNS = 400
"""Further columns are not looked at: a sheet can have 16,384, and nobody's table has."""
_REMEMBERED = 4096
Ranges = Sequence[tuple[tuple[int, int], tuple[int, int]]]

_SHORT_FORMS = {
    "tanggal": "tgl tg tggl",
    "nomor": "no nmr nomer num",
    "tunjangan": "tunj tj",
    "tunjangan jabatan": "tunjab",
    "jumlah": "jml jlh jmlh",
    "gaji pokok": "gapok gp",
    "karyawan": "kary",
    "pegawai": "peg",
    "jabatan": "jab",
    "transport": "transp trans transportasi",
    "bulan": "bln",
    "per bulan": "perbulan",
    "hari": "hr",
    "tenaga kerja": "tk ketenagakerjaan",
    "bpjs tenaga kerja": "bpjstk",
    "lahir": "lhr",
    "jenis": "jns",
    "kelamin": "klmn",
    "lengkap": "lgkp",
    "risiko": "resiko",
    "rekening": "rek",
    "kabupaten": "kab",
    "kecamatan": "kec",
    "kelurahan": "kel",
    "provinsi": "prov propinsi",
    "allowance": "allowances",
    "birth date": "dob",
}
_ABBREVIATIONS = {short: word for word, shorts in _SHORT_FORMS.items() for short in shorts.split()}
_QUALIFYING = re.compile(r"\b(tunjangan|allowance|upah|gaji|wage|salary|pay|uang)\b")
"""Words of an upper title that change what a lower one means."""
_NOISE = frozenset({"rp", "idr", "rupiah", "dalam", "the", "of", "dan", "and"})


def normal(title: object) -> str:
    """A title in its plainest words: `Tgl. Lahir (dd/mm/yyyy)` -> `tanggal lahir`."""
    text = text_of(title).lower()
    without = re.sub(r"[(\[].*?[)\]]", " ", text)
    words = re.sub(r"[^a-z0-9]+", " ", without if re.search(r"[a-z]", without) else text).split()
    expanded = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    return " ".join(word for word in expanded.split() if word not in _NOISE)


class Vocabulary:
    """What the titles of one kind of table mean.

    `titles`: field -> its names, `; ` between. `patterns`: (field or '', pattern on the plain title), the first that is
    found counts. `weights`: how much a field says that this row is the header. `several`: fields that may have more than
    one column. `alternatives`: fields of which only the weightiest counts. `needed`: of each group one must be there.
    """

    def __init__(
        self,
        *,
        titles: Mapping[str, str],
        patterns: Sequence[tuple[str, str]],
        weights: Mapping[str, float],
        several: Iterable[str] = (),
        alternatives: Sequence[str] = (),
        needed: Sequence[Sequence[str]] = (),
    ) -> None:
        self.exact = {normal(title): field for field, names in titles.items() for title in names.split("; ")}
        self.word_sets = {frozenset(title.split()): field for title, field in reversed(self.exact.items()) if " " in title}
        self.patterns = tuple((field, re.compile(pattern)) for field, pattern in patterns)
        self.weights = weights
        self.several = frozenset(several)
        self.alternatives = tuple(alternatives)
        self.needed = tuple(needed)
        self._found: dict[str, str] = {}
        self._near: dict[str, str] = {}

    def field_of(self, title: str) -> str:
        """The field a title names, or '' when it names none."""
        return _remembered(self._found, title, self._field_of)

    def _field_of(self, title: str) -> str:
        plain = normal(title)
        if not plain or len(plain) > 80:
            return ""
        if found := self.exact.get(plain) or self.word_sets.get(frozenset(plain.split())):
            return found
        return next((field for field, pattern in self.patterns if pattern.search(plain)), "")

    def near_field(self, title: str) -> str:
        """The field of a title with a slip of the pen (`Tangal Lahir`), or ''."""
        return _remembered(self._near, title, self._near_field)

    def _near_field(self, title: str) -> str:
        plain = normal(title)
        if not 3 <= len(plain) <= 40 or self.is_excluded(plain):
            return ""
        close = difflib.get_close_matches(plain, self.exact, n=1, cutoff=0.86)
        return self.exact[close[0]] if close else ""

    def is_excluded(self, plain: str) -> bool:
        """True for a title known to mean nothing here, however like another it looks (`Kode Pos`, `Kode BPS`)."""
        return any(not field and pattern.search(plain) for field, pattern in self.patterns)

    def nearest_title(self, fields: Sequence[str], seen: Sequence[str]) -> str | None:
        """Of the titles seen, the one most like any name of the fields; None when nothing is."""
        known = [plain for plain, field in self.exact.items() if field in fields]
        scored = [
            (max((difflib.SequenceMatcher(None, normal(title), plain).ratio() for plain in known), default=0.0), title)
            for title in seen
            if normal(title)
        ]
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= 0.6 else None

    def find_header(self, rows: Sequence[Sequence[object]], merged: Ranges = ()) -> Header | None:
        """The best header among the first rows of a sheet, or None where no row names at least two things."""
        best: Header | None = None
        top = [
            [text_of(cell) if isinstance(cell, str) else "" for cell in row[:HEADER_COLUMNS]] for row in rows[: HEADER_ROWS + 1]
        ]
        for at in range(min(len(top), HEADER_ROWS)):
            for candidate in self._candidates(top, rows, at, merged):
                if best is None or candidate.score > best.score:
                    best = candidate
        return self._with_slips(best) if best else None

    def _candidates(self, top: list[list[str]], rows: Sequence[Sequence[object]], at: int, merged: Ranges) -> list[Header]:
        found = [self._header(at, 1, top[at])]
        if at + 1 < len(top) and not any(isinstance(cell, float | int) for cell in rows[at + 1]):
            found.append(self._header(at, 2, self._two_lines(_spread(top[at], top[at + 1], at, merged), top[at + 1])))
        return [header for header in found if header.score >= 4 and sum(map(bool, set(header.fields))) >= 2]

    def _header(self, row: int, height: int, titles: Sequence[str]) -> Header:
        fields = [self.field_of(title) for title in titles]
        self._keep_one(fields)
        score = sum(self.weights[field] for field in fields if field)
        same = [self.weights[field] for field in set(fields) if field in self.alternatives]
        score -= sum(same) - max(same, default=0)
        # Longer headers only win by naming more: a data row taken for titles would be lost.
        return self._named(row, height, titles, fields, score - 0.1 * (height - 1))

    def _named(self, row: int, height: int, titles: Sequence[str], fields: Sequence[str], score: float) -> Header:
        complete = all(any(field in fields for field in group) for group in self.needed)
        return Header(row, height, tuple(titles), tuple(fields), score, complete)

    def _keep_one(self, fields: list[str]) -> None:
        """The first column of a field counts; a second `Nama` is not guessed at."""
        seen: set[str] = set()
        for at, field in enumerate(fields):
            if field and field in seen and field not in self.several:
                fields[at] = ""
            seen.add(field)

    def _two_lines(self, upper: list[str], lower: list[str]) -> list[str]:
        titles = []
        for column in range(max(len(upper), len(lower))):
            above = upper[column] if column < len(upper) else ""
            below = lower[column] if column < len(lower) else ""
            titles.append(self._one_title(above, below))
        return titles

    def _one_title(self, above: str, below: str) -> str:
        """A title of two lines: `Jabatan` under `Tunjangan` is an allowance, `Alamat` under `Data diri` an address."""
        both = f"{above} {below}".strip()
        if not above or not below or not self.field_of(below):
            return both
        qualified = normal(both) in self.exact or (_QUALIFYING.search(normal(above)) and self.field_of(both))
        return both if qualified else below

    def _with_slips(self, header: Header) -> Header:
        """The header with titles of one or two wrong letters understood too, where their field is still free."""
        fields = list(header.fields)
        for at, title in enumerate(header.titles):
            guess = self.near_field(title) if title and not fields[at] else ""
            if guess and guess not in fields:
                fields[at] = guess
        return self._named(header.row, header.height, header.titles, fields, header.score)


def _remembered(known: dict[str, str], title: str, find: Callable[[str], str]) -> str:
    found = known.get(title)
    if found is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        found = known[title] = find(title)
    return found


@dataclass(frozen=True)
class Header:
    """Where a table begins: its first row of titles (0 = the sheet's first), how many rows it takes, its columns."""

    row: int
    height: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]
    score: float
    complete: bool
    """True when nothing the table cannot do without is missing."""

    def columns(self, field: str) -> list[int]:
        """Positions (0 = column A) of a field, left to right."""
        return [position for position, found in enumerate(self.fields) if found == field]

    def column(self, field: str) -> int | None:
        """The first position of a field, or None."""
        return next(iter(self.columns(field)), None)

    def has(self, *fields: str) -> bool:
        """True when any of the fields has a column."""
        return any(field in self.fields for field in fields)


def _spread(upper: list[str], lower: list[str], at: int, merged: Ranges) -> list[str]:
    """The upper titles carried over the columns they stand above: merged ranges, else up to the next title."""
    spread = list(upper)
    for (first_row, first), (last_row, last) in merged:
        if first_row <= at <= last_row and first < len(spread):
            spread[first : last + 1] = [upper[first]] * (min(last + 1, len(spread)) - first)
    if not merged:
        for column in range(1, min(len(spread), len(lower))):
            if not spread[column] and lower[column] and lower[column - 1]:
                spread[column] = spread[column - 1]
    return spread


def letter(position: int) -> str:
    """0 -> A, 26 -> AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
