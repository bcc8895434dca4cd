"""Reminders: texts that two people saw, prepared for those who agreed, sent by somebody else's hand, and remembered.

    text proposed ─→ approved by another ─→ mailing prepared (each telephone once about each thing) ─→ marked sent

The system sends nothing. A person clicks a WhatsApp link or gives a file of text messages to a gateway, and marks what went
out. Whoever took their consent back between the two is left out of both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import _
from jamsostek.outreach.actions.campaigns import may_run, need_in
from jamsostek.outreach.campaigning import REMINDERS, holes_of, length_of
from jamsostek.outreach.models import Consent, Mailing, Meeting, Reminder, Template

LANGUAGES = ("id", "en")
CHANNELS = ("whatsapp", "sms")
MOST_PARTS = 3
"""Longer texts are not read on a small telephone, and cost for each part."""


def propose(*, region_code: int, kind: str, language: str, text: str, today: dt.date) -> Template:
    """Writes a new version of a text; the same words again are the version there is. Raises `InputError`, `Refused`."""
    need_in(region_code)
    told = _checked(kind, language, text)
    newest = Template.objects.filter(region_code=region_code, kind=kind, language=language).order_by("-version").first()
    if newest is not None and newest.text == told:
        return newest
    made = Template.objects.create(
        region_code=region_code, kind=kind, language=language, version=1 if newest is None else newest.version + 1, text=told,
        proposed_by=current().user_id, proposed_on=today,
    )  # fmt: skip
    audit.record("template.proposed", "region", region_code, fields=("text",), reason=f"{kind} {language} {made.version}")
    return made


def _checked(kind: str, language: str, text: str) -> str:
    if kind not in REMINDERS:
        raise unknown_name(_("Jenis pengingat"), kind, list(REMINDERS))
    if language not in LANGUAGES:
        raise unknown_name(_("Bahasa"), language, LANGUAGES)
    told = " ".join(text.split())
    if len(told) < 20:
        raise InputError(_("Teksnya terlalu pendek."), field="text", remedy=_("Tulis sekurang-kurangnya dua puluh huruf."))
    strange = next((one for one in holes_of(told) if one not in REMINDERS[kind].holes), None)
    if strange is not None:
        raise InputError(
            _("Isian {name} tidak ada untuk pengingat ini.").format(name=f"{{{strange}}}"), field="text",
            remedy=_("Yang boleh dipakai: {names}.").format(names=", ".join(f"{{{one}}}" for one in REMINDERS[kind].holes)),
        )  # fmt: skip
    if told.count("{") != len(holes_of(told)) or told.count("}") != len(holes_of(told)):
        raise InputError(_("Kurung kurawalnya tidak berpasangan."), field="text", remedy=_("Tulis misalnya {nama}."))
    if length_of(told).parts > MOST_PARTS:
        raise InputError(_("Teksnya terlalu panjang."), field="text", remedy=_("Ringkaskan: paling banyak tiga SMS."))
    return told


def approve(*, template_id: int, today: dt.date) -> Template:
    """Another than who wrote it says yes; approved it already is, nothing happens."""
    row = Template.objects.select_for_update().filter(pk=template_id).first()
    if row is None:
        raise not_yours(_("Teks ini tidak ada, atau bukan wewenang Anda."))
    need_in(row.region_code)
    if row.approved_on is not None:
        return row
    if row.proposed_by is not None and row.proposed_by == current().user_id:
        raise InputError(
            _("Yang menulis tidak menyetujui."), field="template", remedy=_("Minta rekan Anda membaca dan menyetujuinya.")
        )
    row.approved_by, row.approved_on = current().user_id, today
    row.save()
    audit.record(
        "template.approved", "region", row.region_code, fields=("text",), reason=f"{row.kind} {row.language} {row.version}"
    )
    return row


def in_force(region_code: int, kind: str) -> dict[str, Template]:
    """The newest approved text of each language."""
    rows = Template.objects.filter(region_code=region_code, kind=kind).exclude(approved_on=None).order_by("version")
    return {one.language: one for one in rows}


# --- preparing --------------------------------------------------------------------------------------------------------------


def prepare_meeting(*, meeting_id: int, today: dt.date) -> Mailing:
    """Invitations to a meeting of tomorrow, to all of its village who agreed to be invited. Raises `InputError`, `Refused`."""
    meeting = Meeting.objects.filter(pk=meeting_id, cancelled_on=None).first()
    if meeting is None:
        raise not_yours(_("Pertemuan ini tidak ada, atau bukan wewenang Anda."))
    if meeting.on_date != today + dt.timedelta(days=1):
        raise InputError(
            _("Pengingat ini untuk pertemuan besok."), field="meeting", value=meeting.on_date.isoformat(),
            remedy=_("Siapkan sehari sebelum pertemuannya."),
        )  # fmt: skip
    need_in(meeting.regency_code)
    rows = Consent.objects.filter(
        region_code=meeting.regency_code, village_code=meeting.village_code, withdrawn_on=None, purposes__contains=["meeting"]
    )
    return _prepare(meeting.regency_code, "meeting", list(rows), today, meeting=meeting)


def prepare_month(*, region_code: int, kind: str, month: int, today: dt.date) -> Mailing:
    """Reminders about a month: `unpaid` (the first own month unpaid), `ending` (cover paid by others that ends with it)."""
    if kind not in ("unpaid", "ending"):
        raise unknown_name(_("Jenis pengingat"), kind, ["unpaid", "ending"])
    need_in(region_code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent_id FROM outreach_to_remind(%s, %s, %s, %s)", [kind, region_code, month, today])
        ids = [row[0] for row in cursor.fetchall()]
    return _prepare(region_code, kind, list(Consent.objects.filter(pk__in=ids)), today, month=month)


def _prepare(
    region_code: int, kind: str, rows: Collection[Consent], today: dt.date, *, meeting: Meeting | None = None,
    month: int | None = None,
) -> Mailing:  # fmt: skip
    texts = in_force(region_code, kind)
    if not texts:
        raise InputError(
            _("Belum ada teks yang disetujui untuk pengingat ini."), field="kind",
            remedy=_("Usulkan teksnya, lalu minta orang kedua menyetujui."),
        )  # fmt: skip
    about = f"{kind}:{meeting.pk if meeting else month}"
    told = set(Reminder.objects.filter(about=about, consent__in=rows).values_list("consent_id", flat=True))
    fresh = [one for one in rows if one.pk not in told]
    if not fresh:
        earlier = Mailing.objects.filter(region_code=region_code, kind=kind, meeting=meeting, month=month).order_by("-pk").first()
        if earlier is not None:
            return earlier
        raise InputError(
            _("Tidak ada yang perlu diingatkan."), field="kind",
            remedy=_("Hanya yang memberi izin dan memang menyangkut hal ini yang diingatkan."),
        )  # fmt: skip
    made = Mailing.objects.create(
        region_code=region_code, kind=kind, meeting=meeting, month=month, prepared_on=today, prepared_by=current().user_id
    )
    fallback = texts.get("id") or next(iter(texts.values()))
    Reminder.objects.bulk_create(
        Reminder(mailing=made, consent=one, template=texts.get(one.language, fallback), about=about) for one in fresh
    )
    audit.record("reminder.prepared", "region", region_code, fields=("phone",), reason=f"{about} {len(fresh)}")
    return made


def mark_sent(*, reminder_ids: Collection[int], channel: str, today: dt.date) -> int:
    """Notes what somebody sent; how many were new. Who took their consent back is passed over: it must not have gone out."""
    if channel not in CHANNELS:
        raise unknown_name(_("Jalur"), channel, CHANNELS)
    rows = list(
        Reminder.objects.select_for_update(of=("self",)).filter(pk__in=reminder_ids, sent_on=None, consent__withdrawn_on=None)
        .select_related("mailing")
    )  # fmt: skip
    regions = {one.mailing.region_code for one in rows}
    if not all(may_run(one, Can.RUN_CAMPAIGN) for one in regions):
        raise not_yours(_("Sosialisasi di wilayah ini bukan wewenang Anda."))
    for one in rows:
        one.sent_on, one.sent_how, one.sent_by = today, channel, current().user_id
        one.save()
    for region in sorted(regions):
        count = sum(one.mailing.region_code == region for one in rows)
        audit.record("reminder.sent", "region", region, fields=("phone",), reason=f"{channel} {count}")
    return len(rows)
