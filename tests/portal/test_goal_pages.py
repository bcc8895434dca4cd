"""Pages of a region's goals: from the officer by the head to everybody; exact for the region, rounded for all others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jamsostek.coverage.cube.schema import OPEN, SEGMENTS, at
from jamsostek.outreach.goals import Measured, on_path
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries import goals as queries
from tests import cast
from tests.coverage import invented_people as people_of
from tests.coverage.invented_people import Person, Tie
from tests.portal.desks import stored, text_of, undone

TODAY = cast.TODAY
HERE = cast.SIDOARJO
MEN, WOMEN, FEW = 133, 64, 4
"""Active people here; and people with a disability, of the men."""


def person(number: int, sex: int, disability: int) -> Person:
    return Person(
        number, at(202501), OPEN, sex, 90 * 12, disability, HERE, 1,
        (Tie(at(202501), OPEN, True, SEGMENTS.index("pu"), 3, 0, 1, HERE),),
    )  # fmt: skip


@pytest.fixture
def client(db: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Browsers of people who signed in, after a night in which everybody here was counted."""
    settings.JAMSOSTEK_DATA = tmp_path
    people = [person(number, int(number > MEN), int(number <= FEW)) for number in range(1, MEN + WOMEN + 1)]
    people_of.photographed(tmp_path / "coverage", people)
    for name in ("frame", "goals", "month"):
        monkeypatch.setattr(f"jamsostek.portal.strategy.{name}.today", lambda: TODAY)
    users = {
        "officer": cast.user("officer", "regional_officer", "region", HERE),
        "head": cast.user("head", "regional_head", "region", HERE),
        "far": cast.user("far", "regional_officer", "region", cast.LUMAJANG),
    }  # fmt: skip

    def make(who: str = "", language: str = "id") -> Client:
        found = cast.signed_in(Client(), users[who]) if who else Client()
        found.cookies["jamsostek_language"] = language
        return found

    with undone():
        yield make
    queries._counts.cache_clear()


def proposed(client: Any, **more: Any) -> RegionGoal:
    told = {"kind": "women_share", "percent": "43,92", "year": "2027", "why": "Perempuan tertinggal"} | more
    answer = client("officer").post(reverse("strategy:goal_new", args=[HERE]), told, follow=True)
    assert "Orang lain yang mengesahkannya" in text_of(answer), text_of(answer)[:900]
    row: RegionGoal = stored(RegionGoal, kind=told["kind"], year=int(told["year"]))
    return row


def confirmed(client: Any, **more: Any) -> RegionGoal:
    row = proposed(client, **more)
    answer = client("head").post(reverse("strategy:goal_confirm", args=[row.code]), {"x": "1"}, follow=True)
    assert "Siapa pun dapat membacanya sekarang" in text_of(answer), text_of(answer)[:900]
    return row


def everybody(client: Any, path: str = "/cakupan/kesenjangan/", language: str = "id") -> str:
    """What a page says of regions' goals."""
    text = text_of(client(language=language).get(path))
    heading = "Sasaran yang ditetapkan daerah" if language == "id" else "Goals set by regions"
    return text[text.index(heading) :]


def test_a_goal_goes_from_the_officer_by_the_head_to_everybody(client: Any) -> None:
    officer = client("officer")
    listed = reverse("strategy:goals", args=[HERE])
    assert "Belum ada sasaran yang disahkan" in text_of(officer.get(listed))
    assert "Belum ada sasaran yang disahkan" in everybody(client)
    row = proposed(client)
    here, confirm = reverse("strategy:goal", args=[row.code]), reverse("strategy:goal_confirm", args=[row.code])
    assert row.target == 4_392
    assert "Menunggu disahkan" in text_of(officer.get(listed)) and confirm not in officer.get(here).content.decode()
    assert officer.post(confirm).status_code == client("far").get(here).status_code == 403
    assert "43,92" not in everybody(client)
    assert "Angka awalnya dibekukan menurut potret malam 17 Juni 2026" in text_of(client("head").get(confirm))
    client("head").post(confirm, {"x": "1"})
    page = text_of(officer.get(here))
    assert "32,49 % (64 dari 197), Juni 2026, potret 17 Juni 2026" in page and "Tepat di jalur" in page
    assert "32,49 % (64 dari 197)" in text_of(officer.get(listed)), "exact for the region"
    for path in ("/cakupan/kesenjangan/", "/cakupan/provinsi/35/"):
        told = everybody(client, path)
        assert "43,92 %" in told and "30,00 % (60 dari 200), Juni 2026" in told, "rounded for everybody"
        assert "64 dari 197" not in told and "Tepat di jalur" in told and "Perempuan tertinggal" in told
    assert "43,92" not in everybody(client, "/cakupan/provinsi/31/")
    assert "On the path" in everybody(client, language="en")


def test_a_few_people_are_told_to_nobody(client: Any) -> None:
    row = confirmed(client, kind="disability", percent="", persons="1.500")
    assert row.target == 1_500
    assert "kurang dari 5, Juni 2026" in text_of(client("officer").get(reverse("strategy:goal", args=[row.code])))
    told = everybody(client)
    assert re.search(r"1\.500 .*2027 – – – –", told), told[:900]


def test_the_head_s_month_tells_the_goals(client: Any) -> None:
    confirmed(client, kind="coverage", denominator="employed", percent="20,5")
    month = reverse("strategy:month", args=[HERE])
    page = text_of(client("head").get(f"{month}?bulan=202606"))
    assert "Cakupan semua pekerja, dari: penduduk bekerja (Sakernas) 20,50 % 2027" in page and "Tepat di jalur" in page
    assert "Cakupan semua pekerja, dari: penduduk bekerja (Sakernas) (S06: anggapan)" in everybody(client), "spread by population"
    assert "Cakupan semua pekerja" not in text_of(client("head").get(f"{month}?bulan=202605")), "before it began"


def test_the_head_s_month_draws_what_the_night_counted_beside_the_goal(client: Any) -> None:
    row = confirmed(client, kind="coverage", denominator="employed", percent="20,5")
    month = reverse("strategy:month", args=[HERE]) + "?bulan=202606"
    page = client("head").get(month).content.decode()
    assert page.count('class="wide-chart"') == 3, "active members, who pays, who came and went"
    told = text_of(client("head").get(month))
    assert "197 orang pada Januari 2025, 197 pada Juni 2026. Jalur ke sasaran 2027: 197 pada Juni 2026." in told
    assert "Tautan tetap" not in told and "Sematkan" not in told, "figures of the region are not public"
    address = reverse("strategy:month_chart", args=[HERE, "aktif"]) + "?bulan=202606&bentuk=csv"
    assert address.replace("&", "&amp;") in page
    lines = b"".join(client("head").get(address)).decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ["Bulan", "Deret", "Orang"] and "sel malam pemasangan ini" in lines[1]
    path = [line for line in lines if line.startswith('Juni 2027,"Jalur')]
    base = stored(RegionGoal, pk=row.pk).start_base
    assert path and f",{ceil(on_path(Measured(202606, 197, base), 2_050, 2027, 202706) * base / 10_000)}," in path[0]
    assert any(line.startswith("Juni 2026,Peserta aktif,197,") for line in lines)
    assert client("far").get(address).status_code == 403
    assert client("head").get(reverse("strategy:month_chart", args=[HERE, "lain"])).status_code == 404
    english = text_of(client("head", "en").get(month))
    assert "Active members by month" in english and "Path to the goal 20.50 %, 2027" in english


def test_before_anybody_was_counted_the_head_s_month_draws_nothing(client: Any) -> None:
    month = reverse("strategy:month", args=[HERE])
    first = client("head").get(f"{month}?bulan=202412")
    assert 'class="wide-chart"' not in first.content.decode()
    assert (
        client("head").get(reverse("strategy:month_chart", args=[HERE, "aktif"]) + "?bulan=202412&bentuk=csv").status_code == 404
    )


def test_a_withdrawn_goal_stays_to_be_read_with_its_reason(client: Any) -> None:
    row = confirmed(client)
    withdraw = reverse("strategy:goal_withdraw", args=[row.code])
    assert client("officer").post(withdraw, {"reason": "Tidak mau"}).status_code == 403
    assert "Alasan belum diisi" in text_of(client("head").post(withdraw, {"reason": ""}))
    client("head").post(withdraw, {"reason": "Anggaran dipotong"})
    told = everybody(client)
    assert "Belum ada sasaran yang disahkan" in told and "Ditarik Anggaran dipotong" in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"percent": ""}, "Isian ini belum diisi"), ({"percent": "101"}, "di luar batas"),
        ({"persons": "1.5"}, "Tulis angkanya saja"),
        ({"denominator": "ucj"}, "Pembagi hanya"), ({"year": "2020"}, "di luar rencana"), ({"why": ""}, "Alasan belum diisi"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_at_its_field(client: Any, more: dict[str, str], said: str) -> None:
    told = {"kind": "women_share", "percent": "43,92", "year": "2027", "why": "Perempuan tertinggal"} | more
    assert said in text_of(client("officer").post(reverse("strategy:goal_new", args=[HERE]), told))


def test_a_goal_is_replaced_by_another(client: Any) -> None:
    old = confirmed(client)
    new = reverse("strategy:goal_new", args=[HERE])
    assert f'value="{old.code}" selected' in client("officer").get(f"{new}?ganti={old.code}").content.decode()
    confirmed(client, percent="45", year="2028", replaces=str(old.code))
    told = everybody(client)
    assert told.count("45,00 %") == 1 and "Diganti" in told and "43,92 %" in told
