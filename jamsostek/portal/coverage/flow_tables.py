"""Who joins, lapses and returns in this registry, in tables: the rates of a month by payer and by segment, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cohorts
from jamsostek.coverage.cohorts import Group
from jamsostek.coverage.flow_rates import Rate
from jamsostek.portal.coverage import dimensions, own, words
from jamsostek.portal.screens import Column, Table, table
from jamsostek.portal.screens import words as said

TITLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "payer": (N_("Pembayar"), own.PAYERS),
    "segment": (N_("Segmen"), dimensions.SEGMENTS),
}


def tables(region: int) -> list[Table]:
    """By payer and by segment; none where no group has enough people."""
    whole = cohorts.groups(region)
    found = [(name, cohorts.groups(region, name)) for name in TITLES]
    return [_table(name, [*groups, *whole]) for name, groups in found if groups and whole]


def _table(dimension: str, groups: list[Group]) -> Table:
    heading, titles = TITLES[dimension]

    def who(one: Group) -> str:
        return _("Semua peserta") if one.key == cohorts.WHOLE else _(titles[one.key])

    def told(which: Callable[[Group], Rate | None]) -> Callable[[Group], str]:
        return lambda one: rate_words(which(one))

    columns = [
        Column(_(heading), who),
        Column(_("Aktif"), lambda one: format_number(one.active), number=True),
        Column(_("Masuk, per 100 aktif"), told(lambda one: one.joining), number=True),
        Column(_("Berhenti, Februari sampai Desember"), told(lambda one: one.lapsing), number=True),
        Column(_("Berhenti, Januari"), told(lambda one: one.january), number=True),
        Column(_("Kembali, per 100 yang berhenti"), told(lambda one: one.returning), number=True),
    ]
    return table(_("Persen sebulan menurut {by}").format(by=said.inside(_(heading))), columns, groups)


def rate_words(found: Rate | None) -> str:
    """`2,1 (1,8–2,4)`; where those who did it are too few to tell, the most it can be."""
    if found is None:
        return said.NOTHING
    if found.middle is None:
        return _("paling banyak {share}").format(share=words.decimal(100 * found.high))
    low, high = (words.decimal(100 * one) for one in (found.low, found.high))
    return f"{words.decimal(100 * found.middle)} ({low}–{high})"


def cliff(region: int) -> str:
    """What January does, in a sentence; empty where it does nothing that can be told from chance."""
    found = cohorts.steepest(cohorts.groups(region, "payer"))
    if found is None or found.january is None or found.lapsing is None:
        return _("Januari tidak berbeda dari bulan lain di luar rentangnya, menurut pembayar mana pun yang cukup orangnya.")
    return _(
        "Januari: dari yang dibayari {payer}, {january} persen berhenti; di bulan lain {others} persen sebulan. Anggaran yang "
        "dibayar setahun berakhir pada Desember. Terlihat pada {count} Januari."
    ).format(
        payer=said.inside(_(own.PAYERS[found.key])), january=rate_words(found.january), others=rate_words(found.lapsing),
        count=found.january.months,
    )  # fmt: skip


def how_words() -> str:
    """What the rates are, and what their intervals hold."""
    return _(
        "Dari catatan pemasangan ini, {months} bulan terakhir; yang meninggal terhitung berhenti. Dalam kurung: rentang 80 dari "
        "100, yang lebih lebar dari dua: selang Wilson, dan sebaran antarbulan; dari Januari yang kurang dari enam, yang "
        "terendah dan tertinggi. Pembayar atau segmen dengan rata-rata kurang dari 100 peserta aktif tidak disebut. Orang dengan "
        "dua pembayar dihitung pada keduanya; yang berganti tanpa jeda tidak terhitung berhenti."
    ).format(months=max(0, len(cohorts.months_told()) - 1))
