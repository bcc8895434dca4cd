"""The API describes itself: what is committed is what it says, for programs and for people, in both languages."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from jamsostek.api.openapi import statuses
from jamsostek.api.operations import declared
from jamsostek.api.pages import described
from jamsostek.api.v1.service import RESOURCES
from jamsostek.api.v1.shapes import In, Out

ROOT = Path(__file__).parents[2]


def tool() -> object:
    """The tool that writes the page."""
    spec = importlib.util.spec_from_file_location("openapi_tool", ROOT / "tools" / "openapi.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_description_is_what_the_api_says_today() -> None:
    page = ROOT / "docs" / "reference" / "openapi.json"
    assert page.read_text(encoding="utf-8") == tool().text(), "run `make docs` and commit"  # type: ignore[attr-defined]


def test_every_operation_is_described_with_its_right_and_its_refusals() -> None:
    told = described("en")
    assert told["openapi"].startswith("3.1")
    operations = {one["operationId"]: one for methods in told["paths"].values() for one in methods.values()}
    assert len(operations) == sum(len(resource.functions) for resource in RESOURCES)
    for resource in RESOURCES:
        for function in resource.functions.values():
            one, says = operations[f"{resource.name}_{function.__name__}"], declared(function)
            assert says is not None
            assert {str(status) for status in statuses(says)} < set(one["responses"])
            assert one["x-needs"]
            assert one["summary"].strip()
            required = {given["name"] for given in one["parameters"] if given["in"] == "header"}
            signed = ["webhook-id", "webhook-timestamp"] if says.signed else []
            expected = {*(["Idempotency-Key"] if says.writes else []), *(["If-Match"] if says.versioned else []), *signed}
            assert required == expected, one["operationId"]
            assert (one["security"] == [{"signature": []}]) is says.signed


def test_every_shape_has_a_name_of_its_own() -> None:
    """Two of one name, and the description of one stands for the other."""

    def below(kind: type) -> list[type]:
        return [kind, *(one for child in kind.__subclasses__() for one in below(child))]

    shapes = {one for kind in (In, Out) for one in below(kind) if one.__module__.startswith("jamsostek.api.v1.")}
    names = Counter(one.__name__ for one in shapes)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) > 50


@pytest.mark.parametrize(("lang", "word"), [("id", "Daftarkan peserta"), ("en", "Register a person")])
def test_the_description_speaks_the_language_asked_for(town: SimpleNamespace, lang: str, word: str) -> None:
    answer = Client().get("/api/v1/openapi.json", headers={"accept-language": lang})
    assert answer.headers["Content-Language"] == lang
    assert word in answer.content.decode()
    assert json.loads(answer.content)["paths"]["/api/v1/participants"]["post"]["summary"] == word


@pytest.mark.parametrize(("lang", "word"), [("id", "Daftarkan peserta"), ("en", "Register a person")])
def test_the_page_for_people_shows_every_operation_without_a_script(town: SimpleNamespace, lang: str, word: str) -> None:
    client = Client()
    client.cookies["jamsostek_language"] = lang
    answer = client.get("/api/v1/", headers={"accept-encoding": "identity"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert word in page
    assert "<script" not in page
    assert "style=" not in page
    assert len(gzip.compress(answer.content)) < 30_000
    for path in described("en")["paths"]:
        assert path.removeprefix("/api/v1") in page


def test_no_internal_id_is_in_any_shape() -> None:
    shapes = described("en")["components"]["schemas"]
    named = {name for shape in shapes.values() for name in shape.get("properties", {})}
    assert not {one for one in named if one.endswith("_id") or one == "pk"}
    for name, shape in shapes.items():
        if "id" in shape.get("properties", {}):
            assert shape["properties"]["id"]["type"] == "string", name
