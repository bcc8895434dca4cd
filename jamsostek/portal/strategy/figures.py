"""The frozen figures of a report in words: the same parts on the page, on paper and in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.outreach.duties import PILLARS
from jamsostek.outreach.plan import KINDS as SOURCES
from jamsostek.outreach.strategy import KINDS
from jamsostek.portal.bills.words import PROGRAMMES
from jamsostek.portal.screens.tables import Cell, Heading, Table

STATES = {
    "proposed": N_("Diusulkan"), "verified": N_("Terverifikasi"), "refused": N_("Ditolak"), "funded": N_("Didanai"),
    "waiting": N_("Daftar tunggu"), "enrolled": N_("Terdaftar"), "lapsed": N_("Berakhir"),
}  # fmt: skip
BY = {"sex": N_("Jenis kelamin"), "disability": N_("Disabilitas"), "age": N_("Umur")}
CELLS = {
    "f": N_("Perempuan"), "m": N_("Laki-laki"), "yes": N_("Penyandang disabilitas"), "no": N_("Tidak tercatat"),
    "unknown": N_("Tidak diketahui"),
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part: its first `texts` columns are words, the rest numbers; `rupiah` are the columns of money."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]
    texts: int = 1
    rupiah: frozenset[int] = frozenset()

    def shown(self) -> list[list[str]]:
        """As people read it: what must not be told says so."""
        return [[self._words(at, value) for at, value in enumerate(row)] for row in self.rows]

    def _words(self, at: int, value: str | int | None) -> str:
        if value is None:
            return _("tidak disebut")
        if isinstance(value, str):
            return value
        return format_rupiah(value) if at in self.rupiah else format_number(value)

    def table(self) -> Table:
        """As a table of a page."""
        headings = [Heading(head, at >= self.texts) for at, head in enumerate(self.heads)]
        lines = [[Cell(self.heads[at], text, at >= self.texts) for at, text in enumerate(row)] for row in self.shown()]
        return Table(self.title, headings, lines)


def sections(told: Mapping[str, Any]) -> list[Section]:
    """All parts that hold anything, in order."""
    found = [
        _regulations(told["regulations"]), _plan(told["plan"]), _money(told["programmes"]), _states(told["states"]),
        _protected(told["protected"]), *(_by(name, told["protected"]["by"][name]) for name in BY), _done(told),
        _benefits(told.get("benefits", ())),
    ]  # fmt: skip
    return [one for one in found if one.rows]


def _regulations(rows: Sequence[Mapping[str, Any]]) -> Section:
    listed = [[f"{_(KINDS[one['kind']])} {one['number']}/{one['year']}: {one['title']}"] for one in rows]
    return Section(_("Peraturan yang berlaku"), [_("Peraturan")], listed)


def _plan(parts: Mapping[str, Mapping[str, int]]) -> Section:
    heads = [_("Bagian strategi"), _("Butir"), _("Selesai"), _("Selesai semester ini"), _("Terlambat")]
    keys = ("items", "done", "done_now", "late")
    rows: list[list[str | int | None]] = [[_(title), *(parts[name][key] for key in keys)] for name, title in PILLARS.items()]
    return Section(_("Rencana tahun ini"), heads, rows)


def _money(programmes: Sequence[Mapping[str, Any]]) -> Section:
    heads = [_("Program dan sumber dana"), _("Anggaran"), _("Dijanjikan")]
    rows = [
        [f"{one['title']}: {_(SOURCES[each['kind']])}, {each['title']}", each["rupiah"], each["used_rupiah"]]
        for one in programmes for each in one["sources"]
    ]  # fmt: skip
    return Section(_("Program dan uangnya"), heads, rows, 1, frozenset({1, 2}))


def _states(states: Mapping[str, int | None]) -> Section:
    rows = [[_(text), states[name]] for name, text in STATES.items() if name in states]
    return Section(_("Orang menurut keadaannya"), [_("Keadaan"), _("Orang")], rows)


def _protected(told: Mapping[str, Any]) -> Section:
    rows = [
        [_("Orang terlindungi"), told["people"]], [_("Bulan yang dibayar"), told["months"]], [_("Jumlah desa"), told["villages"]],
    ]  # fmt: skip
    return Section(_("Yang dilindungi semester ini"), [_("Angka"), _("Jumlah")], rows)


def _by(name: str, cells: Mapping[str, int | None]) -> Section:
    rows = [[_age(key) if name == "age" and key not in CELLS else _(CELLS[key]), count] for key, count in cells.items()]
    return Section(_("Yang dilindungi menurut {what}").format(what=_(BY[name]).lower()), [_(BY[name]), _("Orang")], rows)


def _age(key: str) -> str:
    first, last = (int(part) for part in key.split("-"))
    if first == 0:
        return _("Sampai {last} tahun").format(last=last)
    return (
        _("{first} tahun ke atas").format(first=first) if last > 150 else _("{first}–{last} tahun").format(first=first, last=last)
    )


def _done(told: Mapping[str, Any]) -> Section:
    decrees, looked = told["decrees"], told["reconciled"]
    rows = [
        [_("Keputusan penerima yang disahkan"), decrees["count"]], [_("Orang dalam keputusan itu"), decrees["people"]],
        [_("Yang berakhir"), looked["lapsed"]],
    ]  # fmt: skip
    return Section(_("Keputusan dan pemeriksaan bulanan"), [_("Angka"), _("Jumlah")], rows)


def _benefits(rows: Sequence[Mapping[str, Any]]) -> Section:
    """Reports from before these were counted have none."""
    listed = [[_(PROGRAMMES.get(one["fund"], one["fund"])), one["claims"], one["rupiah"]] for one in rows]
    return Section(_("Klaim yang dibayar semester ini"), [_("Program"), _("Klaim"), _("Rupiah")], listed, 1, frozenset({2}))


def counted(told: Mapping[str, Any]) -> list[str]:
    """How the figures came about, as far as their names do not say it."""
    notes = [_("Kelompok di bawah lima orang tidak disebut, begitu pula satu kelompok lain agar tidak dapat dihitung balik.")]
    if "benefits" in told:
        notes.append(_(
            "Klaim yang dibayar: klaim tentang orang yang dilindungi program daerah ini, terjadi pada bulan yang dibayari daerah,"
            " dan manfaatnya dibayar pada semester ini. Satu klaim yang dibayar dari dua program dihitung di keduanya. Rupiah"
            " sebelum pajak. Klaim di bawah lima tidak disebut, begitu pula rupiahnya."
        ))  # fmt: skip
    return notes


def money_of(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Two sums that stand above the parts."""
    return [
        (_("Uang dalam keputusan semester ini"), format_rupiah(told["decrees"]["rupiah"])),
        (_("Uang yang dihemat"), format_rupiah(told["reconciled"]["saved_rupiah"])),
    ]
