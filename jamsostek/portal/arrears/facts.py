"""What a case, a finding or a letter rests on, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jamsostek.collection.queries.arrears import PROGRAMMES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.labels import citation
from jamsostek.portal.screens import Fact
from jamsostek.portal.screens.words import month as month_words


def facts_of(told: Mapping[str, Any]) -> list[Fact]:
    """What a case or a letter rests on."""
    facts = []
    if told.get("months"):
        facts.append(Fact(_("Bulan"), ", ".join(month_words(month) for month in told["months"][:12])))
    if told.get("programmes") and isinstance(told["programmes"], dict):
        names = [name for name in PROGRAMMES if told["programmes"].get(name)]
        facts += [Fact(name.upper(), format_rupiah(told["programmes"][name])) for name in names]
    if told.get("fine_rupiah"):
        facts.append(Fact(_("Denda yang belum dibayar"), format_rupiah(told["fine_rupiah"])))
    if told.get("missing"):
        facts.append(Fact(_("Pekerja belum terdaftar"), format_number(told["missing"])))
    if told.get("declared"):
        facts.append(Fact(_("Dinyatakan di sumber lain"), format_number(told["declared"])))
        facts.append(Fact(_("Terdaftar di sini"), format_number(told["registered"])))
    if told.get("short_rupiah"):
        facts.append(Fact(_("Upah kurang dilaporkan"), format_rupiah(told["short_rupiah"])))
    if told.get("minimum_rupiah"):
        facts.append(Fact(_("Upah minimum {place}").format(place=told["place"]), format_rupiah(told["minimum_rupiah"])))
        facts.append(Fact(_("Upah terendah yang dilaporkan"), format_rupiah(told["lowest_rupiah"])))
        facts.append(Fact(_("Pekerja di bawahnya"), format_number(told["people"])))
    if isinstance(told.get("programmes"), list):
        facts.append(Fact(_("Program yang tidak diikuti"), ", ".join(name.upper() for name in told["programmes"])))
    if told.get("rupiah"):
        label = _("Iuran mereka sebulan") if told.get("missing") else _("Jumlah")
        facts.append(Fact(label, format_rupiah(told["rupiah"])))
    if told.get("fine_total_rupiah"):
        words = _("{rupiah} untuk {months} bulan").format(
            rupiah=format_rupiah(told["fine_total_rupiah"]), months=told["fine_months"]
        )
        facts.append(Fact(_("Denda administratif"), words))
    if told.get("article"):
        facts.append(Fact(_("Dasar hukum"), citation(told["article"])))
    if told.get("reason"):
        facts.append(Fact(_("Mengapa kasus dibuka"), told["reason"]))
    return facts
