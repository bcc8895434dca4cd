"""Wage reports in words: states, exceptions, sums beside the month before, flags with their figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamsostek.collection.queries.reports import FLAGS, Flag, Totals
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, Tag, table
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.choices import TITLES, Leaving

if TYPE_CHECKING:
    from jamsostek.collection.models import Report, ReportChange

STATES: dict[str, tuple[str, Tone]] = {
    "draft": (N_("Sedang disusun"), "info"),
    "prepared": (N_("Menunggu persetujuan"), "warn"),
    "returned": (N_("Dikembalikan"), "bad"),
    "approved": (N_("Disetujui, sedang ditagihkan"), "info"),
    "billed": (N_("Selesai"), "good"),
    "withdrawn": (N_("Ditarik"), "plain"),
}
KINDS = {
    "wage": N_("Upah berubah"), "join": N_("Mulai bekerja"), "leave": N_("Berhenti bekerja"), "absent": N_("Tanpa upah"),
    "present": N_("Diupah kembali"), "stay": N_("Batal keluar"),
}  # fmt: skip
FILE_STATES: dict[str, tuple[str, Tone]] = {
    "received": (N_("Diterima"), "info"), "reading": (N_("Sedang dibaca"), "info"),
    "done": (N_("Sudah dibaca"), "good"), "failed": (N_("Gagal"), "bad"),
}  # fmt: skip


def state_tag(report: Report) -> Tag:
    """The state in a word."""
    text, tone = STATES[report.state]
    return Tag(_(text), tone)


def title(report: Report) -> str:
    """`Laporan upah November 2026`; a later version says so."""
    if report.version == 1:
        return _("Laporan upah {month}").format(month=month_words(report.month))
    return _("Laporan upah {month}, versi {number}").format(month=month_words(report.month), number=report.version)


def change_text(change: ReportChange) -> str:
    """An exception in a few words, with its value."""
    if change.kind == "join":
        assert change.day is not None
        words = _("Masuk {day}, upah {wage}")
        return words.format(day=date(change.day), wage=format_rupiah(change.wage_rupiah or 0))
    if change.kind == "leave":
        assert change.day is not None
        return _("Keluar {day}: {reason}").format(day=date(change.day), reason=_(TITLES[Leaving][change.leaving]))
    if change.kind == "wage":
        return _("Upah {wage}").format(wage=format_rupiah(change.wage_rupiah or 0))
    return _(KINDS[change.kind])


def before_text(change: ReportChange) -> str:
    """What stood there before."""
    if change.kind == "join":
        return NOTHING
    if change.kind == "stay":
        return _("Keluar {day}").format(day=date(change.day)) if change.day else NOTHING
    if change.kind == "present":
        return _(KINDS["absent"])
    return format_rupiah(change.before_rupiah) if change.before_rupiah else NOTHING


def change_tag(kind: str, text: str = "") -> Tag:
    """An exception as a mark in a list."""
    tones: dict[str, Tone] = {
        "wage": "info",
        "join": "good",
        "leave": "warn",
        "absent": "plain",
        "present": "good",
        "stay": "good",
    }
    return Tag(text or _(KINDS[kind]), tones[kind])


# --- sums -------------------------------------------------------------------------------------------------------------


def signed(value: int, *, rupiah: bool = True) -> str:
    """A difference with its sign."""
    shown = format_rupiah(abs(value)) if rupiah else format_number(abs(value))
    return shown if value == 0 else f"+{shown}" if value > 0 else f"−{shown}"


def totals_table(totals: Totals) -> Table:
    """This month beside the one before."""
    lines = [
        (_("Jumlah pekerja"), totals.before.people, totals.now.people, False),
        (_("Jumlah upah"), totals.before.wage_rupiah, totals.now.wage_rupiah, True),
        (_("JKK"), totals.before.jkk_rupiah, totals.now.jkk_rupiah, True),
        (_("JKM"), totals.before.jkm_rupiah, totals.now.jkm_rupiah, True),
        (_("JHT"), totals.before.jht_rupiah, totals.now.jht_rupiah, True),
        (_("JP"), totals.before.jp_rupiah, totals.now.jp_rupiah, True),
        (_("Dipotong dari upah pekerja"), totals.before.worker_rupiah, totals.now.worker_rupiah, True),
    ]
    total = (totals.before.total_rupiah, totals.now.total_rupiah)

    def shown(value: int, rupiah: bool) -> str:
        return format_rupiah(value) if rupiah else format_number(value)

    columns = [
        Column(_("Yang dilaporkan"), lambda one: one[0]),
        Column(_("Bulan lalu"), lambda one: shown(one[1], one[3]), number=True),
        Column(_("Bulan ini"), lambda one: shown(one[2], one[3]), number=True),
        Column(_("Beda"), lambda one: signed(one[2] - one[1], rupiah=one[3]), number=True),
    ]
    last = [_("Iuran seluruhnya"), format_rupiah(total[0]), format_rupiah(total[1]), signed(total[1] - total[0])]
    return table(_("Jumlah, dan bedanya dengan bulan lalu"), columns, lines, total=last)


def differences_table(totals: Totals) -> Table | None:
    """What months billed before change by."""
    if not totals.months:
        return None
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Selisih iuran"), lambda one: signed(one.total_rupiah), number=True),
    ]
    last = [_("Seluruhnya"), "", signed(totals.difference_rupiah)]
    return table(_("Bulan yang sudah ditagih dan ikut berubah"), columns, totals.months, total=last)


# --- flags ------------------------------------------------------------------------------------------------------------


def flag_facts(flag: Flag) -> str:
    """The figures of a flag in a sentence."""
    f = flag.facts
    if flag.kind == "under_minimum":
        words = _("{count} orang di bawah {minimum} sebulan, upah minimum {place} {year}.")
        shown = words.format(count=f["count"], minimum=format_rupiah(f["minimum_rupiah"]), place=f["place"], year=f["year"])
        return shown if f["of_regency"] else f"{shown} {_('Upah minimum kabupaten atau kota Anda mungkin lebih tinggi.')}"
    if flag.kind == "fewer":
        return _("Bulan lalu {before} orang, bulan ini {now}.").format(before=f["before"], now=f["now"])
    if flag.kind in ("same_wage", "alike_wages"):
        words = _("{count} dari {people} orang: {wage}.")
        return words.format(count=f["count"], people=f["people"], wage=format_rupiah(f["wage_rupiah"]))
    if flag.kind == "at_minimum":
        words = _("{count} dari {people} orang: tepat {minimum}, upah minimum {place}.")
        shown = format_rupiah(f["minimum_rupiah"])
        return words.format(count=f["count"], people=f["people"], minimum=shown, place=f["place"])
    if flag.kind == "round_wages":
        words = _("{count} dari {people} upah kelipatan {unit}.")
        return words.format(count=f["count"], people=f["people"], unit=format_rupiah(f["round_to"]))
    return _("Jumlah orang: {count}.").format(count=f["count"]) if "count" in f else ""


def flag_people(flag: Flag) -> str:
    """The first people of a flag by name; the numbers stay in the list."""
    names = [one.participant.name for one in flag.people if one.participant is not None]
    more = int(flag.facts.get("count", len(names))) - len(names)
    if names and more > 0:
        return _("{names}, dan {count} lagi").format(names=", ".join(names), count=format_number(more))
    return ", ".join(names)


def flags_shown(found: Sequence[Flag], *, officer: bool = False) -> list[dict[str, str]]:
    """Flags as a template draws them; who is named in `people` was looked at."""
    return [
        {
            "text": _(FLAGS[one.kind].meaning if officer else FLAGS[one.kind].title),
            "facts": flag_facts(one),
            "people": flag_people(one),
            "article": one.article,
        }
        for one in found
    ]
