"""The JHT return: proposed by one with its effect, adopted by another with a numbered decision.

A proposal declares its rate in the accounts' own register, by the fund's hands (`accounts.actions.rates.HANDS`); adopting
confirms it there. So who proposed and who adopts are who declared and who confirmed, and one register holds every rate
against its floor.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.accounts.actions import rates
from jamsostek.accounts.actions.rates import NewRate
from jamsostek.core.derived import body_digest
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.fund.errors import refusals
from jamsostek.fund.models import JhtProposal
from jamsostek.fund.queries.jht_return import Proposal, Prospect, proposals, prospect

MOST_LETTERS = 500
LATEST_AHEAD = 100
"""Months ahead, as months count in YYYYMM: a rate is proposed for this year or the next."""


@dataclass(frozen=True)
class NewProposal:
    """What is proposed: the yearly rate for the months from `from_month` to December, and why.

    `reference` names the request: the same one again gives back what was made. `invented` marks an example.
    """

    reference: str
    from_month: int
    rate_ppm: int
    reason: str
    invented: bool = False


def propose(new: NewProposal, *, today: dt.date) -> Proposal:
    """Keeps a proposal with its effect as the books stand, and declares its rate. Raises `InputError`, `Refused`."""
    current().need(Can.PROJECT)
    if current().user_id is None:
        raise Refused(_("Ini harus diusulkan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    reference, body = new.reference.strip(), body_digest(new.from_month, new.rate_ppm, new.reason.strip(), new.invented)
    before = JhtProposal.objects.filter(reference=reference).first()
    if before is not None:
        return _again(before, body)
    _check(new, today)
    seen = prospect(new.from_month, also=(new.rate_ppm,))
    declared = rates.declare(
        NewRate(
            new.from_month, new.rate_ppm, _("Usulan hasil JHT {reference}").format(reference=reference), invented=new.invented,
            hands="fund",
        )
    )  # fmt: skip
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_jhtproposal (reference, body, rate_id, basis_month, figures, reason)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            [reference, body, declared.id, seen.so_far.until, json.dumps(figures(seen, new.rate_ppm)), new.reason.strip()],
        )
        made = int(cursor.fetchone()[0])
    audit.record("fund.jht_return_proposed", "jht_proposal", made, fields=("rate_ppm",), reason=new.reason.strip())
    return proposals(ids=[made])[0]


def _again(before: JhtProposal, body: bytes) -> Proposal:
    if bytes(before.body) != body:
        raise InputError(
            _("Nomor usulan {reference} sudah dipakai untuk usulan lain.").format(reference=before.reference), field="reference",
            value=before.reference, remedy=_("Pakai nomor lain."),
        )  # fmt: skip
    return proposals(ids=[before.pk])[0]


def _check(new: NewProposal, today: dt.date) -> None:
    if not new.reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa tingkat ini yang diusulkan."))
    if len(new.reason) > MOST_LETTERS:
        raise InputError(
            _("Alasannya terlalu panjang."), field="reason", remedy=_("Paling banyak {most} huruf.").format(most=MOST_LETTERS)
        )
    if new.from_month > month_of(today) + LATEST_AHEAD:
        raise InputError(
            _("Bulannya terlalu jauh di depan."), field="from_month", value=new.from_month,
            remedy=_("Usulkan untuk tahun ini atau tahun depan."),
        )  # fmt: skip


def figures(seen: Prospect, rate_ppm: int) -> dict[str, Any]:
    """What a proposal keeps: everything it was judged by, so that it can be read when the books have gone on."""
    books, found = seen.so_far.books, seen.so_far.found
    of = next(one for one in seen.effects if one.rate_ppm == rate_ppm)
    return {
        "rate_ppm": rate_ppm,
        "moved": dict(books.moved),
        "with_unrealised": seen.so_far.by.with_unrealised,
        "reserve_ppm": seen.so_far.by.reserve_ppm,
        "rupiah_days": books.rupiah_days,
        "days": books.days,
        "year_days": books.year_days,
        "average_rupiah": found.average_rupiah,
        "credited_rupiah": books.credited_rupiah,
        "net_assets_rupiah": books.net_assets_rupiah,
        "members_rupiah": books.members_rupiah,
        "distributable_rupiah": found.distributable_rupiah,
        "reserve_rupiah": found.reserve_rupiah,
        "for_members_rupiah": found.for_members_rupiah,
        "supported_ppm": found.rate_ppm,
        "gives_rupiah": of.members_rupiah,
        "kept_rupiah": of.kept_rupiah,
        "coverage_before_ppm": of.coverage_before_ppm,
        "coverage_after_ppm": of.coverage_after_ppm,
        "member_rupiah": seen.so_far.by.member_rupiah,
        "member_return_rupiah": seen.members[rate_ppm],
        "least_ppm": seen.least_ppm,
        "floor_source": seen.floor.source if seen.floor else "",
        "last_ppm": seen.last.ppm if seen.last else None,
    }


def adopt(*, proposal_id: int, decree: str, decreed_on: dt.date | None, today: dt.date) -> Proposal:
    """Adopts a proposal of somebody else's; crediting takes its rate from then on. Raises as `propose`."""
    asked = _asked(proposal_id)
    if not decree.strip() or decreed_on is None:
        raise InputError(
            _("Nomor dan tanggal keputusannya belum diisi."), field="decree" if not decree.strip() else "decreed_on",
            remedy=_("Isi nomor dan tanggal keputusan."),
        )  # fmt: skip
    if decreed_on > today:
        raise InputError(
            _("Tanggal keputusannya belum tiba."), field="decreed_on", value=decreed_on, remedy=_("Isi tanggal keputusan itu.")
        )
    rates.answer(rate_id=asked.rate.id, confirmed=True, decree=decree, decreed_on=decreed_on)
    audit.record("fund.jht_return_adopted", "jht_proposal", proposal_id, fields=("rate_ppm", "decree"))
    return proposals(ids=[proposal_id])[0]


def refuse(*, proposal_id: int, reason: str) -> Proposal:
    """Refuses a proposal and says why. Raises as `propose`."""
    asked = _asked(proposal_id)
    rates.answer(rate_id=asked.rate.id, confirmed=False, reason=reason)
    audit.record("fund.jht_return_refused", "jht_proposal", proposal_id, reason=reason.strip())
    return proposals(ids=[proposal_id])[0]


def _asked(proposal_id: int) -> Proposal:
    current().need(Can.APPROVE_FUND)
    found = next(iter(proposals(ids=[proposal_id])), None)
    if found is None:
        raise not_yours(_("Usulan ini tidak ada."))
    return found


__all__ = ["NewProposal", "adopt", "figures", "propose", "refuse"]
