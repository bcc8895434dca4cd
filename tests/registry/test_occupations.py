"""Occupations as registers write them."""

from __future__ import annotations

import pytest

from jamsostek.registry import occupations
from jamsostek.registry.industries import industries


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Buruh tani/perkebunan", "farmer"), ("PETANI PENGGARAP", "farmer"), ("Nelayan/perikanan", "fisher"),
        ("OJEK ONLINE", "driver"),
        ("Buruh kebun sawit", "palm"), ("Petani tembakau", "tobacco"), ("Pedagang pasar", "market"), ("Tukang batu", "builder"),
        ("Mengurus rumah tangga", "none"), ("Ibu Rumah Tangga", "none"), ("IRT", "none"), ("Belum/Tidak Bekerja", "none"),
        ("Tidak bekerja", "none"), ("Pelajar/Mahasiswa", "none"), ("Pensiunan", "none"), ("Asisten rumah tangga", "domestic"),
        ("Guru ngaji", "religious"), ("Kader Posyandu", "cadre"), ("Buruh harian lepas", "labourer"), ("Astronot", "other"),
        ("", ""), ("Pembantu rumah tangga", "domestic"), ("Peternak kambing", "livestock"), ("Wiraswasta", "other"),
        ("Buruh pabrik rokok", "tobacco"),
    ],
)  # fmt: skip
def test_kinds_of_work(text: str, kind: str) -> None:
    assert occupations.kind_of(text) == kind


@pytest.mark.parametrize(
    ("occupation", "employment", "works"),
    [(None, None, None), ("Petani", None, True), ("Petani", "Tidak bekerja", False), (None, "Bekerja", True), ("1", "2", None),
     ("Mengurus rumah tangga", "Berusaha sendiri", True), ("Mengurus rumah tangga", None, False)],
)  # fmt: skip
def test_whether_somebody_works_is_said_by_their_status_first(occupation: str, employment: str, works: bool | None) -> None:
    assert occupations.works(occupation, employment) is works


def test_risks_are_of_lines_that_the_annex_has() -> None:
    lines = {one.code: one.risk_class for one in industries()}
    for one in occupations.KINDS:
        if one.annex:
            risk = occupations.risk_of(one.key)
            assert risk is not None and lines[one.annex] == occupations.CLASSES[risk - 1], one
    assert occupations.risk_of("cadre") is None and occupations.risk_of("none") is None
