"""Chasing arrears through the API: by age, instalments, sanctions, findings, fines; what binds takes two people."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, get_args

import cast
import pytest
from django.utils import timezone
from town import Api, token_of

MADE = dt.date(2026, 9, 2)
LONG_AGO = "2026-10-01"


def day(later: int = 0) -> str:
    """Today, or so many days later."""
    return (timezone.localdate() + dt.timedelta(days=later)).isoformat()


@pytest.fixture(scope="module")
def office(town: SimpleNamespace) -> SimpleNamespace:
    """The town's officer and supervisor, and a second officer of the other regency."""
    with cast.everyone():
        far = cast.user("penyelia-jauh", "branch_supervisor", "region", cast.LUMAJANG)
    return SimpleNamespace(officer=town.as_officer, supervisor=town.as_supervisor, far=Api(token_of(far)), town=town)


def debtor(name: str = "PT Menunggak", month: int = 202608, wage_rupiah: int = 5_000_000) -> Any:
    """A company with one worker and a bill long past its due day."""
    from jamsostek.collection.actions import bills

    with cast.everyone():
        made = cast.employer(name)
        cast.works(cast.participant("Pekerja Contoh"), made, month, wage_rupiah)
        bills.bill_employer(employer_id=made.pk, month=month, today=MADE)
    return made


def paid(employer: Any, on: dt.date) -> None:
    """The company pays all its bills on a day."""
    from jamsostek.collection.actions import payments
    from jamsostek.collection.actions.payments import Notice
    from jamsostek.collection.choices import Channel
    from jamsostek.collection.codes import code_of
    from jamsostek.collection.models import Bill

    with cast.everyone():
        for bill in Bill.objects.filter(employer_id=employer.pk):
            moment = dt.datetime(on.year, on.month, on.day, 3, tzinfo=dt.UTC)
            notice = Notice("1234567890", f"L{bill.pk}", code_of(bill.number), bill.total_rupiah, moment, Channel.WEBHOOK)
            payments.receive(notice, today=timezone.localdate())


def fields(answer: Any) -> list[str]:
    """Where an answer says what is wrong."""
    assert answer.status_code == 422, answer.content
    return [one["field"] for one in answer.json()["errors"]]


def path_of(answer: Any) -> str:
    """The address of what was made."""
    assert answer.status_code == 201, answer.content
    return str(answer.headers["Location"]).removeprefix("/api/v1")


# --- by age -----------------------------------------------------------------------------------------------------------


def test_arrears_by_age_add_up_by_programme_and_by_regency(office: SimpleNamespace) -> None:
    employer = debtor("PT Berumur")
    told = office.officer.get("/arrears/ageing").json()
    assert (told["on"], len(told["ages"])) == (day(), 6)
    assert told["ages"][0] == {"first_months": 1, "last_months": 1} and told["ages"][-1]["last_months"] is None
    owed = next(one for one in office.officer.get("/arrears?limit=200").json()["items"] if one["number"] == employer.npp)
    whole = told["whole"]
    assert whole["total_rupiah"] == sum(whole["rupiah"]) >= owed["total_rupiah"] > 0
    for parts in ("programmes", "regions"):
        assert sum(one["total_rupiah"] for one in told[parts]) == whole["total_rupiah"]
    assert [one["region_code"] for one in told["regions"]] == [cast.SIDOARJO]
    assert [one["programme"] for one in told["programmes"]] == ["jkk", "jkm", "jht", "jp", "fine"]
    assert office.far.get("/arrears/ageing").json()["whole"]["payers"] == 0
    assert office.officer.get(f"/arrears/ageing?on={LONG_AGO}").json()["on"] == LONG_AGO
    assert fields(office.officer.get("/arrears/ageing?on=2014-12-31")) == ["on"]


# --- agreements -------------------------------------------------------------------------------------------------------

PARTS = {"count": 3, "reason": "Pesanan tertunda"}


def test_instalments_are_proposed_by_one_agreed_by_another_and_ended(office: SimpleNamespace) -> None:
    employer = debtor("PT Mengangsur")
    path = path_of(office.officer.post(f"/employers/{employer.npp}/agreements", {**PARTS, "first_on": day(7)}))
    made = office.supervisor.get(path).json()
    assert (made["payer"], made["number"], made["name"]) == ("employer", employer.npp, "PT Mengangsur")
    assert (made["state"], made["paid_rupiah"], made["next_due_on"]) == ("proposed", 0, day(7))
    assert [one["number"] for one in made["instalments"]] == [1, 2, 3]
    assert sum(one["rupiah"] for one in made["instalments"]) == made["total_rupiah"] == made["bills"][0]["rupiah"]
    assert made["bills"][0]["month"] == "2026-08"
    assert office.officer.get(f"/bills/{made['bills'][0]['code']}").json()["number"] == employer.npp
    assert fields(office.officer.post(f"/employers/{employer.npp}/agreements", {**PARTS, "first_on": day(7)})) == [""]
    assert office.supervisor.post(f"{path}/answer", {"approved": True}).json()["state"] == "kept"
    assert office.officer.post(f"/employers/{employer.npp}/cases").status_code == 422, "no sanction while it is kept"
    assert fields(office.supervisor.post(f"{path}/answer", {"approved": False, "reason": "Batal"})) == [""]
    assert fields(office.officer.post(f"{path}/ending", {"reason": " "})) == ["reason"]
    ended = office.officer.post(f"{path}/ending", {"reason": "Tidak ditepati"}).json()
    assert (ended["state"], ended["ended_on"], ended["ending"]) == ("ended", day(), "Tidak ditepati")


def test_a_sponsor_may_pay_in_parts_too_and_paying_keeps_the_agreement(office: SimpleNamespace) -> None:
    from jamsostek.collection.actions import bills

    with cast.everyone():
        sponsor = cast.sponsor("Yayasan Mengangsur", kind="csr")
        cast.covered(cast.participant("Petani Contoh"), sponsor, 202608)
        bills.bill_sponsor(sponsor_id=sponsor.pk, month=202608, today=dt.date(2026, 8, 3))
    path = path_of(
        office.officer.post(f"/sponsors/{sponsor.number}/agreements", {"count": 1, "first_on": day(), "reason": "Anggaran"})
    )
    made = office.supervisor.post(f"{path}/answer", {"approved": True}).json()
    assert (made["payer"], made["number"], made["state"]) == ("sponsor", sponsor.number, "kept")
    code, rupiah = made["bills"][0]["code"], made["total_rupiah"]
    from jamsostek.collection.actions import payments
    from jamsostek.collection.actions.payments import Notice
    from jamsostek.collection.choices import Channel

    with cast.everyone():
        notice = Notice("1234567890", f"S{code}", code, rupiah, timezone.now(), Channel.WEBHOOK)
        payments.receive(notice, today=timezone.localdate())
    done = office.officer.get(path).json()
    assert (done["state"], done["paid_rupiah"], done["instalments"][0]["paid_rupiah"]) == ("done", rupiah, rupiah)
    assert done["next_due_on"] is None


def test_nobody_agrees_to_what_they_proposed_and_a_refusal_says_why(office: SimpleNamespace) -> None:
    employer = debtor("PT Ditolak")
    path = path_of(office.supervisor.post(f"/employers/{employer.npp}/agreements", {**PARTS, "first_on": day()}))
    assert fields(office.supervisor.post(f"{path}/answer", {"approved": True})) == [""]
    assert office.officer.post(f"{path}/answer", {"approved": True}).status_code == 403
    assert office.far.post(f"{path}/answer", {"approved": True}).status_code == 404
    head = office.town.as_head
    assert fields(head.post(f"{path}/answer", {"approved": False})) == ["reason"]
    told = head.post(f"{path}/answer", {"approved": False, "reason": "Terlalu lama"}).json()
    assert (told["state"], told["decision"]) == ("refused", "Terlalu lama")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"count": 0}, "count"), ({"count": 37}, "count"), ({"reason": ""}, "reason"), ({"first_on": "2020-01-01"}, "first_on"),
     ({"first_on": "9999-12-31"}, "first_on"), ({"total": 5}, "total")],
    ids=str,
)  # fmt: skip
def test_what_is_proposed_wrongly_is_refused_at_its_field(
    office: SimpleNamespace, behind: Any, given: dict[str, object], field: str
) -> None:
    sent = {**PARTS, "first_on": day(7), **given}
    assert fields(office.officer.post(f"/employers/{behind.npp}/agreements", sent)) == [field]


@pytest.fixture(scope="module")
def behind(town: SimpleNamespace) -> Any:
    """A debtor of whom nothing is written."""
    return debtor("PT Utuh")


def test_agreements_are_listed_in_parts_and_by_payer(office: SimpleNamespace) -> None:
    made = []
    for name in ("PT Satu", "PT Dua"):
        employer = debtor(name)
        made.append(employer)
        path_of(office.officer.post(f"/employers/{employer.npp}/agreements", {**PARTS, "first_on": day(7)}))
    first = office.officer.get("/agreements?limit=1").json()
    second = office.officer.get(f"/agreements?limit=1&cursor={first['next']}").json()
    assert [one["name"] for told in (first, second) for one in told["items"]] == ["PT Dua", "PT Satu"]
    (one,) = office.officer.get(f"/agreements?employer={made[0].npp}").json()["items"]
    assert (one["name"], one["state"]) == ("PT Satu", "proposed")
    assert office.far.get("/agreements").json()["items"] == []
    assert office.far.get(f"/agreements?employer={made[0].npp}").status_code == 404
    assert office.far.get(f"/agreements/{one['id']}").status_code == 404


# --- sanctions --------------------------------------------------------------------------------------------------------


def test_a_case_goes_on_with_two_people_and_is_closed_once_nothing_is_owed(office: SimpleNamespace) -> None:
    employer = debtor("PT Ditegur")
    path = path_of(office.officer.post(f"/employers/{employer.npp}/cases"))
    told = office.officer.get(path).json()
    assert (told["npp"], told["cause"], told["act"], told["step"]) == (employer.npp, "arrears", "decide", 1)
    assert told["facts"]["months"] == ["2026-08"] and told["facts"]["rupiah"] > 0
    assert fields(office.officer.post(f"/employers/{employer.npp}/cases")) == [""], "one is open"
    assert fields(office.officer.post(f"{path}/steps", {"reason": ""})) == ["reason"]
    told = office.officer.post(f"{path}/steps", {"reason": "Belum membayar"}).json()
    (step,) = told["steps"]
    assert (told["act"], step["step"], step["title"], step["signed"]) == ("sign", 1, "First written warning", None)
    assert step["facts"]["article"].startswith("PP 86/2013")
    at = f"{path}/steps/{step['id']}"
    assert fields(office.officer.post(f"{at}/delivery", {"on": day(), "how": "post"})) == [""], "not signed yet"
    assert office.officer.post(f"{at}/signature", {"signed": True}).status_code == 403
    assert fields(office.supervisor.post(f"{at}/signature", {"signed": False})) == ["reason"]
    refused = office.supervisor.post(f"{at}/signature", {"signed": False, "reason": "Alamatnya salah"}).json()
    assert (refused["act"], refused["steps"][0]["refusal"]) == ("decide", "Alamatnya salah")
    again = office.officer.post(f"{path}/steps", {"reason": "Alamat diperbaiki"}).json()["steps"][1]
    at = f"{path}/steps/{again['id']}"
    signed = office.supervisor.post(f"{at}/signature", {"signed": True}).json()
    assert (signed["act"], signed["steps"][1]["signed"], signed["steps"][1]["signed_on"]) == ("deliver", True, day())
    assert fields(office.officer.post(f"{at}/delivery", {"on": day(1), "how": "post"})) == ["on"]
    assert fields(office.officer.post(f"{at}/delivery", {"on": day(), "how": "pigeon"})) == ["how"]
    sent = office.officer.post(f"{at}/delivery", {"on": day(), "how": "post"}).json()
    assert (sent["act"], sent["until"]) == ("wait", sent["steps"][1]["due_on"])
    assert sent["until"] > day(9)
    assert fields(office.officer.post(f"{path}/steps", {"reason": "Terlalu cepat"})) == [""]
    assert fields(office.officer.post(f"{path}/closing", {"outcome": "mended", "reason": "Katanya lunas"})) == ["outcome"]
    paid(employer, timezone.localdate())
    assert office.officer.get(path).json()["act"] == "mended"
    closed = office.officer.post(f"{path}/closing", {"outcome": "mended", "reason": "Lunas"}).json()
    assert (closed["act"], closed["outcome"], closed["closed_on"], closed["closing"]) == ("closed", "mended", day(), "Lunas")


def test_nobody_signs_what_they_decided_and_only_a_supervisor_withdraws(office: SimpleNamespace) -> None:
    employer = debtor("PT Dicabut")
    path = path_of(office.supervisor.post(f"/employers/{employer.npp}/cases"))
    (step,) = office.supervisor.post(f"{path}/steps", {"reason": "Belum membayar"}).json()["steps"]
    assert fields(office.supervisor.post(f"{path}/steps/{step['id']}/signature", {"signed": True})) == [""]
    withdrawn = {"outcome": "withdrawn", "reason": "Salah orang"}
    assert office.officer.post(f"{path}/closing", withdrawn).status_code == 403
    assert office.supervisor.post(f"{path}/closing", withdrawn).json()["outcome"] == "withdrawn"


def test_a_step_of_another_case_and_a_case_out_of_sight_are_not_there(office: SimpleNamespace) -> None:
    paths = [path_of(office.officer.post(f"/employers/{debtor(name).npp}/cases")) for name in ("PT Kiri", "PT Kanan")]
    (step,) = office.officer.post(f"{paths[0]}/steps", {"reason": "Belum membayar"}).json()["steps"]
    for ending, body in (("signature", {"signed": True}), ("delivery", {"on": day(), "how": "hand"})):
        assert office.supervisor.post(f"{paths[1]}/steps/{step['id']}/{ending}", body).status_code == 404
        assert office.far.post(f"{paths[0]}/steps/{step['id']}/{ending}", body).status_code == 404
    assert office.far.get(paths[0]).status_code == 404
    first = office.officer.get("/cases?limit=1&open_only=true").json()
    second = office.officer.get(f"/cases?limit=1&open_only=true&cursor={first['next']}").json()
    assert [one["name"] for told in (first, second) for one in told["items"]] == ["PT Kanan", "PT Kiri"]
    assert [one["act"] for one in office.officer.get("/cases?limit=2").json()["items"]] == ["decide", "sign"]
    npp = second["items"][0]["npp"]
    assert [one["name"] for one in office.officer.get(f"/cases?employer={npp}").json()["items"]] == ["PT Kiri"]
    assert office.far.get("/cases").json()["items"] == []


# --- findings ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found(office: SimpleNamespace) -> SimpleNamespace:
    """A list from the tax office with one person who is not registered, and one whose wage is higher there."""
    from jamsostek.collection.actions import arrears
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.models import Participant

    with cast.everyone():
        employer = cast.employer("PT Sebagian")
        people = [cast.person(f"Pekerja {at}") for at in range(2)]
        number = register_person(people[0], via="counter", today=cast.TODAY).participant_id
        cast.works(Participant.objects.get(pk=number), employer, 202601, 5_000_000)
    rows = [f"{one.name},{one.nik},{wage}" for one, wage in zip(people, (7_500_000, 6_000_000), strict=True)]
    with cast.as_user(office.town.users["officer"]):
        arrears.compare(
            employer_id=employer.pk, content="\n".join(["Nama,NIK,Upah", *rows]).encode(), file_name="pajak.csv", source="tax",
            month=202609, today=timezone.localdate(),
        )  # fmt: skip
    return SimpleNamespace(employer=employer, niks=[one.nik for one in people])


def test_a_finding_is_read_with_its_rows_decided_once_and_may_become_a_case(
    office: SimpleNamespace, found: SimpleNamespace
) -> None:
    listed = office.officer.get(f"/findings?employer={found.employer.npp}").json()["items"]
    assert [(one["kind"], one["source"], one["month"]) for one in listed] == [
        ("wage_list", "tax", "2026-09"), ("workers", "tax", "2026-09"),
    ]  # fmt: skip
    page = office.officer.get(f"/findings?employer={found.employer.npp}&limit=1").json()
    rest = office.officer.get(f"/findings?employer={found.employer.npp}&limit=1&cursor={page['next']}").json()
    assert page["items"] + rest["items"] == listed
    (one,) = office.officer.get(f"/findings?employer={found.employer.npp}&kind=workers").json()["items"]
    answer = office.officer.get(f"/findings/{one['id']}")
    told = answer.json()
    assert (told["npp"], told["title"], told["facts"]["missing"]) == (found.employer.npp, "Workers not registered", 1)
    assert [(line["name"], line["verdict"], line["wage_rupiah"]) for line in told["lines"]] == [
        ("Pekerja 1", "missing", 6_000_000)
    ]
    assert not any(nik in answer.content.decode() for nik in found.niks)
    path = f"/findings/{one['id']}/decision"
    assert fields(office.officer.post(path, {"outcome": "case", "reason": " "})) == ["reason"]
    assert fields(office.officer.post(path, {"outcome": "forgotten", "reason": "Lupa"})) == ["outcome"]
    assert office.far.post(path, {"outcome": "case", "reason": "Menolak"}).status_code == 404
    decided = office.officer.post(path, {"outcome": "case", "reason": "Menolak mendaftarkan"}).json()
    assert (decided["outcome"], decided["note"], decided["decided_on"]) == ("case", "Menolak mendaftarkan", day())
    case = office.officer.get(f"/cases/{decided['case']}").json()
    assert (case["cause"], case["finding"], case["facts"]["missing"]) == ("finding", one["id"], 1)
    assert fields(office.officer.post(path, {"outcome": "mended", "reason": "Lagi"})) == [""]
    waiting = office.officer.get(f"/findings?employer={found.employer.npp}&open_only=true").json()["items"]
    assert [one["kind"] for one in waiting] == ["wage_list"]
    assert office.far.get("/findings").json()["items"] == []


# --- fines ------------------------------------------------------------------------------------------------------------


def test_fines_on_what_came_late_are_billed_once(office: SimpleNamespace) -> None:
    employer = debtor("PT Terlambat")
    paid(employer, dt.date(2026, 11, 20))
    made = office.officer.post(f"/employers/{employer.npp}/fines").json()
    bill = office.officer.get(f"/bills/{made['code']}").json()
    assert (bill["kind"], bill["number"], bill["due_on"]) == ("fine", employer.npp, made["due_on"])
    assert bill["total_rupiah"] == made["total_rupiah"] > 0
    again = office.officer.post(f"/employers/{employer.npp}/fines").json()
    assert again == {"code": None, "total_rupiah": 0, "due_on": None}
    assert office.far.post(f"/employers/{employer.npp}/fines").status_code == 404


# --- who may ----------------------------------------------------------------------------------------------------------

READS = ("/arrears/ageing", "/agreements", "/cases", "/findings")


@pytest.mark.parametrize("who", ["clerk_a", "boss_a", "payer", "worker", "researcher", "auditor"])
def test_it_is_of_those_who_chase_arrears(town: SimpleNamespace, who: str) -> None:
    api, nobody = getattr(town, f"as_{who}"), "A" * 32
    writes: dict[str, dict[str, object] | None] = {
        f"/employers/{town.a.npp}/agreements": {**PARTS, "first_on": day()}, f"/employers/{town.a.npp}/cases": None,
        f"/employers/{town.a.npp}/fines": None, f"/sponsors/{town.payer.number}/agreements": {**PARTS, "first_on": day()},
        f"/agreements/{nobody}/answer": {"approved": True}, f"/agreements/{nobody}/ending": {"reason": "x"},
        f"/cases/{nobody}/steps": {"reason": "x"}, f"/cases/{nobody}/closing": {"outcome": "mended", "reason": "x"},
        f"/findings/{nobody}/decision": {"outcome": "mended", "reason": "x"},
    }  # fmt: skip
    for path in (*READS, f"/agreements/{nobody}", f"/cases/{nobody}", f"/findings/{nobody}"):
        assert api.get(path).status_code == 403, path
    for path, body in writes.items():
        assert api.post(path, body).status_code == 403, path


def test_the_words_that_are_sent_are_those_the_law_of_the_house_knows() -> None:
    from jamsostek.api.v1.cases import CaseOutcome, How
    from jamsostek.api.v1.findings import FindingKind, FindingOutcome
    from jamsostek.collection.actions.arrears import cases, findings

    pairs = ((How, cases.HOW), (CaseOutcome, cases.OUTCOMES), (FindingKind, findings.KINDS), (FindingOutcome, findings.OUTCOMES))
    for sent, known in pairs:
        assert get_args(sent) == tuple(known)
