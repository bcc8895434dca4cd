"""`jamsostek law`: list, show, explain, test, changes, diff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from jamsostek.cli.screen import console, error_console
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import first_day, parse_month
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _, language
from jamsostek.law import RULES, Explanation, Law, NoLawError, ParameterError, Rule, explain, get_rule, law_on, load
from jamsostek.law.changes import Change, changes, differences
from jamsostek.law.engine import Choice, Choices, Input, Output, Records, moment
from jamsostek.law.explanation import figure_line, output_text
from jamsostek.law.figures import Parameter
from jamsostek.law.labels import GRADES, citation, input_label, label
from jamsostek.law.loading import read_text
from jamsostek.law.units import value_lines

group = typer.Typer(help="Hukum: aturan, angka, penjelasan, kasus, perubahan.", no_args_is_help=True)
Month = Annotated[str | None, typer.Option("--month", help="Bulan iuran, misalnya 2025-03.")]
Date = Annotated[str | None, typer.Option("--date", help="Tanggal kejadian, misalnya 2025-03-01.")]
Reading = Annotated[list[str] | None, typer.Option("--reading", help="Tafsir lain: NAMA=PILIHAN (boleh berulang).")]
Known = Annotated[str | None, typer.Option("--known-on", help="Hukum seperti diketahui pada tanggal ini.")]
Reform = Annotated[list[Path] | None, typer.Option("--law", help="Berkas YAML perubahan hukum (boleh berulang).")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="law")


def readings_of(given: list[str] | None) -> dict[str, str]:
    """`["rounding=cut"]` -> `{"rounding": "cut"}`."""
    found = {}
    for item in given or []:
        name, separator, option = item.partition("=")
        if not separator:
            raise InputError(_("Tafsir {value!r} tidak lengkap.").format(value=item), remedy=_("Tulis NAMA=PILIHAN."))
        found[name.strip()] = option.strip()
    return found


def inputs_of(given: list[str] | None) -> dict[str, Any]:
    """`["wage_rupiah=6000000", "children=[{levels: {senior: 2}}]"]` -> values, read as YAML."""
    found = {}
    for item in given or []:
        name, separator, text = item.partition("=")
        if not separator:
            raise InputError(_("Isian {value!r} tidak lengkap.").format(value=item), remedy=_("Tulis NAMA=NILAI."))
        found[name.strip()] = _value_of(name.strip(), text)
    return found


def _value_of(name: str, text: str) -> Any:
    """A value as it was written: a list or a mapping is read as YAML, a number stays text for the rule to judge."""
    try:
        value = read_text(text, name)
    except ParameterError as error:
        if text.strip()[:1] not in ("[", "{"):
            return text.strip()
        raise InputError(str(error), field=name, value=text) from None
    return text.strip() if isinstance(value, (float, str)) or name == "nik" else value


@group.command("list", help="Semua aturan menurut nama.")
def list_rules() -> None:
    """All rules by name."""
    table = Table()
    for title in (_("Aturan"), _("Judul"), _("Menurut"), _("Sumber")):
        table.add_column(title, overflow="fold")
    for rule in sorted(RULES.values(), key=lambda r: r.name):
        table.add_row(rule.name, _(rule.title), _("bulan") if rule.when == "month" else _("tanggal"), citation(rule.source))
    console().print(table)


@group.command("show", help="Isian, hasil, dan angka yang berlaku dari satu aturan, atau satu angka hukum.")
def show(
    rule: str,
    month: Month = None,
    date: Date = None,
    reading: Reading = None,
    known_on: Known = None,
    law: Reform = None,
) -> None:
    """A rule's inputs, outputs and figures in force, or one figure through time."""
    parameters = load(*(law or ()))
    if rule in parameters.by_id:
        _show_figure(parameters.by_id[rule])
        return
    if rule not in RULES:
        raise unknown_name(_("Aturan atau angka hukum"), rule, [*RULES, *parameters.by_id])
    found = RULES[rule]
    _refuse_other_moment(found, month, date)
    day, _number = moment(found, month, date)
    in_force = law_on(day, known_on, readings_of(reading), tuple(law or ()))
    out = console()
    out.print(f"[bold]{escape(_(found.title))}[/] · {found.name} · {escape(citation(found.source))}", soft_wrap=True)
    if language() == "en":  # the rule's own words are written in English only
        out.print(" ".join((found.compute.__doc__ or "").split()), markup=False, style="dim")
    out.print(_inputs_table(found))
    outputs = ", ".join(f"{label(o.name)} ({o.name})" for o in found.outputs)
    out.print(_("Hasil: {names}").format(names=outputs), markup=False)
    out.print(_("Angka hukum pada {day}:").format(day=day.isoformat()), style="bold")
    for line in figures_of(found, in_force):
        out.print("  " + line, markup=False, soft_wrap=True, highlight=False)
    out.print(_("Sidik hukum: {digest}").format(digest=in_force.digest[:16]), style="dim")


def _refuse_other_moment(found: Rule, month: str | None, date: str | None) -> None:
    """A rule by month takes no date, and the other way round."""
    other, given = ("date", date) if found.when == "month" else ("month", month)
    if given is not None:
        words = _("Aturan {rule} memakai --{when}, bukan --{other}.")
        raise InputError(words.format(rule=found.name, when=found.when, other=other), field=other, value=given)


_KINDS = {
    "Money": N_("rupiah"),
    "Whole": N_("bilangan bulat"),
    "Share": N_("bagian, misalnya 0.4"),
    "Loss": N_("bagian, misalnya 0.4"),
    "Choice": N_("satu pilihan"),
    "Choices": N_("beberapa pilihan"),
    "Flag": N_("true atau false"),
    "Date": N_("tanggal"),
    "Month": N_("bulan"),
    "Records": N_("daftar"),
    "Nik": N_("16 angka"),
}


def _inputs_table(found: Rule) -> Table:
    table = Table(title=_("Isian"))
    for title in (_("Nama"), _("Arti"), _("Jenis"), _("Wajib"), _("Bawaan"), _("Pilihan")):
        table.add_column(title, overflow="fold")
    for item in found.inputs:
        one_of = any(item.name in names for names in found.one_of)
        needed = _("salah satu") if one_of else _("ya") if item.required else _("tidak")
        default = "" if item.default is None else str(item.default).lower()
        meaning = input_label(found.name, item.name)
        table.add_row(item.name, meaning, _(_KINDS[type(item).__name__]), needed, escape(default), _options(item))
    return table


def _options(item: Input) -> str:
    """The names an input takes, or the fields of its records with theirs."""
    if isinstance(item, (Choice, Choices)):
        return ", ".join(item.options)
    if isinstance(item, Records):
        return "; ".join(f"{f.name}: {_options(f)}" if _options(f) else f.name for f in item.fields)
    return ""


def figures_of(found: Rule, law: Law) -> list[str]:
    """A line for every figure the rule's code can ask for, as in force under `law`."""
    from jamsostek.law.reading import figure_ids

    lines = []
    for id in figure_ids(found):
        try:
            lines.append(figure_line(id, law.in_force(id)))
        except InputError as error:
            lines.append(f"{id}: {error}")
    return lines


def _show_figure(parameter: Parameter) -> None:
    """Every row of one figure through time."""
    unsettled = _("tafsir nomor {number}").format(number=parameter.interpretation) if parameter.interpretation else ""
    heading = " · ".join(text for text in (parameter.id, unsettled) if text)
    console().print(f"[bold]{escape(parameter.title[language()])}[/] · {heading}", highlight=False)
    table = Table()
    for title in (
        _("Sejak"), _("Sampai"), _("Nilai"), _("Diundangkan"), _("Dasar"), _("Bukti"), _("Tafsir"), _("Sumber"),
    ):  # fmt: skip
        table.add_column(title, overflow="fold")
    for row in parameter.rows:
        cells = (
            str(row.start or "…"),
            f"{row.end or '…'} {_('(sementara)') if row.temporary else ''}".strip(),
            _cell(parameter, row.value),
            str(row.published or ""),
            citation(f"{row.regulation} {row.article}"),
            _(GRADES[row.grade]),
            ", ".join(f"{k}={v}" for k, v in row.reading.items()),
            "\n".join(row.source),
        )
        table.add_row(*map(escape, cells))
    console().print(table)


@group.command("explain", help="Hitung satu orang dan jelaskan setiap rupiahnya.")
def explain_rule(
    rule: str,
    input: Annotated[list[str] | None, typer.Option("--input", "-i", help="NAMA=NILAI (boleh berulang).")] = None,
    month: Month = None,
    date: Date = None,
    reading: Reading = None,
    known_on: Known = None,
    law: Reform = None,
    format: Annotated[str, typer.Option(help="text, json, markdown, html.")] = "text",
) -> None:
    """One person, every step."""
    found = get_rule(rule)
    if format not in _FORMATS:
        raise unknown_name(_("Bentuk"), format, _FORMATS)
    _refuse_other_moment(found, month, date)
    day, _number = moment(found, month, date)
    chosen, inputs = readings_of(reading), inputs_of(input)
    for name in inputs:
        found.input(name)
    in_force = law_on(day, known_on, chosen, tuple(law or ()))
    told = explain(rule, month=month, date=date, law=in_force, **inputs)
    if format == "json":
        print(json.dumps(told.as_dict(), ensure_ascii=False, indent=1))
        return
    print({"text": told.text, "markdown": told.markdown, "html": told.html}[format]())
    if format == "text" and (chosen or known_on or law):
        print("\n" + _("Beda dengan hukum yang biasa dipakai:"))
        print("\n".join(f"  {line}" for line in _effect(told, month, date, inputs)))


_FORMATS = ("text", "json", "markdown", "html")


def _effect(told: Explanation, month: str | None, date: str | None, inputs: Mapping[str, Any]) -> list[str]:
    """What the other reading, the earlier knowledge or the reform changes: each output before and after, money in rupiah."""
    try:
        usual = explain(told.rule.name, month=month, date=date, **inputs).outputs
    except NoLawError as error:
        return [str(error)]
    lines = []
    for output in told.rule.outputs:
        before, after = usual.get(output.name), told.outputs.get(output.name)
        if before != after:
            texts = [_("tidak ada") if value is None else output_text(output, value) for value in (before, after)]
            lines.append(f"{label(output.name)} ({output.name}): {' → '.join(texts)}{_difference(output, before, after)}")
    return lines or [_("tidak ada")]


def _difference(output: Output, before: Any, after: Any) -> str:
    """The difference of two amounts with its sign."""
    if output.kind != "rupiah" or before is None or after is None:
        return ""
    return f" ({'+' if after > before else '-'}{format_rupiah(abs(after - before))})"


@group.command("test", help="Jalankan berkas kasus; status 1 bila ada yang gagal, 2 bila berkas tidak terbaca.")
def test(files: list[Path], seed: Annotated[int, typer.Option(help="Urutan acak kumpulan.")] = 0) -> None:
    """Runs cases alone and in a batch."""
    from jamsostek.law.cases import CaseFileError, read_cases, run_cases

    cases = []
    try:
        for file in files:
            cases += read_cases(file)
    except CaseFileError as error:
        error_console().print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    outcome = run_cases(cases, seed)
    for found in outcome.differences:
        print(f"{found.case.where}: {found.case.name} ({found.how})")
        print(f"  {found.output}: {_('diharapkan')} {found.expected}, {_('didapat')} {found.got}")
        print("    " + found.steps.replace("\n", "\n    "))
    print(f"{outcome.passed} passed, {outcome.failed} failed")
    raise typer.Exit(1 if outcome.failed else 0)


@group.command("changes", help="Apa yang berubah di antara dua bulan, menurut pasal.")
def list_changes(
    first: Annotated[str, typer.Option("--from", help="Bulan pertama.")],
    last: Annotated[str, typer.Option("--to", help="Bulan terakhir.")],
    law: Reform = None,
) -> None:
    """Changes by day and article."""
    found = changes(parse_month(first), parse_month(last), load(*(law or ())))
    _print_changes(found, _("Perubahan hukum {first} sampai {last}").format(first=first, last=last))


@group.command("diff", help="Beda hukum dua bulan.")
def diff(one: str, other: str, law: Reform = None) -> None:
    """Figures that differ between two months."""
    found = differences(first_day(parse_month(one)), first_day(parse_month(other)), load(*(law or ())))
    _print_changes(found, _("Beda hukum {one} dan {other}").format(one=one, other=other), dated=False)


def _print_changes(found: list[Change], title: str, dated: bool = True) -> None:
    if not found:
        console().print(_("Tidak ada yang berubah."))
        return
    table = Table(title=title)
    for name in ([_("Hari")] if dated else []) + [_("Angka"), _("Sebelum"), _("Sesudah"), _("Dasar"), _("Bukti")]:
        table.add_column(name, overflow="fold")
    for change in found:
        parameter = change.parameter
        cells = [
            f"{parameter.title[language()]}\n{parameter.id}",
            _cell(parameter, change.before),
            _cell(parameter, change.after),
        ]
        row = [change.day.isoformat(), *cells] if dated else cells
        table.add_row(*map(escape, row), escape(citation(change.regulation)), _(GRADES[change.row.grade]) if change.row else "")
    console().print(table)


def _cell(parameter: Parameter, value: Any) -> str:
    """A figure's value, one line for each key or line of a table."""
    if value is None:
        return "-"
    return "\n".join(value_lines(parameter, value))
