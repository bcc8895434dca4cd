"""Months looked at again at the head office: asked by one, previewed, decided by another, carried out by a job."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from desks import TODAY, Town, text_of
from django.urls import reverse
from django.utils import timezone

from jamsostek.collection.actions import bills, reassessment
from jamsostek.collection.models import Bill, Reassessment
from jamsostek.core.months import add_months, month_of
from jamsostek.registry.actions.employ import change_wage
from tests import cast

if TYPE_CHECKING:
    from django.test import Client

MONTH = add_months(month_of(TODAY), -3)


@pytest.fixture
def wrong(town: Town, town_undone: None) -> Any:
    """A firm whose wage was wrong in a month that was billed."""
    with cast.everyone():
        firm, worker = cast.employer("PT Salah Lapor"), cast.participant("Pekerja Naik")
        job = cast.works(worker, firm, MONTH)
        bills.bill_employer(employer_id=firm.pk, month=MONTH, today=dt.date(MONTH // 100, MONTH % 100, 28))
        change_wage(employment_id=job, from_month=MONTH, wage_rupiah=9_000_000)
        town.users["head2"] = cast.user("pusat-kedua", "head_office", name="Orang Kedua")
    return firm


def ask(client: Client, **given: Any) -> Any:
    told = {"region": cast.SIDOARJO, "first": MONTH, "last": MONTH, "reason": "Upah keliru"} | given
    return client.post(reverse("month:reassessments"), told)


def work(made: Reassessment) -> None:
    """As the job does."""
    reassessment.work(made.pk, today=TODAY, now=timezone.now)


def asked(town: Town) -> Reassessment:
    """One that was asked and looked at."""
    assert ask(town.client("head")).status_code == 302
    with cast.everyone():
        made = Reassessment.objects.get()
    work(made)
    return made


def test_a_preview_names_the_payer_and_what_each_fund_gets(town: Town, wrong: Any) -> None:
    made = asked(town)
    page = reverse("month:reassessment", args=[made.pk])
    told = text_of(town.client("head").get(page))
    assert "PT Salah Lapor" in told and "Upah keliru" in told and "Menurut dana" in told
    assert "Menunggu orang lain" in told, "whoever asked does not decide"
    assert "Setujui dan tagih selisihnya" in text_of(town.client("head2").get(page))
    assert "Approve and bill the difference" in text_of(town.client("head2", "en").get(page))


def test_another_decides_and_the_difference_is_billed(town: Town, wrong: Any) -> None:
    made = asked(town)
    decide = reverse("month:reassessment_decide", args=[made.pk])
    assert "Yang meminta tidak boleh memutuskan" in town.client("head").post(decide, {"jawaban": "ya"}).content.decode()
    assert town.client("head2").post(decide, {"jawaban": "ya"}).status_code == 302
    work(made)
    with cast.everyone():
        assert Bill.objects.filter(employer_id=wrong.pk).count() == 2
    told = text_of(town.client("head").get(reverse("month:reassessment", args=[made.pk])))
    assert "Selesai" in told and "Lihat tagihan" in told


def test_a_refusal_makes_no_bill(town: Town, wrong: Any) -> None:
    made = asked(town)
    decide = reverse("month:reassessment_decide", args=[made.pk])
    assert town.client("head2").post(decide, {"jawaban": "tidak"}).status_code == 302
    assert "Ditolak" in text_of(town.client("head").get(reverse("month:reassessment", args=[made.pk])))
    assert town.client("head2").post(decide, {"jawaban": "ya"}).status_code == 409


def test_months_the_wrong_way_round_and_an_empty_reason_are_told(town: Town, wrong: Any) -> None:
    client = town.client("head")
    assert "Bulannya belum dipilih" in text_of(ask(client, first=MONTH, last=add_months(MONTH, -1)))
    assert "belum diisi" in text_of(ask(client, reason=" "))


def test_only_the_head_office_comes_in(town: Town, wrong: Any) -> None:
    for who in ("officer", "supervisor", "clerk"):
        assert town.client(who).get(reverse("month:reassessments")).status_code == 403, who
    assert "Penetapan ulang" in text_of(town.client("head").get(reverse("month:home")))
    assert "Penetapan ulang" not in text_of(town.client("supervisor").get(reverse("month:home")))


def test_one_that_stopped_says_why_and_is_taken_up_again(town: Town, wrong: Any) -> None:
    assert ask(town.client("head")).status_code == 302
    with cast.everyone():
        made = Reassessment.objects.get()
        reassessment._stop(made.pk, reassessment.OURS)
    page = reverse("month:reassessment", args=[made.pk])
    told = text_of(town.client("head").get(page))
    assert "Berhenti" in told and "Ada kesalahan pada sistem kami." in told and "Lanjutkan" in told
    assert "Something is wrong with our system." in text_of(town.client("head", "en").get(page))
    assert town.client("head").post(reverse("month:reassessment_on", args=[made.pk])).status_code == 302
    work(made)
    assert "Menunggu orang lain" in text_of(town.client("head").get(page))
    assert town.client("head").post(reverse("month:reassessment_on", args=[made.pk])).status_code == 409
