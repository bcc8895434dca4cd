"""How the synthetic nation compares with the published figures: target and result, side by side, with the source.

A target is the published figure scaled to the number of workers and shared out in whole people; the result is
counted in the files. What is `published` or `derived` from published figures must agree to the person; what is
`assumed` rests on no table (see `assumptions`), and where it is drawn by chance (wages) it only comes close.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import PPM, Int64Array, format_number
from jamsostek.core.text import N_, _
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import published
from jamsostek.synth.measure import WAGE_CLASSES, Counts, count_nation
from jamsostek.synth.plan import Plan, segment_weights
from jamsostek.synth.wages import BINS, tables
from jamsostek.synth.weights import by_kind, targets, weights

PUBLISHED, DERIVED, ASSUMED = "published", "derived", "assumed"
_BASES = {PUBLISHED: N_("terbit"), DERIVED: N_("turunan"), ASSUMED: N_("ASUMSI")}

JSON_FILE, MARKDOWN_FILE = "_report.json", "_report.md"


@dataclass(frozen=True)
class Line:
    """One group: people it should have and people found, and the published figure it stands for."""

    label: str
    target: int
    found: int
    published: int | None = None

    @property
    def deviation(self) -> int:
        """Found less target."""
        return self.found - self.target


@dataclass(frozen=True)
class Marginal:
    """One table of the comparison: its groups, what they rest on and where that was published."""

    key: str
    title: str
    basis: str
    source: str
    lines: tuple[Line, ...]
    by_chance: bool = False

    @property
    def people(self) -> int:
        """People the groups should have together."""
        return sum(line.target for line in self.lines)

    @property
    def worst(self) -> Line:
        """The group that deviates most."""
        return max(self.lines, key=lambda line: abs(line.deviation))

    @property
    def deviation(self) -> int:
        """The largest deviation, in people, without sign."""
        return abs(self.worst.deviation)

    def scaled(self, line: Line) -> float | None:
        """The published figure at the nation's size, before it was rounded to whole people."""
        if line.published is None:
            return None
        return line.published * self.people / sum(other.published or 0 for other in self.lines)

    @property
    def rounding(self) -> float:
        """The largest distance between a target and the scaled published figure: below 1 person."""
        return max((abs(line.target - (self.scaled(line) or 0)) for line in self.lines if line.published), default=0.0)


@dataclass(frozen=True)
class SynthReport:
    """The whole comparison."""

    workers: int
    seed: int
    found: int
    repeated_niks: int
    marginals: tuple[Marginal, ...]
    weighted: tuple[Marginal, ...] = ()
    """The labour force that the nation stands for with its weights; none where it is too small for them (`weights`)."""

    @property
    def exact(self) -> bool:
        """Whether the number of people and everything published or derived agree to the person."""
        return self.found == self.workers and self.largest_deviation == 0

    @property
    def largest_deviation(self) -> int:
        """The largest deviation, in people, from what is published or derived."""
        return max(m.deviation for m in self.marginals if m.basis != ASSUMED)

    def as_dict(self) -> dict[str, Any]:
        """The comparison as JSON has it; keys are English, labels in the language in force."""
        return {
            "workers": self.workers,
            "seed": self.seed,
            "as_of": f"{assumed.AS_OF_YEAR}-01",
            "found": self.found,
            "exact": self.exact,
            "largest_deviation": self.largest_deviation,
            "people_with_a_repeated_nik": self.repeated_niks,
            "sources": published.SOURCES,
            "marginals": [_marginal_dict(m) for m in self.marginals],
            "weighted": [_marginal_dict(m) for m in self.weighted],
        }

    def text(self) -> str:
        """The comparison as a table for the terminal: one line for each marginal, then the segments."""
        heads = (_("Tabel"), _("Dasar"), _("Sumber"), _("Kelompok"), _("Jumlah pekerja"), _("Selisih terbesar"))
        rows = [
            (_(m.title), _(_BASES[m.basis]), m.source, *map(format_number, (len(m.lines), m.people, m.deviation)))
            for m in (*self.marginals, *self.weighted)
        ]
        marginals = _grid(heads, rows, numbers=3)
        segments = _grid(_line_heads(), _line_rows(self.marginals[0]), numbers=4)
        return "\n\n".join([self._heading(), marginals, segments, self._verdict()])

    def markdown(self) -> str:
        """The whole comparison, every group, as Markdown."""
        parts = [f"# {_('Penduduk tiruan dan angka terbit')}", self._heading(), self._verdict()]
        for m in (*self.marginals, *self.weighted):
            parts.append(f"## {_(m.title)}\n{_('Dasar')}: {_(_BASES[m.basis])} · {_('Sumber')}: {m.source}")
            parts.append(_markdown_table(_line_heads(), _line_rows(m)))
        parts.append(f"## {_('Sumber')}")
        parts.append("\n".join(f"- {key}: {text}" for key, text in published.SOURCES.items()))
        return "\n\n".join(parts) + "\n"

    def write(self, out: Path) -> None:
        """Writes the comparison to `_report.json` and `_report.md` in a folder."""
        text = json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"
        (out / JSON_FILE).write_text(text, encoding="utf-8")
        (out / MARKDOWN_FILE).write_text(self.markdown(), encoding="utf-8")

    def _heading(self) -> str:
        return _("{workers} pekerja tiruan, benih {seed}, keadaan 1 Januari 2026. Tidak seorang pun nyata.").format(
            workers=format_number(self.workers), seed=self.seed
        )

    def _verdict(self) -> str:
        if self.exact:
            verdict = _("Semua angka terbit dan turunan tepat sampai orang terakhir.")
        else:
            verdict = _("TIDAK TEPAT: selisih terbesar dari angka terbit {deviation}, jumlah orang {found}.").format(
                deviation=format_number(self.largest_deviation), found=format_number(self.found)
            )
        if self.repeated_niks:
            verdict += " " + _("{count} orang memakai NIK yang sama dengan orang lain.").format(
                count=format_number(self.repeated_niks)
            )
        return verdict


def _marginal_dict(m: Marginal) -> dict[str, Any]:
    return {
        "key": m.key,
        "title": _(m.title),
        "basis": m.basis,
        "source": m.source,
        "by_chance": m.by_chance,
        "people": m.people,
        "largest_deviation": m.deviation,
        "largest_deviation_at": _(m.worst.label),
        "largest_rounding": round(m.rounding, 2),
        "lines": [
            {"label": _(line.label), "published": line.published, "scaled": _rounded(m.scaled(line))}
            | {"target": line.target, "found": line.found, "deviation": line.deviation}
            for line in m.lines
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _line_heads() -> tuple[str, ...]:
    return (_("Kelompok"), _("Terbit"), _("Sasaran"), _("Hasil"), _("Selisih"))


def _line_rows(m: Marginal) -> list[tuple[str, ...]]:
    return [
        (
            _(line.label),
            "" if line.published is None else format_number(line.published),
            *map(format_number, (line.target, line.found, line.deviation)),
        )
        for line in m.lines
    ]


def _grid(heads: Iterable[str], rows: Iterable[Iterable[str]], numbers: int) -> str:
    """Columns side by side, the last `numbers` of them to the right."""
    table = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    left = len(widths) - numbers
    lines = [
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    return "\n".join([lines[0], "-" * (sum(widths) + 2 * len(widths) - 2), *lines[1:]])


def _markdown_table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    rule = ("---",) + ("---:",) * (len(heads) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


def make_report(out: Path, plan: Plan, seed: int, threads: int = 1) -> SynthReport:
    """Counts the files in `out` and compares them with the plan and the published figures behind it."""
    minimum = {code: figure.value for code, figure in published.minimum_wages().items()}
    return compare(plan, count_nation(out, minimum, threads), seed)


def compare(plan: Plan, counts: dict[int, Counts], seed: int) -> SynthReport:
    """People counted by province beside the plan and the published figures behind it."""
    people = int(sum(c.segment_sex.sum() for c in counts.values()))
    marginals = (
        *_segments(plan, counts), *_people(plan, counts), *_wage_workers(plan, counts), *_bpu_and_migrants(plan, counts),
    )  # fmt: skip
    return SynthReport(plan.workers, seed, people, plan.repeated_niks, marginals, tuple(_weighted(plan, counts)))


def _lines(
    labels: Iterable[str], targets: Iterable[int], found: Iterable[int], figures: Iterable[int] | None = None
) -> tuple[Line, ...]:
    named = list(zip(labels, targets, found, strict=True))
    values = [None] * len(named) if figures is None else list(figures)
    return tuple(
        Line(label, int(target), int(result), None if value is None else int(value))
        for (label, target, result), value in zip(named, values, strict=True)
    )


def _stack(counts: dict[int, Counts], name: str) -> Int64Array:
    """One count of all provinces, province first."""
    return np.array([getattr(c, name) for c in counts.values()])


_SEGMENT_LABELS = (
    N_("PU (penerima upah swasta)"),
    N_("non-ASN pemerintah"),
    N_("BPU (bukan penerima upah)"),
    N_("jasa konstruksi"),
    N_("pekerja migran"),
)


_RISK_LABELS = (N_("sangat rendah"), N_("rendah"), N_("sedang"), N_("tinggi"), N_("sangat tinggi"))
_PAYER_LABELS = (N_("sendiri"), "APBN", "APBD", N_("desa"), N_("donatur"))
_SECTOR_LABELS = (N_("angkutan"), N_("lainnya"))
_SEX_LABELS = (N_("laki-laki"), N_("perempuan"))
_KIND_LABELS = (N_("formal"), N_("informal"))
_ROUTE_LABELS = (N_("lewat perusahaan penempatan"), N_("perseorangan"))


def _segments(plan: Plan, counts: dict[int, Counts]) -> Iterable[Marginal]:
    found = _stack(counts, "segment_sex").sum(axis=2)
    yield Marginal(
        "segments", N_("Segmen"), DERIVED, "S06 SEED C16",
        _lines(_SEGMENT_LABELS, plan.segments.sum(axis=0), found.sum(axis=0), segment_weights()),
    )  # fmt: skip
    wage_workers = [assumed.PU, assumed.NON_ASN]
    tables = (("PU", N_("PU menurut provinsi"), wage_workers), ("BPU", N_("BPU menurut provinsi"), [assumed.BPU]))
    for segment, title, columns in tables:
        target, result = plan.segments[:, columns].sum(axis=1), found[:, columns].sum(axis=1)
        yield _on_map_of_coverage(segment, title, plan.codes, target, result)
        yield _split_in_2022(segment, plan.codes, target, result)
    for number, key in ((1, "non_asn"), (3, "construction"), (4, "migrant")):
        titles = {
            1: N_("non-ASN menurut provinsi"),
            3: N_("konstruksi menurut provinsi"),
            4: N_("migran menurut provinsi"),
        }
        lines = _lines(_names(plan.codes), plan.segments[:, number], found[:, number])
        yield Marginal(f"{key}_by_province", titles[number], ASSUMED, "S06", lines)


def _names(codes: Iterable[int]) -> list[str]:
    return [PROVINCES[code].name for code in codes]


def _on_map_of_coverage(segment: str, title: str, codes: tuple[int, ...], target: Int64Array, result: Int64Array) -> Marginal:
    """The coverage table as it was published: the provinces of 2022 inside their parents."""
    table = published.coverage(segment)
    home = [published.PARENTS.get(code, code) for code in codes]
    sums = [[int(v[[h == code for h in home]].sum()) for code in table] for v in (target, result)]
    lines = _lines(_names(table), sums[0], sums[1], (figure.value for figure in table.values()))
    return Marginal(f"{segment.lower()}_by_province", title, PUBLISHED, "S06", lines)


def _split_in_2022(segment: str, codes: tuple[int, ...], target: Int64Array, result: Int64Array) -> Marginal:
    title = {
        "PU": N_("PU di provinsi Papua 2022 (pekerja formal)"),
        "BPU": N_("BPU di provinsi Papua 2022 (pekerja informal)"),
    }[segment]
    family = {*published.PARENTS, *published.PARENTS.values()}
    places = [place for place, code in enumerate(codes) if code in family]
    lines = _lines(_names(codes[p] for p in places), target[places], result[places])
    return Marginal(f"{segment.lower()}_papua", title, DERIVED, "S06", lines)


def _people(plan: Plan, counts: dict[int, Counts]) -> Iterable[Marginal]:
    found = _stack(counts, "segment_sex")[:, :, 1]
    yield Marginal(
        "women_by_province", N_("Perempuan menurut provinsi (angkatan kerja)"), DERIVED, "S06",
        _lines(_names(plan.codes), plan.women.sum(axis=1), found.sum(axis=1)),
    )  # fmt: skip
    everyone, women = plan.workers, plan.women.sum()
    yield Marginal(
        "sex", N_("Jenis kelamin (angkatan kerja tertimbang)"), DERIVED, "S06",
        _lines(
            (N_("pekerja laki-laki"), N_("pekerja perempuan")),
            (everyone - women, women),
            _stack(counts, "segment_sex").sum(axis=(0, 1)),
        ),
    )  # fmt: skip
    yield Marginal(
        "women_by_segment", N_("Perempuan menurut segmen"), ASSUMED, "-",
        _lines(_SEGMENT_LABELS, plan.women.sum(axis=0), found.sum(axis=0)),
    )  # fmt: skip
    who = [plan.provinces[code].who for code in plan.codes]
    regency_found = [n for c in counts.values() for n in c.regency[:-1]]
    yield Marginal(
        "regencies", N_("Kabupaten/kota (menurut penduduk)"), ASSUMED, "S02",
        _lines((r.name for r in REGENCIES.values()), (n for w in who for n in w.sum(axis=(0, 1, 3))), regency_found),
    )  # fmt: skip
    ages = [f"{first}–{last}" for first, last in assumed.AGE_BANDS]
    yield Marginal(
        "ages", N_("Umur menurut segmen"), ASSUMED, "-",
        _lines(
            (f"{segment} {age}" for segment in assumed.SEGMENTS for age in ages),
            sum(w.sum(axis=(1, 2)) for w in who).ravel(),
            _stack(counts, "age").sum(axis=0)[:, :-1].ravel(),
        ),
    )  # fmt: skip


def _wage_workers(plan: Plan, counts: dict[int, Counts]) -> Iterable[Marginal]:
    scales, found = plan.scales.sum(axis=0), _stack(counts, "scale_jkp").sum(axis=(0, 2))
    yield from _programmes(scales, found, int(plan.jkp.sum()), int(_stack(counts, "scale_jkp")[:, :, 1].sum()))
    labels = (N_("besar"), N_("menengah"), N_("kecil"), N_("mikro"))
    yield Marginal("scale", N_("Skala usaha PU"), ASSUMED, "C08", _lines(labels, scales, found))
    work = [plan.provinces[code].work[assumed.PU] for code in plan.codes]
    intensive = _stack(counts, "scale_intensive").sum(axis=0)
    planned = sum(int(w.people[w.columns["labour_intensive"] == 1].sum()) for w in work)
    yield Marginal(
        "labour_intensive", N_("Padat karya PU"), ASSUMED, "-",
        _lines((N_("padat karya"), N_("lainnya")), (planned, scales.sum() - planned), intensive[:, ::-1].sum(axis=0)),
    )  # fmt: skip
    risks = [sum(int(w.people[w.columns["risk_class"] == r].sum()) for w in work) for r in range(5)]
    yield Marginal(
        "risk_class", N_("Kelas risiko PU"), ASSUMED, "-",
        _lines(_RISK_LABELS, risks, _stack(counts, "risk").sum(axis=0)),
    )  # fmt: skip
    yield Marginal(
        "wages", N_("Upah PU dalam persen upah minimum"), ASSUMED, "S10",
        _lines(_wage_labels(), wage_targets(scales), _stack(counts, "wage").sum(axis=0)),
        by_chance=True,
    )  # fmt: skip


def _programmes(scales: Int64Array, found: Int64Array, jkp: int, jkp_found: int) -> Iterable[Marginal]:
    """Private wage workers by the programmes they are in, as shares of December 2023."""
    national = published.national()
    members = national["wage_workers_2023"].value - national["non_asn"].value
    jp = national["jp_2023"].value
    jht = national["jht_all_2023"].value - national["jht_bpu_2023"].value
    yield Marginal(
        "programmes", N_("Program PU (Desember 2023)"), DERIVED, "C08 SEED",
        _lines(
            (N_("JKK, JKM, JHT, JP (usaha besar, menengah)"), N_("JKK, JKM, JHT (kecil)"), N_("JKK, JKM (mikro)")),
            (scales[:2].sum(), scales[2], scales[3]),
            (found[:2].sum(), found[2], found[3]),
            (jp, jht - jp, members - jht),
        ),
    )  # fmt: skip
    yield Marginal(
        "jkp", N_("Anggota JKP di PU (Desember 2023)"), DERIVED, "C08 SEED",
        _lines(
            (N_("anggota JKP"), N_("lainnya")),
            (jkp, scales.sum() - jkp),
            (jkp_found, found.sum() - jkp_found),
            (national["jkp_2023"].value, members - national["jkp_2023"].value),
        ),
    )  # fmt: skip


def _wage_labels() -> list[str]:
    bounds = [f"{low}–{high} %" for low, high in pairwise(WAGE_CLASSES)]
    return ["< 100 %", "100 %", *bounds, f"> {WAGE_CLASSES[-1]} %"]


def wage_targets(scales: Int64Array) -> Int64Array:
    """People expected in each wage class, from the tables that wages are drawn from."""
    whole = tables()[0].reshape(-1, BINS + 1)
    expected = np.zeros(len(WAGE_CLASSES) + 2)
    for scale, people in enumerate(scales.tolist()):
        model = assumed.WAGE_MODELS[scale]
        at_or_below = model.below_4096 + model.at_4096
        rising = whole[scale, at_or_below:]
        bounds = [percent * PPM // 100 for percent in WAGE_CLASSES[1:]]
        reached = np.interp(bounds, rising, at_or_below + np.arange(len(rising)))
        expected += people * np.diff([0, model.below_4096, at_or_below, *reached, BINS]) / BINS
    return np.rint(expected).astype(np.int64)


def _bpu_and_migrants(plan: Plan, counts: dict[int, Counts]) -> Iterable[Marginal]:
    national = published.national()
    payers, found = plan.payers.sum(axis=0), _stack(counts, "payer").sum(axis=0)
    everyone, subsidised = national["bpu_2025"].value, national["subsidised"].value
    yield Marginal(
        "subsidised", N_("BPU yang dibayar daerah dan desa"), DERIVED, "C21 C16",
        _lines(
            (N_("dibayar daerah atau desa"), N_("lainnya")),
            (payers[2] + payers[3], payers[[0, 1, 4]].sum()),
            (found[2] + found[3], found[[0, 1, 4]].sum()),
            (subsidised, everyone - subsidised),
        ),
    )  # fmt: skip
    jht, with_jht = _stack(counts, "jht").sum(axis=0), int(plan.jht.sum())
    members = national["jht_bpu_2023"].value
    yield Marginal(
        "bpu_jht", N_("BPU dengan JHT (Desember 2023)"), DERIVED, "C08",
        _lines(
            (N_("dengan JHT"), N_("tanpa JHT")),
            (with_jht, payers.sum() - with_jht),
            (jht[1], jht[0]),
            (members, national["bpu_2023"].value - members),
        ),
    )  # fmt: skip
    yield Marginal("payers", N_("Pembayar iuran BPU"), ASSUMED, "C21", _lines(_PAYER_LABELS, payers, found))
    for key, title, segment, column, count, values in (
        ("sectors", N_("Sektor BPU"), assumed.BPU, "sector", "sector", _SECTOR_LABELS),
        ("routes", N_("Jalur migran"), assumed.MIGRANT, "route", "route", _ROUTE_LABELS),
        ("contracts", N_("Lama kontrak migran (bulan)"), assumed.MIGRANT, "contract_months", "months", None),
    ):
        work = [plan.provinces[code].work[segment] for code in plan.codes]
        numbers = range(len(values)) if values else assumed.CONTRACT_MONTHS
        targets = [sum(int(w.people[w.columns[column] == n].sum()) for w in work) for n in numbers]
        result = _stack(counts, count).sum(axis=0)[: len(targets)]
        yield Marginal(key, title, ASSUMED, "-", _lines(values or map(str, numbers), targets, result))


def _weighted(plan: Plan, counts: dict[int, Counts]) -> Iterable[Marginal]:
    """The labour force by province and sex, and by formal work: the plan's weights over the people counted."""
    fitted = {code: weights(plan.provinces[code].who.sum(axis=(2, 3)), code) for code in plan.codes}
    known = {code: found for code, found in fitted.items() if found is not None}
    if len(known) < len(plan.codes):
        return
    found = {code: known[code] * by_kind(counts[code].segment_sex) for code in plan.codes}
    wanted = {code: targets(code) for code in plan.codes}
    for axis, key, title, groups in (
        (0, "labour_force", N_("Angkatan kerja menurut provinsi dan jenis kelamin, dengan bobot"), _SEX_LABELS),
        (1, "formal_share", N_("Pekerjaan formal dan informal menurut provinsi, dengan bobot"), _KIND_LABELS),
    ):
        labels = [f"{PROVINCES[code].name}, {_(group)}" for code in plan.codes for group in groups]
        target = np.concatenate([wanted[code][axis] for code in plan.codes])
        result = np.rint(np.concatenate([found[code].sum(axis=axis) for code in plan.codes])).astype(np.int64)
        yield Marginal(key, title, DERIVED, "S06", _lines(labels, target, result, target if axis == 0 else None))
