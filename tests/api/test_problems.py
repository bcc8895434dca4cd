"""Every refusal is problem+json in the caller's language, names the field and the way out, and repeats no secret."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from town import Api, person_in

LONG = re.compile(r"\d{12,}")


def checked(answer: Any, status: int) -> dict[str, Any]:
    """A problem of a status, whole and without a long number."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(told)
    assert not LONG.search(answer.content.decode())
    return told


def test_a_wrong_person_is_told_field_by_field_in_both_languages(town: SimpleNamespace) -> None:
    body = {**person_in(), "name": "12345", "nik": cast.nik(cast.TODAY.replace(year=1990), "m"), "phone": "12"}
    told = checked(town.as_officer.post("/participants", body), 422)
    fields = {one["field"]: one for one in told["errors"]}
    assert {"name", "nik", "phone"} <= set(fields)
    assert fields["nik"]["value"] == "3515**********00"
    assert "value" not in fields["phone"]
    assert all(one["message"] and one["remedy"] for one in told["errors"])
    indonesian = Api(town.as_officer.token, lang="id").post("/participants", body)
    assert checked(indonesian, 422)["errors"][0]["message"] == "Nama tidak terbaca sebagai nama."
    assert told["errors"][0]["message"] != "Nama tidak terbaca sebagai nama."


@pytest.mark.parametrize(
    ("lang", "content"),
    [("en", "en"), ("en-GB,en;q=0.8", "en"), ("id", "id"), ("fr", "id"), ("", "id"), ("fr,en;q=0.5", "en"), ("\u00e9", "id")],
)
def test_the_language_is_the_one_asked_for(town: SimpleNamespace, lang: str, content: str) -> None:
    assert Api(lang=lang).get("/me").headers["Content-Language"] == content


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400), (b"", 415), (b"[]", 422), (b'"x"', 422), (b"null", 422), (b"\xff\xfe", 400), (b"[" * 100_000, 400),
        (b'{"name": "\\u0000"}', 422), (b'{"name": "\\ud800"}', 422), (b'{"name": 1e400}', 422), (b"1" * 5000, 400),
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_object_is_told_so(town: SimpleNamespace, body: bytes, status: int) -> None:
    answer = town.as_officer.client.generic(
        "POST", "/api/v1/participants", data=body, content_type="application/json",
        headers={"authorization": f"Bearer {town.as_officer.token}", "idempotency-key": "kunci-badan"},
    )  # fmt: skip
    checked(answer, status)


def test_media_types_sizes_and_methods(town: SimpleNamespace) -> None:
    headers = {"authorization": f"Bearer {town.as_officer.token}", "idempotency-key": "kunci-lain"}
    client = town.as_officer.client
    checked(client.generic("POST", "/api/v1/participants", data=b"a=1", content_type="text/plain", headers=headers), 415)
    large = json.dumps({"name": "x" * (1 << 20)})
    checked(client.generic("POST", "/api/v1/participants", data=large, content_type="application/json", headers=headers), 413)
    refused = client.generic("DELETE", "/api/v1/participants", headers=headers)
    checked(refused, 405)
    assert refused.headers["Allow"] == "GET, POST"
    broken = client.generic(
        "POST", "/api/v1/uploads", data=b"--x", content_type="multipart/form-data; boundary=", headers=headers
    )
    assert broken.status_code in (400, 422, 403)


@pytest.mark.parametrize("path", ["/nothing", "/participants/", "/../v2", "/participants/1/2/3", "/x%00y"])
def test_an_address_that_is_not_there(town: SimpleNamespace, path: str) -> None:
    checked(town.as_officer.get(path), 404)


def test_a_nik_has_no_place_in_an_address(town: SimpleNamespace) -> None:
    nik = cast.nik(cast.TODAY.replace(year=1990), "f")
    for path in (f"/participants/{nik}", f"/employers?name={nik}", f"/employers?name={nik[:4]}%{ord(nik[4]):02X}{nik[5:]}"):
        checked(town.as_officer.get(path), 400)
    checked(town.as_officer.post("/participants/search", {"text": nik}), 422)


def test_an_unknown_filter_is_no_filter(town: SimpleNamespace) -> None:
    told = checked(town.as_officer.get("/participants?regencycode=3515"), 422)
    assert told["errors"][0]["field"] == "regencycode"


def test_unknown_members_are_told(town: SimpleNamespace) -> None:
    told = checked(town.as_officer.post("/participants", {**person_in(), "nama": "X"}), 422)
    assert [one["field"] for one in told["errors"]] == ["nama"]


def test_a_version_that_is_not_named_or_not_the_last(town: SimpleNamespace) -> None:
    path, body = f"/participants/{town.dewi.kpj}", {"reason": "pindah rumah", "address": "Jalan Baru 1"}
    checked(town.as_officer.patch(path, body), 428)
    checked(town.as_officer.patch(path, body, if_match='"0000"'), 412)
    version = town.as_officer.get(path).headers["ETag"]
    done = town.as_officer.patch(path, body, if_match=version)
    assert done.status_code == 200
    assert done.headers["ETag"] != version
    checked(town.as_officer.patch(path, body, if_match=version), 412)


def test_a_fault_of_ours_is_told_as_one_and_leaves_nothing(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from jamsostek.access.models import DoneRequest
    from jamsostek.registry.queries import registers

    def broken(_participant_id: int) -> str:
        raise RuntimeError("rusak")

    monkeypatch.setattr(registers, "kpj_in_sight", broken)
    checked(town.as_officer.post("/participants", person_in("Tak Jadi"), idempotency_key="kunci-rusak"), 500)
    assert "rusak" in caplog.text
    with cast.everyone():
        assert not DoneRequest.objects.filter(key="kunci-rusak").exists()


def test_what_the_database_refuses_is_a_conflict(town: SimpleNamespace) -> None:
    work = {"kpj": town.ani.kpj, "from_month": "2026-01", "wage_rupiah": 4_000_000}
    path = f"/employers/{town.a.npp}/employments/{town.ani.kpj}"
    left = town.as_clerk_a.post(f"{path}/leaving", {"left_on": "2026-03-31"})
    assert left.status_code == 200
    again = town.as_clerk_a.post(f"/employers/{town.a.npp}/employments", {**work, "from_month": "2026-04"})
    assert again.json()["status"] == "taken_on"
    told = checked(town.as_clerk_a.post(f"{path}/leaving", {"left_on": "2026-02-28"}), 422)
    assert told["errors"][0]["field"] == "left_on"
    checked(town.as_clerk_a.post(f"{path}/reopening", {"reason": "keliru"}), 409)
