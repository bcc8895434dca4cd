"""Tickets of people who need an office: to sign in, asked without an account, or from one's own pages; served in order."""

from __future__ import annotations

import datetime as dt
import json
import os

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import not_yours
from jamsostek.access.models import Ticket
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import house_key
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.regions import regency
from jamsostek.core.text import N_, _

SIGN_IN, ACCOUNT, CORRECTION, WAGE, DELETION = "sign_in", "account", "correction", "wage", "deletion"
KINDS: dict[str, str] = {
    SIGN_IN: N_("Bantuan masuk"),
    ACCOUNT: N_("Akun untuk peserta baru"),
    CORRECTION: N_("Pembetulan data"),
    WAGE: N_("Upah yang dilaporkan tidak sesuai"),
    DELETION: N_("Penghapusan data"),
}
"""What may be asked for; the table knows no other kind."""
ABOUT_ACCOUNTS = (SIGN_IN, ACCOUNT)
"""Kinds that end with an account or a code for one."""
OUTCOMES = {
    "code": N_("Kode dibuat dan diserahkan"),
    "account": N_("Akun baru dibuat"),
    "corrected": N_("Data dibetulkan"),
    "right": N_("Data sudah benar, tidak ada yang diubah"),
    "wage_corrected": N_("Perusahaan membetulkan upahnya"),
    "wage_right": N_("Upah yang dilaporkan ternyata benar"),
    "handed_on": N_("Diteruskan ke kantor pusat untuk dihapus"),
    "withdrawn": N_("Permintaan ditarik kembali oleh peserta"),
    "unknown": N_("Orangnya tidak dapat dipastikan"),
    "absent": N_("Tidak dapat dihubungi"),
    "other": N_("Selesai dengan cara lain"),
}
"""How tickets may end."""
_ENDS = {
    SIGN_IN: ("code", "account"), ACCOUNT: ("account",), CORRECTION: ("corrected", "right"),
    WAGE: ("wage_corrected", "wage_right", "withdrawn"), DELETION: ("handed_on", "withdrawn"),
}  # fmt: skip


def outcomes_of(kind: str) -> dict[str, str]:
    """How a ticket of a kind may end."""
    return {name: OUTCOMES[name] for name in (*_ENDS[kind], "unknown", "absent", "other")}


def open_ticket(*, kind: str, who: str, phone: str, regency_code: int, told: str, now: dt.datetime) -> str:
    """Asks an office for something of a kind; returns the ticket's number. What was written is sealed.

    Whoever is signed in can find the ticket again (`own_tickets`).
    """
    who, phone = " ".join(who.split()), " ".join(phone.split())
    if not who:
        raise InputError(
            _("Nama belum diisi."), field="who", remedy=_("Tulis nama Anda, atau nomor peserta atau nama pengguna yang diingat.")
        )
    if sum(sign.isdigit() for sign in phone) < 8:
        raise InputError(
            _("Nomor telepon ini terlalu pendek."),
            field="phone",
            remedy=_("Tulis nomor yang dapat kami hubungi, dengan kode area."),
        )
    number = _new_number()
    sealed = house_key("ticket").seal(number, json.dumps({"who": who[:120], "phone": phone[:30], "told": told.strip()[:1000]}))
    # Written without reading back: whoever asks may not read tickets.
    insert_rows(
        "access_ticket",
        {
            "number": ("text", [number]),
            "kind": ("text", [kind]),
            "username": ("text", [""]),
            "told": ("text", [""]),
            "contact": ("bytea", [sealed]),
            "regency_code": ("int", [regency(regency_code).code]),
            "made_at": ("timestamptz", [now]),
            "outcome": ("text", [""]),
            "asked_by_id": ("bigint", [current().user_id]),
        },
    )
    audit.record("ticket.asked", "ticket", fields=("who", "phone", "regency_code"))
    return number


def _new_number() -> str:
    while True:
        number = numbers.make("ticket", os.urandom)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM access_ticket_state(%s)", [number])
            if cursor.fetchone() is None:
                return number


def take_ticket(*, number: str, now: dt.datetime) -> None:
    """Takes a ticket, or takes it over; when it was first taken stays. Raises `Refused`."""
    row = _held(number)
    row.taken_by_id, row.taken_at = current().user_id, row.taken_at or now
    row.save(update_fields=["taken_by", "taken_at"])
    audit.record("ticket.taken", "ticket", row.pk)


def close_ticket(*, number: str, outcome: str, note: str = "", now: dt.datetime) -> None:
    """Closes a ticket with how it ended. Raises `Refused`, `InputError`."""
    row = _held(number)
    if outcome not in outcomes_of(row.kind):
        raise InputError(_("Pilih bagaimana tiket ini berakhir."), field="outcome", value=outcome)
    row.taken_by_id, row.taken_at = row.taken_by_id or current().user_id, row.taken_at or now
    row.closed_at, row.outcome = now, outcome
    row.save(update_fields=["taken_by", "taken_at", "closed_at", "outcome"])
    audit.record("ticket.closed", "ticket", row.pk, values={"outcome": outcome, "note": note.strip()[:300]})


def _held(number: str) -> Ticket:
    row = Ticket.objects.select_for_update(no_key=True).filter(number=number).first()
    if row is None:
        raise not_yours(_("Tiket ini tidak ada, atau di luar wilayah kerja Anda."))
    current().need(Can.SERVE_TICKET, Place(regency=row.regency_code))
    if row.closed_at is not None:
        raise InputError(_("Tiket ini sudah ditutup."), remedy=_("Tidak ada yang perlu dilakukan."))
    return row
