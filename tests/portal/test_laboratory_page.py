"""The policy laboratory's public pages."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import yaml

from jamsostek.coverage.laboratory.shipped import example_files, example_result
from jamsostek.portal.coverage.laboratory import short

LAB = "/cakupan/kebijakan/"


@pytest.fixture
def visit(client: Any, db: Any) -> Any:
    """Reads a page as a visitor, in a language."""

    def go(address: str, lang: str = "id") -> Any:
        client.cookies["jamsostek_language"] = lang
        return client.get(address)

    return go


def body(response: Any) -> str:
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode("utf-8-sig")


def test_examples_stand_side_by_side_with_what_is_assumed(visit: Any) -> None:
    page = body(visit(LAB))
    for one in example_result()["scenarios"][1:]:
        assert one["title"]["id"] in page and f"{LAB}{one['name']}/" in page
    assert "Rp609.160" in page and "diandaikan, perlu diganti" in page and "bukan usulan siapa pun" in page


@pytest.mark.parametrize("name", sorted(example_files()))
def test_an_example_shows_its_difference_and_gives_its_file(name: str, visit: Any) -> None:
    page = body(visit(f"{LAB}{name}/"))
    assert "Dengan reformasi" in page and "<svg" in page
    kept = visit(f"{LAB}{name}/reformasi.yaml")
    assert yaml.safe_load(body(kept)) == yaml.safe_load(example_files()[name].read_text(encoding="utf-8"))
    assert f"{name}.yaml" in kept["Content-Disposition"]


def test_its_charts_have_a_page_of_their_own(visit: Any) -> None:
    page = body(visit("/cakupan/grafik/reformasi-jp-empat-persen-iuran/"))
    assert "Dibayar pemberi kerja" in page and "<svg" in page
    assert visit("/cakupan/grafik/reformasi-jp-empat-persen-keluarga/").status_code == 404


def test_the_csv_is_the_kept_result(visit: Any) -> None:
    found = list(csv.DictReader(io.StringIO(body(visit(f"{LAB}jp-empat-persen/?bentuk=csv")))))
    told = next(one for one in example_result()["scenarios"] if one["name"] == "jp-empat-persen")
    line = next(row for row in found if (row["dimension"], row["group"], row["measure"]) == ("province", "32", "fund_jp"))
    assert int(line["value"]) == told["province"]["32"]["fund_jp"] and line["group_name"] == "Jawa Barat"


def test_groups_are_chosen_by_a_word_in_the_address(visit: Any) -> None:
    assert "Papua Pegunungan" in body(visit(f"{LAB}jp-empat-persen/?menurut=provinsi"))
    assert "Papua Pegunungan" not in body(visit(f"{LAB}jp-empat-persen/?menurut=apa-saja"))


@pytest.mark.parametrize(("word", "dimension", "group"), [
    ("penghasilan", "decile", "ke-1"), ("jenis-kelamin", "sex", "Perempuan"), ("provinsi", "province", "Papua Selatan"),
])  # fmt: skip
def test_the_examples_stand_side_by_side_for_each_group(word: str, dimension: str, group: str, visit: Any) -> None:
    page = body(visit(f"{LAB}?menurut={word}&ukuran=by_apbd"))
    assert group in page and "Dibayar APBD menurut" in page
    standing, *others = example_result()["scenarios"]
    moved = [
        short("by_apbd", one[dimension][key]["by_apbd"] - standing[dimension][key]["by_apbd"], signed=True)
        for one in others
        for key in standing[dimension]
    ]
    assert any(one != "tetap" for one in moved) and all(one in page for one in moved)


def test_a_year_is_twelve_times_the_month_where_figures_stand(visit: Any) -> None:
    for address in (LAB, f"{LAB}jp-empat-persen/"):
        assert "Setahun di sini dua belas kali" in body(visit(address))
    assert "A year here is twelve times" in body(visit(LAB, "en"))


def test_there_is_no_page_of_a_reform_that_is_none(visit: Any) -> None:
    assert visit(f"{LAB}tiada/").status_code == 404
    assert visit(f"{LAB}tiada/reformasi.yaml").status_code == 404
