"""An edition as it is written: days, levels, zones, criteria, categories, juries, prizes. Pure: YAML in, frozen dataclasses out.

Official weights were never published; an edition whose weights, least scores or prizes are made up says `invented: true`, and
every page and paper that it touches says so too. Texts carry both languages. Days are legal days in Jakarta: the last one ends at
midnight WIB.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import yaml

from jamsostek.awards.choices import AGGREGATIONS, LEVELS, MISSING, NORMALISATIONS, SUBJECTS
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import parse_month
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import _, language

FOLDER = Path(__file__).parent / "editions"
MILLION = 1_000_000
JAKARTA = ZoneInfo("Asia/Jakarta")
Kind = Literal["measured", "judged"]
Area = Literal["province", "zone", "nation"]
Words = Mapping[str, str]
"""A text in both languages: `{"id": …, "en": …}`."""


def start(day: dt.date) -> dt.datetime:
    """The moment a legal day begins."""
    return dt.datetime.combine(day, dt.time(), JAKARTA)


def end(day: dt.date) -> dt.datetime:
    """The moment a legal day is over."""
    return start(day + dt.timedelta(days=1))


def told(words: Words) -> str:
    """In the reader's language."""
    return words.get(language()) or words["id"]


@dataclass(frozen=True)
class RubricStep:
    """What earns how many of 100 marks."""

    marks: int
    text: Words


@dataclass(frozen=True)
class Improvement:
    """What one more unit of a measure's numerator costs in a year, for the cheapest way up; whole rupiah, an estimate."""

    unit: Words
    rupiah: int
    source: str
    invented: bool


@dataclass(frozen=True)
class Criterion:
    """What is looked at. Measured: `measure` names a function of `awards.measures`; judged: juries give marks by the rubric."""

    key: str
    title: Words
    about: Words
    kind: Kind
    measure: str
    better: Literal["more", "less"]
    evidence: tuple[str, ...]
    """Kinds of evidence that may be sent for it: keys of `Edition.evidence`."""
    rubric: tuple[RubricStep, ...]
    improvement: Improvement | None
    source: str


@dataclass(frozen=True)
class Weighed:
    """A criterion in a category: its weight in ppm of the whole, and the least normalised score (ppm) to be honoured at all."""

    criterion: str
    weight_ppm: int
    least_ppm: int
    benchmark_ppm: int | None
    """What counts as whole where the category normalises by benchmark; ppm of the measure."""


@dataclass(frozen=True)
class Stage:
    """How a category is decided at a level: among whom, and how many are honoured."""

    level: str
    area: Area
    winners: int
    prizes: tuple[Words, ...]
    """By rank, best first."""
    promoted: int
    """How many of each area go on to the next level; 0 at the last one."""


@dataclass(frozen=True)
class Category:
    """Who competes with whom, on what, and by which arithmetic."""

    key: str
    title: Words
    subject: str
    only: Mapping[str, tuple[str, ...]]
    """Which subjects: `scale`, `section` (KBLI), `regency_kind`; nothing: all."""
    criteria: tuple[Weighed, ...]
    normalise: str
    aggregate: str
    missing: str
    least_ppm: int
    """The least score (ppm) to be honoured."""
    tie_breaks: tuple[str, ...]
    """Criteria that decide between equal scores, in order; still equal: the rank is shared."""
    stages: tuple[Stage, ...]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return told(self.title)

    def stage(self, level: str) -> Stage:
        """At a level; raises `InputError` where the category is not decided there."""
        for one in self.stages:
            if one.level == level:
                return one
        raise unknown_name(_("Tingkat"), level, [one.level for one in self.stages])


@dataclass(frozen=True)
class EvidenceKind:
    """What may be sent: `regulation` refers to the register of regulations, `file` is an upload."""

    key: str
    title: Words
    form: Literal["regulation", "file"]
    media: tuple[str, ...]
    most_megabytes: int


@dataclass(frozen=True)
class Seat:
    """A place in the jury of a level."""

    key: str
    title: Words


@dataclass(frozen=True)
class Jury:
    """Who judges at a level, how many marks an entry needs, and from which spread on (of 100) marks are to be discussed."""

    level: str
    seats: tuple[Seat, ...]
    least_marks: int
    discuss_from: int


@dataclass(frozen=True)
class Days:
    """First and last days; `evidence_until` and `nominate_until` end at midnight WIB."""

    nominate_from: dt.date
    nominate_until: dt.date
    evidence_until: dt.date
    marks_until: Mapping[str, dt.date]
    """By level."""


@dataclass(frozen=True)
class Edition:
    """A whole edition. Assessment year, label and ceremony are three different things."""

    code: str
    title: Words
    assessment_year: int
    label: str
    ceremony_on: dt.date | None
    invented: bool
    note: Words
    measured_month: int
    baseline_month: int
    days: Days
    zones: Mapping[str, tuple[int, ...]]
    """Zone -> provinces."""
    criteria: Mapping[str, Criterion]
    evidence: Mapping[str, EvidenceKind]
    categories: Mapping[str, Category]
    juries: Mapping[str, Jury]

    def zone_of(self, province: int) -> str:
        """The zone of a province."""
        return next(name for name, members in self.zones.items() if province in members)

    def category(self, key: str) -> Category:
        """By its key; raises `InputError`."""
        if key not in self.categories:
            raise unknown_name(_("Kategori"), key, self.categories)
        return self.categories[key]

    def judged(self, category: str) -> list[Criterion]:
        """The criteria of a category that juries give marks for."""
        found = [self.criteria[one.criterion] for one in self.category(category).criteria]
        return [one for one in found if one.kind == "judged"]

    def marking(self) -> dict[str, Any]:
        """What the tables hold juries to: last moments, seats and least marks by level, judged criteria by category."""
        return {
            "until": {level: end(day).isoformat() for level, day in self.days.marks_until.items()},
            "seats": {level: [seat.key for seat in jury.seats] for level, jury in self.juries.items()},
            "least": {level: jury.least_marks for level, jury in self.juries.items()},
            "judged": {key: [one.key for one in self.judged(key)] for key in self.categories},
        }


@lru_cache(maxsize=64)
def read(text: str) -> Edition:
    """An edition from YAML; raises `InputError` naming the place and what to do."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(_("Edisi ini bukan YAML yang utuh: {why}").format(why=str(error)), field="content") from None
    if not isinstance(raw, dict):
        raise InputError(_("Edisi ini kosong."), field="content", remedy=_("Mulai dari edisi contoh."))
    try:
        found = _edition(raw)
    except KeyError as error:
        raise InputError(
            _("Isian {name} tidak ada.").format(name=error.args[0]), field="content", remedy=_("Bandingkan dengan edisi contoh.")
        ) from None
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(
            _("Edisi ini tidak dapat dibaca: {why}").format(why=str(error)), field="content",
            remedy=_("Bandingkan dengan edisi contoh."),
        ) from None  # fmt: skip
    _check(found)
    return found


def canonical(edition: Mapping[str, Any]) -> bytes:
    """An edition's raw content in the one form that its digest is of."""
    return json.dumps(edition, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def digest_of(text: str) -> str:
    """The digest of what an edition says, however it is laid out."""
    return hashlib.sha256(canonical(yaml.safe_load(text))).hexdigest()


@cache
def samples() -> Mapping[str, str]:
    """The editions that come with the software: code -> YAML."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}


def _edition(raw: Mapping[str, Any]) -> Edition:
    days = raw["days"]
    return Edition(
        code=str(raw["code"]),
        title=_words(raw["title"]),
        assessment_year=int(raw["assessment_year"]),
        label=str(raw["label"]),
        ceremony_on=_day(raw["ceremony_on"]) if raw.get("ceremony_on") else None,
        invented=bool(raw["invented"]),
        note=_words(raw["note"]),
        measured_month=parse_month(str(raw["measured_month"])),
        baseline_month=parse_month(str(raw["baseline_month"])),
        days=Days(
            _day(days["nominate_from"]), _day(days["nominate_until"]), _day(days["evidence_until"]),
            {str(level): _day(day) for level, day in days["marks_until"].items()},
        ),
        zones={str(name): tuple(int(one) for one in members) for name, members in raw["zones"].items()},
        criteria={str(key): _criterion(str(key), one) for key, one in raw["criteria"].items()},
        evidence={str(key): _evidence(str(key), one) for key, one in raw["evidence"].items()},
        categories={str(key): _category(str(key), one) for key, one in raw["categories"].items()},
        juries={str(level): _jury(str(level), one) for level, one in raw["juries"].items()},
    )  # fmt: skip


def _words(raw: Any) -> Words:
    return {"id": str(raw["id"]), "en": str(raw["en"])}


def _day(raw: Any) -> dt.date:
    return raw if isinstance(raw, dt.date) else dt.date.fromisoformat(str(raw))


def _criterion(key: str, raw: Mapping[str, Any]) -> Criterion:
    step = raw.get("improvement")
    return Criterion(
        key, _words(raw["title"]), _words(raw["about"]), raw["kind"], str(raw.get("measure", "")), raw.get("better", "more"),
        tuple(raw.get("evidence", ())), tuple(RubricStep(int(one["marks"]), _words(one)) for one in raw.get("rubric", ())),
        None if step is None else Improvement(
            _words(step["unit"]), int(step["rupiah"]), str(step["source"]), bool(step.get("invented", False))
        ),
        str(raw.get("source", "")),
    )  # fmt: skip


def _evidence(key: str, raw: Mapping[str, Any]) -> EvidenceKind:
    return EvidenceKind(
        key, _words(raw["title"]), raw["form"], tuple(raw.get("media", ("pdf",))), int(raw.get("most_megabytes", 15))
    )


def _category(key: str, raw: Mapping[str, Any]) -> Category:
    weighed = tuple(
        Weighed(
            str(one["criterion"]), _ppm(one["weight"]), _ppm(one.get("least", 0)),
            None if one.get("benchmark") is None else _ppm(one["benchmark"]),
        )
        for one in raw["criteria"]
    )  # fmt: skip
    return Category(
        key, _words(raw["title"]), str(raw["subject"]),
        {name: tuple(str(one) for one in values) for name, values in raw.get("only", {}).items()}, weighed,
        str(raw["normalise"]), str(raw["aggregate"]), str(raw["missing"]), _ppm(raw.get("least", 0)),
        tuple(str(one) for one in raw.get("tie_breaks", ())),
        tuple(
            Stage(
                str(level), one["area"], int(one["winners"]), tuple(_words(prize) for prize in one.get("prizes", ())),
                int(one.get("promoted", 0)),
            )
            for level, one in raw["stages"].items()
        ),
    )  # fmt: skip


def _jury(level: str, raw: Mapping[str, Any]) -> Jury:
    seats = tuple(Seat(str(key), _words(title)) for key, title in raw["seats"].items())
    return Jury(level, seats, int(raw["least_marks"]), int(raw["discuss_from"]))


def _ppm(percent: Any) -> int:
    """Per cent as whole parts per million; a figure that is no such whole is refused."""
    ppm = round(float(percent) * 10_000)
    if abs(ppm - float(percent) * 10_000) > 1e-6:
        raise ValueError(f"{percent} %: four decimals at most")
    return ppm


def _check(edition: Edition) -> None:
    days = edition.days
    ordered = [days.nominate_from, days.nominate_until, days.evidence_until]
    if ordered != sorted(ordered) or any(day <= days.evidence_until for day in days.marks_until.values()):
        raise InputError(
            _("Tanggal edisi ini tidak berurutan."), field="days",
            remedy=_("Pencalonan dibuka, ditutup, bukti ditutup, lalu penilaian ditutup."),
        )  # fmt: skip
    _known(_("Tingkat"), [*edition.juries, *days.marks_until], LEVELS)
    _check_zones(edition)
    for criterion in edition.criteria.values():
        _check_criterion(edition, criterion)
    for category in edition.categories.values():
        _check_category(edition, category)


def _known(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    listed = list(known)
    for name in names:
        if name not in listed:
            raise unknown_name(kind, name, listed)


def _check_zones(edition: Edition) -> None:
    placed = [province for members in edition.zones.values() for province in members]
    missing, twice = sorted(set(PROVINCES) - set(placed)), sorted({one for one in placed if placed.count(one) > 1})
    if missing or twice or set(placed) - set(PROVINCES):
        raise InputError(
            _("Setiap provinsi harus ada di tepat satu zona."), field="zones", value=missing or twice or sorted(set(placed)),
            remedy=_("Tambahkan provinsi yang belum ada, atau hapus yang ganda."),
        )  # fmt: skip


def _check_criterion(edition: Edition, one: Criterion) -> None:
    _known(_("Jenis ukuran"), [one.kind], ["measured", "judged"])
    _known(_("Arah"), [one.better], ["more", "less"])
    _known(_("Jenis bukti"), one.evidence, edition.evidence)
    marks = [step.marks for step in one.rubric]
    if one.kind == "judged" and (not marks or marks != sorted(set(marks)) or marks[0] < 0 or marks[-1] > 100):
        raise InputError(
            _("Pedoman nilai untuk {name} tidak lengkap.").format(name=told(one.title)), field=f"criteria.{one.key}.rubric",
            remedy=_("Tulis langkah nilai dari 0 sampai 100, makin besar makin baik."),
        )  # fmt: skip
    if one.kind == "measured" and not one.measure:
        raise InputError(
            _("{name} diukur, tetapi tidak disebut dengan apa.").format(name=told(one.title)),
            field=f"criteria.{one.key}.measure", remedy=_("Pilih salah satu ukuran yang ada."),
        )  # fmt: skip


def _check_category(edition: Edition, one: Category) -> None:
    where = f"categories.{one.key}"
    _known(_("Yang dinilai"), [one.subject], SUBJECTS)
    _known(_("Cara menyamakan"), [one.normalise], NORMALISATIONS)
    _known(_("Cara menjumlahkan"), [one.aggregate], AGGREGATIONS)
    _known(_("Nilai yang tidak ada"), [one.missing], MISSING)
    _known(_("Ukuran"), [weighed.criterion for weighed in one.criteria], edition.criteria)
    _known(_("Ukuran"), one.tie_breaks, [weighed.criterion for weighed in one.criteria])
    _known(_("Tingkat"), [stage.level for stage in one.stages], edition.juries)
    total = sum(weighed.weight_ppm for weighed in one.criteria)
    if total != MILLION or any(weighed.weight_ppm <= 0 for weighed in one.criteria):
        raise InputError(
            _("Bobot {name} berjumlah {total} persen.").format(name=one.name, total=total / 10_000), field=f"{where}.criteria",
            value=total / 10_000, remedy=_("Bobot semua ukuran harus lebih dari nol dan berjumlah 100 persen."),
        )  # fmt: skip
    if one.normalise == "benchmark" and any(
        weighed.benchmark_ppm is None and edition.criteria[weighed.criterion].kind == "measured" for weighed in one.criteria
    ):
        raise InputError(
            _("{name} dinilai terhadap patokan, tetapi patokannya tidak lengkap.").format(name=one.name),
            field=f"{where}.criteria", remedy=_("Isi patokan untuk setiap ukuran."),
        )  # fmt: skip
