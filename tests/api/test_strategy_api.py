"""Regulations, plans, reports and sums of regions through the API."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cast
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from paid import fields, sent_file
from town import Api, token_of

from jamsostek.coverage.cube.schema import OPEN, SEGMENTS, at
from jamsostek.outreach.actions import half_reports, plans
from jamsostek.outreach.actions.plans import Item
from tests.coverage import invented_people as people_of
from tests.coverage.invented_people import Person, Tie

HERE = cast.SIDOARJO
GIVEN = {
    "region_code": str(HERE), "kind": "perkada", "number": "12", "year": "2025", "title": "Perlindungan petani",
    "signed_on": "2025-03-04", "settles": "groups,budget", "in_force_from": "2025-03-05",
}  # fmt: skip


@pytest.fixture(scope="module")
def region(town: SimpleNamespace) -> SimpleNamespace:
    """An officer and a head of a region, an officer of another, the ministry."""
    people = {
        "officer": cast.user("api.petugas", "regional_officer", "region", HERE),
        "head": cast.user("api.kepala", "regional_head", "region", HERE),
        "far": cast.user("api.jauh", "regional_officer", "region", cast.LUMAJANG),
        "ministry": cast.user("api.menteri", "ministry"),
    }  # fmt: skip
    return SimpleNamespace(**{name: Api(token_of(who)) for name, who in people.items()}, users=people)


def pdf() -> SimpleUploadedFile:
    file, document = io.BytesIO(), pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    document.save(file)
    return SimpleUploadedFile("naskah.pdf", file.getvalue())


def entered(api: Api, key: str, **given: Any) -> Any:
    return sent_file(api, "/regulations", key, paper=pdf(), **{**GIVEN, **given})


def test_a_regulation_is_entered_confirmed_and_read_by_everybody(region: SimpleNamespace) -> None:
    made = entered(region.officer, "regulation-0001")
    assert made.status_code == 201, made.content
    path = f"/regulations/{made.json()['code']}"
    assert (made.json()["state"], made.json()["settles"], made.json()["pages"]) == ("entered", ["groups", "budget"], 1)
    assert made.headers["Location"] == f"/api/v1{path}"
    anybody = Api()
    assert anybody.get(path).status_code == anybody.get(f"{path}/paper").status_code == 404
    assert region.officer.get(path).status_code == 200
    assert region.far.get(path).status_code == 404
    assert region.officer.post(f"{path}/confirmation").status_code == 403
    assert region.head.post(f"{path}/confirmation").json()["state"] == "confirmed"
    assert [one["number"] for one in anybody.get("/regulations?region=35&settles=groups").json()["items"]] == ["12"]
    assert anybody.get("/regulations?year=1999").json() == {"items": [], "next": None}
    assert anybody.get(f"{path}/paper").content[:5] == b"%PDF-"


def test_an_entry_that_makes_no_sense_is_refused_at_its_field(region: SimpleNamespace) -> None:
    assert fields(entered(region.officer, "regulation-0002", settles="semua")) == ["settles"]
    assert fields(entered(region.officer, "regulation-0003", in_force_until="2020-01-01")) == ["in_force_until"]
    assert fields(entered(region.officer, "regulation-0004", region_code="35150")) == ["region_code"]
    assert entered(region.far, "regulation-0005").status_code == 403
    assert entered(region.ministry, "regulation-0006").status_code == 403


def test_plan_reports_and_sums_are_read_by_whom_they_concern(region: SimpleNamespace) -> None:
    today = cast.TODAY
    with cast.as_user(region.users["officer"]):
        item = Item("budget", "Anggarkan petani", "Dinas", dt.date(2020, 1, 1))
        plans.add(region_code=HERE, year=2026, item=item, today=today)
        report = half_reports.draft(region_code=HERE, year=2026, half=1, today=today, now=cast.NOW)
    plan = f"/strategy-plan?region={HERE}&year=2026"
    (told,) = region.officer.get(plan).json()["items"]
    assert (told["title"], told["late"], told["file"]) == ("Anggarkan petani", True, False)
    assert region.far.get(plan).status_code == region.ministry.get(plan).status_code == 403
    listed = f"/half-reports?region={HERE}"
    (draft,) = region.officer.get(listed).json()["items"]
    assert draft["state"] == "draft"
    one = f"/half-reports/{draft['id']}"
    assert region.ministry.get(listed).json() == {"items": []}
    assert region.ministry.get(one).status_code == 404
    with cast.as_user(region.users["head"]):
        half_reports.sign(report_id=report.pk, today=today)
        half_reports.send(report_id=report.pk, today=today)
    assert region.ministry.get(one).json()["figures"]["protected"]["people"] == 0
    assert region.far.get(one).status_code == 404
    assert region.far.get(listed).json() == {"items": []}
    (here,) = [row for row in region.ministry.get("/strategy-done?year=2026").json()["items"] if row["region_code"] == HERE]
    assert (here["items"], here["first_half_sent"], here["second_half_sent"], here["people"]) == (1, True, False, 0)


def test_a_region_s_month_is_told_in_sums_to_who_works_for_it(region: SimpleNamespace) -> None:
    month = f"{timezone.localdate():%Y-%m}"
    asked = f"/region-month?region={HERE}&month="
    told = region.head.get(asked + month).json()
    assert (told["region_code"], told["month"], told["money"]) == (HERE, month, [])
    assert (
        told["covered"]
        == sum(told["changes"][name] for name in ("joined", "returned")) + told["covered_before"] - told["changes"]["ended"]
    )
    assert region.head.get(asked + "2020-01").json()["money"] is None
    assert region.head.get(asked + "2099-01").status_code == 422
    assert region.far.get(asked + month).status_code == region.ministry.get(asked + month).status_code == 403


def test_a_goal_is_proposed_confirmed_and_read_by_everybody_in_round_figures(
    region: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    tie = Tie(at(202501), OPEN, True, SEGMENTS.index("bpu_self"), 3, 1, 1, 0)
    people = [Person(number, at(202501), OPEN, 0, 90 * 12, 0, HERE, 1, (tie,)) for number in range(57)]
    people_of.photographed(tmp_path / "coverage", people)
    given = {"region_code": HERE, "kind": "own_account", "target": 500, "year": 2040, "why": "Petani"}
    made = region.officer.post("/goals", given)
    assert made.status_code == 201, made.content
    path = f"/goals/{made.json()['code']}"
    assert (made.json()["state"], made.json()["start_persons"], made.headers["Location"]) == ("proposed", None, f"/api/v1{path}")
    anybody = Api()
    assert anybody.get(path).status_code == 404 and anybody.get("/goals").json()["items"] == []
    assert region.far.get(path).status_code == 404
    assert region.officer.post(f"{path}/confirmation").status_code == region.far.post("/goals", given).status_code == 403
    assert region.head.post(f"{path}/confirmation").json()["state"] == "confirmed"
    (told,) = anybody.get("/goals?region=35&kind=own_account").json()["items"]
    assert (told["start_persons"], told["now_persons"], told["path_now"], told["standing"]) == (60, 60, 60, "on")
    assert anybody.get("/goals?region=31").json()["items"] == []
    assert fields(region.officer.post("/goals", {**given, "year": 2100})) == ["year"]
