"""Registers over the API: the same actions as the pages, with a token."""

from __future__ import annotations

import datetime as dt
from typing import Any

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from town import Api, token_of

from jamsostek.access.roles import Can
from jamsostek.outreach.actions import linking, registers
from jamsostek.outreach.models import Register, Run

HOME, VILLAGE = 3515, 3515511001
NIK = "3515515203800001"


def csv(*rows: str) -> bytes:
    return ("Nama,NIK,JK,Tanggal Lahir,Kode Desa\n" + "\n".join(rows) + "\n").encode()


TWICE = [f"Siti Aminah Contoh,,P,17-08-1975,{VILLAGE}"] * 2
OTHERS = [f"Orang Daftar {letter},,L,{at + 1:02d}-01-19{60 + at},{VILLAGE}" for at, letter in enumerate("ABCDEFGHIJKL")]
CONTENT = csv(f"Dewi Lestari,{NIK},P,12-03-1980,{VILLAGE}", *TWICE, *OTHERS, "123,,,,")


@pytest.fixture
def api(committed_db: Any) -> Api:
    return Api(token_of(cast.user("petugas-daerah", "regional_officer", "region", HOME)))


def create(api: Api, **more: Any) -> Any:
    today = dt.datetime.now(dt.UTC).date()
    told = {
        "region_code": HOME, "kind": "dtsen", "title": "DTSEN API", "snapshot_on": f"{today.year - 1}-02-01",
        "legal_basis": "Perjanjian contoh", "purpose": "Uji", "keep_until": f"{today.year + 2}-02-01", **more,
    }  # fmt: skip
    headers = {
        "authorization": f"Bearer {api.token}",
        "idempotency-key": f"register-{len(more)}-{more.get('title', '').replace(' ', '-')}",
        "accept-language": "en",
    }
    given = {**told, "file": SimpleUploadedFile("daftar.csv", CONTENT)}
    return api.client.post("/api/v1/registers", given, headers=headers)


def read_now() -> None:
    with cast.everyone():
        found = Register.objects.latest("pk")
    registers.read(found.pk, now=cast.NOW)


def mapped(api: Api, **more: Any) -> int:
    number: int = create(api, **more).json()["number"]
    told = api.get(f"/registers/{number}/columns").json()["columns"]
    chosen = [{"position": one["position"], "fields": one["fields"]} for one in told]
    assert api.post(f"/registers/{number}/columns", {"columns": chosen, "keep": "Format API"}).status_code == 200
    read_now()
    return number


def test_a_register_is_sent_mapped_and_read(api: Api) -> None:
    made = create(api)
    assert made.status_code == 201, made.json()
    number = made.json()["number"]
    assert made["Location"] == f"/api/v1/registers/{number}" and made.json()["state"] == "mapping"
    told = api.get(f"/registers/{number}/columns")
    assert told.json()["columns"][0]["fields"] == ["name"] and NIK not in told.content.decode()
    wrong = api.post(f"/registers/{number}/columns", {"columns": [{"position": 99, "fields": ["name"]}]})
    assert wrong.status_code == 422
    assert api.post(f"/registers/{number}/columns", {"columns": [{"position": 0, "fields": ["nik"]}]}).status_code == 422
    assert create(api, title="Sekali lagi").json()["number"] == number
    assert mapped(api) == number
    whole = api.get(f"/registers/{number}").json()
    assert (whole["state"], whole["rows_kept"], whole["rows_refused"]) == ("ready", 15, 1)
    assert whole["profile"]["kept"] == 15 and whole["problems"][0]["severity"] == "error"
    kind = whole["problems"][0]["kind"]
    assert api.get(f"/registers/{number}/problems?kind={kind}").json()["items"][0]["row"] == 17
    assert b"".join(api.get(f"/registers/{number}/returned").streaming_content)[:2] == b"PK"
    assert api.get("/registers").json()["items"][0]["number"] == number
    assert api.get(f"/registers/{number}/columns").status_code == 404


def test_a_register_is_linked_and_its_pairs_are_answered(api: Api) -> None:
    number = mapped(api)
    made = api.post(f"/registers/{number}/links", {"against": "within"})
    assert made.status_code == 202, made.json()
    run = made.json()["id"]
    with cast.everyone():
        linking.work(Run.objects.get().pk, now=cast.NOW)
    told = api.get(f"/links/{run}").json()
    assert told["state"] == "done" and told["waiting"]["ask"] == told["counts"]["ask"] >= 1
    waiting = api.get(f"/links/{run}/pairs").json()["items"]
    pair = waiting[0]
    card = api.get(f"/links/{run}/pairs/{pair['person']}").json()
    assert card["record"]["name"] == card["member"]["name"] == "Siti Aminah Contoh" and card["weight"] is None
    assert "decile" not in card["record"]
    done = api.post(f"/links/{run}/pairs/{pair['person']}/answers", {"answer": "same", "reason": "Kartu keluarga"})
    assert done.json() == {"answer": "same", "blind": True}
    assert api.get(f"/links/{run}/pairs/{pair['person']}").json()["weight"] > 6
    assert api.get(f"/links/{run}/pairs").json()["items"] == waiting[1:]
    assert api.get(f"/links/{run}/pairs/{'x' * 32}").status_code == 404


def test_cancelling_and_deleting(api: Api) -> None:
    number = create(api).json()["number"]
    assert api.post(f"/registers/{number}/cancellation").json()["state"] == "cancelled"
    again = mapped(api, title="Lagi")
    assert again != number
    assert api.post(f"/registers/{again}/deletion", {"reason": ""}).status_code == 422
    assert api.post(f"/registers/{again}/deletion", {"reason": "Perjanjian berakhir"}).json()["state"] == "deleted"


def test_others_find_nothing_and_a_narrow_token_does_less(api: Api) -> None:
    number = mapped(api)
    other = Api(token_of(cast.user("tetangga", "regional_officer", "region", 3516)))
    assert other.get("/registers").json()["items"] == []
    for path in ("", "/columns", "/returned", "/problems?kind=nik_empty"):
        assert other.get(f"/registers/{number}{path}").status_code == 404, path
    assert other.post(f"/registers/{number}/deletion", {"reason": "x"}).status_code == 404
    narrow = Api(token_of(cast.user("lain", "regional_officer", "region", HOME), str(Can.SEE_MOVEMENT)))
    assert narrow.get(f"/registers/{number}").status_code == 200
    assert narrow.post(f"/registers/{number}/links", {"against": "within"}).status_code == 403
