"""Projections as they are asked for, computed, looked at and approved; in the database and on the pages."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.fund.actions import projections as actions
from jamsostek.fund.actions.projections import Asked
from jamsostek.fund.errors import LedgerRefused, refusals
from jamsostek.fund.projection import base, project, suppose
from jamsostek.fund.queries import projections as queries
from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def hands(committed_db: Database) -> dict[str, Any]:
    """An actuary and a chief."""
    with cast.everyone():
        return {"actuary": cast.user("aktuaris", "actuary"), "chief": cast.user("direktur", "chief")}


def ask(by: Any, reference: str = "uji-1", **given: Any) -> Any:
    """A small one: no sensitivity unless asked for."""
    with cast.as_user(by):
        asked = Asked(
            reference,
            given.pop("title", "Uji"),
            given.pop("changed", {}),
            given.pop("paths", 0),
            7,
            given.pop("sensitivity", False),
        )
        return actions.begin(asked, on=cast.TODAY)


def finished(by: Any, **given: Any) -> Any:
    run = ask(by, **given)
    assert actions.compute(projection_id=run.id)
    return see(run.id)


def see(id: int) -> Any:
    with cast.everyone():
        return queries.run(id)


def test_a_run_keeps_every_figure_and_comes_to_what_the_projection_says(hands: dict[str, Any]) -> None:
    run = finished(hands["actuary"], changed={"economy.yield": 7.5, "economy.inflation": 2.5}, paths=30)
    assert run.state == "done" and run.changed == {"economy.yield": 7.5}
    assert run.assumptions == {**{id: one.value for id, one in base().items()}, "economy.yield": 7.5}
    whole = project(suppose({"economy.yield": 7.5}))
    with cast.everyone():
        told = queries.result(run.id)
    assert told is not None and told["digest"] == run.digest == whole.supposed.digest
    assert told["headline"]["exhausted"] == whole.exhausted == run.headline["exhausted"]
    assert told["funds"]["jp"]["assets"][20] == round(float(whole.funds["jp"].assets[20]))
    assert told["fan"]["paths"] == 30 and told["law"] == run.law_digest


def test_the_same_reference_is_the_same_request_and_other_content_is_refused(hands: dict[str, Any]) -> None:
    first = ask(hands["actuary"])
    assert ask(hands["actuary"]).id == first.id
    with pytest.raises(InputError, match="sudah dipakai"):
        ask(hands["actuary"], title="Lain")


def test_who_asked_does_not_approve_and_nothing_unfinished_is_approved(hands: dict[str, Any]) -> None:
    run = ask(hands["actuary"])
    with cast.as_user(hands["chief"]), pytest.raises(InputError, match="belum selesai"):
        actions.answer(projection_id=run.id, approved=True, reason="")
    actions.compute(projection_id=run.id)
    with cast.as_user(hands["actuary"]), pytest.raises(Refused):
        actions.answer(projection_id=run.id, approved=True, reason="")
    with cast.everyone():
        assert queries.official() is None
    with cast.as_user(hands["chief"]):
        assert actions.answer(projection_id=run.id, approved=True, reason="Wajar.").official
    with cast.everyone():
        official = queries.official()
        assert official is not None and official.id == run.id and official.answered_by == hands["chief"].pk
    with cast.as_user(hands["chief"]), pytest.raises(InputError, match="sudah diputuskan"):
        actions.answer(projection_id=run.id, approved=False, reason="Tidak jadi.")


def test_the_database_itself_refuses_the_same_hands_and_any_change(hands: dict[str, Any]) -> None:
    run = finished(hands["actuary"])
    with pytest.raises(LedgerRefused, match="orang lain"), cast.everyone(), refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_projectionanswer (projection_id, approved, reason, by) VALUES (%s, true, '', %s)",
            [run.id, hands["actuary"].pk],
        )
    for statement in (
        "UPDATE fund_projection SET title = 'x'",
        "DELETE FROM fund_projectionresult",
        "TRUNCATE fund_projectionstep",
    ):
        with cast.everyone(), connection.cursor() as cursor, pytest.raises(Exception):  # noqa: B017  whichever of the guards speaks first
            cursor.execute(statement)


def test_a_cancelled_run_stays_in_the_list_without_a_result(hands: dict[str, Any]) -> None:
    run = ask(hands["actuary"])
    with cast.as_user(hands["actuary"]):
        assert actions.cancel(projection_id=run.id).state == "cancelled"
    assert not actions.compute(projection_id=run.id) and see(run.id).headline is None


def test_cancelling_while_it_runs_stops_it_at_the_next_sign_of_progress(
    hands: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask(hands["actuary"])

    def work(_run: Any, tell: Any) -> dict[str, Any]:
        with cast.as_user(hands["actuary"]):
            actions.cancel(projection_id=run.id)
        tell(1000)
        raise AssertionError("it went on")

    monkeypatch.setattr(actions, "work", work)
    assert not actions.compute(projection_id=run.id) and see(run.id).state == "cancelled"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"changed": {"economy.inflation": 99}}, "economy.inflation"),
        ({"changed": {"economy.inflation": "x"}}, "economy.inflation"),
        ({"changed": {"economy.inflaton": 1}}, None), ({"title": " "}, "title"), ({"paths": 50_001}, "paths"),
        ({"changed": {"jp.children": 80, "jp.parents": 30}}, "jp.parents"), ({"reference": " "}, "reference"),
    ],
)  # fmt: skip
def test_a_figure_outside_its_bounds_is_told_by_its_name(hands: dict[str, Any], given: dict[str, Any], field: str | None) -> None:
    with pytest.raises(InputError) as told:
        ask(hands["actuary"], **given)
    assert told.value.field == field or field is None


@pytest.mark.parametrize("role", ["chief", "auditor", "head_office", "dealer"])
def test_only_actuaries_project(hands: dict[str, Any], role: str) -> None:
    with cast.everyone():
        user = cast.user(f"bukan-{role.replace('_', '-')}", role)
    with pytest.raises(Refused):
        ask(user)


# ---- pages


def browser(user: Any, language: str = "id") -> Client:
    found = cast.signed_in(Client(), user)
    found.cookies["jamsostek_language"] = language
    return found


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    body = re.sub(r"<head>.*?</head>|<svg.*?</svg>", " ", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def test_every_page_of_a_run_is_there_in_both_languages(hands: dict[str, Any]) -> None:
    first = finished(hands["actuary"], paths=20, title="Dasar")
    second = finished(hands["actuary"], reference="uji-2", paths=20, title="Hasil tinggi", changed={"economy.yield": 8})
    for name, language in (("actuary", "id"), ("chief", "en")):
        client = browser(hands[name], language)
        for path in (
                "", "asumsi/", "daftar/", f"banding/?a={first.id}&b={second.id}", f"{first.id}/", f"{first.id}/kepekaan/",
                f"{first.id}/uji-balik/", *(f"{first.id}/program/{p}/" for p in ("jp", "jht", "jkk", "jkm", "jkp")),
            ):  # fmt: skip
            told = text_of(client.get(f"/dana/proyeksi/{path}"))
            assert ("Proyeksi" in told) == (language == "id") or "Projection" in told or language == "en", path
    told = text_of(browser(hands["chief"]).get(f"/dana/proyeksi/{second.id}/"))
    assert "Hasil investasi setahun" in told and "8 persen" in told and "6,5 persen" in told
    told = text_of(browser(hands["chief"]).get(f"/dana/proyeksi/banding/?a={first.id}&b={second.id}"))
    assert "Asumsi yang berbeda" in told and "Hasil tinggi" in told
    for kind in ("csv", "xlsx"):
        for path in (
            "asumsi/",
            f"{first.id}/",
            f"{first.id}/kepekaan/",
            f"{first.id}/program/jp/",
            f"banding/?a={first.id}&b={second.id}",
        ):
            mark = "&" if "?" in path else "?"
            assert browser(hands["chief"]).get(f"/dana/proyeksi/{path}{mark}bentuk={kind}").status_code == 200
    assert browser(hands["chief"]).get("/dana/proyeksi/999999/").status_code == 404
    assert browser(hands["chief"]).get(f"/dana/proyeksi/{first.id}/program/x/").status_code == 404


@pytest.mark.parametrize("value", [6.25, 0.005, 2.0, -1.75])
def test_a_figure_in_a_box_is_read_back_as_it_was(value: float) -> None:
    from jamsostek.portal.fund.projection.new import NumberField, typed

    one = base()["economy.real_wage"]
    assert NumberField(one).clean(typed(one, value)) == value
    medical = base()["jkk.medical"]
    assert NumberField(medical).clean(typed(medical, 3_500_000.0)) == 3_500_000


def test_an_actuary_asks_on_the_page_and_a_chief_decides(hands: dict[str, Any]) -> None:
    client = browser(hands["actuary"])
    shown = client.get("/dana/proyeksi/baru/")
    reference = re.search(r'name="reference" value="([0-9a-f]+)"', shown.content.decode())
    assert reference
    from jamsostek.portal.fund.projection.new import typed

    body = {id.replace(".", "__"): typed(one, one.value) for id, one in base().items()}
    sent = {**body, "title": "Dari halaman", "paths": "0", "seed": "5", "reference": reference[1]}
    wrong = text_of(client.post("/dana/proyeksi/baru/", {**sent, "economy__yield": "99"}))
    assert "Hasil investasi setahun harus antara" in wrong
    answer = client.post("/dana/proyeksi/baru/", {**sent, "economy__yield": "6,0", "jkk__medical": "3.500.000"})
    assert answer.status_code == 302, text_of(answer)
    with cast.everyone():
        run = queries.runs()[0]
    assert run.title == "Dari halaman" and run.changed == {"economy.yield": 6.0} and run.state == "waiting"
    assert "Menunggu giliran" in text_of(client.get(f"/dana/proyeksi/{run.id}/"))
    actions.compute(projection_id=run.id)
    chief = browser(hands["chief"])
    assert "Putuskan asumsinya" in text_of(chief.get(f"/dana/proyeksi/{run.id}/"))
    assert "6 persen" in text_of(chief.get(f"/dana/proyeksi/{run.id}/putusan/"))
    refused = text_of(chief.post(f"/dana/proyeksi/{run.id}/putusan/", {"answer": "tidak", "reason": ""}))
    assert "Alasannya belum diisi" in refused
    chief.post(f"/dana/proyeksi/{run.id}/putusan/", {"answer": "ya", "reason": ""})
    assert "Resmi" in text_of(chief.get("/dana/proyeksi/")) and see(run.id).official
    assert browser(hands["actuary"]).get(f"/dana/proyeksi/{run.id}/putusan/").status_code == 403
