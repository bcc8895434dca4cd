"""What an edition says, in tables: all of it, for somebody who decides on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jamsostek.awards.choices import (
    AGGREGATIONS,
    LEVELS,
    MISSING,
    NORMALISATIONS,
    REGENCY_KINDS,
    SCALES,
    SECTIONS,
    SUBJECTS,
)
from jamsostek.awards.comparing import AREAS
from jamsostek.awards.edition import Category, Criterion, Edition, Stage, told
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.told import Section
from jamsostek.portal.screens import Column, Table, table
from jamsostek.portal.screens.words import NOTHING, date, inside, month


def sections(says: Edition) -> list[Section]:
    """All that an edition says, for somebody who decides on it."""
    return [
        (_("Tanggal"), "", [_days(says)]),
        (_("Kategori"), _("Bobot berjumlah 100 % di setiap kategori."), [_categories(says)]),
        *(
            (_("Kategori {name}").format(name=one.name), "", [_rules(says, one), _weights(says, one)])
            for one in says.categories.values()
        ),
        (_("Ukuran"), "", [_criteria(says)]),
        (_("Pedoman nilai juri"), "", [_rubric(one) for one in says.criteria.values() if one.rubric]),
        (_("Juri"), "", [_juries(says)]),
        (_("Bukti"), "", [_evidence(says)]),
        (_("Zona"), "", [_zones(says)]),
    ]


def _days(says: Edition) -> Table:
    days = says.days
    rows = [
        (_("Pencalonan dibuka"), date(days.nominate_from)), (_("Hari terakhir pencalonan"), date(days.nominate_until)),
        (_("Hari terakhir bukti"), date(days.evidence_until)),
        *(
            (_("Hari terakhir penilaian, {level}").format(level=inside(_(LEVELS[level]))), date(day))
            for level, day in days.marks_until.items()
        ),
        (_("Hari penganugerahan"), date(says.ceremony_on) if says.ceremony_on else NOTHING),
        (_("Bulan ukuran"), month(says.measured_month)), (_("Bulan pembanding"), month(says.baseline_month)),
    ]  # fmt: skip
    return _pairs(_("Tanggal dan bulan edisi ini"), _("Apa"), _("Kapan"), rows)


def _pairs(caption: str, first: str, second: str, rows: Iterable[tuple[str, Any]]) -> Table:
    return table(caption, [Column(first, lambda row: row[0]), Column(second, lambda row: row[1])], list(rows))


def _categories(says: Edition) -> Table:
    columns = [
        Column(_("Kategori"), lambda one: one.name),
        Column(_("Yang boleh ikut"), who_may),
        Column(_("Tahap"), lambda one: "; ".join(stage_words(stage) for stage in one.stages)),
    ]
    return table(_("Kategori, siapa yang boleh ikut, dan berapa yang menang"), columns, list(says.categories.values()))


def who_may(one: Category) -> str:
    """Who may enter a category, in words: `Perusahaan: skala besar`."""
    lists = {"scale": SCALES, "section": SECTIONS, "regency_kind": REGENCY_KINDS}
    words = {
        "scale": N_("{subject}, skala {names}"),
        "section": N_("{subject}, sektor {names}"), "regency_kind": N_("{subject}, {names}"),
    }  # fmt: skip
    found = _(SUBJECTS[one.subject])
    for name, values in one.only.items():
        found = _(words[name]).format(subject=found, names="; ".join(_(lists[name][value]) for value in values))
    return found if one.only else _("{subject}, semua").format(subject=found)


def stage_words(stage: Stage) -> str:
    """`Tingkat provinsi, per provinsi: 3 pemenang, 1 maju`."""
    level, area = _(LEVELS[stage.level]), inside(_(AREAS[stage.area]))
    if stage.promoted:
        words = _("{level}, {area}: {count} pemenang, {promoted} maju ke tingkat nasional")
        return words.format(level=level, area=area, count=stage.winners, promoted=stage.promoted)
    return _("{level}, {area}: {count} pemenang").format(level=level, area=area, count=stage.winners)


def _rules(says: Edition, one: Category) -> Table:
    """Whatever decides who wins in a category, apart from its weights."""
    ties = "; ".join(
        _("{number}. {name}").format(number=at, name=told(says.criteria[name].title)) for at, name in enumerate(one.tie_breaks, 1)
    )
    rows = [
        (_("Yang boleh ikut"), who_may(one)), (_("Cara menyamakan"), _(NORMALISATIONS[one.normalise])),
        (_("Cara menjumlahkan"), _(AGGREGATIONS[one.aggregate])), (_("Nilai yang tidak ada"), _(MISSING[one.missing])),
        (_("Nilai terendah"), format_percent(one.least_ppm) if one.least_ppm else NOTHING),
        (_("Penentu nilai sama"), ties or _("tidak ada: peringkatnya dibagi")),
    ]  # fmt: skip
    for stage in one.stages:
        rows.append((_(LEVELS[stage.level]), stage_words(stage)))
        rows += [
            (_("{level}: hadiah {rank}").format(level=_(LEVELS[stage.level]), rank=rank), told(prize))
            for rank, prize in enumerate(stage.prizes, 1)
        ]
    return _pairs(_("Aturan {name}").format(name=one.name), _("Apa"), _("Menurut edisi ini"), rows)


def _weights(says: Edition, category: Category) -> Table:
    columns = [
        Column(_("Ukuran"), lambda one: told(says.criteria[one.criterion].title)),
        Column(_("Jenis"), lambda one: _kind(says.criteria[one.criterion])),
        Column(_("Bobot"), lambda one: format_percent(one.weight_ppm), number=True),
        Column(_("Nilai terendah"), lambda one: format_percent(one.least_ppm) if one.least_ppm else NOTHING, number=True),
        Column(_("Patokan"), lambda one: format_percent(one.benchmark_ppm) if one.benchmark_ppm else NOTHING, number=True),
    ]
    return table(_("Bobot: {names}").format(names=category.name), columns, list(category.criteria))


def _rubric(one: Criterion) -> Table:
    columns = [
        Column(_("Nilai juri"), lambda step: format_number(step.marks), number=True),
        Column(_("Untuk apa"), lambda step: told(step.text)),
    ]
    return table(_("Pedoman nilai: {name}").format(name=told(one.title)), columns, list(one.rubric))


def _kind(one: Criterion) -> str:
    return _("dihitung") if one.kind == "measured" else _("dinilai juri")


def _criteria(says: Edition) -> Table:
    columns = [
        Column(_("Ukuran"), lambda one: told(one.title)),
        Column(_("Uraian"), lambda one: told(one.about)),
        Column(_("Jenis"), _kind),
        Column(
            _("Bukti yang boleh dikirim"),
            lambda one: ", ".join(told(says.evidence[key].title) for key in one.evidence) or NOTHING,
        ),
        Column(_("Biaya setahun per satuan"), _cost, number=True),
    ]  # fmt: skip
    return table(_("Ukuran dan dari mana asalnya"), columns, list(says.criteria.values()))


def _cost(one: Criterion) -> str:
    if one.improvement is None:
        return NOTHING
    words = _("{rupiah} per {unit}")
    return words.format(rupiah=format_rupiah(one.improvement.rupiah), unit=told(one.improvement.unit))


def _juries(says: Edition) -> Table:
    columns = [
        Column(_("Tingkat"), lambda one: _(LEVELS[one.level])),
        Column(_("Kursi"), lambda one: "; ".join(told(seat.title) for seat in one.seats)),
        Column(_("Nilai juri paling sedikit"), lambda one: format_number(one.least_marks), number=True),
        Column(_("Dibahas sejak selisih"), lambda one: format_number(one.discuss_from), number=True),
    ]
    return table(_("Juri setiap tingkat"), columns, list(says.juries.values()))


def _evidence(says: Edition) -> Table:
    columns = [
        Column(_("Bukti"), lambda one: told(one.title)),
        Column(_("Bentuk"), lambda one: _("dari daftar peraturan") if one.form == "regulation" else _("berkas")),
        Column(_("Jenis berkas"), lambda one: NOTHING if one.form == "regulation" else ", ".join(one.media).upper()),
        Column(_("Paling besar, MB"), lambda one: NOTHING if one.form == "regulation" else str(one.most_megabytes), number=True),
    ]
    return table(_("Bukti yang diminta"), columns, list(says.evidence.values()))


def _zones(says: Edition) -> Table:
    rows = [(name, ", ".join(PROVINCES[code].name for code in members)) for name, members in says.zones.items()]
    return _pairs(_("Provinsi di setiap zona"), _("Zona"), _("Provinsi"), rows)
