"""Editions by the API and from the command line: the same actions, read by everybody once open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cast
import pytest
from paid import made
from town import Api, token_of
from typer.testing import CliRunner

from jamsostek.awards.reading import samples
from jamsostek.cli.main import app

SAMPLE = samples()["peragaan-2026"]
URL = "/award/editions"


@pytest.fixture
def apis(db: Any) -> dict[str, Api]:
    """Two of the nation's committee, one of a province's, and nobody in particular."""
    people = {
        "one": cast.user("panitia.satu", "award_committee"), "other": cast.user("panitia.dua", "award_committee"),
        "province": cast.user("panitia.provinsi", "award_committee", "region", 35),
        "ministry": cast.user("kementerian", "ministry"),
    }  # fmt: skip
    return {name: Api(token_of(user)) for name, user in people.items()}


def test_an_edition_is_read_by_everybody_once_another_opened_it(apis: dict[str, Api]) -> None:
    whole = made(apis["one"].post(URL, {"content": SAMPLE}), 201)
    assert (whole["state"], whole["version"], whole["invented"]) == ("draft", 1, True)
    assert apis["ministry"].get(f"{URL}/peragaan-2026").status_code == 404
    assert apis["one"].post(f"{URL}/peragaan-2026/steps", {"step": "opened", "version": 1}).status_code == 403
    assert made(apis["other"].post(f"{URL}/peragaan-2026/steps", {"step": "opened", "version": 1}))["state"] == "open"
    read = made(apis["ministry"].get(f"{URL}/peragaan-2026"))
    assert sum(one["weight_ppm"] for one in read["categories"][0]["criteria"]) == 1_000_000
    assert [one["code"] for one in made(apis["ministry"].get(URL))["items"]] == ["peragaan-2026"]
    assert made(apis["ministry"].get(f"{URL}?year=2019"))["items"] == []


def test_a_change_is_told_by_the_api_thing_by_thing(apis: dict[str, Api]) -> None:
    one, other = apis["one"], apis["other"]
    made(one.post(URL, {"content": SAMPLE}), 201)
    made(other.post(f"{URL}/peragaan-2026/steps", {"step": "opened", "version": 1}))
    later = SAMPLE.replace("nominate_until: 2026-12-31", "nominate_until: 2027-01-15")
    refused = one.post(URL, {"content": later, "after": 1})
    assert refused.status_code == 422 and "This edition is open" in refused.content.decode()
    made(one.post(URL, {"content": later, "after": 1, "reason": "Banjir"}), 201)
    told = made(apis["ministry"].get(f"{URL}/peragaan-2026/differences/1/2"))["items"]
    assert [(row["place"], row["before"], row["after"]) for row in told] == [("days.nominate_until", "2026-12-31", "2027-01-15")]
    assert [row["reason"] for row in made(apis["ministry"].get(f"{URL}/peragaan-2026/versions"))["items"]] == ["Banjir", ""]
    assert apis["ministry"].get(f"{URL}/peragaan-2026/differences/1/9").status_code == 404


def test_what_is_wrong_is_told_to_programs_with_its_place(apis: dict[str, Api]) -> None:
    answer = apis["one"].post(URL, {"content": SAMPLE.replace("weight: 18", "weight: 19", 1)})
    assert answer.status_code == 422
    assert "categories.employer_large.criteria" in answer.content.decode()
    assert apis["province"].post(URL, {"content": SAMPLE}).status_code == 403
    assert apis["ministry"].post(URL, {"content": SAMPLE}).status_code == 403


def test_the_sample_is_written_to_a_file_and_checked_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "edisi.yaml"
    assert CliRunner().invoke(app, ["award", "sample", "--out", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == SAMPLE
    checked = CliRunner().invoke(app, ["award", "check", str(file)])
    assert checked.exit_code == 0 and "13 kategori" in checked.output
    file.write_text(SAMPLE.replace("weight: 18", "weight: 19", 1), encoding="utf-8")
    wrong = CliRunner().invoke(app, ["award", "check", str(file)])
    assert wrong.exit_code != 0 and "101 %" in str(wrong.exception)


def test_the_command_line_writes_says_when_nothing_changed_and_does_not_open_what_it_wrote(
    apis: dict[str, Api], tmp_path: Path
) -> None:
    file = tmp_path / "edisi.yaml"
    file.write_text(SAMPLE, encoding="utf-8")

    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["award", *words])

    assert "versi 1 tersimpan" in run("write", str(file)).output
    again = run("write", str(file))
    assert "tidak ada yang berubah, versi 1 tetap berlaku" in again.output and "tersimpan" not in again.output
    refused = run("open", "peragaan-2026")
    assert refused.exit_code != 0 and "baris perintah" in str(refused.exception)
    assert made(apis["one"].post(f"{URL}/peragaan-2026/steps", {"step": "opened", "version": 1}))["state"] == "open"
