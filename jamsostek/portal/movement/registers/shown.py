"""Words that several pages of registers share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.register.kinds import KINDS as PROBLEMS
from jamsostek.outreach.actions.linking import PARTICIPANTS, WITHIN
from jamsostek.outreach.actions.registers import KINDS
from jamsostek.portal.movement import frame
from jamsostek.portal.screens import Link, Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.outreach.models import Register, Run

STATES: dict[str, tuple[str, Tone]] = {
    "mapping": (N_("Menunggu kolomnya ditentukan"), "warn"), "received": (N_("Menunggu dibaca"), "info"),
    "reading": (N_("Sedang dibaca"), "info"), "ready": (N_("Siap"), "good"), "failed": (N_("Gagal dibaca"), "bad"),
    "cancelled": (N_("Dibatalkan"), "plain"), "deleted": (N_("Dihapus"), "plain"),
}  # fmt: skip
RUNS: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Menunggu giliran"), "info"), "linking": (N_("Sedang dipadankan"), "info"), "done": (N_("Selesai"), "good"),
    "failed": (N_("Gagal"), "bad"),
}  # fmt: skip
NIK_STATES = {
    "ok": N_("Baik"), "repaired": N_("Diperbaiki (tanda baca, spasi)"), "missing": N_("Tidak ada"),
    "cut": N_("Angka terakhirnya hilang di lembar kerja"),
}  # fmt: skip
RUNNING = ("received", "reading")


def state_tag(register: Register) -> Tag:
    """Where a register stands."""
    if register.deleted_reason and register.state != "deleted":
        return Tag(_("Sedang dihapus"), "warn")
    text, tone = STATES[register.state]
    return Tag(_(text), tone)


def run_tag(run: Run) -> Tag:
    """Where a run stands."""
    text, tone = RUNS[run.state]
    return Tag(_(text), tone)


def kind_words(register: Register) -> str:
    """What kind of list it is."""
    return _(KINDS[register.kind])


def nik_words(state: str) -> str:
    """What a NIK of a list is like."""
    if state in NIK_STATES:
        return _(NIK_STATES[state])
    found = PROBLEMS.get(f"nik_{state}")
    return _(found.problem) if found else state


def against_words(run: Run) -> str:
    """What a register was linked with."""
    if run.against == PARTICIPANTS:
        return _("Peserta Jamsostek")
    if run.against == WITHIN:
        return _("Daftar ini sendiri (orang yang ganda)")
    return run.against_register.title if run.against_register else ""


def kept_words(register: Register, today: dt.date) -> str:
    """Until when it is kept, and how long that is."""
    left = (register.keep_until - today).days
    if register.state == "deleted" or left < 0:
        return date(register.keep_until)
    return _("{day} ({days} hari lagi)").format(day=date(register.keep_until), days=format_number(left))


def village_words(code: int | None) -> str:
    """The village and its regency; its code where it is in no list."""
    if not code:
        return _("Desa tidak diketahui")
    name = lists.village_name(code)
    return name if not name.isdigit() else f"{code}"


def region_words(code: int) -> str:
    """A province, regency or city."""
    return regions_name(code)


def crumbs(*more: Link) -> list[Link]:
    """The pages above."""
    return frame.above(Link(_("Daftar orang"), reverse("movement:registers")), *more)


def link(register: Register) -> Link:
    """Its page."""
    return Link(register.title, reverse("movement:register", args=[register.number]))
