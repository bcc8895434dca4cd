"""`jamsostek law`: list, show, explain, test, changes, diff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.table import Table

from jamsostek.cli.screen import console, error_console
from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day, parse_month
from jamsostek.core.text import _, language
from jamsostek.law import RULES, Law, Rule, explain, get_rule, law_on, load
from jamsostek.law.changes import Change, changes, differences
from jamsostek.law.engine import Choice, Choices, Records, moment
from jamsostek.law.explanation import figure_line, in_unit

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
        try:
            value = yaml.safe_load(text)
        except yaml.YAMLError:
            value = text
        found[name.strip()] = text.strip() if isinstance(value, (float, str)) or name.strip() == "nik" else value
    return found


@group.command("list", help="Semua aturan menurut nama.")
def list_rules() -> None:
    """All rules by name."""
    table = Table()
    for title in (_("Aturan"), _("Judul"), _("Menurut"), _("Sumber")):
        table.add_column(title)
    for rule in sorted(RULES.values(), key=lambda r: r.name):
        table.add_row(rule.name, _(rule.title), _("bulan") if rule.when == "month" else _("tanggal"), rule.source)
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
        _show_figure(rule, parameters)
        return
    found = get_rule(rule)
    day, _number = moment(found, month, date)
    in_force = law_on(day, known_on, readings_of(reading), tuple(law or ()))
    out = console()
    out.print(f"[bold]{_(found.title)}[/] · {found.name} · {found.source}", soft_wrap=True)
    out.print(_doc(found), markup=False, style="dim")
    table = Table(title=_("Isian"))
    for title in (_("Nama"), _("Jenis"), _("Wajib"), _("Bawaan"), _("Pilihan")):
        table.add_column(title)
    for item in found.inputs:
        options = (
            ", ".join(item.options)
            if isinstance(item, (Choice, Choices))
            else ", ".join(f.name for f in item.fields)
            if isinstance(item, Records)
            else ""
        )
        one_of = any(item.name in names for names in found.one_of)
        needed = _("salah satu") if one_of else _("ya") if item.required else _("tidak")
        table.add_row(item.name, type(item).__name__, needed, "" if item.default is None else str(item.default), options[:200])
    out.print(table)
    out.print(_("Hasil: {names}").format(names=", ".join(o.name for o in found.outputs)), markup=False)
    out.print(_("Angka hukum pada {day}:").format(day=day.isoformat()), style="bold")
    for line in figures_of(found, in_force):
        out.print("  " + line, markup=False, soft_wrap=True, highlight=False)
    out.print(_("Sidik hukum: {digest}").format(digest=in_force.digest[:16]), style="dim")


def _doc(found: Rule) -> str:
    return " ".join((found.compute.__doc__ or "").split())


def figures_of(found: Rule, law: Law) -> list[str]:
    """A line for every figure the rule's folder of code names, as in force under `law`."""
    from jamsostek.law.reading import figure_ids

    lines = []
    for id in figure_ids(found):
        try:
            lines.append(figure_line(id, law.in_force(id)))
        except InputError as error:
            lines.append(f"{id}: {error}")
    return lines


def _show_figure(id: str, parameters: Any) -> None:
    parameter = parameters.by_id[id]
    console().print(f"[bold]{parameter.title[language()]}[/] · {id} · {parameter.unit}")
    table = Table()
    for title in (_("Sejak"), _("Sampai"), _("Nilai"), _("Dasar"), _("Bukti"), _("Tafsir"), _("Sumber")):
        table.add_column(title, overflow="fold")
    for row in parameter.rows:
        value = row.value if not isinstance(row.value, int) else in_unit(parameter.unit, row.value)
        reading = ", ".join(f"{k}={v}" for k, v in row.reading.items())
        table.add_row(
            str(row.start or "…"),
            str(row.end or "…"),
            str(value),
            f"{row.regulation} {row.article}",
            row.grade,
            reading,
            "\n".join(row.source),
        )
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
    day, _number = moment(found, month, date)
    chosen = readings_of(reading)
    in_force = law_on(day, known_on, chosen, tuple(law or ()))
    inputs = inputs_of(input)
    told = explain(rule, month=month, date=date, law=in_force, **inputs)
    shown = {"text": told.text, "markdown": told.markdown, "html": told.html}
    if format == "json":
        print(json.dumps(told.as_dict(), ensure_ascii=False, indent=1))
        return
    if format not in shown:
        from jamsostek.core.errors import unknown_name

        raise unknown_name(_("Bentuk"), format, (*shown, "json"))
    print(shown[format]())
    if format == "text" and (chosen or known_on or law):
        _print_effect(told.outputs, explain(rule, month=month, date=date, **inputs).outputs)


def _print_effect(outputs: Mapping[str, Any], usual: Mapping[str, Any]) -> None:
    """What the other reading, the earlier knowledge or the reform changes, in rupiah."""
    print("\n" + _("Beda dengan hukum yang biasa dipakai:"))
    changed = False
    for name, value in outputs.items():
        if isinstance(value, int) and value != usual.get(name, 0):
            changed = True
            print(f"  {name}: {value - int(usual.get(name, 0)):+,}".replace(",", "."))
    if not changed:
        print("  " + _("tidak ada"))


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
        table.add_row(*row, change.regulation, change.row.grade if change.row else "")
    console().print(table)


def _cell(parameter: Any, value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, dict):
        return "\n".join(f"{k} {in_unit(parameter.unit, v)}" for k, v in value.items())
    if isinstance(value, list):
        return _("tabel {count} baris").format(count=len(value)) if parameter.unit == "table" else ", ".join(map(str, value))
    return in_unit(parameter.unit, value)
