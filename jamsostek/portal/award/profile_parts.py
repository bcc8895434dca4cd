"""A profile on a page: its measures, what is strong and weak, the cheapest ways up. For everybody, or for the entry's own."""

from __future__ import annotations

from typing import Any

from jamsostek.awards.edition import Edition, told
from jamsostek.awards.profile import LEAST_FIRMS, Measure, Profile
from jamsostek.awards.scoring import Step
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.award.shown import criterion_words, measure_words, points
from jamsostek.portal.screens import Column, Table, Tag, Tile, table
from jamsostek.portal.screens.words import NOTHING


def tiles(profile: Profile) -> list[Tile]:
    """Rank and score."""
    return [
        Tile(_("Peringkat"), _("{rank} dari {count}").format(rank=profile.rank, count=profile.count)),
        Tile(_("Nilai keseluruhan"), points(profile.score), _("dari 100")),
    ]


def measures_table(says: Edition, profile: Profile) -> Table:
    """Every criterion beside the middle and the best, where they may be told."""
    beside = [
        Column(_("Tengah"), lambda one: measure_words(says, one.criterion, one.median), number=True),
        Column(_("Terbaik"), lambda one: measure_words(says, one.criterion, one.best), number=True),
    ]
    columns = [
        Column(_("Ukuran"), lambda one: criterion_words(says, one.criterion)),
        Column(_("Hasil"), lambda one: measure_words(says, one.criterion, one.value), number=True),
        *([] if profile.few else beside),
        Column(_("Peringkat di ukuran ini"), _rank, number=True),
        Column(_("Bobot"), lambda one: format_percent(one.weight), number=True),
    ]
    return table(_("Setiap ukuran"), columns, profile.measures)


def _rank(one: Measure) -> str:
    return NOTHING if one.rank is None else _("{rank} dari {count}").format(rank=one.rank, count=one.count)


def sides(says: Edition, profile: Profile) -> dict[str, list[str]]:
    """What lies furthest above and below the middle."""
    words = _("{name}: {value}") if profile.few else _("{name}: {value}, tengah {median}")

    def line(one: Measure) -> str:
        return words.format(
            name=criterion_words(says, one.criterion), value=measure_words(says, one.criterion, one.value),
            median=measure_words(says, one.criterion, one.median),
        )  # fmt: skip

    return {"strengths": [line(one) for one in profile.strengths], "weaknesses": [line(one) for one in profile.weaknesses]}


def few_words(profile: Profile) -> str:
    """Why the middle and the best are not told; nothing where they are."""
    words = _("Kurang dari {count} perusahaan bersaing, jadi nilai tengah dan yang terbaik tidak ditampilkan.")
    return words.format(count=LEAST_FIRMS) if profile.few else ""


def ways_table(says: Edition, profile: Profile) -> Table | None:
    """The cheapest ways up in rupiah a year, each with where its unit cost comes from."""
    if not profile.ways.priced:
        return None
    columns = [
        Column(_("Langkah"), lambda one: _step(says, one)),
        Column(_("Dari"), lambda one: measure_words(says, one.criterion, one.before_ppm), number=True),
        Column(_("Menjadi"), lambda one: measure_words(says, one.criterion, one.after_ppm), number=True),
        Column(_("Peringkat"), lambda one: str(one.rank), number=True),
        Column(_("Biaya setahun (perkiraan)"), lambda one: format_rupiah(one.rupiah or 0), number=True),
        Column(_("Dasar biaya"), lambda one: _source(says, one)),
    ]
    title = _("Tiga langkah termurah ke peringkat {rank}").format(rank=profile.ways.to)
    return table(title, columns, profile.ways.priced)


def _step(says: Edition, one: Step) -> str:
    improvement = says.criteria[one.criterion].improvement
    unit = told(improvement.unit) if improvement else ""
    words = _("{name}: {count} {unit} lagi")
    return words.format(name=criterion_words(says, one.criterion), count=format_number(one.units), unit=unit)


def _source(says: Edition, one: Step) -> str:
    improvement = says.criteria[one.criterion].improvement
    if improvement is None:
        return NOTHING
    words = _("{rupiah} per {unit} setahun: {source}")
    text = words.format(rupiah=format_rupiah(improvement.rupiah), unit=told(improvement.unit), source=improvement.source)
    return f"{text} ({_('rekaan')})" if improvement.invented else text


def ways_words(says: Edition, profile: Profile) -> list[str]:
    """What is said beside the ways: those without a cost, and what would not do alone."""
    lines = []
    if profile.rank == 1:
        lines.append(_("Sudah di peringkat pertama."))
    if profile.ways.unpriced:
        names = ", ".join(
            _("{name} sampai {value}").format(
                name=criterion_words(says, one.criterion), value=measure_words(says, one.criterion, one.after_ppm)
            )
            for one in profile.ways.unpriced
        )
        lines.append(_("Juga cukup, tetapi biayanya tidak diketahui: {names}.").format(names=names))
    if profile.ways.beyond_reach:
        names = ", ".join(criterion_words(says, name) for name in profile.ways.beyond_reach)
        lines.append(_("Tidak cukup sendirian, sekalipun sampai yang tertinggi: {names}.").format(names=names))
    return lines


def shown(says: Edition, profile: Profile) -> dict[str, Any]:
    """Everything that the template of a profile draws."""
    return {
        "tiles": tiles(profile), "measures": measures_table(says, profile), **sides(says, profile), "few": few_words(profile),
        "ways": ways_table(says, profile), "beside": ways_words(says, profile),
        "tag": None if profile.competed else Tag(_("diukur, tidak bersaing"), "info"),
    }  # fmt: skip
