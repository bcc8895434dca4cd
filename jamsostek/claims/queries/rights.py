"""Rights that are paid again and again: the list, one of them with all that became of it, the queue of proofs, one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.models import User
from jamsostek.claims.actions import rights
from jamsostek.claims.actions.owing import PENSIONS
from jamsostek.claims.choices import COMPONENTS, Component
from jamsostek.claims.models import Benefit, Change, Claim, Overpaid, Party, Payout, Proof, ProofPaper
from jamsostek.core.months import add_months, last_day, month_of
from jamsostek.core.text import N_, _
from jamsostek.law.entitlement import Condition, holds, years_after
from jamsostek.law.parameters import law_on

KINDS: dict[str, tuple[str, tuple[int, ...]]] = {
    "pension": (N_("Uang pensiun"), tuple(int(one) for one in PENSIONS)),
    "scholarship": (N_("Beasiswa"), (int(Component.SCHOLARSHIP),)),
    "incapacity": (N_("Tidak mampu bekerja sementara"), (int(Component.JKK_INCAPACITY),)),
    "jkp": (N_("Kehilangan pekerjaan"), (int(Component.JKP),)),
}
STATES = {"active": N_("Masih dibayar"), "suspended": N_("Ditunda"), "ended": N_("Berakhir")}
BECAUSE = {
    "unproven": N_("bukti hidup belum datang"), "proven": N_("bukti hidup sudah datang"), "age": N_("mencapai batas umur"),
    "decision": N_("menurut keputusan klaim"), "concluded": N_("keadaan akhirnya sudah diketahui"),
    "succeeded": N_("dilanjutkan oleh anak"), "after": N_("melanjutkan pensiun janda atau duda"),
}  # fmt: skip
"""Reasons that come from code; what a person typed stays as typed."""
NEAR = 30
"""Days within which a proof is said to be wanted soon."""


# --- lists --------------------------------------------------------------------------------------------------------------


def all_rights(*, kind: str = "", state: str = "", region: int | None = None, wanted: bool = False) -> QuerySet[Benefit]:
    """Rights in sight, the newest first; `wanted` keeps those with a proof that nobody has looked at."""
    rows = Benefit.objects.select_related("claim", "party").order_by("-id")
    if kind in KINDS:
        rows = rows.filter(component__in=KINDS[kind][1])
    if state:
        rows = rows.filter(state=state)
    if region is not None:
        rows = rows.filter(regency_code=region)
    if wanted:
        rows = rows.filter(Exists(Proof.objects.filter(benefit=OuterRef("pk"), accepted=None)))
    return rows


def regions() -> list[int]:
    """Regencies that have rights in sight."""
    return sorted(set(Benefit.objects.values_list("regency_code", flat=True)))


def waiting_proofs() -> QuerySet[Proof]:
    """Proofs in sight that nobody has looked at, the oldest first."""
    return (
        Proof.objects.filter(accepted=None).select_related("benefit__party", "benefit__claim", "claim").order_by("given_on", "id")
    )


def about(participant_ids: Iterable[int]) -> list[Benefit]:
    """The rights that follow from claims about these people; what goes on first."""
    rows = Benefit.objects.filter(claim__participant_id__in=list(participant_ids)).select_related("claim", "party")
    order = {"suspended": 0, "active": 1, "ended": 2}
    return sorted(rows, key=lambda one: (order[one.state], one.pk))


def looked(rows: Iterable[Benefit], *, reason: str) -> None:
    """Remembers that these rights were looked at."""
    audit.looked({row.claim.participant_id for row in rows}, ("name", "claim"), reason)


# --- one ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Right:
    """All about one right."""

    benefit: Benefit
    claim: Claim
    party: Party
    proofs: Sequence[Proof]
    papers: Sequence[ProofPaper]
    changes: Sequence[Change]
    payouts: Sequence[Payout]
    overpaid: Sequence[Overpaid]
    users: Mapping[int, str]

    @property
    def waiting(self) -> Proof | None:
        """A proof that nobody has looked at."""
        return next((one for one in self.proofs if one.accepted is None), None)


def benefit(benefit_id: int) -> Benefit:
    """One in sight; raises `Refused`."""
    row = Benefit.objects.filter(pk=benefit_id).select_related("claim", "party").first()
    if row is None:
        raise not_yours(_("Hak ini tidak ada, atau bukan wewenang Anda."))
    return row


def right(benefit_id: int, reason: str = "hak yang dibayar") -> Right:
    """All about one in sight; that it was looked at goes into the person's trail."""
    row = benefit(benefit_id)
    looked([row], reason=reason)
    proofs = list(Proof.objects.filter(benefit=row).select_related("benefit").order_by("-id"))
    papers = list(ProofPaper.objects.filter(proof__benefit=row).select_related("proof").order_by("-proof_id", "id"))
    changes = list(Change.objects.filter(benefit=row))
    paid = Payout.objects.filter(claim_id=row.claim_id, party_id=row.party_id, component=row.component, benefit_id=row.pk)
    overpaid = list(Overpaid.objects.filter(benefit=row))
    ids = {one.by for one in changes} | {who for one in proofs for who in (one.given_by, one.accepted_by)}
    users = dict(User.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))
    return Right(row, row.claim, row.party, proofs, papers, changes, list(paid.order_by("-month")), overpaid, users)


def proof(proof_id: int) -> Proof:
    """One in sight; raises `Refused`."""
    row = Proof.objects.filter(pk=proof_id).select_related("benefit__party", "benefit__claim", "claim").first()
    if row is None:
        raise not_yours(_("Bukti ini tidak ada, atau bukan wewenang Anda."))
    return row


def conditions_of(row: Proof, today: dt.date) -> list[Condition]:
    """What the law asks, held against a proof."""
    return rights.proof_conditions(row, row.benefit, today)


def followers(row: Benefit) -> list[Benefit]:
    """Rights of children that go on with one that ended."""
    return list(Benefit.objects.filter(follows=row).select_related("party").order_by("id"))


def may_follow(row: Benefit) -> list[Party]:
    """Children of the claim that a widow's or widower's pension that ended may go on to; none where it goes on already."""
    if row.component != Component.JP_WIDOW or row.state != "ended" or followers(row):
        return []
    return list(Party.objects.filter(claim_id=row.claim_id, kin="child", left_on=None).order_by("id"))


def overpayment(overpaid_id: int) -> Overpaid:
    """One in sight; raises `Refused`."""
    row = Overpaid.objects.filter(pk=overpaid_id).select_related("claim", "party", "benefit").first()
    if row is None:
        raise not_yours(_("Kelebihan bayar ini tidak ada, atau bukan wewenang Anda."))
    return row


def overpayments(*, unsettled: bool = True) -> QuerySet[Overpaid]:
    """What was paid and was not owed, the newest first; `unsettled` leaves out what has all come back."""
    rows = Overpaid.objects.select_related("claim", "party", "benefit").order_by("-id")
    return rows.filter(recovered_rupiah__lt=F("rupiah")) if unsettled else rows


def title(row: Benefit) -> str:
    """What a right is called."""
    return _(COMPONENTS[Component(row.component)].title)


def kind_of(row: Benefit) -> str:
    """Which proof it wants: a name of `rights`."""
    return rights.KIND_OF[Component(row.component)]


# --- the next proof -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """The next proof of a right: its kind, the month it is about, the last day for it (none where the law names none).

    `given` is one that waits to be looked at. `possible` is false where it is too early, or is not the person's to give.
    """

    kind: str
    month: int
    by: dt.date | None
    given: Proof | None
    possible: bool

    def late(self, today: dt.date) -> bool:
        """Whether its day is past."""
        return self.by is not None and self.given is None and self.by < today

    def soon(self, today: dt.date) -> bool:
        """Whether its day is near."""
        return self.by is not None and self.given is None and self.by - today <= dt.timedelta(days=NEAR)


def wanted(row: Benefit, today: dt.date) -> Wanted | None:
    """The next proof of a right; None where it has ended."""
    if row.state == "ended":
        return None
    kind, now = kind_of(row), max(month_of(today), row.from_month)
    proofs = [one for one in Proof.objects.filter(benefit=row, kind=kind).order_by("month") if one.accepted is not False]
    given = next((one for one in proofs if one.accepted is None), None)
    if kind == rights.ALIVE:
        every = law_on(today).number("jp.confirm.every_months")
        until = row.proof_until or add_months(row.from_month, every)
        taken = any(one.month == now for one in proofs)
        return Wanted(kind, now, last_day(until), given, given is None and not taken)
    if kind == rights.ACTIVITY:
        return _activity(row, proofs, given, today)
    if kind == rights.SCHOOL:
        return _school(row, proofs, given, now)
    month = row.from_month
    while any(one.month == month for one in proofs):
        month = add_months(month, 1)
    return Wanted(kind, month, None, given, given is None and month <= month_of(today))


def _activity(row: Benefit, proofs: Sequence[Proof], given: Proof | None, today: dt.date) -> Wanted | None:
    known = {one.month for one in proofs}
    month = row.from_month
    while month in known:
        month = add_months(month, 1)
    if given is None and row.last_month is not None and month > row.last_month:
        return None
    early = month > add_months(month_of(today), 1)
    return Wanted(rights.ACTIVITY, month, last_day(month), given, given is None and not early)


def _school(row: Benefit, proofs: Sequence[Proof], given: Proof | None, now: int) -> Wanted:
    """Once in twelve months; the last day is the one before the birthday the law names."""
    law = law_on(dt.date.fromisoformat(row.terms["event_on"]))
    born, by = row.party.birth_date, None
    if born is not None and holds(law, "scholarship.age_below"):
        by = years_after(born, law.number("scholarship.age_below")) - dt.timedelta(days=1)
    last = max((one.month for one in proofs), default=None)
    month = now if last is None else max(now, add_months(last, 12))
    return Wanted(rights.SCHOOL, month, by, given, given is None and month == now)
