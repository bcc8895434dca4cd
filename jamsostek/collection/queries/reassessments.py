"""Reassessments as the head office watches them: asked, previewed by payer and fund, decided, carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from jamsostek.access.errors import not_yours
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Bill, Reassessment, ReassessmentItem
from jamsostek.core.text import _
from jamsostek.registry.models import Employer, Sponsor

FUNDS = ("jkk", "jkm", "jht", "jp")


def reassessments() -> QuerySet[Reassessment]:
    """The newest first."""
    return Reassessment.objects.order_by("-pk")


def reassessment(reassessment_id: int) -> Reassessment:
    """One; raises `Refused`."""
    found = Reassessment.objects.filter(pk=reassessment_id).first()
    if found is None:
        raise not_yours(_("Penetapan ulang ini tidak ditemukan."))
    return found


def problem_of(one: Reassessment) -> str:
    """Why it stopped, '' where it did not: what is wrong with us in the reader's language, all else as it was told."""
    return _(one.problem) if one.problem else ""


@dataclass(frozen=True)
class FundSum:
    """What one fund gets more and gives back; whole rupiah, both positive."""

    fund: str
    more_rupiah: int
    back_rupiah: int


@dataclass(frozen=True)
class Sums:
    """A preview added up, and how far it is carried out."""

    payers: int
    """Payers' months."""
    people: int
    billed: int
    skipped: int
    funds: Sequence[FundSum]


def sums(one: Reassessment) -> Sums:
    """By fund, over all payers' months."""
    told = {
        f"{fund}_{name}": Sum(f"{fund}_rupiah", filter=Q(**{f"{fund}_rupiah__{test}": 0}), default=0)
        for fund in FUNDS
        for name, test in (("more", "gt"), ("back", "lt"))
    }
    row = ReassessmentItem.objects.filter(reassessment=one).aggregate(
        payers=Count("pk"), whole=Sum("people", default=0), billed=Count("bill_id"),
        passed=Count("pk", filter=~Q(skipped="")), **told,
    )  # fmt: skip
    funds = [FundSum(fund, int(row[f"{fund}_more"]), -int(row[f"{fund}_back"])) for fund in FUNDS]
    return Sums(row["payers"], int(row["whole"]), row["billed"], row["passed"], funds)


def items(one: Reassessment) -> QuerySet[ReassessmentItem]:
    """Payers' months, what is asked more first."""
    total = F("jkk_rupiah") + F("jkm_rupiah") + F("jht_rupiah") + F("jp_rupiah")
    return ReassessmentItem.objects.filter(reassessment=one).order_by(total.desc(), "pk")


@dataclass(frozen=True)
class Item:
    """One payer's month, with the payer and the payment code of its difference bill, '' where there is none."""

    row: ReassessmentItem
    payer: Employer | Sponsor | None
    code: str

    @property
    def total_rupiah(self) -> int:
        """All funds together."""
        return sum(getattr(self.row, f"{fund}_rupiah") for fund in FUNDS)


def named(rows: Sequence[ReassessmentItem]) -> list[Item]:
    """Payers' months with their names and bills, in their order."""
    of_employers = [row.payer_id for row in rows if row.payer_kind == PayerKind.EMPLOYER]
    employers = Employer.objects.in_bulk(of_employers)
    sponsors = Sponsor.objects.in_bulk([row.payer_id for row in rows if row.payer_kind == PayerKind.SPONSOR])
    bills = Bill.objects.in_bulk([row.bill_id for row in rows if row.bill_id is not None])

    def payer(row: ReassessmentItem) -> Employer | Sponsor | None:
        return employers.get(row.payer_id) if row.payer_kind == PayerKind.EMPLOYER else sponsors.get(row.payer_id)

    return [Item(row, payer(row), code_of(bills[row.bill_id].number) if row.bill_id in bills else "") for row in rows]
