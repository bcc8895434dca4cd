"""Consents, texts and mailings in sight; a message as it goes out, opened for whoever sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from babel.dates import format_date
from django.db.models import Count, Q, QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.vault import unwrap
from jamsostek.core.text import _, speaking
from jamsostek.outreach.campaigning import filled
from jamsostek.outreach.models import Consent, Mailing, Meeting, Reminder, Template
from jamsostek.registry.queries import counts

WHATSAPP = "https://wa.me/{number}?text={text}"


def consents() -> QuerySet[Consent]:
    """Consents in sight that hold, the newest first."""
    return Consent.objects.filter(withdrawn_on=None).order_by("-pk")


def consent_of(consent_id: int) -> Consent:
    """One in sight; raises `Refused`."""
    row = Consent.objects.filter(pk=consent_id).first()
    if row is None:
        raise not_yours(_("Izin ini tidak ada, atau bukan wewenang Anda."))
    return row


def owner_of(row: Consent) -> tuple[str, str]:
    """Name and telephone of a consent that holds; nothing of one taken back."""
    if row.wrapped is None or row.phone is None:
        return "", ""
    key = unwrap(f"consent:{row.pk}", row.wrapped)
    return key.open("name", row.name) if row.name is not None else "", key.open("phone", row.phone)


def templates() -> QuerySet[Template]:
    """Texts in sight, the newest of each kind and language first."""
    return Template.objects.order_by("region_code", "kind", "language", "-version")


def template_of(template_id: int) -> Template:
    """One in sight; raises `Refused`."""
    row = Template.objects.filter(pk=template_id).first()
    if row is None:
        raise not_yours(_("Teks ini tidak ada, atau bukan wewenang Anda."))
    return row


@dataclass(frozen=True)
class Prepared:
    """A mailing: how many in it, how many sent, how many took their consent back before."""

    row: Mailing
    people: int
    sent: int
    withdrawn: int


def mailings() -> QuerySet[Mailing]:
    """Mailings in sight, the newest first."""
    return Mailing.objects.select_related("meeting").order_by("-pk")


def counted(rows: Iterable[Mailing]) -> list[Prepared]:
    """The same with their counts."""
    given = list(rows)
    gone = Q(consent__withdrawn_on__isnull=False, sent_on=None)
    told = {
        one["mailing_id"]: (one["people"], one["sent"], one["gone"])
        for one in Reminder.objects.filter(mailing__in=given).order_by().values("mailing_id").annotate(
            people=Count("pk"), sent=Count("sent_on"), gone=Count("pk", filter=gone)
        )
    }  # fmt: skip
    return [Prepared(row, *told.get(row.pk, (0, 0, 0))) for row in given]


def mailing_of(mailing_id: int) -> Mailing:
    """One in sight; raises `Refused`."""
    row = Mailing.objects.select_related("meeting").filter(pk=mailing_id).first()
    if row is None:
        raise not_yours(_("Pengingat ini tidak ada, atau bukan wewenang Anda."))
    return row


@dataclass(frozen=True)
class Message:
    """A message as it goes out. `link` opens WhatsApp with the text filled in; a person still presses send."""

    row: Reminder
    name: str
    phone: str
    text: str

    @property
    def link(self) -> str:
        """`https://wa.me/62812…?text=…`."""
        return WHATSAPP.format(number=self.phone.removeprefix("+"), text=quote(self.text))


def messages(mailing: Mailing, *, unsent: bool = False) -> list[Message]:
    """Messages of a mailing whose owners still agree, in order."""
    rows = Reminder.objects.filter(mailing=mailing, consent__withdrawn_on=None).select_related("consent", "template")
    if unsent:
        rows = rows.filter(sent_on=None)
    village = counts.places([mailing.meeting.village_code]) if mailing.meeting else {}
    return [_message(one, mailing, village) for one in rows.order_by("pk")]


def _message(row: Reminder, mailing: Mailing, village: dict[int, str]) -> Message:
    name, phone = owner_of(row.consent)
    return Message(row, name, phone, filled(row.template.text, _values(name, mailing, village, row.template.language)))


def _values(name: str, mailing: Mailing, village: dict[int, str], lang: str) -> dict[str, str]:
    with speaking(lang):
        told = {"nama": name or _("warga")}
        meeting: Meeting | None = mailing.meeting
        if meeting is not None:
            place = village.get(meeting.village_code, str(meeting.village_code))
            told |= {
                "desa": place,
                "tempat": meeting.hall,
                "hari": format_date(meeting.on_date, "EEEE d MMMM", locale=lang),
                "jam": f"{meeting.at_time:%H.%M}",
            }
        if mailing.month is not None:
            first = dt.date(mailing.month // 100, mailing.month % 100, 1)
            told["bulan"] = format_date(first, "MMMM yyyy", locale=lang)
        return told
