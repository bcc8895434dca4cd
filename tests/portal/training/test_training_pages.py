"""Pages of training: an office's way from a draft to what became of people, an heir's yes, a region's sums."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jamsostek.claims.actions import training
from jamsostek.claims.models import Claim, Trainee, TraineeOutcome, Training
from jamsostek.claims.trainings import At, due_on
from tests import cast
from tests.claims import offices
from tests.claims.training import courses
from tests.portal.desks import asked_twice, day, stored, text_of, undone

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def world(module_db: Any) -> dict[str, Any]:
    """Two widows' paid claims, an office, a region's viewer, the ministry."""
    with cast.everyone():
        at = offices.office()
        claims = [courses.widowed(), courses.widowed("Agus Salim", "Wati Salim")]
        users = {
            "officer": at.officer, "supervisor": at.supervisor, "head": at.head,
            "far": cast.user("jauh", "branch_officer", "region", cast.LUMAJANG),
            "heir": cast.user("ahli.waris", "heir", "self", claims[0].participant_id),
            "viewer": cast.user("pemda", "regional_viewer", "region", cast.SIDOARJO),
            "ministry": cast.user("kementerian", "ministry"),
        }  # fmt: skip
    return {"at": at, "claims": claims, "users": users}


@pytest.fixture
def client(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Browsers of people who signed in; what a test writes is taken back. Pages live on `courses.TODAY` till it is moved."""
    moved_to(monkeypatch, courses.TODAY)

    def make(who: str, language: str = "id") -> Client:
        found = cast.signed_in(Client(), world["users"][who]) if who else Client()
        found.cookies["jamsostek_language"] = language
        return found

    with undone():
        yield make


def moved_to(monkeypatch: pytest.MonkeyPatch, on: dt.date) -> None:
    """The day the pages of training believe it is."""
    for name in ("frame", "home", "offers", "people", "sheet", "results", "own"):
        monkeypatch.setattr(f"jamsostek.portal.training.{name}.today", lambda: on)


def written(**given: Any) -> dict[str, Any]:
    """An offer as its form sends it."""
    return {
        "kind": "heirs_training", "title": "Membuat kue basah", "title_en": "Making wet cakes",
        "region_code": str(cast.SIDOARJO), "place": "Balai desa", "provider": "BLK Contoh",
        **day("starts_on", courses.FIRST), **day("ends_on", courses.LAST), "sessions": "2", "capacity": "10",
        "cost_rupiah": "12.000.000", "sponsor_kind": "region", "sponsor": "Kabupaten Contoh",
    } | given  # fmt: skip


def says(client: Client, url: str, **told: Any) -> Any:
    """A form without answers, or with some: looked at, then done."""
    answer = asked_twice(client, url, told or {"x": "1"})
    assert answer.status_code == 302, text_of(answer)[:800]
    return answer


def opened() -> Training:
    with cast.everyone():
        return courses.opened()


def test_an_offer_from_the_draft_to_people_who_finished(
    world: dict[str, Any], client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, officer = client("supervisor"), client("officer")
    assert "Belum ada pelatihan" in text_of(boss.get(reverse("training:home")))
    assert "Hari terakhirnya mendahului" in text_of(boss.post(reverse("training:make"), written(**day("ends_on", TODAY))))
    assert "Nama yang membiayai belum diisi" in text_of(boss.post(reverse("training:make"), written(sponsor="")))
    says(boss, reverse("training:make"), **written())
    made = stored(Training)
    here = reverse("training:training", args=[made.number])
    assert "Belum dibuka" in text_of(officer.get(here))
    says(boss, reverse("training:change", args=[made.number]), **written(capacity="1"))
    assert stored(Training).capacity == 1
    says(boss, reverse("training:open", args=[made.number]))
    look = boss.post(reverse("training:invite", args=[made.number]), {"x": "1"})
    assert re.search(r"Yang diundang\s+2", text_of(look))
    says(boss, reverse("training:invite", args=[made.number]))
    with cast.everyone():
        rows = list(Trainee.objects.order_by("pk"))
    assert [one.state for one in rows] == [At.INVITED] * 2
    page = text_of(officer.get(here))
    assert "Dewi Lestari" in page and "Diundang, belum menjawab" in page and "0 dari 1" in page
    for row in rows:
        says(officer, reverse("training:accept", args=[row.pk]))
    assert "Daftar tunggu" in text_of(officer.get(here))
    moved_to(monkeypatch, courses.FIRST)
    sheet = {**day("on", courses.FIRST), "came": [str(rows[0].pk)]}
    says(officer, reverse("training:sheet", args=[made.number, 1]), **sheet)
    assert "1 dari 1 hadir" in text_of(officer.get(here))
    assert officer.get(reverse("training:sheet", args=[made.number, 3])).status_code == 404
    says(officer, reverse("training:before", args=[rows[0].pk]), before_rupiah="500.000")
    moved_to(monkeypatch, courses.LAST)
    done = {"finished": [str(rows[0].pk)], "spent_rupiah": "11.000.000"}
    says(boss, reverse("training:complete", args=[made.number]), **done)
    assert stored(Training).state == "done" and stored(Trainee, pk=rows[1].pk).state == At.LAPSED
    moved_to(monkeypatch, due_on(courses.LAST, 3))
    assert "Bulan ke-3" in text_of(officer.get(reverse("training:due")))
    told = {"working": "tidak", "business": "ya", "income_rupiah": "1.500.000", "note": "Warung kue"}
    says(officer, reverse("training:outcome", args=[rows[0].pk, 3]), **told)
    assert stored(TraineeOutcome).income_rupiah == 1_500_000
    assert "sudah dicatat" in text_of(officer.post(reverse("training:outcome", args=[rows[0].pk, 3]), {**told, "working": "ya"}))
    assert officer.get(reverse("training:outcome", args=[rows[0].pk, 4])).status_code == 404
    one = text_of(officer.get(reverse("training:person", args=[rows[0].pk])))
    assert "Rp1.500.000" in one and "Menyelesaikan" in one and "Rp500.000" in one
    file = officer.get(reverse("training:file", args=[made.number]) + "?bentuk=csv")
    assert "Dewi Lestari" in b"".join(file.streaming_content).decode("utf-8-sig")
    results = text_of(officer.get(reverse("training:results")))
    assert "Rp11.000.000" in results and "+Rp1.000.000" in results
    for view in ("program", "wilayah", "tahun", "biaya"):
        assert "Siapa yang ikut" in text_of(officer.get(reverse("training:results") + f"?menurut={view}&tahun=2026"))
    assert "Belum ada hasil" in text_of(officer.get(reverse("training:results") + "?tahun=2020"))
    english = text_of(client("officer", "en").get(reverse("training:results")))
    assert "Skills training for heirs" in english and "After 3 months" in english


def test_a_region_and_the_ministry_see_no_cell_of_one(
    world: dict[str, Any], client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = opened()
    with cast.everyone():
        row = courses.trainee(course, world["claims"][0], world["at"], attended=1)
    with cast.as_user(world["at"].supervisor):
        training.complete(training_id=course.pk, finished=[row.pk], spent_rupiah=7_777_777, today=courses.LAST)
    for who, url in (("viewer", "region:training"), ("ministry", "oversight:training")):
        page = text_of(client(who).get(reverse(url)))
        assert "< 5" in page and "7.777.777" not in page and "Dewi" not in page
        file = client(who).get(reverse(f"{url}_file") + "?bentuk=csv")
        assert "7777777" not in b"".join(file.streaming_content).decode("utf-8-sig")
    assert "Selesai pelatihan" in text_of(client("viewer").get(reverse("region:home")))
    assert client("viewer").get(reverse("training:home")).status_code == 403


def test_an_heir_answers_on_their_own_pages(world: dict[str, Any], client: Any) -> None:
    course, claim = opened(), world["claims"][0]
    heir = client("heir")
    assert "Terbuka untuk Anda" in text_of(heir.get(reverse("worker:training")))
    with cast.everyone():
        (row,) = training.invite_after(claim, courses.TODAY)
    page = text_of(heir.get(reverse("worker:training")))
    assert "Membuat kue basah" in page and "Diundang, belum menjawab" in page and "Terbuka untuk Anda" not in page
    url = reverse("worker:training_accept", args=[row.pk])
    assert "Ikut pelatihan ini?" in text_of(heir.get(url))
    assert heir.post(url).status_code == 302 and stored(Trainee, pk=row.pk).state == At.ACCEPTED
    assert heir.post(reverse("worker:training_decline", args=[row.pk]), {"reason": "Sakit"}).status_code == 302
    assert stored(Trainee, pk=row.pk).reason == "Sakit"
    assert "sudah ditolak" in text_of(heir.post(url))
    other = courses_of(world["claims"][1], course)
    assert heir.post(reverse("worker:training_accept", args=[other.pk])).status_code == 404
    assert heir.get(reverse("worker:training_join", args=[course.number])).status_code == 404


def courses_of(claim: Claim, course: Training) -> Trainee:
    with cast.everyone():
        return training.invite_after(claim, courses.TODAY)[0]


def test_an_heir_without_an_account_answers_by_number_and_birth_date(world: dict[str, Any], client: Any) -> None:
    opened()
    claim = world["claims"][0]
    with cast.everyone():
        (row,) = training.invite_after(claim, courses.TODAY)
        Claim.objects.filter(pk=claim.pk).update(submitted_on=courses.TODAY, submitted_at=cast.NOW, state="submitted")
        born = claim.participant.birth_date
    visitor = client("")
    mine = reverse("invitations:mine")
    assert visitor.get(mine).status_code == 302
    asked = {"number": claim.number, **day("birth_date", born + dt.timedelta(days=1))}
    assert "tidak cocok" in text_of(visitor.post(reverse("invitations:start"), asked))
    asked = {"number": claim.number, **day("birth_date", born)}
    assert visitor.post(reverse("invitations:start"), asked)["Location"] == mine
    page = text_of(visitor.get(mine))
    assert "D. L." in page and "Dewi" not in page
    assert visitor.post(reverse("invitations:mine_accept", args=[row.pk])).status_code == 302
    assert stored(Trainee, pk=row.pk).state == At.ACCEPTED
    other = courses_of(world["claims"][1], row.training)
    assert visitor.post(reverse("invitations:mine_accept", args=[other.pk])).status_code == 404


def test_an_officer_enrols_by_the_claims_number(world: dict[str, Any], client: Any) -> None:
    course, claim = opened(), world["claims"][0]
    officer, url = client("officer"), reverse("training:enrol", args=[course.number])
    assert "Nomor klaim yang sudah dibayar" in text_of(officer.get(url))
    assert "tidak ada" in text_of(officer.get(url + "?klaim=123456789012"))
    asked = f"{url}?klaim={claim.number}"
    assert "Dewi Lestari" in text_of(officer.get(asked))
    with cast.everyone():
        party = courses.party(claim)
    says(officer, asked, party=str(party.pk), before_rupiah="")
    row = stored(Trainee)
    assert row.state == At.ACCEPTED
    assert "Alasan" in text_of(officer.post(reverse("training:leave", args=[row.pk]), {"reason": ""}))
    says(officer, reverse("training:leave", args=[row.pk]), reason="Pindah rumah")
    assert "Pindah rumah" in text_of(officer.get(reverse("training:person", args=[row.pk])))


def test_only_who_runs_training_is_shown_the_ways(world: dict[str, Any], client: Any) -> None:
    course = opened()
    officer = client("officer")
    page = officer.get(reverse("training:training", args=[course.number])).content.decode()
    assert reverse("training:enrol", args=[course.number]) in page
    assert reverse("training:close", args=[course.number]) not in page
    assert officer.get(reverse("training:close", args=[course.number])).status_code == 403
    boss = client("supervisor")
    says(boss, reverse("training:close", args=[course.number]))
    assert "Buka lagi" in text_of(boss.get(reverse("training:training", args=[course.number])))
