"""A question to the cube as a form whose address says it all, and the same question in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jamsostek.core.errors import InputError, nearest
from jamsostek.core.months import FIRST_MONTH, format_month, parse_month, span
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _
from jamsostek.coverage.cube import Question, Snapshot
from jamsostek.portal.coverage import dimensions
from jamsostek.portal.screens import Form
from jamsostek.portal.screens.places import find_regencies
from jamsostek.portal.screens.words import date, inside
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.queries import counts

FILTERS = {
    "provinsi": "province", "kabupaten": "regency", "desa": "village", "segmen": "segment", "program": "programme",
    "kelamin": "sex", "umur": "age", "disabilitas": "disability", "pekerjaan": "occupation", "pembayar": "payer",
}  # fmt: skip
"""Fields that keep some people only, and their dimensions."""
FIELDS = {
    "months": "dari", "measures": "ukuran", "by": "menurut", "basis": "dasar", **{name: field for field, name in FILTERS.items()}
}  # fmt: skip
"""Where an error of the cube belongs."""
_PLACES = ("kabupaten", "desa")


class Names(forms.MultipleChoiceField):
    """Boxes to tick. What is no choice is refused by the cube, which says what was meant."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """Only whether something is there."""
        forms.Field.validate(self, value)


class Name(forms.ChoiceField):
    """One of a few, refused as in `Names`."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        """Only whether something is there."""
        forms.Field.validate(self, value)


class QuestionForm(Form):
    """Months, what is counted, by what, of whom, and where people count."""

    needed = ("sampai", "dasar")
    dari = Name(label=N_("Bulan"), widget=forms.Select)
    sampai = Name(label=N_("Sampai bulan"), widget=forms.Select, required=False)
    ukuran = Names(label=N_("Yang dihitung"))
    menurut = Names(label=N_("Dirinci menurut"), required=False)
    dasar = Name(label=N_("Orang dihitung di"), required=False)
    provinsi = Names(label=N_("Hanya provinsi"), required=False)
    kabupaten = forms.CharField(
        label=N_("Hanya kabupaten atau kota"), help_text=N_("Nama, dipisah koma: Kota Bogor, Kabupaten Bekasi."), required=False,
        max_length=500,
    )  # fmt: skip
    desa = forms.CharField(
        label=N_("Hanya desa atau kelurahan"), help_text=N_("Nama, dipisah koma, di kabupaten atau kota di atas."),
        required=False, max_length=500,
    )  # fmt: skip
    segmen = Names(label=N_("Hanya cara terlindungi"), required=False)
    program = Names(label=N_("Hanya program"), required=False)
    kelamin = Names(label=N_("Hanya jenis kelamin"), required=False)
    umur = Names(label=N_("Hanya umur"), required=False)
    disabilitas = Names(label=N_("Hanya disabilitas"), required=False)
    pekerjaan = Names(label=N_("Hanya pekerjaan"), required=False)
    pembayar = Names(label=N_("Hanya pembayar"), required=False)
    tepat = forms.BooleanField(
        label=N_("Angka tepat"), help_text=N_("Tidak dibulatkan. Dicatat di jejak siapa yang melihatnya."), required=False
    )

    def __init__(self, *args: Any, snapshot: Snapshot, exact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.snapshot = snapshot
        months = _months(max(snapshot.first_month, FIRST_MONTH), snapshot.last_month)
        told: dict[str, list[Any]] = {
            "dari": months, "sampai": [("", _("Bulan itu saja")), *months],
            "ukuran": [(name, _(title)) for name, (title, _about) in dimensions.MEASURES.items()],
            "menurut": [(name, _(title)) for name, title in dimensions.DIMENSIONS.items()],
            "dasar": [(name, _(title)) for name, title in dimensions.BASES.items()],
            "provinsi": [(str(code), one.name) for code, one in PROVINCES.items()],
        }  # fmt: skip
        told |= {name: dimensions.values(dimension) for name, dimension in FILTERS.items() if dimension in dimensions.LISTED}
        for name, choices in told.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        hints = {name: _(about) for name, (_title, about) in dimensions.MEASURES.items()}
        self.fields["ukuran"].option_hints = hints  # type: ignore[attr-defined]
        if not exact:
            del self.fields["tepat"]
        self.question: Question | None = None

    def clean(self) -> dict[str, Any]:
        """Makes the question, or says at each field what is wrong with it."""
        told = super().clean() or {}
        if not self.errors:
            try:
                self.question = _question(told, self.snapshot).checked()
            except InputError as error:
                error.field = FIELDS.get(error.field or "", error.field)
                self.refuse(error)
        return told


def _months(first: int, last: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Months under their years, the newest first."""
    years: dict[int, list[tuple[str, str]]] = {}
    for month in reversed(span(first, last)):
        years.setdefault(month // 100, []).append((format_month(month), month_words(month)))
    return [(str(year), months) for year, months in years.items()]


def _question(told: Mapping[str, Any], snapshot: Snapshot) -> Question:
    first = _month(told["dari"], "dari", snapshot)
    last = _month(told["sampai"], "sampai", snapshot) if told["sampai"] else first
    if last < first:
        raise InputError(_("Bulan ini sebelum bulan pertama."), field="sampai")
    where: dict[str, tuple[int | str, ...]] = {
        dimension: tuple(told[name]) for name, dimension in FILTERS.items() if name not in _PLACES and told[name]
    }
    if "province" in where:
        where["province"] = tuple(_province(code) for code in where["province"])
    regencies = _regencies(told["kabupaten"])
    if regencies:
        where["regency"] = regencies
    if told["desa"].strip():
        where["village"] = _villages(told["desa"], regencies)
    return Question(tuple(span(first, last)), tuple(told["ukuran"]), tuple(told["menurut"]), where, told["dasar"] or "domicile")


def _month(text: str, field: str, snapshot: Snapshot) -> int:
    try:
        month = parse_month(text)
    except InputError as error:
        error.field = field
        raise
    if not snapshot.first_month <= month <= snapshot.last_month:
        words = _("Potret {day} memuat {first} sampai {last}.").format(
            day=date(snapshot.as_of), first=month_words(snapshot.first_month), last=month_words(snapshot.last_month)
        )
        raise InputError(words, field=field, value=month)
    return month


def _province(code: int | str) -> int:
    text = str(code)
    if text.isascii() and text.isdecimal() and int(text) in PROVINCES:
        return int(text)
    raise InputError(_("Provinsi {name!r} tidak dikenal.").format(name=text), field="provinsi", value=text)


def _listed(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]


def _regencies(text: str) -> tuple[int, ...]:
    """Regencies and cities by their names or codes."""
    return tuple(_regency(one) for one in _listed(text))


def _regency(text: str) -> int:
    found = find_regencies(text)
    exact = [one for one in found if text.casefold() in (one.name.casefold(), str(one.code))] or found
    if len(exact) == 1:
        return exact[0].code
    own = [one for one in exact if re.sub(r"^(kabupaten|kota)( administrasi)? ", "", one.name.casefold()) == text.casefold()]
    if len(own) == 1:
        return own[0].code
    offered = [one.name for one in own or exact][:3] or [nearest(text, [one.name for one in REGENCIES.values()]) or ""]
    meant = _("Maksud Anda {name}?").format(name=_(" atau ").join(offered)) if offered[0] else None
    raise InputError(
        _("Kabupaten atau kota {name!r} belum jelas.").format(name=text), field="kabupaten", value=text, remedy=meant
    )


def _villages(text: str, regencies: Iterable[int]) -> tuple[int, ...]:
    """Villages of the regencies by their names, all of a name, or codes."""
    known = {code: name for regency in regencies for code, name in counts.villages(regency).items()}
    if not known:
        raise InputError(_("Sebut dulu kabupaten atau kotanya."), field="desa", value=text)
    found: list[int] = []
    for one in _listed(text):
        codes = [code for code, name in known.items() if one.casefold() in (name.casefold(), str(code))]
        if not codes:
            close = nearest(one, known.values())
            raise InputError(
                _("Desa atau kelurahan {name!r} tidak ada di sana.").format(name=one), field="desa", value=one,
                remedy=_("Maksud Anda {name}?").format(name=close) if close else None,
            )  # fmt: skip
        found += codes
    return tuple(found)


def in_words(question: Question) -> str:
    """`Aktif, Juni 2026, menurut provinsi; hanya segmen: Penerima upah; dihitung di tempat tinggal.`"""
    first, last = question.months[0], question.months[-1]
    when = (
        month_words(first)
        if first == last
        else _("{first} sampai {last}").format(first=month_words(first), last=month_words(last))
    )
    parts = [_listing(dimensions.MEASURES[name][0] for name in question.measures), when]
    if question.by:
        parts.append(
            _("menurut {names}").format(names=_listing((dimensions.DIMENSIONS[name] for name in question.by), lower=True))
        )
    told = [", ".join(parts)]
    villages = counts.places(question.where["village"]) if "village" in question.where else {}  # type: ignore[arg-type]
    for name, values in question.where.items():
        say = dimensions.words_of(name, villages)
        told.append(f"{_('hanya')} {inside(_(dimensions.DIMENSIONS[name]))}: {', '.join(say(one) for one in values)}")
    told.append(_("dihitung di {place}").format(place=inside(_(dimensions.BASES[question.basis]))))
    return "; ".join(told) + "."


def _listing(titles: Iterable[str], *, lower: bool = False) -> str:
    said = [_(title) for title in titles]
    said = [inside(one) for one in said] if lower else [said[0], *(inside(one) for one in said[1:])]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {_('dan')} {said[-1]}"


def question_of(request: Any, snapshot: Snapshot, *, exact: bool) -> tuple[QuestionForm, Question | None]:
    """The form of an address, filled where it asks anything, and its question where that can be asked."""
    asked = any(name in request.GET for name in QuestionForm.base_fields)
    told = request.GET.copy()
    told.setdefault("dasar", "domicile")
    form = QuestionForm(
        told if asked else None, snapshot=snapshot, exact=exact,
        initial={"dari": format_month(snapshot.last_month), "ukuran": ["active"], "menurut": ["province"], "dasar": "domicile"},
    )  # fmt: skip
    return form, form.question if asked and form.is_valid() else None
