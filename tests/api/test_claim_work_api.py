"""Work on claims through the API: a death claim from its first word to approved by three tokens, and refusals on the way."""

from __future__ import annotations

from types import SimpleNamespace

import claim_town
import pytest
from claim_town import dead, staff
from paid import fields, made
from town import Api, token_of

from jamsostek.access.roles import Can

NOBODY = "A" * 32


@pytest.fixture(scope="module")
def here(town: SimpleNamespace) -> SimpleNamespace:
    return staff()


@pytest.fixture(scope="module")
def decided(here: SimpleNamespace) -> str:
    """A claim that was approved."""
    return claim_town.approved(here, dead("Budi Santoso"))


def test_a_death_claim_goes_from_its_first_word_to_what_is_owed_by_three_tokens(here: SimpleNamespace) -> None:
    number = claim_town.sent(here, dead("Agus Santoso"))
    path = f"/claims/{number}"
    proposal = {"approve": True, "reason": "sesuai aturan"}
    assert fields(here.colleague.post(f"{path}/proposals", proposal)) == ["papers"], "nothing was looked at yet"
    claim_town.checked(here, number)
    kept = made(here.colleague.post(f"{path}/assessments", {"reason": "berkas lengkap"}), 201)
    assert (kept["outcome"], kept["rupiah"], kept["by"]) == ("entitled", 42_000_000, "Rekan")
    made_ = made(here.colleague.post(f"{path}/proposals", proposal), 201)
    assert (made_["rupiah"], made_["needs_third"], made_["final"], made_["proposed_by"]) == (42_000_000, False, None, "Rekan")
    assert here.colleague.post(f"{path}/decision", {"agrees": True}).status_code == 403, "an officer decides nothing"
    assert here.colleague.post(f"{path}/proposals", proposal).status_code == 409, "it waits for another already"
    done = made(here.supervisor.post(f"{path}/decision", {"agrees": True}))
    assert done["final"] is True and done["second_by"] == "Penyelia"
    whole = made(here.officer.get(path))
    assert whole["state"] == "approved"
    assert {one["component"]: one["gross_rupiah"] for one in whole["paid"]} == {
        "jkm_lump": 20_000_000, "jkm_periodic": 12_000_000, "jkm_funeral": 10_000_000,
    }  # fmt: skip
    assert {one["state"] for one in whole["paid"]} == {"due"}
    kinds = [one["kind"] for one in whole["events"]]
    assert kinds[:1] == ["begun"] and kinds[-1] == "approved" and {"served", "assessed", "proposed"} <= set(kinds) | {"served"}


def test_who_proposed_does_not_decide_and_who_wrote_an_account_does_not_check_it(here: SimpleNamespace) -> None:
    number = claim_town.sent(here, dead("Bambang Santoso"))
    path = f"/claims/{number}"
    [party] = made(here.officer.get(path))["parties"]
    own = here.officer.post(f"{path}/parties/{party['id']}/account-check", {"verified": True})
    assert fields(own) == ["account_state"] and own.json()["errors"][0]["remedy"]
    claim_town.checked(here, number)
    made(here.supervisor.post(f"{path}/proposals", {"approve": True, "reason": "sesuai aturan"}), 201)
    assert here.supervisor.post(f"{path}/decision", {"agrees": True}).status_code == 403
    assert fields(here.head.post(f"{path}/decision", {"agrees": False})) == ["reason"]
    back = made(here.head.post(f"{path}/decision", {"agrees": False, "reason": "surat waris belum jelas"}))
    assert back["final"] is False
    assert made(here.officer.get(path))["state"] == "submitted"


def test_a_paper_that_is_refused_says_why_and_is_asked_for_again(here: SimpleNamespace) -> None:
    number = claim_town.sent(here, dead("Cahyo Santoso"))
    path = f"/claims/{number}"
    first = made(here.colleague.get(f"{path}/documents"))["items"][0]
    address = f"{path}/documents/{first['id']}/check"
    assert fields(here.colleague.post(address, {"accepted": False})) == ["reason"]
    told = made(here.colleague.post(address, {"accepted": False, "reason": "fotonya buram"}))
    assert (told["state"], told["reason"]) == ("refused", "fotonya buram")
    asked = made(here.colleague.post(f"{path}/paper-requests", {"text": "Foto suratnya sekali lagi."}))
    assert (asked["state"], asked["waiting_for"]) == ("waiting", "papers")
    assert here.colleague.post(f"{path}/paper-requests", {"text": "Sekali lagi."}).status_code == 409
    made(claim_town.paper(here.officer, number, first["kind"], 90), 201)
    assert made(here.officer.post(f"{path}/answer"))["state"] == "submitted"
    assert here.colleague.post(f"{path}/documents/{NOBODY}/check", {"accepted": True}).status_code == 404


def test_an_officer_finds_another_fact_and_both_stay(here: SimpleNamespace) -> None:
    number = claim_town.sent(here, dead("Dedi Santoso"))
    found = {"values": {"died_on": "2026-10-06"}, "note": "akta kematian"}
    told = made(here.colleague.post(f"/claims/{number}/found-facts", found))
    fact = next(one for one in told["facts"] if one["name"] == "died_on")
    assert (fact["value"], fact["source"], fact["stated"], fact["unproven"]) == ("2026-10-06", "found", "2026-10-05", False)
    assert told["event_on"] == "2026-10-06"
    assert fields(here.colleague.post(f"/claims/{number}/found-facts", {**found, "values": {"injuries": []}})) == ["injuries"]
    assert fields(here.colleague.post(f"/claims/{number}/confirmed-facts", {"names": ["nama"], "note": "akta"})) == ["nama"]


def test_the_queue_is_in_the_order_of_service(here: SimpleNamespace) -> None:
    numbers = [claim_town.sent(here, dead(f"Antre {name}")) for name in ("Satu", "Dua")]
    first = made(here.officer.get("/claim-queue?limit=1&kind=jkm"))
    everything = made(here.officer.get("/claim-queue?limit=200"))["items"]
    assert [one["place"] for one in everything] == sorted(one["place"] for one in everything)
    assert [one["number"] for one in everything][-2:] == numbers
    assert first["items"][0]["number"] == everything[0]["number"] and first["next"]
    made(here.officer.post(f"/claims/{numbers[1]}/service"))
    passed = made(here.officer.get(f"/claims/{numbers[1]}"))["events"][-1]
    assert passed["kind"] == "served_out_of_order" and not passed["shown"]


def test_every_part_is_explained_down_to_the_article_with_its_number_in_the_books(here: SimpleNamespace, decided: str) -> None:
    told = made(here.officer.get(f"/claims/{decided}/explanation"))
    assert (told["decided"], told["approve"], told["rupiah"]) == (True, True, 42_000_000)
    lump = next(one for one in told["parts"] if one["component"] == "jkm_lump")
    assert (lump["rule"], lump["rupiah"], lump["date"]) == ("benefit.jkm.death", 20_000_000, "2026-10-05")
    assert lump["inputs"]["segment"] == "pu" and len(lump["figures_digest"]) == 64
    assert lump["explanation"]["rule"] == lump["rule"] and len(lump["explanation"]["law_digest"]) == 64
    assert [one["article"] for one in lump["explanation"]["steps"]]
    [paid] = lump["paid"]
    assert (paid["to"], paid["gross_rupiah"], paid["state"]) == ("Dewi Lestari", 20_000_000, "due")
    group = made(here.head.get(f"/ledger/groups/{paid['group']}"))
    assert group["number"] == paid["group"] if "number" in group else group
    undecided = claim_town.sent(here, dead("Eko Santoso"))
    now = made(here.officer.get(f"/claims/{undecided}/explanation"))
    assert now["decided"] is False and now["approve"] is None


def test_what_was_decided_is_objected_to_and_judged_by_somebody_else(here: SimpleNamespace, decided: str) -> None:
    path = f"/claims/{decided}"
    made_ = made(here.officer.post(f"{path}/objections", {"grounds": "Beasiswanya belum dihitung."}), 201)
    assert (made_["level"], made_["upheld"]) == ("objection", None)
    assert fields(here.officer.post(f"{path}/objections", {"grounds": "Sekali lagi."})) == ["grounds"]
    address, yes = f"{path}/objections/{made_['id']}/judgement", {"upheld": True, "reason": "anaknya ada dua"}
    assert here.supervisor.post(address, yes).status_code == 403, "they decided it"
    assert here.head.post(f"{path}/objections/{NOBODY}/judgement", yes).status_code == 404
    assert made(here.head.post(address, yes))["upheld"] is True
    assert made(here.officer.get(path))["state"] == "submitted", "taken up again"


def test_signals_state_facts_and_are_the_offices(here: SimpleNamespace, town: SimpleNamespace) -> None:
    numbers = [claim_town.sent(here, dead(f"Rekening {name}")) for name in ("Satu", "Dua")]
    told = made(here.officer.get(f"/claims/{numbers[0]}/signals"))["items"]
    shared = next(one for one in told if one["sign"] == "shared_account")
    assert numbers[1] in shared["claims"] and shared["values"]["people"] >= 1
    assert "990000123456" not in str(told)
    assert town.as_worker.get(f"/claims/{numbers[0]}/signals").status_code == 403


def test_a_refused_claim_is_reopened_when_facts_change(here: SimpleNamespace) -> None:
    number = claim_town.sent(here, dead("Fajar Santoso"))
    path = f"/claims/{number}"
    claim_town.checked(here, number)
    assert fields(here.colleague.post(f"{path}/proposals", {"approve": False, "reason": "kurang cocok"})) == ["outcome"]
    made(here.colleague.post(f"{path}/found-facts", {"values": {"protected": False}, "note": "iuran tidak ada"}))
    made(here.colleague.post(f"{path}/proposals", {"approve": False, "reason": "tidak terlindungi"}), 201)
    assert made(here.supervisor.post(f"{path}/decision", {"agrees": True}))["approve"] is False
    told = made(here.officer.get(f"{path}/explanation"))
    assert (told["decided"], told["approve"], told["parts"]) == (True, False, [])
    assert made(here.officer.get(path))["state"] == "refused"
    assert made(here.colleague.post(f"{path}/reopening", {"reason": "iurannya ditemukan"}))["state"] == "submitted"
    assert here.colleague.post(f"{path}/reopening", {"reason": "sekali lagi"}).status_code == 409


def test_a_token_does_no_more_than_it_says(here: SimpleNamespace) -> None:
    number = claim_town.sent(here, dead("Gito Santoso"))
    sees = Api(token_of(here.users["supervisor"], str(Can.SEE_CLAIMS)))
    assert made(sees.get(f"/claims/{number}"))["reads"] == "works"
    for step, body in (
        ("service", None), ("found-facts", {"values": {"cause": "illness"}, "note": "akta"}), ("decision", {"agrees": True}),
        ("messages", {"text": "halo semua"}), ("reopening", {"reason": "x y z"}), ("release", None),
    ):  # fmt: skip
        assert sees.post(f"/claims/{number}/{step}", body).status_code == 403, step
