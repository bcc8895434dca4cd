"""What is suggested for the layouts that ministries, regions, cooperatives and villages really send."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from register_files import AGUS, SITI, save_csv, save_parquet, save_xlsx

from jamsostek.core.errors import InputError
from jamsostek.messages.register.looked import Looked, look
from jamsostek.messages.register.mapping import MappedColumn, Mapping

KK = "3515140101150000"
NAMES = ("Agus Santoso", "Siti Aminah", "Made Suardana", "Dewi Lestari", "Eko Prasetyo")
NIKS = (AGUS, SITI, "3515140103850000", "3515144502790000", "3515141111650000")
DATES = ("17/08/1990", "22/04/1993", "01/03/1985", "05/02/1979", "11/11/1965")
SEXES = ("L", "P", "L", "P", "L")


def table(titles: list[str], *columns: Any) -> list[list[Any]]:
    """Titles and five rows; a single value stands in every row."""
    even = [column if isinstance(column, tuple) else (column,) * 5 for column in columns]
    return [titles, *([column[at] for column in even] for at in range(5))]


DTKS = table(
    ["IDDTKS", "PROVINSI", "KABUPATEN", "KECAMATAN", "KELURAHAN", "ALAMAT", "NOKK", "NIK", "NAMA", "TEMPAT LAHIR", "TGL LAHIR",
     "JENIS KELAMIN", "PEKERJAAN", "NAMA IBU KANDUNG", "HUB. KELUARGA", "BPNT"],
    ("D1", "D2", "D3", "D4", "D5"), "JAWA TIMUR", "SIDOARJO", "SUKODONO", "SURUH", "JL MELATI 1", KK, NIKS, NAMES, "SIDOARJO",
    DATES, SEXES, "BURUH TANI", "SUMIATI", ("KEPALA KELUARGA", "ISTRI", "ANAK", "ANAK", "CUCU"), "YA",
)  # fmt: skip
P3KE = table(
    ["Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Kode Kemdagri", "Desil Kesejahteraan", "Alamat",
     "ID Keluarga P3KE", "Kepala Keluarga", "NIK", "Padan Dukcapil", "Jenis Kelamin", "Tanggal Lahir", "Pekerjaan", "Pendidikan"],
    "Jawa Timur", "Sidoarjo", "Sukodono", "Suruh", "3515142001", ("1", "2", "3", "4", "1"), "Jl. Melati",
    ("1", "2", "3", "4", "5"),
    NAMES, NIKS, "Ya", ("Laki-laki", "Perempuan") * 2 + ("Laki-laki",), DATES, "Petani", "SD",
)  # fmt: skip
DTSEN = table(
    ["id_keluarga", "nomor_kartu_keluarga", "nik", "nama", "tanggal_lahir", "jenis_kelamin", "hubungan_kepala_keluarga",
     "status_kawin", "desil_nasional", "kode_desa", "nama_desa", "lapangan_usaha", "status_pekerjaan", "jenis_disabilitas"],
    ("K1", "K2", "K3", "K4", "K5"), KK, NIKS, NAMES, ("1990-08-17", "1993-04-22", "1985-03-01", "1979-02-05", "1965-11-11"),
    ("1", "2", "1", "2", "1"), ("1", "2", "4", "4", "6"), "2", ("1", "2", "3", "1", "2"), "3515142001", "Suruh", "Pertanian",
    "Berusaha sendiri", "Tidak",
)  # fmt: skip
FISHER = table(
    ["No", "Nomor KUSUKA", "Nama Pelaku Usaha", "NIK", "Tempat, Tanggal Lahir", "L/P", "Alamat", "Desa", "Kec.", "Jenis Profesi",
     "Nama Kapal", "Alat Tangkap", "No. HP"],
    ("1", "2", "3", "4", "5"), ("A-1", "A-2", "A-3", "A-4", "A-5"), NAMES, NIKS,
    ("Sidoarjo, 17-08-1990", "Gresik, 22-04-1993", "Tuban, 01-03-1985", "Tuban, 05-02-1979", "Tuban, 11-11-1965"), SEXES,
    "Jl. Pantai", "Kepetingan", "Sedati", "Nelayan", "KM Jaya", "Jaring", "081200000001",
)  # fmt: skip
FARMER = table(
    ["Nama Penyuluh", "Nama Poktan", "Nama Petani", "KTP", "Tempat Lahir", "Tgl Lahir", "Nama Ibu Kandung", "Alamat", "Subsektor",
     "Komoditas MT1", "Luas Lahan (Ha) MT1"],
    "Pak Tani", "Maju Jaya", NAMES, NIKS, "Sidoarjo", DATES, "Sumiati", "Dsn. Krajan", "Tanaman Pangan", "Padi", "0,5",
)  # fmt: skip
MARKET = table(
    ["NO", "NAMA PEDAGANG", "NO KIOS", "JENIS DAGANGAN", "NO KTP", "ALAMAT RUMAH", "KELURAHAN", "NO TELP/WA", "OMZET PER BULAN"],
    ("1", "2", "3", "4", "5"), NAMES, ("A1", "A2", "A3", "B1", "B2"), "Sayur", NIKS, "Jl. Pasar", "Suruh", "081200000002",
    "2000000",
)  # fmt: skip
OJEK = table(
    ["No", "Nama Driver", "NIK KTP", "TTL", "Nopol", "Pangkalan", "No WA", "Domisili (Kab/Kota)", "Status Nikah"],
    ("1", "2", "3", "4", "5"), NAMES, NIKS,
    ("Sidoarjo, 17 Agustus 1990", "Gresik, 22 April 1993", "Tuban, 1 Maret 1985", "Tuban, 5 Pebruari 1979", "Tuban, 11 Nop 1965"),
    "W 1234 AB", "Stasiun", "0812-0000-0003", "Sidoarjo", "Kawin",
)  # fmt: skip
VILLAGE = [
    ["DAFTAR WARGA PEKERJA RENTAN"], ["DESA SURUH KECAMATAN SUKODONO"], ["TAHUN 2026"], [],
    *table(
        ["NO", "NAMA LENGKAP", "NO. INDUK KEPENDUDUKAN", "NO. KARTU KELUARGA", "TGL. LAHIR", "JNS KELAMIN", "DUSUN", "RT", "RW",
         "MATA PENCAHARIAN", "KET"],
        ("1", "2", "3", "4", "5"), NAMES, NIKS, KK, DATES, SEXES, "Krajan", "03", "05", "Buruh harian",
        ("", "", "meninggal", "", ""),
    ),
]  # fmt: skip
LAYOUTS: dict[str, tuple[list[list[Any]], str, dict[str, str]]] = {
    "dtks": (DTKS, "csv", {
        "IDDTKS": "source_id", "KABUPATEN": "regency", "KECAMATAN": "district", "KELURAHAN": "village", "ALAMAT": "address",
        "NOKK": "kk", "NIK": "nik", "NAMA": "name", "TEMPAT LAHIR": "birth_place", "TGL LAHIR": "birth_date",
        "JENIS KELAMIN": "sex", "PEKERJAAN": "occupation", "NAMA IBU KANDUNG": "mother_name", "HUB. KELUARGA": "relation",
    }),
    "p3ke": (P3KE, "xlsx", {
        "Kabupaten/Kota": "regency", "Kecamatan": "district", "Desa/Kelurahan": "village", "Kode Kemdagri": "village_code",
        "Desil Kesejahteraan": "decile", "Alamat": "address", "ID Keluarga P3KE": "source_id", "Kepala Keluarga": "name",
        "NIK": "nik", "Jenis Kelamin": "sex", "Tanggal Lahir": "birth_date", "Pekerjaan": "occupation",
    }),
    "dtsen": (DTSEN, "parquet", {
        "id_keluarga": "source_id", "nomor_kartu_keluarga": "kk", "nik": "nik", "nama": "name", "tanggal_lahir": "birth_date",
        "jenis_kelamin": "sex", "hubungan_kepala_keluarga": "relation", "status_kawin": "marital", "desil_nasional": "decile",
        "kode_desa": "village_code", "nama_desa": "village", "lapangan_usaha": "occupation", "status_pekerjaan": "employment",
        "jenis_disabilitas": "disability",
    }),
    "kusuka": (FISHER, "xlsx", {
        "Nomor KUSUKA": "source_id", "Nama Pelaku Usaha": "name", "NIK": "nik", "Tempat, Tanggal Lahir": "birth_place+birth_date",
        "L/P": "sex", "Alamat": "address", "Desa": "village", "Kec.": "district", "Jenis Profesi": "occupation",
        "No. HP": "phone",
    }),
    "rdkk": (FARMER, "xlsx", {
        "Nama Petani": "name", "KTP": "nik", "Tempat Lahir": "birth_place", "Tgl Lahir": "birth_date",
        "Nama Ibu Kandung": "mother_name", "Alamat": "address",
    }),
    "market": (MARKET, "csv", {
        "NAMA PEDAGANG": "name", "JENIS DAGANGAN": "occupation", "NO KTP": "nik", "ALAMAT RUMAH": "address",
        "KELURAHAN": "village", "NO TELP/WA": "phone", "OMZET PER BULAN": "income",
    }),
    "ojek": (OJEK, "csv", {
        "Nama Driver": "name", "NIK KTP": "nik", "TTL": "birth_place+birth_date", "No WA": "phone", "Status Nikah": "marital",
    }),
    "village": (VILLAGE, "xlsx", {
        "NAMA LENGKAP": "name", "NO. INDUK KEPENDUDUKAN": "nik", "NO. KARTU KELUARGA": "kk", "TGL. LAHIR": "birth_date",
        "JNS KELAMIN": "sex", "DUSUN": "hamlet", "RT": "hamlet", "RW": "hamlet", "MATA PENCAHARIAN": "occupation", "KET": "note",
    }),
}  # fmt: skip
SAVE = {"csv": save_csv, "xlsx": save_xlsx, "parquet": save_parquet}


def seen(tmp_path: Path, name: str) -> Looked:
    rows, kind, _wanted = LAYOUTS[name]
    merges = [(at, 0, at, 10) for at in range(3)] if name == "village" else []
    path = tmp_path / f"{name}.{kind}"
    if merges:
        return look(save_xlsx(path, rows, merges=merges))
    return look(SAVE[kind](path, rows))


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_columns_of_a_layout_are_suggested_with_a_reason(tmp_path: Path, name: str) -> None:
    found = seen(tmp_path, name)
    suggested = {column.title: "+".join(column.fields) for column in found.columns if column.fields != ("ignored",)}
    assert suggested == LAYOUTS[name][2]
    assert all(column.why and 0 <= column.confidence <= 100 for column in found.columns)
    assert not re.search(r"\d{16}", str(found))
    found.mapping.check()
    assert found.header_row == (5 if name == "village" else 1)


def test_a_file_without_titles_is_understood_by_its_cells(tmp_path: Path) -> None:
    rows = [
        [str(at), nik, name, date, sex] for at, (nik, name, date, sex) in enumerate(zip(NIKS, NAMES, DATES, SEXES, strict=True))
    ]
    found = look(save_csv(tmp_path / "polos.csv", rows))
    assert found.header_row == 0
    assert [column.fields[0] for column in found.columns] == ["ignored", "nik", "name", "birth_date", "sex"]


def test_a_family_card_under_the_title_nik_is_doubted(tmp_path: Path) -> None:
    rows = table(["NIK", "Nama", "Desa"], ("3515140101150000",) * 3 + ("3515140502180000",) * 2, NAMES, "Suruh")
    first = look(save_csv(tmp_path / "kk.csv", rows)).columns[0]
    assert (first.fields, first.confidence) == (("nik",), 30)
    assert "Nomor KK" in first.why


# --- the mapping ---


def test_a_mapping_survives_json_and_is_known_again_when_columns_moved(tmp_path: Path) -> None:
    kept = Mapping.from_json(seen(tmp_path, "market").mapping.to_json())
    rows = [list(reversed(row)) for row in MARKET]
    moved = look(save_xlsx(tmp_path / "lain.xlsx", [[title.title() for title in rows[0]], *rows[1:]]))
    assert moved.fingerprint == kept.fingerprint
    again = kept.for_titles([column.title for column in moved.columns], moved.header_row, moved.sheet)
    assert again.positions("nik") == [len(rows[0]) - 1 - kept.positions("nik")[0]]


def test_other_titles_are_refused_by_name(tmp_path: Path) -> None:
    kept = seen(tmp_path, "market").mapping
    with pytest.raises(InputError, match="NO KTP") as caught:
        kept.for_titles(["NAMA PEDAGANG", "Kode Pos"], 1, None)
    assert "Kode Pos" in str(caught.value)


def mapping(*fields: tuple[str, ...]) -> Mapping:
    return Mapping(tuple(MappedColumn(at, f"Kolom {at}", one) for at, one in enumerate(fields)))


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        (mapping(("nik",), ("village",)), "Kolom nama belum dipilih"),
        (mapping(("name",), ("sex",)), "Selain nama perlu sedikitnya satu"),
        (mapping(("name",), ("nik",), ("nik",)), "lebih dari satu kolom"),
        (mapping(("name",), ("nik", "kk")), "sekaligus"),
        (mapping(("name",), ("nikk",)), "tidak dikenal"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_in_the_users_words(decided: Mapping, told: str) -> None:
    with pytest.raises(InputError, match=told):
        decided.check()


def test_text_that_is_no_mapping_is_refused() -> None:
    for text in ("", "{}", "[]", '{"columns": [[1]]}'):
        with pytest.raises(InputError):
            Mapping.from_json(text)
