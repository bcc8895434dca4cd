"""The two lists as data: which columns they have, what each holds, who must be in it.

A layout says what the template shows and what the reader asks for. Columns may come in any order and under other titles
(`titles`); a list in a layout of the sender's own making is read as long as it names people and their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import N_

ALWAYS, EITHER, JOINING, LEAVING, CHANGING_WAGE = "always", "either", "join", "leave", "wage"
EXPECTED, WISHED = "expected", "wished"
"""When a column must be filled in: in every row, there or in its other (NIK or KPJ), in rows of an activity; expected of who
joins, else a warning; if known."""
TEXT, DIGITS, DATE, MONEY, CHOICE, ANSWER, REGION, BANK = "text", "digits", "date", "money", "choice", "answer", "region", "bank"
"""What a column holds; the template's format and check of the cell follow from it."""


@dataclass(frozen=True)
class Field:
    """A column of the template: its title, when it is needed, what it holds, what to write, what two people wrote."""

    name: str
    title: str
    need: str
    form: str
    width: int
    help: str
    examples: tuple[str | int, ...]
    """Dates as YYYY-MM-DD, choices by value; one for each row of the example sheet."""


@dataclass(frozen=True)
class Ages:
    """Who may be in a list: at least so old, and below; years."""

    at_least: int
    below: int


@dataclass(frozen=True)
class Limits:
    """What the law of a month says about who is registered and when."""

    bpu_ages: Ages
    register_days: int
    """Days from the first day of work within which an employer registers a worker."""


@dataclass(frozen=True)
class Layout:
    """A list as an employer or a sponsor sends it."""

    name: str
    title: str
    fields: tuple[Field, ...]
    activities: tuple[str, ...]
    asks_mother: bool
    """True where registration asks for the mother's name; missing, it is a warning."""
    for_bpu: bool
    """True where the people are non-wage members (BPU), whose ages the law limits."""
    presumes_known: bool = False
    """True where a row with a KPJ and without an activity is of somebody who works on, not of one who joins."""

    def field(self, name: str) -> Field | None:
        """A column of this layout, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def has(self, name: str) -> bool:
        """True when the layout knows the column."""
        return self.field(name) is not None


POSSIBLE_AGES = Ages(15, 101)
"""Work is forbidden below fifteen (UU 20/1999, the least age of ILO convention 138); above a hundred the birth date is wrong."""

_NAME = Field(
    "name", N_("Nama"), ALWAYS, TEXT, 28,
    N_("Nama lengkap seperti di KTP, tanpa gelar; satu kata pun boleh."),
    ("Agus Santoso", "Siti Aminah", "Sulastri", "Made Suardana"),
)  # fmt: skip
_NIK = Field(
    "nik", N_("NIK"), ALWAYS, DIGITS, 20,
    N_("16 angka dari KTP. Kolom ini berformat Teks, jadi tidak ada angka yang hilang."),
    ("3515141708900000", "3515146204930000", "3174045501880000", "5103050103850000"),
)  # fmt: skip
_BIRTH_PLACE = Field(
    "birth_place", N_("Tempat lahir"), WISHED, TEXT, 18, N_("Kota atau kabupaten lahir."),
    ("Sidoarjo", "Sidoarjo", "Jakarta", "Badung"),
)  # fmt: skip
_BIRTH_DATE = Field(
    "birth_date", N_("Tanggal lahir"), JOINING, DATE, 14, N_("Hari-bulan-tahun seperti di KTP, misalnya 17-08-1990."),
    ("1990-08-17", "1993-04-22", "1988-01-15", "1985-03-01"),
)  # fmt: skip
_SEX = Field(
    "sex", N_("Jenis kelamin"), JOINING, CHOICE, 13, N_("L untuk laki-laki, P untuk perempuan."),
    ("male", "female", "female", "male"),
)  # fmt: skip
_MOTHER = Field(
    "mother_name", N_("Nama ibu kandung"), EXPECTED, TEXT, 22,
    N_("Membedakan orang yang nama dan tanggal lahirnya sama; dipakai saat klaim."),
    ("Sumiati", "Nurhayati", "Kasiyem", "Luh Sekar"),
)  # fmt: skip
_ADDRESS = Field(
    "address", N_("Alamat"), WISHED, TEXT, 30, N_("Jalan, nomor, RT/RW tempat tinggal sekarang."),
    ("Jl. Melati 12 RT 03 RW 05", "Jl. Kenanga 4", "Jl. Tebet Raya 88", "Br. Tegeh"),
)  # fmt: skip
_REGION = Field(
    "region_code", N_("Kode wilayah"), EXPECTED, REGION, 30,
    N_("Kabupaten atau kota tempat tinggal: kode Kemendagri (misalnya 35.15) atau namanya; kode desa 10 angka juga boleh."),
    ("3515", "3515", "3174", "5103"),
)  # fmt: skip
_PHONE = Field(
    "phone", N_("Nomor HP"), WISHED, DIGITS, 17, N_("Nomor peserta sendiri, agar kartu dan kabar sampai kepadanya."),
    ("081200000001", "081200000002", "", "081200000004"),
)  # fmt: skip
_BANK = Field("bank", N_("Bank"), WISHED, BANK, 14, N_("Nama bank pemilik rekening."), ("BRI", "", "BNI", "Mandiri"))
_ACCOUNT = Field(
    "account", N_("Nomor rekening"), WISHED, DIGITS, 20, N_("Rekening atas nama peserta; hanya bila banknya diisi."),
    ("000000000012", "", "000000000034", "000000000056"),
)  # fmt: skip
_DISABILITY = Field(
    "disability_type", N_("Jenis disabilitas"), WISHED, CHOICE, 17, N_("Kosongkan bila tidak ada."), ("", "", "physical", ""),
)  # fmt: skip
_DEGREE = Field(
    "disability_degree", N_("Derajat disabilitas"), WISHED, CHOICE, 17, N_("Hanya bila jenis disabilitas diisi."),
    ("", "", "mild", ""),
)  # fmt: skip
_OVERWRITE = Field(
    "overwrite", N_("Timpa"), WISHED, ANSWER, 9,
    N_("Ya: data baris ini mengganti data yang sudah tercatat. Tidak: data lama tetap. Kosong: menurut centang Ganti data lama."),
    ("", "", "", ""),
)  # fmt: skip
_CONFIRMED = Field(
    "confirmed", N_("Sudah cocok dengan KTP"), WISHED, ANSWER, 13,
    N_("Tulis Ya hanya bila NIK, tanggal lahir, atau jenis kelamin tampak berbeda tetapi memang begitu di KTP."),
    ("", "", "", ""),
)  # fmt: skip

EMPLOYER = Layout(
    name="employer",
    title=N_("Daftar pekerja: masuk, keluar, ubah upah"),
    fields=(
        Field(
            "activity", N_("Kegiatan"), WISHED, CHOICE, 13,
            N_("MASUK untuk pekerja baru, KELUAR untuk yang berhenti, UBAH UPAH, atau UBAH DATA. Kosong berarti MASUK."),
            ("join", "join", "wage", "leave"),
        ),
        replace(
            _NIK, need=EITHER,
            help=N_("16 angka dari KTP; boleh kosong bila KPJ diisi. Kolom ini berformat Teks, jadi tidak ada angka hilang."),
        ),
        Field(
            "kpj", N_("KPJ"), WISHED, DIGITS, 15,
            N_("Nomor peserta, 11 angka; cukup salah satu dari NIK atau KPJ bagi yang sudah menjadi peserta."),
            ("", "", "", ""),
        ),
        _NAME, _BIRTH_PLACE, _BIRTH_DATE, _SEX, _MOTHER, _ADDRESS, _REGION, _PHONE, _BANK, _ACCOUNT,
        Field(
            "start_date", N_("Tanggal masuk"), JOINING, DATE, 14, N_("Hari pertama bekerja."),
            ("2026-06-02", "2026-06-08", "", ""),
        ),
        Field(
            "end_date", N_("Tanggal keluar"), LEAVING, DATE, 14, N_("Hari terakhir bekerja; hanya untuk KELUAR."),
            ("", "", "", "2026-06-19"),
        ),
        Field(
            "leave_reason", N_("Sebab keluar"), LEAVING, CHOICE, 20, N_("Pilih dari daftar; hanya untuk KELUAR."),
            ("", "", "", "resigned"),
        ),
        Field(
            "wage", N_("Upah"), CHANGING_WAGE, MONEY, 14,
            N_("Upah sebulan dalam rupiah: upah pokok ditambah tunjangan tetap. Wajib untuk MASUK dan UBAH UPAH."),
            (4_750_000, 5_100_000, 5_400_000, ""),
        ),
        Field(
            "unit", N_("Unit"), WISHED, TEXT, 16, N_("Cabang atau bagian, seperti tercatat di perusahaan."),
            ("Pabrik", "Pabrik", "Kantor", "Kantor"),
        ),
        Field(
            "occupation", N_("Jabatan"), WISHED, TEXT, 18, N_("Pekerjaan yang dilakukan."),
            ("Operator", "Operator", "Staf", "Pengemudi"),
        ),
        Field(
            "segment", N_("Jenis pekerja"), WISHED, CHOICE, 13,
            N_("PU untuk penerima upah (kosong berarti PU), Non-ASN, Konstruksi, atau Magang."), ("pu", "trainee", "", ""),
        ),
        _DISABILITY, _DEGREE, _OVERWRITE, _CONFIRMED,
    ),
    activities=("join", "leave", "wage", "change"),
    asks_mother=True,
    for_bpu=False,
)  # fmt: skip

SPONSOR = Layout(
    name="sponsor",
    title=N_("Daftar pekerja rentan yang iurannya dibayari"),
    fields=(
        Field(
            "activity", N_("Kegiatan"), WISHED, CHOICE, 13,
            N_("MASUK untuk yang mulai dilindungi, KELUAR untuk yang berhenti, atau UBAH DATA. Kosong berarti MASUK."),
            ("join", "join", "join", "join"),
        ),
        _NIK, _NAME, _BIRTH_PLACE, _BIRTH_DATE, _SEX, _ADDRESS, _REGION,
        Field(
            "district", N_("Kecamatan"), WISHED, TEXT, 18, N_("Kecamatan tempat tinggal."),
            ("Sukodono", "Sukodono", "Tebet", "Mengwi"),
        ),
        Field(
            "village", N_("Desa/Kelurahan"), WISHED, TEXT, 18, N_("Nama atau kode desa tempat tinggal."),
            ("Suruh", "Suruh", "Manggarai", "Munggu"),
        ),
        Field(
            "occupation", N_("Pekerjaan"), EXPECTED, TEXT, 20,
            N_("Pekerjaan sehari-hari, misalnya petani, nelayan, pemulung, guru mengaji."),
            ("Petani", "Pedagang sayur", "Penjahit", "Nelayan"),
        ),
        Field(
            "income", N_("Penghasilan"), WISHED, MONEY, 14, N_("Penghasilan sebulan dalam rupiah, bila diketahui."),
            (1_200_000, "", "", 1_500_000),
        ),
        _PHONE, _MOTHER, _DISABILITY, _DEGREE, _BANK, _ACCOUNT,
        Field(
            "start_date", N_("Tanggal mulai"), WISHED, DATE, 14,
            N_("Hari mulai dilindungi; kosong berarti mengikuti bulan program."), ("", "", "", ""),
        ),
        Field(
            "end_date", N_("Tanggal keluar"), LEAVING, DATE, 14, N_("Hari terakhir dilindungi; hanya untuk KELUAR."),
            ("", "", "", ""),
        ),
        Field(
            "leave_reason", N_("Sebab keluar"), LEAVING, CHOICE, 20, N_("Pilih dari daftar; hanya untuk KELUAR."),
            ("", "", "", ""),
        ),
        _OVERWRITE, _CONFIRMED,
    ),
    activities=("join", "leave", "change"),
    asks_mother=False,
    for_bpu=True,
)  # fmt: skip

_UNPAID = Field(
    "unpaid", N_("Tanpa upah"), WISHED, ANSWER, 12,
    N_("Ya bila sebulan penuh tidak diupah, misalnya cuti di luar tanggungan: bulan itu tidak ditagih."), ("", "", "", ""),
)  # fmt: skip
REPORT = replace(
    EMPLOYER,
    name="report",
    title=N_("Laporan upah sebulan: semua pekerja"),
    fields=tuple(
        one for field in EMPLOYER.fields for one in ((field, _UNPAID) if field.name == "leave_reason" else (field,))
        if one.name not in ("overwrite", "bank", "account", "disability_type", "disability_degree")
    ),
    presumes_known=True,
)  # fmt: skip
"""A month's whole list as it is sent back: who has a KPJ and no activity works on at the wage given."""

LAYOUTS = {layout.name: layout for layout in (EMPLOYER, SPONSOR)}
"""The lists that people are registered from; forms are made of these."""
READ = {**LAYOUTS, REPORT.name: REPORT}
"""Those that are read."""


def layout_of(name: str) -> Layout:
    """The layout of this name; raises `InputError` that names the nearest."""
    found = READ.get(name)
    if found is None:
        raise unknown_name("Layout", name, LAYOUTS)
    return found
