"""The page of rates and its command: write one down, have another confirm it, see all that was ever declared."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from jamsostek.accounts.queries.rates import declarations
from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from tests import cast
from tests.accounts import money

pytestmark = pytest.mark.usefixtures("committed_db")
TYPED = {
    "from_month-m": "1", "from_month-y": "2021", "rate": "5,53", "source": "https://contoh.example/17", "decree": "",
    "decreed_on-d": "", "decreed_on-m": "", "decreed_on-y": "",
}  # fmt: skip


@pytest.fixture
def users() -> dict[str, Any]:
    """Two at head office, one at a branch; the floor of the year is known."""
    with cast.everyone():
        found = {
            "head": cast.user("pusat", "head_office", name="Ibu Pusat"),
            "other": cast.user("pusat_dua", "head_office", name="Bapak Pusat"),
            "branch": cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO, name="Ibu Penyelia"),
        }
    money.floor(found["head"], found["other"])
    return found


def client(users: dict[str, Any], who: str, lang: str = "id") -> Client:
    found = cast.signed_in(Client(), users[who])
    found.cookies["jamsostek_language"] = lang
    return found  # type: ignore[no-any-return]


def text_of(response: Any) -> str:
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def declared() -> Any:
    with cast.everyone():
        return declarations()[0]


def test_a_rate_goes_from_one_to_another_and_stays_on_the_list(users: dict[str, Any]) -> None:
    writes = client(users, "branch")
    assert "Belum ada tingkat yang dicatat" in text_of(writes.get("/pengkreditan/tingkat/"))
    done = writes.post("/pengkreditan/tingkat/catat/", TYPED, follow=True)
    assert "Berlaku sesudah orang lain mengesahkannya" in text_of(done)
    assert "Kantor pusat yang mengesahkannya" in text_of(done)
    path = done.redirect_chain[-1][0]
    assert writes.post(path, {"answer": "ya", "decision": ""}).status_code == 403
    confirms = client(users, "head")
    assert "cocokkan angkanya" in text_of(confirms.get(path))
    text = text_of(confirms.post(path, {"answer": "ya", "decision": ""}, follow=True))
    assert "Tingkat disahkan." in text and "Januari 2021 sampai Desember 2021" in text and "https://contoh.example/17" in text
    assert "dicatat dan disahkan di sini" in text and "Ibu Penyelia" in text and "Ibu Pusat" in text
    assert "Berlaku" in text_of(client(users, "other").get("/pengkreditan/tingkat/"))
    assert (declared().rate_ppm, declared().confirmed) == (55_300, True)


def test_who_wrote_it_down_is_told_that_another_confirms(users: dict[str, Any]) -> None:
    writes = client(users, "head", "en")
    page = writes.post("/pengkreditan/tingkat/catat/", TYPED, follow=True)
    assert "You wrote this down yourself." in text_of(page) and 'name="answer"' not in page.content.decode()
    path = page.redirect_chain[-1][0]
    assert writes.post(path, {"answer": "ya", "decision": ""}).status_code == 403
    other = client(users, "other", "en")
    assert "Reason" in text_of(other.post(path, {"answer": "tidak", "decision": ""}))
    assert declared().confirmed is None
    refused = text_of(other.post(path, {"answer": "tidak", "decision": "The source says 5.35"}, follow=True))
    assert "The rate is refused." in refused and "The source says 5.35" in refused


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"rate": "5,53001"}, "empat angka di belakang koma"), ({"rate": "21"}, "antara 0 dan 20 %"),
        ({"rate": "-1"}, "antara 0 dan 20 %"), ({"rate": "lima"}, "angka"), ({"source": ""}, "Sumber belum diisi"),
        ({"from_month-y": "2020"}, "Data hukum sudah memuat tingkat 2020-01"), ({"decree": "KEP/1"}, "diisi bersama"),
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_form_says_what_to_do(users: dict[str, Any], typed: dict[str, str], told: str) -> None:
    answer = client(users, "head").post("/pengkreditan/tingkat/catat/", {**TYPED, **typed})
    assert told in text_of(answer)
    with cast.everyone():
        assert declarations() == []


def test_only_a_demonstration_offers_an_example(users: dict[str, Any]) -> None:
    head = client(users, "head")
    assert 'name="invented"' not in head.get("/pengkreditan/tingkat/catat/").content.decode()
    with cast.everyone():
        type(users["other"]).objects.filter(pk=users["other"].pk).update(is_demo=True)
    text = text_of(head.post("/pengkreditan/tingkat/catat/", {**TYPED, "invented": "on"}, follow=True))
    assert "contoh, rekaan untuk demonstrasi" in text and declared().invented


def test_the_page_of_crediting_leads_to_the_rates_and_shows_the_source(users: dict[str, Any]) -> None:
    with cast.everyone():
        siti = cast.participant()
        money.move({siti.pk: 1_000_000}, dt.date(2021, 1, 1))
    head = client(users, "head")
    before = head.get("/pengkreditan/")
    assert "halaman Tingkat pengembangan JHT" in text_of(before) and 'href="/pengkreditan/tingkat/"' in before.content.decode()
    path = head.post("/pengkreditan/tingkat/catat/", TYPED, follow=True).redirect_chain[-1][0]
    client(users, "other").post(path, {"answer": "ya", "decision": ""})
    for page in ("/pengkreditan/", "/pengkreditan/mulai/"):
        text = text_of(head.get(page))
        assert "5,53 %" in text and "dicatat dan disahkan di sini" in text and "https://contoh.example/17" in text
    money.credit(202101)
    assert "https://contoh.example/17" in text_of(head.get("/pengkreditan/202101/"))
    assert "Dipakai untuk mengkreditkan Januari 2021" in text_of(head.get(path))


def test_the_pages_are_for_those_who_run_the_month(users: dict[str, Any]) -> None:
    with cast.everyone():
        users["officer"] = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
        users["auditor"] = cast.user("auditor", "auditor")
    for who in ("officer", "auditor"):
        for path in ("", "catat/", "1/"):
            assert client(users, who).get(f"/pengkreditan/tingkat/{path}").status_code == 403
    assert client(users, "head").get("/pengkreditan/tingkat/1/").status_code == 404


# --- the command line ---------------------------------------------------------------------------------------------------


def run(*words: str) -> Any:
    with speaking("en"):
        return CliRunner().invoke(app, ["--lang", "en", "accounts", "rate", *words])


def test_the_operator_writes_a_rate_down_and_somebody_who_signs_in_confirms_it(users: dict[str, Any]) -> None:
    assert "No rate has been declared yet." in run("list").output
    done = run("declare", "2021-01", "5.53", "--source", "Siaran pers 17", "--decree", "KEP/17", "--decreed-on", "2021-02-05")
    assert "5.53 % for 2021-01 – 2021-12 is written down." in done.output
    found = declared()
    assert (found.declared_by, found.decree, found.decreed_on) == (None, "KEP/17", dt.date(2021, 2, 5))
    assert re.search(r"2021-01 – 2021-12 +5\.53 % +waiting to be confirmed +Siaran pers 17", run("list").output)
    text = text_of(
        client(users, "head").post(f"/pengkreditan/tingkat/{found.id}/", {"answer": "ya", "decision": ""}, follow=True)
    )
    assert "Tingkat disahkan." in text
    assert "confirmed" in run("list").output


@pytest.mark.parametrize("percent", ["lima", "5.53001", "nan", "21"])
def test_a_wrong_percentage_is_told(percent: str) -> None:
    done = run("declare", "2021-01", percent, "--source", "Siaran pers")
    assert isinstance(done.exception, InputError), done.output
    with cast.everyone():
        assert declarations() == []
