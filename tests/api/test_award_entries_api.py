"""Nominations and evidence of the award through the API: entered, accepted by another, sent, checked by two, proven to all."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from paid import fields, sent_file
from town import Api, token_of

from jamsostek.awards.actions import juries
from tests.awards.competing import EDITION, JATENG, JATIM, committee, edition, officer, pdf, regulation

HERE = cast.SIDOARJO
GIVEN = {"edition": EDITION, "category": "regency_coverage", "subject": "regency", "code": HERE}


@pytest.fixture(scope="module")
def contest(town: SimpleNamespace) -> SimpleNamespace:
    """A running edition; an officer of a region and one of another, two of the committee, one of another province."""
    with cast.everyone():
        edition()
        users = {
            "officer": officer("lomba.dinas"), "far": officer("lomba.jauh", cast.LUMAJANG), "one": committee("lomba.satu", JATIM),
            "two": committee("lomba.dua"), "there": committee("lomba.jateng", JATENG), "jury": cast.user("lomba.juri", "jury"),
        }  # fmt: skip
    return SimpleNamespace(**{name: Api(token_of(user)) for name, user in users.items()})


def sent(api: Api, code: str, key: str, content: bytes | None = None, **given: Any) -> Any:
    told = {"criterion": "innovation", "kind": "innovation", "title": "Desa sadar", "summary": "Kader mendata."} | given
    file = SimpleUploadedFile("inovasi.pdf", pdf() if content is None else content)
    return sent_file(api, f"/award/entries/{code}/evidence", key, file=file, **told)


def test_a_nomination_is_made_once_and_accepted_by_another(contest: SimpleNamespace) -> None:
    made = contest.officer.post("/award/entries", GIVEN)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["area"], told["name"]) == ("nominated", JATIM, "Kabupaten Sidoarjo")
    assert contest.officer.post("/award/entries", GIVEN).json()["code"] == told["code"]
    assert [one["code"] for one in contest.officer.get("/award/entries").json()["items"]] == [told["code"]]
    assert contest.far.get("/award/entries").json()["items"] == contest.there.get("/award/entries").json()["items"] == []
    path = f"/award/entries/{told['code']}"
    assert contest.far.get(path).status_code == contest.there.get(path).status_code == 404
    assert contest.officer.post(f"{path}/acceptance").status_code == 403
    assert contest.one.post(f"{path}/acceptance").json()["state"] == "accepted"
    assert contest.one.post(f"{path}/refusal", {"reason": "Terlambat"}).status_code == 422
    mine = contest.one.post("/award/entries", {**GIVEN, "category": "regency_innovation"}).json()["code"]
    assert contest.one.post(f"/award/entries/{mine}/acceptance").status_code == 403
    assert contest.two.post(f"/award/entries/{mine}/disqualification", {"reason": "Belum diterima"}).status_code == 409
    assert contest.two.get(f"/award/entries?edition={EDITION}&state=nominated").json()["items"][0]["code"] == mine


def test_what_makes_no_sense_is_refused_at_its_field(contest: SimpleNamespace) -> None:
    post = contest.two.post
    assert fields(post("/award/entries", {**GIVEN, "code": 9101})) == ["subject_code"]
    assert "9301" in json.dumps(post("/award/entries", {**GIVEN, "code": 9101}).json())
    assert fields(post("/award/entries", {**GIVEN, "category": "village"})) == ["category"]
    assert fields(post("/award/entries", {**GIVEN, "edition": "lain-2026"})) == ["edition"]
    assert fields(post("/award/entries", {**GIVEN, "subject": "employer", "npp": "00000000"})) == ["subject_code"]
    assert contest.far.post("/award/entries", GIVEN).status_code == 403


def test_evidence_is_received_checked_by_two_and_proven_to_everybody(contest: SimpleNamespace) -> None:
    code = contest.officer.post("/award/entries", GIVEN).json()["code"]
    content = pdf("Lewat API")
    made = sent(contest.officer, code, "bukti-lomba-0001", content)
    assert made.status_code == 201, made.content
    receipt = made.json()
    assert receipt["sent_digest"] == hashlib.sha256(content).hexdigest()
    assert sent(contest.officer, code, "bukti-lomba-0002", content).json()["code"] == receipt["code"]
    assert Api().get(f"/award/receipts/{receipt['code']}").json() == receipt
    assert [one["code"] for one in Api().get(f"/award/editions/{EDITION}/manifest/province").json()] == [receipt["code"]]
    path = f"/award/evidence/{receipt['code']}"
    for barred in (path, f"{path}/file", f"/award/entries/{code}/evidence"):
        assert contest.jury.get(barred).status_code == 403, "a juror without a seat has declared nothing"
    with cast.everyone():
        seat = juries.appoint(
            edition=EDITION, level="nation", area=0, seat="chair", username="lomba.juri", home_regency=1101, today=cast.TODAY
        ).code
    undeclared = contest.jury.get(f"{path}/file")
    assert undeclared.status_code == 403 and "Declare your interests first" in undeclared.json()["detail"]
    assert contest.jury.post(f"/award/seats/{seat}/interests", {"kind": "none"}).status_code == 200
    held = contest.jury.get(f"{path}/file")
    assert hashlib.sha256(held.content).hexdigest() == receipt["digest"]
    for stranger in (contest.far, contest.there):
        assert stranger.get(path).status_code == stranger.get(f"{path}/file").status_code == 404
        assert stranger.get(f"/award/entries/{code}/evidence").json() == []
    assert Api().get(f"{path}/file").status_code == 401
    assert contest.one.post(f"{path}/check", {"good": False}).status_code == 422
    assert contest.one.post(f"{path}/check", {"good": True}).json()["state"] == "checked"
    assert contest.one.post(f"{path}/confirmation").status_code == 403
    assert contest.two.post(f"{path}/return", {"reason": "Periksa halaman dua"}).json()["state"] == "sent"
    assert contest.two.post(f"{path}/check", {"good": True}).json()["confirmed"] is False
    assert contest.one.post(f"{path}/confirmation").json()["confirmed"] is True
    assert contest.officer.post(f"{path}/withdrawal").json()["withdrawn_at"] is not None


def test_wrong_files_and_regulations_of_others_are_named(contest: SimpleNamespace) -> None:
    code = contest.officer.post("/award/entries", GIVEN).json()["code"]
    assert sent(contest.officer, code, "bukti-lomba-0003", b"MZ program").status_code == 422
    assert fields(sent(contest.officer, code, "bukti-lomba-0004", kind="budget")) == ["budget_year"]
    with cast.everyone():
        own, other = regulation(), regulation(cast.LUMAJANG, "9")
    path, asked = f"/award/entries/{code}/regulations", {"criterion": "regulation", "kind": "regulation"}
    assert fields(contest.officer.post(path, {**asked, "regulation": other.code})) == ["regulation"]
    assert contest.officer.post(path, {**asked, "regulation": own.code}).json()["digest"] == own.file_digest


def test_two_gigabytes_are_refused_by_their_length(contest: SimpleNamespace) -> None:
    code = contest.officer.post("/award/entries", GIVEN).json()["code"]
    answer = contest.officer.client.generic(
        "POST", f"/api/v1/award/entries/{code}/evidence", b"x", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 << 30),
        headers={"authorization": f"Bearer {contest.officer.token}", "idempotency-key": "bukti-lomba-0005"},
    )  # fmt: skip
    assert answer.status_code == 413
