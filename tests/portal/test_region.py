"""The pages of a regional government: figures of its people, who pays for whom, what is about to end."""

from __future__ import annotations

from typing import Any

import pytest
from desks import MONTH, REASON, VILLAGE, Town, text_of
from django.db import connection

from jamsostek.access.models import Grant
from jamsostek.registry.queries.people import masked, show
from tests import cast

PAGES = ("/wilayah/", "/wilayah/pekerja/", "/wilayah/perusahaan/", "/wilayah/sponsor/")
FILES = ("/wilayah/angka/", "/wilayah/perusahaan/unduh/", "/wilayah/sponsor/unduh/")


pytestmark = pytest.mark.usefixtures("town_undone")


def read(answer: Any) -> str:
    """A file as text."""
    assert answer.status_code == 200
    return b"".join(answer).decode("utf-8-sig")


def trail(participant_id: int, action: str) -> list[tuple[str, str]]:
    """Fields and reasons of what the trail has about a person, the newest first."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT fields, reason FROM access_auditentry WHERE subject_id = %s AND action = %s ORDER BY id DESC",
            [participant_id, action],
        )
        return cursor.fetchall()


def test_the_pages_are_for_regional_governments_and_an_office_is_not_theirs(town: Town) -> None:
    for path in (*PAGES, *FILES):
        assert town.client("viewer").get(path).status_code == 200, path
        for who in ("officer", "agent", "ministry", "head", "worker"):
            assert town.client(who).get(path).status_code == 403, (who, path)
    for path in ("/kantor/", f"/kantor/peserta/{town.people['siti'].kpj}/", "/pantau/", "/agen/"):
        assert town.client("viewer").get(path).status_code == 403, path


def test_figures_count_people_of_the_region_once_and_by_how_they_are_covered(town: Town) -> None:
    told = text_of(town.client("viewer").get("/wilayah/"))
    assert "Orang terlindungi 4" in told, "Siti, Budi, Sutomo and Ni Luh, who has two numbers"
    assert "Penerima upah 0 2 2" in told
    assert "Iurannya dibayarkan 2 0 2" in told
    assert "Sumberwaras 1 1 2" in told and "Karangsari 0 0 0" in told and "Desa tidak diketahui 1 1 2" in told


def test_a_province_sees_its_regencies_and_each_by_village(town: Town) -> None:
    client = town.client("province")
    told = text_of(client.get("/wilayah/"))
    assert "Orang terlindungi 5" in told
    assert "Kabupaten Lumajang 0 1 1" in told and "Kabupaten Sidoarjo 2 2 4" in told
    assert "Pasirian Contoh 0 1 1" in text_of(client.get("/wilayah/kabupaten/3508/"))
    assert client.get("/wilayah/kabupaten/3273/").status_code == 404
    assert town.client("viewer").get("/wilayah/kabupaten/3508/").status_code == 404


def test_the_same_figures_come_as_a_file_without_a_person(town: Town) -> None:
    text = read(town.client("viewer").get("/wilayah/angka/?bentuk=csv"))
    assert f"{MONTH},3515,Kabupaten Sidoarjo,{VILLAGE},Sumberwaras,Iurannya dibayarkan,Laki-laki,1" in text
    assert "Siti" not in text and "Kabupaten Lumajang" not in text
    assert "Diunduh oleh pemda" in text.splitlines()[-1]


def test_sponsored_people_are_listed_starred_and_the_look_is_remembered(town: Town) -> None:
    client, budi = town.client("viewer"), town.people["budi"]
    told = text_of(client.get("/wilayah/pekerja/"))
    assert "Budi Hartono" in told and "Pemerintah Kabupaten Contoh" in told and "Segera berakhir" in told
    assert "Siti Rahmawati" not in told and "Wati" not in told
    with cast.everyone():
        assert masked([budi.pk])[budi.pk].nik in told
        assert show(participant_id=budi.pk, field="nik", reason=REASON) not in told
    assert trail(budi.pk, "look")[0] == ("name,kpj,timeline", "daftar pekerja yang dibayarkan")


def test_the_list_is_narrowed_by_payer_village_and_what_ends_soon(town: Town) -> None:
    client, village = town.client("viewer"), town.payers["village"].number
    assert "Budi Hartono" not in text_of(client.get(f"/wilayah/pekerja/?pembayar={village}"))
    assert "Sutomo" in text_of(client.get(f"/wilayah/pekerja/?pembayar={village}"))
    assert "Sutomo" not in text_of(client.get("/wilayah/pekerja/?keadaan=berakhir"))
    assert "Sutomo" not in text_of(client.get(f"/wilayah/pekerja/?desa={VILLAGE}"))
    assert "Tidak ada yang cocok" in text_of(client.get(f"/wilayah/pekerja/?desa={VILLAGE + 1}"))


def test_a_list_of_people_is_taken_away_only_with_the_right_and_is_remembered(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from jamsostek.access import roles

    without = replace(roles.ROLES[roles.Role.REGIONAL_VIEWER], can=frozenset({roles.Can.READ_CELLS}))
    monkeypatch.setitem(roles.ROLES, roles.Role.REGIONAL_VIEWER, without)
    client = town.client("viewer")
    assert client.get("/wilayah/pekerja/unduh/").status_code == 403
    assert "/wilayah/pekerja/unduh/" not in client.get("/wilayah/pekerja/").content.decode()
    allowed = replace(without, can=without.can | {roles.Can.EXPORT_PEOPLE})
    monkeypatch.setitem(roles.ROLES, roles.Role.REGIONAL_VIEWER, allowed)
    assert "/wilayah/pekerja/unduh/" in client.get("/wilayah/pekerja/").content.decode()
    text = read(client.get("/wilayah/pekerja/unduh/?bentuk=csv"))
    assert "Budi Hartono" in text and "Wati" not in text
    with cast.everyone():
        nik = show(participant_id=town.people["budi"].pk, field="nik", reason=REASON)
    assert len(trail(town.people["budi"].pk, "export")) == 1
    assert nik not in text


def test_sponsors_whose_people_are_about_to_lose_cover_stand_first_with_a_warning(town: Town) -> None:
    told = text_of(town.client("viewer").get("/wilayah/sponsor/"))
    assert "Perlindungan 1 orang berakhir bulan ini atau bulan depan" in told
    assert "Ingatkan pembayarnya" in told and "Kirim daftar" not in told, "this role sends no lists"
    assert told.index("Pemerintah Kabupaten Contoh") < told.index("Desa Sumberwaras")
    assert "Kabupaten Jauh" not in told


def test_employers_of_the_region_are_found_and_others_are_not(town: Town) -> None:
    client = town.client("viewer")
    assert "PT Contoh Makmur Sentosa" in text_of(client.get("/wilayah/perusahaan/?cari=makmur"))
    assert "Tidak ditemukan" in text_of(client.get("/wilayah/perusahaan/?cari=jauh"))
    assert "PT Jauh" not in read(client.get("/wilayah/perusahaan/unduh/?bentuk=csv"))


def test_kept_figures_are_never_those_of_rights_held_before(town: Town) -> None:
    client = town.client("viewer")
    with cast.everyone():
        grant = Grant.objects.get(user=town.users["viewer"])
    before = text_of(client.get("/wilayah/"))
    assert "Kabupaten Sidoarjo" in before and "Sumberwaras" in before
    with cast.everyone():
        grant.target = cast.LUMAJANG
        grant.save()
    after = text_of(client.get("/wilayah/"))
    assert "Kabupaten Lumajang" in after and "Sumberwaras" not in after
    assert tiles(after) != tiles(before)


def tiles(told: str) -> str:
    """What the first page says of people covered."""
    return told[told.index("Orang terlindungi") :][:80]
