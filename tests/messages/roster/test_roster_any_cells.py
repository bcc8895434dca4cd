"""Whatever stands in the cells: every row is accepted or told why not, and nothing crashes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_books import AGUS, EMPLOYER_TITLES, JOINS, MADE, MONTH, SITI, SPONSOR_TITLES

from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.roster.interpret import _List
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.messages.roster.layouts import EMPLOYER, SPONSOR, Layout
from jamsostek.messages.roster.reader import roster_of
from jamsostek.messages.roster.records import Roster
from jamsostek.messages.roster.titles import VOCABULARY
from jamsostek.messages.tables.marks import NO_MARKS
from jamsostek.messages.tables.sheets import Sheet

TYPED = [
    "", " ", "-", "'", "0", "MASUK", "KELUAR", "UBAH UPAH", "ubah data", AGUS, SITI, MADE, AGUS[:15], "35I5141708900000",
    "1" * 16, "L",
    "P", "Agus Santoso", "Alm. Agus", "=1+1", "#N/A", "#REF!", "17-08-1990", "31-02-1990", "17/8/90", "Rp 4.500.000,-",
    "4,5jt", "35.15",
    "Bandung", "Jawa Timur", "3515142003", "0812", "081200000001", "BRI", "000000000012", "PHK", "Meninggal dunia", "Magang",
    "PNS",
    "Fisik", "Berat", "ya", "tidak", "mungkin", "26012345678", "\u00a0", "\x00", "\ufffd", "é" * 300, "Paspor",
]  # fmt: skip
NUMBERS = [0.0, -1.0, 1.0, 4.5, 1e300, float("inf"), float("nan"), 3515141708900000.0, 4_750_000.0, 33102.0, 35.15, 81200000001.0]
EIGHT = dt.time(8, 0)
MOMENTS = [dt.date(1990, 8, 17), dt.datetime.combine(dt.date(2026, 6, 2), EIGHT), dt.date.max, EIGHT, dt.timedelta(days=3)]
CELLS = st.one_of(st.sampled_from([*TYPED, *NUMBERS, *MOMENTS, True, False]), st.text(max_size=20), st.floats())


def read_cells(rows: list[list[Any]], layout: Layout, titles: dict[str, str]) -> Roster:
    """Reads rows as calamine would give them."""
    head = list(titles.values())
    header = VOCABULARY.find_header([head])
    assert header is not None
    found = Sheet("Uji", [head, *rows], 0, 0, header)
    good, problems = _List(found, NO_MARKS, layout, MONTH).tables({3515142003: "Suruh"}, (18, 65, 30))
    return roster_of(good, problems, name="uji.xlsx", layout=layout.name, month=MONTH)


@pytest.mark.parametrize(("layout", "titles"), [(EMPLOYER, EMPLOYER_TITLES), (SPONSOR, SPONSOR_TITLES)])
@settings(max_examples=150)
@given(data=st.data())
def test_any_cells_are_accepted_or_told(layout: Layout, titles: dict[str, str], data: st.DataObject) -> None:
    width = len(titles)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6))
    # At least one row is certainly a person's.
    rows.append([JOINS.get(field, "") for field in titles])
    roster = read_cells([list(row) for row in rows], layout, titles)
    accepted, refused = set(roster.rows["row"].to_pylist()), set(roster.refused_rows())
    assert accepted.isdisjoint(refused)
    assert roster.counts.read == len(accepted) + len(refused)
    for problem in roster.problems():
        assert problem.problem and problem.remedy and "{" not in problem.expected
        assert problem.kind in KINDS
    for row in roster.rows.to_pylist():
        assert row["name"] and row["activity"] in layout.activities
        assert row["nik"] or row["kpj"]
        if row["activity"] == "join":
            assert row["birth_date"] and row["sex"]
        if layout is EMPLOYER and row["activity"] in ("join", "wage") and row["segment"] != "trainee":
            assert row["wage_rupiah"] or row["daily_wage_rupiah"]


def test_rows_of_nobody_alone_are_refused() -> None:
    with pytest.raises(FileUnreadable, match="Tidak ada orang"):
        read_cells([["Jumlah", *[""] * (len(EMPLOYER_TITLES) - 1)]], EMPLOYER, EMPLOYER_TITLES)
