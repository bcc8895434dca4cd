"""What every projection begins with: each figure and table, with unit, bounds, grade and source."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.core.text import N_, _
from jamsostek.fund.projection import GRADES, GROUPS, base, sources
from jamsostek.fund.queries import projections as queries
from jamsostek.portal.fund.frame import READERS
from jamsostek.portal.fund.projection import frame
from jamsostek.portal.screens import Column, Link, Quote, Tag, export, table
from jamsostek.portal.screens.parts import Tone

TONES: dict[str, Tone] = {"secondary": "good", "derived": "info", "memory": "warn", "assumed": "warn"}
TABLES = {
    "mortality": N_("Tabel kematian"), "members": N_("Peserta menurut segmen, 2015–2025"),
    "programmes": N_("Peserta JKP dan JHT"),
    "ages": N_("Umur peserta"), "entry_ages": N_("Umur peserta baru"), "women": N_("Bagian perempuan"),
    "wages": N_("Upah rata-rata"),
    "classes": N_("Sebaran upah"), "wage_by_age": N_("Upah menurut umur"), "economy": N_("Inflasi dan PDB, 2015–2025"),
    "yields": N_("Hasil investasi, 2015–2025"), "assets": N_("Aset akhir 2023"),
}  # fmt: skip


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The base beside the official figures; with `?bentuk=csv` or `xlsx` as a file."""
    official = queries.official()
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        headings = [
            "id",
            _("Asumsi"),
            _("Satuan"),
            _("Dasar"),
            _("Paling sedikit"),
            _("Paling banyak"),
            _("Langkah"),
            _("Mutu"),
            _("Sumber"),
        ]
        rows = [
            [o.id, o.title, o.unit, str(o.value), str(o.least), str(o.most), str(o.step), _(GRADES[o.grade]), o.source]
            for o in base().values()
        ]
        return export(request, "asumsi-proyeksi", headings, rows)
    columns = [
        Column(_("Asumsi"), lambda one: one.title),
        Column(_("Dasar"), lambda one: frame.value(one, one.value), number=True),
    ]
    if official:
        columns.append(
            Column(
                _("Resmi"),
                lambda one: Tag(frame.value(one, official.changed[one.id]), "warn") if one.id in official.changed else "=",
                number=True,
            )
        )  # fmt: skip
    columns += [
        Column(_("Langkah"), lambda one: frame.value(one, one.step), number=True),
        Column(_("Mutu"), lambda one: Tag(_(GRADES[one.grade]), TONES[one.grade])),
        Column(_("Sumber"), lambda one: Quote(one.source, "id")),
    ]
    groups = [table(_(words), columns, [one for one in base().values() if one.group == group]) for group, words in GROUPS.items()]
    read = [
        Column(_("Tabel"), lambda one: _(TABLES[one["id"]])),
        Column(_("Mutu"), lambda one: Tag(_(GRADES[one["grade"]]), TONES[one["grade"]])),
        Column(_("Sumber"), lambda one: Quote(one["source"], "id")),
    ]  # fmt: skip
    makes = Role.ACTUARY in request.scope.roles  # type: ignore[attr-defined]
    context = {
        "groups": groups, "tables": table(_("Tabel"), read, sources()), "official": frame.link(official) if official else None,
        "way": Link(_("Proyeksi baru"), reverse("projection:new")) if makes else None,
    }  # fmt: skip
    return frame.screen(request, "assumptions.html", context, title=_("Asumsi proyeksi"), here="projection:assumptions")
