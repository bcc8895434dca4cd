"""What an edition says, in tables; and the words that the committee's pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from jamsostek.awards.choices import AGGREGATIONS, EDITION_STATES, LEVELS, MISSING, NORMALISATIONS, SUBJECTS, EditionState
from jamsostek.awards.comparing import AREAS, Difference
from jamsostek.awards.edition import Category, Criterion, Edition, told
from jamsostek.awards.queries.editions import Standing
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, Link, Tab, Table, Tag, table
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING, date, inside, month

Section = tuple[str, str, list[Table]]
"""A heading, a sentence, tables."""
_TONES: dict[EditionState, Tone] = {
    EditionState.DRAFT: "warn", EditionState.OPEN: "info", EditionState.CLOSED: "good", EditionState.CANCELLED: "plain",
}  # fmt: skip
_KINDS = {"added": N_("ditambahkan"), "dropped": N_("dihapus"), "changed": N_("diubah")}


def state_tag(of: Standing) -> Tag:
    """Where it stands."""
    return Tag(_(EDITION_STATES[of.state]), _TONES[of.state])


def title_of(of: Standing) -> str:
    """In the reader's language."""
    return told(of.says.title)


def editions_link() -> Link:
    """The list above."""
    return Link(_("Edisi"), reverse("award_committee:editions"))


def edition_link(of: Standing) -> Link:
    """The page of an edition."""
    return Link(title_of(of), reverse("award_committee:edition", args=[of.code]))


def tabs(of: Standing, here: str) -> list[Tab]:
    """The parts of an edition."""
    shown = (
        ("edition", _("Ringkasan")), ("content", _("Isi")), ("contests", _("Daftar lomba")), ("entries", _("Para calon")),
        ("juries", _("Juri")), ("interviews", _("Wawancara")), ("snapshots", _("Potret")), ("results", _("Hasil")),
        ("versions", _("Versi")),
    )  # fmt: skip
    return [Tab(text, reverse(f"award_committee:{name}", args=[of.code]), name == here) for name, text in shown]


def sections(says: Edition) -> list[Section]:
    """All that an edition says, for somebody who decides on it."""
    return [
        (_("Tanggal"), "", [_days(says)]),
        (_("Kategori"), _("Bobot berjumlah 100 % di setiap kategori."), [_categories(says), *_weights(says)]),
        (_("Ukuran"), "", [_criteria(says)]),
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
        Column(_("Yang dinilai"), lambda one: _(SUBJECTS[one.subject])),
        Column(_("Cara menyamakan"), lambda one: _(NORMALISATIONS[one.normalise])),
        Column(_("Cara menjumlahkan"), lambda one: _(AGGREGATIONS[one.aggregate])),
        Column(_("Nilai yang tidak ada"), lambda one: _(MISSING[one.missing])),
        Column(_("Nilai terendah"), lambda one: format_percent(one.least_ppm) if one.least_ppm else NOTHING, number=True),
        Column(_("Tahap"), _stages),
    ]
    return table(_("Kategori dan cara menghitungnya"), columns, list(says.categories.values()))


def _stages(one: Category) -> str:
    words = _("{level} ({area}): {count} pemenang")
    return "; ".join(
        words.format(level=_(LEVELS[stage.level]), area=inside(_(AREAS[stage.area])), count=stage.winners) for stage in one.stages
    )


def _weights(says: Edition) -> list[Table]:
    """One table for categories that weigh alike."""
    alike: dict[Any, list[Category]] = {}
    for category in says.categories.values():
        alike.setdefault((category.criteria, category.tie_breaks), []).append(category)
    columns = [
        Column(_("Ukuran"), lambda one: told(says.criteria[one.criterion].title)),
        Column(_("Jenis"), lambda one: _kind(says.criteria[one.criterion])),
        Column(_("Bobot"), lambda one: format_percent(one.weight_ppm), number=True),
        Column(_("Nilai terendah"), lambda one: format_percent(one.least_ppm) if one.least_ppm else NOTHING, number=True),
        Column(_("Patokan"), lambda one: format_percent(one.benchmark_ppm) if one.benchmark_ppm else NOTHING, number=True),
    ]
    return [
        table(_("Bobot: {names}").format(names="; ".join(one.name for one in same)), columns, criteria)
        for (criteria, _ties), same in alike.items()
    ]


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


# --- differences ------------------------------------------------------------------------------------------------------------


def value_words(value: Any, form: str) -> str:
    """A value of an edition as people read it."""
    if value is None or value == "":
        return NOTHING
    shown: dict[str, Callable[[Any], str]] = {"percent": format_percent, "day": date, "month": month, "rupiah": format_rupiah}
    return shown[form](value) if form in shown else str(value)


def difference_table(caption: str, found: list[Difference]) -> Table:
    """What changed, a line each."""
    columns = [
        Column(_("Di mana"), lambda one: one.where),
        Column(_("Apa"), lambda one: one.what),
        Column(_("Semula"), lambda one: value_words(one.before, one.form)),
        Column(_("Menjadi"), lambda one: value_words(one.after, one.form)),
        Column(_("Perubahan"), lambda one: _(_KINDS[one.kind])),
    ]
    return table(caption, columns, found)
