"""A month of rights paid at once: tried first, so that every difference is seen; approved by another; posted once.

All of it is done by the database in a few statements, whatever the number of people: a million pensions cost little more than
copying their rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.background import enqueue
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, everything_in_sight, system_scope
from jamsostek.claims.actions.owing import open_month, post
from jamsostek.claims.models import Roll
from jamsostek.core.derived import body_digest, derived_id
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import add_months, first_day, format_month, parse_month
from jamsostek.core.text import N_, _
from jamsostek.law.parameters import law_at
from jamsostek.ledger.actions import Leg
from jamsostek.ledger.errors import refusals

POST = "claims.post_roll"
TOLD = 50
"""So many people of each difference are named."""
PENSION, SCHOLARSHIP, INCAPACITY, JKP = "pension", "scholarship", "incapacity", "jkp"
KINDS = {
    PENSION: N_("Pensiun bulanan"), SCHOLARSHIP: N_("Beasiswa"), INCAPACITY: N_("Tidak mampu bekerja sementara"),
    JKP: N_("Kehilangan pekerjaan"),
}  # fmt: skip
_LEAVES = (PENSION, SCHOLARSHIP)
_COMPONENTS = {PENSION: [40, 41, 42, 43, 44], SCHOLARSHIP: [60], INCAPACITY: [8], JKP: [50]}
_PENSIONS = """
    SELECT %(month)s::integer AS month, b.claim_id, b.party_id, b.component, b.fund, b.rupiah, b.id AS benefit_id
    FROM claims_benefit b
    WHERE b.component = ANY (%(components)s) AND b.state = 'active' AND b.rupiah > 0 AND b.from_month <= %(month)s
      AND (b.last_month IS NULL OR b.last_month >= %(month)s) AND (b.proof_until IS NULL OR b.proof_until >= %(month)s)
      AND NOT EXISTS (SELECT FROM claims_payout p WHERE p.month = %(month)s
          AND (p.claim_id, p.party_id, p.component) = (b.claim_id, b.party_id, b.component))"""
_PROVEN = """
    SELECT f.month, b.claim_id, b.party_id, b.component, b.fund, f.rupiah, b.id AS benefit_id
    FROM claims_proof f JOIN claims_benefit b ON b.id = f.benefit_id
    WHERE b.component = ANY (%(components)s) AND f.accepted AND f.rupiah > 0 AND f.month <= %(month)s AND b.state = 'active'
      AND NOT EXISTS (SELECT FROM claims_payout p WHERE (p.month, p.claim_id, p.party_id, p.component)
          = (f.month, b.claim_id, b.party_id, b.component))"""


@dataclass(frozen=True)
class Trial:
    """What a roll would pay, and what of it differs from the month before; whole rupiah. Nothing is written."""

    people: int
    rupiah: int
    digest: bytes
    told: dict[str, Any]


def _asked(kind: str) -> str:
    return _PENSIONS if kind == PENSION else _PROVEN


def trial(*, kind: str, month: int) -> Trial:
    """Looks at a roll without writing anything."""
    current().need(Can.PAY_CLAIMS)
    if kind not in KINDS:
        raise unknown_name(_("Jenis pembayaran"), kind, KINDS)
    with everything_in_sight():
        return _trial(kind, month)


def _trial(kind: str, month: int) -> Trial:
    given: dict[str, Any] = {"month": month, "components": _COMPONENTS[kind], "before": add_months(month, -1)}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fund, {_SUMS} FROM ({_asked(kind)}) AS owed GROUP BY fund ORDER BY fund", given)  # noqa: S608
        sums = _Sums.of(cursor.fetchall())
    told: dict[str, Any] = {"funds": sums.funds}
    if kind == PENSION:
        told |= _differences(given)
    return Trial(sums.people, sums.rupiah, sums.digest, told)


_SUMS = (
    "count(*), sum(rupiah)::bigint,"
    " bit_xor(hashint8extended(rupiah, hashint8extended(claim_id, hashint8extended(party_id, month * 100 + component))))"
)
"""How many, how much, and a digest of who gets what, whatever the order."""


@dataclass(frozen=True)
class _Sums:
    people: int
    funds: dict[str, int]
    digest: bytes

    @property
    def rupiah(self) -> int:
        return sum(self.funds.values())

    @classmethod
    def of(cls, rows: list[tuple[str, int, int, int]]) -> _Sums:
        ordered = sorted(rows)
        return cls(sum(one[1] for one in rows), {fund: rupiah for fund, _n, rupiah, _x in ordered}, body_digest(*ordered))


_DIFFERENT = f"""
    WITH now_ AS MATERIALIZED ({_PENSIONS}),
    before AS MATERIALIZED (SELECT claim_id, party_id, component, gross_rupiah AS rupiah FROM claims_payout
        WHERE month = %(before)s AND component = ANY (%(components)s) AND state <> 7)
    SELECT claim_id, party_id, component, n.rupiah, b.rupiah
    FROM now_ n FULL JOIN before b USING (claim_id, party_id, component)
    WHERE n.rupiah IS DISTINCT FROM b.rupiah"""  # noqa: S608


def _differences(given: dict[str, Any]) -> dict[str, Any]:
    """Who is new, who is gone, and whose amount changed since the month before: how many, and some by name."""
    kinds = "CASE WHEN b_rupiah IS NULL THEN 'new' WHEN n_rupiah IS NULL THEN 'gone' ELSE 'changed' END"
    named = "claim_id, party_id, component, n_rupiah, b_rupiah"
    inner = f"SELECT {named}, {kinds} AS kind FROM ({_DIFFERENT}) AS d ({named})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, count(*), coalesce(sum(n_rupiah), 0)::bigint, coalesce(sum(b_rupiah), 0)::bigint,"  # noqa: S608
            f" (array_agg(claim_id ORDER BY claim_id))[1:{TOLD}] FROM ({inner}) AS e GROUP BY kind",
            given,
        )
        return {
            kind: {"people": count, "rupiah": int(now), "before_rupiah": int(before), "claims": claims}
            for kind, count, now, before, claims in cursor.fetchall()
        }


def prepare(*, kind: str, month: int, pay_on: dt.date, now: dt.datetime) -> Roll:
    """Keeps a trial for another to approve. Raises `InputError` where there is nothing to pay or the month is done."""
    current().need(Can.PAY_CLAIMS)
    user = current().user_id
    if user is None:
        raise not_yours()
    parse_month(month)
    if kind == PENSION and Roll.objects.filter(kind=kind, month=month, state__in=("approved", "posted")).exists():
        raise InputError(
            _("Bulan {month} sudah dibayarkan.").format(month=format_month(month)), field="month", value=format_month(month),
            remedy=_("Yang menyusul dibayar lewat haknya sendiri."),
        )  # fmt: skip
    found = trial(kind=kind, month=month)
    if not found.people:
        raise InputError(
            _("Tidak ada yang harus dibayar."), field="month", value=format_month(month), remedy=_("Pilih bulan yang lain.")
        )
    with everything_in_sight():
        Roll.objects.filter(kind=kind, month=month, state="tried").update(state="cancelled")
        made = Roll.objects.create(
            kind=kind, month=month, law_digest=law_at(month).digest, people=found.people, rupiah=found.rupiah, trial=found.told,
            digest=found.digest, prepared_by=user, prepared_at=now, pay_on=max(pay_on, first_day(month)),
        )  # fmt: skip
        audit.record("roll.prepared", "roll", made.pk, fields=("people", "rupiah"))
    return made


def approve(*, roll_id: int, now: dt.datetime) -> Roll:
    """Another person lets a roll be posted; a worker posts it. Raises `InputError`, `Refused`."""
    row = Roll.objects.select_for_update().filter(pk=roll_id).first()
    if row is None:
        raise not_yours()
    current().need(Can.APPROVE_PAYOUT)
    user = current().user_id
    if row.state != "tried":
        raise InputError(
            _("Daftar ini tidak lagi menunggu persetujuan."), field="state", value=row.state, remedy=_("Muat ulang halamannya.")
        )
    if user is None or user == row.prepared_by:
        raise InputError(_("Yang menyiapkan tidak menyetujui."), field="approved_by", remedy=_("Minta rekan Anda menyetujuinya."))
    row.state, row.approved_by, row.approved_at = "approved", user, now
    with refusals():
        row.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record("roll.approved", "roll", row.pk, fields=("people", "rupiah"))
    enqueue(POST, roll_id=row.pk)
    return row


def cancel(*, roll_id: int) -> Roll:
    """Drops a trial that nobody approved."""
    row = Roll.objects.select_for_update().filter(pk=roll_id, state="tried").first()
    if row is None:
        raise InputError(_("Daftar ini tidak lagi menunggu persetujuan."), remedy=_("Muat ulang halamannya."))
    current().need(Can.PAY_CLAIMS)
    row.state = "cancelled"
    row.save(update_fields=["state"])
    audit.record("roll.cancelled", "roll", row.pk, fields=("state",))
    return row


def post_roll(*, roll_id: int, now: dt.datetime, today: dt.date) -> Roll:
    """Writes what an approved roll owes, in one transaction with its books; done again it changes nothing.

    Where what would be paid is no longer what was approved, nothing is written and the roll says so.
    """
    with acting(system_scope(POST)):
        row = Roll.objects.select_for_update().get(pk=roll_id)
        if row.state != "approved":
            return row
        given = {"month": row.month, "components": _COMPONENTS[row.kind]}
        reference = f"roll:{row.pk}"
        try:
            with transaction.atomic(), refusals():
                _write(row, given, derived_id(reference), today)
        except _ChangedError:
            row.state, row.problem, row.approved_by, row.approved_at = "cancelled", "changed", None, None
            row.save(update_fields=["state", "problem", "approved_by", "approved_at"])
            return row
        legs = [Leg(f"benefits:{fund}", f"payable:{fund}", rupiah) for fund, rupiah in sorted(row.trial["funds"].items())]
        post(reference, "roll", legs, today)
        row.state, row.posted_at = "posted", now
        row.save(update_fields=["state", "posted_at"])
        audit.record("roll.posted", "roll", row.pk, fields=("people", "rupiah"))
    return row


class _ChangedError(Exception):
    """What would be paid is not what was approved."""


def _months(kind: str, given: dict[str, Any]) -> list[int]:
    if kind == PENSION:
        return [int(given["month"])]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT month FROM ({_asked(kind)}) AS owed", given)  # noqa: S608
        return [month for (month,) in cursor.fetchall()]


def _write(row: Roll, given: dict[str, Any], group_id: int, today: dt.date) -> None:
    """Writes all payouts and sums them up; what differs from the trial is taken back by who calls.

    Into a leaf of their own where the month has none yet, which costs half; else row by row among those that are there.
    """
    component, months = _COMPONENTS[row.kind][0], _months(row.kind, given)
    with connection.cursor() as cursor:
        leaf = None
        if months == [row.month] and row.kind in _LEAVES:
            cursor.execute("SELECT claims_begin_leaf(%s, %s)", [row.month, component])
            leaf = cursor.fetchone()[0]
        if leaf is None:
            for month in months:
                open_month(month, component)
        values = given | {"pay_on": row.pay_on, "roll": row.pk, "group": group_id, "by": row.approved_by, "today": today}
        table = leaf or "claims_payout"
        into = (
            f"INSERT INTO {table} (month, claim_id, party_id, component, fund, gross_rupiah, due_on, benefit_id, roll_id,"  # noqa: S608
            " group_id, made_by, made_on, recorded_at) SELECT month, claim_id, party_id, component, fund, rupiah, %(pay_on)s,"
            f" benefit_id, %(roll)s, %(group)s, %(by)s, %(today)s, now() FROM ({_asked(row.kind)}) AS owed"
        )
        if leaf is None:
            back = "RETURNING month, claim_id, party_id, component, fund, gross_rupiah AS rupiah"
            summed = f"WITH written AS ({into} {back}) SELECT fund, {_SUMS} FROM written GROUP BY fund ORDER BY fund"  # noqa: S608
            cursor.execute(summed, values)
        else:
            cursor.execute(into, values)
            cursor.execute("SELECT * FROM claims_attach_leaf(%s, %s, %s)", [row.month, component, row.pk])
        if _Sums.of(cursor.fetchall()).digest != bytes(row.digest):
            raise _ChangedError


def open_rolls() -> list[int]:
    """Rolls that were approved and are not posted: a killed worker left them."""
    return list(Roll.objects.filter(state="approved").values_list("pk", flat=True))
