"""Claims through the API as those who file them use it: begun by each door, filled in, sent, tracked; and what each may read."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import claim_town
import pytest
from claim_town import HEIR, dead, paper, papers, staff
from django.core.files.uploadedfile import SimpleUploadedFile
from paid import fields, made, sent_file
from town import Api, token_of

from jamsostek.access.roles import Can

NOBODY = "A" * 32
BIRTH = "birth_date"


@pytest.fixture(scope="module")
def here(town: SimpleNamespace) -> SimpleNamespace:
    return staff()


@pytest.fixture(scope="module")
def widow(here: SimpleNamespace) -> SimpleNamespace:
    """A claim that was sent, and whom it is about."""
    who = dead("Budi Santoso")
    return SimpleNamespace(number=claim_town.sent(here, who), who=who)


def firm_of(town: SimpleNamespace) -> dict[str, Any]:
    """What the clerk of firm A sends about Ani."""
    return {"kind": "jkk", "kpj": town.ani.kpj, "channel": "employer", "employer": town.a.npp}


ACCIDENT = {"happened_on": "2026-11-02", "kind": "accident", "story": "Jatuh dari tangga gudang."}


def test_every_kind_says_what_it_asks(town: SimpleNamespace) -> None:
    kinds = {one["kind"]: one for one in made(Api().get("/claim-kinds"))["items"]}
    assert len(kinds) == 9 and kinds["jkm"]["programme"] == "jkm"
    asked = {one["name"]: one for one in kinds["jkm"]["facts"]}
    assert (asked["died_on"]["unit"], asked["died_on"]["of"], asked["died_on"]["proven"]) == ("date", "filer", True)
    assert asked["cause"]["options"]["illness"] == "Illness"


def test_a_hospitals_desk_reports_an_accident_and_reads_what_it_said(town: SimpleNamespace, here: SimpleNamespace) -> None:
    desk = here.hospital
    body = {"kind": "jkk", "kpj": town.ani.kpj, "channel": "hospital", BIRTH: town.ani.birth_date.isoformat()}
    assert fields(desk.post("/claims", {**body, BIRTH: "1950-01-01"})) == ["kpj"]
    assert fields(desk.post("/claims", {key: body[key] for key in body if key != BIRTH})) == [BIRTH]
    assert desk.post("/claims", {**body, "kind": "jht"}).status_code == 403, "that is the worker's own"
    assert fields(desk.post("/claims", {**body, "channel": "counter"})) == ["channel"]
    begun = desk.post("/claims", body)
    told = made(begun, 201)
    path = f"/claims/{told['number']}"
    assert begun.headers["Location"] == f"/api/v1{path}"
    assert (told["state"], told["channel"], told["reads"]) == ("draft", "hospital", "reported")
    told = made(desk.post(f"{path}/facts", {"values": ACCIDENT}))
    assert {one["name"]: one["value"] for one in told["facts"] if one["value"] is not None} == ACCIDENT
    made(paper(desk, told["number"], "doctors_letter"), 201)
    assert made(desk.post(f"{path}/submission"))["state"] in ("submitted", "waiting")
    told = made(desk.get(path))
    assert [one["kin"] for one in told["parties"] if one["claimant"]] == ["facility"]
    assert told["decisions"] is told["events"] is told["paid"] is None
    names = {one["name"] for one in told["facts"]}
    assert "wage_rupiah" not in names and "by_work" not in names, "what our records and officers say is not a desk's"
    for hidden in ("/preview", "/explanation", "/signals"):
        assert desk.get(f"{path}{hidden}").status_code in (403, 404), hidden
    assert [one["number"] for one in made(desk.get("/claims"))["items"]] == [told["number"]]
    seen = made(here.officer.get(path))
    assert seen["reads"] == "works" and "wage_rupiah" in {one["name"] for one in seen["facts"]}


def test_an_employer_reads_that_a_claim_is_there_and_where_it_stands_and_nothing_of_it(
    town: SimpleNamespace, here: SimpleNamespace
) -> None:
    told = made(town.as_clerk_a.post("/claims", firm_of(town)), 201)
    path = f"/claims/{told['number']}"
    assert town.as_boss_a.get(path).status_code == 404, "a draft is its writer's"
    made(town.as_clerk_a.post(f"{path}/facts", {"values": ACCIDENT}))
    made(town.as_clerk_a.post(f"{path}/submission"))
    seen = made(town.as_boss_a.get(path))
    assert (seen["reads"], seen["name"], seen["event_on"]) == ("there", "Ani Contoh", None)
    assert seen["standing"]["stages"][0]["title"] and seen["standing"]["acts"]
    for hidden in ("facts", "parties", "documents", "decisions", "objections", "events", "paid"):
        assert seen[hidden] is None, hidden
    assert "Jatuh" not in str(seen)
    for hidden in ("/checklist", "/documents", "/preview", "/explanation", "/messages"):
        assert town.as_boss_a.get(f"{path}{hidden}").status_code == 404, hidden
    assert town.as_boss_a.post(f"{path}/facts", {"values": ACCIDENT}).status_code == 403
    assert town.as_boss_a.post(f"{path}/withdrawal", {"reason": "salah orang"}).status_code == 403
    assert told["number"] in [one["number"] for one in made(town.as_boss_a.get(f"/claims?employer={town.a.npp}"))["items"]]
    mine = made(town.as_clerk_a.get(path))
    assert mine["reads"] == "reported" and mine["decisions"] is None
    theirs = made(paper(here.officer, told["number"], "doctors_letter"), 201)
    assert theirs["id"] not in str(made(town.as_clerk_a.get(f"{path}/documents"))), "what others gave is not the firm's"
    assert town.as_clerk_a.get(f"{path}/documents/{theirs['id']}/file").status_code == 404
    for other in (town.as_clerk_b, town.as_payer, town.as_other_officer):
        assert other.get(path).status_code in (403, 404)
    whole = made(town.as_worker.get(path))
    assert whole["reads"] == "own" and theirs["id"] in str(whole), "the worker it is about reads it"


def test_a_worker_asks_for_themself_and_takes_it_back(town: SimpleNamespace) -> None:
    body = {"kind": "jht", "kpj": town.ani.kpj, "channel": "self"}
    told = made(town.as_worker.post("/claims", body), 201)
    path = f"/claims/{told['number']}"
    [party] = told["parties"]
    assert (party["kin"], party["claimant"], party["beneficiary"]) == ("self", True, True)
    assert party["account"].startswith("BRI ••••")
    assert fields(town.as_worker.post(f"{path}/submission")) == ["cause"]
    shown = made(town.as_worker.get(f"{path}/preview"))
    assert shown["conditions"] and all(one["article"] for one in shown["conditions"])
    assert "cause" in shown["missing"]
    changed = {"bank": "BNI", "number": "880 000 777", "name": "Ani Contoh"}
    told = made(town.as_worker.post(f"{path}/parties/{party['id']}/account", changed))
    assert told["account"] == "BNI ••••0777" and "880000777" not in str(told)
    assert town.as_clerk_a.get(path).status_code == 404
    assert made(town.as_worker.post(f"{path}/withdrawal", {"reason": "belum jadi"}))["state"] == "withdrawn"
    assert town.as_worker.post(f"{path}/withdrawal", {"reason": "belum jadi"}).status_code == 409


def test_an_officer_begins_at_the_counter_for_a_family(widow: SimpleNamespace, here: SimpleNamespace) -> None:
    told = made(here.officer.get(f"/claims/{widow.number}"))
    assert (told["state"], told["kind"], told["kpj"]) == ("submitted", "jkm", widow.who.kpj)
    assert told["place"] and told["due_on"] and told["days_left"] > 0
    [party] = told["parties"]
    assert (party["name"], party["kin"], party["account"]) == ("Dewi Lestari", "spouse", "BRI ••••3456")
    assert "990000123456" not in str(told)
    facts = {one["name"]: one for one in told["facts"]}
    assert (facts["died_on"]["value"], facts["died_on"]["source"], facts["died_on"]["unproven"]) == (
        claim_town.DIED,
        "stated",
        True,
    )
    listed = made(here.officer.get(f"/claims/{widow.number}/checklist"))
    assert listed["frozen"] and listed["wanted"] == 0
    assert {one["state"] for one in listed["items"]} <= {"given", "held", "other"}


def test_a_claim_of_another_region_is_as_if_it_were_not_there(widow: SimpleNamespace, here: SimpleNamespace) -> None:
    for number in (widow.number, "100000000004"):
        for path in ("", "/preview", "/explanation", "/signals", "/documents", "/checklist", "/messages"):
            assert here.far.get(f"/claims/{number}{path}").status_code in (404, 422), path
        for step, body in (("service", None), ("proposals", {"approve": True, "reason": "sesuai aturan"})):
            assert here.far.post(f"/claims/{number}/{step}", body).status_code in (404, 422)
    assert here.far.get(f"/claims/{widow.number}").status_code == 404
    assert here.far.get("/claims").json()["items"] == here.far.get("/claim-queue").json()["items"] == []


def test_the_same_key_begins_one_claim(here: SimpleNamespace) -> None:
    who = dead("Tono Santoso")
    body = {"kind": "jkm", "kpj": who.kpj, "channel": "counter", "claimant": HEIR}
    first = here.officer.post("/claims", body, idempotency_key="satu-klaim-saja")
    again = here.officer.post("/claims", body, idempotency_key="satu-klaim-saja")
    assert made(first, 201)["number"] == made(again, 201)["number"]
    assert again.headers["Idempotent-Replay"] == "true" and again.headers["Location"] == first.headers["Location"]
    other = here.officer.post("/claims", {**body, "kind": "jkk"}, idempotency_key="satu-klaim-saja")
    assert other.status_code == 409
    assert len(made(here.officer.get(f"/claims?kpj={who.kpj}"))["items"]) == 1


def test_a_paper_is_made_anew_seen_again_and_taken_back(here: SimpleNamespace) -> None:
    number = claim_town.begun(here, dead("Wawan Santoso"))
    path = f"/claims/{number}/documents"
    first = made(paper(here.officer, number, "death_certificate"), 201)
    assert (first["state"], first["media"], first["pages"]) == ("given", "image/jpeg", 1)
    assert made(paper(here.officer, number, "death_certificate"), 201)["id"] == first["id"], "the same content is the same paper"
    whole = here.officer.get(f"{path}/{first['id']}/file")
    assert whole.status_code == 200 and whole.content[:2] == b"\xff\xd8" and "attachment" in whole.headers["Content-Disposition"]
    small = here.officer.get(f"{path}/{first['id']}/thumbnail")
    assert small.content[:2] == b"\xff\xd8" and len(small.content) < len(whole.content)
    assert made(here.officer.post(f"{path}/{first['id']}/removal"))["items"] == []
    assert (
        here.officer.get(f"{path}/{first['id']}/file").status_code == here.officer.get(f"{path}/{NOBODY}/file").status_code == 404
    )
    bad = SimpleUploadedFile("surat.jpg", b"bukan gambar")
    assert fields(sent_file(here.officer, path, claim_town.key(), kind="death_certificate", file=bad)) == ["file"]
    good = SimpleUploadedFile("surat.jpg", b"x")
    assert fields(sent_file(here.officer, path, claim_town.key(), kind="resep_dokter", file=good)) == ["kind"]


def test_errors_name_the_fact_the_value_and_the_way_out(here: SimpleNamespace) -> None:
    number = claim_town.begun(here, dead("Yanto Santoso"))
    path = f"/claims/{number}/facts"
    for value, unlike in (({"died_on": 5}, "died_on"), ({"cause": True}, "cause"), ({"children": "dua"}, "children"),
                          ({"children": [{"party": NOBODY, "levels": {"primary": 99}}]}, "children"),
                          ({"died_on": "2099-01-01"}, "died_on"), ({"cause": "lapar"}, "cause"), ({"nama": "x"}, "nama"),
                          ({"by_work": True}, "by_work")):  # fmt: skip
        answer = here.officer.post(path, {"values": value})
        assert fields(answer) == [unlike], value
        assert answer.json()["errors"][0]["message"] and answer.json()["errors"][0].get("remedy"), value
    assert here.officer.post(path, {"values": {"cause": "a\u0000b"}}).status_code == 422
    assert here.officer.post(path, {"values": {"children": [{"party": NOBODY, "levels": {"primary": 2}}]}}).status_code == 404
    assert {one["name"]: one["value"] for one in made(here.officer.get(f"/claims/{number}"))["facts"]}["cause"] == "illness"
    assert fields(here.officer.post(f"/claims/{number}/claimant", {**HEIR, "account_number": "12x"})) == ["account_number"]
    assert fields(here.officer.post(f"/claims/{number}/claimant", {**HEIR, "kin": "tetangga"})) == ["kin"]


def test_a_child_at_school_is_a_party_and_a_fact(here: SimpleNamespace) -> None:
    number = claim_town.begun(here, dead("Zaki Santoso"))
    child = {"name": "Sari Santoso", "kin": "child", BIRTH: "2018-05-06", "guardian_party": None}
    claimant = made(here.officer.get(f"/claims/{number}"))["parties"][0]["id"]
    made_child = made(here.officer.post(f"/claims/{number}/parties", {**child, "guardian_party": claimant}), 201)
    assert made_child["guardian"] == claimant and made_child["beneficiary"]
    children = [{"party": made_child["id"], "levels": {"primary": 4}}]
    told = made(here.officer.post(f"/claims/{number}/facts", {"values": {"children": children}}))
    assert next(one for one in told["facts"] if one["name"] == "children")["value"] == children
    parts = {one["component"]: one for one in made(here.officer.get(f"/claims/{number}/preview"))["parts"]}
    assert parts["jkm_lump"]["rupiah"] == 20_000_000 and not parts["jkm_lump"]["recurs"]
    gone = made(here.officer.post(f"/claims/{number}/parties/{made_child['id']}/removal", {"reason": "bukan anaknya"}))
    assert made_child["id"] not in [one["id"] for one in gone["parties"]]


def test_anybody_with_a_token_tracks_by_number_and_birth_date(widow: SimpleNamespace, town: SimpleNamespace) -> None:
    none = Api(token_of(town.users["researcher"]))
    asked = {"number": widow.number, BIRTH: widow.who.birth_date.isoformat()}
    told = made(none.post("/claims/tracking", asked))
    assert (told["state"], told["kind"]) == ("submitted", "jkm") and len(told["stages"]) == 6
    assert widow.who.name not in str(told) and "Dewi" not in str(told)
    assert fields(none.post("/claims/tracking", {**asked, BIRTH: "1950-01-01"})) == ["number"]
    assert Api().post("/claims/tracking", asked).status_code == 401
    assert none.get(f"/claims/{widow.number}").status_code == 403


def test_a_token_without_the_right_to_see_claims_reads_none_of_the_offices(here: SimpleNamespace, widow: SimpleNamespace) -> None:
    narrow = Api(token_of(here.users["supervisor"], str(Can.FILE_CLAIM)))
    assert widow.number not in [one["number"] for one in made(narrow.get("/claims?limit=200"))["items"]]
    assert narrow.get(f"/claims/{widow.number}").status_code == 404
    assert narrow.get("/claim-queue").status_code == 403
    blind = Api(token_of(here.users["supervisor"], str(Can.UPLOAD)))
    assert blind.get("/claims").status_code == blind.get(f"/claims/{widow.number}/documents").status_code == 403
    watcher = made(here.watcher.get(f"/claims/{widow.number}"))
    assert watcher["reads"] == "works"
    for step in ("facts", "submission", "service", "messages"):
        assert here.watcher.post(f"/claims/{widow.number}/{step}", {}).status_code == 403, step


def test_messages_go_both_ways(here: SimpleNamespace, town: SimpleNamespace, widow: SimpleNamespace) -> None:
    path = f"/claims/{widow.number}/messages"
    made(here.officer.post(path, {"text": "Berkas Anda sudah lengkap."}), 201)
    told = made(here.officer.get(path))["items"]
    assert [(one["ours"], one["text"]) for one in told] == [(True, "Berkas Anda sudah lengkap.")]
    assert fields(here.officer.post(path, {"text": " "})) == ["text"]


def test_lists_filter_and_go_on_where_they_ended(here: SimpleNamespace) -> None:
    numbers = [claim_town.begun(here, dead(f"Baris {name}")) for name in ("Satu", "Dua", "Tiga")]
    drafts = made(here.officer.get("/claims?state=draft&limit=200"))["items"]
    assert [one["number"] for one in drafts][:3] == numbers[::-1]
    assert {one["kind"] for one in drafts} == {"jkm"}
    page = made(here.officer.get("/claims?state=draft&limit=1"))
    after = made(here.officer.get(f"/claims?state=draft&limit=1&cursor={page['next']}"))
    assert [one["number"] for one in (*page["items"], *after["items"])] == numbers[:0:-1]
    assert made(here.officer.get("/claims?late=true"))["items"] == []
    assert here.officer.get("/claims?state=hilang").status_code == 422
    head = {one["number"] for one in made(here.head.get("/claims?state=draft&limit=200"))["items"]}
    assert set(numbers) <= head, "a counter's draft is its office's"


def test_a_look_stays_in_the_persons_trail(town: SimpleNamespace, here: SimpleNamespace) -> None:
    [number] = [one["number"] for one in made(here.hospital.get("/claims"))["items"]][:1]
    here.officer.get(f"/claims/{number}")
    with cast.everyone():
        from jamsostek.access.models import AuditEntry

        rows = AuditEntry.objects.filter(subject_id=town.ani.pk, action="look", reason="API", actor="Petugas")
        assert rows.exists()


def test_papers_asked_for_are_sent_and_the_claim_goes_back_to_its_place(here: SimpleNamespace) -> None:
    number = claim_town.begun(here, dead("Kurang Berkas"))
    told = made(here.officer.post(f"/claims/{number}/submission"))
    assert (told["state"], told["waiting_for"], told["due_on"]) == ("waiting", "papers", None)
    assert fields(here.officer.post(f"/claims/{number}/answer")) == ["papers"]
    papers(here.officer, number)
    told = made(here.officer.post(f"/claims/{number}/answer"))
    assert told["state"] == "submitted" and told["due_on"]


def test_a_worker_asks_what_would_be_paid_and_nobody_asks_it_of_others(town: SimpleNamespace, here: SimpleNamespace) -> None:
    own = Api(token_of(town.users["worker"], str(Can.FILE_CLAIM)))
    told = {one["key"]: one for one in made(own.get(f"/participants/{town.ani.kpj}/scenarios"))["items"]}
    assert {"death", "injury", "dismissal", "old_age", "pension"} <= set(told)
    death = told["death"]
    assert death["parts"] or death["in_the_way"], "an amount, or what stands in the way"
    assert own.get(f"/participants/{town.budi.kpj}/scenarios").status_code == 404
    assert here.officer.get(f"/participants/{town.ani.kpj}/scenarios").status_code in (403, 404)
