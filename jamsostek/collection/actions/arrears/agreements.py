"""Agreements to pay arrears by instalments: proposed by one officer, decided by another person, kept by paying.

The money goes to the bills themselves, the oldest first, by their own codes: an agreement changes no bill and stops no fine of
law. While it is kept no sanction goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.models import Agreement
from jamsostek.collection.queries import arrears
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, last_day, month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger.errors import refusals
from jamsostek.registry.models import Employer, Sponsor

MOST = 36
"""Instalments one agreement may have."""
Schedule = Sequence[tuple[dt.date, int]]


def equal_parts(total_rupiah: int, count: int, first_on: dt.date) -> list[tuple[dt.date, int]]:
    """So many monthly instalments that add up to the rupiah; what does not divide goes to the first ones."""
    if not 1 <= count <= MOST:
        raise InputError(
            _("Jumlah angsuran harus 1 sampai {most}.").format(most=MOST), field="count", value=count, remedy=_("Ubah jumlahnya.")
        )
    each, rest = divmod(total_rupiah, count)
    if each == 0:
        raise InputError(_("Tunggakan ini terlalu kecil untuk dibagi."), field="count", remedy=_("Kurangi jumlah angsurannya."))
    days = [_same_day(first_on, at) for at in range(count)]
    return [(day, each + (at < rest)) for at, day in enumerate(days)]


def _same_day(first: dt.date, months: int) -> dt.date:
    last = last_day(add_months(month_of(first), months))
    return last.replace(day=min(first.day, last.day))


def owed(today: dt.date, *, employer_id: int | None = None, sponsor_id: int | None = None) -> int:
    """What an agreement made today would be about: all of the payer that is overdue."""
    found = arrears.of_payer(today, employer_id=employer_id, sponsor_id=sponsor_id)
    return sum(one.rupiah for one in found if one.overdue_rupiah)


def propose(
    *, schedule: Schedule, reason: str, today: dt.date, employer_id: int | None = None, sponsor_id: int | None = None
) -> Agreement:
    """Writes down an agreement over all overdue bills of a payer; it binds once another person has agreed.

    Raises `InputError` where nothing is overdue, where days are not in order or the amounts are not what is owed.
    """
    place, regency = _payer(employer_id, sponsor_id)
    current().need(Can.CHASE_ARREARS, place)
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa diangsur."))
    late = [one for one in arrears.of_payer(today, employer_id=employer_id, sponsor_id=sponsor_id) if one.overdue_rupiah]
    total = sum(one.rupiah for one in late)
    if not late:
        raise InputError(_("Pembayar ini tidak menunggak."), remedy=_("Tidak ada yang perlu diangsur."))
    _refuse_schedule(schedule, total, today)
    if arrears.agreements(employer_id=employer_id, sponsor_id=sponsor_id).exclude(approved=False).filter(ended_on=None).exists():
        raise InputError(_("Sudah ada kesepakatan yang berjalan."), remedy=_("Akhiri yang ada dahulu."))
    made = Agreement.objects.create(
        employer_id=employer_id, sponsor_id=sponsor_id, regency_code=regency, total_rupiah=total, reason=reason.strip(),
        proposed_by=_user(), proposed_on=today,
    )  # fmt: skip
    insert_rows(
        "collection_agreed",
        {
            "agreement_id": ("bigint", [made.pk] * len(late)),
            "bill_id": ("bigint", [one.bill.pk for one in late]),
            "rupiah": ("bigint", [one.rupiah for one in late]),
        },
    )
    insert_rows(
        "collection_instalment",
        {
            "agreement_id": ("bigint", [made.pk] * len(schedule)),
            "number": ("int", list(range(1, len(schedule) + 1))),
            "due_on": ("date", [day for day, _rupiah in schedule]),
            "rupiah": ("bigint", [rupiah for _day, rupiah in schedule]),
        },
    )
    audit.record("agreement.proposed", *_subject(made), fields=("total_rupiah",), reason=reason.strip())
    return made


def _refuse_schedule(schedule: Schedule, total: int, today: dt.date) -> None:
    days = [day for day, _rupiah in schedule]
    if not 1 <= len(schedule) <= MOST or days != sorted(set(days)) or days[0] < today:
        raise InputError(
            _("Tanggal angsuran harus berurutan dan tidak di masa lalu."), field="first_on", remedy=_("Perbaiki tanggalnya.")
        )
    if sum(rupiah for _day, rupiah in schedule) != total or any(rupiah <= 0 for _day, rupiah in schedule):
        raise InputError(
            _("Jumlah angsuran harus tepat {total}.").format(total=format_rupiah(total)),
            field="count",
            remedy=_("Bagi lagi seluruh tunggakannya."),
        )


def decide(*, agreement_id: int, approve: bool, today: dt.date, note: str = "") -> Agreement:
    """Agrees or refuses; not who proposed it. A refusal says why."""
    made = _there(agreement_id)
    current().need(Can.SIGN_SANCTION, _place_of(made))
    if made.decided_on is not None:
        raise InputError(_("Kesepakatan ini sudah diputuskan."), remedy=_("Tidak ada yang perlu dilakukan."))
    if made.proposed_by == current().user_id:
        raise InputError(_("Orang lain yang memutuskan, bukan pengusulnya."), remedy=_("Minta penyelia lain."))
    if not approve and not note.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    made.decided_by, made.decided_on, made.approved, made.decision = _user(), today, approve, note.strip()
    with refusals():
        made.save(update_fields=["decided_by", "decided_on", "approved", "decision"])
    audit.record("agreement.approved" if approve else "agreement.refused", *_subject(made), reason=note.strip())
    return made


def end(*, agreement_id: int, today: dt.date, reason: str) -> None:
    """Ends an agreement, kept or broken: what is left is owed at once, and sanctions may go on."""
    made = _there(agreement_id)
    current().need(Can.CHASE_ARREARS, _place_of(made))
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa diakhiri."))
    if not made.approved or made.ended_on is not None:
        raise InputError(_("Kesepakatan ini tidak sedang berjalan."), remedy=_("Tidak ada yang perlu diakhiri."))
    made.ended_by, made.ended_on, made.ending = _user(), today, reason.strip()
    made.save(update_fields=["ended_by", "ended_on", "ending"])
    audit.record("agreement.ended", *_subject(made), reason=reason.strip())


def _there(agreement_id: int) -> Agreement:
    found = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if found is None:
        raise not_yours(_("Kesepakatan ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def _payer(employer_id: int | None, sponsor_id: int | None) -> tuple[Place, int]:
    if employer_id is not None:
        employer = Employer.objects.filter(pk=employer_id).first()
        if employer is not None:
            return Place(employer=employer.pk, regency=employer.regency_code), employer.regency_code
    elif sponsor_id is not None:
        sponsor = Sponsor.objects.filter(pk=sponsor_id).first()
        if sponsor is not None:
            code = sponsor.region_code
            regency = code // 1_000_000 if code > 10**9 else code
            return Place(sponsor=sponsor.pk, regency=regency), regency
    raise InputError(_("Pembayar iuran ini tidak ditemukan."), remedy=_("Periksa nomornya, atau hak akses Anda."))


def _place_of(made: Agreement) -> Place:
    return Place(employer=made.employer_id, sponsor=made.sponsor_id, regency=made.regency_code)


def _subject(made: Agreement) -> tuple[str, int]:
    return ("employer", made.employer_id) if made.employer_id is not None else ("sponsor", made.sponsor_id or 0)


def _user() -> int:
    """Who acts; the installation itself makes no agreement."""
    found = current().user_id
    if found is None:
        raise not_yours(_("Hanya seorang petugas yang dapat melakukan ini."))
    return found
