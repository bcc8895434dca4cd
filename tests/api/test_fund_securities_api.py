"""Issuers, instruments, prices, custody and yields through the API: the same actions as the pages, with a token."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from paid import fields, made, sent_file
from town import Api, token_of

ISSUER = {"code": "ptc", "name": "PT C Tbk", "kind": "company", "corporate_group": "Kelompok C"}
BOND = {
    "code": "PTC01", "name": "Obligasi C", "asset_class": "corporate_bond", "issuer": "PTC", "unit_rupiah": 1_000_000,
    "coupon_ppm": 85_000, "coupons_a_year": 4, "day_count": "30/360", "matures_on": "2031-02-01", "listed": True,
}  # fmt: skip
SHARE = {"code": "PTCS", "name": "Saham C", "asset_class": "equity", "issuer": "PTC", "listed": True}


@pytest.fixture
def apis(committed_db: Any) -> dict[str, Api]:
    """A token for each role of this room."""
    with cast.everyone():
        return {
            role: Api(token_of(cast.user(f"{role}-api", role))) for role in ("settlement", "risk", "dealer", "chief", "auditor")
        }


def registered(apis: dict[str, Api]) -> None:
    for path, body in (("/funds/issuers", ISSUER), ("/funds/instruments", BOND), ("/funds/instruments", SHARE)):
        made(apis["settlement"].post(path, body))


def file(content: str, name: str = "berkas.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def test_an_instrument_is_written_down_once_and_read_by_all_who_read_the_books(apis: dict[str, Api]) -> None:
    registered(apis)
    assert made(apis["settlement"].post("/funds/issuers", ISSUER))["code"] == "PTC"
    assert fields(apis["settlement"].post("/funds/issuers", {**ISSUER, "name": "Lain"})) == ["name"]
    assert fields(apis["settlement"].post("/funds/instruments", {**BOND, "code": "X1", "coupon_ppm": None})) == ["coupon_ppm"]
    told = made(apis["auditor"].get("/funds/instruments/PTC01"))
    assert (told["issuer"], told["measured"], told["newest_price"]) == ("PTC", "amortised", None)
    assert [one["code"] for one in made(apis["dealer"].get("/funds/instruments?asset_class=equity"))["items"]] == ["PTCS"]
    assert [one["code"] for one in made(apis["dealer"].get("/funds/issuers?search=kelompok"))["items"]] == ["PTC"]
    assert made(apis["dealer"].get("/funds/issuers/PTC"))["corporate_group"] == "Kelompok C"
    assert apis["dealer"].get("/funds/instruments/HANTU").status_code == 404
    assert apis["dealer"].get("/funds/issuers/HANTU").status_code == 404
    for role in ("dealer", "chief", "auditor"):
        assert apis[role].post("/funds/issuers", ISSUER).status_code == 403


def test_prices_are_told_as_text_and_a_far_move_is_confirmed(apis: dict[str, Api]) -> None:
    registered(apis)

    def told(price: str, **more: Any) -> Any:
        rows = [{"code": "PTCS", "day": "2026-01-05", "price": price}]
        return apis["risk"].post("/funds/prices", {"source": "uji", "prices": rows, **more})

    assert made(told("4000")) == {"new": 1, "changed": 0, "same": 0}
    rows = [{"code": "PTC01", "day": "2026-01-05", "price": "101.25"}, {"code": "PTCS", "day": "2026-01-06", "price": "5001"}]
    body = {"source": "uji", "prices": rows}
    assert fields(apis["risk"].post("/funds/prices", body)) == ["confirmed"]
    assert made(apis["risk"].post("/funds/prices", {**body, "confirmed": ["ptcs"]})) == {"new": 2, "changed": 0, "same": 0}
    assert made(apis["risk"].get("/funds/instruments/PTC01/prices"))["items"][0]["price"] == "1012500"
    wrong = apis["risk"].post(
        "/funds/prices", {"source": "uji", "prices": [{"code": "HANTU", "day": "2026-01-05", "price": "1"}]}
    )
    assert fields(wrong) == ["code"]
    assert told("4,5").status_code == 422
    assert apis["dealer"].post("/funds/prices", body).status_code == 403


def test_a_file_of_prices_is_sent_looked_at_and_taken(apis: dict[str, Api]) -> None:
    registered(apis)
    content = "Kode;Tanggal;Harga\nPTC01;05-01-2026;99,5\nPTCS;05-01-2026;4000\nHANTU;05-01-2026;1\n"
    sent = made(sent_file(apis["settlement"], "/funds/price-files", "harga-0001", file=file(content), source="PHEI"), 201)
    assert (sent["new"], sent["unknown"], sent["left_out"], sent["taken"]) == (2, 1, 1, 0)
    assert [(one["row"], one["column"], one["value"]) for one in sent["problems"]] == [(4, "A", "HANTU")]
    taken = made(apis["settlement"].post(f"/funds/price-files/{sent['id']}/taking", {}))
    assert taken == {"added": 2, "changed": 0, "same": 0, "left_out": 1, "confirmed": []}
    whole = made(apis["auditor"].get(f"/funds/price-files/{sent['id']}"))
    assert (whole["new"], whole["same"], whole["taken"]) == (0, 2, 1)
    assert [one["id"] for one in made(apis["auditor"].get("/funds/price-files"))["items"]] == [sent["id"]]
    assert (
        sent_file(apis["settlement"], "/funds/price-files", "harga-0002", file=file("a;b\n1;2\n"), source="x").status_code == 422
    )
    assert sent_file(apis["dealer"], "/funds/price-files", "harga-0003", file=file(content), source="x").status_code == 403
    assert apis["risk"].get(f"/funds/price-files/{'A' * 32}").status_code == 404


def test_a_statement_is_compared_and_its_difference_explained_and_confirmed(apis: dict[str, Api]) -> None:
    registered(apis)
    parts = {
        "fund": "jp",
        "custodian": "Bank Contoh",
        "stated_on": "2026-01-31",
        "file": file("ISIN;Kode;Unit\n;PTCS;100\n;PTC01;0\n"),
    }
    sent = made(sent_file(apis["settlement"], "/funds/custody-statements", "kustodian-01", **parts), 201)
    assert [(one["code"], one["state"], one["standing"], one["units_there"]) for one in sent["lines"]] == [
        ("PTC01", "agree", "agree", "0"), ("PTCS", "missing_here", "open", "100"),
    ]  # fmt: skip
    path = f"/funds/custody-statements/{sent['id']}"
    explained = made(apis["settlement"].post(f"{path}/explanations", {"code": "PTCS", "reason": "Transaksi besok"}))
    answer = f"/funds/custody-explanations/{explained['id']}/answer"
    assert apis["settlement"].post(answer, {"confirmed": True}).status_code == 403
    assert made(apis["chief"].post(answer, {"confirmed": True}))["confirmed"] is True
    whole = made(apis["auditor"].get(path))
    assert (whole["open"], whole["lines"][1]["standing"], whole["replaced"]) == (0, "explained", False)
    assert [one["id"] for one in made(apis["auditor"].get("/funds/custody-statements"))["items"]] == [sent["id"]]
    assert fields(apis["settlement"].post(f"{path}/explanations", {"code": "PTC01", "reason": "x"})) == ["code"]
    assert apis["chief"].post(f"/funds/custody-explanations/{'A' * 32}/answer", {"confirmed": True}).status_code == 404


def test_yields_are_told_beside_what_was_published(apis: dict[str, Api]) -> None:
    told = made(apis["auditor"].get("/funds/yields?month=2026-01&span=year&basis=market"))
    assert told["items"] == []
    assert {one["year"] for one in told["published"]} == {2017, 2022}
    assert fields(apis["auditor"].get("/funds/yields?month=2026-13")) == ["month"]
    assert fields(apis["auditor"].get("/funds/yields?month=2026-01&span=ever")) == ["span"]
