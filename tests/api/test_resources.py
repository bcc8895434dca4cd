"""What each resource does, from end to end, as a program would use it; and that both languages say the same."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from town import Api, person_in


def made(answer: Any, status: int = 201) -> dict[str, Any]:
    """The answer of a write that went well."""
    assert answer.status_code == status, answer.content
    told: dict[str, Any] = answer.json()
    return told


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_person_is_registered_read_changed_and_shown_masked(town: SimpleNamespace) -> None:
    body = person_in("Kartika Contoh")
    answer = town.as_officer.post("/participants", body)
    kpj = made(answer)["kpj"]
    assert answer.headers["Location"] == f"/api/v1/participants/{kpj}"
    told = town.as_officer.get(f"/participants/{kpj}")
    person = told.json()
    assert person["name"] == "Kartika Contoh"
    assert person["registered_via"] == "api"
    assert person["nik"] == f"3515{'*' * 10}00"
    assert body["nik"] not in told.content.decode()
    assert body["phone"][5:9] not in person["phone"]
    assert person["mother_name"] == "I…"
    changed = town.as_officer.patch(
        f"/participants/{kpj}", {"reason": "salah ketik", "name": "Kartika Sari", "disability_type": "physical"},
        if_match=told.headers["ETag"],
    )  # fmt: skip
    assert made(changed, 200)["name"] == "Kartika Sari"
    assert changed.json()["disability_type"] == "physical"


def test_a_nik_that_is_known_is_found_and_not_doubled(town: SimpleNamespace) -> None:
    body = person_in("Sekali Saja")
    first = made(town.as_officer.post("/participants", body))
    again = made(town.as_officer.post("/participants", body))
    assert (first["status"], again["status"]) == ("new", "known")
    assert again["kpj"] == first["kpj"]
    assert town.as_officer.post("/participants/lookup", {"nik": body["nik"]}).json()["kpj"] == first["kpj"]
    assert town.as_other_officer.post("/participants/lookup", {"nik": body["nik"]}).status_code == 404


def test_a_secret_is_shown_to_a_person_at_the_screen_with_a_reason_and_never_to_a_token(town: SimpleNamespace) -> None:
    from django.test import Client

    path, asked = f"/participants/{town.ani.kpj}/show", {"field": "phone", "reason": "menghubungi peserta"}
    assert town.as_officer.post(path, asked).status_code == 403
    screen = Api(client=cast.signed_in(Client(), town.users["officer"]))
    assert made(screen.post(path, asked), 200)["value"].startswith("+628")
    assert screen.post(path, {**asked, "reason": "x"}).status_code == 422
    assert screen.post(path, {**asked, "field": "password"}).status_code == 422
    trail = town.as_worker.get(f"/participants/{town.ani.kpj}/trail").json()["items"]
    shown = next(one for one in trail if one["action"] == "show")
    assert (shown["actor"], shown["fields"], shown["reason"]) == ("Officer", ["phone"], "menghubungi peserta")


def test_somebody_changes_their_own_phone_but_not_their_name(town: SimpleNamespace) -> None:
    path = f"/participants/{town.ani.kpj}"
    version = town.as_worker.get(path).headers["ETag"]
    done = town.as_worker.patch(path, {"reason": "nomor baru", "phone": "0812 0000 9999"}, if_match=version)
    assert made(done, 200)["phone"].endswith("999")
    refused = town.as_worker.patch(path, {"reason": "ganti", "name": "Lain"}, if_match=done.headers["ETag"])
    assert refused.status_code == 403


def test_what_was_known_on_a_day_and_the_timeline(town: SimpleNamespace) -> None:
    path = f"/participants/{town.ani.kpj}"
    line = town.as_officer.get(f"{path}/timeline?month=2026-03").json()
    assert line["covered"]
    assert "jht" in line["programmes"]
    assert line["spells"][0]["payer"] == "PT Alfa Contoh"
    before = town.as_officer.get(f"{path}/known?month=2026-03&known_on=2026-01-01").json()
    assert before == {"month": "2026-03", "known_on": "2026-01-01", "regency_code": None, "employments": [], "covers": []}
    now = town.as_officer.get(f"{path}/timeline").json()
    known = town.as_officer.get(f"{path}/known?month=2026-03&known_on={town.today}").json()
    assert known["employments"][0]["wage_rupiah"] == 5_000_000
    assert now["gaps"] == []
    assert town.as_officer.get(f"{path}/known?month=2026-03&known_on=9999-12-31").status_code == 422


def test_a_death_ends_work_and_a_second_one_is_refused(town: SimpleNamespace) -> None:
    taken = {"person": person_in("Almarhum Contoh", sex="m"), "from_month": "2026-02", "wage_rupiah": 4_000_000}
    kpj = made(town.as_clerk_a.post(f"/employers/{town.a.npp}/employments", taken))["kpj"]
    body = {"died_on": "2026-05-20", "reason": "akta kematian"}
    assert town.as_clerk_a.post(f"/participants/{kpj}/death", body).status_code == 403
    assert made(town.as_officer.post(f"/participants/{kpj}/death", body), 200)["status"] == "died"
    assert town.as_officer.post(f"/participants/{kpj}/death", body).status_code == 422
    spells = town.as_officer.get(f"/participants/{kpj}/timeline").json()["spells"]
    assert spells[0]["to_month"] == "2026-05"


def test_two_numbers_are_merged_and_taken_apart_by_a_person_at_the_screen(town: SimpleNamespace) -> None:
    from django.test import Client

    one = made(town.as_officer.post("/participants", person_in("Ganda Satu")))["kpj"]
    two = made(town.as_officer.post("/participants", person_in("Ganda Dua")))["kpj"]
    body = {"into": one, "reason": "orang yang sama"}
    assert town.as_supervisor.post(f"/participants/{two}/merge", body).status_code == 403
    screen = Api(client=cast.signed_in(Client(), town.users["supervisor"]))
    assert made(screen.post(f"/participants/{two}/merge", body), 200)["kpj"] == one
    assert town.as_officer.get(f"/participants/{two}").json()["kpj"] == one
    assert town.as_officer.get(f"/participants/{one}").json()["other_numbers"] == [two]
    assert made(screen.post(f"/participants/{two}/unmerge", {"reason": "ternyata lain"}), 200)["kpj"] == two
    assert town.as_officer.get(f"/participants/{two}").json()["kpj"] == two


# --- employers and work ----------------------------------------------------------------------------------------------


def test_an_employer_its_units_and_projects(town: SimpleNamespace) -> None:
    firm = {
        "name": "CV Gamma Contoh", "kind": "construction", "regency_code": 3515, "industry": "1.1", "scale": "small",
        "npwp": "01.234.567.8-901.000",
    }  # fmt: skip
    npp = made(town.as_officer.post("/employers", firm))["npp"]
    told = town.as_officer.get(f"/employers/{npp}")
    assert told.json()["risk_class"] == "very_low"
    assert "234" not in str({name: value for name, value in told.json().items() if name != "npp"})
    assert town.as_officer.post("/employers", firm).status_code == 422
    changed = town.as_officer.patch(f"/employers/{npp}", {"reason": "tumbuh", "scale": "large"}, if_match=told.headers["ETag"])
    assert made(changed, 200)["scale"] == "large"
    unit = {"code": "SBY", "name": "Cabang Contoh", "regency_code": 3578}
    assert made(town.as_officer.post(f"/employers/{npp}/units", unit)) == unit
    assert town.as_officer.post(f"/employers/{npp}/units", unit).status_code == 422
    assert town.as_officer.get(f"/employers/{npp}/units").json()["items"] == [unit]
    project = {
        "name": "Jembatan", "owner": "Kabupaten Contoh", "contract_rupiah": 2_000_000_000, "regency_code": 3515,
        "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    }  # fmt: skip
    number = made(town.as_officer.post(f"/employers/{npp}/projects", project))["number"]
    assert town.as_officer.get(f"/employers/{npp}/projects").json()["items"] == [{**project, "number": number}]


def test_a_worker_is_registered_and_taken_on_in_one_step_then_paid_more_then_leaves(town: SimpleNamespace) -> None:
    path = f"/employers/{town.a.npp}/employments"
    body = {"person": person_in("Pekerja Baru"), "from_month": "2026-03", "wage_rupiah": 4_500_000, "position": "Operator"}
    done = made(town.as_clerk_a.post(path, body))
    assert (done["registered"], done["status"]) == ("new", "taken_on")
    kpj = done["kpj"]
    again = made(town.as_clerk_a.post(path, body))
    assert (again["kpj"], again["registered"], again["status"]) == (kpj, "known", "working")
    wages = {"from_month": "2026-07", "wage_rupiah": 5_000_000}
    assert made(town.as_clerk_a.post(f"{path}/{kpj}/wages", wages), 200)["status"] == "changed"
    by_month = {
        month: {one["kpj"]: one["wage_rupiah"] for one in town.as_clerk_a.get(f"{path}?month={month}").json()["items"]}.get(kpj)
        for month in ("2026-02", "2026-06", "2026-07")
    }
    assert by_month == {"2026-02": None, "2026-06": 4_500_000, "2026-07": 5_000_000}
    left = {"left_on": "2026-08-15", "leaving": "resigned"}
    assert made(town.as_clerk_a.post(f"{path}/{kpj}/leaving", left), 200)["status"] == "left"
    assert made(town.as_clerk_a.post(f"{path}/{kpj}/reopening", {"reason": "keliru"}), 200)["status"] == "reopened"
    assert town.as_clerk_a.post(f"{path}/{kpj}/wages", {"from_month": "2026-01", "wage_rupiah": 1}).status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kpj": None}, "kpj"), ({"unit": "X"}, "unit"), ({"wage_rupiah": 0}, "wage_rupiah"),
        ({"wage_rupiah": "5"}, "wage_rupiah"),
        ({"from_month": "2026-13"}, "from_month"), ({"from_month": 202601}, "from_month"), ({"segment": "asn"}, "segment"),
        ({"joined_on": "2026-02-30"}, "joined_on"), ({"person": {"name": "X"}}, "person.sex"), ({"kpj": "12345678901"}, "kpj"),
    ],
)  # fmt: skip
def test_wrong_work_is_told_at_its_field(town: SimpleNamespace, change: dict[str, Any], field: str) -> None:
    body = {"kpj": town.ani.kpj, "from_month": "2026-03", "wage_rupiah": 1_000_000, **change}
    refused = town.as_clerk_a.post(f"/employers/{town.a.npp}/employments", body)
    assert refused.status_code == 422
    assert field in {one["field"] for one in refused.json()["errors"]}


def test_a_worker_reports_that_they_left(town: SimpleNamespace) -> None:
    with cast.everyone():
        person = cast.participant("Lapor Sendiri")
        cast.works(person, town.b)
        user = cast.user("lapor", "worker", "self", person.pk)
    from town import token_of

    mine = Api(token_of(user))
    done = mine.post(f"/employers/{town.b.npp}/employments/{person.kpj}/leaving", {"left_on": "2026-06-30"})
    assert made(done, 200)["status"] == "left"
    spells = mine.get(f"/participants/{person.kpj}/timeline").json()["spells"]
    assert spells[0]["to_month"] == "2026-06"


# --- sponsors and cover ----------------------------------------------------------------------------------------------


def test_a_sponsor_pays_for_somebody_and_stops(town: SimpleNamespace) -> None:
    number = made(town.as_officer.post("/sponsors", {"name": "CSR Contoh", "kind": "csr", "region_code": 3515}))["number"]
    path = f"/sponsors/{number}/covers"
    body = {
        "person": person_in("Nelayan Contoh", sex="m"), "from_month": "2026-01", "income_rupiah": 1_500_000,
        "occupation": "Nelayan",
    }  # fmt: skip
    done = made(town.as_officer.post(path, body))
    assert (done["registered"], done["status"]) == ("new", "covered")
    again = town.as_officer.post(path, {**body, "person": None, "kpj": done["kpj"]})
    assert made(again)["status"] == "already"
    [cover] = town.as_officer.get(f"{path}?month=2026-05").json()["items"]
    assert cover["kpj"] == done["kpj"]
    assert cover["sponsor"] == number
    ended = town.as_officer.post(f"{path}/{done['kpj']}/ending", {"to_month": "2026-04", "reason": "anggaran habis"})
    assert made(ended, 200)["status"] == "ended"
    assert town.as_officer.get(f"{path}?month=2026-05").json()["items"] == []
    assert town.as_officer.post("/sponsors", {"name": "X", "kind": "csr", "region_code": 9999}).status_code == 422


def test_somebody_covers_themselves(town: SimpleNamespace) -> None:
    kpj = made(town.as_officer.post("/participants", person_in("Mandiri Contoh")))["kpj"]
    body = {"from_month": "2026-02", "income_rupiah": 2_000_000, "occupation": "Pedagang", "jht_member": True}
    assert made(town.as_officer.post(f"/participants/{kpj}/covers", body))["status"] == "covered"
    [cover] = town.as_officer.get(f"/participants/{kpj}/covers").json()["items"]
    assert (cover["payer"], cover["sponsor"], cover["jht_member"], cover["sector"]) == ("self", None, True, "other")
    assert town.as_researcher.get(f"/participants/{kpj}/covers").status_code == 404


# --- family, cards ---------------------------------------------------------------------------------------------------


def test_family_and_heirs_in_the_order_of_law(town: SimpleNamespace) -> None:
    path = f"/participants/{town.dewi.kpj}/relatives"
    parent = made(town.as_officer.post(path, {"kin": "parent", "name": "Ayah Contoh", "sex": "m"}))["id"]
    spouse = made(town.as_officer.post(path, {"kin": "spouse", "name": "Suami Contoh", "sex": "m"}))["id"]
    told = town.as_officer.get(path).json()
    assert {one["id"] for one in told["items"] if one["heir"]} == {spouse}
    assert [step["entitled"] for step in told["order"]].count(True) == 1
    made(town.as_officer.post(f"{path}/{spouse}/ending", {"on": "2026-05-01", "reason": "cerai"}), 200)
    assert {one["id"] for one in town.as_officer.get(path).json()["items"] if one["heir"]} == {parent}
    assert town.as_officer.post(f"{path}/{'A' * 32}/ending", {"on": "2026-05-01", "reason": "x"}).status_code == 404
    other = f"/participants/{town.ani.kpj}/relatives/{parent}/ending"
    assert town.as_officer.post(other, {"on": "2026-05-01", "reason": "x"}).status_code == 404


def test_a_card_is_issued_checked_by_anybody_and_revoked(town: SimpleNamespace) -> None:
    with cast.everyone():
        person = cast.participant("Kartu Contoh")
        cast.works(person, town.a)
    number = made(town.as_clerk_a.post(f"/participants/{person.kpj}/cards"))["number"]
    card = town.as_clerk_a.get(f"/participants/{person.kpj}/card").json()
    assert card["number"] == number
    anybody = Api()
    assert anybody.get(f"/cards/{number}/status").json() == {"status": "active"}
    verdict = made(anybody.post("/cards/verify", {"token": card["token"]}), 200)
    assert (verdict["state"], verdict["kpj"], verdict["status"]) == ("valid", person.kpj, "active")
    assert made(anybody.post("/cards/verify", {"token": "JK1:NONE"}), 200)["kpj"] is None
    assert anybody.get("/cards/keys").json()["keys"]
    revoked = town.as_supervisor.post(f"/cards/{number}/revocation", {"reason": "hilang"})
    assert made(revoked, 200) == {"status": "revoked"}
    assert anybody.get(f"/cards/{number}/status").json() == {"status": "revoked"}
    assert town.as_clerk_a.post(f"/cards/{number}/revocation", {"reason": "hilang"}).status_code == 403


# --- the map, the law, oneself ---------------------------------------------------------------------------------------


def test_regions_are_for_everybody(town: SimpleNamespace) -> None:
    assert Api().get("/regions/3515").json()["name"].endswith("Sidoarjo")
    assert len(Api().get("/regions?level=1&limit=200").json()["items"]) == 38
    assert all(one["parent_code"] == 35 for one in Api().get("/regions?parent=35&limit=200").json()["items"])
    assert Api().get("/regions/9998").status_code == 404


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_law_is_calculated_and_explained(town: SimpleNamespace, lang: str) -> None:
    body = {"month": "2026-03", "inputs": {"wage_rupiah": 6_000_000, "risk_class": "medium"}, "explain": True}
    told = made(Api(lang=lang).post("/calculations/contribution.pu", body), 200)
    assert told["outputs"]["jht_worker_rupiah"] == 120_000
    assert told["explanation"]["steps"]
    rules = Api(lang=lang).get("/calculations").json()["items"]
    assert told["rule"] in {one["name"] for one in rules}
    assert told["explanation"]["title"] == next(one["title"] for one in rules if one["name"] == told["rule"])


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"wage_rupiah": "6000000"}, "wage_rupiah"), ({"wage_rupiah": True}, "wage_rupiah"),
        ({"wage_rupiah": 10**30}, "wage_rupiah"),
        ({"wage_rupiah": -1}, "wage_rupiah"), ({"risk_class": 3}, "risk_class"), ({"risk_class": "huge"}, "risk_class"),
        ({"programmes": ["x"]}, "programmes"), ({"programmes": {}}, "programmes"), ({"jkp_member": "ya"}, "jkp_member"),
    ],
)  # fmt: skip
def test_inputs_of_the_law_are_checked(town: SimpleNamespace, inputs: dict[str, Any], field: str) -> None:
    whole = {"wage_rupiah": 6_000_000, "risk_class": "medium", **inputs}
    refused = Api().post("/calculations/contribution.pu", {"month": "2026-03", "inputs": whole})
    assert refused.status_code == 422
    assert field in {one["field"] for one in refused.json()["errors"]}


def test_every_rule_of_the_law_refuses_nonsense_without_a_fault(town: SimpleNamespace, unlimited: None) -> None:
    rules = Api().get("/calculations").json()["items"]
    junk = [None, 0, -1, 3.5, True, "", "x", "2026-01-01", [], ["jkk"], [{}], [{"x": 1}], {}, 10**14]
    for rule in rules:
        for value in junk:
            body = {rule["when"]: "2026-03" if rule["when"] == "month" else "2026-03-01",
                    "inputs": {one["name"]: value for one in rule["inputs"]}}  # fmt: skip
            assert Api().post(f"/calculations/{rule['name']}", body).status_code in (200, 422), (rule["name"], value)


def test_me_says_who_and_what(town: SimpleNamespace) -> None:
    told = town.as_worker.get("/me").json()
    assert told["numbers"] == [town.ani.kpj]
    assert told["roles"][0]["role"] == "worker"
    assert town.as_clerk_a.get("/me").json()["roles"][0]["target"] == town.a.npp


# --- files -----------------------------------------------------------------------------------------------------------


def csv_of(*rows: str) -> io.BytesIO:
    """A small list as employers write it."""
    file = io.BytesIO("\n".join(["Kegiatan,NIK,Nama,Tanggal Lahir,Jenis Kelamin,Upah", *rows]).encode())
    file.name = "daftar.csv"
    return file


def send_file(api: Api, file: Any, key: str, **fields: str) -> Any:
    """A multipart upload."""
    headers = {"authorization": f"Bearer {api.token}", "idempotency-key": key, "accept-language": "en"}
    return api.client.post("/api/v1/uploads", {"file": file, **fields}, headers=headers)


def test_a_file_is_sent_read_confirmed_and_its_rows_told(town: SimpleNamespace) -> None:
    from django.utils import timezone

    from jamsostek.api.references import row_of
    from jamsostek.registry.actions import uploads

    sent = person_in("Massal Contoh")
    good = f"MASUK,{sent['nik']},Massal Contoh,{sent['birth_date']},Perempuan,4500000"
    wrong = "MASUK,123,Salah,1990-01-01,Perempuan,1"

    def send_list() -> Any:
        return send_file(town.as_boss_a, csv_of(good, wrong), "berkas-1", employer=town.a.npp, month="2026-05")

    answer = send_list()
    told = made(answer, 202)
    path = f"/uploads/{told['id']}"
    assert answer.headers["Location"] == f"/api/v1{path}"
    again = send_list()
    assert again.headers["Idempotent-Replay"] == "true"
    assert town.as_boss_a.post(f"{path}/confirmation").status_code == 409
    assert town.as_boss_a.get(f"{path}/returned").status_code == 404
    uploads.read(row_of("upload", told["id"]), now=timezone.now())
    state = town.as_boss_a.get(path).json()
    assert (state["state"], state["rows_good"], state["rows_wrong"]) == ("ready", 1, 1)
    kind = next(one["kind"] for one in state["problems"] if one["severity"] == "error")
    [row, *_others] = town.as_boss_a.get(f"{path}/problems?kind={kind}").json()["items"]
    assert row["row"] == 3
    assert row["remedy"]
    returned = town.as_boss_a.get(f"{path}/returned")
    assert returned.content[:2] == b"PK"
    assert made(town.as_boss_a.post(f"{path}/confirmation"), 200)["state"] == "writing"
    uploads.write(row_of("upload", told["id"]), today=timezone.localdate(), now=timezone.now())
    assert town.as_boss_a.get(path).json()["state"] == "done"
    names = {one["name"] for one in town.as_boss_a.get(f"/employers/{town.a.npp}/employments?month=2026-05").json()["items"]}
    assert "Massal Contoh" in names
    assert [one["id"] for one in town.as_boss_a.get("/uploads").json()["items"]] == [told["id"]]
    assert town.as_clerk_b.get(path).status_code == 404
    assert town.as_clerk_b.get("/uploads").json()["items"] == []


def test_a_file_that_is_none_is_refused_at_the_door(town: SimpleNamespace) -> None:
    file = io.BytesIO(b"\x00\x01\x02 this is no list")
    file.name = "daftar.xlsx"
    assert send_file(town.as_boss_a, file, "berkas-2", employer=town.a.npp, month="2026-05").status_code == 422
    both = send_file(town.as_boss_a, csv_of(), "berkas-3", employer=town.a.npp, sponsor=town.payer.number, month="2026-05")
    assert both.status_code == 422
    other = send_file(town.as_boss_a, csv_of("x"), "berkas-4", employer=town.b.npp, month="2026-05")
    assert other.status_code == 404
    cancelled = send_file(town.as_boss_a, csv_of("MASUK,,A,,,"), "berkas-5", employer=town.a.npp, month="2026-06")
    assert town.as_boss_a.post(f"/uploads/{made(cancelled, 202)['id']}/cancellation").json()["state"] == "cancelled"
