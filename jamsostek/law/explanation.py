"""The recorded steps of one person as text, JSON, Markdown and HTML, in Indonesian and English."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _, language, speaking
from jamsostek.law.engine import (
    NO_DATE,
    NONE,
    RISK_CLASSES,
    Ragged,
    Rule,
    compute,
    get_rule,
    one_person,
    present_row,
)
from jamsostek.law.explain import Step, plain, record, recording_law
from jamsostek.law.parameters import InForce, Law, law_on

GRADES = {
    "gazette": N_("naskah resmi"),
    "secondary": N_("sumber kedua"),
    "derived": N_("diturunkan"),
    "unsourced": N_("tanpa sumber"),
}
LABELS = {
    "wage_rupiah": N_("upah"),
    "daily_wage_rupiah": N_("upah sehari"),
    "income_rupiah": N_("penghasilan"),
    "base_rupiah": N_("upah dasar"),
    "moved_base_rupiah": N_("upah dasar rekomposisi"),
    "rate_ppm": N_("tarif"),
    "relief_ppm": N_("keringanan"),
    "member": N_("ikut serta"),
    "scale": N_("skala usaha"),
    "risk_class": N_("kelas risiko"),
    "labour_intensive": N_("padat karya"),
    "jkp_member": N_("peserta JKP"),
    "birth_day": N_("tanggal lahir"),
    "birth_date": N_("tanggal lahir"),
    "month": N_("bulan"),
    "months": N_("bulan"),
    "days": N_("hari"),
    "jkk_employer_rupiah": N_("iuran JKK pemberi kerja"),
    "jkm_employer_rupiah": N_("iuran JKM pemberi kerja"),
    "jkp_from_jkk_rupiah": N_("rekomposisi dari JKK"),
    "jkp_from_jkm_rupiah": N_("rekomposisi dari JKM"),
    "employer_rupiah": N_("bagian pemberi kerja"),
    "worker_rupiah": N_("bagian pekerja"),
    "due_rupiah": N_("jumlah terutang"),
    "months_late": N_("bulan terlambat"),
    "days_late": N_("hari terlambat"),
    "benefit_rupiah": N_("manfaat"),
    "membership_months": N_("masa kepesertaan (bulan)"),
    "arrears_months": N_("bulan menunggak"),
    "contribution_months": N_("masa iur (bulan)"),
    "counted_months": N_("bulan iuran yang dihitung"),
    "mean_indexed_wage_rupiah": N_("rata-rata upah terindeks"),
    "formula_rupiah": N_("hasil rumus"),
    "opening_rupiah": N_("saldo awal"),
    "monthly_contribution_rupiah": N_("iuran sebulan"),
    "annual_rate": N_("tingkat pengembangan setahun"),
    "before_rupiah": N_("jumlah sebelumnya"),
    "amount_rupiah": N_("pembayaran"),
    "year": N_("tahun"),
    "first_year": N_("tahun pembayaran pertama"),
    "code": N_("jenis cacat"),
    "loss": N_("bagian yang hilang"),
    "sum_parts": N_("jumlah persentase"),
    "parts": N_("persentase"),
    "already_paid": N_("bulan yang sudah dibayar"),
    "segment": N_("segmen"),
    "last_paid_month": N_("bulan lunas terakhir"),
    "on_date": N_("tanggal"),
    "overdue_months": N_("bulan menunggak"),
    "within": N_("masih dalam batas"),
    "day_ppm": N_("hari × tarif"),
    "land_rupiah": N_("angkutan darat, sungai, danau"),
    "sea_rupiah": N_("angkutan laut"),
    "air_rupiah": N_("angkutan udara"),
    "inflation_percent": N_("inflasi"),
    "years": N_("tahun sekolah"),
    "contract_value_rupiah": N_("nilai kontrak"),
    "contract_value_with_vat_rupiah": N_("nilai kontrak dengan PPN"),
    "vat_rate": N_("tarif PPN"),
    "band": N_("golongan"),
    "kind": N_("jenis pensiun"),
    "density": N_("kepadatan iuran"),
    "tax_number": N_("punya NPWP"),
}
_UNIT_BY_SUFFIX = (("_rupiah", "rupiah"), ("_ppm", "ppm"), ("_day", "date"), ("_date", "date"))
_UNIT_BY_NAME = {
    "annual_rate": "ppm", "density": "ppm", "vat_rate": "ppm", "member": "flag", "jkp_member": "flag", "on_date": "date",
    "labour_intensive": "flag", "within": "flag", "tax_number": "flag", "month": "month", "last_paid_month": "month",
    "loss": "loss", "sum_parts": "disability_parts", "parts": "disability_parts", "inflation_percent": "ppm",
    "day_ppm": "day_ppm", "full_right": "flag", "has_right": "flag",
}  # fmt: skip


@dataclass(frozen=True)
class Explanation:
    """Why a rule gives what it gives for one person: the outputs, and the tree of steps behind them."""

    rule: Rule
    law: Law
    when: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    root: Step

    @property
    def figures(self) -> dict[str, InForce]:
        """Every figure of the law that was read, by id."""
        found: dict[str, InForce] = {}
        for current in _walk(self.root):
            found.update(current.figures)
        return found

    @property
    def provisional(self) -> list[str]:
        """Figures renewed every year that were used past the day their successor was expected."""
        return sorted({id for s in _walk(self.root) for id in s.provisional})

    def as_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The whole tree as plain data (JSON): step, formula in words, numbers, result, article, figures."""
        with speaking(lang or language()):
            return {
                "rule": self.rule.name,
                "title": _(self.rule.title),
                "when": self.when,
                "source": self.rule.source,
                "law_digest": self.law.digest,
                "readings": dict(self.law.readings),
                "inputs": _jsonable(self.inputs),
                "outputs": _jsonable(self.outputs),
                "provisional": self.provisional,
                "steps": [_step_dict(s) for s in self.root.children],
                "figures": {id: _figure_dict(f) for id, f in self.figures.items()},
            }

    def text(self, lang: str | None = None) -> str:
        """Lines a person reads on a terminal."""
        with speaking(lang or language()):
            lines = [f"{_(self.rule.title)} · {self.rule.name} · {self.when}", ""]
            for current in self.root.children:
                lines += _text_lines(current, 0)
            lines += ["", _("Hasil:"), *(f"  {n} = {_result_text(v)}" for n, v in self.outputs.items())]
            lines += ["", _("Angka hukum yang dipakai:"), *(f"  {line}" for line in self._figure_lines())]
            return "\n".join([*lines, *self._warnings(), "", _("Sidik hukum: {digest}").format(digest=self.law.digest[:16])])

    def markdown(self, lang: str | None = None) -> str:
        """The same as a Markdown fragment."""
        with speaking(lang or language()):
            lines = [f"### {_(self.rule.title)} (`{self.rule.name}`, {self.when})", ""]
            lines += [
                f"| {_('Langkah')} | {_('Rumus')} | {_('Angka')} | {_('Hasil')} | {_('Pasal')} |",
                "|---|---|---|---:|---|",
            ]
            for current in _walk(self.root):
                if current is not self.root:
                    cells = (_(current.title), words(current), numbers(current), shown(current), article(current))
                    lines.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
            lines += ["", *(f"- {line}" for line in self._figure_lines()), *self._warnings()]
            return "\n".join(lines) + "\n"

    def html(self, lang: str | None = None) -> str:
        """The same as an HTML fragment: nested lists, every text escaped."""
        with speaking(lang or language()):
            steps = "".join(_html_step(s) for s in self.root.children)
            figures = "".join(f"<li>{html.escape(line)}</li>" for line in self._figure_lines())
            head = f"<h3>{html.escape(_(self.rule.title))} <small>{html.escape(self.when)}</small></h3>"
            warnings = "".join(f"<p>{html.escape(w)}</p>" for w in self._warnings() if w)
            return f'<section class="explanation">{head}<ol>{steps}</ol><ul class="figures">{figures}</ul>{warnings}</section>'

    def _figure_lines(self) -> list[str]:
        return [figure_line(id, found) for id, found in sorted(self.figures.items())]

    def _warnings(self) -> list[str]:
        found = []
        if self.provisional:
            names = ", ".join(self.provisional)
            found.append(_("SEMENTARA: {names} belum diperbarui untuk masa ini.").format(names=names))
        unsettled = sorted({number for f in self.figures.values() if (number := _unsettled(f))})
        if unsettled:
            found.append(_("Belum pasti menurut hukum: tafsir nomor {numbers}.").format(numbers=", ".join(map(str, unsettled))))
        return ["", *found] if found else []


def explain(
    rule: str,
    *,
    month: int | str | None = None,
    date: str | dt.date | None = None,
    law: Law | None = None,
    **inputs: Any,
) -> Explanation:
    """Runs the rule for one person with recording on; arguments as `calculate`."""
    found = get_rule(rule)
    day, number, arrays = one_person(found, month, date, inputs)
    recording = recording_law(law or law_on(day))
    root = record(
        found.name,
        found.title,
        found.source,
        dict(arrays),
        lambda: compute(found, recording, arrays, number),
    )
    when = day.isoformat()[:7] if found.when == "month" else day.isoformat()
    return Explanation(found, recording, when, inputs, present_row(found, root.result, 0), root)


def _unsettled(found: InForce) -> int | None:
    """The interpretation a figure stands on: where a reading was chosen for it, or the gazette was not read."""
    row = found.row
    return found.parameter.interpretation if row is not None and (row.reading or row.grade != "gazette") else None


def _walk(root: Step) -> Iterator[Step]:
    yield root
    for child in root.children:
        yield from _walk(child)


# ---- words and numbers

_NAME = r"[A-Za-z_][\w.]*"
_HOLE = re.compile(
    rf"(?P<lead> × )?\{{(?P<name>{_NAME})(?:\[(?P<key>#?\w+)\])?(?:\.(?P<column>\w+))?"
    r"(?:\?(?P<test>\w+))?(?:\|(?P<other>[^}]+))?\}"
)


def words(current: Step) -> str:
    """The formula in words: names of inputs and titles of figures."""
    return _HOLE.sub(lambda m: _hole(current, m, _label), current.formula)


def numbers(current: Step) -> str:
    """The formula with this person's numbers."""
    return _HOLE.sub(lambda m: _hole(current, m, _value), current.formula)


def _hole(current: Step, match: re.Match[str], render: Any) -> str:
    lead, name, other = match["lead"] or "", match["name"], match["other"]
    if other is not None and _absent(current.inputs.get(name)):
        parts = re.sub(_NAME, lambda m: render(current, m[0], None), other)
        return lead + parts
    figure = current.figures.get(name)
    if lead and figure is not None and (figure.row is None or (match["test"] and not plain(current.inputs.get(match["test"])))):
        return ""  # a relief that does not apply is not in the formula
    if lead and name in ("relief_ppm",) and plain(current.inputs.get(name)) == 1_000_000:
        return ""
    return lead + str(render(current, name, match["key"]))


def _absent(value: Any) -> bool:
    return value is None or plain(value) in (NONE, NO_DATE)


def _label(current: Step, name: str, key: str | None) -> str:
    if name in current.figures:
        title = current.figures[name].parameter.title[language()]
        chosen = _key_name(current, current.figures[name], key)
        return f"{title} ({chosen})" if chosen else title
    return _(LABELS.get(name, name)) if not name.isdigit() else name


def _value(current: Step, name: str, key: str | None) -> str:
    figure = current.figures.get(name)
    if figure is None:
        return in_unit(unit_of(name), plain(current.inputs.get(name, name))) if name in current.inputs else name
    unit, value = figure.parameter.unit, figure.value
    chosen = _key_name(current, figure, key)
    if unit == "table":
        return figure.parameter.title[language()]
    if chosen and figure.parameter.keys:
        value = value[figure.parameter.keys.index(chosen)]
    if figure.parameter.keys and not chosen:
        return ", ".join(in_unit(unit, v) for v in plain(value))
    return in_unit(unit, plain(value))


def _key_name(current: Step, figure: InForce, key: str | None) -> str | None:
    if key is None or not figure.parameter.keys:
        return None
    if key.startswith("#"):
        return key[1:]
    position = plain(current.inputs.get(key))
    return figure.parameter.keys[position] if isinstance(position, int) else None


def unit_of(name: str) -> str:
    """The unit of an argument, read off its name."""
    if name in _UNIT_BY_NAME:
        return _UNIT_BY_NAME[name]
    return next((unit for suffix, unit in _UNIT_BY_SUFFIX if name.endswith(suffix)), "count")


def in_unit(unit: str, value: Any) -> str:
    """A plain value as a person reads it in its unit."""
    if isinstance(value, (list, tuple)):
        return ", ".join(in_unit(unit, v) for v in value)
    if value is None or (value in (NONE, NO_DATE) and unit not in ("rupiah",)):
        return "-"
    return str(_UNITS.get(unit, _as_text)(value))


def _as_text(value: Any) -> str:
    return format_number(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


_UNITS: dict[str, Any] = {
    "rupiah": lambda v: format_rupiah(v),
    "ppm": lambda v: format_percent(v),
    "permille": lambda v: format_percent(v * 1000),
    "disability_parts": lambda v: f"{v / 100_000:.5f}".rstrip("0").rstrip(".").replace(".", ",") + " %",
    "loss": lambda v: f"{v / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", ","),
    "flag": lambda v: _("ya") if v else _("tidak"),
    "date": lambda v: (dt.date(1970, 1, 1) + dt.timedelta(days=v)).isoformat() if isinstance(v, int) else str(v),
    "month": lambda v: f"{v // 100}-{v % 100:02d}",
    "months": lambda v: _("{count} bulan").format(count=format_number(v)),
    "days": lambda v: _("{count} hari").format(count=format_number(v)),
    "day_ppm": lambda v: _("{days} hari").format(days=f"{v / 1_000_000:.2f}".rstrip("0").rstrip(".").replace(".", ",")),
    "index": lambda v: str(v + 1),
    "risk_class": lambda v: RISK_CLASSES[v],
    "pays_first": lambda v: ("bpjs", "employer", "nobody")[v],
    "index_product": lambda v: "…",
}


def shown(current: Step) -> str:
    """The result of a step as a person reads it."""
    if isinstance(current.result, (tuple, dict, Ragged)):
        return ""
    return in_unit(current.unit, plain(current.result))


def article(current: Step) -> str:
    """The step's own article, and those of the figures it read."""
    named = [current.article] if current.article else []
    for found in current.figures.values():
        if found.row is not None:
            text = f"{found.row.regulation} {found.row.article}"
            if text not in named:
                named.append(text)
    return "; ".join(named)


def figure_line(id: str, found: InForce) -> str:
    """One figure: title, value, span, regulation and article, grade, source."""
    parameter, row = found.parameter, found.row
    title = parameter.title[language()]
    if row is None:
        return _("{id}: {title}: tidak ada yang berlaku").format(id=id, title=title)
    value = _figure_value(found)
    span = f"{row.start or '…'} – {row.end or '…'}"
    published = row.published.isoformat() if row.published else _("tidak diketahui, dianggap sejak berlaku")
    source = ", ".join(row.source) or _("tidak ada")
    words = _(
        "{id}: {title}: {value}; berlaku {span}; diundangkan {published}; {regulation} {article}; {grade}; sumber: {source}"
    )
    return words.format(
        id=id, title=title, value=value, span=span, published=published, regulation=row.regulation, article=row.article,
        grade=_(GRADES[row.grade]), source=source,
    )  # fmt: skip


def _figure_value(found: InForce) -> str:
    parameter, value = found.parameter, found.value
    if parameter.unit == "table":
        return _("tabel {count} baris").format(count=len(next(iter(value.values()))))
    if parameter.keys:
        return ", ".join(f"{k} {in_unit(parameter.unit, v)}" for k, v in zip(parameter.keys, plain_list(value), strict=True))
    return in_unit(parameter.unit, plain(value))


def plain_list(value: Any) -> list[Any]:
    """An array as a list, also when it holds one."""
    found: list[Any] = np.asarray(value).tolist()
    return found


def _text_lines(current: Step, depth: int) -> list[str]:
    lead = "  " * depth
    lines = [f"{lead}{_(current.title)}{f': {shown(current)}' if shown(current) else ''}"]
    if current.formula:
        lines += [f"{lead}    {words(current)}", f"{lead}    {numbers(current)} = {shown(current)}"]
    if article(current):
        lines.append(f"{lead}    [{article(current)}]")
    for child in current.children:
        lines += _text_lines(child, depth + 1)
    return lines


def _html_step(current: Step) -> str:
    inner = "".join(_html_step(c) for c in current.children)
    formula = f"<br><i>{html.escape(words(current))}</i><br>{html.escape(numbers(current))}" if current.formula else ""
    return (
        f"<li><b>{html.escape(_(current.title))}</b>: {html.escape(shown(current))}{formula}"
        f"<br><small>{html.escape(article(current))}</small>{f'<ol>{inner}</ol>' if inner else ''}</li>"
    )


def _step_dict(current: Step) -> dict[str, Any]:
    return {
        "step": current.name,
        "title": _(current.title),
        "formula": words(current),
        "numbers": numbers(current),
        "result": _jsonable(current.result),
        "result_text": shown(current),
        "unit": current.unit,
        "article": article(current),
        "figures": sorted(current.figures),
        "steps": [_step_dict(c) for c in current.children],
    }


def _figure_dict(found: InForce) -> dict[str, Any]:
    parameter, row = found.parameter, found.row
    base = {"title": parameter.title[language()], "unit": parameter.unit, "value": _jsonable(found.value)}
    if parameter.keys:
        base["value"] = dict(zip(parameter.keys, plain_list(found.value), strict=True))
    if row is None:
        return base
    return base | {
        "from": row.start and row.start.isoformat(),
        "to": row.end and row.end.isoformat(),
        "published": row.published and row.published.isoformat(),
        "regulation": row.regulation,
        "article": row.article,
        "grade": row.grade,
        "source": list(row.source),
        "interpretation": parameter.interpretation,
        "note": row.note,
    }


def _jsonable(value: Any) -> Any:
    if isinstance(value, Ragged):
        return {n: c.tolist() for n, c in value.columns.items()}
    if isinstance(value, Mapping):
        return {str(k): _jsonable(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(v) for v in value]
    if isinstance(value, np.ndarray):
        return _jsonable(plain(value))
    return value if isinstance(value, (int, str, bool, float)) or value is None else str(value)


def _result_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int):
        return format_number(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {_result_text(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_result_text(v) for v in value)
    return str(value)
