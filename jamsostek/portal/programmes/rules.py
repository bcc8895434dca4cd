"""Priority rules: their versions, writing one, what it would change, adopting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach import occupations, priority
from jamsostek.outreach.actions import rules as actions
from jamsostek.outreach.models import Rule
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.effects import effect_of
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS, READERS, Section
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, paged, table, today
from jamsostek.portal.screens.words import date

SAMPLE = N_("Aturan ini contoh yang dikarang untuk peragaan; bukan aturan daerah mana pun.")
MOST_LINES = 500
FLAGS = {"true": N_("Ya"), "false": N_("Tidak")}
SEXES = {"f": N_("Perempuan"), "m": N_("Laki-laki")}


def value_words(field: str, value: str, names: Mapping[int, str] | None = None) -> str:
    """A value of a criterion, in words."""
    if value == "":
        return _("Tidak diketahui")
    if field in ("disability", "woman_head"):
        return _(FLAGS.get(value, value))
    if field == "sex":
        return _(SEXES.get(value, value))
    if field == "occupation":
        return _(occupations.BY_KEY[value].title) if value in occupations.BY_KEY else value
    if field == "village_code" and value.isdecimal():
        return frame.village_words(int(value), names or {})
    return value


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All versions, the newest first."""
    found = paged(request, queries.rules())
    columns = [
        Column(_("Aturan"), frame.rule_link),
        Column(_("Daerah"), lambda one: frame.region_words(one.region_code)),
        Column(_("Dasar hukum"), lambda one: one.regulation),
        Column(_("Diusulkan"), lambda one: date(one.proposed_on)),
        Column(_("Ditetapkan"), _adopted),
        Column(_("Sifat"), lambda one: Tag(_("Contoh"), "warn") if one.sample else _("Aturan daerah")),
    ]
    context = {
        "tabs": frame.tabs("rules"),
        "ways": [Link(_("Tulis aturan"), reverse("programmes:rule_write"))] if frame.regions() else [],
        "sections": [
            Section(
                text=_(
                    "Aturan menentukan siapa yang didahulukan. Perubahan selalu menjadi versi baru; versi lama tetap terbaca."
                ),
                table=table(_("Aturan prioritas"), columns, found.rows),
                empty=Empty(_("Belum ada aturan"), _("Tulis aturan pertama, lalu minta kepala daerah menetapkannya.")),
            )
        ],
        "paged": found,
    }
    return frame.screen(request, context, title=_("Aturan prioritas"), crumbs=frame.above())


def _adopted(rule: Rule) -> Tag | str:
    return date(rule.adopted_on) if rule.adopted_on else Tag(_("Belum"), "warn")


@door(*READERS)
@require_safe
def show(request: HttpRequest, rule_id: int) -> HttpResponseBase:
    """One version: its points, what it would change or changed, who adopted it."""
    rule = queries.rule(rule_id)
    names = frame.village_names(rule.region_code)
    facts = [
        Fact(_("Daerah"), frame.region_words(rule.region_code)),
        Fact(_("Dasar hukum"), rule.regulation),
        Fact(_("Diusulkan"), f"{date(rule.proposed_on)}, {name_of(rule.proposed_by)}"),
    ]
    if rule.adopted_on:
        facts.append(Fact(_("Ditetapkan"), f"{date(rule.adopted_on)}, {name_of(rule.adopted_by)}"))
    decides = frame.decides(rule.region_code) and not rule.adopted_on
    context = {
        "tag": Tag(_("Sudah ditetapkan"), "good") if rule.adopted_on else Tag(_("Menunggu ditetapkan"), "warn"),
        "sample": _(SAMPLE) if rule.sample else "",
        "ways": [Link(_("Tetapkan aturan"), reverse("programmes:rule_adopt", args=[rule.pk]))] if decides else [],
        "sections": [
            Section(facts=facts),
            _points(rule, names),
            *effect_sections(rule.effect if rule.adopted_on else effect_of(rule), names),
        ],
    }
    return frame.screen(request, context, title=frame.rule_words(rule), crumbs=_above())


def _above(*more: Link) -> list[Link]:
    return frame.above(Link(_("Aturan prioritas"), reverse("programmes:rules")), *more)


def _points(rule: Rule, names: Mapping[int, str]) -> Section:
    rows = []
    for one in rule.rule["criteria"]:
        field = _(priority.FIELDS[one["field"]])
        for value, points in (one["values"] or {}).items():
            rows.append((field, value_words(one["field"], value, names), format_number(points)))
        if one["values"] is None:
            words = _("Tiap satuan, paling banyak {most}").format(most=format_number(one["most"]))
            rows.append((field, words, format_number(one["each"])))
    columns = [
        Column(_("Ukuran"), lambda row: row[0]), Column(_("Pilihan"), lambda row: row[1]),
        Column(_("Nilai"), lambda row: row[2], number=True),
    ]  # fmt: skip
    text = _("Nilai dijumlahkan. Yang nilainya sama diurutkan dengan undian yang tetap sama setiap kali dihitung.")
    return Section(_("Nilai"), text, table=table(_("Nilai tiap ukuran"), columns, rows))


def effect_sections(effect: Mapping[str, Any], names: Mapping[int, str]) -> list[Section]:
    """What a rule changes in each programme: who stays, enters and leaves, in numbers."""
    found = effect.get("programmes", [])
    if not found:
        return [Section(_("Akibatnya"), _("Belum ada program yang calonnya dapat dibandingkan."))]
    return [one for change in found for one in _change(change, names)]


def _change(change: Mapping[str, Any], names: Mapping[int, str]) -> list[Section]:
    text = _("Dari {count} orang yang cukup dananya: {stay} tetap, {enter} masuk, {leave} keluar.").format(
        **{name: format_number(change[name]) for name in ("count", "stay", "enter", "leave")}
    )
    sections = [Section(_("Akibatnya pada {title}").format(title=change["title"]), text)]
    titles = {
        "village_code": _("Menurut desa"), "sex": _("Menurut jenis kelamin"), "disability": _("Menurut disabilitas"),
        "occupation": _("Menurut pekerjaan"),
    }  # fmt: skip
    for field, cells in change["by"].items():
        rows = [(value, *counts) for value, counts in cells.items() if any(counts)]
        columns = [
            Column(_(priority.FIELDS[field]), lambda row, field=field: value_words(field, row[0], names)),  # type: ignore[misc]
            frame.count_column(_("Tetap"), lambda row: row[1]),
            frame.count_column(_("Masuk"), lambda row: row[2]),
            frame.count_column(_("Keluar"), lambda row: row[3]),
        ]
        if rows:
            sections.append(Section(table=table(titles[field], columns, rows[:MOST_LINES])))
    return sections


# --- writing -----------------------------------------------------------------------------------------------------------------


def _whole(label: str, help_text: str = "") -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "w-4"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=priority.MOST_POINTS, required=False, widget=box
    )


class RuleForm(Form):
    """Points for each measure; an empty box gives none."""

    region_code = forms.TypedChoiceField(label=N_("Daerah"), coerce=int)
    name = forms.CharField(label=N_("Nama aturan"), max_length=120, help_text=N_("Nama yang sama menjadi versi berikutnya."))
    regulation = forms.CharField(
        label=N_("Dasar hukum"), max_length=200, help_text=N_("Misalnya nomor peraturan bupati yang menetapkannya.")
    )
    sample = forms.BooleanField(label=N_("Ini contoh yang dikarang, bukan aturan sungguhan"), required=False)
    decile_1 = _whole(N_("Desil 1"), N_("Nilai dari 0 sampai 1.000. Kosongkan ukuran yang tidak dipakai."))
    decile_2 = _whole(N_("Desil 2"))
    decile_3 = _whole(N_("Desil 3"))
    decile_4 = _whole(N_("Desil 4"))
    decile_5 = _whole(N_("Desil 5"))
    risk_1 = _whole(N_("Risiko pekerjaan sangat rendah"), N_("Kelas risiko JKK yang paling dekat dengan pekerjaannya."))
    risk_2 = _whole(N_("Risiko pekerjaan rendah"))
    risk_3 = _whole(N_("Risiko pekerjaan sedang"))
    risk_4 = _whole(N_("Risiko pekerjaan tinggi"))
    risk_5 = _whole(N_("Risiko pekerjaan sangat tinggi"))
    disability = _whole(N_("Penyandang disabilitas"))
    woman_head = _whole(N_("Perempuan kepala keluarga"))
    children_each = _whole(N_("Tiap anak bersekolah"))
    children_most = _whole(N_("Paling banyak bagi anak bersekolah"))
    female = _whole(N_("Perempuan"))
    male = _whole(N_("Laki-laki"))
    age_each = _whole(N_("Tiap tahun umur"))
    age_most = _whole(N_("Paling banyak bagi umur"))
    occupation = forms.CharField(
        label=N_("Pekerjaan"), required=False, max_length=2000, widget=forms.Textarea,
        help_text=N_("Satu baris satu pekerjaan, lalu nilainya, misalnya: Nelayan 20"),
    )  # fmt: skip
    village = forms.CharField(
        label=N_("Desa"), required=False, max_length=8000, widget=forms.Textarea,
        help_text=N_("Satu baris satu kode desa sepuluh angka, lalu nilainya, misalnya: 3515012001 10"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = [(one, frame.region_words(one)) for one in frame.regions()]  # type: ignore[attr-defined]

    def clean_occupation(self) -> dict[str, int]:
        """Keys with their points."""
        titles = {_(one.title).casefold(): key for key, one in occupations.BY_KEY.items()}
        told = {}
        for name, points in _lines(self.cleaned_data["occupation"]):
            key = titles.get(name.casefold()) or occupations.kind_of(name)
            if key in ("", occupations.NONE) or (key == occupations.OTHER.key and name.casefold() not in titles):
                raise forms.ValidationError(_("Pekerjaan ini tidak dikenal: {name}.").format(name=name))
            told[key] = points
        return told

    def clean_village(self) -> dict[str, int]:
        """Codes with their points."""
        told = dict(_lines(self.cleaned_data["village"]))
        for code in told:
            if len(code) != 10 or not code.isdecimal():
                raise forms.ValidationError(_("Kode desa terdiri dari sepuluh angka: {code}.").format(code=code))
        return told

    def rule(self) -> priority.Rule:
        """What was written."""
        told = self.cleaned_data
        values: dict[str, dict[str, int | None]] = {
            "decile": {str(at): told[f"decile_{at}"] for at in range(1, 6)},
            "occupation_risk": {str(at): told[f"risk_{at}"] for at in range(1, 6)},
            "disability": {"true": told["disability"]}, "woman_head": {"true": told["woman_head"]},
            "sex": {"f": told["female"], "m": told["male"]}, "occupation": told["occupation"], "village_code": told["village"],
        }  # fmt: skip
        found = []
        for field, points in values.items():
            given = {value: point for value, point in points.items() if point}
            if given:
                found.append(priority.Criterion(field, given))
        for field, name in (("children_school", "children"), ("age", "age")):
            if told[f"{name}_each"]:
                found.append(priority.Criterion(field, None, told[f"{name}_each"], told[f"{name}_most"] or priority.MOST_POINTS))
        return priority.Rule(told["name"], 1, tuple(found), told["regulation"], told["sample"])


def _lines(text: str) -> list[tuple[str, int]]:
    """`Nelayan 20` -> (`Nelayan`, 20), line by line."""
    told = []
    for line in text.splitlines():
        name, _space, points = line.strip().rstrip(".").replace("\t", " ").rpartition(" ")
        if not line.strip():
            continue
        if not (points.isascii() and points.isdecimal() and len(points) <= 4 and name.strip()):
            raise forms.ValidationError(_("Baris ini belum lengkap: {line}.").format(line=line.strip()[:60]))
        told.append((name.strip(" :=-"), int(points)))
    return told


@door(*PLANNERS)
def write(request: HttpRequest) -> HttpResponseBase:
    """The next version of a rule."""
    regions = frame.regions()
    form = RuleForm(request.POST or None, initial={"region_code": regions[0] if regions else None})
    it: Ask[Rule] = Ask(
        title=_("Tulis aturan prioritas"), crumbs=_above(), yes=_("Usulkan aturan"), base=frame.BASE,
        text=_("Yang menulis aturan tidak dapat menetapkannya. Akibatnya tampak sebelum ditetapkan."),
        act=lambda told: actions.propose_rule(region_code=told["region_code"], rule=form.rule(), today=today()),
        facts=lambda told: [
            Fact(_("Nama aturan"), told["name"]), Fact(_("Dasar hukum"), told["regulation"]),
            Fact(_("Sifat"), _("Contoh") if told["sample"] else _("Aturan daerah")),
            *(Fact(*one) for one in _read_back(form.rule(), told["region_code"])),
        ],
        done=lambda rule, _told: done(request, reverse("programmes:rule", args=[rule.pk]), _("Aturan diusulkan.")),
    )  # fmt: skip
    return ask(request, form, it)


def _read_back(rule: priority.Rule, region_code: int) -> list[tuple[str, str]]:
    names = frame.village_names(region_code)
    told = []
    for one in rule.criteria:
        each = _("{points} tiap satuan, paling banyak {most}").format(points=one.each, most=one.most)
        values = [f"{value_words(one.field, value, names)}: {points}" for value, points in (one.values or {}).items()]
        told.append((_(priority.FIELDS[one.field]), "; ".join(values) or each))
    return told


class YesForm(Form):
    """Nothing to fill in."""


@door(*PLANNERS)
def adopt(request: HttpRequest, rule_id: int) -> HttpResponseBase:
    """Another than who wrote it adopts it, and sees what it changes."""
    rule = queries.rule(rule_id)
    changes = effect_of(rule)["programmes"]

    def counted(change: Mapping[str, Any]) -> str:
        words = _("{stay} tetap, {enter} masuk, {leave} keluar")
        return words.format(**{name: format_number(change[name]) for name in ("stay", "enter", "leave")})

    it: Ask[Rule] = Ask(
        title=_("Tetapkan aturan"), crumbs=_above(frame.rule_link(rule)), yes=_("Tetapkan aturan"), base=frame.BASE,
        about=frame.rule_words(rule),
        text=_(SAMPLE) if rule.sample else _("Aturan yang ditetapkan tidak dapat diubah lagi; perubahan menjadi versi baru."),
        act=lambda _told: actions.adopt_rule(rule_id=rule.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Dasar hukum"), rule.regulation), *(Fact(change["title"], counted(change)) for change in changes)
        ],
        done=lambda row, _told: done(request, reverse("programmes:rule", args=[row.pk]), _("Aturan ditetapkan.")),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


def sent(request: HttpRequest) -> Any:
    """What was sent, for a form that may have nothing to fill in."""
    return request.POST if request.method == "POST" else None
