"""From the YAML of an edition to the edition: every field looked at once, and whatever is wrong told with its place. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek.awards.checking import check
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
from jamsostek.awards.edition import (
    Category,
    Criterion,
    Days,
    Edition,
    EvidenceKind,
    Improvement,
    Jury,
    RubricStep,
    Seat,
    Stage,
    Weighed,
    Words,
)
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import parse_month
from jamsostek.core.text import N_, _

FOLDER = Path(__file__).parent / "editions"
MOST_PARTS = 20_000
"""Fields and lists of an edition, aliases counted each time: a text of a few lines can unfold into billions."""
MOST_LEVELS = 20
CODE, KEY = re.compile(r"[a-z0-9][a-z0-9-]{2,39}"), re.compile(r"[a-z_][a-z0-9_]{0,59}")
TAKEN = frozenset({"panitia", "calon", "juri", "peraturan", "arsip", "sertifikat", "baru"})
"""Addresses beside the editions'."""
ONLY: Mapping[str, tuple[str, str, Iterable[str]]] = {
    "scale": ("employer", N_("Skala"), SCALES), "section": ("employer", N_("Sektor"), SECTIONS),
    "regency_kind": ("regency", N_("Jenis daerah"), REGENCY_KINDS),
}  # fmt: skip
"""What narrows a category: of which subjects, what it is called, its closed list."""
MEDIA = ("pdf", "jpeg", "png")
AREAS = {"province": ("province",), "nation": ("zone", "nation")}
"""Among whom it may be decided, by level."""
YEARS = (2000, 2100)


class _Loader(yaml.SafeLoader):
    """YAML of few levels, in which no name stands twice in one place: the second would silently win."""

    levels = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuses what goes deeper than any edition."""
        if self.levels >= MOST_LEVELS:
            raise InputError(_("Edisi ini terlalu dalam."), field="content", remedy=_("Bandingkan dengan edisi contoh."))
        self.levels += 1
        node = super().compose_node(parent, index)
        self.levels -= 1
        return node

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """A value that is written like a day or a number and is none is told with its line."""
        try:
            return super().construct_object(node, deep)
        except ValueError:
            raise _broken(node.start_mark.line + 1, _("{value} tidak ada").format(value=node.value)) from None

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Refuses a doubled name; what is merged in by `<<` may be overridden."""
        seen: set[str] = set()
        for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                raise InputError(
                    _("Isian {name} tertulis dua kali (baris {line}).").format(name=key.value, line=key.start_mark.line + 1),
                    field="content", remedy=_("Hapus salah satunya."),
                )  # fmt: skip
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


@cache
def samples() -> Mapping[str, str]:
    """The editions that come with the software: code -> YAML."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}


def canonical(edition: Mapping[str, Any]) -> bytes:
    """An edition's raw content in the one form that its digest is of. Order counts: zones are numbered by it."""
    return json.dumps(edition, ensure_ascii=False, separators=(",", ":"), default=str).encode()


@lru_cache(maxsize=64)
def digest_of(text: str) -> str:
    """The digest of what an edition says, however it is laid out."""
    return hashlib.sha256(canonical(parsed(text))).hexdigest()


def parsed(text: str) -> Any:
    """What the YAML holds; raises `InputError`."""
    try:
        raw = yaml.load(text, _Loader)  # noqa: S506  a SafeLoader
        if _parts(raw, {}) > MOST_PARTS:
            raise InputError(_("Edisi ini terlalu panjang."), field="content", remedy=_("Kurangi isinya."))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _broken(mark.line + 1 if mark else 1, error.problem or error.context or "") from None
    except yaml.reader.ReaderError as error:
        raise _broken(text.count("\n", 0, error.position) + 1, error.reason) from None
    return raw


def _broken(line: int, why: str) -> InputError:
    """What cannot be read as YAML at all, with its line."""
    told = _("Edisi ini bukan YAML yang utuh, baris {line}: {why}.").format(line=line, why=why)
    return InputError(told, field="content", remedy=_("Perbaiki di baris yang disebut."))


def _parts(value: Any, known: dict[int, int]) -> int:
    """How many parts it unfolds into; one that holds itself is without end."""
    if not isinstance(value, (dict, list)):
        return 1
    if id(value) not in known:
        known[id(value)] = MOST_PARTS + 1
        inner = list(value.values()) if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_parts(one, known) for one in inner)
    return known[id(value)]


class _At:
    """A value with its place in the text."""

    def __init__(self, value: Any, place: str = "") -> None:
        self.value, self.place = value, place

    def wrong(self, message: str, remedy: str = "") -> InputError:
        """An error that tells the place."""
        told = _("{place}: {message}").format(place=self.place, message=message) if self.place else message
        return InputError(told, field=self.place or "content", value=self.value, remedy=remedy or None)

    def known(self, kind: str, known: Iterable[str]) -> str:
        """One of a closed list."""
        name, listed = self.text(), list(known)
        if name not in listed:
            error = unknown_name(kind, name, listed)
            raise self.wrong(error.message, error.remedy or "")
        return name

    def fields(self, needed: str, free: str = "") -> Mapping[str, _At]:
        """The fields of a mapping, by name: those that must be there and those that may; any other is refused."""
        found = self.items()
        for name in needed.split():
            if name not in found:
                raise self.wrong(_("Isian {name} tidak ada.").format(name=name), _("Bandingkan dengan edisi contoh."))
        for name in found:
            if name not in [*needed.split(), *free.split()]:
                error = unknown_name(_("Isian"), name, [*needed.split(), *free.split()])
                raise found[name].wrong(error.message, error.remedy or "")
        return found

    def items(self) -> Mapping[str, _At]:
        """A mapping with names."""
        if not isinstance(self.value, dict) or not self.value or not all(isinstance(one, str) for one in self.value):
            raise self.wrong(_("Di sini harus ada isian bernama."), _("Bandingkan dengan edisi contoh."))
        return {name: _At(one, f"{self.place}.{name}" if self.place else name) for name, one in self.value.items()}

    def keyed(self) -> Mapping[str, _At]:
        """A mapping whose names serve as keys."""
        found = self.items()
        for name, one in found.items():
            if not KEY.fullmatch(name):
                raise one.wrong(_("Nama ini tidak dapat dipakai."), _("Pakai huruf kecil, angka, dan garis bawah."))
        return found

    def each(self, least: int = 0) -> Iterator[_At]:
        """The members of a list."""
        if not isinstance(self.value, list) or len(self.value) < least:
            raise self.wrong(_("Di sini harus ada daftar."), _("Bandingkan dengan edisi contoh."))
        for at, one in enumerate(self.value, 1):
            yield _At(one, f"{self.place}[{at}]")

    def text(self, most: int = 500) -> str:
        """A text with something in it."""
        if not isinstance(self.value, str) or not self.value.strip() or len(self.value) > most or "\0" in self.value:
            raise self.wrong(_("Di sini harus ada teks."), _("Paling banyak {most} huruf.").format(most=most))
        return self.value

    def words(self) -> Words:
        """A text in both languages."""
        both = self.fields("id en")
        return {"id": both["id"].text(1_000), "en": both["en"].text(1_000)}

    def whole(self, least: int, most: int) -> int:
        """A whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not least <= self.value <= most:
            raise self.wrong(
                _("Di sini harus ada bilangan bulat."), _("Antara {least} dan {most}.").format(least=least, most=most)
            )
        return self.value

    def percent(self, least: int = 0, most: int = 100) -> int:
        """Per cent as whole parts per million."""
        value = self.value
        ok = isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most
        ppm = round(value * 10_000) if ok else -1
        if ppm < 0 or abs(ppm - value * 10_000) > 1e-6:
            remedy = _("Antara {least} dan {most}, paling banyak empat angka di belakang koma.")
            raise self.wrong(_("Di sini harus ada angka dalam persen."), remedy.format(least=least, most=most))
        return ppm

    def flag(self) -> bool:
        """Yes or no."""
        if not isinstance(self.value, bool):
            raise self.wrong(_("Di sini harus tertulis ya atau tidak."), _("Tulis true atau false."))
        return self.value

    def day(self) -> dt.date:
        """A calendar day."""
        if type(self.value) is not dt.date or not YEARS[0] <= self.value.year <= YEARS[1]:
            raise self.wrong(_("Di sini harus ada tanggal."), _("Tulis seperti 2026-12-31."))
        return self.value

    def month(self) -> int:
        """A month as yyyymm."""
        try:
            return parse_month(self.value if isinstance(self.value, (int, str)) else "")
        except InputError as error:
            raise self.wrong(error.message, error.remedy or "") from None


@lru_cache(maxsize=64)
def read(text: str) -> Edition:
    """An edition, whole and consistent, from YAML; raises `InputError` naming the place and what to do."""
    at = _At(parsed(text))
    told = at.fields(
        "code title assessment_year label invented note measured_month baseline_month days zones criteria evidence categories"
        " juries", "ceremony_on",
    )  # fmt: skip
    criteria = {key: _criterion(key, one) for key, one in told["criteria"].keyed().items()}
    ceremony = told.get("ceremony_on")
    found = Edition(
        code=_code(told["code"]), title=told["title"].words(), assessment_year=told["assessment_year"].whole(*YEARS),
        label=told["label"].text(120), ceremony_on=None if ceremony is None or ceremony.value is None else ceremony.day(),
        invented=told["invented"].flag(), note=told["note"].words(), measured_month=told["measured_month"].month(),
        baseline_month=told["baseline_month"].month(), days=_days(told["days"]),
        zones={name: tuple(one.whole(11, 99) for one in members.each(1)) for name, members in told["zones"].items().items()},
        criteria=criteria, evidence={key: _evidence(key, one) for key, one in told["evidence"].keyed().items()},
        categories={key: _category(key, one, criteria) for key, one in told["categories"].keyed().items()},
        juries={level: _jury(level, one) for level, one in told["juries"].items().items()},
    )  # fmt: skip
    check(found, lambda place, message, remedy: _At(None, place).wrong(message, remedy))
    return found


def _code(at: _At) -> str:
    code = at.text(40)
    if not CODE.fullmatch(code) or code in TAKEN:
        raise at.wrong(
            _("Kode ini tidak dapat menjadi alamat edisi."), _("Tiga sampai empat puluh huruf kecil, angka, atau tanda hubung.")
        )
    return code


def _days(at: _At) -> Days:
    told = at.fields("nominate_from nominate_until evidence_until marks_until")
    first, last, evidence = (told[name].day() for name in ("nominate_from", "nominate_until", "evidence_until"))
    return Days(first, last, evidence, {_level(level, one): one.day() for level, one in told["marks_until"].items().items()})


def _level(name: str, at: _At) -> str:
    return _At(name, at.place).known(_("Tingkat"), LEVELS)


def _criterion(key: str, at: _At) -> Criterion:
    told = at.fields("kind title about", "measure better evidence rubric improvement source")
    kind = told["kind"].known(_("Jenis ukuran"), ["measured", "judged"])
    better = told["better"].known(_("Arah"), ["more", "less"]) if "better" in told else "more"
    return Criterion(
        key, told["title"].words(), told["about"].words(), kind,  # type: ignore[arg-type]
        told["measure"].text(80) if "measure" in told else "", better,  # type: ignore[arg-type]
        tuple(one.text(60) for one in told["evidence"].each()) if "evidence" in told else (),
        tuple(_rubric(one) for one in told["rubric"].each(2)) if "rubric" in told else (),
        _improvement(told["improvement"]) if "improvement" in told else None,
        told["source"].text(300) if "source" in told else "",
    )  # fmt: skip


def _rubric(at: _At) -> RubricStep:
    told = at.fields("marks id en")
    return RubricStep(told["marks"].whole(0, 100), {"id": told["id"].text(), "en": told["en"].text()})


def _improvement(at: _At) -> Improvement:
    told = at.fields("unit rupiah source", "invented")
    invented = told["invented"].flag() if "invented" in told else False
    return Improvement(told["unit"].words(), told["rupiah"].whole(0, 10**12), told["source"].text(300), invented)


def _evidence(key: str, at: _At) -> EvidenceKind:
    told = at.fields("title form", "media most_megabytes")
    form = told["form"].known(_("Bentuk bukti"), ["regulation", "file"])
    media = tuple(one.known(_("Jenis berkas"), MEDIA) for one in told["media"].each(1)) if "media" in told else ("pdf",)
    most = told["most_megabytes"].whole(1, 50) if "most_megabytes" in told else 15
    return EvidenceKind(key, told["title"].words(), form, media, most)  # type: ignore[arg-type]


def _category(key: str, at: _At, criteria: Mapping[str, Criterion]) -> Category:
    told = at.fields("title subject normalise aggregate missing criteria stages", "only least tie_breaks")
    if re.search(r"\d", key):
        raise at.wrong(_("Nama ini tidak dapat dipakai."), _("Kategori memakai huruf kecil dan garis bawah."))
    subject = told["subject"].known(_("Yang dinilai"), SUBJECTS)
    return Category(
        key, told["title"].words(), subject, _only(told["only"], subject) if "only" in told and told["only"].value else {},
        tuple(_weighed(one, criteria) for one in told["criteria"].each(1)),
        told["normalise"].known(_("Cara menyamakan"), NORMALISATIONS),
        told["aggregate"].known(_("Cara menjumlahkan"), AGGREGATIONS), told["missing"].known(_("Nilai yang tidak ada"), MISSING),
        told["least"].percent() if "least" in told else 0,
        tuple(one.text(60) for one in told["tie_breaks"].each()) if "tie_breaks" in told else (),
        tuple(_stage(level, one) for level, one in told["stages"].items().items()),
    )  # fmt: skip


def _only(at: _At, subject: str) -> Mapping[str, tuple[str, ...]]:
    told = at.fields("", " ".join(sorted(ONLY)))
    for name, values in told.items():
        if ONLY[name][0] != subject:
            raise values.wrong(_("{kind} bukan milik yang dinilai di sini.").format(kind=_(ONLY[name][1])), _("Hapus isian ini."))
    return {name: tuple(one.known(_(ONLY[name][1]), ONLY[name][2]) for one in values.each(1)) for name, values in told.items()}


def _weighed(at: _At, criteria: Mapping[str, Criterion]) -> Weighed:
    told = at.fields("criterion weight", "least benchmark")
    return Weighed(
        told["criterion"].known(_("Ukuran"), criteria), told["weight"].percent(),
        told["least"].percent() if "least" in told else 0,
        told["benchmark"].percent(0, 1_000) if "benchmark" in told and told["benchmark"].value is not None else None,
    )  # fmt: skip


def _stage(level: str, at: _At) -> Stage:
    _level(level, at)
    told = at.fields("area winners", "prizes promoted")
    area = told["area"].known(_("Lingkup"), AREAS[level])
    prizes = tuple(one.words() for one in told["prizes"].each()) if "prizes" in told else ()
    winners = told["winners"].whole(1, 100)
    promoted = told["promoted"].whole(0, 100) if "promoted" in told else 0
    if promoted > winners:
        raise told["promoted"].wrong(
            _("Yang maju {promoted}, pemenangnya {winners}.").format(promoted=promoted, winners=winners),
            _("Hanya pemenang yang maju ke tingkat berikutnya."),
        )
    return Stage(level, area, winners, prizes, promoted)  # type: ignore[arg-type]


def _jury(level: str, at: _At) -> Jury:
    _level(level, at)
    told = at.fields("seats least_marks discuss_from")
    seats = tuple(Seat(key, one.words()) for key, one in told["seats"].keyed().items())
    return Jury(level, seats, told["least_marks"].whole(1, len(seats)), told["discuss_from"].whole(0, 100))
