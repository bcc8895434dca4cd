"""A result in words and in files: result.json (everything) and effects.csv (one figure a line, beside the law as it stands)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jamsostek.batch.summary import whole
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_decimal, format_number, format_rupiah
from jamsostek.core.text import N_, _, speaking
from jamsostek.coverage.laboratory.cells import DIMENSIONS
from jamsostek.coverage.laboratory.effects import CONTRIBUTIONS, FAMILIES, FUNDS, MICRO, OUTFLOW, PERSONS
from jamsostek.coverage.laboratory.reform import Reform
from jamsostek.coverage.laboratory.simulation import BASELINE, Result

WORDS = {
    "members": N_("Banyaknya peserta"), "joined": N_("Ikut karena reformasi (pengandaian)"),
    "outside": N_("Pekerja informal di luar jaminan"), "paid_for": N_("Iurannya dibayar anggaran atau donatur"),
    "by_employer": N_("Dibayar pemberi kerja"), "by_worker": N_("Dipotong dari upah"), "by_self": N_("Dibayar pekerja sendiri"),
    "by_apbn": N_("Dibayar APBN"), "by_apbd": N_("Dibayar APBD"), "by_village": N_("Dibayar dana desa"),
    "by_donor": N_("Dibayar donatur"), "state_jkp": N_("Iuran JKP dari negara"),
    "fund_jkk": N_("Masuk dana JKK"), "fund_jkm": N_("Masuk dana JKM"), "fund_jht": N_("Masuk dana JHT"),
    "fund_jp": N_("Masuk dana JP"), "fund_jkp": N_("Masuk dana JKP"), "fund_pmi": N_("Paket pekerja migran"),
    "fund_other": N_("Masuk dana lain"),
    "benefit_jkk": N_("Santunan JKK diperkirakan"), "benefit_jkm": N_("Santunan JKM diperkirakan"),
    "struck": N_("Keluarga yang pencari nafkahnya meninggal atau celaka"),
    "falling_bare": N_("Jatuh miskin seandainya tanpa santunan"), "falling": N_("Jatuh miskin dengan santunan"),
    "falling_outside": N_("Di antaranya di luar jaminan"),
    "months_bare": N_("Bulan miskin seandainya tanpa santunan"), "months": N_("Bulan miskin dengan santunan"),
}  # fmt: skip
UNITS = {**dict.fromkeys(PERSONS, "people"), **dict.fromkeys(FAMILIES, "families")}
"""Everything else is in rupiah."""
GROUPS = {
    "people": (N_("Cakupan"), PERSONS), "contributions": (N_("Iuran menurut pembayar"), (*CONTRIBUTIONS, "state_jkp")),
    "funds": (N_("Dana"), (*FUNDS, *OUTFLOW)), "families": (N_("Keluarga"), FAMILIES),
}  # fmt: skip
DIMENSION_WORDS = {
    "province": N_("Provinsi"), "sex": N_("Jenis kelamin"), "decile": N_("Persepuluhan penghasilan"), "segment": N_("Segmen"),
}  # fmt: skip
GROUP_WORDS = {
    "male": N_("Laki-laki"), "female": N_("Perempuan"), "pu": N_("Penerima upah"), "non_asn": N_("Non-ASN"),
    "bpu": N_("Bukan penerima upah"), "construction": N_("Konstruksi"), "migrant": N_("Pekerja migran"),
}  # fmt: skip
GRADE_WORDS = {
    "secondary": N_("terbaca di media"), "derived": N_("diturunkan"), "assumed": N_("diandaikan, perlu diganti"),
    "reform": N_("dari berkas reformasi"),
}  # fmt: skip
_COLUMNS = ("scenario", "dimension", "group", "group_name", "measure", "unit", "value", "standing", "difference")


def amount(measure: str, value: int) -> str:
    """A value as a person reads it: whole people and rupiah, families with one digit behind the comma."""
    kind = UNITS.get(measure, "rupiah")
    if kind == "families":
        return format_decimal(value / MICRO)
    return format_number(value) if kind == "people" else format_rupiah(value)


def group_words(dimension: str, group: str) -> str:
    """A group in the reader's words."""
    if dimension == "province":
        return PROVINCES[int(group)].name
    if dimension == "decile":
        return _("tidak diketahui") if str(group) == "0" else _("ke-{number}").format(number=group)
    return _(GROUP_WORDS[str(group)])


def lines(plain: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The lines of effects.csv from a result as plain data: every scenario, group and measure."""
    standing = plain["scenarios"][0]
    for one in plain["scenarios"]:
        for dimension in ("total", *DIMENSIONS):
            groups = {"": one["total"]} if dimension == "total" else one[dimension]
            for group, measures in groups.items():
                beside = standing["total"] if dimension == "total" else standing[dimension][group]
                name = group_words(dimension, group) if group else ""
                for measure, value in measures.items():
                    unit, was = UNITS.get(measure, "rupiah"), beside[measure]
                    yield (
                        one["name"], dimension, group, name, measure, unit, _number(unit, value), _number(unit, was),
                        _number(unit, value - was),
                    )  # fmt: skip


def _number(unit: str, value: int) -> int | str:
    """Families with six digits behind the point, exact; the rest whole."""
    if unit != "families":
        return value
    sign, rest = "-" if value < 0 else "", abs(value)
    return f"{sign}{rest // MICRO}.{rest % MICRO:06d}"


def csv_text(plain: Mapping[str, Any]) -> str:
    """effects.csv."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(lines(plain))
    return file.getvalue()


def json_text(plain: Mapping[str, Any]) -> str:
    """result.json."""
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def write(result: Result, reforms: tuple[Reform, ...], out: Path) -> list[Path]:
    """Writes result.json and effects.csv, and the reform files with the law files they name, so that the folder is run again as
    it is; each whole or not at all.

    Groups are named in Indonesian whatever language is spoken: the same reforms, people and version give the same bytes.
    Raises InputError where two law files of one name differ.
    """
    out.mkdir(parents=True, exist_ok=True)
    plain = result.plain()
    with speaking("id"):
        files = {"result.json": json_text(plain).encode(), "effects.csv": csv_text(plain).encode()}
    for one in reforms:
        for path in (one.path, *one.laws[1:]):
            content = path.read_bytes()
            if files.setdefault(path.name, content) != content:
                raise InputError(
                    _("Dua berkas bernama {name}.").format(name=path.name), field="out", value=path.name,
                    remedy=_("Beri nama lain pada salah satunya."),
                )  # fmt: skip
    for name, content in files.items():
        whole(out / name, lambda path, content=content: path.write_bytes(content))  # type: ignore[misc]
    return [out / name for name in files]


__all__ = ["BASELINE", "WORDS", "amount", "csv_text", "group_words", "json_text", "lines", "write"]
