"""A reform as a saved file: a law overlay (`parameters`, as everywhere) with a section `simulation` that says whom to count,
when, who is paid for, and what is assumed. The law reads its part and leaves the other alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from jamsostek import law
from jamsostek.core.errors import InputError, nearest
from jamsostek.core.months import parse_month
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import _
from jamsostek.coverage.laboratory.assumptions import SHARES, shipped
from jamsostek.law import Law, law_at
from jamsostek.law.loading import plain, read_yaml
from jamsostek.law.segments.contribution import SECTORS
from jamsostek.synth.assumptions import SEXES

BUDGETS = ("apbn", "apbd", "village")
"""Who may pay for a worker: the state, the region, the village (the law's own names of payers)."""
MAX_YEARS, MAX_PEOPLE, PERMILLE = 10, 154_000_000, 1_000
_LINE = "__line__"
_KEYS = {"title", "about", "month", "years", "people", "laws", "subsidies", "assumptions"}
_RULE_KEYS = {"title", "payer", "sectors", "deciles", "provinces", "sexes", "share_permille", "take_up_permille"}


@dataclass(frozen=True)
class Subsidy:
    """Who among BPU is paid for by which budget. Empty sets mean everybody.

    `share_permille` of those who pay for themselves are taken over; of the informal workers outside, `take_up_permille` join.
    """

    title: Mapping[str, str]
    payer: str
    sectors: tuple[str, ...]
    deciles: tuple[int, ...]
    provinces: tuple[int, ...]
    sexes: tuple[str, ...]
    share_permille: int
    take_up_permille: int


@dataclass(frozen=True)
class Reform:
    """A reform read and checked. `laws` are the overlay files in order; `digest` is of everything that decides the result."""

    path: Path
    title: Mapping[str, str]
    about: Mapping[str, str]
    month: int
    years: int
    workers: int
    seed: int
    laws: tuple[Path, ...]
    subsidies: tuple[Subsidy, ...]
    assumptions: Mapping[str, Any]
    digest: str

    @property
    def name(self) -> str:
        """The file's name without its ending: how the reform is called in results."""
        return self.path.stem

    def law(self, month: int) -> Law:
        """The law of a month under the reform."""
        return law_at(month, reforms=self.laws)


def read_reform(path: Path) -> Reform:
    """Reads a reform file. Raises InputError (or the law's ParameterError) naming file, line, field, value and the way out."""
    try:
        content = read_yaml(path)
    except OSError as error:
        raise InputError(
            _("{path} tidak dapat dibaca: {reason}.").format(path=path, reason=error.strerror), field="reform", value=str(path)
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("simulation"), dict):
        raise InputError(
            _("{path} bukan berkas reformasi: bagian `simulation` tidak ada.").format(path=path),
            field="simulation",
            remedy=_("Mulai dari salah satu contoh: jamsostek simulate --examples."),
        )
    return _Reader(path).reform(content)


class _Reader:
    """Reads one file; every refusal names it and the line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def reform(self, content: dict[str, Any]) -> Reform:
        told = content["simulation"]
        self._known(told, _KEYS)
        people = self._mapping(told, "people", {"workers", "seed"})
        laws = (self.path.resolve(), *(self._other(told, name) for name in self._list(told, "laws")))
        law.load(*laws)  # refuses what is no law, by file and line
        return Reform(
            path=self.path,
            title=self._texts(told, "title", needed=True),
            about=self._texts(told, "about", needed=False),
            month=self._month(told),
            years=self._whole(told, "years", 1, MAX_YEARS, 1),
            workers=self._whole(people, "workers", 1, MAX_PEOPLE, 1_000_000),
            seed=self._whole(people, "seed", 0, 2**63 - 1, 1),
            laws=laws,
            subsidies=tuple(self._subsidy(one) for one in self._list(told, "subsidies")),
            assumptions=self._assumptions(told),
            digest=digest([plain(content), *(plain(read_yaml(one)) for one in laws[1:])]),
        )

    def _wrong(self, at: Mapping[str, Any], field: str, message: str, value: Any = None, remedy: str | None = None) -> NoReturn:
        where = f"{self.path}:{at.get(_LINE, 1)}"
        raise InputError(f"{where}: {field}: {message}", field=field, value=value, remedy=remedy)

    def _known(self, at: Mapping[str, Any], known: set[str]) -> None:
        for key in at:
            if key != _LINE and key not in known:
                close = nearest(str(key), sorted(known))
                remedy = _("Maksud Anda {name}?").format(name=close) if close else _names(sorted(known))
                self._wrong(at, str(key), _("tidak dikenal."), key, remedy)

    def _mapping(self, at: Mapping[str, Any], key: str, known: set[str]) -> Mapping[str, Any]:
        found = at.get(key) or {_LINE: at.get(_LINE, 1)}
        if not isinstance(found, dict):
            self._wrong(at, key, _("{value!r} bukan isian bernama.").format(value=found), found, _names(sorted(known)))
        self._known(found, known)
        return found

    def _list(self, at: Mapping[str, Any], key: str) -> list[Any]:
        found = at.get(key) or []
        if not isinstance(found, list):
            self._wrong(
                at, key, _("{value!r} bukan daftar.").format(value=plain(found)), found, _("Awali tiap butir dengan `- `.")
            )
        return found

    def _texts(self, at: Mapping[str, Any], key: str, needed: bool) -> Mapping[str, str]:
        found = plain(at.get(key))
        if found is None and not needed:
            return {"id": "", "en": ""}
        if not isinstance(found, dict) or set(found) != {"id", "en"} or not all(isinstance(v, str) and v for v in found.values()):
            self._wrong(at, key, _("perlu dua bahasa."), found, 'Contoh: title: {id: "…", en: "…"}.')
        return found

    def _month(self, at: Mapping[str, Any]) -> int:
        value = at.get("month")
        try:
            return parse_month(str(value))
        except InputError as error:
            self._wrong(at, "month", str(error.message), value, _("Contoh: month: 2026-07."))

    def _whole(self, at: Mapping[str, Any], key: str, least: int, most: int, default: int | None) -> int:
        value = at.get(key, default)
        if type(value) is not int or not least <= value <= most:
            message = _("{value!r} di luar {least} sampai {most}.") if value is not None else _("belum diisi.")
            self._wrong(
                at, key, message.format(value=value, least=least, most=most), value,
                _("Isi bilangan bulat {least} sampai {most}.").format(least=least, most=most),
            )  # fmt: skip
        return value

    def _other(self, at: Mapping[str, Any], name: Any) -> Path:
        path = self.path.resolve().parent / str(name)
        if path.name != str(name) or not path.is_file():  # beside it: a folder of saved results holds them all
            self._wrong(
                at, "laws", _("{name!r} tidak ada.").format(name=name), name, _("Tulis nama berkas di sebelah berkas ini.")
            )
        return path

    def _subsidy(self, at: Any) -> Subsidy:
        if not isinstance(at, dict):
            self._wrong({}, "subsidies", _("{value!r} bukan isian bernama.").format(value=at), at, _names(sorted(_RULE_KEYS)))
        self._known(at, _RULE_KEYS)
        if at.get("payer") not in BUDGETS:
            self._wrong(
                at, "payer", _("{value!r} tidak dikenal.").format(value=at.get("payer")), at.get("payer"), _names(BUDGETS)
            )
        return Subsidy(
            title=self._texts(at, "title", needed=True),
            payer=at["payer"],
            sectors=self._some(at, "sectors", SECTORS),
            deciles=self._some(at, "deciles", tuple(range(1, 11))),
            provinces=self._some(at, "provinces", tuple(PROVINCES)),
            sexes=self._some(at, "sexes", SEXES),
            share_permille=self._whole(at, "share_permille", 0, PERMILLE, None),
            take_up_permille=self._whole(at, "take_up_permille", 0, PERMILLE, None),
        )

    def _some(self, at: Mapping[str, Any], key: str, known: tuple[Any, ...]) -> tuple[Any, ...]:
        found = self._list(at, key)
        for value in found:
            if isinstance(value, bool) or value not in known:
                self._wrong(at, key, _("{value!r} tidak dikenal.").format(value=plain(value)), value, _names(known))
        return tuple(sorted(set(found), key=known.index))

    def _assumptions(self, told: Mapping[str, Any]) -> dict[str, Any]:
        known = shipped(self._month(told))
        at = self._mapping(told, "assumptions", set(known))
        found = {}
        for id, value in at.items():
            if id != _LINE:
                given = value if isinstance(value, list) else [value]
                if isinstance(value, list) != isinstance(known[id].value, list) or len(given) != len(_listed(known[id].value)):
                    example = json.dumps(known[id].value)
                    self._wrong(
                        at,
                        id,
                        _("{value!r} bukan bentuknya.").format(value=plain(value)),
                        value,
                        _("Contoh: {one}.").format(one=example),
                    )
                for one in given:
                    self._whole({_LINE: at.get(_LINE, 1), id: one}, id, known[id].least, known[id].most, None)
                if id == SHARES and sum(given) != PERMILLE:
                    self._wrong(at, id, _("jumlahnya {sum}.").format(sum=sum(given)), value, _("Jumlahnya harus 1000."))
                found[id] = value
        return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(known: Any) -> str:
    return _("Pilihan: {names}.").format(names=", ".join(map(str, known)))


def digest(content: Any) -> str:
    """SHA-256 of plain data, whatever the order of its keys or the file's layout."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
