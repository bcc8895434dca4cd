"""`jamsostek award score` and `verify`: the award scored again from a snapshot's file alone, without a database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from jamsostek.awards import outcome
from jamsostek.awards import snapshot as snapshots
from jamsostek.awards.choices import LEVELS
from jamsostek.awards.edition import Category, told
from jamsostek.awards.ranking import Asked, contests, ranking, unmarked
from jamsostek.awards.scoring import MILLION, SEED, SPREAD_PPM, said
from jamsostek.awards.snapshot import Break, Snapshot
from jamsostek.cli.screen import console, error_console
from jamsostek.cli.table_file import table_file
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_decimal, format_number
from jamsostek.core.text import _
from jamsostek.messages.tables.books import written_whole

TOLD = 20
"""Breaks and differences told one by one."""
FIGURES = ("first", "within", "survives", "low", "high")


def add(group: typer.Typer) -> None:
    """Adds the commands."""
    group.command("score", help="Hitung ulang nilai dari sebuah potret, tanpa basis data.")(score)
    group.command("verify", help="Periksa keutuhan potret, bukti, dan hasil; yang berubah disebut namanya.")(verify)


def score(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="Kode edisi.")],
    data: Annotated[Path, typer.Option("--data", metavar="SNAPSHOT", help="Berkas potret.")],
    category: Annotated[str, typer.Option("--category", metavar="NAME", help="Satu kategori saja.")] = "",
    level: Annotated[str, typer.Option("--level", metavar="LEVEL", help="Tingkat: province, nation.")] = "",
    area: Annotated[int | None, typer.Option("--area", min=0, help="Kode provinsi, nomor zona, atau 0.")] = None,
    screen: Annotated[bool, typer.Option("--screen", help="Semua yang terukur, tanpa nilai juri.")] = False,
    weights: Annotated[
        list[str] | None, typer.Option("--weights", metavar="CRITERION=PERCENT", help="Andaikan bobot lain; boleh berulang.")
    ] = None,
    draws: Annotated[int | None, typer.Option("--draws", min=0, help="Banyaknya undian bobot; 0 tanpa undian.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**63 - 1, help="Benih undian.")] = SEED,
    root: Annotated[str, typer.Option("--root", metavar="SHA256", help="Sidik potret yang diumumkan.")] = "",
    top: Annotated[int, typer.Option("--top", min=0, help="Baris yang ditampilkan per lomba; 0 semua.")] = 10,
    as_json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Tulis hasil baku (JSON).")] = None,
    as_csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Tulis tabel (CSV).")] = None,
) -> None:
    """Scores every contest of a snapshot, or those asked for; of a final snapshot the very bytes of the published results."""
    found = _opened(data, root)
    if edition != found.edition.code:
        raise InputError(
            _("Potret ini milik edisi {code}.").format(code=found.edition.code), field="edition", value=edition,
            remedy=_("Sebutkan edisi itu, atau pilih potret lain."),
        )  # fmt: skip
    level = level or found.level
    if level not in LEVELS:
        raise unknown_name(_("Tingkat"), level, LEVELS)
    asked = Asked(screen or found.kind != "final", _weights(weights or []), draws, seed, SPREAD_PPM)
    wanted = _wanted(found, category, level, area, asked)
    texts, rows = [], []
    for one, place in wanted:
        made = _scored(found, one, level, place, asked)
        text = outcome.canonical(made)
        texts.append(text)
        rows += _table_rows(made)
        _show(found, one, made, outcome.digest_of(text), top)
    if found.edition.invented:
        _say(told(found.edition.note), style="yellow")
    if as_json is not None:
        with written_whole(as_json) as (whole, _scratch):
            whole.write_bytes((texts[0] if len(texts) == 1 else "".join(f"{text}\n" for text in texts)).encode())
        _written(as_json)
    if as_csv is not None:
        _write_csv(as_csv, rows)


def verify(
    data: Annotated[Path, typer.Argument(metavar="SNAPSHOT", help="Berkas potret.")],
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", metavar="FOLDER", help="Folder berkas bukti, bernama kode atau sidiknya.", file_okay=False),
    ] = None,
    root: Annotated[str, typer.Option("--root", metavar="SHA256", help="Sidik potret yang diumumkan.")] = "",
    result: Annotated[
        Path | None,
        typer.Option("--result", metavar="FILE", help="Hasil yang dihitung ulang dari potret ini."),
    ] = None,
) -> None:
    """Names what is broken in a snapshot, its evidence or a result made of it; ends with status 1 where something is."""
    found = snapshots.verify(data, evidence, root=root)
    if found:
        _tell(found)
        raise typer.Exit(1)
    whole = snapshots.read(data)
    _say(_("Potret ini utuh."))
    for title, value in (
        (_("Edisi"), f"{whole.edition.code} · {_('versi {number}').format(number=whole.version)}"),
        (_("Tingkat"), _(LEVELS[whole.level])),
        (_("Sidik potret"), whole.root),
    ):
        _say(f"{title}: {value}")
    for name, count in whole.counts.items():
        _say(f"  {name}: {format_number(count)}")
    if result is not None:
        _verify_result(whole, result)


def _opened(path: Path, root: str) -> Snapshot:
    """A whole snapshot; raises `InputError` having told all that is broken."""
    found = snapshots.verify(path, root=root)
    if found:
        _tell(found)
        raise InputError(
            _("Potret ini tidak utuh: {what}").format(what=str(found[0])), field="data", value=len(found),
            remedy=_("Unduh ulang potretnya; selisihnya disebut di atas."),
        )  # fmt: skip
    return snapshots.read(path)


def _say(what: str | Table, style: str | None = None) -> None:
    console().print(what, style=style, markup=False, highlight=False)


def _tell(found: Sequence[Break]) -> None:
    for one in found[:TOLD]:
        error_console().print(str(one), markup=False, highlight=False, soft_wrap=True)
    if len(found) > TOLD:
        error_console().print(_("… dan {count} lagi").format(count=format_number(len(found) - TOLD)), markup=False)


def _wanted(found: Snapshot, category: str, level: str, area: int | None, asked: Asked) -> list[tuple[Category, int]]:
    if category:
        found.edition.category(category).stage(level)
    if asked.weights and not category:
        raise InputError(
            _("Bobot hanya dapat diandaikan untuk satu kategori."), field="weights", remedy=_("Tambahkan --category.")
        )  # fmt: skip
    listed = [
        (one, place) for one, place in contests(found, level, everyone=asked.screen)
        if (not category or one.key == category) and (area is None or place == area)
    ]  # fmt: skip
    if not listed:
        raise InputError(
            _("Tidak ada peserta di lomba ini."), field="category", value=category,
            remedy=_("Periksa kategori, tingkat, dan wilayahnya, atau pakai --screen."),
        )  # fmt: skip
    return listed


def _scored(found: Snapshot, category: Category, level: str, area: int, asked: Asked) -> dict[str, Any]:
    """What is published where nothing else is asked of a final snapshot that holds the marks; else a ranking, no result."""
    if asked == Asked() and level == found.level and not unmarked(found, category, level, area):
        return outcome.outcome(found, category.key, level, area)
    return ranking(found, category, level, area, asked)


def _weights(given: list[str]) -> dict[str, int]:
    made = {}
    for one in given:
        name, mark, percent = one.partition("=")
        try:
            ppm = round(float(percent.replace(",", ".")) * 10_000)
        except (ValueError, OverflowError):
            mark = ""
        if not mark or not name or not 0 <= ppm <= MILLION:
            raise InputError(
                _("{text!r} bukan UKURAN=PERSEN.").format(text=one), field="weights", value=one,
                remedy=_("Misalnya --weights coverage_bpu=30"),
            )  # fmt: skip
        if name in made:
            raise InputError(
                _("Bobot {name} disebut dua kali.").format(name=name), field="weights", value=one, remedy=_("Sebut sekali saja."),
            )  # fmt: skip
        made[name] = ppm
    return made


def _area_words(found: Snapshot, category: Category, level: str, area: int) -> str:
    kind = category.stage(level).area
    if kind == "province":
        return PROVINCES[area].name if area in PROVINCES else str(area)
    return list(found.edition.zones)[area - 1] if kind == "zone" else _("Seluruh Indonesia")


def _show(found: Snapshot, category: Category, made: Mapping[str, Any], digest: str, top: int) -> None:
    area = _area_words(found, category, made["level"], made["area"])
    shown = console()
    shown.print()
    _say(f"{category.name} · {_(LEVELS[made['level']])} · {area}", style="bold")
    if made.get("screen"):
        _say(_("Peringkat sementara, bukan hasil: hanya ukuran yang dihitung, tanpa nilai juri."), style="yellow")
    elif made.get("marks_missing"):
        _say(_("Nilai juri lomba ini tidak ada di potret ini: ini bukan hasil, hanya peringkat sementara."), style="yellow")
    if made.get("what_if"):
        _say(_("Andaian: bobot atau undiannya bukan yang dipakai hasil, jadi ini bukan hasil."))
    drawn = "draws" in made
    table = Table(box=None)
    table.add_column(_("Peringkat"), justify="right")
    table.add_column(_("Kode"))
    table.add_column(_("Nama"), overflow="fold")
    table.add_column(_("Skor"), justify="right")
    if drawn:
        table.add_column(_("5–95 % undian"), justify="right")
        table.add_column(_("Menang"), justify="right")
    table.add_column(_("Catatan"), overflow="fold")
    rows = made["rows"][: top or None]
    for row in rows:
        cells = [str(row["rank"]), row.get("entry") or row["code"], row["name"], format_decimal(row["score"] / 10_000, 4)]
        if drawn:
            cells += [f"{row['low']}–{row['high']}", f"{format_decimal(row['within'] / 10_000, 1)} %"]
        table.add_row(*cells, _note(found, made, row))
    _say(table)
    left = len(made["rows"]) - len(rows)
    if left:
        _say(_("… dan {count} lagi").format(count=format_number(left)))
    if drawn:
        words = _("{draws} undian bobot, benih {seed}; {bands} kelompok sebenarnya seri")
        _say(words.format(draws=format_number(made["draws"]), seed=made["seed"], bands=len(made["bands"])))
    _say(f"SHA-256 {digest}")


def _note(found: Snapshot, made: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    if row["why"]:
        return "; ".join(said(reason, dict(found.edition.criteria)) for reason in row["why"])
    words = []
    if row["honoured"]:
        words.append(
            _("Pemenang") if made["format"] == outcome.FORMAT else _("Masuk {count} besar").format(count=made["winners"])
        )
    if row["separated"]:
        title = told(found.edition.criteria[row["separated"]].title)
        words.append(_("nilai sama, ditentukan oleh {criterion}").format(criterion=title))
    return "; ".join(words)


def _table_rows(made: Mapping[str, Any]) -> list[list[Any]]:
    head = [made["category"], made["level"], made["area"]]
    return [
        [
            *head, row["rank"], row.get("entry") or row["code"], row["name"], row["score"], int(row["honoured"]),
            ";".join(row["why"]), row["separated"], *(row.get(name) for name in FIGURES),
            json.dumps(dict(zip(made["criteria"], row["parts"], strict=True))),
        ]
        for row in made["rows"]
    ]  # fmt: skip


def _write_csv(path: Path, rows: list[list[Any]]) -> None:
    if path.suffix.lower() != ".csv":
        raise InputError(
            _("{file} bukan berkas CSV.").format(file=path.name), field="csv", remedy=_("Akhiri namanya dengan .csv.")
        )
    columns = [
        "category", "level", "area", "rank", "code", "name", "score_ppm", "honoured", "why", "separated",
        *(f"{name}_ppm" if name not in ("low", "high") else f"rank_{name}" for name in FIGURES), "parts_ppm",
    ]  # fmt: skip
    with table_file(path, columns) as file:
        file.add(rows)
    _written(path)


def _written(path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    _say(_("Ditulis ke {file}.").format(file=path))
    _say(f"SHA-256 {digest}")


def _verify_result(whole: Snapshot, path: Path) -> None:
    """A result's text beside the same computed again; ends with status 1, naming where they differ."""
    if not path.is_file():
        raise InputError(_("Berkas {file} tidak ada.").format(file=path), field="result")
    content = path.read_bytes()
    try:
        kept = json.loads(content)
        category, level, area = str(kept["category"]), str(kept["level"]), int(kept["area"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            _("{file} bukan hasil sebuah lomba.").format(file=path.name),
            field="result",
            remedy=_("Unduh hasilnya dari halaman lomba."),
        ) from None
    again = outcome.canonical(outcome.outcome(whole, category, level, area))
    if unmarked(whole, whole.edition.category(category), level, area):
        _say(_("Nilai juri lomba ini tidak ada di potret ini: yang dihitung darinya bukan hasil."), style="yellow")
    if again.encode() == content:
        _say(_("Hasil ini sama persis dengan yang dihitung dari potret."))
        _say(f"SHA-256 {outcome.digest_of(again)}")
        return
    found = list(_differences(json.loads(again), kept))
    for place, ours, theirs in found[:TOLD]:
        words = _("{place}: di berkas {theirs}, dihitung {ours}")
        error_console().print(words.format(place=place, theirs=theirs, ours=ours), markup=False, highlight=False, soft_wrap=True)
    if not found:
        error_console().print(_("Isinya sama, penulisannya tidak baku."), markup=False)
    raise typer.Exit(1)


def _differences(ours: Any, theirs: Any, place: str = "") -> list[tuple[str, str, str]]:
    """Where two results differ, place by place; rows are named by their entry."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        names = sorted(ours.keys() | theirs.keys())
        return [
            one for name in names
            for one in _differences(ours.get(name), theirs.get(name), f"{place} / {name}" if place else name)
        ]  # fmt: skip
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [
            one for at, pair in enumerate(zip(ours, theirs, strict=True))
            for one in _differences(*pair, f"{place} / {_called(pair[0], at)}")
        ]  # fmt: skip
    return [] if ours == theirs and type(ours) is type(theirs) else [(place, _short(ours), _short(theirs))]


def _called(row: Any, at: int) -> str:
    return str(row.get("name") or row.get("entry") or at + 1) if isinstance(row, dict) else str(at + 1)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
