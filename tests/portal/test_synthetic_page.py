"""The public page of the synthetic nation: every target with its result, line by line, and as a file."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jamsostek.portal.coverage.synthetic import WORKERS

pytestmark = pytest.mark.usefixtures("db")


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def reads(query: str = "", language: str = "id") -> str:
    client = Client()
    client.cookies["jamsostek_language"] = language
    return text(client.get(reverse("coverage:nation") + query))


def test_the_page_shows_each_target_and_the_deviation() -> None:
    told = reads()
    assert "Selisih terbesar 0 orang" in told and "Menyimpang" not in told
    for title in ("Segmen", "PU menurut provinsi", "Angkatan kerja menurut provinsi dan jenis kelamin, dengan bobot"):
        assert title in told, title
    assert "bekerja formal, padahal di angkatan kerja" in told
    assert "Semua angka" not in reads(language="en") and "Labour force by province and sex, weighted" in reads(language="en")


def test_a_table_is_shown_line_by_line_with_its_source() -> None:
    told = reads("?tabel=labour_force")
    assert "Aceh, laki-laki 1.673.627 1.673.627,00 1.673.627 1.673.627 0" in told
    assert "Papua Barat Daya, perempuan" not in told and "Papua Barat Daya, perempuan" in reads("?tabel=labour_force&hal=4")
    assert "Sakernas August 2025" in told and "tetap asumsi" in told
    assert "Asumsi" in reads("?tabel=ages") and "Nilai harapan" in reads("?tabel=wages")
    assert Client().get(reverse("coverage:nation") + "?tabel=tidak-ada").status_code == 404


def test_every_line_comes_as_a_file_and_adds_up() -> None:
    answer = Client().get(reverse("coverage:nation_file") + "?bentuk=csv")
    rows = [row for row in csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))) if row["Hasil"]]
    segments = [row for row in rows if row["Tabel"] == "Segmen"]
    assert sum(int(row["Hasil"]) for row in segments) == WORKERS
    assert all(row["Selisih"] == "0" for row in rows if row["Dasar"] != "Asumsi")
    assert all(abs(float(row["Diskalakan"]) - int(row["Sasaran"])) < 1 for row in rows if row["Diskalakan"])
