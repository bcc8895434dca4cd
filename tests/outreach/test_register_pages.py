"""A register through the pages: sent, its columns decided, read, looked at, taken out, deleted; and who may do which."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import cast
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from test_registers import BUDI, HOME, SITI, WRONG, as_user, csv, officer, read, sent

from jamsostek.outreach.actions import registers
from jamsostek.outreach.models import Mapping, Person, Register

NIK = "3515515203800001"


def client(user: Any) -> Client:
    return cast.signed_in(Client(), user)


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def about(**more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "region_code": HOME, "kind": "dtsen", "title": "DTSEN peragaan", "legal_basis": "Perjanjian contoh", "purpose": "Mencari",
        "snapshot_on-d": "1", "snapshot_on-m": "2", "snapshot_on-y": str(today.year - 1),
        "keep_until-d": "1", "keep_until-m": "2", "keep_until-y": str(today.year + 2), **more,
    }  # fmt: skip


def file(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("daftar.csv", csv(*rows), "text/csv")


def the_register() -> Register:
    with cast.everyone():
        return Register.objects.latest("pk")


def at(path: str = "") -> str:
    return f"/gerakan/daftar/{the_register().number}/{path}"


def test_a_register_comes_in_through_the_pages(committed_db: Any) -> None:
    mine = client(officer())
    assert "Daftar orang" in text(mine.get("/gerakan/"))
    assert "Tambah daftar" in text(mine.get("/gerakan/daftar/"))
    wrong = mine.post("/gerakan/daftar/tambah/", about(title="", file=file(SITI)))
    assert "Nama daftar belum diisi" in text(wrong)
    no_list = mine.post("/gerakan/daftar/tambah/", about(file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")))
    assert "bukan buku kerja" in text(no_list)
    went = mine.post("/gerakan/daftar/tambah/", about(file=file(SITI, BUDI, WRONG)))
    assert went["Location"] == at("kolom/")
    page = text(mine.get(at("kolom/")))
    assert "Siti Aminah" in page and NIK not in page and "3515**********01" in page
    assert page.count("<select") == 6
    with cast.everyone():
        assert "Siti" not in str(Register.objects.get().profile), "what was seen lies sealed"
    refused = mine.post(at("kolom/"), {"kolom-0": "ignored", "kolom-1": "nik"})
    assert refused.status_code == 422 and "Kolom nama belum dipilih" in text(refused)
    chosen = {
        "kolom-0": "name",
        "kolom-1": "nik",
        "kolom-2": "sex",
        "kolom-3": "birth_date",
        "kolom-4": "village_code",
        "kolom-5": "decile",
    }
    went = mine.post(at("kolom/"), {**chosen, "simpan": "1", "bagikan": "1", "nama": "Format DTSEN"})
    assert went["Location"] == at()
    assert "sedang dibaca" in text(mine.get(at()))
    done = read(the_register())
    assert (done.state, done.rows_kept, done.rows_refused) == ("ready", 2, 1)
    shown = text(mine.get(at()))
    assert "Perlu diperbaiki" not in shown and "Keadaan NIK" in shown and "Desil menurut tanggal data" in shown
    with cast.everyone():
        assert Mapping.objects.get().shared and Mapping.objects.get().name == "Format DTSEN"


def test_a_kept_mapping_is_offered_to_others_of_the_same_titles(committed_db: Any) -> None:
    from jamsostek.messages.guards import check_upload
    from jamsostek.messages.register.looked import look

    columns = look(check_upload(csv(SITI), "a.csv")).mapping.with_field(5, "ignored")
    with as_user(officer(3516)):
        registers.keep_mapping(region_code=3516, name="Format tetangga", columns=columns, shared=True)
        first = Mapping.objects.get()
        assert registers.keep_mapping(region_code=3516, name="Format tetangga", columns=columns, shared=True).pk == first.pk
        registers.keep_mapping(region_code=3516, name="Rahasia", columns=columns)
    mine = client(officer())
    mine.post("/gerakan/daftar/tambah/", about(file=file(SITI)))
    page = text(mine.get(at("kolom/")))
    assert "Format tetangga, dari" in page and "Rahasia" not in page
    assert page.split('name="kolom-5"')[1].split("</select>")[0].split("selected>")[1].startswith("Tidak dipakai")
    mine.post("/gerakan/daftar/tambah/", about(file=file(SITI), title="Lagi"))
    with cast.everyone():
        assert Register.objects.count() == 1, "the same file for the same day is one register"


def test_problems_and_the_file_that_goes_back(committed_db: Any) -> None:
    with as_user(officer()):
        register = sent(csv(SITI, BUDI, WRONG))
    read(register)
    mine = client(officer())
    kind = next(name for name in the_register().kinds if name.startswith("name"))
    page = text(mine.get(at(f"masalah/{kind}/")))
    assert "Baris 4" in page
    assert mine.get(at("masalah/tidak-ada/")).status_code == 404
    book = b"".join(mine.get(at("perbaikan/")).streaming_content)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        told = b"".join(parts.read(name) for name in parts.namelist())
    assert b"3515510105850003" in told, "their own row, whole"


@pytest.mark.parametrize("shape", ["xlsx", "csv", "parquet"])
def test_what_was_put_in_comes_out_for_a_reason(committed_db: Any, shape: str) -> None:
    with as_user(officer()):
        read(sent(csv(SITI, BUDI)))
    mine = client(officer())
    assert NIK not in text(mine.get(at("ambil/")))
    assert "Alasan belum diisi" in text(mine.post(at("ambil/"), {"reason": "", "shape": shape}))
    taken = b"".join(mine.post(at("ambil/"), {"reason": "Rapat verifikasi", "shape": shape}).streaming_content)
    if shape == "parquet":
        assert pq.read_table(io.BytesIO(taken)).select(["name", "nik", "decile"]).to_pylist()[0] == {
            "name": "Siti Aminah", "nik": NIK, "decile": 1,
        }  # fmt: skip
    elif shape == "csv":
        assert NIK in taken.decode("utf-8-sig")
    else:
        with zipfile.ZipFile(io.BytesIO(taken)) as parts:
            assert any(NIK.encode() in parts.read(name) for name in parts.namelist())
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM access_auditentry WHERE action = 'register.exported'")
        assert cursor.fetchall() == [("Rapat verifikasi",)]


def test_deleting_is_asked_twice_and_cancelling_once(committed_db: Any) -> None:
    with as_user(officer()):
        read(sent(csv(SITI, BUDI)))
    mine = client(officer())
    check = text(mine.post(at("hapus/"), {"reason": "Perjanjian berakhir"}))
    assert "Ya, hapus" in check and the_register().state == "ready"
    mine.post(at("hapus/"), {"reason": "Perjanjian berakhir", "langkah": "simpan"})
    assert the_register().state == "deleted"
    assert "sudah dihapus" in text(mine.get(at()))
    mine.post("/gerakan/daftar/tambah/", about(file=file(SITI)))
    assert "Batalkan daftar ini?" in text(mine.get(at("batal/")))
    mine.post(at("batal/"))
    assert the_register().state == "cancelled"
    with cast.everyone():
        assert Person.objects.count() == 0


def test_a_branch_looks_and_changes_nothing_and_other_regions_see_nothing(committed_db: Any) -> None:
    with as_user(officer()):
        read(sent(csv(SITI, BUDI)))
    branch = client(cast.user("cabang", "branch_officer", "region", HOME))
    assert "DTSEN Oktober" in text(branch.get("/gerakan/daftar/")) and "Tambah daftar" not in text(branch.get("/gerakan/daftar/"))
    assert branch.get(at()).status_code == 200
    for path in ("ambil/", "hapus/", "perbaikan/", "padankan/"):
        assert branch.get(at(path)).status_code == 403, path
    other = client(officer(3516))
    assert "DTSEN Oktober" not in text(other.get("/gerakan/daftar/"))
    for path in ("", "ambil/", "hapus/", "perbaikan/", "padankan/", "keadaan/"):
        assert other.get(at(path)).status_code == 403, path


def test_a_province_brings_in_a_register_of_its_own(committed_db: Any) -> None:
    province = cast.user("provinsi", "regional_officer", "region", 35)
    page = text(client(province).get("/gerakan/daftar/tambah/"))
    assert '<option value="35"' in page and '<option value="3516"' in page and '<option value="3201"' not in page
    with as_user(province):
        register = sent(csv(SITI), region_code=35)
    assert read(register).state == "ready"
    with as_user(officer()):
        assert Register.objects.count() == 0
