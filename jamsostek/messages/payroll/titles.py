"""Which column is which: the titles people write above their payroll tables, in Indonesian or English.

A title is normalised (lower case, brackets and signs dropped, `tgl` -> `tanggal`, `tunj` -> `tunjangan` ...) and looked
up: first whole, then as a set of words, then by pattern. The header is the row (or two rows, for merged titles) among
the first `HEADER_ROWS` of a sheet that names most of what a bill needs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jamsostek.messages.payroll.cells import text_of

HEADER_ROWS = 30
HEADER_COLUMNS = 400
"""Further columns are not looked at: a sheet can have 16,384, and nobody's payroll has."""
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
    "allowance": "allowances",
    "birth date": "dob",
}
_ABBREVIATIONS = {short: word for word, shorts in _SHORT_FORMS.items() for short in shorts.split()}
_NOISE = frozenset({"rp", "idr", "rupiah", "dalam", "the", "of", "dan", "and"})

_TITLES: dict[str, str] = {
    "number": "nomor; nomor urut; urut; number; no urut",
    "name": (
        "nama; nama lengkap; nama karyawan; nama pegawai; nama pekerja; nama tenaga kerja; nama peserta; "
        "nama buruh; nama staf; nama staff; nama anggota; nama sesuai ktp; nama lengkap sesuai ktp; "
        "karyawan; pekerja; pegawai; tenaga kerja; name; full name; employee name; worker name; employee; "
        "worker; name employee; nama lengkap karyawan"
    ),
    "nik": (
        "nik; nomor nik; nik ktp; ktp; nomor ktp; nomor induk kependudukan; nik kependudukan; nomor "
        "identitas; nomor identitas kependudukan; nik sesuai ktp; nomor ktp nik; nik nomor ktp; national "
        "id; national id number; id number; identity number; nomor id; ktp number; nomor kependudukan"
    ),
    "kpj": (
        "kpj; nomor kpj; nomor peserta; nomor kepesertaan; nomor bpjs tenaga kerja; bpjs tenaga kerja; "
        "nomor jamsostek; jamsostek; kartu peserta jamsostek; nomor kartu peserta; nomor bpjs; kpj number; "
        "nomor kartu jamsostek; participant number; jamsostek number; bpjs number; member number; nomor kpj "
        "bpjs"
    ),
    "birth_date": (
        "tanggal lahir; tanggal kelahiran; lahir; birth date; birthdate; date birth; birthday; ttl; tempat "
        "tanggal lahir; date of birth; tanggal bulan tahun lahir"
    ),
    "sex": "jenis kelamin; kelamin; jk; l p; p l; lp; gender; sex; m f",
    "basic": (
        "gaji pokok; upah pokok; basic salary; basic pay; basic; base salary; basic wage; base pay; pokok; "
        "gaji pokok per bulan; upah pokok per bulan; gaji pokok bulan"
    ),
    "fixed": "tunjangan tetap; fixed allowance; jumlah tunjangan tetap; total tunjangan tetap; allowance fixed",
    "variable": "tunjangan tidak tetap; variable allowance; tunjangan variabel; non fixed allowance",
    "reported": (
        "upah dilaporkan; upah yang dilaporkan; upah bpjs; upah bpjs tenaga kerja; dasar iuran; dasar upah; "
        "dasar pengenaan iuran; dasar perhitungan iuran; upah tetap; gaji pokok tunjangan tetap; upah pokok "
        "tunjangan tetap; reported wage; contribution base; upah jamsostek; upah dasar iuran; upah sebulan "
        "dilaporkan; gaji bpjs"
    ),
    "wage": (
        "upah; upah per bulan; upah sebulan; upah bulanan; upah bulan; upah pekerja; upah karyawan; gaji; "
        "gaji per bulan; gaji sebulan; gaji bulanan; gaji karyawan; besar upah; besaran upah; nominal upah; "
        "nilai upah; wage; monthly wage; salary; monthly salary; wages; monthly pay; pay; upah gaji; gaji "
        "upah; upah bulan ini; gaji bulan ini"
    ),
    "daily": (
        "upah harian; upah per hari; gaji harian; gaji per hari; upah sehari; daily wage; daily rate; wage "
        "per day; daily pay; upah hari; tarif harian; harian"
    ),
    "gross": (
        "total upah; jumlah upah; total gaji; jumlah gaji; gaji kotor; upah kotor; gross; gross salary; "
        "gross pay; gross wage; total salary; total wage; penghasilan bruto; gaji bruto; total; jumlah"
    ),
    "net": (
        "gaji bersih; upah bersih; take home pay; thp; net salary; net pay; net; jumlah diterima; total "
        "diterima; total penerimaan; gaji diterima; upah diterima; yang diterima; penerimaan bersih"
    ),
    "risk_class": (
        "kelas risiko; kelas jkk; tingkat risiko; kelompok risiko; risiko; risk class; risk; kelas risiko "
        "jkk; tingkat risiko lingkungan kerja; tingkat risiko jkk; risk level; jkk class; tarif jkk"
    ),
    "position": "jabatan; posisi; position; job title; title; pekerjaan; jenis pekerjaan; job",
    "account": "nomor rekening; rekening; rekening bank; account number; bank account; nomor rekening bank",
    "employee_number": (
        "nomor induk karyawan; nomor induk pegawai; nip; nrp; id karyawan; employee id; nomor karyawan; "
        "employee number; nomor pegawai; kode karyawan; nik karyawan; nomor induk; staff id; nik perusahaan"
    ),
}
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("", r"^(?!.*\b(tunjangan|allowance|dilaporkan)\b).*\b(ibu|bank|perusahaan|ahli waris|suami|istri|isteri|anak|ayah|"
         r"kesehatan|npwp|pajak|pph|potongan|iuran|premi bpjs|jht|jkk|jkm|jkp)\b"),
    ("variable", r"\b(tidak tetap|variabel|variable|non fixed)\b"),
    ("fixed", r"\b(tunjangan|allowance)\b.*\b(tetap|fixed)\b|\bfixed allowance\b"),
    ("variable", r"\b(lembur|overtime|bonus|thr|insentif|incentive|komisi|commission|rapel|uang saku)\b|"
                 r"^(makan|transport)$|\b(tunjangan|uang|premi|biaya|allowance|makan|transport|meal|attendance)\b.*\b(kehadiran|hadir|attendance|"
                 r"makan|meal|transport|prestasi|kinerja|performance|shift|premi|allowance)\b"),
    ("fixed", r"\b(tunjangan|allowance)\b.*\b(jabatan|position|keluarga|family|istri|isteri|suami|anak|masa kerja|"
              r"perumahan|housing|keahlian|fungsional|functional|kemahalan|daerah|pendidikan|profesi|struktural)\b|"
              r"\b(position|family|housing|functional) allowance\b"),
    ("unclear", r"\b(tunjangan|allowance)\b"),
    ("birth_date", r"\btanggal lahir\b|\bbirth ?date\b|\bdate birth\b"),
    ("reported", r"\b(upah|gaji|wage)\b.*\b(dilaporkan|bpjs|jamsostek|reported|iuran)\b"),
    ("daily", r"\b(upah|gaji|wage|pay)\b.*\b(harian|per hari|sehari|daily|per day)\b"),
    ("basic", r"\b(gaji|upah) pokok\b|\b(basic|base) (salary|pay|wage)\b"),
    ("kpj", r"\bkpj\b|\bbpjs tenaga kerja\b|\bjamsostek\b"),
    ("nik", r"\bnik\b|\bnomor ktp\b|\bnomor induk kependudukan\b"),
    ("sex", r"\bjenis kelamin\b"),
    ("name", r"^nama (lengkap|karyawan|pegawai|pekerja|tenaga kerja|peserta)\b"),
    ("wage", r"^(upah|gaji|wage|salary) (bulan )?(jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|"
             r"nop|des|dec)[a-z]*( \d{2,4})?$"),
)  # fmt: skip
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)

_WEIGHTS = {
    "name": 3.0, "nik": 3.0, "kpj": 2.0, "birth_date": 2.0, "sex": 1.0, "basic": 3.0, "wage": 3.0, "reported": 3.0,
    "daily": 3.0, "gross": 1.5, "fixed": 1.0, "variable": 0.5, "unclear": 0.5, "risk_class": 1.0, "position": 1.0,
    "number": 0.5, "net": 0.5, "employee_number": 0.5, "account": 0.5,
}  # fmt: skip
WAGE_FIELDS = ("basic", "reported", "wage", "daily", "gross")
SEVERAL = frozenset({"fixed", "variable", "unclear", "net", "gross", "account"})
"""Fields that may have more than one column."""


def normal(title: object) -> str:
    """A title in its plainest words: `Tgl. Lahir (dd/mm/yyyy)` -> `tanggal lahir`."""
    text = text_of(title).lower()
    without = re.sub(r"[(\[].*?[)\]]", " ", text)
    words = re.sub(r"[^a-z0-9]+", " ", without if re.search(r"[a-z]", without) else text).split()
    expanded = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    return " ".join(word for word in expanded.split() if word not in _NOISE)


_EXACT = {normal(title): field for field, titles in _TITLES.items() for title in titles.split("; ")}
_WORD_SETS = {frozenset(title.split()): field for title, field in reversed(_EXACT.items()) if " " in title}


@lru_cache(maxsize=4096)
def field_of(title: str) -> str:
    """The field a title names, or '' when it names none. `unclear` is an allowance that may be fixed or not."""
    plain = normal(title)
    if not plain or len(plain) > 80:
        return ""
    if found := _EXACT.get(plain) or _WORD_SETS.get(frozenset(plain.split())):
        return found
    for field, pattern in _COMPILED:
        if pattern.search(plain):
            return field
    return ""


@lru_cache(maxsize=4096)
def near_field(title: str) -> str:
    """The field of a title with a slip of the pen (`Tangal Lahir`), or ''."""
    plain = normal(title)
    if not 3 <= len(plain) <= 40:
        return ""
    close = difflib.get_close_matches(plain, _EXACT, n=1, cutoff=0.86)
    return _EXACT[close[0]] if close else ""


def nearest_title(fields: Sequence[str], seen: Sequence[str]) -> str | None:
    """Of the titles seen, the one most like any name of the fields; None when nothing is."""
    known = [plain for plain, field in _EXACT.items() if field in fields]
    scored = [
        (max((difflib.SequenceMatcher(None, normal(title), plain).ratio() for plain in known), default=0.0), title)
        for title in seen
        if normal(title)
    ]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= 0.6 else None


@dataclass(frozen=True)
class Header:
    """Where a table begins: its first row of titles (0 = the sheet's first), how many rows it takes, its columns."""

    row: int
    height: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]
    score: float

    def columns(self, field: str) -> list[int]:
        """Positions (0 = column A) of a field, left to right."""
        return [position for position, found in enumerate(self.fields) if found == field]

    def has(self, *fields: str) -> bool:
        """True when any of the fields has a column."""
        return any(field in self.fields for field in fields)

    @property
    def complete(self) -> bool:
        """True when a bill can be made: names and a wage."""
        return self.has("name") and self.has(*WAGE_FIELDS)


def find_header(rows: Sequence[Sequence[object]], merged: Ranges = ()) -> Header | None:
    """The best header among the first rows of a sheet, or None where no row names at least two things."""
    best: Header | None = None
    top = [[text_of(cell) if isinstance(cell, str) else "" for cell in row[:HEADER_COLUMNS]] for row in rows[: HEADER_ROWS + 1]]
    for at in range(min(len(top), HEADER_ROWS)):
        for candidate in _candidates(top, rows, at, merged):
            if best is None or candidate.score > best.score:
                best = candidate
    return _with_slips(best) if best else None


def _candidates(top: list[list[str]], rows: Sequence[Sequence[object]], at: int, merged: Ranges) -> list[Header]:
    found = [_header(at, 1, top[at])]
    if at + 1 < len(top) and not any(isinstance(cell, float | int) for cell in rows[at + 1]):
        found.append(_header(at, 2, _two_lines(_spread(top[at], top[at + 1], at, merged), top[at + 1])))
    return [header for header in found if header.score >= 4 and sum(map(bool, set(header.fields))) >= 2]


def _header(row: int, height: int, titles: Sequence[str]) -> Header:
    fields = [field_of(title) for title in titles]
    _keep_one(fields)
    score = sum(_WEIGHTS[field] for field in fields if field)
    wages = [field for field in set(fields) if field in WAGE_FIELDS]
    score -= sum(_WEIGHTS[field] for field in wages) - max((_WEIGHTS[field] for field in wages), default=0)
    # Longer headers only win by naming more: a data row taken for titles would be lost.
    return Header(row, height, tuple(titles), tuple(fields), score - 0.1 * (height - 1))


def _keep_one(fields: list[str]) -> None:
    """The first column of a field counts; a second `Nama` is not guessed at."""
    seen: set[str] = set()
    for at, field in enumerate(fields):
        if field and field in seen and field not in SEVERAL | {"nik"}:
            fields[at] = ""
        seen.add(field)


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


def _two_lines(upper: list[str], lower: list[str]) -> list[str]:
    titles = []
    for column in range(max(len(upper), len(lower))):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        both = f"{above} {below}".strip()
        titles.append(both if not below or (above and field_of(both)) else below if field_of(below) else both)
    return titles


def _with_slips(header: Header) -> Header:
    """The header with titles of one or two wrong letters understood too, where their field is still free."""
    fields = list(header.fields)
    for at, title in enumerate(header.titles):
        guess = near_field(title) if title and not fields[at] else ""
        if guess and guess not in fields:
            fields[at] = guess
    return Header(header.row, header.height, header.titles, tuple(fields), header.score)


def letter(position: int) -> str:
    """0 -> A, 26 -> AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
