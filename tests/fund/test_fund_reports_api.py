"""Liquidity, stress and reports through the API, and a report from the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from holding import House
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.fund.actions import reports
from tests import cast

pytestmark = pytest.mark.usefixtures("db")
STRESS = {"scenario": "market", "on": "2026-03-31", "changed": {"fall.equity": 500_000}}


@pytest.fixture
def house(db: Any) -> House:
    found = House()
    found.money("jkk", 5_000_000_000)
    return found


class Caller:
    """Somebody signed in who speaks JSON."""

    def __init__(self, user: Any) -> None:
        self.client = cast.signed_in(Client(), user)
        self.count = 0

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}")

    def post(self, path: str, body: Any) -> Any:
        self.count += 1
        headers = {"Idempotency-Key": f"uji-laporan-{id(self)}-{self.count}"}
        return self.client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)


def caller(house: House, role: str) -> Caller:
    return Caller(house.people[role])


def test_liquidity_tells_five_funds_and_twenty_four_months(house: House) -> None:
    told = caller(house, "head_office").get("/funds/liquidity?on=2026-03-31").json()
    assert [one["fund"] for one in told["funds"]] == ["jkk", "jkm", "jht", "jp", "jkp"]
    assert told["funds"][0]["cash_rupiah"] == 5_000_000_000
    assert [len(one["months"]) for one in told["funds"]] == [24] * 5
    assert told["funds"][0]["months"][0]["month"] == "2026-04"
    parameters = caller(house, "risk").get("/funds/stress-parameters").json()["items"]
    assert next(one for one in parameters if one["id"] == "fall.equity")["value"] == 377_500


def test_a_stress_test_is_tried_kept_and_answered(house: House) -> None:
    risk, chief = caller(house, "risk"), caller(house, "chief")
    tried = risk.post("/funds/stress-tests", STRESS)
    assert tried.status_code == 200, tried.content
    assert tried.json()["used"]["fall.equity"] == 500_000
    assert risk.get("/funds/stress-runs").json()["items"] == []
    made = risk.post("/funds/stress-runs", {**STRESS, "reference": "API-1", "title": "Pasar"})
    assert (made.status_code, made.json()["state"]) == (201, "waiting")
    path = made.headers["Location"].removeprefix("/api/v1")
    assert chief.get(path).json()["results"]["funds"][0]["fund"] == "jkk"
    assert risk.post(f"{path}/answer", {"approved": True}).status_code == 403
    assert chief.post(f"{path}/answer", {"approved": False}).status_code == 422
    assert chief.post(f"{path}/answer", {"approved": True}).json()["state"] == "approved"
    assert [one["reference"] for one in chief.get("/funds/stress-runs?scenario=market").json()["items"]] == ["API-1"]
    assert caller(house, "dealer").post("/funds/stress-runs", {**STRESS, "reference": "API-2", "title": "x"}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"scenario": "meteor"}, {"on": "1900-01-01"}, {"changed": {"fall.gold": 1}}, {"changed": {"fall.equity": 10**12}},
     {"scenario": "quake"}, {"scenario": "quake", "region": 99}, {"changed": {"fall.equity": "banyak"}}, {"members": -1}],
)  # fmt: skip
def test_wrong_questions_are_told_and_never_crash(house: House, wrong: dict[str, Any]) -> None:
    assert caller(house, "risk").post("/funds/stress-tests", STRESS | wrong).status_code == 422


def test_a_report_is_asked_for_read_signed_and_taken_away(house: House) -> None:
    risk, chief = caller(house, "risk"), caller(house, "chief")
    assert risk.post("/funds/reports", {"fund": "jkk"}).status_code == 422
    assert risk.post("/funds/reports", {"fund": "jkk", "month": "2099-01"}).status_code == 422
    made = risk.post("/funds/reports", {"fund": "jkk", "month": "2026-03"})
    assert (made.status_code, made.json()["state"], made.json()["done"]) == (201, "draft", 6), made.content
    path = made.headers["Location"].removeprefix("/api/v1")
    whole = chief.get(path).json()
    assert whole["content"]["position"]["worth"]["now"] == 5_000_000_000
    signed = chief.post(f"{path}/answer", {"signed": True}).json()
    assert (signed["state"], len(signed["digest"])) == ("signed", 64)
    assert chief.get(f"{path}/paper").content.startswith(b"%PDF")
    assert chief.get(f"{path}/workbook").content.startswith(b"PK")
    assert [one["period"] for one in chief.get("/funds/reports?fund=jkk&kind=monthly").json()["items"]] == [202603]
    assert Client().get(f"/api/v1{path}").status_code == 401
    assert Client().get("/api/v1/funds/annual-reports/2020").status_code == 404


def run(*words: str, lang: str = "en") -> Any:
    with speaking(lang):
        return CliRunner().invoke(app, ["--lang", lang, "fund", "report", *words])


def test_the_command_line_writes_the_newest_edition(house: House, tmp_path: Path) -> None:
    out = tmp_path / "jkk.pdf"
    told = run("2026-03", "--fund", "jkk", "--out", str(out))
    assert "edition 1, Draft, waits for a signature" in told.output, (told.output, told.exception)
    with pypdfium2.PdfDocument(out.read_bytes()) as paper:
        assert "JKK fund" in paper[0].get_textpage().get_text_bounded()
    with house.act("chief"):
        reports.answer(
            report_id=reports.ask(kind="monthly", fund="jkk", period=202603, today=dt.date(2026, 5, 1)).pk, signed=True
        )
    assert "edisi 1, Ditandatangani" in run("2026-03", "--fund", "jkk", "--out", str(tmp_path / "jkk.xlsx"), lang="id").output
    assert (tmp_path / "jkk.xlsx").read_bytes().startswith(b"PK")
    assert isinstance(run("2026-03", "--fund", "xyz", "--out", str(out)).exception, InputError)
    assert isinstance(run("2026-03", "--out", "laporan.docx").exception, InputError)
