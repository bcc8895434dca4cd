"""What changed from one version of an edition to another, thing by thing. Pure: two editions in, a list of differences out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jamsostek.awards.choices import AGGREGATIONS, LEVELS, MISSING, NORMALISATIONS, SUBJECTS
from jamsostek.awards.edition import Category, Criterion, Edition, told
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import N_, _

Form = Literal["text", "percent", "day", "month", "number", "rupiah"]
Value = str | int | dt.date | None
AREAS: dict[str, str] = {"province": N_("Per provinsi"), "zone": N_("Per zona"), "nation": N_("Seluruh negeri")}
"""Among whom a stage is decided."""


@dataclass(frozen=True)
class Line:
    """One thing an edition says. `where` and `what` are in the reader's language; `form` says how the value is to be shown."""

    where: str
    what: str
    value: Value
    form: Form = "text"


@dataclass(frozen=True)
class Difference:
    """One thing that was added (no `before`), dropped (no `after`), or changed."""

    place: str
    """Where it stands in the text, the same in every language."""
    where: str
    what: str
    before: Value
    after: Value
    form: Form
    kind: Literal["added", "dropped", "changed"]


def differences(before: Edition, after: Edition) -> list[Difference]:
    """In the order of the newer text; what it dropped comes last."""
    old, new = dict(_lines(before)), dict(_lines(after))
    found = []
    for place, line in new.items():
        was = old.get(place)
        if was is None:
            found.append(Difference(place, line.where, line.what, None, line.value, line.form, "added"))
        elif was.value != line.value:
            found.append(Difference(place, line.where, line.what, was.value, line.value, line.form, "changed"))
    gone = [
        Difference(place, line.where, line.what, line.value, None, line.form, "dropped")
        for place, line in old.items()
        if place not in new
    ]
    return found + gone


def _lines(of: Edition) -> Iterator[tuple[str, Line]]:
    edition = _("Edisi")
    for language in ("id", "en"):
        yield f"title.{language}", Line(edition, _("Judul ({language})").format(language=language), of.title[language])
        yield f"note.{language}", Line(edition, _("Catatan ({language})").format(language=language), of.note[language])
    yield "assessment_year", Line(edition, _("Tahun yang dinilai"), of.assessment_year, "number")
    yield "label", Line(edition, _("Sebutan"), of.label)
    yield "ceremony_on", Line(edition, _("Hari penganugerahan"), of.ceremony_on, "day")
    yield "invented", Line(edition, _("Rekaan untuk peragaan"), _("ya") if of.invented else _("tidak"))
    yield "measured_month", Line(edition, _("Bulan ukuran"), of.measured_month, "month")
    yield "baseline_month", Line(edition, _("Bulan pembanding"), of.baseline_month, "month")
    yield from _days(of)
    for at, (zone, members) in enumerate(of.zones.items(), 1):
        names = ", ".join(sorted(PROVINCES[code].name for code in members))
        yield f"zones.{zone}", Line(_("Zona {name}").format(name=zone), _("Provinsi"), names)
        yield f"zones.{zone}.number", Line(_("Zona {name}").format(name=zone), _("Nomor urut"), at, "number")
    for one in of.criteria.values():
        yield from _criterion(one)
    for key, kind in of.evidence.items():
        where = _("Bukti {name}").format(name=told(kind.title))
        yield f"evidence.{key}.title", Line(where, _("Judul"), told(kind.title))
        yield f"evidence.{key}.form", Line(where, _("Bentuk bukti"), kind.form)
        yield f"evidence.{key}.media", Line(where, _("Jenis berkas"), ", ".join(kind.media))
        yield f"evidence.{key}.most_megabytes", Line(where, _("Paling besar, MB"), kind.most_megabytes, "number")
    for category in of.categories.values():
        yield from _category(of, category)
    for level, jury in of.juries.items():
        where = _("Juri {level}").format(level=_small(_(LEVELS[level])))
        yield f"juries.{level}.least_marks", Line(where, _("Nilai juri paling sedikit"), jury.least_marks, "number")
        yield f"juries.{level}.discuss_from", Line(where, _("Dibahas sejak selisih"), jury.discuss_from, "number")
        for seat in jury.seats:
            yield f"juries.{level}.seats.{seat.key}", Line(where, _("Kursi"), told(seat.title))


def _days(of: Edition) -> Iterator[tuple[str, Line]]:
    where, days = _("Tanggal"), of.days
    yield "days.nominate_from", Line(where, _("Pencalonan dibuka"), days.nominate_from, "day")
    yield "days.nominate_until", Line(where, _("Hari terakhir pencalonan"), days.nominate_until, "day")
    yield "days.evidence_until", Line(where, _("Hari terakhir bukti"), days.evidence_until, "day")
    for level, day in days.marks_until.items():
        what = _("Hari terakhir penilaian, {level}").format(level=_small(_(LEVELS[level])))
        yield f"days.marks_until.{level}", Line(where, what, day, "day")


def _criterion(one: Criterion) -> Iterator[tuple[str, Line]]:
    where, place = _("Ukuran {name}").format(name=told(one.title)), f"criteria.{one.key}"
    yield f"{place}.title", Line(where, _("Judul"), told(one.title))
    yield f"{place}.about", Line(where, _("Uraian"), told(one.about))
    yield f"{place}.kind", Line(where, _("Jenis ukuran"), _("dihitung") if one.kind == "measured" else _("dinilai juri"))
    if one.measure:
        yield f"{place}.measure", Line(where, _("Ukuran"), one.measure)
    yield (
        f"{place}.better",
        Line(where, _("Arah"), _("makin besar makin baik") if one.better == "more" else _("makin kecil makin baik")),
    )
    if one.evidence:
        yield f"{place}.evidence", Line(where, _("Bukti"), ", ".join(one.evidence))
    for step in one.rubric:
        yield f"{place}.rubric.{step.marks}", Line(where, _("Pedoman nilai {marks}").format(marks=step.marks), told(step.text))
    if one.improvement is not None:
        what = _("Biaya setahun per {unit}").format(unit=told(one.improvement.unit))
        yield f"{place}.improvement", Line(where, what, one.improvement.rupiah, "rupiah")


def _category(of: Edition, one: Category) -> Iterator[tuple[str, Line]]:
    where, place = _("Kategori {name}").format(name=one.name), f"categories.{one.key}"
    yield f"{place}.title", Line(where, _("Judul"), one.name)
    yield f"{place}.subject", Line(where, _("Yang dinilai"), _(SUBJECTS[one.subject]))
    for name, values in one.only.items():
        yield f"{place}.only.{name}", Line(where, _("Hanya yang {name}").format(name=name), ", ".join(values))
    yield f"{place}.normalise", Line(where, _("Cara menyamakan"), _(NORMALISATIONS[one.normalise]))
    yield f"{place}.aggregate", Line(where, _("Cara menjumlahkan"), _(AGGREGATIONS[one.aggregate]))
    yield f"{place}.missing", Line(where, _("Nilai yang tidak ada"), _(MISSING[one.missing]))
    yield f"{place}.least", Line(where, _("Nilai terendah"), one.least_ppm, "percent")
    ties = ", ".join(told(of.criteria[name].title) for name in one.tie_breaks)
    yield f"{place}.tie_breaks", Line(where, _("Penentu nilai sama"), ties)
    for weighed in one.criteria:
        name = told(of.criteria[weighed.criterion].title)
        inside = f"{place}.criteria.{weighed.criterion}"
        yield f"{inside}.weight", Line(where, _("Bobot {name}").format(name=name), weighed.weight_ppm, "percent")
        yield f"{inside}.least", Line(where, _("Nilai terendah {name}").format(name=name), weighed.least_ppm, "percent")
        if weighed.benchmark_ppm is not None:
            yield f"{inside}.benchmark", Line(where, _("Patokan {name}").format(name=name), weighed.benchmark_ppm, "percent")
    for stage in one.stages:
        inside, level = f"{place}.stages.{stage.level}", _(LEVELS[stage.level])
        yield f"{inside}.area", Line(where, _("{level}: di antara").format(level=level), _(AREAS[stage.area]))
        yield f"{inside}.winners", Line(where, _("{level}: pemenang").format(level=level), stage.winners, "number")
        yield f"{inside}.promoted", Line(where, _("{level}: maju ke nasional").format(level=level), stage.promoted, "number")
        for rank, prize in enumerate(stage.prizes, 1):
            what = _("{level}: hadiah {rank}").format(level=level, rank=rank)
            yield f"{inside}.prizes.{rank}", Line(where, what, told(prize))


def _small(text: str) -> str:
    """A title within a sentence."""
    return text[:1].lower() + text[1:]
