"""Campaigns of a region, its village meetings, and who came.

Who came is written down from a paper sheet in one go, or only counted by sex; the same sheet twice is one. A name is kept
sealed, a telephone only where somebody agreed to be written to, and both can be forgotten at any time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from django.db import DatabaseError, transaction

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows, next_ids
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, regencies_below
from jamsostek.access.vault import new_keys
from jamsostek.claims.trainings import known_region
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions.consents import Contact, agree
from jamsostek.outreach.attendance import Came
from jamsostek.outreach.campaigning import AUDIENCES, CODE_LENGTH, CODE_LETTERS
from jamsostek.outreach.models import Attendee, Campaign, Code, Meeting

WORDS = {
    "outreach_meeting_within": (
        N_("Pertemuan ini di luar kampanyenya."), N_("Pilih desa dan hari di dalam wilayah dan waktu kampanye."),
    ),
    "outreach_meeting_cancelled": (N_("Pertemuan ini sudah dibatalkan."), N_("Buat pertemuan baru.")),
    "outreach_meeting_early": (N_("Pertemuan ini belum berlangsung."), N_("Catat kehadiran pada harinya atau sesudahnya.")),
    "outreach_meeting_written": (N_("Yang hadir sudah dicatat satu per satu."), N_("Jumlahnya dihitung dari daftar itu.")),
    "outreach_attendee_closed": (
        N_("Pertemuan ini dibatalkan, atau yang hadir sudah dihitung saja."), N_("Catat di pertemuan yang lain."),
    ),
}  # fmt: skip
"""What the database refuses, in the user's words, with the way out."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a named refusal of the database into an `InputError`; other errors pass."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name not in WORDS:
            raise
        message, remedy = WORDS[name]
        raise InputError(_(message), field=name, remedy=_(remedy)) from error


def may_run(region_code: int, can: Can = Can.RUN_CAMPAIGN) -> bool:
    """Whether the user may do this in all of a region: who holds one regency makes no campaign of the province."""
    inside = regencies_below(region_code)
    return bool(inside) and all(current().may(can, Place(regency=one)) for one in inside)


def need_in(region_code: int, can: Can = Can.RUN_CAMPAIGN) -> None:
    """Raises `Refused` where `may_run` is false."""
    if not may_run(region_code, can):
        raise not_yours(_("Sosialisasi di wilayah ini bukan wewenang Anda."))


# --- campaigns --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What a region means to do; whole rupiah of all of it."""

    region_code: int
    title: str
    goal: str
    audience: tuple[str, ...]
    from_on: dt.date
    to_on: dt.date
    budget_rupiah: int
    owner: str
    invented: bool = False


def make(*, plan: Plan) -> Campaign:
    """Writes a campaign; the same one of the same days again is the one there is. Raises `InputError`, `Refused`."""
    given = _checked(plan)
    need_in(given.region_code)
    twin = Campaign.objects.filter(
        region_code=given.region_code, title=given.title, from_on=given.from_on, to_on=given.to_on
    ).first()  # fmt: skip
    if twin is not None:
        return twin
    made = Campaign.objects.create(**_columns(given), made_by=current().user_id)
    made.refresh_from_db()
    audit.record("campaign.made", "region", made.region_code, fields=("campaign",), reason=str(made.number))
    return made


def change(*, campaign_id: int, plan: Plan) -> Campaign:
    """Writes a campaign anew; its region stays."""
    given, row = _checked(plan), Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if row is None:
        raise not_yours(_("Kampanye ini tidak ada, atau bukan wewenang Anda."))
    need_in(row.region_code)
    outside = row.meetings.filter(cancelled_on=None).exclude(on_date__range=(given.from_on, given.to_on)).first()
    if outside is not None:
        raise InputError(
            _("Ada pertemuan di luar hari-hari ini."), field="to_on", value=outside.on_date.isoformat(),
            remedy=_("Batalkan pertemuan itu dahulu."),
        )  # fmt: skip
    for name, value in _columns(given).items():
        if name not in ("region_code", "invented"):
            setattr(row, name, value)
    row.save()
    audit.record("campaign.changed", "region", row.region_code, fields=("campaign",), reason=str(row.number))
    return row


def _columns(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "audience": list(plan.audience)}


def _checked(plan: Plan) -> Plan:
    if not known_region(plan.region_code):
        raise InputError(
            _("Kode wilayah ini tidak dikenal."), field="region_code", value=plan.region_code,
            remedy=_("Tulis kode provinsi (2 angka) atau kabupaten atau kota (4 angka)."),
        )  # fmt: skip
    texts = {name: " ".join(getattr(plan, name).split())[:400] for name in ("title", "goal", "owner")}
    for name, text in texts.items():
        if len(text) < 3:
            raise InputError(_("Bagian ini belum diisi."), field=name, remedy=_("Tulis sekurang-kurangnya tiga huruf."))
    strange = next((one for one in plan.audience if one not in AUDIENCES), None)
    if strange is not None or not plan.audience:
        raise unknown_name(_("Sasaran"), strange or "", list(AUDIENCES))
    if plan.to_on < plan.from_on:
        raise InputError(_("Hari terakhirnya mendahului hari pertama."), field="to_on", remedy=_("Periksa kedua tanggalnya."))
    if not 0 <= plan.budget_rupiah <= MAX_RUPIAH:
        raise InputError(_("Biaya tidak boleh negatif."), field="budget_rupiah", remedy=_("Tulis rupiah utuh."))
    return Plan(**{**asdict(plan), **texts, "audience": tuple(dict.fromkeys(plan.audience))})


# --- meetings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gathering:
    """A village meeting: where, when, who speaks in which language, and who can take part."""

    village_code: int
    on_date: dt.date
    at_time: dt.time
    hall: str
    speaker: str
    language: str
    wheelchair: bool
    sign: bool


def add_meeting(*, campaign_id: int, gathering: Gathering, today: dt.date) -> Meeting:
    """Writes a meeting with a code of its own; the same hall at the same hour is the meeting there is."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise not_yours(_("Kampanye ini tidak ada, atau bukan wewenang Anda."))
    regency = gathering.village_code // 1_000_000
    need_in(regency)
    texts = {name: " ".join(getattr(gathering, name).split())[:200] for name in ("hall", "speaker", "language")}
    for name, text in texts.items():
        if len(text) < 3:
            raise InputError(_("Bagian ini belum diisi."), field=name, remedy=_("Tulis sekurang-kurangnya tiga huruf."))
    given = {**asdict(gathering), **texts}
    at = {name: given[name] for name in ("village_code", "on_date", "at_time", "hall")}
    twin = Meeting.objects.filter(campaign=campaign, cancelled_on=None, **at).first()
    if twin is not None:
        return twin
    with refusals():
        made = Meeting.objects.create(campaign=campaign, regency_code=regency, made_by=current().user_id, **given)
    made.refresh_from_db()
    Code.objects.create(
        code=fresh_code(), region_code=regency, meeting=made, given_on=min(today, made.on_date), given_by=current().user_id
    )
    _remember(made, "made")
    return made


def fresh_code() -> str:
    """A code that nobody guesses and everybody can read out: six of 32 letters and digits."""
    return "".join(secrets.choice(CODE_LETTERS) for _at in range(CODE_LENGTH))


def cancel_meeting(*, meeting_id: int, reason: str, today: dt.date) -> Meeting:
    """A meeting that does not take place; cancelled it already is, nothing happens."""
    row = locked(meeting_id)
    if row.cancelled_on is not None:
        return row
    if row.attendees.exists() or row.counted_on is not None:
        raise InputError(_("Pertemuan ini sudah berlangsung."), field="reason", remedy=_("Yang hadir sudah dicatat."))
    row.cancelled_on, row.cancelled_reason = today, " ".join(reason.split())[:200] or _("Tanpa alasan")
    row.save()
    _remember(row, "cancelled")
    return row


def count(*, meeting_id: int, men: int, women: int, today: dt.date) -> Meeting:
    """How many came, where nobody is written down; counted again, the newest holds."""
    row = locked(meeting_id)
    for name, value in (("men", men), ("women", women)):
        if not 0 <= value <= 5_000:
            raise InputError(_("Angka ini harus antara {least} dan {most}.").format(least=0, most=5_000), field=name, value=value)
    with refusals():
        row.counted_m, row.counted_f, row.counted_on = men, women, today
        row.save()
    _remember(row, "counted")
    return row


def attend(*, meeting_id: int, people: Sequence[Came], today: dt.date) -> int:
    """Writes down everybody of a sheet, and who may be written to; how many are new. The same sheet again is done once."""
    row = locked(meeting_id)
    if today < row.on_date:
        message, remedy = WORDS["outreach_meeting_early"]
        raise InputError(_(message), field="rows", remedy=_(remedy))
    batch = hashlib.sha256(repr((row.pk, list(people))).encode()).digest()[:16]
    if Attendee.objects.filter(meeting=row, batch=batch).exists():
        return 0
    with refusals():
        _write(row, batch, people)
    contacts = [Contact(one.phone, one.name) for one in people if one.consent and one.phone]
    if contacts:
        agree(
            contacts=contacts, region_code=row.regency_code, village_code=row.village_code, purposes=("meeting", "contribution"),
            how="sheet", today=today, can=Can.RUN_CAMPAIGN,
        )  # fmt: skip
    _remember(row, "attended")
    return len(people)


def _write(row: Meeting, batch: bytes, people: Sequence[Came]) -> None:
    ids = next_ids("outreach_attendee_id_seq", len(people))
    keys = new_keys(f"attendee:{one}" for one in ids)
    secret = [bool(one.name or (one.phone and one.consent)) for one in people]
    sealed = {
        field: [key.seal(field, getattr(one, field)) if getattr(one, field) and (field == "name" or one.consent) else None
                for (key, _wrapped), one in zip(keys, people, strict=True)]
        for field in ("name", "phone")
    }  # fmt: skip
    insert_rows("outreach_attendee", {
        "id": ("bigint", ids),
        "meeting_id": ("bigint", [row.pk] * len(ids)),
        "batch": ("bytea", [batch] * len(ids)),
        "number": ("int", list(range(1, len(ids) + 1))),
        "sex": ("text", [one.sex for one in people]),
        "age_group": ("text", [one.age_group for one in people]),
        "occupation": ("text", [one.occupation for one in people]),
        "disability": ("bool", [one.disability for one in people]),
        "wrapped": ("bytea", [wrapped if keep else None for (_key, wrapped), keep in zip(keys, secret, strict=True)]),
        "name": ("bytea", sealed["name"]),
        "phone": ("bytea", sealed["phone"]),
        "made_by": ("bigint", [current().user_id] * len(ids)),
    }, casts={"sex": "char(1)"})  # fmt: skip


def forget(*, attendee_id: int, today: dt.date) -> Attendee:
    """Forgets name and telephone of somebody who came; that somebody came stays."""
    row = Attendee.objects.select_related("meeting").filter(pk=attendee_id).first()
    if row is None:
        raise not_yours(_("Orang ini tidak ada di daftar hadir, atau bukan wewenang Anda."))
    need_in(row.meeting.regency_code)
    if row.erased_on is None:
        row.name = row.phone = row.wrapped = None
        row.erased_on = today
        row.save()
        audit.record(
            "meeting.forgot", "region", row.meeting.regency_code, fields=("name", "phone"), reason=str(row.meeting.number)
        )
    return row


def locked(meeting_id: int) -> Meeting:
    """A meeting in sight of who runs it, held till the transaction ends; raises `Refused`."""
    row = Meeting.objects.select_for_update().filter(pk=meeting_id).first()
    if row is None:
        raise not_yours(_("Pertemuan ini tidak ada, atau bukan wewenang Anda."))
    need_in(row.regency_code)
    return row


def _remember(row: Meeting, kind: str) -> None:
    audit.record(f"meeting.{kind}", "region", row.regency_code, fields=("meeting",), reason=str(row.number))
